package identify

// fewestCommon is how many other reports must have a passage before it is
// taken for the publisher's small print and not the report's own.
const fewestCommon = 3

// commonText gives the shingles of the new file's set that stand in several
// reports which are not this one by another sign: neither the title nor an
// identifier is the same, nor is most of it in the new text.
func commonText(now Known, size int, met []meeting) bitset {
	counts := make([]uint8, size)
	for _, m := range met {
		_, identified := sharedIdentifier(now.Report, m.report)
		if identified || m.whole.Title >= nearTitle || m.whole.OldInNew >= partText {
			continue
		}
		for i := range counts {
			if m.shared.has(i) && counts[i] < fewestCommon {
				counts[i]++
			}
		}
	}
	common := newBitset(size)
	for i, n := range counts {
		if n >= fewestCommon {
			common.add(i)
		}
	}
	return common
}
