package main

import (
	"bytes"
	"context"

	"log/slog"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/app"
	"github.com/greyshelf/greyshelf/internal/curate"
	"github.com/greyshelf/greyshelf/internal/sample"
)

// cmdOlder makes a library of two samples as an older program would have
// described them: wrong titles, a series that is none, another text version,
// and a landing page beside the first. Of the second a person has corrected the
// title since. It sets FIRST and SECOND to the reports: older DIR
func cmdOlder(ts *testscript.TestScript, _ bool, args []string) {
	ctx := context.Background()
	l, err := app.Open(ctx, app.Config{Library: ts.MkAbs(args[0]), Engine: ts.Getenv("GREYSHELF_ENGINE_CACHE")}, true, slog.New(slog.DiscardHandler))
	ts.Check(err)
	defer l.Close()
	names := []string{"FIRST", "SECOND"}
	for i, s := range sample.Reports()[:len(names)] {
		id := olderReport(ctx, ts, l, s, i == 0)
		ts.Setenv(names[i], id)
		if i == 1 {
			r, err := l.Catalog.Report(ctx, id)
			ts.Check(err)
			_, err = l.Desk.Edit(ctx, "ana", id, r.Revision, func(r *greyshelf.Report) error { r.Title = "The title of the desk"; return nil }, "")
			ts.Check(err)
		}
	}
}

func olderReport(ctx context.Context, ts *testscript.TestScript, l *app.Library, s sample.Sample, landing bool) string {
	data, err := s.Make()
	ts.Check(err)
	stored, err := l.Files.Put(ctx, bytes.NewReader(data))
	ts.Check(err)
	file := greyshelf.File{SHA256: stored.SHA256, MediaType: "application/pdf", Name: s.Name, Source: s.Name, Bytes: int64(len(data)), Pages: 1, Text: "old@0"}
	ts.Check(l.Pages.Put(ctx, file.SHA256, file.Text, []greyshelf.Page{{Index: 1, Text: "old text"}}))
	found := func(field greyshelf.Field, value, method string) greyshelf.Finding {
		return greyshelf.Finding{Field: field, Value: value, Quote: value, Method: method, Confidence: 0.9, Chosen: true}
	}
	in := curate.Described{File: file, Method: "describe@0", Findings: []greyshelf.Finding{found(greyshelf.FieldTitle, "A wrong title", "cover-layout@0"), found(greyshelf.FieldSeries, "No series", "series@0")}}
	if landing {
		page, err := l.Files.Put(ctx, strings.NewReader("<html><title>x</title>"))
		ts.Check(err)
		in.Beside = []greyshelf.FindingSet{{File: page.SHA256, Method: "landing@1", Findings: []greyshelf.Finding{found(greyshelf.FieldIdentifier, "doi:10.5555/landing.only", "landing-highwire@1")}}}
	}
	outcome, err := l.Desk.Add(ctx, "local", in)
	ts.Check(err)
	return outcome.Report
}
