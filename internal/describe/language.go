package describe

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/abadojack/whatlanggo"

	"github.com/greyshelf/greyshelf"
)

const (
	languagePieces = 24     // pieces of text looked at, spread over the document
	pieceRunes     = 700    // code points of a piece
	leastLetters   = 60     // fewer say nothing
	manyLetters    = 300    // from here on the answer is trusted
	languageText   = 12_000 // code points of the first pages that choose the language of recognition
	anotherShare   = 0.2    // of the text, from which on another language counts
	sureOfPiece    = 0.1    // whatlanggo's confidence, from which on a piece speaks for a second language
)

// findLanguage proposes the languages of the text (BCP 47), found by its
// letters and their order, the main one first, and as a witness what the file
// declares (XMP dc:language). Another language counts where it holds a fifth of
// the text.
func findLanguage(s *scene) []proposal {
	found := append([]proposal{}, s.spoken...)
	for i, declared := range s.doc.Info.XMP["dc:language"] {
		if tag := strings.ToLower(tidy(declared)); i < 3 && len(tag) >= 2 && len(tag) <= 12 && strings.Trim(tag, "abcdefghijklmnopqrstuvwxyz-") == "" {
			p := s.proposeBare(greyshelf.FieldLanguage, strings.SplitN(tag, "-", 2)[0], "language-declared@1")
			p.never = true
			found = append(found, p)
		}
	}
	return found
}

// sampleOfText is a part of a page's text.
type sampleOfText struct {
	page  int // index from 0
	text  string
	count int // letters
}

// spoken is what speaks for a language.
type spoken struct {
	tag     string
	letters int
	pieces  int
	sure    int // pieces that are surely in it
	page    int // index from 0 of the first piece
}

// textLanguages finds the languages of the text. The main one is that of all
// pieces together where they say nothing else.
func (s *scene) textLanguages() []proposal {
	pieces, letters := s.languagePieces(), 0
	var all strings.Builder
	for _, p := range pieces {
		letters += p.count
		all.WriteString(p.text)
		all.WriteByte('\n')
	}
	if letters < leastLetters {
		return nil
	}
	options := whatlanggo.Options{Whitelist: writtenLanguages()}
	languages := languagesOf(pieces, options)
	unsure := false // a text so short and so strange that little speaks for a language
	switch {
	case len(languages) == 1 && letters >= 5*manyLetters && 2*languages[0].sure >= languages[0].pieces:
		languages = []spoken{{tag: languages[0].tag, letters: letters}}
	case letters < 5*manyLetters || len(languages) <= 1:
		whole := whatlanggo.DetectWithOptions(all.String(), options)
		unsure = whole.Confidence < 0.2
		if len(languages) <= 1 || letters < 4*manyLetters {
			languages = []spoken{{tag: whole.Lang.Iso6391(), letters: letters}}
		}
	}
	var found []proposal
	for i, l := range languages {
		p, ok := s.languageAt(l)
		if !ok || i > 0 && !l.another(letters, len(pieces)) {
			continue
		}
		if letters < manyLetters {
			p.Method, p.Confidence = "language-short@1", s.weights["language-short@1"].confidence
		}
		if unsure {
			p.Confidence = 0.7
		}
		p.rank = len(languages) - i
		found = append(found, p)
	}
	return found
}

// another reports whether a language beside the main one counts, of so many
// letters and pieces: a fifth of the text that is surely in it, and not only one
// piece of many, which may be a table.
func (l spoken) another(letters, pieces int) bool {
	return float64(l.letters) >= anotherShare*float64(letters) && l.letters >= manyLetters &&
		l.sure > 0 && 2*l.sure >= l.pieces && (l.pieces > 1 || pieces < 8)
}

// languagePieces cuts the pages into pieces at their lines and takes some of
// them, from the beginning of each part of the document.
func (s *scene) languagePieces() []sampleOfText {
	step := max(1, (len(s.doc.Pages)+languagePieces-1)/languagePieces)
	each := max(1, languagePieces/max(1, len(s.doc.Pages)))
	var pieces []sampleOfText
	for i := 0; i < len(s.doc.Pages) && len(pieces) < languagePieces+each; i += step {
		text := cut(s.doc.Pages[i].Text, 40*pieceRunes)
		parts := cutPieces(text)
		for n := 0; n < min(each, len(parts)); n++ {
			part := parts[n*len(parts)/min(each, len(parts))]
			pieces = append(pieces, sampleOfText{page: i, text: part, count: countLetters(part)})
		}
	}
	return pieces
}

// cutPieces cuts a text at line breaks into pieces of about one length.
func cutPieces(text string) []string {
	var parts []string
	var b strings.Builder
	n := 0
	for line := range strings.Lines(text) {
		b.WriteString(line)
		if n += utf8.RuneCountInString(line); n >= pieceRunes {
			parts = append(parts, cut(b.String(), 3*pieceRunes))
			b.Reset()
			n = 0
		}
	}
	if n > pieceRunes/3 || len(parts) == 0 && n > 0 {
		parts = append(parts, b.String())
	}
	return parts
}

func countLetters(text string) int {
	letters := 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters
}

// languagesOf adds up the letters of the pieces by language, most first.
func languagesOf(pieces []sampleOfText, options whatlanggo.Options) []spoken {
	sums := map[string]*spoken{}
	for _, p := range pieces {
		if p.count < leastLetters {
			continue
		}
		info := whatlanggo.DetectWithOptions(p.text, options)
		tag := info.Lang.Iso6391()
		if tag == "" {
			continue
		}
		if sums[tag] == nil {
			sums[tag] = &spoken{tag: tag, page: p.page}
		}
		l := sums[tag]
		l.letters, l.pieces = l.letters+p.count, l.pieces+1
		if info.Confidence >= sureOfPiece {
			l.sure++
		}
	}
	var all []spoken
	for _, tag := range sortedTags(sums) {
		all = append(all, *sums[tag])
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].letters > all[j].letters })
	return all
}

func sortedTags(sums map[string]*spoken) []string {
	tags := make([]string, 0, len(sums))
	for tag := range sums {
		tags = append(tags, tag)
	}
	sort.Strings(tags)
	return tags
}

// languageAt proposes a language with the longest line of the first page that
// has it as evidence.
func (s *scene) languageAt(l spoken) (proposal, bool) {
	if l.tag == "" {
		return proposal{}, false
	}
	if l.pieces == 0 {
		sh, r, ok := s.sampleRow()
		if !ok {
			return proposal{}, false
		}
		return s.propose(greyshelf.FieldLanguage, l.tag, "language-text@1", sh, r.Start, r.End), true
	}
	sh := newSheet(&s.doc.Pages[l.page], l.page+1)
	r, ok := longestRow(sh, func(r row) bool { return s.languageOfLine(r.Text, l.tag) })
	if !ok {
		if r, ok = longestRow(sh, func(row) bool { return true }); !ok {
			return proposal{}, false
		}
	}
	return s.propose(greyshelf.FieldLanguage, l.tag, "language-text@1", sh, r.Start, r.End), true
}

// languageOfLine reports whether a line seems to be in the language.
func (s *scene) languageOfLine(text, tag string) bool {
	return countLetters(text) >= 20 && whatlanggo.DetectWithOptions(text, whatlanggo.Options{Whitelist: writtenLanguages()}).Lang.Iso6391() == tag
}

// longestRow gives the longest of the rows that keep allows; of a page with
// many rows the first eighty are looked at.
func longestRow(sh *sheet, keep func(row) bool) (row, bool) {
	var best row
	for _, r := range sh.rows[:min(80, len(sh.rows))] {
		if r.End-r.Start > best.End-best.Start && r.End-r.Start < 1000 && keep(r) {
			best = r
		}
	}
	return best, best.End > best.Start
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
