package table_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf/internal/format/table"
)

func TestGuess(t *testing.T) {
	for _, c := range []struct {
		header string
		want   string
	}{
		{"Title,Author,Publication Year,Abstract Note,Manual Tags,File Attachments", "title,author,date,abstract,subject,file"}, // as Zotero writes CSV
		{"Titre,Auteurs,Année,Éditeur,Mots-clés,Résumé", "title,author,date,publisher,subject,abstract"},
		{"Título,Autor,Fecha,Idioma,Páginas", "title,author,date,language,pages"},
		{"Titel,Verfasser,Erscheinungsjahr,Verlag,Schlagwörter", "title,author,date,publisher,subject"},
		{"Название,Автор,Год,Издательство", "title,author,date,publisher"},
		{"العنوان,المؤلف,السنة,الناشر", "title,author,date,publisher"},
		{"标题,作者,日期", "title,author,date"},
		{"TITLE,Author 1,Author 2,Nothing,title", "title,author,author,,"},
	} {
		var got []string
		for _, f := range table.Guess(strings.Split(c.header, ",")) {
			got = append(got, string(f))
		}
		if diff := cmp.Diff(c.want, strings.Join(got, ",")); diff != "" {
			t.Errorf("%s: %s", c.header, diff)
		}
	}
}

func TestNames(t *testing.T) {
	for cell, want := range map[string]string{
		"Vega, Rosa; Müller, Anna": "Rosa Vega|Anna Müller", "Rosa Vega and Anna Müller": "Rosa Vega|Anna Müller", "Rosa Vega, Anna Müller": "Rosa Vega|Anna Müller",
		"Vega, Rosa": "Rosa Vega", "Institute of Testing and Trade": "Institute of Testing and Trade", "Plato": "Plato",
	} {
		var got []string
		for _, c := range table.Read([]table.Field{table.Author}, []string{cell}).Report.Agents {
			got = append(got, c.Name)
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%s: %q", cell, got)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("title", "Wells")
	f.Add("date", "31.12.2016")
	f.Add("author", "Vega, Rosa; and , ;")
	f.Fuzz(func(t *testing.T, header, cell string) {
		fields := table.Guess([]string{header, "title"})
		table.Read(fields, []string{cell, cell, cell})
		for _, field := range table.Fields() {
			table.Read([]table.Field{field}, []string{cell})
		}
	})
}
