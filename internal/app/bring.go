package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/acquire"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/curate"
	"github.com/greyshelf/greyshelf/internal/curate/bring"
	"github.com/greyshelf/greyshelf/internal/describe"
	"github.com/greyshelf/greyshelf/internal/identify"
)

// BringSteps gives a step for every record of a list: what it says, and what
// it is to the library. Nothing is written. Errors: those of [bring.Read].
func (l *Library) BringSteps(ctx context.Context, in bring.Input, o bring.Options) iter.Seq2[bring.Step, error] {
	return bring.Steps(ctx, bring.Read(ctx, in, o), &recordJudge{library: l})
}

// Bring reads a list and carries the plan out: known records are left, new
// ones become reports, and what looks like a report is the choice of a person.
// Errors: those of the reading; Unavailable.
func (l *Library) Bring(ctx context.Context, in bring.Input, o bring.Options, order curate.Order) (curate.Import, error) {
	order.Take = l.takeBeside
	if order.Name == "" {
		order.Name = in.Name
	}
	like, told := likenesses{l, map[int]string{}}, order.Done
	order.Done = func(step bring.Step, became curate.Brought) {
		like.done(context.WithoutCancel(ctx), step, became)
		if told != nil {
			told(step, became)
		}
	}
	return l.Desk.Bring(ctx, l.BringSteps(ctx, in, o), order)
}

// takeBeside reads and describes a file that stands beside a record, and keeps
// its bytes and pages.
func (l *Library) takeBeside(ctx context.Context, f bring.File) (curate.Described, error) {
	data, err := readBeside(f)
	if err != nil {
		return curate.Described{}, err
	}
	d, err := l.describe(ctx, taken{source: f.Path, data: data})
	if err != nil {
		return curate.Described{}, err
	}
	sum := sha256.Sum256(data)
	d.file.SHA256, d.file.Name = hex.EncodeToString(sum[:]), f.Name
	if _, err := l.Files.Put(ctx, bytes.NewReader(data)); err != nil {
		return curate.Described{}, err
	}
	if err := l.Pages.Put(ctx, d.file.SHA256, d.file.Text, d.pages); err != nil {
		return curate.Described{}, err
	}
	return curate.Described{File: d.file, Findings: d.findings, Method: describe.Version}, nil
}

func readBeside(f bring.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return acquire.ReadAll(f.Name, r)
}

// recordJudge judges records by what they say: imported before, its file is
// held, or an identifier, or title, agents and year are those of a report or
// of an earlier record of the same import. It reads the records of the whole
// library once, when it is first asked.
//
// Its memory follows the number of records, about a third of a kilobyte each,
// not what they say: the report of a key is read again when another meets it.
type recordJudge struct {
	library *Library
	last    map[uint64]int32 // key → its latest link
	links   []link
	entries []judged
	brought map[[16]byte]int32 // key of a record → its ordinal
}

// link is one record under a key, and the link before it.
type link struct{ entry, before int32 }

// judged is a record that others are compared with: of the library, or of the
// import itself.
type judged struct {
	id      string            // of the report; empty for one of the import
	ordinal int               // of the import
	said    *greyshelf.Report // of one of the import: only what is compared
}

// mostAlike is how many records one is compared with.
const mostAlike = 50

// Judge judges the next item.
func (j *recordJudge) Judge(ctx context.Context, item bring.Item) (bring.Verdict, error) {
	if err := j.load(ctx); err != nil {
		return bring.Verdict{}, err
	}
	key := [16]byte{}
	_, _ = hex.Decode(key[:], []byte(item.Key()))
	if first, twice := j.brought[key]; twice {
		return bring.Verdict{Status: bring.Known, Record: int(first), Why: fmt.Sprintf("the same record stands at %d of this import", first)}, nil
	}
	j.brought[key] = int32(item.Ordinal)
	v, err := j.known(ctx, item)
	if err != nil || v.Status != "" {
		return v, err
	}
	keys := identify.RecordKeys(item.Report)
	if v, err = j.alike(ctx, item, keys); err != nil {
		return v, err
	}
	said := compared(item.Report)
	j.add(judged{ordinal: item.Ordinal, said: &said}, keys)
	return v, nil
}

// known finds what was brought before and whose file is held.
func (j *recordJudge) known(ctx context.Context, item bring.Item) (bring.Verdict, error) {
	was, again, err := j.library.Desk.Brought(ctx, item)
	switch {
	case err == nil && again:
		return bring.Verdict{Status: bring.New, Other: was.ID, Title: was.Title, Again: true, Why: "it was brought before and taken back"}, nil
	case err == nil:
		return bring.Verdict{Status: bring.Known, Other: was.ID, Title: was.Title, Percent: 100, Why: "the same record was brought before"}, nil
	case greyshelf.KindOf(err) != greyshelf.NotFound:
		return bring.Verdict{}, err
	}
	for _, f := range item.Files {
		r, err := f.Open()
		if err != nil {
			continue // said when it is taken in
		}
		sum := sha256.New()
		_, err = io.Copy(sum, r)
		r.Close()
		if err != nil {
			continue
		}
		holder, err := j.library.holder(ctx, hex.EncodeToString(sum.Sum(nil)))
		if err == nil {
			return bring.Verdict{Status: bring.Known, Other: holder.ID, Title: holder.Title, Percent: 100, Why: "a report holds its file " + f.Name}, nil
		}
		if greyshelf.KindOf(err) != greyshelf.NotFound {
			return bring.Verdict{}, err
		}
	}
	return bring.Verdict{}, nil
}

// alike finds the record that an item is most like.
func (j *recordJudge) alike(ctx context.Context, item bring.Item, keys []uint64) (bring.Verdict, error) {
	best := bring.Verdict{Status: bring.New}
	seen := map[int32]bool{}
	for _, key := range keys {
		at, ok := j.last[key]
		for n := 0; ok && at >= 0 && n < mostOfKey && len(seen) < mostAlike; n++ {
			entry := j.links[at].entry
			at = j.links[at].before
			if seen[entry] {
				continue
			}
			seen[entry] = true
			other := j.entries[entry]
			said, err := j.said(ctx, other)
			if err != nil {
				return best, err
			}
			percent, evidence, alike := identify.Records(item.Report, said)
			if alike && (best.Status == bring.New || percent > best.Percent) {
				best = bring.Verdict{Status: bring.Alike, Other: other.id, Record: other.ordinal, Title: said.Title, Percent: percent, Why: because(evidence)}
			}
		}
	}
	return best, nil
}

// said gives what a record says.
func (j *recordJudge) said(ctx context.Context, other judged) (greyshelf.Report, error) {
	if other.said != nil {
		return *other.said, nil
	}
	return j.library.Catalog.Report(ctx, other.id)
}

// because says the evidence in one sentence.
func because(all []identify.Evidence) string {
	var says []string
	for _, e := range all {
		says = append(says, e.Says)
	}
	return strings.Join(says, "; ")
}

func (j *recordJudge) load(ctx context.Context) error {
	if j.last != nil {
		return nil
	}
	j.last, j.brought = map[uint64]int32{}, map[[16]byte]int32{}
	for r, err := range j.library.Catalog.Reports(ctx, catalog.Filter{}) {
		if err != nil {
			j.last = nil
			return err
		}
		if r.MergedInto == "" && r.State != greyshelf.Withdrawn {
			j.add(judged{id: r.ID}, identify.RecordKeys(r))
		}
	}
	return nil
}

// mostOfKey bounds the records under one key, as under a title that thousands
// have: the latest count.
const mostOfKey = 64

func (j *recordJudge) add(one judged, keys []uint64) {
	entry := int32(len(j.entries))
	j.entries = append(j.entries, one)
	for _, key := range keys {
		before, ok := j.last[key]
		if !ok {
			before = -1
		}
		j.last[key] = int32(len(j.links))
		j.links = append(j.links, link{entry, before})
	}
}

// compared keeps of a record only what is compared, so that a large library
// fits.
func compared(r greyshelf.Report) greyshelf.Report {
	short := greyshelf.Report{Title: r.Title, Subtitle: r.Subtitle, Date: greyshelf.Date{EDTF: r.Date.EDTF}, Identifiers: r.Identifiers}
	for _, c := range r.Agents {
		short.Agents = append(short.Agents, greyshelf.Contribution{Agent: greyshelf.Agent{Kind: c.Kind, Name: c.Name, Family: c.Family}, Role: c.Role})
	}
	return short
}
