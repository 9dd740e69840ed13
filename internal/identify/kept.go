package identify

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

// Kind is the kind of the records that keep what was found for a report.
const Kind = "matches"

// kept is what a record holds.
type kept struct {
	Files map[string][]Match `json:"files"` // by SHA-256 of the report's file; "" for its record
}

// Found is a match of one file of a report, or of its record.
type Found struct {
	For string `json:"for"` // SHA-256 of the report's own file; "" for its record
	Match
}

// Keep keeps the matches of a file ("" for those of the record) with its report, in place of those it had.
// Nothing is decided by that, and no history is kept of it. Errors: Conflict
// when another process did the same just now, Unavailable.
func Keep(ctx context.Context, records catalog.Records, report, file string, matches []Match) error {
	record, err := records.Record(ctx, Kind, report)
	absent := greyshelf.KindOf(err) == greyshelf.NotFound
	if err != nil && !absent {
		return err
	}
	if absent && len(matches) == 0 {
		return nil
	}
	var k kept
	if !absent {
		_ = json.Unmarshal(record.Data, &k) // one that cannot be read is made anew
	}
	if k.Files == nil {
		k.Files = map[string][]Match{}
	}
	k.Files[file] = matches
	if len(matches) == 0 {
		delete(k.Files, file)
	}
	record.Kind, record.ID = Kind, report
	if record.Data, err = json.Marshal(k); err != nil {
		return greyshelf.E(greyshelf.Internal, "keep the matches", report, err)
	}
	return records.PutRecords(ctx, record)
}

// Catalog is what [Kept] reads.
type Catalog interface {
	catalog.Reader
	catalog.Records
}

// Kept gives what was found for the files of a report and is still open: each
// with the report that holds the other file by now, the closest first. Files
// that belong to this report by now are left out.
func Kept(ctx context.Context, c Catalog, report greyshelf.Report) ([]Found, error) {
	record, err := c.Record(ctx, Kind, report.ID)
	if greyshelf.KindOf(err) == greyshelf.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var k kept
	if json.Unmarshal(record.Data, &k) != nil {
		return nil, nil // made again by the next identify
	}
	var all []Found
	for _, file := range slices.Sorted(maps.Keys(k.Files)) {
		if _, ours := report.File(file); !ours && file != "" {
			continue
		}
		for _, m := range k.Files[file] {
			holder, err := holds(ctx, c, m)
			if greyshelf.KindOf(err) == greyshelf.NotFound || holder == report.ID {
				continue
			}
			if err != nil {
				return nil, err
			}
			m.Report = holder
			if same := func(f Found) bool { return f.Report == holder }; file == "" && slices.ContainsFunc(all, same) {
				continue
			}
			all = append(all, Found{For: file, Match: m})
		}
	}
	slices.SortStableFunc(all, func(a, b Found) int { return closer(a.Match, b.Match) })
	return all, nil
}

// holds gives the report that a match is about by now: that holds its file, or
// that its record became. Errors: NotFound when it is no longer there.
func holds(ctx context.Context, c Catalog, m Match) (string, error) {
	if m.File != "" {
		return c.Holder(ctx, m.File)
	}
	r, err := c.Report(ctx, m.Report)
	if err == nil && r.MergedInto != "" {
		r, err = c.Report(ctx, r.MergedInto)
	}
	if err == nil && r.State == greyshelf.Withdrawn {
		return "", greyshelf.Errorf(greyshelf.NotFound, "match", m.Report, "it was withdrawn")
	}
	return r.ID, err
}

// Near reports whether the verdict says that two files have to do with each
// other, so that a person should decide.
func (v Verdict) Near() bool { return v != Different && v != Unrelated && v != "" }
