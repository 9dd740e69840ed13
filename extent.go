package greyshelf

// Extent is the number of pages as printed and as a number: "81 pages" is 81,
// "pp. 34-40" is 7.
type Extent struct {
	Printed string `json:"printed,omitempty"`
	Pages   int    `json:"pages,omitempty"`
}

// Size is a file size as printed and in bytes: "268.20 KB", 1024-based where
// the program computes it, as printed where it was read.
type Size struct {
	Printed string `json:"printed,omitempty"`
	Bytes   int64  `json:"bytes,omitempty"`
}
