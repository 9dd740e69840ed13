package rights_test

import (
	"testing"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/rights"
)

// TestMay walks every role × door for a report of each access and state: the
// columns are record, snippet, page, file, edit.
func TestMay(t *testing.T) {
	doors := []rights.Door{rights.Record, rights.Snippet, rights.Page, rights.File, rights.Edit}
	published := func(a greyshelf.Access) greyshelf.Report {
		return greyshelf.Report{State: greyshelf.Published, Rights: greyshelf.Rights{Access: a}}
	}
	for _, test := range []struct {
		name      string
		report    greyshelf.Report
		anonymous string // y or n per door
		member    string
	}{
		{"open", published(greyshelf.AccessOpen), "yyyyn", "yyyyn"},
		{"extract", published(greyshelf.AccessExtract), "yynnn", "yyyyn"},
		{"nothing stated", published(""), "yynnn", "yyyyn"},
		{"link", published(greyshelf.AccessLink), "ynnnn", "yyyyn"},
		{"embargo", published(greyshelf.AccessEmbargo), "nnnnn", "yyyyn"},
		{"unknown access", published("whatever"), "nnnnn", "yyyyn"},
		{"draft", greyshelf.Report{State: greyshelf.Draft, Rights: greyshelf.Rights{Access: greyshelf.AccessOpen}}, "nnnnn", "nnnnn"},
		{"withdrawn", greyshelf.Report{State: greyshelf.Withdrawn, Rights: greyshelf.Rights{Access: greyshelf.AccessOpen}}, "nnnnn", "nnnnn"},
		{"no state", greyshelf.Report{}, "nnnnn", "nnnnn"},
	} {
		for role, want := range map[rights.Role]string{rights.Anonymous: test.anonymous, rights.Member: test.member, rights.Librarian: "yyyyy", rights.Administrator: "yyyyy"} {
			got := ""
			for _, door := range doors {
				if rights.May(rights.Reader{Role: role}, test.report, door) {
					got += "y"
				} else {
					got += "n"
				}
			}
			if got != want {
				t.Errorf("%s, role %d: %s, want %s", test.name, role, got, want)
			}
		}
	}
}

func TestRoleNames(t *testing.T) {
	for r := rights.Anonymous; r <= rights.Administrator; r++ {
		text, err := r.MarshalText()
		var back rights.Role
		if err != nil || back.UnmarshalText(text) != nil || back != r {
			t.Errorf("role %d is written as %q and read as %d", r, text, back)
		}
	}
	var r rights.Role
	if r.UnmarshalText([]byte("emperor")) == nil || rights.Role(99).String() != "anonymous" {
		t.Error("a role that is none was read or gives rights")
	}
}

// TestShown: what a desk keeps for itself reaches nobody else.
func TestShown(t *testing.T) {
	report := greyshelf.Report{State: greyshelf.Published, Title: "Water", Annotation: "Read chapter 2.", Note: "ask Anna",
		Desk: greyshelf.DeskFile{Review: true, Sensitivity: "internal", RequestedBy: "the minister", Reading: greyshelf.ToRead}}
	for role, desk := range map[rights.Role]bool{rights.Anonymous: false, rights.Member: false, rights.Librarian: true, rights.Administrator: true} {
		shown := rights.Shown(rights.Reader{Role: role}, report)
		if got := shown.Note != "" && shown.Desk == report.Desk; got != desk || !desk && (shown.Note != "" || shown.Desk != greyshelf.DeskFile{}) {
			t.Errorf("%s is shown %+v", role, shown)
		}
		if shown.Title != report.Title || shown.Annotation != report.Annotation {
			t.Errorf("%s is not shown what is for everybody: %+v", role, shown)
		}
	}
}

// TestShownFiles: where on the desk's computers a file came from is the desk's
// own; the contents of a file go with its extracts. The report itself stays.
func TestShownFiles(t *testing.T) {
	files := []greyshelf.File{{Source: "/home/anna/a.pdf", Outline: []greyshelf.Outline{{Title: "One"}}}, {Source: "https://p.example.org/a.pdf"}}
	for access, outlines := range map[greyshelf.Access]int{greyshelf.AccessOpen: 1, greyshelf.AccessExtract: 1, greyshelf.AccessLink: 0} {
		report := greyshelf.Report{State: greyshelf.Published, Rights: greyshelf.Rights{Access: access}, Editions: []greyshelf.Edition{{Files: files}}}
		got := rights.Shown(rights.Reader{}, report).Files()
		if got[0].Source != "" || got[1].Source != files[1].Source || len(got[0].Outline) != outlines {
			t.Errorf("%s: %+v", access, got)
		}
		if files[0].Source == "" || len(files[0].Outline) != 1 {
			t.Fatal("the report itself was changed")
		}
	}
}
