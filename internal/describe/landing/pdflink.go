package landing

import (
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"
)

// link keeps a link that leads, or says that it leads, to a PDF. It adds what
// its address and its text say to what its markup said.
func (r *reader) link(l Link) {
	l.URL = resolve(r.base, l.URL)
	if l.URL == "" || len(r.links) >= mostLinks {
		return
	}
	said := l.points >= 30
	if isPDFPath(l.URL) {
		l.points, said = l.points+50, true
	}
	if slices.Contains(words(l.Text), "pdf") {
		l.points, said = l.points+40, true
	}
	if said {
		r.links = append(r.links, l)
	}
}

// rank gives the links best first, each address once. A link whose words are
// those of the page's title is rather the report than another one; one in
// another language than the page is rather a translation.
func rank(links []Link, title, lang string) []Link {
	wanted := longWords(title)
	best := map[string]int{}
	var all []Link
	for _, l := range links {
		own := longWords(l.Text + " " + fileName(l.URL))
		common := 0
		for _, w := range wanted {
			if slices.Contains(own, w) {
				common++
			}
		}
		l.points += min(20, 5*common)
		if l.Language != "" && lang != "" && l.Language != lang {
			l.points -= 10
		}
		at, seen := best[l.URL]
		if !seen {
			best[l.URL] = len(all)
			all = append(all, l)
			continue
		}
		if l.points > all[at].points {
			l.Text, l.Language = firstOf(l.Text, all[at].Text), firstOf(l.Language, all[at].Language)
			all[at] = l
		}
	}
	slices.SortStableFunc(all, func(a, b Link) int { return b.points - a.points })
	return all[:min(len(all), mostPDFs)]
}

func isPDFType(mediaType string) bool {
	mediaType = strings.ToLower(mediaType)
	return strings.Contains(mediaType, "application/pdf") || strings.Contains(mediaType, "application/x-pdf")
}

// isPDFPath reports whether the path of an address ends in ".pdf".
func isPDFPath(address string) bool {
	return strings.EqualFold(path.Ext(fileName(address)), ".pdf")
}

// fileName gives the last part of an address's path.
func fileName(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return path.Base(u.Path)
}

// words gives the words of a text in lower case.
func words(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// longWords gives the first forty words of more than three letters.
func longWords(text string) []string {
	var long []string
	for _, w := range words(text) {
		if len([]rune(w)) > 3 && len(long) < 40 {
			long = append(long, w)
		}
	}
	return long
}
