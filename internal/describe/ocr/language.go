package ocr

import (
	"regexp"
	"slices"
	"strings"

	"github.com/greyshelf/greyshelf"
)

// language is one that tesseract can read.
type language struct {
	tag    string // BCP 47
	name   string // tesseract's
	script string // as tesseract's script detection calls it
}

// known gives the languages that the program knows by their tags. The first
// six are the default.
func known() []language {
	return []language{
		{"en", "eng", "Latin"}, {"fr", "fra", "Latin"}, {"es", "spa", "Latin"}, {"de", "deu", "Latin"},
		{"ru", "rus", "Cyrillic"}, {"ar", "ara", "Arabic"},
		{"pt", "por", "Latin"}, {"it", "ita", "Latin"}, {"nl", "nld", "Latin"}, {"pl", "pol", "Latin"},
		{"sv", "swe", "Latin"}, {"da", "dan", "Latin"}, {"nb", "nor", "Latin"}, {"fi", "fin", "Latin"},
		{"cs", "ces", "Latin"}, {"hu", "hun", "Latin"}, {"ro", "ron", "Latin"}, {"tr", "tur", "Latin"},
		{"uk", "ukr", "Cyrillic"}, {"bg", "bul", "Cyrillic"}, {"sr", "srp", "Cyrillic"}, {"be", "bel", "Cyrillic"},
		{"fa", "fas", "Arabic"}, {"ur", "urd", "Arabic"}, {"el", "ell", "Greek"}, {"he", "heb", "Hebrew"},
		{"hi", "hin", "Devanagari"}, {"th", "tha", "Thai"}, {"ja", "jpn", "Japanese"}, {"ko", "kor", "Korean"},
		{"zh", "chi_sim", "Han"},
	}
}

// defaults is how many of the known languages are used where none are named.
const defaults = 6

// set is the languages of one script, which tesseract tries together.
type set struct {
	script    string
	languages []language
}

// names gives the set as tesseract's option wants it: "eng+fra".
func (s set) names() string {
	var names []string
	for _, l := range s.languages {
		names = append(names, l.name)
	}
	return strings.Join(names, "+")
}

var languageName = regexp.MustCompile(`^[a-z]{2,3}(_[a-z]{1,10}){0,2}$`)

// setsOf groups the wanted languages by script, in the order in which they are
// named; of the default ones those that are installed. Errors: Invalid (no
// language), Unavailable (not installed).
func setsOf(wanted, installed []string) ([]set, error) {
	const op = "choose the languages of OCR"
	all := known()
	var chosen []language
	for _, l := range all[:defaults] {
		if len(wanted) == 0 && slices.Contains(installed, l.name) {
			chosen = append(chosen, l)
		}
	}
	for _, w := range wanted {
		w = strings.ToLower(strings.TrimSpace(w))
		if !languageName.MatchString(w) || w == "osd" {
			return nil, greyshelf.Errorf(greyshelf.Invalid, op, w, "this is no language; name languages such as en, fr or eng, fra")
		}
		l := language{tag: w, name: w, script: w}
		if k := slices.IndexFunc(all, func(l language) bool { return w == l.tag || w == l.name }); k >= 0 {
			l = all[k]
		}
		if !slices.Contains(installed, l.name) {
			return nil, greyshelf.Errorf(greyshelf.Unavailable, op, w, "tesseract has no data for this language (Debian: tesseract-ocr-%s)", strings.ReplaceAll(l.name, "_", "-"))
		}
		chosen = append(chosen, l)
	}
	if len(chosen) == 0 {
		return nil, greyshelf.Errorf(greyshelf.Unavailable, op, "", "tesseract has no data for any language (Debian: tesseract-ocr-eng, tesseract-ocr-fra …)")
	}
	var sets []set
	for _, l := range chosen {
		k := slices.IndexFunc(sets, func(s set) bool { return s.script == l.script })
		if k < 0 {
			k, sets = len(sets), append(sets, set{script: l.script})
		}
		if !slices.Contains(sets[k].languages, l) {
			sets[k].languages = append(sets[k].languages, l)
		}
	}
	return sets, nil
}

// hinted gives the languages of the sets that are among the tags, as one set;
// false when none is.
func hinted(sets []set, tags []string) (set, bool) {
	for _, s := range sets {
		var of []language
		for _, l := range s.languages {
			if slices.Contains(tags, l.tag) {
				of = append(of, l)
			}
		}
		if of != nil {
			return set{s.script, of}, true
		}
	}
	return set{}, false
}
