package describe

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
)

// copyrightHolders reads the holder in lines such as "© 2016 RAND Corporation".
func (s *scene) copyrightHolders(sh *sheet) []proposal {
	var found []proposal
	for _, r := range sh.rows {
		if r.End-r.Start > 300 || len(found) == 4 {
			continue
		}
		start, end := s.holder(sh, r)
		if start >= end {
			continue
		}
		name, method := string(sh.text[start:end]), "copyright-holder@1"
		if s.knowledge.body(name) != "" {
			method = "known-holder@1"
		}
		n, person := s.readName(sh.text[start:end])
		if person && n.sure && !s.looksLikeBody(name) {
			continue // a person holds it
		}
		p := s.proposeBody(sh, start, end, method)
		if person && !s.looksLikeBody(name) {
			p.Confidence, p.Why = 0.5, "perhaps a person"
		}
		found = append(found, p)
	}
	return found
}

// holder gives the place of the holder in a copyright line.
func (s *scene) holder(sh *sheet, r row) (start, end int) {
	at := s.copyrightSign(r.fold)
	if at < 0 {
		return 0, 0
	}
	text := sh.text[r.Start:r.End]
	from := 0
	if _, yearEnd := lastYear(text); yearEnd > 0 {
		from = yearEnd
	} else {
		from = signEnd(text)
	}
	for from < len(text) && !unicode.IsLetter(text[from]) {
		from++
	}
	if rest := foldString(string(text[min(from, len(text)):])); strings.HasPrefix(rest, "by ") {
		from += 3
	}
	start, end = s.nameFrom(sh.text[:r.End], r.Start+min(from, len(text)))
	if from < len(text) && s.leads("reserved", foldString(string(text[from:]))) != "" {
		end = start // "© RAND Corporation 2016. All rights reserved."
	}
	if start >= end && signEnd(text) > 0 { // "© RAND Corporation 2016"
		from = signEnd(text)
		if phrase := s.leads("copyright", foldString(string(text[from:]))); phrase != "" { // "© Copyright RAND 2016"
			from = min(len(text), from+1+utf8.RuneCountInString(phrase))
		}
		start, end = s.nameFrom(sh.text[:r.End], r.Start+from)
	}
	end = s.wholeName(sh.text[:r.End], start, end)
	if name := foldString(string(sh.text[start:end])); s.leads("reserved", name) != "" || s.is("copyright", name) || len(name) < 3 {
		return 0, 0
	}
	return start, end
}

// wholeName moves the end of a name over the small-lettered words behind it
// ("Institut Vauclair d’études documentaires"), where the document prints the
// longer name in a line of its own, or where Cyrillic words make it a body:
// there only the first word has a capital.
func (s *scene) wholeName(text []rune, start, end int) int {
	stop := end
	for stop < len(text) && (unicode.IsLetter(text[stop]) || strings.ContainsRune(" '’-«»“”„\"", text[stop])) {
		stop++
	}
	for stop > end && !unicode.IsLetter(text[stop-1]) && !strings.ContainsRune("»”", text[stop-1]) {
		stop--
	}
	if rest := string(text[stop:min(len(text), stop+4)]); strings.HasPrefix(rest, ". V.") && strings.HasSuffix(string(text[start:stop]), " e") {
		stop += 4 // "e. V."
	}
	longer := string(text[start:stop])
	if stop == end || start >= end || stop-start > longestBody || len(strings.Fields(longer)) > 12 {
		return end
	}
	first, _ := utf8.DecodeRuneInString(strings.TrimSpace(string(text[end:stop])))
	if s.printedAlone(foldString(longer)) || isWholeBody(longer) && greyshelf.LooksLikeBody(leadingWord(longer)+" x") && (stop >= len(text) || !strings.ContainsRune("(:", text[stop])) || unicode.Is(unicode.Cyrillic, first) && unicode.IsLower(first) && s.looksLikeBody(longer) {
		return stop
	}
	return end
}

// printedAlone reports whether a row, or a part of one between signs that part,
// holds the folded text and nothing else.
func (s *scene) printedAlone(f string) bool {
	for _, sh := range s.sheets() {
		for _, r := range sh.rows {
			if !strings.Contains(r.fold, f) {
				continue
			}
			for _, seg := range segments(sh.text, r.Start, r.End) {
				if foldString(string(sh.text[seg[0]:seg[1]])) == f {
					return true
				}
			}
		}
	}
	return false
}

// signEnd gives the place behind the last copyright sign or word of a line.
func signEnd(text []rune) int {
	for i := len(text) - 1; i >= 0; i-- {
		if text[i] == '©' {
			return i + 1
		}
	}
	lower := strings.ToLower(string(text))
	for _, sign := range []string{"(c)", "copyright"} {
		if at := strings.LastIndex(lower, sign); at >= 0 {
			return utf8.RuneCountInString(lower[:at+len(sign)])
		}
	}
	return 0
}

// copyrightSign gives where a copyright line begins in a folded line: "©", or
// the word with a year; -1 for other lines.
func (s *scene) copyrightSign(f string) int {
	if at := strings.Index(f, "©"); at >= 0 {
		return at
	}
	at, _ := s.holds("copyright", f)
	if c := strings.Index(f, "(c) "); c >= 0 && (at < 0 || c < at) {
		at = c
	}
	if at < 0 || at > 40 {
		return -1
	}
	if _, yearEnd := lastYear([]rune(cut(f[at:], 24))); yearEnd == 0 {
		return -1
	}
	return at
}

// nameFrom gives the name of a body that begins at the place: words with
// capitals and the small words between them, up to a stop, a bracket, a comma
// or the end of the line; a name known to be longer goes over the line.
func (s *scene) nameFrom(text []rune, at int) (start, end int) {
	for at < len(text) && (unicode.IsSpace(text[at]) || strings.ContainsRune(":,–-", text[at])) {
		at++
	}
	if article := string(text[at:min(len(text), at+4)]); strings.EqualFold(article, "the ") {
		at += 4
	}
	start, end = at, at
	for word := at; word < len(text) && word-start < longestBody; {
		next := word
		for next < len(text) && !unicode.IsSpace(text[next]) && !strings.ContainsRune("()[];:©", text[next]) {
			next++
		}
		w := string(text[word:next])
		plain := strings.TrimRight(w, ".,")
		first, _ := utf8.DecodeRuneInString(plain)
		capital := unicode.IsUpper(first) || unicode.Is(unicode.Arabic, first)
		if !capital && !isSmallWord(plain) {
			break
		}
		if capital {
			end = word + utf8.RuneCountInString(plain)
		}
		stop := plain != w && !strings.Contains(plain, ".") && utf8.RuneCountInString(plain) > 2
		if stop && strings.HasSuffix(w, ",") && isLegalForm(text, next) {
			stop = false
		}
		if stop || next >= len(text) || text[next] != ' ' && text[next] != '\n' && text[next] != '\u00a0' {
			break
		}
		if text[next] == '\n' && (!capital || s.knowledge.body(string(text[start:end])) != "") {
			break
		}
		word = next + 1
	}
	return start, end
}

// isLegalForm reports whether the next word is the legal form of a company,
// which stands behind a comma: "Quayside, Inc.".
func isLegalForm(text []rune, at int) bool {
	word, _, _ := strings.Cut(strings.TrimSpace(string(text[min(at, len(text)):min(len(text), at+8)])), " ")
	switch strings.Trim(word, ".,") {
	case "Inc", "Ltd", "LLC", "LLP", "Corp", "Co", "GmbH", "AG", "SA", "S.A", "Limited":
		return true
	}
	return false
}

func isSmallWord(word string) bool {
	switch strings.ToLower(word) {
	case "of", "for", "and", "the", "on", "in", "to", "&", "de", "des", "du", "la", "le", "les", "et", "pour", "sur", "y", "del", "el", "para",
		"für", "und", "der", "die", "das", "по", "и", "в", "на":
		return true
	}
	return false
}
