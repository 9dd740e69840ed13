package landing

import "github.com/greyshelf/greyshelf"

// kindTeaser marks a text that only advertises a report: no abstract.
const kindTeaser = "teaser"

// fieldOf says which field a name of a form is about, and for dates and
// abstracts of which kind. What has no field says nothing of the report.
func fieldOf(form Form, name string) (field greyshelf.Field, kind string) {
	switch form {
	case Highwire:
		return highwireField(name)
	case DublinCore:
		return dublinCoreField(name)
	case SchemaOrg, Microdata:
		return schemaField(name)
	case OpenGraph:
		return openGraphField(name)
	case Visible:
		return visibleField(name)
	case LinkRel, Header:
		switch name {
		case "license":
			return greyshelf.FieldRights, ""
		case "lang":
			return greyshelf.FieldLanguage, ""
		}
	}
	return "", ""
}

func highwireField(name string) (greyshelf.Field, string) {
	switch name {
	case "citation_title":
		return greyshelf.FieldTitle, ""
	case "citation_author", "citation_authors":
		return greyshelf.FieldCreator, ""
	case "citation_author_institution":
		return greyshelf.FieldAffiliation, ""
	case "citation_publisher", "citation_technical_report_institution":
		return greyshelf.FieldPublisher, ""
	case "citation_publication_date", "citation_date", "citation_cover_date", "citation_year", "citation_online_date":
		return greyshelf.FieldDate, greyshelf.DatePublished
	case "citation_technical_report_number":
		return greyshelf.FieldReportNumber, ""
	case "citation_doi", "citation_isbn", "citation_issn":
		return greyshelf.FieldIdentifier, ""
	case "citation_language":
		return greyshelf.FieldLanguage, ""
	case "citation_abstract":
		return greyshelf.FieldAbstract, greyshelf.AbstractLabelled
	case "citation_series_title":
		return greyshelf.FieldSeries, ""
	}
	return "", ""
}

func dublinCoreField(name string) (greyshelf.Field, string) {
	switch name {
	case "dc.title", "dcterms.title":
		return greyshelf.FieldTitle, ""
	case "dc.creator", "dcterms.creator", "dc.creator.personalname":
		return greyshelf.FieldCreator, ""
	case "dc.creator.corporatename":
		return greyshelf.FieldCreator, string(greyshelf.Body)
	case "dc.publisher", "dcterms.publisher":
		return greyshelf.FieldPublisher, ""
	case "dc.date", "dcterms.date", "dc.date.issued", "dcterms.issued", "dcterms.available":
		return greyshelf.FieldDate, greyshelf.DatePublished
	case "dcterms.modified", "dc.date.modified":
		return greyshelf.FieldDate, greyshelf.DateUpdated
	case "dc.language", "dcterms.language":
		return greyshelf.FieldLanguage, ""
	case "dcterms.abstract", "dc.description.abstract":
		return greyshelf.FieldAbstract, greyshelf.AbstractLabelled
	case "dc.description", "dcterms.description":
		return greyshelf.FieldAbstract, kindTeaser
	case "dc.rights", "dcterms.rights", "dcterms.license":
		return greyshelf.FieldRights, ""
	case "dc.identifier", "dcterms.identifier", "dc.identifier.doi":
		return greyshelf.FieldIdentifier, ""
	case "dc.relation.ispartofseries":
		return greyshelf.FieldSeries, ""
	}
	return "", ""
}

func schemaField(name string) (greyshelf.Field, string) {
	switch name {
	case "headline", "name", "title":
		return greyshelf.FieldTitle, ""
	case "alternativeheadline":
		return greyshelf.FieldSubtitle, ""
	case "author", "creator":
		return greyshelf.FieldCreator, ""
	case "publisher", "sourceorganization":
		return greyshelf.FieldPublisher, ""
	case "datepublished", "issued":
		return greyshelf.FieldDate, greyshelf.DatePublished
	case "datemodified", "modified":
		return greyshelf.FieldDate, greyshelf.DateUpdated
	case "abstract":
		return greyshelf.FieldAbstract, greyshelf.AbstractLabelled
	case "description":
		return greyshelf.FieldAbstract, kindTeaser
	case "license":
		return greyshelf.FieldRights, ""
	case "inlanguage":
		return greyshelf.FieldLanguage, ""
	case "reportnumber":
		return greyshelf.FieldReportNumber, ""
	case "isbn", "issn", "doi", "identifier", "sameas":
		return greyshelf.FieldIdentifier, ""
	case "ispartof":
		return greyshelf.FieldSeries, ""
	case "version":
		return greyshelf.FieldVersion, ""
	}
	return "", ""
}

func openGraphField(name string) (greyshelf.Field, string) {
	switch name {
	case "og:title":
		return greyshelf.FieldTitle, ""
	case "article:author", "book:author":
		return greyshelf.FieldCreator, ""
	case "og:site_name", "article:publisher":
		return greyshelf.FieldPublisher, ""
	case "article:published_time", "book:release_date":
		return greyshelf.FieldDate, greyshelf.DatePublished
	case "article:modified_time", "og:updated_time":
		return greyshelf.FieldDate, greyshelf.DateUpdated
	case "og:description":
		return greyshelf.FieldAbstract, kindTeaser
	case "og:locale":
		return greyshelf.FieldLanguage, ""
	case "book:isbn":
		return greyshelf.FieldIdentifier, ""
	}
	return "", ""
}

func visibleField(name string) (greyshelf.Field, string) {
	switch name {
	case "h1", "title":
		return greyshelf.FieldTitle, ""
	case "byline":
		return greyshelf.FieldCreator, ""
	case "time":
		return greyshelf.FieldDate, greyshelf.DatePublished
	case "abstract":
		return greyshelf.FieldAbstract, greyshelf.AbstractLabelled
	}
	return "", ""
}
