package describe

import (
	"regexp"
	"strings"
	"testing"
)

// TestBodiesFile: every line of the list can be read, names a body once and is
// under a known type.
func TestBodiesFile(t *testing.T) {
	kinds := map[string]bool{}
	for _, kind := range []string{"executive", "parliament", "audit office", "central bank", "intergovernmental", "european union", "think tank",
		"university", "foundation", "non-governmental", "company", repository} {
		kinds["["+kind+"]"] = true
	}
	place := regexp.MustCompile(`^@[A-Z]{2}$`)
	owner, n, kind := map[string]string{}, 0, ""
	for _, line := range readLines("words/bodies.txt") {
		if strings.HasPrefix(line, "[") {
			if kind = line; !kinds[kind] {
				t.Errorf("unknown type %s", kind)
			}
			continue
		}
		n++
		forms := strings.Split(line, " | ")
		for i, form := range forms {
			if strings.HasPrefix(form, "@") {
				if i == 0 || i < len(forms)-1 || !place.MatchString(form) {
					t.Errorf("%q: a place is the last part and a code of two letters", line)
				}
				continue
			}
			if strings.TrimSpace(form) != form || len([]rune(form)) < 2 || len([]rune(form)) > longestBody {
				t.Errorf("%q: form %q", line, form)
			}
			if other := owner[bodyKey(form)]; other != "" && other != forms[0] {
				t.Errorf("%q names both %q and %q", form, other, forms[0])
			}
			owner[bodyKey(form)] = forms[0]
		}
		if kind == "" {
			t.Errorf("%q stands under no type", line)
		}
	}
	if n < 1000 {
		t.Errorf("%d bodies, at least a thousand are meant to be there", n)
	}
}

func TestKnownBodies(t *testing.T) {
	k := loadKnowledge()
	for form, want := range map[string]string{
		"OECD": "Organisation for Economic Co-operation and Development", "oecd": "", "the RAND Corporation": "RAND Corporation",
		"who": "", "WHO": "World Health Organization", "Organisation mondiale de la Santé": "World Health Organization",
		"БАНК РОССИИ": "Центральный банк Российской Федерации", "Международный дискуссионный клуб Валдай": "Международный дискуссионный клуб «Валдай»",
		"جامعة الدول العربية": "League of Arab States", "Harbour Institute": "",
	} {
		if got := k.body(form); got != want {
			t.Errorf("%q is %q, want %q", form, got, want)
		}
	}
	if k.bodyKind("ReliefWeb") != repository || k.bodyKind("Chatham House") != "think tank" {
		t.Error("kinds of bodies")
	}
}

func TestHostAgrees(t *testing.T) {
	for _, test := range []struct {
		host, name string
		want       bool
	}{
		{"example-institute.org", "Example Institute", true},
		{"exampleinstitute.org", "The Example Institute", true},
		{"efor.org", "Example Foundation for Open Records", true},
		{"efor.org", "Elbe Foundation on Records", true},
		{"quayside.com", "Quayside Security, Inc.", true},
		{"congress.gov", "Committees of Congress", false},
		{"institute.org", "Institute of Harbours", false},
		{"example.org", "Harbour Institute", false},
		{"gesellschaft-kuestenpolitik.de", "Gesellschaft für Küstenpolitik", true},
	} {
		if got := hostAgrees(test.host, test.name); got != test.want {
			t.Errorf("%s and %q agree: %v, want %v", test.host, test.name, got, test.want)
		}
	}
}
