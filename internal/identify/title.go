package identify

import (
	"strings"

	"github.com/greyshelf/greyshelf"
)

// titleWords gives the words of a title by which two titles are compared:
// folded, the British and American spellings one, without a leading article
// and without the words that mark an edition.
func titleWords(title string) []string {
	var all []string
	eachWord(title, func(word []byte) bool {
		all = append(all, american(string(word)))
		return len(all) < 200
	})
	for len(all) > 1 && (all[0] == "the" || all[0] == "a" || all[0] == "an") {
		all = all[1:]
	}
	for len(all) > 1 && isEditionWord(all[len(all)-1]) {
		all = all[:len(all)-1]
	}
	return all
}

func isEditionWord(word string) bool {
	switch word {
	case "updated", "update", "revised", "revision", "edition", "version", "draft", "final":
		return true
	}
	return false
}

// american folds the endings in which British and American spelling differ.
// What else it folds (advice with advize) it folds on both sides.
func american(word string) string {
	if len(word) < 6 {
		return word
	}
	for _, s := range [...][2]string{
		{"ysing", "yzing"}, {"ysed", "yzed"}, {"yse", "yze"}, {"ising", "izing"}, {"ised", "ized"}, {"ise", "ize"},
		{"isation", "ization"}, {"isations", "izations"}, {"our", "or"}, {"ours", "ors"}, {"oured", "ored"}, {"tre", "ter"}, {"ogue", "og"},
	} {
		if rest, ok := strings.CutSuffix(word, s[0]); ok {
			return rest + s[1]
		}
	}
	return word
}

// mainTitle gives a title without what stands behind a colon or a dash with
// spaces.
func mainTitle(title string) string {
	for _, mark := range []string{": ", " : ", " – ", " — ", " - "} {
		if before, _, ok := strings.Cut(title, mark); ok && len(strings.Fields(before)) >= 2 {
			title = before
		}
	}
	return title
}

// sameTitle gives how much two titles share, 0..1: by words, in order, with
// their subtitles or without, whichever is more.
func sameTitle(a, b greyshelf.Report) float64 {
	whole := wordsInCommon(titleWords(a.FullTitle()), titleWords(b.FullTitle()))
	main := wordsInCommon(titleWords(mainTitle(a.Title)), titleWords(mainTitle(b.Title)))
	if a.Subtitle != "" && b.Subtitle != "" || a.Title == mainTitle(a.Title) && b.Title == mainTitle(b.Title) && a.Subtitle == "" && b.Subtitle == "" {
		return whole // both have all of their title
	}
	return max(whole, main)
}

// wordsInCommon is the length of the longest common subsequence over the
// longer list.
func wordsInCommon(a, b []string) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	row := make([]int, len(b)+1)
	for _, x := range a {
		diagonal := 0
		for j, y := range b {
			above := row[j+1]
			if x == y {
				row[j+1] = diagonal + 1
			} else {
				row[j+1] = max(above, row[j])
			}
			diagonal = above
		}
	}
	return float64(row[len(b)]) / float64(max(len(a), len(b)))
}
