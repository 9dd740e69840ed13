package curate

import (
	"cmp"
	"encoding/json"
	"slices"
)

// sort of list: how members are told apart, and whether their order says
// something.
type listing struct {
	name    string // key of a member that names it; "" where a member is its own name
	ordered bool
	apart   string // key by which members of an ordered list stand in orders of their own
}

// listings are the fields that are lists.
var listings = map[string]listing{
	"agents":          {name: "name", ordered: true, apart: "role"},
	"languages":       {ordered: true},
	"editions":        {name: "id", ordered: true},
	"headings":        {name: "label"},
	"identifiers":     {},
	"relations":       {},
	"parallel_titles": {},
}

func isList(field string) bool { _, ok := listings[field]; return ok }

// becomes is what one person made of a list: of each member of the base, and
// what came before each and after the last.
type becomes struct {
	member []string   // its new form; "" where it was taken out
	before [][]string // one more than members
}

// mergeList merges two new forms of a list over the one that both had. Members
// that one of them took out, changed or put in are so in the result; false
// where both did something to the same member, put different ones in the same
// place of an ordered list, or would make a double.
func mergeList(field string, base, mine, theirs json.RawMessage) (json.RawMessage, bool) {
	kind := listings[field]
	was, a, b := members(base), members(mine), members(theirs)
	toMine, toTheirs := kind.follow(was, a), kind.follow(was, b)
	var merged []string
	for i := 0; i <= len(was); i++ {
		put, ok := kind.putIn(toMine.before[i], toTheirs.before[i])
		if !ok {
			return nil, false
		}
		merged = append(merged, put...)
		if i == len(was) {
			break
		}
		member, ok := kind.mergeMember(field, was[i], toMine.member[i], toTheirs.member[i])
		if !ok {
			return nil, false
		}
		if member != "" {
			merged = append(merged, member)
		}
	}
	return kind.written(merged, a, b)
}

// written gives the list as JSON. A double that neither list had is taken out
// where order does not matter; else the two do not go together.
func (kind listing) written(merged, a, b []string) (json.RawMessage, bool) {
	seen := map[string]bool{}
	once := merged[:0:0]
	for _, m := range merged {
		name := kind.nameOf(m)
		double := seen[name] && count(a, m) < 2 && count(b, m) < 2
		switch {
		case double && kind.ordered:
			return nil, false
		case double && kind.name != "" && !slices.Contains(once, m):
			return nil, false // the same thing described in two ways
		case double:
			continue
		}
		seen[name] = true
		once = append(once, m)
	}
	if len(once) == 0 {
		return json.RawMessage("null"), true
	}
	raw := make([]json.RawMessage, len(once))
	for i, m := range once {
		raw[i] = json.RawMessage(m)
	}
	data, err := json.Marshal(raw)
	return data, err == nil
}

func count(list []string, member string) int {
	n := 0
	for _, m := range list {
		if m == member {
			n++
		}
	}
	return n
}

// mergeMember puts together what two people made of one member.
func (kind listing) mergeMember(field, was, mine, theirs string) (string, bool) {
	switch {
	case mine == was || mine == theirs:
		return theirs, true
	case theirs == was:
		return mine, true
	case mine == "" || theirs == "" || parts[field] == nil:
		return "", false
	case kind.nameOf(mine) != kind.nameOf(was) || kind.nameOf(theirs) != kind.nameOf(was):
		return "", false
	}
	merged, ok := mergeParts(parts[field], json.RawMessage(was), json.RawMessage(mine), json.RawMessage(theirs))
	return string(merged), ok
}

// putIn puts together what two people put in one place. Where order says
// nothing it is that of the texts, so that it does not matter who was first.
func (kind listing) putIn(mine, theirs []string) ([]string, bool) {
	switch {
	case len(mine) == 0 || slices.Equal(mine, theirs):
		return theirs, true
	case len(theirs) == 0:
		return mine, true
	}
	if kind.ordered {
		for _, a := range mine {
			for _, b := range theirs {
				if kind.apart == "" || valueOf(a, kind.apart) == valueOf(b, kind.apart) {
					return nil, false
				}
			}
		}
	}
	both := slices.Concat(mine, theirs)
	slices.SortStableFunc(both, func(a, b string) int {
		if kind.ordered {
			return cmp.Compare(valueOf(a, kind.apart), valueOf(b, kind.apart))
		}
		return cmp.Compare(a, b)
	})
	return both, true
}

// follow finds what became of each member. Between members that stayed, a new
// one with the name of one that is gone is that one changed; of the others,
// the first new one takes the place of the first that is gone, and so on.
func (kind listing) follow(was, is []string) becomes {
	out := becomes{member: make([]string, len(was)), before: make([][]string, len(was)+1)}
	i, j := 0, 0
	for _, stays := range append(common(was, is), [2]int{len(was), len(is)}) {
		kind.between(&out, was, i, stays[0], is[j:stays[1]])
		if stays[0] < len(was) {
			out.member[stays[0]] = was[stays[0]]
		}
		i, j = stays[0]+1, stays[1]+1
	}
	return out
}

// between follows the members from to end, of which none stayed as it was, to
// the new ones at their place.
func (kind listing) between(out *becomes, was []string, from, end int, fresh []string) {
	at := make([]int, len(fresh)) // which member each new one is; -1 for none
	taken := map[int]bool{}
	for j, f := range fresh {
		at[j] = -1
		for i := from; i < end && kind.name != ""; i++ {
			if !taken[i] && kind.nameOf(was[i]) == kind.nameOf(f) {
				at[j], taken[i] = i, true
				break
			}
		}
	}
	next := from
	for j, f := range fresh {
		for next < end && taken[next] && at[j] < 0 {
			next++
		}
		if at[j] < 0 && next < end {
			at[j], taken[next] = next, true
		}
		if at[j] < 0 {
			out.before[end] = append(out.before[end], f)
			continue
		}
		out.member[at[j]] = f
	}
}

// common gives the places of members that stand in both lists in one order,
// as many as there are (longest common subsequence).
func common(a, b []string) [][2]int {
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	longest := make([][]int, len(a)-head+1)
	for i := range longest {
		longest[i] = make([]int, len(b)-head+1)
	}
	for i := len(a) - head - 1; i >= 0; i-- {
		for j := len(b) - head - 1; j >= 0; j-- {
			if a[head+i] == b[head+j] {
				longest[i][j] = longest[i+1][j+1] + 1
				continue
			}
			longest[i][j] = max(longest[i+1][j], longest[i][j+1])
		}
	}
	var pairs [][2]int
	for i := range head {
		pairs = append(pairs, [2]int{i, i})
	}
	for i, j := head, head; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			pairs = append(pairs, [2]int{i, j})
			i, j = i+1, j+1
		case longest[i+1-head][j-head] >= longest[i-head][j+1-head]:
			i++
		default:
			j++
		}
	}
	return pairs
}

// members reads a JSON list into the texts of its members; null is an empty
// one.
func members(data json.RawMessage) []string {
	var raw []json.RawMessage
	if json.Unmarshal(data, &raw) != nil {
		return nil
	}
	list := make([]string, len(raw))
	for i, m := range raw {
		list[i] = string(m)
	}
	return list
}

// nameOf gives what a member is called.
func (kind listing) nameOf(member string) string {
	if kind.name == "" {
		return member
	}
	return valueOf(member, kind.name)
}

func valueOf(member, key string) string { return string(object(json.RawMessage(member))[key]) }
