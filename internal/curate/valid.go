package curate

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/greyshelf/greyshelf"
)

const opEdit = "edit report"

// valid checks the fields that were changed, so that an old oddity elsewhere
// does not stand in the way, and brings identifiers into their normal form.
func valid(r *greyshelf.Report, changes []greyshelf.Change) error {
	checks := map[string]func(*greyshelf.Report) string{
		"state": badState, "agents": badAgent, "date": badDate, "identifiers": badIdentifier, "languages": badLanguage,
		"rights": badRights, "extent": badNumbers, "size": badNumbers, "url": badURL, "editions": badEdition, "headings": badHeading,
		"embargo_until": badState, "relations": badRelation, "desk": badDeskFile,
	}
	for _, c := range changes {
		if reason := tooLong(r, c.Field); reason != "" {
			return greyshelf.Errorf(greyshelf.Invalid, opEdit, r.ID, "%s", reason)
		}
		check := checks[c.Field]
		if check == nil {
			continue
		}
		if reason := check(r); reason != "" {
			return greyshelf.Errorf(greyshelf.Invalid, opEdit, r.ID, "%s", reason)
		}
	}
	return nil
}

// Each of the following says what is wrong with its field, "" when nothing is.

func badState(r *greyshelf.Report) string {
	if !r.State.Valid() {
		return "“" + string(r.State) + "” is not a state of a report"
	}
	if r.MergedInto != "" && r.State != greyshelf.Withdrawn {
		return "it was merged into " + r.MergedInto + "; undo that to have it back"
	}
	if _, err := time.Parse(time.DateOnly, r.EmbargoUntil); err != nil && (r.EmbargoUntil != "" || r.State == greyshelf.Embargoed) {
		return "an embargoed report needs the day on which it is published; write 2026-12-01"
	}
	return ""
}

func badRelation(r *greyshelf.Report) string {
	for _, other := range r.Relations {
		switch {
		case !slices.Contains(greyshelf.RelationKinds(), other.Kind):
			return "“" + string(other.Kind) + "” is not a relation between reports"
		case other.Report == "" && strings.TrimSpace(other.Title) == "" && other.URL == "":
			return "a relation needs the other report: its identifier, title or address"
		case other.Report != "" && other.Report == r.ID:
			return "a report has no relation to itself"
		}
		if reason := badURL(&greyshelf.Report{URL: other.URL}); reason != "" {
			return reason
		}
	}
	return ""
}

func badDeskFile(r *greyshelf.Report) string {
	switch r.Desk.Reading {
	case "", greyshelf.ToRead, greyshelf.ReadingNow, greyshelf.AlreadyRead:
		return ""
	}
	return "“" + string(r.Desk.Reading) + "” says not how far the reading has come"
}

func badAgent(r *greyshelf.Report) string {
	roles := []greyshelf.Role{greyshelf.Author, greyshelf.Publisher, greyshelf.Commissioning, greyshelf.Hosting, greyshelf.Speaker}
	for _, c := range r.Agents {
		switch {
		case strings.TrimSpace(c.Name) == "":
			return "a person or body needs a name"
		case c.Kind != greyshelf.Person && c.Kind != greyshelf.Body:
			return c.Name + " must be a person or a body"
		case !slices.Contains(roles, c.Role):
			return "“" + string(c.Role) + "” is not a role; " + c.Name + " needs one"
		}
	}
	return ""
}

func badDate(r *greyshelf.Report) string { return wrongDate(r.Date) }

func wrongDate(d greyshelf.Date) string {
	if d.EDTF != "" && !greyshelf.ValidEDTF(d.EDTF) {
		return "“" + d.EDTF + "” is not a date; write 2016-10-19, 2016-10, 2016 or 2015-24 (winter)"
	}
	return ""
}

func badIdentifier(r *greyshelf.Report) string {
	for i, id := range r.Identifiers {
		normal, ok := greyshelf.ParseIdentifier(id.Scheme, id.Value)
		if !ok {
			return "“" + id.Value + "” is not an identifier of the scheme " + string(id.Scheme) + "; look for a wrong digit"
		}
		r.Identifiers[i] = normal
	}
	return ""
}

// languageTag is the form of a BCP 47 tag (RFC 5646 §2.1), not its registry.
var languageTag = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,8}$`)

func badLanguage(r *greyshelf.Report) string {
	for _, tag := range r.Languages {
		if !languageTag.MatchString(tag) {
			return "“" + tag + "” is not a language; write en, fr, ar or zh-Hans"
		}
	}
	return ""
}

func badRights(r *greyshelf.Report) string {
	switch r.Rights.Access {
	case "", greyshelf.AccessOpen, greyshelf.AccessExtract, greyshelf.AccessLink, greyshelf.AccessEmbargo:
		return ""
	}
	return "“" + string(r.Rights.Access) + "” is not a degree of access"
}

func badNumbers(r *greyshelf.Report) string {
	if r.Extent.Pages < 0 || r.Size.Bytes < 0 {
		return "pages and size cannot be less than nothing"
	}
	return ""
}

// badURL allows only addresses that are safe behind a link.
func badURL(r *greyshelf.Report) string {
	if r.URL == "" {
		return ""
	}
	u, err := url.Parse(r.URL)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "“" + r.URL + "” is not an address that begins with https:// or http://"
	}
	return ""
}

func badHeading(r *greyshelf.Report) string {
	for _, h := range r.Headings {
		if strings.TrimSpace(h.Label) == "" {
			return "a subject heading needs a label"
		}
	}
	return ""
}

// sha is the form of a file's name.
var sha = regexp.MustCompile(`^[0-9a-f]{64}$`)

func badEdition(r *greyshelf.Report) string {
	seen := map[string]bool{}
	for _, e := range r.Editions {
		if e.ID == "" || seen[e.ID] {
			return "every edition needs a number of its own"
		}
		seen[e.ID] = true
		if reason := wrongDate(e.Date); reason != "" {
			return reason
		}
		for _, f := range e.Files {
			if !sha.MatchString(f.SHA256) {
				return "“" + f.SHA256 + "” does not name a file"
			}
		}
	}
	return ""
}
