package people

import (
	"context"
	"encoding/json"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
)

// Sessions keeps the sessions of the web: it is the store that the session
// library asks for (github.com/alexedwards/scs, Store and CtxStore).
type Sessions struct {
	Records catalog.Records
	Now     func() time.Time
	Person  func(data []byte) string // whose session the data are; "" for nobody's
}

// session is what is kept of one.
type session struct {
	Data    []byte    `json:"data"`
	Expires time.Time `json:"expires"`
}

// sessionLife is how long a session lasts at most.
const sessionLife = 30 * 24 * time.Hour

// over reports whether something has expired that was made to last so long. It
// has also when it expires far later than that: the clock was ahead when it was
// made, and it would outlive everybody.
func over(expires, now time.Time, life time.Duration) bool {
	return now.After(expires) || expires.Sub(now) > 2*life
}

// FindCtx gives the data of a session.
func (s Sessions) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	record, err := s.Records.Record(ctx, KindSession, secretID(token))
	if greyshelf.KindOf(err) == greyshelf.NotFound {
		return nil, false, nil
	}
	var kept session
	if err == nil {
		err = json.Unmarshal(record.Data, &kept)
	}
	if err != nil || over(kept.Expires, s.Now(), sessionLife) {
		return nil, false, err
	}
	return kept.Data, true, nil
}

// CommitCtx keeps the data of a session until it expires.
func (s Sessions) CommitCtx(ctx context.Context, token string, data []byte, expires time.Time) error {
	kept, _ := json.Marshal(session{data, expires.UTC()})
	record := catalog.Record{Kind: KindSession, ID: secretID(token), Keys: []string{"expires:" + expires.UTC().Format(time.RFC3339)}, Data: kept}
	if person := s.Person(data); person != "" {
		record.Keys = append(record.Keys, "of:"+person)
	}
	return overwrite(ctx, s.Records, record)
}

// DeleteCtx ends a session.
func (s Sessions) DeleteCtx(ctx context.Context, token string) error {
	return drop(ctx, s.Records, KindSession, secretID(token))
}

// Find, Commit and Delete are the same without a context, as the library's
// interface asks for; it uses those with one.
func (s Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is [Sessions.CommitCtx].
func (s Sessions) Commit(token string, data []byte, expires time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expires)
}

// Delete is [Sessions.DeleteCtx].
func (s Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

// EndSessions ends every session of a person.
func (r *Register) EndSessions(ctx context.Context, person string) error {
	return dropAll(ctx, r.Store, catalog.RecordFilter{Kind: KindSession, Key: "of:" + person})
}

// Sweep drops the sessions, tokens and invitations that have expired. It is
// run now and then.
func (r *Register) Sweep(ctx context.Context) error {
	now := r.Now()
	for _, kind := range []string{KindSession, KindToken, KindInvitation} {
		var over []catalog.Record
		for record, err := range r.Store.Records(ctx, catalog.RecordFilter{Kind: kind}) {
			if err != nil {
				return err
			}
			var kept struct {
				Expires time.Time `json:"expires"`
			}
			if json.Unmarshal(record.Data, &kept) == nil && !kept.Expires.IsZero() && now.After(kept.Expires) {
				over = append(over, record)
			}
		}
		if err := dropEach(ctx, r.Store, over); err != nil {
			return err
		}
	}
	return nil
}

// overwrite writes a record whatever is stored: the last one wins.
func overwrite(ctx context.Context, records catalog.Records, r catalog.Record) error {
	const tries = 5
	var err error
	for range tries {
		r.Revision = 0
		if old, found := records.Record(ctx, r.Kind, r.ID); found == nil {
			r.Revision = old.Revision
		}
		err = records.PutRecords(ctx, r)
		if err == nil || greyshelf.KindOf(err) == greyshelf.Unavailable {
			break
		}
	}
	return err
}

func drop(ctx context.Context, records catalog.Records, kind, id string) error {
	old, err := records.Record(ctx, kind, id)
	if err != nil {
		return ignoreGone(err)
	}
	return ignoreGone(records.PutRecords(ctx, old.Drop()))
}

func dropAll(ctx context.Context, records catalog.Records, f catalog.RecordFilter) error {
	var all []catalog.Record
	for record, err := range records.Records(ctx, f) {
		if err != nil {
			return err
		}
		all = append(all, record)
	}
	return dropEach(ctx, records, all)
}

// dropEach drops records one by one: what another changed in between does not
// keep the rest.
func dropEach(ctx context.Context, records catalog.Records, all []catalog.Record) error {
	for _, r := range all {
		if err := ignoreGone(records.PutRecords(ctx, r.Drop())); err != nil {
			return err
		}
	}
	return nil
}

// ignoreGone: what another dropped or changed in between needs no dropping.
func ignoreGone(err error) error {
	switch greyshelf.KindOf(err) {
	case greyshelf.NotFound, greyshelf.Conflict:
		return nil
	}
	return err
}
