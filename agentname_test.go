package greyshelf

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAgentNames(t *testing.T) {
	for name, want := range map[string]string{
		"Michael J. Mazarr": "Mazarr, Michael J.", "Lynn van der Berg": "van der Berg, Lynn", "Sami al-Arian": "al-Arian, Sami", "Yannick Le Goff": "Le Goff, Yannick", "Chris Van Hollen": "Van Hollen, Chris", "Deepayan Basu Ray": "Ray, Deepayan Basu",
		"Mohammed bin Salman": "bin Salman, Mohammed", "Martin Luther King, Jr.": "King, Martin Luther, Jr.", "John Smith III": "Smith, John, III", "Suharto": "Suharto",
		"Dr. Jane Doe, PhD": "Doe, Jane", "Charles de Gaulle": "de Gaulle, Charles", "": "", "Al Gore": "Gore, Al", "Jane  Doe": "Doe, Jane",
	} {
		if got := PersonFromName(name).Inverted(); got != want {
			t.Errorf("%q is filed under %q, want %q", name, got, want)
		}
	}
	for heading, want := range map[string]Agent{
		"Davis, Lynn E.":            {Kind: Person, Name: "Lynn E. Davis", Family: "Davis", Given: "Lynn E."},
		"King, Martin Luther, Jr.":  {Kind: Person, Name: "Martin Luther King, Jr.", Family: "King", Given: "Martin Luther, Jr."},
		"Suharto":                   {Kind: Person, Name: "Suharto"},
		" Berg ,  Lynn  van der   ": {Kind: Person, Name: "Lynn van der Berg", Family: "Berg", Given: "Lynn van der"},
	} {
		if diff := cmp.Diff(want, PersonFromInverted(heading)); diff != "" {
			t.Error(diff)
		}
	}
	if got := (Agent{Kind: Body, Name: "RAND Corporation"}).Inverted(); got != "RAND Corporation" {
		t.Error(got)
	}
}

func TestLooksLikeBody(t *testing.T) {
	for _, name := range []string{"RAND Corporation", "Center for Strategic & International Studies", "Oxfam International", "The White House", "U.S. Department of State",
		"Ministère des Affaires étrangères", "Instituto Elcano", "Konrad-Adenauer-Stiftung", "Bundesministerium der Verteidigung", "Министерство обороны",
		"مركز الجزيرة للدراسات", "وزارة الخارجية", "UNHCR", "Subcommittee on Europe, Committee on Foreign Affairs, U.S. House of Representatives"} {
		if !LooksLikeBody(name) {
			t.Errorf("%q is a body", name)
		}
	}
	for _, name := range []string{"Michael J. Mazarr", "Davis, Lynn E.", "Philip H. Gordon", "Deepayan Basu Ray", "", "Анна Иванова", strings.Repeat("x ", 1000)} {
		if LooksLikeBody(name) {
			t.Errorf("%q is no body", name)
		}
	}
}
