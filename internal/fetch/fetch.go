// Package fetch is the one HTTP client for everything outside the library. It
// never reaches a private address, also not by a redirect or a name that
// resolves to one, and stops at a limit of bytes and time.
//
// It is a leaf: acquire uses it to get reports by their address. It stores
// nothing and knows nothing of reports.
package fetch

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"

	"code.dny.dev/ssrf"

	"github.com/greyshelf/greyshelf"
)

// The limits of a fetch unless [Options] say otherwise.
const (
	DefaultMaxBytes = 512 << 20
	DefaultTimeout  = 2 * time.Minute
	maxRedirects    = 5

	// MaxPage is the largest web page that is read, whatever [Options] say.
	MaxPage = 5 << 20
)

// Options set up a [Client]. The zero value is right for the open internet.
type Options struct {
	MaxBytes  int64         // 0 = [DefaultMaxBytes]
	Timeout   time.Duration // for the whole fetch; 0 = [DefaultTimeout]
	UserAgent string
	// Allow names networks that may be reached although they are private, on
	// any port: a publisher inside the house, or a test's own server.
	Allow []netip.Prefix
}

// Client fetches. It is safe for concurrent use.
type Client struct {
	http    *http.Client
	options Options
}

// New makes a client.
func New(o Options) *Client {
	if o.MaxBytes == 0 {
		o.MaxBytes = DefaultMaxBytes
	}
	if o.Timeout == 0 {
		o.Timeout = DefaultTimeout
	}
	if o.UserAgent == "" {
		o.UserAgent = "Greyshelf (library of policy reports)"
	}
	// The check stands in the dialer: it sees the address that is dialled,
	// whatever name, redirect or spelling led there. A proxy would dial for us
	// and is therefore not used.
	dialer := &net.Dialer{Timeout: 15 * time.Second, Control: guard(o.Allow)}
	transport := &http.Transport{
		DialContext:            dialer.DialContext,
		TLSHandshakeTimeout:    15 * time.Second,
		ResponseHeaderTimeout:  30 * time.Second,
		MaxResponseHeaderBytes: 64 << 10,
		MaxIdleConnsPerHost:    2,
		IdleConnTimeout:        30 * time.Second,
	}
	return &Client{options: o, http: &http.Client{Transport: transport, CheckRedirect: checkRedirect}}
}

// guard makes the check of dialled addresses: those that are allowed by name
// may be reached on any port, all others only if they are public, on the usual
// ports.
func guard(allow []netip.Prefix) func(network, address string, c syscall.RawConn) error {
	strict := ssrf.New()
	return func(network, address string, c syscall.RawConn) error {
		if to, err := netip.ParseAddrPort(address); err == nil {
			for _, p := range allow {
				if p.Contains(to.Addr().Unmap().WithZone("")) {
					return nil
				}
			}
		}
		return strict.Safe(network, address, c)
	}
}

func checkRedirect(r *http.Request, via []*http.Request) error {
	if len(via) > maxRedirects {
		return fmt.Errorf("more than %d redirects", maxRedirects)
	}
	return checkScheme(r.URL)
}

func checkScheme(u *url.URL) error {
	if u.Scheme != "http" && u.Scheme != "https" {
		return fmt.Errorf("only http and https addresses are fetched, not %q", u.Scheme)
	}
	if u.Host == "" {
		return errors.New("the address has no host")
	}
	return nil
}

// Body is what a fetch gave.
type Body struct {
	Data      []byte
	URL       string // after redirects
	MediaType string // as the server says; not to be trusted

	Links []string // values of the Link header (RFC 8288), as sent
}

// Get fetches the address whole. Errors: Invalid (not an http address, or an
// answer other than 200), Forbidden (a private network), TooLarge (more bytes
// than allowed), Unavailable (no answer, or not in time).
func (c *Client) Get(ctx context.Context, address string) (Body, error) {
	const op = "fetch"
	u, err := url.Parse(address)
	if err == nil {
		err = checkScheme(u)
	}
	if err != nil {
		return Body{}, greyshelf.E(greyshelf.Invalid, op, address, err)
	}
	ctx, cancel := context.WithTimeout(ctx, c.options.Timeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return Body{}, greyshelf.E(greyshelf.Invalid, op, address, err)
	}
	request.Header.Set("User-Agent", c.options.UserAgent)
	request.Header.Set("Accept", "application/pdf, text/html;q=0.8, */*;q=0.5")
	response, err := c.http.Do(request)
	if err != nil {
		return Body{}, c.explain(op, address, err)
	}
	defer response.Body.Close()
	return c.read(op, address, response)
}

// read takes the body up to the limit.
func (c *Client) read(op, address string, response *http.Response) (Body, error) {
	if response.StatusCode != http.StatusOK {
		return Body{}, greyshelf.Errorf(greyshelf.Invalid, op, address, "the server answered %s", response.Status)
	}
	if response.ContentLength > c.options.MaxBytes {
		return Body{}, tooLarge(op, address, c.options.MaxBytes)
	}
	body := Body{URL: response.Request.URL.String(), MediaType: response.Header.Get("Content-Type"), Links: response.Header.Values("Link")}
	stream := bufio.NewReader(response.Body)
	head, err := stream.Peek(512)
	if err != nil && !errors.Is(err, io.EOF) {
		return Body{}, c.explain(op, address, err)
	}
	limit := c.options.MaxBytes
	if strings.HasPrefix(http.DetectContentType(head), "text/html") {
		limit = min(limit, MaxPage)
	}
	if body.Data, err = io.ReadAll(io.LimitReader(stream, limit+1)); err != nil {
		return Body{}, c.explain(op, address, err)
	}
	if int64(len(body.Data)) > limit {
		return Body{}, tooLarge(op, address, limit)
	}
	return body, nil
}

func tooLarge(op, address string, limit int64) error {
	return greyshelf.Errorf(greyshelf.TooLarge, op, address, "more than %s", greyshelf.FormatSize(limit))
}

// explain turns an error of the HTTP client into a kind and words.
func (c *Client) explain(op, address string, err error) error {
	var timeout interface{ Timeout() bool }
	switch {
	case errors.Is(err, ssrf.ErrProhibitedNetwork), errors.Is(err, ssrf.ErrProhibitedIP), errors.Is(err, ssrf.ErrProhibitedPort):
		return greyshelf.Errorf(greyshelf.Forbidden, op, address, "the address leads into a private network or to an unusual port, which is never fetched")
	case errors.Is(err, context.Canceled):
		return greyshelf.E(greyshelf.Unavailable, op, address, err)
	case errors.As(err, &timeout) && timeout.Timeout():
		return greyshelf.Errorf(greyshelf.Unavailable, op, address, "no whole answer within %s", c.options.Timeout)
	}
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	return greyshelf.E(greyshelf.Unavailable, op, address, err)
}
