package describe

import (
	"strings"
	"unicode/utf8"

	"github.com/greyshelf/greyshelf"
)

// knownBody is an entry of the authority list that ships with the program.
type knownBody struct {
	name  string // preferred form
	kind  string // "think tank", "parliament" …: the headings of words/bodies.txt
	place string // country code of the seat, EU, or empty
}

// repository is the kind of a body that hosts what others publish.
const repository = "repository"

// loadBodies reads the lines of words/bodies.txt; its head says how they are
// made. A form that two bodies have names neither.
func (k *knowledge) loadBodies(lines []string) {
	kind, shared := "", map[string]bool{}
	for _, line := range lines {
		if strings.HasPrefix(line, "[") {
			kind = strings.Trim(line, "[]")
			continue
		}
		forms := strings.Split(line, " | ")
		body := knownBody{name: forms[0], kind: kind}
		if place, found := strings.CutPrefix(forms[len(forms)-1], "@"); found {
			body.place, forms = place, forms[:len(forms)-1]
		}
		for _, form := range forms {
			key := bodyKey(form)
			if other, known := k.bodies[key]; known && other.name != body.name {
				shared[key] = true
			}
			k.bodies[key] = body
		}
	}
	for key := range shared {
		delete(k.bodies, key)
	}
}

// body gives the preferred form of a known body, or "".
func (k *knowledge) body(name string) string { return k.bodies[bodyKey(name)].name }

// bodyKind gives what kind of body a known one is, or "".
func (k *knowledge) bodyKind(name string) string { return k.bodies[bodyKey(name)].kind }

// looksLikeBody reports whether the name is a known body's or has a word that
// bodies have in their names.
func (k *knowledge) looksLikeBody(name string) bool {
	return k.body(name) != "" || greyshelf.LooksLikeBody(name)
}

// bodyKey is the form under which names of bodies are compared: folded, without
// article and quotation marks; an acronym keeps its capitals, so that "who" is
// no body.
func bodyKey(name string) string {
	name = strings.TrimSpace(strings.Trim(name, " .,;:|·•*©®™"))
	if isAcronymForm(name) {
		return name
	}
	return strings.TrimPrefix(strings.ReplaceAll(foldString(name), `"`, ""), "the ")
}

// isAcronymForm reports whether a form of a name counts only as written: up to
// eight signs, one word in capitals.
func isAcronymForm(name string) bool {
	return utf8.RuneCountInString(name) <= 8 && strings.ToUpper(name) == name && !strings.Contains(name, " ")
}
