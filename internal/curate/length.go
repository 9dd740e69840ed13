package curate

import (
	"fmt"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
)

// The longest values of a report in characters: every reader, feed, mail and
// index is sent them again and again.
const (
	longestLine   = 2_000
	longestText   = 100_000
	mostMembers   = 1_000 // of a list
	longestReason = 4_000 // of a decision
)

// tooLong says which value of a field is too long, "" for none.
func tooLong(r *greyshelf.Report, field string) string {
	lines := map[string][]string{
		"title": {r.Title}, "subtitle": {r.Subtitle}, "type": {r.Type}, "series": {r.Series}, "series_number": {r.SeriesNumber}, "version": {r.Version},
		"format": {r.Format}, "url": {r.URL}, "date": {r.Date.Printed, r.Date.EDTF}, "extent": {r.Extent.Printed}, "size": {r.Size.Printed},
		"rights": {r.Rights.Holder, string(r.Rights.Code)}, "desk": {r.Desk.RequestedBy}, "parallel_titles": r.ParallelTitles, "languages": r.Languages,
	}[field]
	switch field {
	case "agents":
		for _, a := range r.Agents {
			lines = append(lines, a.Name, a.Family, a.Given, a.Stated, a.Affiliation)
		}
	case "headings":
		for _, h := range r.Headings {
			lines = append(lines, h.Label)
		}
	case "identifiers":
		for _, id := range r.Identifiers {
			lines = append(lines, id.Value)
		}
	case "relations":
		for _, o := range r.Relations {
			lines = append(lines, o.Report, o.Title, o.URL)
		}
	case "editions":
		for _, e := range r.Editions {
			lines = append(lines, e.Label, e.Language, e.Date.Printed)
		}
	}
	for _, text := range lines {
		if utf8.RuneCountInString(text) > longestLine {
			return fmt.Sprintf("“%.60s …” is longer than %d characters; shorten it", text, longestLine)
		}
	}
	texts := map[string]string{"abstract": r.Abstract, "annotation": r.Annotation, "note": r.Note, "desk": r.Desk.Sensitivity, "rights": r.Rights.Statement, "tombstone": r.Tombstone}
	if text := texts[field]; utf8.RuneCountInString(text) > longestText {
		return fmt.Sprintf("“%.60s …” is longer than %d characters; shorten it", text, longestText)
	}
	if n := max(len(r.Agents), len(r.Headings), len(r.Identifiers), len(r.Relations), len(r.Languages)); n > mostMembers {
		return fmt.Sprintf("a field has %d values; at most %d are kept", n, mostMembers)
	}
	return ""
}

// shortened cuts a reason that is longer than anybody reads.
func shortened(reason string) string {
	reason = greyshelf.Plain(reason)
	if runes := []rune(reason); len(runes) > longestReason {
		return string(runes[:longestReason]) + " …"
	}
	return reason
}
