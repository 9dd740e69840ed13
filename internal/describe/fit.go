package describe

import (
	"bytes"
	"fmt"
	"math"
	"sort"
	"strings"

	"github.com/greyshelf/greyshelf"
)

// Lesson is what one document whose truth is known teaches about the table of
// weights: how often the values of each method were right, and which blocks of
// the cover were the title.
type Lesson struct {
	methods map[string]tried
	blocks  []triedBlock
}

// tried counts the values of a method.
type tried struct{ right, all float64 }

// triedBlock is a block of the cover: the features that it has, and whether it
// is the title.
type triedBlock struct {
	features []string
	title    bool
}

// Learn looks at a document like [Describer.Describe], and lets right say
// whether a value is right and whether that is known at all. Of a field with
// one value only the best value of each method counts: that is the one which
// would be chosen.
func (d *Describer) Learn(doc *Document, right func(greyshelf.Finding) (is, known bool)) Lesson {
	s := newScene(doc, d.knowledge)
	lesson := Lesson{methods: map[string]tried{}}
	for _, finder := range finders() {
		for _, p := range bestOfMethods(finder(s)) {
			is, known := right(p.Finding)
			if _, fixed := d.knowledge.weights[p.Method]; !known || !fixed || p.Method == "cover-layout@1" {
				continue
			}
			t := lesson.methods[p.Method]
			t.all++
			if is {
				t.right++
			}
			lesson.methods[p.Method] = t
		}
	}
	for _, b := range s.coverBlocks(s.titleWitnesses()) {
		is, known := right(greyshelf.Finding{Field: greyshelf.FieldTitle, Value: b.text})
		if known {
			lesson.blocks = append(lesson.blocks, triedBlock{b.has, is})
		}
	}
	return lesson
}

// bestOfMethods drops what is never chosen and, of fields with one value, all
// but the best value of each method.
func bestOfMethods(found []proposal) []proposal {
	best := map[string]int{}
	var kept []proposal
	for _, p := range found {
		if p.never || p.Value == "" {
			continue
		}
		switch p.Field {
		case greyshelf.FieldCreator, greyshelf.FieldIdentifier, greyshelf.FieldAffiliation, greyshelf.FieldLanguage:
			kept = append(kept, p)
			continue
		}
		key := string(p.Field) + " " + p.Method
		i, seen := best[key]
		switch {
		case !seen:
			best[key] = len(kept)
			kept = append(kept, p)
		case before(p, kept[i]):
			kept[i] = p
		}
	}
	return kept
}

const (
	// belief is how many documents the confidence written in the table is worth
	// beside those that were looked at.
	belief = 10
	// stiffness holds the points of titles to those written in the table.
	stiffness = 4.0
	rounds    = 400
	step      = 2.0
)

// Fit gives the table of weights (in the form of words/weights.txt) that the
// lessons teach, beginning with the table that ships: the confidence of each
// method becomes the share of its values that was right, points of titles are
// fitted by logistic regression. What the lessons say nothing of stays.
func Fit(lessons []Lesson) []byte {
	k := loadKnowledge()
	methods := map[string]tried{}
	var blocks []triedBlock
	for _, l := range lessons {
		for m, t := range l.methods {
			sum := methods[m]
			methods[m] = tried{sum.right + t.right, sum.all + t.all}
		}
		blocks = append(blocks, l.blocks...)
	}
	for m, t := range methods {
		w := k.weights[m]
		w.confidence = min(certain, (t.right+belief*w.confidence)/(t.all+belief))
		k.weights[m] = w
	}
	k.points = fitPoints(k.points, blocks)
	return k.weightsTable()
}

// fitPoints fits the points by gradient descent on the log-loss, with a pull
// towards the points before.
func fitPoints(before map[string]float64, blocks []triedBlock) map[string]float64 {
	points := map[string]float64{}
	for name, v := range before {
		points[name] = v
	}
	if len(blocks) == 0 {
		return points
	}
	for range rounds {
		slope := map[string]float64{}
		for _, b := range blocks {
			sum := points["start"]
			for _, f := range b.features {
				sum += points[f]
			}
			miss := logistic(sum)
			if b.title {
				miss--
			}
			slope["start"] += miss
			for _, f := range b.features {
				slope[f] += miss
			}
		}
		for name := range before {
			points[name] -= step * (slope[name] + stiffness*(points[name]-before[name])) / float64(len(blocks))
		}
	}
	return points
}

// weightsTable writes the table in the form of words/weights.txt, by name.
func (k *knowledge) weightsTable() []byte {
	var b bytes.Buffer
	for _, name := range sortedNames(k.weights) {
		w := k.weights[name]
		fmt.Fprintf(&b, "%-21s %.2f  %s\n", name, w.confidence, w.meaning)
	}
	b.WriteString("[points]\n")
	for _, name := range sortedNames(k.points) {
		fmt.Fprintf(&b, "%-21s %4.1f  fitted\n", name, math.Round(k.points[name]*10)/10)
	}
	return b.Bytes()
}

func sortedNames[V any](m map[string]V) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, strings.Clone(name))
	}
	sort.Strings(names)
	return names
}
