package app

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/api"
	"github.com/greyshelf/greyshelf/internal/curate"
	"github.com/greyshelf/greyshelf/internal/curate/authority"
	"github.com/greyshelf/greyshelf/internal/curate/collection"
	"github.com/greyshelf/greyshelf/internal/curate/notice"
	"github.com/greyshelf/greyshelf/internal/jobs"
	"github.com/greyshelf/greyshelf/internal/mcp"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/search"
	"github.com/greyshelf/greyshelf/internal/web"
)

// How often serve looks for changes that nobody told it of, and how long it
// lets readers finish when it is stopped.
const (
	lookEvery     = time.Second
	shutdownGrace = 5 * time.Second
)

// hold takes the library for a long-running command.
func (l *Library) hold(command, socket string) (*lock, error) {
	return tryLock(l.Config.Library, Holder{Command: command, PID: os.Getpid(), Since: l.Desk.Now(), Socket: socket})
}

// Serve serves the library until ctx ends. ready is told the address of the
// site once it answers. Errors: Conflict when another process serves it.
func (l *Library) Serve(ctx context.Context, ready func(address string)) error {
	if err := l.checkListen(ctx); err != nil {
		return err
	}
	socket := l.socketPath()
	holder, err := l.hold("serve", socket)
	if err != nil {
		return err
	}
	defer holder.unlock()
	x, err := l.newIndex(ctx)
	if err != nil {
		return err
	}
	defer x.Close()
	listener, err := net.Listen("tcp", l.Config.Listen)
	if err != nil {
		return greyshelf.Errorf(greyshelf.Unavailable, "serve", l.Config.Listen, "%w; choose another address with --listen", err)
	}
	defer listener.Close()
	asks, err := listenSocket(socket)
	if err != nil {
		return err
	}
	defer asks.Close()

	runners := l.runners(x)
	wake := func() {
		for _, r := range runners {
			r.Wake()
		}
	}
	address := "http://" + reachable(listener.Addr()) + l.Config.BasePath + "/"
	if err := holder.write(Holder{Command: "serve", PID: os.Getpid(), Since: l.Desk.Now(), Address: address, Socket: socket}); err != nil {
		return err
	}
	site := newServer(l.handler(x, wake))
	questions := newServer(socketHandler(x.Service, wake))
	work := func(ctx context.Context) {
		l.clean(ctx)
		if err := l.People.Sweep(ctx); err != nil && ctx.Err() == nil {
			l.Log.Warn("sessions that have ended could not be removed", "err", err)
		}
		var stages sync.WaitGroup
		for _, r := range runners {
			stages.Go(func() { r.Run(ctx) })
		}
		stages.Wait()
	}
	defer l.lastFlush(ctx)
	return run(ctx, work, map[*http.Server]net.Listener{site: listener, questions: asks}, func() { ready(address) })
}

// releaseEvery is how often it is looked whether the day of a held report has
// come.
const releaseEvery = 10 * time.Minute

// runners gives what runs beside the site: it looks at what has changed, and at
// what the hour has brought.
func (l *Library) runners(x *index) []*jobs.Runner {
	stages := []jobs.Stage{
		{Name: "index", Every: lookEvery, Run: func(ctx context.Context) error { return x.update(ctx, nil) }},
		{Name: "identify", Every: lookEvery, Run: l.updateIdentify},
	}
	if !l.Config.ReadOnly {
		stages = append(stages,
			jobs.Stage{Name: "send", Every: sendEvery, Run: func(ctx context.Context) error { return l.sendWhatIsDue(ctx, x) }},
			jobs.Stage{Name: "webhook", Every: webhookEvery, Run: l.Webhooks().Run},
			jobs.Stage{Name: "usage", Every: usageEvery, Run: l.flushUsage},
			jobs.Stage{Name: "release", Every: releaseEvery, Run: func(ctx context.Context) error { _, err := l.Desk.Release(ctx); return err }},
		)
	}
	var runners []*jobs.Runner
	for _, s := range stages {
		runners = append(runners, jobs.NewRunner(s, l.Log))
	}
	return runners
}

// checkListen refuses to let other computers change a library that nobody has
// to sign in to.
func (l *Library) checkListen(ctx context.Context) error {
	if l.Config.ReadOnly && !l.Config.Private || !l.Config.elsewhere() && !l.Config.Private {
		return nil
	}
	any, err := l.People.Any(ctx)
	if err != nil || any {
		return err
	}
	if l.Config.Private {
		return greyshelf.Errorf(greyshelf.Invalid, "serve", "private", "nobody could read the library: it has no people yet; make an administrator with `greyshelf people add`")
	}
	return greyshelf.Errorf(greyshelf.Invalid, "serve", l.Config.Listen,
		"there are no accounts yet, so an address other than loopback needs --read-only; or make an administrator first with `greyshelf people add`")
}

// clean removes what killed processes left behind on its way into the library.
func (l *Library) clean(ctx context.Context) {
	store, ok := l.Files.(interface {
		Clean(ctx context.Context, before time.Time) (int, error)
	})
	if !ok {
		return
	}
	if _, err := store.Clean(ctx, l.Desk.Now().Add(-time.Hour)); err != nil && ctx.Err() == nil {
		l.Log.Warn("leftovers of interrupted uploads could not be removed", "err", err)
	}
}

// reachable gives the address by which a browser on this computer reaches a
// listener; one that listens on every address has none of its own.
func reachable(address net.Addr) string {
	tcp, ok := address.(*net.TCPAddr)
	if !ok || !tcp.IP.IsUnspecified() {
		return address.String()
	}
	return net.JoinHostPort("localhost", strconv.Itoa(tcp.Port))
}

// finder answers queries: the index of this process, or another one's.
type finder interface {
	Search(context.Context, search.Ask) (search.Answer, error)
	MarksOnPage(ctx context.Context, query string, page greyshelf.Page, language string) ([][2]int, error)
}

// handler is the whole site: pages and API.
func (l *Library) handler(x finder, wake func()) http.Handler {
	options := l.webOptions(x)
	options.TokenKey = l.tokenKey()
	return web.New(l.site(x, wake), options)
}

// site is the library as the site knows it. It draws one page at a time:
// memory, not speed, is short.
func (l *Library) site(x finder, wake func()) web.Library {
	return web.Library{
		Digest: l.Digest, Contacts: l.Contact, Post: l.postOrNone(),
		Notices:     &notice.Register{Records: l.Catalog, Now: l.Desk.Now, NewID: NewID},
		Usage:       l.Usage,
		Webhooks:    l.Webhooks(),
		Collections: &collection.Register{Records: l.Catalog, Now: l.Desk.Now, NewID: NewID},
		Catalog:     l.Catalog, Pages: l.Pages, Files: l.Files, Search: x, Desk: l.Desk, People: l.People, Image: l.drawing(1), Changed: wake,
		Described: l.Described(),
		Imports:   web.Imports{Dir: filepath.Join(l.path(cacheDir), "imports"), Steps: l.BringSteps, Bring: l.Bring},
		Identify: func(ctx context.Context, report string) error {
			_, err := l.IdentifyReport(ctx, report)
			return err
		},
		Headings: func(ctx context.Context, report string) ([]authority.Suggestion, error) {
			return l.SuggestHeadings(ctx, x.Search, report, 12)
		},
		Add: func(ctx context.Context, who, name string, r io.Reader) web.AddResult {
			a := l.AddReader(ctx, name, r, AddOptions{Who: who, Draft: true})
			return web.AddResult{Status: string(a.Status), Report: a.Report, File: a.File, Title: a.Title, Reason: a.Reason, Verdict: nearest(a.Matches)}
		},
		Attach: func(ctx context.Context, who, report string, as curate.AttachAs, part, name string, r io.Reader) web.AddResult {
			a := l.AttachReader(ctx, name, r, AttachOptions{Who: who, Report: report, As: as, Part: part})
			return web.AddResult{Status: string(a.Status), Report: a.Report, File: a.File, Title: a.Title, Reason: a.Reason}
		},
	}
}

// webOptions say how the site is shown.
func (l *Library) webOptions(x finder) web.Options {
	return web.Options{
		Address: l.Config.Address, BasePath: l.Config.BasePath, ReadOnly: l.Config.ReadOnly, Private: l.Config.Private, OpenID: l.Config.openID(), Hosts: l.Config.Hosts, Now: l.Desk.Now, Log: l.Log, Version: Version(),
		API: func(reader func(*http.Request) rights.Reader) http.Handler {
			return api.New(api.Library{Catalog: l.Catalog, Pages: l.Pages, Search: x}, reader, l.Config.BasePath, Version())
		},
		MCP: func(reader func(*http.Request) rights.Reader, base func(*http.Request) string) http.Handler {
			return mcp.Handler(func(r *http.Request) mcp.Library {
				return mcp.Library{Catalog: l.Catalog, Pages: l.Pages, Search: x.Search, Base: base(r)}
			}, reader, Version())
		},
		Repository: l.Config.Repository,
	}
}

// newServer sets the limits that keep slow or endless requests from holding
// the process.
func newServer(h http.Handler) *http.Server {
	return &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10}
}

// run serves on every listener and does the background work until ctx ends or
// a server fails, then lets requests finish.
func run(ctx context.Context, work func(context.Context), servers map[*http.Server]net.Listener, ready func()) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	worked := make(chan struct{})
	go func() { defer close(worked); work(ctx) }()
	failed := make(chan error, len(servers))
	for server, listener := range servers {
		go func() { failed <- server.Serve(listener) }()
	}
	ready()
	var err error
	select {
	case <-ctx.Done():
	case err = <-failed:
		err = greyshelf.E(greyshelf.Unavailable, "serve", "", err)
	}
	cancel()
	<-worked
	grace, stop := context.WithTimeout(context.WithoutCancel(ctx), shutdownGrace)
	defer stop()
	for server := range servers {
		if errors.Is(server.Shutdown(grace), context.DeadlineExceeded) {
			_ = server.Close()
		}
	}
	return err
}

// maxSocketPath is what the shortest system allows (macOS: 104 bytes).
const maxSocketPath = 100

// socketPath gives where the socket lies: in the library's folder, or in the
// folder for temporary files when the path would be too long for a socket.
func (l *Library) socketPath() string {
	path, err := filepath.Abs(l.path("serve.sock"))
	if err == nil && len(path) <= maxSocketPath {
		return path
	}
	h := fnv.New64a()
	_, _ = io.WriteString(h, path)
	return filepath.Join(os.TempDir(), fmt.Sprintf("greyshelf-%d-%x.sock", os.Getuid(), h.Sum64()))
}

// listenSocket opens the socket; one left by a killed process is replaced (the
// lock says that nobody uses it).
func listenSocket(path string) (net.Listener, error) {
	_ = os.Remove(path)
	listener, err := net.Listen("unix", path)
	if err == nil {
		err = os.Chmod(path, 0o600)
	}
	if err != nil {
		return nil, greyshelf.E(greyshelf.Unavailable, "serve", path, err)
	}
	return listener, nil
}
