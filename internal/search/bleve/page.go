package bleve

import "slices"

// page gives the items from offset on, at most limit, in the order. It sorts
// no more of the list than it must. The list is reordered.
func page[T any](list []T, offset, limit int, order func(a, b T) int) []T {
	offset = min(max(offset, 0), len(list))
	end := min(offset+max(limit, 0), len(list))
	if end == offset {
		return nil
	}
	if end > len(list)/8 {
		slices.SortFunc(list, order)
		return list[offset:end]
	}
	heap := list[:end] // the worst of the best on top
	for i := end/2 - 1; i >= 0; i-- {
		sink(heap, i, order)
	}
	for i := end; i < len(list); i++ {
		if order(list[i], heap[0]) < 0 {
			heap[0], list[i] = list[i], heap[0]
			sink(heap, 0, order)
		}
	}
	slices.SortFunc(heap, order)
	return heap[offset:]
}

// sink moves the item at i down until none below it comes later in the order.
func sink[T any](heap []T, i int, order func(a, b T) int) {
	for {
		child := 2*i + 1
		if child >= len(heap) {
			return
		}
		if child+1 < len(heap) && order(heap[child], heap[child+1]) < 0 {
			child++
		}
		if order(heap[i], heap[child]) >= 0 {
			return
		}
		heap[i], heap[child] = heap[child], heap[i]
		i = child
	}
}
