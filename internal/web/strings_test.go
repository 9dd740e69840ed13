package web

import (
	"html"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/curate"
	"github.com/greyshelf/greyshelf/internal/curate/bring"
	"github.com/greyshelf/greyshelf/internal/curate/notice"
	"github.com/greyshelf/greyshelf/internal/format/cite"
	"github.com/greyshelf/greyshelf/internal/identify"
	"github.com/greyshelf/greyshelf/internal/publish/list"
	"github.com/greyshelf/greyshelf/internal/query"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/search"
	"github.com/greyshelf/greyshelf/internal/web/locale"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

// templates gives every template of the site by name.
func templates(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, folder := range append(folders(), site.Files()) {
		names, err := fs.Glob(folder, "*.html")
		must(t, err)
		for _, name := range names {
			data, err := fs.ReadFile(folder, name)
			must(t, err)
			if all[name] != "" {
				t.Errorf("two templates are called %s", name)
			}
			all[name] = string(data)
		}
	}
	return all
}

// families gives the keys that are put together at run time, with every ending
// they can have.
func families() map[string][]string {
	f := map[string][]string{
		"sort.": {string(search.ByRelevance), string(search.ByDate), string(search.ByTitle)}, "facet.": search.Facets(), "format.": list.Formats(),
		"row.":                 {"author", "speaker", "publisher", "commissioning body", "hosting body", "date", "type", "subject", "series", "series_number", "version", "language", "rights", "format", "pages", "size", "url", "note", "sensitivity", "requested_by", "reading", "embargo_until", "doi", "isbn", "issn", "report_number", "item_code", "ror", "orcid", "viaf", "wikidata"},
		"origin.":              {string(greyshelf.ByAdd), string(greyshelf.ByRedescribe), string(greyshelf.ByImport), string(greyshelf.ByPerson), string(greyshelf.ByRule), string(greyshelf.ByUndo)},
		"method.":              {string(greyshelf.ByAdd), string(greyshelf.ByRedescribe), string(greyshelf.ByImport), string(greyshelf.ByPerson), string(greyshelf.ByRule), string(greyshelf.ByUndo)},
		"access.":              {string(greyshelf.AccessOpen), string(greyshelf.AccessExtract), string(greyshelf.AccessLink), string(greyshelf.AccessEmbargo)},
		"role.":                {string(greyshelf.Author), string(greyshelf.Publisher), string(greyshelf.Commissioning), string(greyshelf.Hosting), string(greyshelf.Speaker)},
		"desk.queue.":          {"candidate", "draft", "to review", "published"},
		"desk.issue.":          {"draft", "held", "scheduled"},
		"digest.state.":        {"draft", "held", "scheduled", "sent"},
		"sending.state.":       {"pending", "begun", "sent", "refused", "skipped", "doubt"},
		"contact.state.":       {"active", "waiting", "left", "bounced"},
		"digest.as.":           {"html", "text", "markdown", "seed", "docx", "pdf"},
		"subscribe.frequency.": {"at-once", "daily", "weekly", "monthly"},
		"attach.as.":           {"annex", "data", "copy", "edition", "translation"},
		"add.status.":          {"added", "known", "refused"},
		"reader.role.":         {rights.Member.String(), rights.Librarian.String(), rights.Administrator.String()},
		"reading.":             {"none", string(greyshelf.ToRead), string(greyshelf.ReadingNow), string(greyshelf.AlreadyRead)},
		"relation.":            {"broader", "narrower", "parent", "parts", "earlier", "later", "related"},
		"help.form.":           {"words", "phrase", "or", "not", "group", "prefix", "fuzzy", "near", "field", "years", "scope"},
	}
	f["verdict."] = []string{string(identify.SameFile), string(identify.OtherCopy), string(identify.NewEdition), string(identify.Translation), string(identify.PartOf), string(identify.Whole), string(identify.SummaryOf), string(identify.Different)}
	for _, name := range []greyshelf.Field{"title", "subtitle", "parallel_title", "creator", "affiliation", "publisher", "commissioning_body", "hosting_body", "date", "report_number", "identifier", "series", "version", "type", "abstract", "rights", "language", "pages", "size", "citation", "url"} {
		f["finding."] = append(f["finding."], string(name))
	}
	for _, of := range greyshelf.AuthorityTypes() {
		f["authority.type."] = append(f["authority.type."], string(of))
	}
	for _, kind := range greyshelf.RelationKinds() {
		f["reportrelation."] = append(f["reportrelation."], string(kind), "of."+string(kind))
	}
	for _, m := range curate.Moves() {
		f["queue.move."], f["queue.done."] = append(f["queue.move."], string(m)), append(f["queue.done."], string(m))
	}
	f["queue.done."] = append(f["queue.done."], "save")
	f["webhook.event."] = []string{"report.published", "report.changed", "report.withdrawn", "test"}
	f["webhook.state."] = []string{"pending", "delivered", "given up"}
	f["statistics.by."] = []string{"year", "publisher", "subject", "language"}
	f["queue.field."] = []string{"title", "subtitle", "date", "type", "languages", "series", "identifiers", "abstract", "rights_statement", "headings", "annotation", "note"}
	for _, about := range notice.Abouts() {
		f["notice.about."] = append(f["notice.about."], string(about))
	}
	for _, s := range cite.Styles() {
		f["citestyle."] = append(f["citestyle."], string(s))
	}
	f["citeformat."] = []string{"bibtex", "biblatex", "ris", "endnote", "endnote-xml", "csl-json"}
	f["evidence."] = identify.EvidenceKinds()
	f["browse."], f["browse.one."] = []string{"publisher", "person", "body", "heading", "year"}, []string{"publisher", "person", "heading", "year"}
	f["bring.field."] = bring.FieldNames()
	f["bring.status."] = []string{string(bring.New), string(bring.Known), string(bring.Alike), string(bring.Broken)}
	for _, s := range greyshelf.States() {
		f["state."] = append(f["state."], string(s))
	}
	for _, name := range query.Fields() {
		f["help.field."] = append(f["help.field."], string(name))
	}
	for _, key := range []string{"notfound", "gone", "takendown", "forbidden", "readonly", "elsewhere", "signin", "role", "crossorigin", "host", "invalid", "conflict", "unavailable", "toolarge", "internal", "closed.reserved", "closed.copyright", "closed.unstated", "closed.link", "closed.other", "undescribed"} {
		f["error."] = append(f["error."], key+".title", key+".text")
	}
	return f
}

// usedKeys gives every key that templates and handlers ask for.
func usedKeys(t *testing.T) map[string]bool {
	t.Helper()
	used := map[string]bool{}
	for _, text := range templates(t) {
		for _, m := range regexp.MustCompile(`\bt "([^"]+)"`).FindAllStringSubmatch(text, -1) {
			used[m[1]] = true
		}
		for _, m := range regexp.MustCompile(`\bcount "([^"]+)"`).FindAllStringSubmatch(text, -1) {
			used[m[1]+".other"] = true
		}
	}
	for prefix, endings := range families() {
		for _, ending := range endings {
			used[prefix+ending] = true
		}
	}
	must(t, fs.WalkDir(os.DirFS("."), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		data, err := os.ReadFile(path)
		for _, m := range regexp.MustCompile(`[Tt]ext\.Get\("([^"]+[^.])"`).FindAllStringSubmatch(string(data), -1) {
			used[m[1]] = true
		}
		return err
	}))
	return used
}

// TestEveryStringIsThere checks that each language has every string that is
// used and none that is not, with the same places to fill in.
func TestEveryStringIsThere(t *testing.T) {
	set, err := locale.Load()
	must(t, err)
	if len(set.All()) < 2 {
		t.Fatal("one language proves nothing")
	}
	used := usedKeys(t)
	english := set.All()[0]
	optional := []string{"language.", "type.", "rights.", "field.", "record."} // names of values that may also stand as they are
	plural := regexp.MustCompile(`\.(zero|one|two|few|many|other)$`)
	for _, text := range set.All() {
		for key := range used {
			if !text.Has(key) {
				t.Errorf("%s: no string for %q", text.Tag, key)
			}
		}
		for _, key := range text.Keys() {
			base := plural.ReplaceAllString(key, ".other")
			known := slices.ContainsFunc(optional, func(p string) bool { return strings.HasPrefix(key, p) })
			if !used[key] && !used[base] && !known {
				t.Errorf("%s: %q is never used", text.Tag, key)
			}
			if !english.Has(base) && !english.Has(key) {
				t.Errorf("%s: %q is not in the first language", text.Tag, key)
			}
			for _, place := range []string{"{0}", "{1}"} {
				if strings.Contains(text.Get(key), place) != strings.Contains(english.Get(base), place) && english.Has(base) {
					t.Errorf("%s: %q differs from the first language in %s", text.Tag, key, place)
				}
			}
		}
		for _, key := range english.Keys() {
			if !text.Has(key) && !plural.MatchString(key) {
				t.Errorf("%s: %q is missing", text.Tag, key)
			}
		}
	}
}

// TestTemplatesHoldNoWords looks for words that readers see and that do not
// come from the locale files. Code and keys are the same in every language.
func TestTemplatesHoldNoWords(t *testing.T) {
	action := regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	code := regexp.MustCompile(`(?s)<(code|kbd|svg|pre)\b[^>]*>[^<]*</(code|kbd|svg|pre)>`)
	spoken := regexp.MustCompile(`\s(title|alt|placeholder|aria-label)="([^"]*)"`)
	tag := regexp.MustCompile(`(?s)<!?[^>]*>`)
	letters := regexp.MustCompile(`\pL{2,}`)
	examples := []string{"2016-10-19", "en, fr", "fr", "cc-by-4.0", "https://", "doi: 10.1000/182"} // the same in every language
	for name, text := range templates(t) {
		text = action.ReplaceAllString(text, "")
		for _, m := range spoken.FindAllStringSubmatch(text, -1) {
			if letters.MatchString(m[2]) && !slices.Contains(examples, m[2]) {
				t.Errorf("%s: %s=%q", name, m[1], m[2])
			}
		}
		text = html.UnescapeString(tag.ReplaceAllString(code.ReplaceAllString(text, ""), " "))
		if found := letters.FindString(text); found != "" {
			t.Errorf("%s: the word %q", name, found)
		}
	}
}
