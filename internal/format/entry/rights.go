package entry

import (
	"strings"

	"github.com/greyshelf/greyshelf"
)

// copyrighted is the note of the house form for anything that is not open.
const copyrighted = "contains copyrighted material"

// rightsNote gives the note of an entry. An imported note stands as long as
// the record has its code; other records get a note by their code: copyright
// "contains copyrighted material", a Creative Commons licence its name; nothing
// where nothing is stated or the work is in the public domain.
func rightsNote(r greyshelf.Report) string {
	rights := r.Rights
	if r.Entry != nil && rights.Statement != "" && noteCode(rights.Statement) == rights.Code {
		return rights.Statement
	}
	switch code := string(rights.Code); {
	case rights.Code == greyshelf.Copyright || rights.Code == greyshelf.AllRightsReserved:
		return copyrighted
	case code == "cc0":
		return "licensed under CC0"
	case strings.HasPrefix(code, "cc-"):
		return "licensed under " + licenceName(code)
	}
	return ""
}

// licenceName prints a code: "cc-by-nc-4.0" is "CC BY-NC 4.0".
func licenceName(code string) string {
	parts := strings.Split(strings.ToUpper(code), "-")
	last := parts[len(parts)-1]
	if strings.Trim(last, "0123456789.") == "" && len(parts) > 2 {
		return parts[0] + " " + strings.Join(parts[1:len(parts)-1], "-") + " " + last
	}
	return parts[0] + " " + strings.Join(parts[1:], "-")
}

// noteCode gives the rights code that a note states, "" where it states none.
func noteCode(note string) greyshelf.RightsCode {
	lower := strings.ToLower(note)
	switch {
	case lower == "":
		return ""
	case strings.Contains(lower, "public domain"):
		return greyshelf.PublicDomain
	case strings.Contains(lower, "cc0"):
		return "cc0"
	case strings.Contains(lower, "cc by"):
		return licenceCode(lower[strings.Index(lower, "cc by"):])
	case strings.Contains(lower, "all rights reserved"):
		return greyshelf.AllRightsReserved
	case strings.Contains(lower, "copyright") || strings.Contains(lower, "©"):
		return greyshelf.Copyright
	}
	return ""
}

// licenceCode reads "cc by-nc 4.0" as "cc-by-nc-4.0", "" without a version.
func licenceCode(name string) greyshelf.RightsCode {
	words := strings.Fields(strings.TrimPrefix(name, "cc "))
	if len(words) < 2 || strings.Trim(words[1], "0123456789.") != "" {
		return ""
	}
	return greyshelf.RightsCode("cc-" + words[0] + "-" + strings.Trim(words[1], "."))
}
