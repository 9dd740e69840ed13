package searchtest

import (
	"testing"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/search"
)

// shelf is a small library in English.
func shelf() []search.Document {
	sanctions := document("sanctions", "Sanctions on Persia", "en",
		"The arms embargo was extended for two years.",
		"Economic sanctions hurt the population. The embargo on arms failed.",
		"Arms, said the minister at length in the assembly of the nations, need no embargo.")
	sanctions.Report.Agents = []greyshelf.Contribution{
		{Agent: greyshelf.Agent{Kind: greyshelf.Person, Name: "Zoë Müller"}, Role: greyshelf.Author},
		{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: "Institute for Peace"}, Role: greyshelf.Publisher},
	}
	sanctions.Report.Date = greyshelf.Date{EDTF: "2016-10-19"}
	sanctions.Report.Type = "report"
	sanctions.Report.Format = "PDF"
	sanctions.Report.Headings = []greyshelf.Heading{{Label: "Trade policy"}}
	sanctions.Report.Identifiers = []greyshelf.Identifier{{Scheme: greyshelf.DOI, Value: "10.1000/182"}}
	water := document("water", "Water and Security", "en",
		"Water security depends on co-operation between states.",
		"The gov-\nernment's policy changed. The WHO advised it.",
		"Securing supplies of U.S. wheat. Colour matters.")
	water.Report.Agents = []greyshelf.Contribution{
		{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: "Centre for Rivers"}, Role: greyshelf.Author},
		{Agent: greyshelf.Agent{Kind: greyshelf.Body, Name: "Ministry of Water"}, Role: greyshelf.Publisher},
	}
	water.Report.Date = greyshelf.Date{EDTF: "2018"}
	water.Report.Type = "brief"
	water.Report.Abstract = "Rivers cross borders."
	return []search.Document{sanctions, water}
}

// asked is a query and the hits that it finds.
type asked struct{ query, want string }

func testQueries(t *testing.T, open Open) {
	x := start(t, open, shelf()...)
	for _, test := range append(textQueries(), recordQueries()...) {
		expect(t, x, test.query, test.want)
	}
}

// textQueries ask for words of the text, see [shelf].
func textQueries() []asked {
	return []asked{
		// words
		{"embargo", "sanctions/1 sanctions/2 sanctions/3"},
		{"EMBARGO", "sanctions/1 sanctions/2 sanctions/3"},
		{"embargoes", "sanctions/1 sanctions/2 sanctions/3"}, // inflected
		{"nothingofthekind", ""},
		{"persia", "sanctions"}, // the record only
		{"rivers", "water"},
		{"", "sanctions water"}, // everything: records
		// stop words neither empty a conjunction nor match by themselves
		{"the embargo", "sanctions/1 sanctions/2 sanctions/3"},
		{"the of and", ""},
		{"WHO", "water/2"},
		{"who advised", "water/2"},
		{"THE EMBARGO", "sanctions/1 sanctions/2 sanctions/3"},
		// conjunction within one page
		{"economic embargo", "sanctions/2"},
		{"economic extended", ""},
		{"economic OR extended", "sanctions/1 sanctions/2"},
		{"embargo -economic", "sanctions/1 sanctions/3"},
		{"embargo NOT (economic OR extended)", "sanctions/3"},
		{"-embargo", "sanctions water"},
		{"-persia", "water"},
		// phrases and proximity
		{`"arms embargo"`, "sanctions/1"},
		{`"embargo on arms"`, "sanctions/2"},
		{`"embargo the arms"`, "sanctions/2"}, // any stop word may stand in between
		{`"arms embargo"~1`, "sanctions/1 sanctions/2"},
		{`"arms embargo"~20`, "sanctions/1 sanctions/2 sanctions/3"},
		// hyphens, stops, apostrophes
		{"cooperation", "water/1"},
		{"co-operation", "water/1"},
		{`"co operation"`, "water/1"},
		{"government", "water/2"},
		{"governments policy", "water/2"},
		{"government's", "water/2"},
		{"US wheat", "water/3"},
		{"U.S. wheat", "water/3"},
		// prefix and fuzzy
		{"secur*", "water water/1 water/3"},
		{"securi*", "water water/1 water/3"},
		{"security*", "water water/1"},
		{"color~", "water/3"},
		{"embrago~", "sanctions/1 sanctions/2 sanctions/3"},
		{"zzz*", ""},
	}
}

// recordQueries ask for fields, and for whole reports.
func recordQueries() []asked {
	return []asked{
		{"title:sanctions", "sanctions"},
		{"title:sanction", "sanctions"},
		{"title:persia embargo", "sanctions/1 sanctions/2 sanctions/3"},
		{"title:persia policy", "sanctions"}, // the heading in the record
		{"-title:persia policy", "water/2"},
		{"title:pers*", "sanctions"},
		{"author:muller", "sanctions"},
		{"author:Müller", "sanctions"},
		{`author:"zoe muller"`, "sanctions"},
		{"author:(muller OR rivers)", "sanctions water"},
		{"publisher:peace", "sanctions"},
		{"author:peace", ""},
		{"subject:trade", "sanctions"},
		{"abstract:borders", "water"},
		{"identifier:10.1000/182", "sanctions"},
		{"type:brief", "water"},
		{"format:pdf", "sanctions"},
		{"language:en embargo", "sanctions/1 sanctions/2 sanctions/3"},
		{"language:fr", ""},
		{"year:2016", "sanctions"},
		{"year:2016..2018", "sanctions water"},
		{"year:2017..", "water"},
		{"year:..2017 embargo", "sanctions/1 sanctions/2 sanctions/3"},
		{"year:(2016 OR 2018)", "sanctions water"},
		{"title:water OR extended", "water sanctions/1"},
		{"(title:water OR extended) embargo", "sanctions/1"},
		// the whole report
		{"scope:report economic extended", "sanctions/1 sanctions/2"},
		{"scope:report economic extended -minister", ""},
		{"scope:report economic water", ""},
		{"scope:report economic OR wheat", "sanctions/2 water/3"},
		{"scope:report persia extended", "sanctions sanctions/1"},
		{"scope:report title:water", "water"},
	}
}

func testLanguages(t *testing.T, open Open) {
	x := start(t, open,
		document("en", "Decisions", "en", "The ministers decided on sanctions."),
		document("fr", "Décisions", "fr", "Les négociations sur l'accord nucléaire se sont terminées. Éléments œuvre"),
		document("es", "Decisiones", "es", "Las negociaciones y los gobiernos de las naciones."),
		document("ru", "Решения", "ru", "Переговоры о безопасности государств. Ещё один отчёт."),
		document("de", "Entscheidungen", "de", "Die Häuser der Regierungen in großen Städten."),
		document("ar", "قرارات", "ar", "المفاوضات حول الأسلحة النووية والقرارات"),
		document("zh", "决定", "zh", "安全政策和国家利益"),
		document("xx", "?", "", "Words in no known language: the Décision."))
	for _, test := range []asked{
		{"minister sanction", "en/1"},
		{"negociation", "fr/1"},
		{"négociations accord", "fr/1"},
		{"ACCORD NUCLEAIRE", "fr/1"},
		{"l’accord", "fr/1"},
		{`"l'accord nucléaire"`, "fr/1"},
		{"element", "fr/1"},
		{"oeuvre", "fr/1"},
		{"gobierno nación", "es/1"},
		{"безопасность", "ru/1"},
		{"государство переговор", "ru/1"},
		{"ещё отчет", "ru/1"},
		{"haus", "de/1"},
		{"grosse stadt", "de/1"},
		{"سلاح OR أسلحة", "ar/1"},
		{"الاسلحه", "ar/1"},
		{"安全", "zh/1"},
		{"国家利益", "zh/1"},
		{"家国", ""},
		{"the words", "xx/1"}, // in no known language every word counts
	} {
		expect(t, x, test.query, test.want)
	}
}
