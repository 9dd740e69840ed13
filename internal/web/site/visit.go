package site

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/web/locale"
)

// mostForm is the largest form in bytes, uploads aside.
const mostForm = 2 << 20

const opForm = "read the form"

// formPatience is how long a form may take to arrive.
const formPatience = 30 * time.Second

// Visit is one request on its way to an answer.
type Visit struct {
	*Site
	W           http.ResponseWriter
	R           *http.Request
	Reader      rights.Reader
	HasAccounts bool         // the library has people
	Local       bool         // from this computer, see [Local], and there are no accounts yet
	Text        *locale.Text // the strings in the reader's language
}

// Handler answers a visit. An error becomes a page, see [Site.Handle].
type Handler func(*Visit) error

// Handle makes a handler of net/http for those who have access.
func (s *Site) Handle(h Handler, a Access) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := s.visit(w, r)
		answered, err := v.admit(a)
		if err == nil && !answered {
			err = h(v)
		}
		if err != nil {
			v.fail(err)
		}
	})
}

func (s *Site) visit(w http.ResponseWriter, r *http.Request) *Visit {
	r.URL.RawQuery = plainQuery(r.URL.RawQuery)
	v := &Visit{Site: s, W: w, R: r, Text: s.locales.For(r.Header.Get("Accept-Language"))}
	v.HasAccounts = s.accounts(r.Context())
	v.Local = !v.HasAccounts && Local(r)
	v.Reader = s.reader(r, v.HasAccounts)
	return v
}

// plainQuery gives a query whose values are plain text, see [greyshelf.Plain]:
// what is asked is shown again on many pages.
func plainQuery(query string) string {
	if !strings.Contains(query, "%") {
		return query
	}
	asked, err := url.ParseQuery(query)
	if err != nil {
		return query // what can be read of it is read
	}
	changed := false
	for _, values := range asked {
		for i, value := range values {
			values[i] = greyshelf.Plain(value)
			changed = changed || values[i] != value
		}
	}
	if !changed {
		return query
	}
	return asked.Encode()
}

// MayChange reports whether this visitor may change what the library holds.
func (v *Visit) MayChange() bool { return !v.ReadOnly && v.Editor().Role >= rights.Librarian }

// MayAdminister reports whether this visitor may change who may what.
func (v *Visit) MayAdminister() bool {
	return !v.ReadOnly && v.Editor().Role >= rights.Administrator
}

// Desk reports whether the reader reads as the desk.
func (v *Visit) Desk() bool { return v.Reader.Role >= rights.Librarian }

// Editor is as whom the visitor changes the library: the person who is signed
// in; until there are accounts, who sits at this computer.
func (v *Visit) Editor() rights.Reader {
	if v.Local {
		return rights.Reader{Role: rights.Administrator, Name: deskName}
	}
	return v.Reader
}

// May reports whether the reader may go through the door.
func (v *Visit) May(r greyshelf.Report, door rights.Door) bool { return rights.May(v.Reader, r, door) }

// Report gives the report that the address names, if the reader may go through
// the door. Errors: NotFound, also for one whose record may not be seen;
// [Failure] 410 for a withdrawn one and 403 for a closed door.
func (v *Visit) Report(door rights.Door) (greyshelf.Report, error) {
	id := v.R.PathValue("id")
	r, err := v.Catalog.Report(v.R.Context(), id)
	switch {
	case greyshelf.KindOf(err) == greyshelf.NotFound:
		return r, notFound(id)
	case err != nil:
		return r, err
	}
	if to := v.merged(r); to != nil {
		return r, to
	}
	switch {
	case !v.May(r, rights.Record) && r.State == greyshelf.Withdrawn:
		return r, v.gone(r)
	case !v.May(r, rights.Record):
		return r, notFound(id)
	case !v.May(r, door):
		return r, closed(r)
	}
	return r, nil
}

// EditedReport gives the report that the address names to who may change it.
// Errors: NotFound, [Failure] 403.
func (v *Visit) EditedReport() (greyshelf.Report, error) {
	id := v.R.PathValue("id")
	r, err := v.Catalog.Report(v.R.Context(), id)
	switch {
	case greyshelf.KindOf(err) == greyshelf.NotFound:
		return r, notFound(id)
	case err != nil:
		return r, err
	case !rights.May(v.Editor(), r, rights.Edit) && !v.May(r, rights.Record):
		return r, notFound(id)
	case !rights.May(v.Editor(), r, rights.Edit):
		return r, v.refused()
	}
	return r, nil
}

// File gives the file of the report that the address names; a reader who asks
// for one that has moved to another report is sent there. Errors: NotFound.
func (v *Visit) File(r greyshelf.Report) (greyshelf.File, error) {
	f, ok := r.File(strings.ToLower(v.R.PathValue("file")))
	if ok {
		return f, nil
	}
	if err := v.movedFile(r, strings.ToLower(v.R.PathValue("file"))); err != nil {
		return f, err
	}
	return f, notFound(v.R.PathValue("file"))
}

// Number reads a number from 1 out of the address. Errors: NotFound.
func (v *Visit) Number(name string) (int, error) {
	text := v.R.PathValue(name)
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || strconv.Itoa(n) != text {
		return 0, notFound(text)
	}
	return n, nil
}

// Form reads the form that was sent; its values are plain text, see
// [greyshelf.Plain]. Errors: Invalid, TooLarge.
func (v *Visit) Form() (url.Values, error) {
	v.R.Body = http.MaxBytesReader(v.W, v.R.Body, mostForm)
	// Not every ResponseWriter has deadlines; one that has not is no worse off.
	_ = http.NewResponseController(v.W).SetReadDeadline(v.Now().Add(formPatience))
	if err := v.R.ParseForm(); err != nil {
		if strings.Contains(err.Error(), "too large") {
			return nil, greyshelf.Errorf(greyshelf.TooLarge, opForm, "", "the form is larger than %s; shorten what you wrote", greyshelf.FormatSize(mostForm))
		}
		return nil, greyshelf.Errorf(greyshelf.Invalid, opForm, "", "the form arrived damaged or in part; go back and send it again")
	}
	plain := make(url.Values, len(v.R.PostForm))
	for name, values := range v.R.PostForm {
		for _, value := range values {
			plain[name] = append(plain[name], greyshelf.Plain(value))
		}
	}
	return plain, nil
}

// Redirect sends the reader to another address of the site, after a form (303)
// or for good (301).
func (v *Visit) Redirect(status int, to string) error {
	v.W.Header().Set("Cache-Control", "private, no-cache")
	http.Redirect(v.W, v.R, to, status)
	return nil
}

// Inside gives an address that a form or link asked to go on to, if it is one
// of the site; else the first page.
func (v *Visit) Inside(address string) string {
	if strings.HasPrefix(address, v.BasePath+"/") && !strings.HasPrefix(address, "//") && !strings.ContainsAny(address, "\\\r\n\t") {
		return address
	}
	return v.Link("/")
}

// Absolute gives the whole address of a link of the site.
func (v *Visit) Absolute(link string) string {
	if v.Nowhere {
		return ""
	}
	return origin(v.R) + link
}

// Base gives the address of the site as a request names it, without a slash at
// its end.
func (s *Site) Base(r *http.Request) string { return origin(r) + s.BasePath }

func origin(r *http.Request) string {
	if byHTTPS(r) {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// WasChanged tells the library that something was written.
func (v *Visit) WasChanged() {
	if v.Library.Changed != nil {
		v.Library.Changed()
	}
}
