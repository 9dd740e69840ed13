package greyshelf_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
)

func TestReportFile(t *testing.T) {
	a, b := strings.Repeat("a", 64), strings.Repeat("a", 60)+"bbbb"
	r := greyshelf.Report{Editions: []greyshelf.Edition{{Files: []greyshelf.File{{SHA256: a}}}, {Files: []greyshelf.File{{SHA256: b}}}}}
	for _, test := range []struct {
		sha  string
		want string
	}{
		{a, a}, {b, b}, {strings.Repeat("a", 62), a}, {strings.Repeat("a", 20), ""}, {"aaaa", ""}, {"", ""}, {strings.Repeat("c", 64), ""}, {a + "a", ""},
	} {
		got, ok := r.File(test.sha)
		if ok != (test.want != "") || ok && got.SHA256 != test.want {
			t.Errorf("%q: got %q, %v", test.sha, got.SHA256, ok)
		}
	}
}

func TestAgentsWith(t *testing.T) {
	r := greyshelf.Report{Agents: []greyshelf.Contribution{
		{Agent: greyshelf.Agent{Name: "First"}, Role: greyshelf.Author},
		{Agent: greyshelf.Agent{Name: "House"}, Role: greyshelf.Publisher},
		{Agent: greyshelf.Agent{Name: "Second"}, Role: greyshelf.Author},
	}}
	var names []string
	for _, a := range r.AgentsWith(greyshelf.Author) {
		names = append(names, a.Name)
	}
	if diff := cmp.Diff([]string{"First", "Second"}, names); diff != "" {
		t.Error(diff)
	}
}

func TestStateValid(t *testing.T) {
	if !greyshelf.Published.Valid() || greyshelf.State("").Valid() || greyshelf.State("gone").Valid() {
		t.Error("states are not told from other words")
	}
}

func TestEffectiveAccess(t *testing.T) {
	for _, test := range []struct {
		rights greyshelf.Rights
		want   greyshelf.Access
	}{
		{greyshelf.Rights{}, greyshelf.AccessExtract},
		{greyshelf.Rights{Code: greyshelf.Copyright}, greyshelf.AccessExtract},
		{greyshelf.Rights{Code: greyshelf.AllRightsReserved}, greyshelf.AccessExtract},
		{greyshelf.Rights{Code: greyshelf.PublicDomain}, greyshelf.AccessOpen},
		{greyshelf.Rights{Code: "cc-by-nc-nd-3.0"}, greyshelf.AccessOpen},
		{greyshelf.Rights{Code: "cc0"}, greyshelf.AccessOpen},
		{greyshelf.Rights{Code: greyshelf.PublicDomain, Access: greyshelf.AccessLink}, greyshelf.AccessLink},
		{greyshelf.Rights{Code: greyshelf.AllRightsReserved, Access: greyshelf.AccessOpen}, greyshelf.AccessOpen},
	} {
		if got := test.rights.EffectiveAccess(); got != test.want {
			t.Errorf("%+v: %s, want %s", test.rights, got, test.want)
		}
	}
}
