package fetch

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"

	"github.com/greyshelf/greyshelf"
)

// TestAllowedNetworksOnly: that one network may be reached on any port opens no
// port of any other.
func TestAllowedNetworksOnly(t *testing.T) {
	check := guard([]netip.Prefix{netip.MustParsePrefix("10.1.0.0/16"), netip.MustParsePrefix("fd00::/8")})
	for address, allowed := range map[string]bool{
		"10.1.2.3:8080": true, "[::ffff:10.1.2.3]:8080": true, "[fd00::1]:9": true, "10.2.0.1:80": false, "127.0.0.1:80": false,
		"192.0.2.1:80": false, "8.8.8.8:443": true, "8.8.8.8:8080": false, "8.8.8.8:25": false, "[::1]:80": false,
	} {
		network := "tcp4"
		if address[0] == '[' && address[1:8] != "::ffff:" {
			network = "tcp6"
		}
		if err := check(network, address, nil); (err == nil) != allowed {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// TestPost sends, follows no redirect, and reads no endless answer.
func TestPost(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/moved":
			http.Redirect(w, r, "/", http.StatusFound)
		case "/endless":
			for r.Context().Err() == nil {
				if _, err := w.Write(make([]byte, 1<<16)); err != nil {
					return
				}
			}
		default:
			data, _ := io.ReadAll(r.Body)
			_, _ = w.Write([]byte(r.Method + " " + r.Header.Get("X-Test") + " " + string(data)))
		}
	}))
	t.Cleanup(server.Close)
	c := New(Options{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	answer, err := c.Post(t.Context(), server.URL, http.Header{"X-Test": {"yes"}}, []byte("hello"))
	if err != nil || answer.Status != 200 || string(answer.Body) != "POST yes hello" {
		t.Errorf("%+v, %v", answer, err)
	}
	if answer, err = c.Post(t.Context(), server.URL+"/moved", nil, nil); err != nil || answer.Status != 302 {
		t.Errorf("moved: %d, %v", answer.Status, err)
	}
	if answer, err = c.Post(t.Context(), server.URL+"/endless", nil, nil); err != nil || len(answer.Body) != mostAnswer {
		t.Errorf("endless: %d bytes, %v", len(answer.Body), err)
	}
	if _, err = New(Options{}).Post(t.Context(), server.URL, nil, nil); greyshelf.KindOf(err) != greyshelf.Forbidden {
		t.Errorf("into a private network: %v", err)
	}
	if _, err = c.Post(t.Context(), "file:///etc/passwd", nil, nil); greyshelf.KindOf(err) != greyshelf.Invalid {
		t.Errorf("a file: %v", err)
	}
}
