package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/greyshelf/greyshelf/internal/publish/usage"
)

// TestStatistics counts readers and nobody else, and shows it to the desk.
func TestStatistics(t *testing.T) {
	l := newLibrary(t)
	l.web.Usage = &usage.Counter{Records: l.catalog, Now: time.Now}
	l.handler = New(l.web, l.options)
	browser := header("User-Agent", "Mozilla/5.0")
	for range 3 {
		l.ask(visitor, "/search?q=zzzz-nothing", nil, browser)
	}
	l.ask(visitor, "/r/open", nil, browser)
	l.ask(visitor, "/r/open", nil, browser, header("Referer", "http://"+publicHost+"/"))
	l.ask(visitor, l.file("open"), nil, browser)
	l.ask(visitor, l.file("open"), nil, browser, header("Range", "bytes=100-"))
	for name, ignored := range map[string][]func(*http.Request){
		"a program": {header("User-Agent", "Examplebot/1.0")}, "nobody": {}, "who asks": {browser, header("Sec-GPC", "1")},
	} {
		if w := l.ask(visitor, "/r/open", nil, ignored...); w.Code != 200 {
			t.Errorf("%s: status %d", name, w.Code)
		}
	}
	l.ask(visitor, "/r/draft", nil, browser)
	l.ask(librarian, "/r/open", nil, browser)
	if w := l.ask(visitor, "/statistics", nil, browser); w.Code != 403 {
		t.Errorf("a visitor sees the statistics: status %d", w.Code)
	}
	body := l.ask(librarian, "/statistics", nil).Body.String()
	for _, want := range []string{"zzzz-nothing", `href="/r/open"`, "table=months", "table=arrival", "By month of arrival", "<td>4</td>"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	months, err := usage.Months(t.Context(), l.catalog)
	must(t, err)
	if len(months) != 1 || months[0].Pages != 5 || months[0].Visits != 4 || months[0].Views != 2 || months[0].Downloads != 1 || months[0].Searches != 3 || months[0].Nothing != 3 {
		t.Errorf("%+v", months)
	}
	for table, want := range map[string]string{"months": ",5,4,2,1,3,3", "reports": "open,", "unfound": "zzzz-nothing,3", "states": "published,", "year": "year,reports", "arrival": "month,reports,total\n2023-11,4,4\n", "arrival-year": "2023,4,4\n", "publisher": "publisher,reports"} {
		w := l.ask(librarian, "/statistics?table="+table, nil)
		if w.Code != 200 || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/csv") || !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s: status %d, %s", table, w.Code, w.Body.String())
		}
		for line := range strings.Lines(w.Body.String()) {
			for cell := range strings.SplitSeq(line, ",") {
				if cell = strings.Trim(cell, "\"\n"); cell != "" && strings.ContainsAny(cell[:1], "=+@") {
					t.Errorf("%s: a spreadsheet would calculate %q", table, cell)
				}
			}
		}
	}
	if w := l.ask(librarian, "/statistics?table=nothing", nil); w.Code != 400 {
		t.Errorf("no table: status %d", w.Code)
	}
}
