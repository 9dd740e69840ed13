package static

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"path"
	"strings"
)

// maxSegment is how many bytes a part of a name may have on common file systems
// with room for an ending.
const maxSegment = 120

// FileName gives the relative, slash-separated file in which the answer to the
// address lies. An address whose last part has no ending is a folder with
// "index" and the ending given (".html", ".pdf"), because other addresses lie
// below it: /r/ID/f/FILE and /r/ID/f/FILE/p/1. A query becomes a short stable
// digest. The name never leaves the folder, and has only small letters, digits,
// ".", "-" and "_": sticks do not tell small letters from capitals.
func FileName(u *url.URL, ending string) string {
	var parts []string
	for _, part := range strings.Split(path.Clean("/"+u.Path), "/") {
		if part != "" {
			parts = append(parts, segment(part))
		}
	}
	if u.RawQuery != "" {
		parts = append(parts, "q-"+short(u.Query().Encode()))
	}
	if len(parts) == 0 || path.Ext(parts[len(parts)-1]) == "" {
		parts = append(parts, "index"+ending)
	}
	return strings.Join(parts, "/")
}

// segment makes a part of an address safe as a name; what had to be changed
// gets a digest, so that two parts never become one.
func segment(part string) string {
	safe := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '.' || r == '-' || r == '_' {
			return r
		}
		return '_'
	}, strings.ToLower(part))
	if safe == part && !reserved(part) && len(part) <= maxSegment && !strings.HasPrefix(part, ".") && !strings.HasSuffix(part, ".") {
		return part
	}
	kept := strings.Trim(safe[:min(len(safe), maxSegment-20)], ".")
	if reserved(kept) {
		kept = "_" + kept
	}
	return kept + "-" + short(part)
}

// reserved reports whether Windows keeps a name for a device, with whatever
// ending.
func reserved(name string) bool {
	stem, _, _ := strings.Cut(name, ".")
	switch stem {
	case "con", "prn", "aux", "nul":
		return true
	}
	return len(stem) == 4 && (strings.HasPrefix(stem, "com") || strings.HasPrefix(stem, "lpt")) && stem[3] >= '0' && stem[3] <= '9'
}

func short(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:6])
}
