package describe

import (
	"strings"
	"unicode"

	"github.com/greyshelf/greyshelf"
)

// addresses gives the words of a passage that are web or mail addresses.
func addresses(text []rune, start, end int) [][2]int {
	var places [][2]int
	for from, i := start, start; i <= end; i++ {
		if i < end && !unicode.IsSpace(text[i]) && !strings.ContainsRune("()<>[]|,;", text[i]) {
			continue
		}
		if i-from > 4 && len(places) < 20 && hostOf(string(text[from:i])) != "" {
			places = append(places, [2]int{from, i})
		}
		from = i + 1
	}
	return places
}

// hostOf gives the name of the host of a web or mail address without "www.", or
// "" where the word is none.
func hostOf(word string) string {
	host := strings.Trim(strings.ToLower(word), ".,;:()<>[]")
	if _, rest, found := strings.Cut(host, "://"); found {
		host = rest
	}
	if _, rest, found := strings.Cut(host, "@"); found {
		host = rest
	}
	if at := strings.IndexAny(host, "/?#:"); at >= 0 {
		host = host[:at]
	}
	host = strings.TrimPrefix(host, "www.")
	if !isHost(host) || strings.HasSuffix(host, ".pdf") || strings.HasSuffix(host, ".doc") || strings.HasSuffix(host, ".docx") {
		return ""
	}
	return host
}

// hosts counts the hosts of the addresses that stand outside of running text,
// except those of other people's sites that reports name: DOIs, licences.
func (s *scene) hosts() map[string]int {
	count := map[string]int{}
	for _, sh := range s.sheets() {
		for _, r := range sh.rows {
			if r.prose && len(r.fold) > 60 || len(count) > 30 {
				continue
			}
			for _, place := range addresses(sh.text, r.Start, r.End) {
				if host := hostOf(string(sh.text[place[0]:place[1]])); !strings.HasSuffix(host, "doi.org") && !strings.HasSuffix(host, "creativecommons.org") {
					count[host]++
				}
			}
		}
	}
	return count
}

// hostAgrees reports whether the host's name is made of the body's: its words
// joined ("example-institute.org", "exampleinstitute.org"), or its first
// letters ("efor.org" for "Example Foundation for Open Records").
func hostAgrees(host, name string) bool {
	labels := strings.Split(host, ".")
	if len(labels) < 2 {
		return false
	}
	words := strings.FieldsFunc(foldString(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(words) == 0 {
		return false
	}
	joined, every, initials, short := "", "", "", ""
	for i, w := range words {
		words[i] = plainLetters(w)
		joined, every = joined+words[i], every+words[i][:1]
		if !isSmallWord(w) {
			initials, short = initials+words[i][:1], short+words[i]
		}
	}
	for _, label := range labels[:len(labels)-1] {
		plain := strings.ReplaceAll(label, "-", "")
		switch {
		case len(plain) >= 3 && (plain == initials || plain == every || plain == joined || plain == short):
			return true
		case len(plain) >= 5 && plain != words[0] && (strings.HasPrefix(joined, plain) || strings.HasPrefix(short, plain)):
			return true
		case len(plain) >= 6 && len(words[0]) >= 4 && strings.HasPrefix(plain, words[0]) && !greyshelf.LooksLikeBody(words[0]):
			return true
		case longWordIn(plain, words), len(plain) >= 4 && plain == words[0] && !greyshelf.LooksLikeBody(plain):
			return true
		}
	}
	return false
}

// longWordIn reports whether the label of a host is a word of the name of six
// letters or more that is none of the words that many bodies have.
func longWordIn(label string, words []string) bool {
	for _, w := range words {
		if len(w) >= 6 && w == label && !greyshelf.LooksLikeBody(w) {
			return true
		}
	}
	return false
}

// bodyOfHost gives the known body one of whose forms is the host's name, or "".
func (s *scene) bodyOfHost(host string) string {
	for _, label := range strings.Split(host, ".") {
		for _, form := range []string{label, strings.ToUpper(label)} {
			if known := s.knowledge.body(form); known != "" && len(label) > 2 {
				return known
			}
		}
	}
	return s.knowledge.body(host)
}

// plainLetters writes letters with marks as hosts do: without them, "ß" as
// "ss".
func plainLetters(text string) string {
	return strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss", "é", "e", "è", "e", "ê", "e", "ë", "e", "à", "a", "â", "a", "á", "a", "ã", "a",
		"ç", "c", "í", "i", "î", "i", "ï", "i", "ó", "o", "ô", "o", "õ", "o", "ø", "o", "å", "a", "ñ", "n", "ú", "u", "û", "u", "œ", "oe", "'", "").Replace(text)
}
