package web

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/greyshelf/greyshelf/internal/publish/usage"
	"github.com/greyshelf/greyshelf/internal/rights"
)

// counted counts what readers are shown: not the desk, not programs, and not
// readers who ask not to be counted (Do Not Track, Global Privacy Control).
func counted(c *usage.Counter, pattern string, reader func(*http.Request) rights.Reader, h http.Handler) http.Handler {
	if c == nil || !strings.HasPrefix(pattern, "GET ") {
		return h
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen := &statusSeen{ResponseWriter: w}
		h.ServeHTTP(seen, r)
		if r.Method != http.MethodGet || seen.status >= 300 || program(r) || reader(r).Role >= rights.Librarian {
			return
		}
		whole := r.Header.Get("Range") == "" || strings.HasPrefix(r.Header.Get("Range"), "bytes=0-")
		switch {
		case pattern == "GET /r/{id}/f/{file}" || pattern == "GET /r/{id}/f/{file}/described":
			if whole {
				c.Download(r.PathValue("id"))
			}
		case strings.HasPrefix(w.Header().Get("Content-Type"), "text/html"):
			c.Page(fromElsewhere(r))
			if pattern == "GET /r/{id}" {
				c.Report(r.PathValue("id"))
			}
		}
	})
}

// statusSeen remembers the status of an answer.
type statusSeen struct {
	http.ResponseWriter
	status int
}

// WriteHeader notes the status and passes it on.
func (s *statusSeen) WriteHeader(status int) {
	if s.status == 0 {
		s.status = status
	}
	s.ResponseWriter.WriteHeader(status)
}

// Unwrap gives the writer beneath, for http.ResponseController.
func (s *statusSeen) Unwrap() http.ResponseWriter { return s.ResponseWriter }

// fromElsewhere reports whether the reader came to a page from outside the
// site: that begins a visit.
func fromElsewhere(r *http.Request) bool {
	from, err := url.Parse(r.Referer())
	return err != nil || from.Host != r.Host
}

// program reports whether a request comes from a program, or from a reader who
// asks not to be counted.
func program(r *http.Request) bool {
	if r.Header.Get("DNT") == "1" || r.Header.Get("Sec-GPC") == "1" || r.Header.Get("Purpose") == "prefetch" || r.Header.Get("Sec-Purpose") != "" {
		return true
	}
	agent := strings.ToLower(r.UserAgent())
	if agent == "" {
		return true
	}
	for _, word := range []string{"bot", "crawl", "spider", "slurp", "curl", "wget", "python", "java/", "go-http", "feed", "monitor", "preview", "headless", "archiver"} {
		if strings.Contains(agent, word) {
			return true
		}
	}
	return false
}
