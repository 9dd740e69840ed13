package history

import (
	"encoding/json"
	"strings"

	"github.com/greyshelf/greyshelf"
)

// mostShown bounds the characters of a value in the history.
const mostShown = 20_000

// Readable writes a JSON value for people: texts as they are, lists a line per
// item, objects by their values.
func Readable(data json.RawMessage) string {
	var value any
	if err := json.Unmarshal(data, &value); err != nil {
		return string(data)
	}
	text := []rune(written(value))
	if len(text) > mostShown {
		return string(text[:mostShown]) + "…"
	}
	return string(text)
}

func written(value any) string {
	switch value := value.(type) {
	case nil:
		return ""
	case string:
		return value
	case []any:
		var parts []string
		for _, item := range value {
			parts = append(parts, written(item))
		}
		return strings.Join(parts, "\n")
	case map[string]any:
		return object(value)
	}
	data, err := json.Marshal(value)
	if err != nil {
		return ""
	}
	return string(data)
}

// object writes the parts that tell most, in the order in which people read.
func object(value map[string]any) string {
	var parts []string
	if text := written(value["kind"]); text != "" && value["name"] == nil {
		parts = append(parts, text) // of a relation
	}
	for _, key := range []string{"report", "title", "url", "scheme", "name", "label", "printed", "code", "statement", "holder", "access", "edtf", "role", "stated", "language", "pages", "bytes", "date", "sha256", "part", "files", "sensitivity", "requested_by", "reading"} {
		if text := written(value[key]); text != "" && (len(parts) == 0 || parts[len(parts)-1] != text) {
			parts = append(parts, text)
		}
	}
	if text := written(value["value"]); text != "" {
		parts = append(parts, text)
	}
	if value["review"] == true {
		parts = append(parts, string(greyshelf.ToReview))
	}
	return strings.Join(parts, " · ")
}
