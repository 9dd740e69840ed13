package fetch

import (
	"bytes"
	"context"
	"io"
	"maps"
	"net/http"
	"net/url"

	"github.com/greyshelf/greyshelf"
)

// mostAnswer is how much is read of the answer to a [Client.Post].
const mostAnswer = 64 << 10

// Answer is what a server said to what was sent to it.
type Answer struct {
	Status int    // HTTP status, whatever it is
	Body   []byte // the first 64 KiB
}

// Post sends data to an address. A redirect is an answer and is not followed.
// Errors: Invalid (not an http address), Forbidden (a private network),
// Unavailable (no answer, or not in time).
func (c *Client) Post(ctx context.Context, address string, header http.Header, data []byte) (Answer, error) {
	const op = "send"
	u, err := url.Parse(address)
	if err == nil {
		err = checkScheme(u)
	}
	if err != nil {
		return Answer{}, greyshelf.E(greyshelf.Invalid, op, address, err)
	}
	ctx, cancel := context.WithTimeout(ctx, c.options.Timeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(data))
	if err != nil {
		return Answer{}, greyshelf.E(greyshelf.Invalid, op, address, err)
	}
	maps.Copy(request.Header, header)
	request.Header.Set("User-Agent", c.options.UserAgent)
	still := *c.http
	still.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	response, err := still.Do(request)
	if err != nil {
		return Answer{}, c.explain(op, address, err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, mostAnswer))
	if err != nil && len(body) == 0 && response.StatusCode >= 300 {
		return Answer{}, c.explain(op, address, err)
	}
	return Answer{response.StatusCode, body}, nil // the status has come; what was said beside it is for people
}
