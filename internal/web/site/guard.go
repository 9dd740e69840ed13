package site

import (
	"compress/gzip"
	"net/http"
	"strings"
)

// policy is the Content-Security-Policy of every page: nothing but what this
// site sends itself, no script or style within pages.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// Guard puts around the whole site what holds for every answer: the headers
// that keep browsers safe, the host names it answers to, no changes from other
// sites' pages, the base path, compression.
func (s *Site) Guard(h http.Handler) http.Handler {
	crossOrigin := http.NewCrossOriginProtection()
	crossOrigin.SetDenyHandler(s.Handle(func(v *Visit) error {
		return &Failure{Status: http.StatusForbidden, Key: "crossorigin"}
	}, ForAll))
	h = s.underBase(crossOrigin.Handler(compressed(h)))
	misdirected := s.Handle(func(v *Visit) error {
		return &Failure{Status: http.StatusMisdirectedRequest, Key: "host", Subject: hostName(v.R.Host)}
	}, ForAll)
	return s.withSession(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", policy)
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Referrer-Policy", "same-origin")
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
		header.Set("Cross-Origin-Resource-Policy", "same-origin")
		header.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		if !s.known(r.Host) {
			misdirected.ServeHTTP(w, r)
			return
		}
		h.ServeHTTP(w, r)
	}))
}

// underBase takes the base path away, with or without a proxy that has done so.
func (s *Site) underBase(h http.Handler) http.Handler {
	if s.BasePath == "" {
		return h
	}
	stripped := http.StripPrefix(s.BasePath, h)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == s.BasePath:
			http.Redirect(w, r, s.BasePath+"/", http.StatusMovedPermanently)
		case strings.HasPrefix(r.URL.Path, s.BasePath+"/"):
			stripped.ServeHTTP(w, r)
		default:
			h.ServeHTTP(w, r)
		}
	})
}

// compressed packs text for readers who take gzip (RFC 1952).
func compressed(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Accept-Encoding")
		if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") || r.Header.Get("Range") != "" || r.Method == http.MethodHead {
			h.ServeHTTP(w, r)
			return
		}
		z := &zipper{ResponseWriter: w}
		defer z.close()
		h.ServeHTTP(z, r)
	})
}

// zipper decides by the content type, when the answer begins, whether to pack.
type zipper struct {
	http.ResponseWriter
	begun bool
	gzip  *gzip.Writer // nil: as it is
}

// WriteHeader begins the answer.
func (z *zipper) WriteHeader(status int) {
	if z.begun {
		return
	}
	z.begun = true
	h := z.Header()
	kind := h.Get("Content-Type")
	text := strings.HasPrefix(kind, "text/") || strings.HasPrefix(kind, "application/json") || strings.HasPrefix(kind, "image/svg")
	if text && status != http.StatusNoContent && status != http.StatusNotModified && h.Get("Content-Encoding") == "" {
		h.Set("Content-Encoding", "gzip")
		h.Del("Content-Length")
		z.gzip = gzip.NewWriter(z.ResponseWriter)
	}
	z.ResponseWriter.WriteHeader(status)
}

// Write packs and sends.
func (z *zipper) Write(data []byte) (int, error) {
	if !z.begun {
		if z.Header().Get("Content-Type") == "" {
			z.Header().Set("Content-Type", http.DetectContentType(data))
		}
		z.WriteHeader(http.StatusOK)
	}
	if z.gzip != nil {
		return z.gzip.Write(data)
	}
	return z.ResponseWriter.Write(data)
}

// Unwrap lets http.ResponseController reach the connection.
func (z *zipper) Unwrap() http.ResponseWriter { return z.ResponseWriter }

func (z *zipper) close() {
	if z.gzip != nil {
		_ = z.gzip.Close()
	}
}
