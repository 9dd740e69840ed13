package site

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/greyshelf/greyshelf"
)

// Failure is an error that has a page with words of its own: error.KEY.title
// and error.KEY.text in the locale files.
type Failure struct {
	Status  int
	Key     string
	Subject string            // what the address named
	Report  *greyshelf.Report // whose record may still be seen
	Reason  string            // what exactly went wrong; may be empty

	Typed []Typed // what a form held that was refused, to be copied

	Original string // address of the file itself, where a copy of it failed; may be empty
}

// Typed is a field of a form and what was written into it.
type Typed struct{ Name, Text string }

// typed gives what stood in the form of a visitor who may not send it, so that
// it is not lost: who was signed out while writing copies it.
func (v *Visit) typed() []Typed {
	if v.R.Method != http.MethodPost || !strings.HasPrefix(v.R.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		return nil
	}
	form, err := v.Form()
	if err != nil {
		return nil
	}
	var all []Typed
	for _, name := range slices.Sorted(maps.Keys(form)) {
		secret := slices.Contains([]string{"password", "again", "now", "token", "key"}, name)
		if text := strings.Join(form[name], "\n"); strings.ContainsFunc(text, unicode.IsLetter) && !secret && len(all) < mostTyped {
			all = append(all, Typed{name, text})
		}
	}
	return all
}

// mostTyped bounds the fields that are shown again.
const mostTyped = 200

// Error gives the key, for the log.
func (f *Failure) Error() string { return f.Key + " " + f.Subject }

func notFound(subject string) error {
	return &Failure{Status: http.StatusNotFound, Key: "notfound", Subject: subject}
}

// NotFound is the error of an address that names nothing.
func NotFound(v *Visit) error { return notFound(v.R.URL.Path) }

// gone is the error of a report that was withdrawn. Of one that was taken down
// it says when and why, and nothing of the record.
func (v *Visit) gone(r greyshelf.Report) error {
	if r.Tombstone == "" {
		return &Failure{Status: http.StatusGone, Key: "gone", Subject: r.ID}
	}
	decisions, err := v.Catalog.Decisions(v.R.Context(), r.ID, 0)
	if err != nil {
		return err
	}
	day := r.Updated
	for _, d := range decisions { // newest first
		if slices.ContainsFunc(d.Changes, func(c greyshelf.Change) bool { return c.Field == "state" }) {
			day = d.At
			break
		}
	}
	return &Failure{Status: http.StatusGone, Key: "takendown", Subject: day.UTC().Format(time.DateOnly), Reason: r.Tombstone}
}

// closed is the error of a door that the report's rights keep shut.
func closed(r greyshelf.Report) error {
	return &Failure{Status: http.StatusForbidden, Key: ClosedKey(r.Rights), Subject: r.ID, Report: &r}
}

// ClosedKey names the words that explain why a report is not open to everybody:
// error.KEY.title and error.KEY.text.
func ClosedKey(r greyshelf.Rights) string {
	switch {
	case r.EffectiveAccess() == greyshelf.AccessLink:
		return "closed.link"
	case r.Code == greyshelf.AllRightsReserved:
		return "closed.reserved"
	case r.Code == greyshelf.Copyright:
		return "closed.copyright"
	case r.Code == "":
		return "closed.unstated"
	}
	return "closed.other"
}

// refused is the error of an address that is not for the visitor.
func (v *Visit) refused() error {
	switch {
	case v.ReadOnly:
		return &Failure{Status: http.StatusForbidden, Key: "readonly"}
	case v.HasAccounts && v.Reader.Person == "":
		return &Failure{Status: http.StatusForbidden, Key: "signin"}
	case v.HasAccounts:
		return &Failure{Status: http.StatusForbidden, Key: "role"}
	}
	return &Failure{Status: http.StatusForbidden, Key: "elsewhere"}
}

// failure gives the page of any error: the one table from errors to pages.
func failure(err error) *Failure {
	var f *Failure
	if errors.As(err, &f) {
		return f
	}
	kind := greyshelf.KindOf(err)
	key := map[greyshelf.Kind]string{
		greyshelf.NotFound: "notfound", greyshelf.Invalid: "invalid", greyshelf.Forbidden: "forbidden", greyshelf.Conflict: "conflict",
		greyshelf.Exists: "conflict", greyshelf.Unavailable: "unavailable", greyshelf.TooLarge: "toolarge",
	}[kind]
	if key == "" {
		return &Failure{Status: http.StatusInternalServerError, Key: "internal"}
	}
	return &Failure{Status: kind.HTTPStatus(), Key: key, Reason: greyshelf.ReasonOf(err)}
}

// fail answers with the page of an error.
func (v *Visit) fail(err error) {
	if errors.Is(err, context.Canceled) && v.R.Context().Err() != nil {
		return // nobody waits for the answer
	}
	var m *moved
	if errors.As(err, &m) {
		v.follow(m)
		return
	}
	f := failure(err)
	if f.Key == "signin" || f.Key == "role" || f.Key == "elsewhere" {
		f.Typed = v.typed()
	}
	if f.Status >= http.StatusInternalServerError {
		v.Log.Error("a page failed", "address", v.R.URL.Path, "err", err)
	}
	var page bytes.Buffer
	if err := v.errorPage.render(&page, v, v.Text.Get("error."+f.Key+".title"), f); err != nil {
		v.Log.Error("the page of an error failed", "err", err)
		http.Error(v.W, strconv.Itoa(f.Status), f.Status)
		return
	}
	v.send(f.Status, page.Bytes())
}
