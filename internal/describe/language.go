package describe

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/abadojack/whatlanggo"

	"github.com/greyshelf/greyshelf"
)

const (
	languagePages = 8      // pages whose text is looked at
	languageText  = 12_000 // code points
	leastLetters  = 60     // fewer say nothing
	manyLetters   = 300    // from here on the answer is trusted
)

// findLanguage proposes the language of the text (BCP 47), found by its letters
// and their order, and as a witness what the file declares (XMP dc:language).
func findLanguage(s *scene) []proposal {
	var found []proposal
	if p, ok := s.textLanguage(); ok {
		found = append(found, p)
	}
	for i, declared := range s.doc.Info.XMP["dc:language"] {
		if tag := strings.ToLower(tidy(declared)); i < 3 && len(tag) >= 2 && len(tag) <= 12 && strings.Trim(tag, "abcdefghijklmnopqrstuvwxyz-") == "" {
			p := s.proposeBare(greyshelf.FieldLanguage, strings.SplitN(tag, "-", 2)[0], "language-declared@1")
			p.never = true
			found = append(found, p)
		}
	}
	return found
}

// textLanguage finds the language of the first pages. Its evidence is the
// longest line of the first page with running text.
func (s *scene) textLanguage() (proposal, bool) {
	var b strings.Builder
	for i := range s.doc.Pages[:min(languagePages, len(s.doc.Pages))] {
		if b.Len() > 4*languageText {
			break
		}
		b.WriteString(s.doc.Pages[i].Text)
		b.WriteByte('\n')
	}
	text := cut(b.String(), languageText)
	letters := 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	if letters < leastLetters {
		return proposal{}, false
	}
	info := whatlanggo.DetectWithOptions(text, whatlanggo.Options{Whitelist: writtenLanguages()})
	tag := info.Lang.Iso6391()
	sh, r, ok := s.sampleRow()
	if tag == "" || !ok {
		return proposal{}, false
	}
	method := "language-text@1"
	if letters < manyLetters {
		method = "language-short@1"
	}
	p := s.propose(greyshelf.FieldLanguage, tag, method, sh, r.Start, r.End)
	if letters < 5*manyLetters && info.Confidence < 0.2 {
		p.Confidence = 0.7
	}
	return p, true
}

// writtenLanguages gives the languages in which reports are commonly written;
// among all that can be told apart, names and tables look like rare ones.
func writtenLanguages() map[whatlanggo.Lang]bool {
	all := map[whatlanggo.Lang]bool{}
	for _, lang := range []whatlanggo.Lang{
		whatlanggo.Eng, whatlanggo.Fra, whatlanggo.Spa, whatlanggo.Deu, whatlanggo.Rus, whatlanggo.Arb, whatlanggo.Por,
		whatlanggo.Ita, whatlanggo.Nld, whatlanggo.Pol, whatlanggo.Ukr, whatlanggo.Cmn, whatlanggo.Jpn, whatlanggo.Kor,
		whatlanggo.Tur, whatlanggo.Pes, whatlanggo.Heb, whatlanggo.Swe, whatlanggo.Dan, whatlanggo.Nob, whatlanggo.Fin,
		whatlanggo.Ces, whatlanggo.Hun, whatlanggo.Ron, whatlanggo.Ell, whatlanggo.Bul, whatlanggo.Srp, whatlanggo.Bel,
		whatlanggo.Ind, whatlanggo.Vie, whatlanggo.Hin, whatlanggo.Tha, whatlanggo.Lit, whatlanggo.Lav, whatlanggo.Est,
		whatlanggo.Slv, whatlanggo.Urd, whatlanggo.Ben, whatlanggo.Kat,
	} {
		all[lang] = true
	}
	return all
}

// sampleRow gives the longest row of the first page that has one of 40 code
// points, else the longest of all.
func (s *scene) sampleRow() (*sheet, row, bool) {
	var sheetOf *sheet
	var best row
	for _, sh := range s.front {
		for _, r := range sh.rows {
			if r.End-r.Start > best.End-best.Start {
				sheetOf, best = sh, r
			}
		}
		if best.End-best.Start >= 40 {
			break
		}
	}
	return sheetOf, best, sheetOf != nil
}

// cut gives at most n code points of a text.
func cut(text string, n int) string {
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	return string([]rune(text)[:n])
}
