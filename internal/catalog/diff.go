package catalog

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"

	"github.com/greyshelf/greyshelf"
)

// Fields gives the JSON names of the fields of a report that decisions change,
// in the order of the record: all but its identifier, revision and times.
func Fields() []string {
	var names []string
	record := reflect.TypeFor[greyshelf.Report]()
	for i := range record.NumField() {
		name, _, _ := strings.Cut(record.Field(i).Tag.Get("json"), ",")
		switch name {
		case "id", "revision", "created", "updated":
		default:
			names = append(names, name)
		}
	}
	return names
}

// Diff gives the fields in which after differs from before, as changes of the
// report after.ID in the order of the record. A value that is absent or empty
// is null: the changes of a new report (against the zero report) begin with
// its state.
func Diff(before, after greyshelf.Report) []greyshelf.Change {
	old, now := record(before), record(after)
	var changes []greyshelf.Change
	for _, field := range Fields() {
		was, is := value(old, field), value(now, field)
		if !bytes.Equal(was, is) {
			changes = append(changes, greyshelf.Change{Report: after.ID, Field: field, Before: was, After: is})
		}
	}
	return changes
}

// Apply makes the changes of the report: each field gets the value After.
// Changes of other reports are passed over. Errors: Conflict when a field does
// not hold the value Before, Invalid when a change cannot be understood.
func Apply(r greyshelf.Report, changes []greyshelf.Change) (greyshelf.Report, error) {
	return set(r, changes, func(c greyshelf.Change) (from, to json.RawMessage) { return c.Before, c.After })
}

// Revert takes the changes of the report back: each field gets the value
// Before. Errors: Conflict when a field no longer holds the value After,
// Invalid when a change cannot be understood.
func Revert(r greyshelf.Report, changes []greyshelf.Change) (greyshelf.Report, error) {
	return set(r, changes, func(c greyshelf.Change) (from, to json.RawMessage) { return c.After, c.Before })
}

// Overtaken gives the fields that no longer hold the value After of their
// change.
func Overtaken(r greyshelf.Report, changes []greyshelf.Change) []string {
	fields := record(r)
	var overtaken []string
	for _, c := range changes {
		if c.Report == r.ID && !same(value(fields, c.Field), c.After) {
			overtaken = append(overtaken, c.Field)
		}
	}
	return overtaken
}

const op = "change the record"

func set(r greyshelf.Report, changes []greyshelf.Change, ends func(greyshelf.Change) (from, to json.RawMessage)) (greyshelf.Report, error) {
	fields := record(r)
	for _, c := range changes {
		if c.Report != r.ID {
			continue
		}
		from, to := ends(c)
		if !same(value(fields, c.Field), from) {
			return r, greyshelf.Errorf(greyshelf.Conflict, op, r.ID, "the field %s was changed in between", c.Field)
		}
		fields[c.Field] = to
	}
	data, err := json.Marshal(fields)
	if err != nil {
		return r, greyshelf.E(greyshelf.Invalid, op, r.ID, err)
	}
	var changed greyshelf.Report
	if err := json.Unmarshal(data, &changed); err != nil {
		return r, greyshelf.E(greyshelf.Invalid, op, r.ID, err)
	}
	return changed, nil
}

// record gives the fields of a report as JSON. What JSON cannot hold (a year
// after 9999) leaves the record empty; a catalogue refuses such a report
// before it compares.
func record(r greyshelf.Report) map[string]json.RawMessage {
	fields := map[string]json.RawMessage{}
	if data, err := json.Marshal(r); err == nil {
		_ = json.Unmarshal(data, &fields) // what was just written is an object
	}
	return fields
}

// value gives a field's JSON; null when it is absent or an empty text.
func value(fields map[string]json.RawMessage, field string) json.RawMessage {
	v, ok := fields[field]
	if !ok || string(v) == `""` {
		return json.RawMessage("null")
	}
	return v
}

// same reports whether two JSON values mean the same, however a store has
// written them.
func same(a, b json.RawMessage) bool {
	if bytes.Equal(a, b) {
		return true
	}
	var x, y any
	if decode(a, &x) != nil || decode(b, &y) != nil {
		return false
	}
	return reflect.DeepEqual(x, y)
}

func decode(data json.RawMessage, into *any) error {
	if len(data) == 0 {
		return nil // as null
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	return d.Decode(into)
}
