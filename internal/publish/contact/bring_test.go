package contact_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/publish/contact"
)

func TestReadList(t *testing.T) {
	type row struct {
		Line                   int
		Email, Name, Frequency string
		Groups                 []string
	}
	for name, test := range map[string]struct {
		text string
		want []row
		kind greyshelf.Kind
	}{
		"addresses":             {"ada@example.org\n\n  Ben Writer <ben@example.org>,\r\n", []row{{1, "ada@example.org", "", "", nil}, {3, "ben@example.org", "Ben Writer", "", nil}}, ""},
		"commas":                {"\xEF\xBB\xBFName,E-mail,Groups,Frequency\n\"Writer, Ada\",ada@example.org,press;members,Daily\n", []row{{2, "ada@example.org", "Writer, Ada", "daily", []string{"press", "members"}}}, ""},
		"semicolons, in French": {"Courriel;Nom\r\nada@example.org;Ada\r\n", []row{{2, "ada@example.org", "Ada", "", nil}}, ""},
		"tabs":                  {"name\temail\nAda\tada@example.org\nshort\n", []row{{2, "ada@example.org", "Ada", "", nil}, {3, "", "short", "", nil}}, ""},
		"quotes in the middle":  {"email,name\nada@example.org,Ada \"the\" Writer\n", []row{{2, "ada@example.org", `Ada "the" Writer`, "", nil}}, ""},
		"nothing":               {"\n \n", nil, ""},
		"no addresses":          {"name,phone\nAda,5\n", nil, greyshelf.Invalid},
		"too large":             {strings.Repeat("x", 17<<20), nil, greyshelf.TooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			list, err := contact.ReadList(strings.NewReader(test.text))
			if greyshelf.KindOf(err) != test.kind {
				t.Fatal(err)
			}
			var got []row
			for _, one := range list {
				got = append(got, row{one.Line, one.Contact.Email, one.Contact.Name, string(one.Contact.Frequency), slices.Clip(one.Contact.Groups)})
			}
			if d := cmp.Diff(test.want, got, cmpopts.EquateEmpty()); d != "" {
				t.Error(d)
			}
		})
	}
}

// TestBring: who has left stays away, who is known keeps what is known, a row
// that cannot be read holds up no other, and twice is as good as once.
func TestBring(t *testing.T) {
	r, _ := newRegister(t)
	add := func(email string) contact.Contact {
		c, err := r.Put(t.Context(), contact.Contact{Email: email, Name: "Known", State: contact.Active, Groups: []string{"old"}})
		must(t, err)
		return c
	}
	known, gone := add("known@example.org"), add("gone@example.org")
	_, err := r.Leave(t.Context(), gone.Token)
	must(t, err)
	waiting, _, err := r.Subscribe(t.Context(), contact.Contact{Email: "waiting@example.org"})
	must(t, err)
	list, err := contact.ReadList(strings.NewReader("email,name,frequency\nnew@example.org,New\r\nknown@example.org,Other\ngone@example.org,\nwaiting@example.org,\nno address,\nodd@example.org,Odd,hourly\n=cmd()@example.org,\n"))
	must(t, err)
	steps := 0
	got, err := r.Bring(t.Context(), list, []string{"press"}, func(int) { steps++ })
	must(t, err)
	if got.Added != 2 || got.Known != 1 || got.Left != 1 || len(got.Refused) != 3 || steps != len(list) {
		t.Errorf("%+v, %d steps", got, steps)
	}
	for _, want := range []string{"line 6: no address:", "line 7: odd@example.org:", "line 8: =cmd()@example.org:"} {
		if !slices.ContainsFunc(got.Refused, func(line string) bool { return strings.HasPrefix(line, want) }) {
			t.Errorf("%v lacks %s", got.Refused, want)
		}
	}
	known, err = r.Contact(t.Context(), known.ID)
	must(t, err)
	if known.Name != "Known" || !slices.Equal(known.Groups, []string{"old", "press"}) {
		t.Errorf("%+v", known)
	}
	if c, err := r.Contact(t.Context(), gone.ID); err != nil || c.State != contact.Left {
		t.Errorf("%+v %v", c, err)
	}
	if c, err := r.Contact(t.Context(), waiting.ID); err != nil || c.State != contact.Active {
		t.Errorf("%+v %v", c, err)
	}
	again, err := r.Bring(t.Context(), list, []string{"press"}, nil)
	must(t, err)
	if again.Added != 0 || again.Known != 3 {
		t.Errorf("%+v", again)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.Bring(ctx, list, nil, nil); err == nil {
		t.Error("an import that was cancelled says that it is done")
	}
}

func FuzzReadList(f *testing.F) {
	for _, seed := range []string{"ada@example.org", "email;name\na@b.org;\"A\nB\"", "email\n\"", "\xEF\xBB\xBFmail\tname\n\x00\t\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		list, err := contact.ReadList(strings.NewReader(text))
		if err == nil {
			for i, one := range list {
				if one.Line < 1 || i > 0 && one.Line < list[i-1].Line {
					t.Fatalf("line %d after %d", one.Line, list[max(0, i-1)].Line)
				}
			}
		}
	})
}
