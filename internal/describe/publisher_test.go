package describe

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/greyshelf/greyshelf"
)

// imprint gives a report of three pages whose last is an imprint.
func imprint(lines ...ink) *Document {
	cover := []ink{{text: "Who Paid for the Works", size: 24, bold: true, y: 0.3}}
	return paper(cover, prose(english), lines)
}

func TestUnlistedPublishers(t *testing.T) {
	title := ink{text: "Who Paid for the Works", size: 24, bold: true, y: 0.3}
	tests := []struct {
		name string
		doc  *Document
		want []string
	}{
		{"label above", imprint(ink{text: "Publisher", bold: true, y: 0.5}, ink{text: "Quayside Records Society"}, ink{text: "12 Pier Street"}), []string{"Quayside Records Society"}},
		{"label without a word for bodies", imprint(ink{text: "Published by: Quayside Ahoy", y: 0.5}), []string{"Quayside Ahoy"}},
		{"French label", imprint(ink{text: "Éditeur : Institut Vauclair d’études documentaires", y: 0.5}), []string{"Institut Vauclair d’études documentaires"}},
		{"French, on the cover alone", coverOf(title, ink{text: "Institut Vauclair d’études documentaires", y: 0.85}), []string{"Institut Vauclair d’études documentaires"}},
		{"German label", imprint(ink{text: "Herausgeber:", y: 0.5}, ink{text: "Gesellschaft für Hafenkunde e.V."}), []string{"Gesellschaft für Hafenkunde e.V"}},
		{"Spanish label", imprint(ink{text: "Publicado por el Observatorio de los Puertos del Sur", y: 0.5}), []string{"Observatorio de los Puertos del Sur"}},
		{"Russian label", imprint(ink{text: "Издатель: Центр портовых исследований", y: 0.5}), []string{"Центр портовых исследований"}},
		{"Arabic label", imprint(ink{text: "الناشر: مركز دراسات الموانئ", y: 0.5}), []string{"مركز دراسات الموانئ"}},
		{"place behind a comma", imprint(ink{text: "Published by Quayside Press, London", y: 0.5}), []string{"Quayside Press"}},
		{"name over two lines", imprint(ink{text: "Published by the Quayside Institute for", y: 0.5}, ink{text: "Maritime Studies"}), []string{"Quayside Institute for Maritime Studies"}},
		{"address block", imprint(ink{text: "Quayside Institute", y: 0.5}, ink{text: "12 Pier Street"}, ink{text: "Tel. +44 20 7946 0000"}), []string{"Quayside Institute"}},
		{"address on the web agrees", coverOf(title, ink{text: "Quayside Ahoy", y: 0.9}, ink{text: "www.quayside-ahoy.org"}), []string{"Quayside Ahoy"}},
		{"first letters on the web agree", coverOf(title, ink{text: "Quayside Trading Data", y: 0.9}, ink{text: "www.qtd.org"}), []string{"Quayside Trading Data"}},
		{"citation", imprint(ink{text: "Suggested citation: Doe, Jane (2012). Who Paid for the Works. Quayside Institute, London.", y: 0.5}), []string{"Quayside Institute"}},
		{"repository is no publisher", coverOf(title, ink{text: "ReliefWeb", y: 0.9}), nil},
		{"printer", imprint(ink{text: "Printed by Quayside Printing Company", y: 0.5}), nil},
		{"printer beneath its label", imprint(ink{text: "Printed by", y: 0.5}, ink{text: "Quayside Printing Company"}, ink{text: "Tel. 555 0100"}), nil},
		{"sponsor", coverOf(title, ink{text: "With the support of the", y: 0.85}, ink{text: "Quayside Foundation"}), nil},
		{"editor is no publisher", imprint(ink{text: "Editor: Jane Doe", y: 0.5}), nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := New().Describe(test.doc)
			if diff := cmp.Diff(test.want, d.values(greyshelf.FieldPublisher)); diff != "" {
				t.Error(diff)
				for _, f := range d.Findings {
					if f.Field == greyshelf.FieldPublisher {
						t.Logf("%q %s %.2f %s", f.Value, f.Method, f.Confidence, f.Why)
					}
				}
			}
		})
	}
}

func TestOtherRoles(t *testing.T) {
	title := ink{text: "Who Paid for the Works", size: 24, bold: true, y: 0.3}
	tests := []struct {
		name  string
		field greyshelf.Field
		doc   *Document
		want  []string
	}{
		{"prepared for", greyshelf.FieldCommissioning, coverOf(title, ink{text: "Prepared for the U.S. Department of State", y: 0.8}), []string{"U.S. Department of State"}},
		{"prepared for, beneath", greyshelf.FieldCommissioning, coverOf(title, ink{text: "Prepared for", y: 0.8}, ink{text: "Quayside Harbour Authority"}), []string{"Quayside Harbour Authority"}},
		{"requested", greyshelf.FieldCommissioning, paper([]ink{title}, prose("This study was requested by the European Parliament's Committee on Fisheries. "+english)), []string{"European Parliament's Committee on Fisheries"}},
		{"commissioned", greyshelf.FieldCommissioning, paper([]ink{title}, prose("This report was commissioned by the Quayside Foundation in 2012. "+english)), []string{"Quayside Foundation"}},
		{"German", greyshelf.FieldCommissioning, coverOf(title, ink{text: "Im Auftrag des Bundesministeriums der Verteidigung", y: 0.8}), []string{"Bundesministerium der Verteidigung"}},
		{"French", greyshelf.FieldCommissioning, coverOf(title, ink{text: "À la demande de l’Agence des ports", y: 0.8}), []string{"Agence des ports"}},
		{"Spanish", greyshelf.FieldCommissioning, coverOf(title, ink{text: "Por encargo de la Agencia Nacional de Puertos", y: 0.8}), []string{"Agencia Nacional de Puertos"}},
		{"Russian", greyshelf.FieldCommissioning, coverOf(title, ink{text: "По заказу Министерства портового хозяйства", y: 0.8}), []string{"Министерства портового хозяйства"}},
		{"Arabic", greyshelf.FieldCommissioning, coverOf(title, ink{text: "بتكليف من وزارة الموانئ", y: 0.8}), []string{"وزارة الموانئ"}},
		{"somebody else's study", greyshelf.FieldCommissioning, paper([]ink{title}, prose(english+" The survey of 1950 was commissioned by the Harbour Board.")), nil},
		{"made available by", greyshelf.FieldHosting, coverOf(title, ink{text: "This document is made available by the Quayside University Library", y: 0.8}), []string{"Quayside University Library"}},
		{"downloaded from a known place", greyshelf.FieldHosting, coverOf(title, ink{text: "Downloaded from https://reliefweb.int/report/1", y: 0.95}), []string{"ReliefWeb"}},
		{"downloaded from another place", greyshelf.FieldHosting, coverOf(title, ink{text: "Downloaded from https://papers.example.org/1", y: 0.95}), []string{"papers.example.org"}},
		{"repository", greyshelf.FieldHosting, coverOf(title, ink{text: "ReliefWeb", y: 0.95}), []string{"ReliefWeb"}},
		{"committee", greyshelf.FieldCreator, coverOf(title, ink{text: "Report of the Harbour Works Committee", y: 0.5}), []string{"Harbour Works Committee"}},
		{"state", greyshelf.FieldCreator, coverOf(title, ink{text: "Submitted by Ukraine", y: 0.5}), []string{"Ukraine"}},
		{"delegation", greyshelf.FieldCreator, coverOf(title, ink{text: "Statement by the delegation of Saudi Arabia", y: 0.5}), []string{"Saudi Arabia"}},
		{"known body", greyshelf.FieldCreator, coverOf(title, ink{text: "By the World Bank", y: 0.5}), []string{"World Bank"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := New().Describe(test.doc)
			if diff := cmp.Diff(test.want, d.values(test.field)); diff != "" {
				t.Error(diff)
			}
			for _, f := range d.Chosen(test.field) {
				if test.field == greyshelf.FieldCreator && f.Agent().Kind != greyshelf.Body {
					t.Errorf("%q is no person", f.Value)
				}
			}
			for _, f := range d.Chosen(greyshelf.FieldPublisher) {
				t.Errorf("publisher %q by %s", f.Value, f.Method)
			}
		})
	}
}

func TestAffiliations(t *testing.T) {
	title := ink{text: "Who Paid for the Works", size: 24, bold: true, y: 0.3}
	tests := []struct {
		name string
		doc  *Document
		want map[string]string
	}{
		{"in brackets", coverOf(title, ink{text: "Elena Varga (Harbour Institute)", y: 0.5}, ink{text: "Per J. Lindqvist (World Bank)"}),
			map[string]string{"Varga, Elena": "Harbour Institute", "Lindqvist, Per J.": "World Bank"}},
		{"behind a comma", coverOf(title, ink{text: "By Elena Varga, Harbour Institute", y: 0.5}), map[string]string{"Varga, Elena": "Harbour Institute"}},
		{"beneath", coverOf(title, ink{text: "Elena Varga", y: 0.5}, ink{text: "Harbour Institute, Oslo"}), map[string]string{"Varga, Elena": "Harbour Institute"}},
		{"beneath an office", coverOf(title, ink{text: "Elena Varga", y: 0.5}, ink{text: "Senior Fellow, Harbour Institute"}), map[string]string{"Varga, Elena": "Harbour Institute"}},
		{"marks", coverOf(title, ink{text: "Elena Varga1, Per Lindqvist2", y: 0.5}, ink{text: "1 Harbour Institute, Oslo", size: 8}, ink{text: "2 University of Piers", size: 8}),
			map[string]string{"Varga, Elena": "Harbour Institute", "Lindqvist, Per": "University of Piers"}},
		{"life", paper([]ink{title}, prose(english), page(prose(english), []ink{
			{text: "About the author", bold: true, y: 0.6}, {text: "Elena Varga is a senior fellow at the Harbour Institute in Oslo."}})), map[string]string{"Varga, Elena": "Harbour Institute"}},
		{"none", coverOf(title, ink{text: "Elena Varga", y: 0.5}), nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := New().Describe(test.doc)
			if diff := cmp.Diff(test.want, d.affiliations()); diff != "" {
				t.Error(diff, d.values(greyshelf.FieldCreator))
			}
		})
	}
}
