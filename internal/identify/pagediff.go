package identify

// PageChange says what became of one page of an edition.
type PageChange struct {
	Old  int     `json:"old,omitempty"` // page of the old file, from 1; 0 = the page is new
	New  int     `json:"new,omitempty"` // page of the new file, from 1; 0 = the page is gone
	Same float64 `json:"same"`          // shingles in both, of those in either: 1 = unchanged
}

const (
	mostDiffed = 600  // pages of either file
	samePage   = 0.30 // two pages that share less are not the same page
)

// PageDiff puts the pages of two editions side by side, in order: pages that
// share much of their text are one, the rest came or went. Of files with more
// than 600 pages the first 600 are looked at.
func PageDiff(old, now []string) []PageChange {
	a, b := pageSets(old), pageSets(now)
	both := sharedByPage(a, b)
	likeness := make([][]float64, len(a))
	for i := range a {
		likeness[i] = make([]float64, len(b))
		for j := range b {
			likeness[i][j] = pageLikeness(len(a[i]), len(b[j]), both[i][j])
		}
	}
	return align(likeness, len(a), len(b))
}

func pageSets(pages []string) [][]uint64 {
	var sets [][]uint64
	for _, p := range pages[:min(len(pages), mostDiffed)] {
		all, _ := words([]string{p})
		sets = append(sets, setOf(shingles(all)))
	}
	return sets
}

// sharedByPage counts the shingles that each page of a shares with each of b.
func sharedByPage(a, b [][]uint64) [][]int {
	where := map[uint64][]int{} // shingle → pages of b
	for j, set := range b {
		for _, h := range set {
			where[h] = append(where[h], j)
		}
	}
	both := make([][]int, len(a))
	for i, set := range a {
		both[i] = make([]int, len(b))
		for _, h := range set {
			for _, j := range where[h] {
				both[i][j]++
			}
		}
	}
	return both
}

func pageLikeness(a, b, both int) float64 {
	if a == 0 && b == 0 {
		return 1
	}
	return part(both, a+b-both)
}

// align finds the pairing of pages in order that shares most (the alignment of
// Needleman and Wunsch, 1970, without a price for gaps).
func align(likeness [][]float64, n, m int) []PageChange {
	best := make([][]float64, n+1)
	for i := range best {
		best[i] = make([]float64, m+1)
	}
	gain := func(i, j int) float64 {
		if likeness[i][j] < samePage {
			return -1
		}
		return likeness[i][j]
	}
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			best[i][j] = max(best[i+1][j], best[i][j+1], best[i+1][j+1]+gain(i, j))
		}
	}
	var changes []PageChange
	i, j := 0, 0
	for i < n || j < m {
		switch {
		case i < n && j < m && gain(i, j) >= 0 && best[i][j] == best[i+1][j+1]+gain(i, j):
			changes = append(changes, PageChange{Old: i + 1, New: j + 1, Same: likeness[i][j]})
			i, j = i+1, j+1
		case i < n && (j == m || best[i][j] == best[i+1][j]):
			changes = append(changes, PageChange{Old: i + 1})
			i++
		default:
			changes = append(changes, PageChange{New: j + 1})
			j++
		}
	}
	return changes
}
