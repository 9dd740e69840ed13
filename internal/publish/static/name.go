// Package static names the files of the static library: the public library
// written as files that a browser opens from a plain web server or a stick.
// It stands at the end of the way of the data, and stores nothing. It does not
// walk the site yet; it only says where each address would lie.
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
	if safe == part && len(part) <= maxSegment && !strings.HasPrefix(part, ".") && !strings.HasSuffix(part, ".") {
		return part
	}
	return strings.Trim(safe[:min(len(safe), maxSegment-20)], ".") + "-" + short(part)
}

func short(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:6])
}
