package identify

import (
	"fmt"

	"github.com/greyshelf/greyshelf"
)

// evidence says in words what speaks for and against.
func evidence(now, old greyshelf.Report, l Likeness) []Evidence {
	var all []Evidence
	say := func(kind string, against bool, part float64, format string, values ...string) {
		args := make([]any, len(values))
		for i, v := range values {
			args[i] = v
		}
		all = append(all, Evidence{Kind: kind, Says: fmt.Sprintf(format, args...), Values: values, Against: against, Part: part})
	}
	if id, ok := sharedIdentifier(now, old); ok {
		say("identifier", false, 0, "both have the %s %s", string(id.Scheme), id.Value)
	}
	if otherIdentifiers(now, old) {
		say("other identifier", true, 0, "their numbers are not the same")
	}
	say("text", max(l.NewInOld, l.OldInNew) < summaryText, l.Text, "%s of the new text is in the old, %s of the old in the new", percent(l.NewInOld), percent(l.OldInNew))
	if l.Worn {
		say("recognition", false, 0, "words differ everywhere and no passage is missing, as when a text is recognised anew")
	}
	if l.Common > 0 {
		say("common", false, l.Common, "%s of the new text stands in other reports too and does not count", percent(l.Common))
	}
	if l.Numbers > 0 {
		say("numbers", l.Numbers < numbersSame, l.Numbers, "%s of the numbers follow each other as in the other", percent(l.Numbers))
	}
	if l.Title > 0 {
		say("title", l.Title < nearTitle, l.Title, "%s of the words of the titles are the same", percent(l.Title))
	}
	if !sharesAgent(now, old) {
		say("agents", true, 0, "no author or publisher is the same")
	}
	if !sameDate(now, old) {
		say("date", true, 0, "the dates are %s and %s", now.Date.EDTF, old.Date.EDTF)
	}
	return all
}

func percent(part float64) string { return fmt.Sprintf("%.0f\u00a0%%", 100*part) }
