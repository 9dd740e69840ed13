package app

import (
	"bytes"
	"context"
	"encoding/json"
	"net"
	"net/http"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/search"
)

// Search answers a query of the command line: the process that serves the
// library is asked when there is one (it holds the index), else the index is
// opened here and brought up to date first.
func (l *Library) Search(ctx context.Context, ask search.Ask) (search.Answer, error) {
	ask.Reader = rights.Reader{Role: rights.Administrator}
	return l.searchAs(ctx, ask)
}

// searchAnonymous answers as anonymous readers are answered.
func (l *Library) searchAnonymous(ctx context.Context, ask search.Ask) (search.Answer, error) {
	ask.Reader = rights.Reader{}
	return l.searchAs(ctx, ask)
}

func (l *Library) searchAs(ctx context.Context, ask search.Ask) (search.Answer, error) {
	if holder, ok := served(l.Config.Library); ok {
		return askServer(ctx, holder, ask)
	}
	var answer search.Answer
	err := l.withIndex(ctx, nil, func(s *search.Service) (err error) {
		answer, err = s.Search(ctx, ask)
		return err
	})
	return answer, err
}

// IndexNow brings the index up to date after adding. While the library is
// served, the server is woken and does it.
func (l *Library) IndexNow(ctx context.Context, progress func(done, total int)) error {
	if holder, ok := served(l.Config.Library); ok {
		if holder.Socket != "" {
			_ = post(ctx, holder, "/wake", nil, nil) // it looks by itself every second anyway
		}
		return nil
	}
	return l.withIndex(ctx, progress, func(*search.Service) error { return nil })
}

// The socket of a serving library speaks HTTP with three addresses: POST
// /search (Ask → Answer), POST /wake, GET /. Only the user who owns the
// library's folder can reach it.

// askServer puts a query to the process that serves the library.
func askServer(ctx context.Context, holder Holder, ask search.Ask) (search.Answer, error) {
	var answer search.Answer
	if holder.Socket == "" {
		return answer, greyshelf.Errorf(greyshelf.Unavailable, "search", "", "process %d (greyshelf %s) is making the index; try again when it is done", holder.PID, holder.Command)
	}
	return answer, post(ctx, holder, "/search", ask, &answer)
}

// failure is how an error crosses the socket.
type failure struct {
	Kind   greyshelf.Kind `json:"kind"`
	Reason string         `json:"reason"`
}

func post(ctx context.Context, holder Holder, path string, in, out any) error {
	const op = "ask the server"
	body, err := json.Marshal(in)
	if err != nil {
		return greyshelf.E(greyshelf.Internal, op, path, err)
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true, DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "unix", holder.Socket)
	}}}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://library"+path, bytes.NewReader(body))
	if err != nil {
		return greyshelf.E(greyshelf.Internal, op, path, err)
	}
	response, err := client.Do(request)
	if err != nil {
		return greyshelf.Errorf(greyshelf.Unavailable, op, holder.Socket, "process %d serves this library but does not answer: %w", holder.PID, err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		var f failure
		if err := json.NewDecoder(response.Body).Decode(&f); err != nil {
			return greyshelf.Errorf(greyshelf.Unavailable, op, path, "the server answered %s", response.Status)
		}
		return greyshelf.Errorf(f.Kind, path[1:], "", "%s", f.Reason)
	}
	if out == nil {
		return nil
	}
	if err := json.NewDecoder(response.Body).Decode(out); err != nil {
		return greyshelf.E(greyshelf.Unavailable, op, path, err)
	}
	return nil
}

// socketHandler answers on the socket.
func socketHandler(service func() (*search.Service, error), wake func()) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /search", func(w http.ResponseWriter, r *http.Request) {
		var ask search.Ask
		err := json.NewDecoder(r.Body).Decode(&ask)
		var answer search.Answer
		var s *search.Service
		if err == nil {
			s, err = service()
		}
		if err == nil {
			ask.Reader = rights.Reader{Role: rights.Administrator}
			answer, err = s.Search(r.Context(), ask)
		}
		w.Header().Set("Content-Type", "application/json")
		if err != nil {
			w.WriteHeader(greyshelf.KindOf(err).HTTPStatus())
			_ = json.NewEncoder(w).Encode(failure{greyshelf.KindOf(err), greyshelf.ReasonOf(err)})
			return
		}
		_ = json.NewEncoder(w).Encode(answer)
	})
	mux.HandleFunc("POST /wake", func(http.ResponseWriter, *http.Request) { wake() })
	return mux
}
