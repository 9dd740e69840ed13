package curate_test

import (
	"testing"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/curate"
	"github.com/greyshelf/greyshelf/internal/curate/authority"
)

func named(t *testing.T, d *curate.Desk, name string) []greyshelf.Authority {
	t.Helper()
	found, err := authority.Named(t.Context(), d.Catalog, name)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestBodiesOfThePerson: a body that a person names gets an authority record,
// one that the describer found does not; undo takes it back.
func TestBodiesOfThePerson(t *testing.T) {
	d := newDesk(t)
	id := add(t, d).Report
	if found := named(t, d, "Harbour House"); len(found) != 0 {
		t.Errorf("what the describer found became an authority: %+v", found)
	}
	made := edit(t, d, id, func(r *greyshelf.Report) { r.Agents[3].Name = "Tidewater Institute" })
	if found := named(t, d, "tidewater institute"); len(found) != 1 || found[0].Type != greyshelf.AuthorityBody {
		t.Fatalf("%+v", found)
	}
	if found := named(t, d, "Institute of Testing"); len(found) != 0 {
		t.Errorf("a body that the person did not touch became an authority: %+v", found)
	}
	undone := undo(t, d, made.ID, "")
	if found := named(t, d, "Tidewater Institute"); len(found) != 0 {
		t.Errorf("undone, and still there: %+v", found)
	}
	undo(t, d, undone.ID, "")
	found := named(t, d, "Tidewater Institute")
	if len(found) != 1 {
		t.Fatalf("the undo was undone: %+v", found)
	}
	record, err := d.Catalog.Record(t.Context(), authority.Kind, found[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	found[0].Variants = []string{"Tidewater"}
	if err := d.Catalog.PutRecords(t.Context(), authority.Record(found[0], record.Revision)); err != nil {
		t.Fatal(err)
	}
	undo(t, d, made.ID, "")
	if found := named(t, d, "Tidewater"); len(found) != 1 {
		t.Errorf("an authority that was worked on since was undone with the edit: %+v", found)
	}
}
