package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"time"

	"github.com/greyshelf/greyshelf"
)

// static is a file that every page uses. Its name holds a hash of its content,
// so browsers may keep it for ever.
type static struct {
	path, mediaType string
	data            []byte
}

type statics struct{ byKind, byPath map[string]static }

// newStatics puts the styles and the scripts of all rooms together.
func newStatics(rooms []fs.FS) (statics, error) {
	s := statics{byKind: map[string]static{}, byPath: map[string]static{}}
	for kind, mediaType := range map[string]string{"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"} {
		var all bytes.Buffer
		for _, room := range rooms {
			names, err := fs.Glob(room, "*."+kind)
			if err != nil {
				return s, greyshelf.E(greyshelf.Internal, "collect", kind, err)
			}
			for _, name := range names {
				data, err := fs.ReadFile(room, name)
				if err != nil {
					return s, greyshelf.E(greyshelf.Internal, "collect", name, err)
				}
				all.Write(data)
				all.WriteByte('\n')
			}
		}
		sum := sha256.Sum256(all.Bytes())
		file := static{path: "/static/greyshelf-" + hex.EncodeToString(sum[:6]) + "." + kind, mediaType: mediaType, data: all.Bytes()}
		s.byKind[kind], s.byPath[file.path] = file, file
	}
	return s, nil
}

// Static answers with a style, script or picture of the site. A name from an
// older program gets the present file, but is not kept.
func Static(v *Visit) error {
	name := "/static/" + v.R.PathValue("name")
	file, current := v.statics.byPath[name]
	if !current {
		var ok bool
		if file, ok = v.statics.byKind[path.Ext(name)[min(1, len(path.Ext(name))):]]; !ok {
			return NotFound(v)
		}
	}
	h := v.W.Header()
	h.Set("Content-Type", file.mediaType)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	if !current {
		h.Set("Cache-Control", "no-store")
	}
	http.ServeContent(v.W, v.R, "", time.Time{}, bytes.NewReader(file.data))
	return nil
}
