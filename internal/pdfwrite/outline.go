package pdfwrite

import (
	"fmt"
	"strings"
)

// node is an outline item with its neighbours, as indexes; -1 for none.
type node struct {
	parent, prev, next, first, last, count int
}

// writeOutline writes the outline and gives the number of its root object
// (§12.3.3, tables 152 and 153).
func (d *Document) writeOutline(w *writer, pages []int) int {
	nodes, top := neighbours(d.Outline)
	root := w.reserve()
	refs := make([]int, len(nodes))
	for i := range nodes {
		refs[i] = w.reserve()
	}
	for i, n := range nodes {
		parent := root
		if n.parent >= 0 {
			parent = refs[n.parent]
		}
		var b strings.Builder
		fmt.Fprintf(&b, "<< /Title %s /Parent %d 0 R /Dest [%d 0 R /XYZ null null null]", TextString(d.Outline[i].Title), parent, pages[d.Outline[i].Page-1])
		writeLink(&b, "Prev", n.prev, refs)
		writeLink(&b, "Next", n.next, refs)
		writeLink(&b, "First", n.first, refs)
		writeLink(&b, "Last", n.last, refs)
		if n.count > 0 {
			fmt.Fprintf(&b, " /Count -%d", n.count) // closed
		}
		w.object(refs[i], b.String()+" >>")
	}
	w.object(root, fmt.Sprintf("<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count %d >>", refs[top.first], refs[top.last], top.count))
	return root
}

func writeLink(b *strings.Builder, key string, to int, refs []int) {
	if to >= 0 {
		fmt.Fprintf(b, " /%s %d 0 R", key, refs[to])
	}
}

// neighbours turns levels into neighbours; top is the root's own view.
func neighbours(lines []Bookmark) (nodes []node, top node) {
	top = node{first: -1, last: -1}
	var path []int // the last item of each level
	for i, line := range lines {
		n := node{parent: -1, prev: -1, next: -1, first: -1, last: -1}
		path = path[:min(line.Level-1, len(path))]
		above := &top
		if len(path) > 0 {
			n.parent = path[len(path)-1]
			above = &nodes[n.parent]
		}
		n.prev = above.last
		if above.first < 0 {
			above.first = i
		}
		above.last = i
		above.count++
		nodes = append(nodes, n)
		if n.prev >= 0 {
			nodes[n.prev].next = i
		}
		path = append(path, i)
	}
	return nodes, top
}
