package describe

import "regexp"

// Symbols of parliamentary and intergovernmental documents, as they stand alone
// on a cover. Bills and acts have no symbol here: a report is about them.
var symbolForms = []*regexp.Regexp{
	// United Nations: "A/HRC/31/12/Add.1", "S/RES/2231 (2015)", "S/PV.7600", "CCW/P.V/3".
	regexp.MustCompile(`^[A-Z]{1,8}(/[A-Z0-9][A-Za-z0-9.()-]{0,14}){2,7}( ?\((19|20)[0-9]{2}\))?\*?$`),
	regexp.MustCompile(`^[ASET]/(PV|SR|INF|CONF|C|RES)\.? ?[0-9]{1,5}(/[A-Z0-9][A-Za-z0-9.-]{0,10}){0,4}( ?\((19|20)[0-9]{2}\))?$`),
	// European Union: "COM(2015) 44 final", "JOIN(2016) 21 final/2".
	regexp.MustCompile(`^(COM|SWD|SEC|JOIN|CESE?|PE|C) ?[\(\[](19|20)[0-9]{2}[\)\]] ?[0-9]{1,4}(/[0-9]+)?( (?i:final|endg)\.?(/[0-9]+)?)?$`),
	// German parliaments: "Drucksache 18/1234", "BT-Drs. 18/1", "BR-Drucksache 12/16".
	regexp.MustCompile(`^((BT|BR)[-–‑ ])?(Bundestags|Bundesrats|Landtags)?-?(Drucksache|drucksache|Drs\.?|Drucks\.?) (Nr\. ?)?[0-9]{1,4}/[0-9]{1,6}( ?\((neu|zu)\))?$`),
	// United Kingdom: "HC 123", "HC 123-I", "HL Paper 12", "Cm 9161", "CP 12".
	regexp.MustCompile(`^(HC|HL Paper|HL|HCP|SP Paper|NIA|Cm|Cmd|Cmnd|CP|Cd)\.? [0-9]{1,5}([-–](I|II|III|IV|V|VI))?( \((19|20)[0-9]{2}[-–][0-9]{2,4}\))?$`),
	// United States: "H. Rept. 114-1", "S. Prt. 113–26", "H. Hrg. 107-34".
	regexp.MustCompile(`^[HS]\. ?(Rept|Rep|Doc|Prt|Hrg|Exec\. Rept|Treaty Doc)\. ?(No\. ?)?[0-9]{2,3}[-–][0-9]{1,4}(, (Part|Pt\.) [0-9IV]+)?$`),
	// Council of Europe and the like: "Doc. 13456", "CM(2016)12", "SG/Inf(2015)7".
	regexp.MustCompile(`^Doc\. [0-9]{4,6}( Add(endum|\.)?( [IVX0-9]+)?)?$`),
	regexp.MustCompile(`^[A-Z]{2,6}(/[A-Z][A-Za-z]{1,8}){0,2} ?\((19|20)[0-9]{2}\) ?[0-9]{1,4}([-/][A-Za-z0-9]{1,8})?( (?i:rev|add|final)\.?[0-9]{0,2})?$`),
}

// isSymbol reports whether a text is the symbol of a parliamentary or
// intergovernmental document and nothing else.
func isSymbol(text string) bool {
	for _, form := range symbolForms {
		if form.MatchString(text) {
			return true
		}
	}
	return false
}
