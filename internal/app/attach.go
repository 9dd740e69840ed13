package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"path"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/acquire"
	"github.com/greyshelf/greyshelf/internal/curate"
	"github.com/greyshelf/greyshelf/internal/describe"
)

// AttachOptions say to which report a file is added, and as what.
type AttachOptions struct {
	Who    string
	Report string
	As     curate.AttachAs
	Part   string // name of an annex or of data: "Annex 2"; "" = what it is
}

// Attach takes the inputs in as further files of a report and tells done about
// each. An input that cannot be added does not stop the rest.
func (l *Library) Attach(ctx context.Context, inputs []acquire.Input, o AttachOptions, done func(Added)) error {
	for _, in := range inputs {
		if ctx.Err() != nil {
			return greyshelf.Errorf(greyshelf.Unavailable, "add", "", "stopped before %s; what was added stays, run the same command again", in.Name)
		}
		t, err := take(ctx, in, l.fetch)
		if err != nil {
			done(refused(in.Name, err))
			continue
		}
		done(l.attachTaken(ctx, in.Name, t, o))
	}
	return nil
}

// AttachReader takes in an upload as a further file of a report.
func (l *Library) AttachReader(ctx context.Context, name string, r io.Reader, o AttachOptions) Added {
	data, err := acquire.ReadAll(name, r)
	if err != nil {
		return refused(name, err)
	}
	return l.attachTaken(ctx, name, taken{source: name, data: data}, o)
}

// attachTaken keeps bytes and pages before the catalogue says that they are
// there, as [Library.Add] does.
func (l *Library) attachTaken(ctx context.Context, name string, t taken, o AttachOptions) Added {
	if err := l.Desk.Attachable(ctx, o.Report, o.As, o.Part); err != nil {
		return refused(name, err)
	}
	d, err := l.describe(ctx, t)
	if o.As == curate.AttachData && greyshelf.KindOf(err) == greyshelf.Invalid {
		d, err = unread(t), nil // a table or a picture: kept, not read
	}
	if o.As == curate.AttachAnnex && greyshelf.KindOf(err) == greyshelf.Invalid {
		err = greyshelf.Errorf(greyshelf.Invalid, "add", name, "%s; what cannot be read can be added as data", greyshelf.ReasonOf(err))
	}
	if err != nil {
		return refused(name, err)
	}
	sum := sha256.Sum256(t.data)
	d.file.SHA256, d.file.Added = hex.EncodeToString(sum[:]), l.Desk.Now()
	if _, err := l.Files.Put(ctx, bytes.NewReader(t.data)); err != nil {
		return refused(name, err)
	}
	if d.file.Text != "" {
		if err := l.Pages.Put(ctx, d.file.SHA256, d.file.Text, d.pages); err != nil {
			return refused(name, err)
		}
	}
	outcome, err := l.Desk.Attach(ctx, o.Who, o.Report, curate.Described{File: d.file, Findings: d.findings, Method: describe.Version}, o.As, o.Part)
	if err != nil {
		return refused(name, err)
	}
	return Added{Input: name, Status: Status(outcome.Status), Report: outcome.Report, File: d.file.SHA256, Title: l.title(ctx, outcome.Report)}
}

// unread describes a file of data by what its bytes are.
func unread(t taken) description {
	base := t.base()
	mediaType, _, _ := strings.Cut(http.DetectContentType(t.data), ";")
	switch ending := strings.ToLower(path.Ext(base)); {
	case mediaType == "text/plain" && ending == ".csv":
		mediaType = "text/csv"
	case mediaType == "text/plain" && ending == ".json":
		mediaType = "application/json"
	case mediaType == "application/zip" && ending == ".xlsx":
		mediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	}
	return description{file: greyshelf.File{MediaType: mediaType, Name: base, Source: t.source, Bytes: int64(len(t.data))}}
}
