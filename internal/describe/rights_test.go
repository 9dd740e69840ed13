package describe

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/greyshelf/greyshelf"
)

// TestRightsInLanguages: statements as they are printed on the back of title
// pages, with the code that follows.
func TestRightsInLanguages(t *testing.T) {
	for _, test := range []struct{ line, code string }{
		{"© Fondation du Rivage, 2016. Tous droits réservés.", "all-rights-reserved"},
		{"Todos los derechos reservados. © 2016 Instituto del Muelle", "all-rights-reserved"},
		{"© 2016 Hafeninstitut. Alle Rechte vorbehalten.", "all-rights-reserved"},
		{"© Институт порта, 2016. Все права защищены.", "all-rights-reserved"},
		{"جميع الحقوق محفوظة © ٢٠١٦ معهد الميناء", "all-rights-reserved"},
		{"Copyright © 2016 by the Quayside Institute", "copyright"},
		{"(c) 2016 Quayside Institute", "copyright"},
		{"© Институт порта, 2016", "copyright"},
		{"© ٢٠١٦ معهد الميناء", "copyright"},
		{"© Hafeninstitut, Berlin 2016", "copyright"},
		{"© United Nations, 2016", "copyright"},
		{"© Jane Doe 2016", "copyright"},
		{"Cette œuvre est mise à disposition selon les termes de la Licence Creative Commons Attribution - Pas d’Utilisation Commerciale 4.0 International.", "cc-by-nc-4.0"},
		{"Dieses Werk ist lizenziert unter einer Creative Commons Namensnennung 4.0 International Lizenz.", "cc-by-4.0"},
		{"Dieses Werk steht unter der Lizenz Creative Commons Namensnennung – Weitergabe unter gleichen Bedingungen 4.0 International.", "cc-by-sa-4.0"},
		{"Esta obra está bajo una Licencia Creative Commons Atribución-NoComercial 4.0 Internacional.", "cc-by-nc-4.0"},
		{"Este informe se publica bajo una licencia Creative Commons Reconocimiento-CompartirIgual 4.0 Internacional.", "cc-by-sa-4.0"},
		{"Настоящий доклад доступен по лицензии Creative Commons «С указанием авторства» 4.0 Всемирная.", "cc-by-4.0"},
		{"Данная работа распространяется на условиях лицензии CC BY-NC 4.0.", "cc-by-nc-4.0"},
		{"هذا التقرير مرخص بموجب رخصة المشاع الإبداعي نسب المصنف 4.0 دولي", "cc-by-4.0"},
		{"هذا التقرير مرخص بموجب CC BY 4.0", "cc-by-4.0"},
		{"This work is licensed under CC0 1.0.", "cc0"},
		{"https://creativecommons.org/publicdomain/zero/1.0/", "cc0"},
		{"Ce rapport est dans le domaine public.", "public-domain"},
		{"Este informe es de dominio público.", "public-domain"},
		{"Dieser Bericht ist gemeinfrei.", "public-domain"},
		{"Настоящий доклад является общественным достоянием.", "public-domain"},
		{"هذا التقرير في الملكية العامة.", "public-domain"},
		{"As a work of the United States government, this report is in the public domain.", "public-domain"},
		{"This report may be freely reproduced.", ""},
		{"The copyright of maps is explained in chapter 3.", ""},
		{"Copyright law changed in 2016 in the harbour states.", ""},
	} {
		t.Run(test.line, func(t *testing.T) {
			doc := onCover(english, test.line)
			got := New().Describe(doc).chosen(greyshelf.FieldRights)
			want := []string{test.code, test.line}
			if test.code == "" {
				want[1] = ""
			}
			if diff := cmp.Diff(want, []string{got.Value, got.Printed}); diff != "" {
				t.Error(diff)
			}
		})
	}
}
