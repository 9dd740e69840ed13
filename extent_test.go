package greyshelf

import (
	"testing"
)

func TestExtentAndSize(t *testing.T) {
	for printed, want := range map[string]int{
		"81 pages": 81, "1 page": 1, "pp. 34-40": 7, "pp. 134–40": 7, "p. 12": 1, "1,024 pp.": 1024, "12 страниц": 12, "S. 3 - 5": 3,
		"٨١ صفحة": 81, "81p": 81, "pp.34-40": 7, "34 páginas": 34,
		"81": 0, "pages": 0, "pp. 40-34": 0, "xii pages": 0, "": 0, "-3 pages": 0, "12 Monkeys": 0, "99999999 pages": 0,
	} {
		if got, ok := ParseExtent(printed); got.Pages != want || ok != (want > 0) {
			t.Errorf("ParseExtent(%q) = %d, want %d", printed, got.Pages, want)
		}
	}
	for printed, want := range map[string]int64{
		"268.20 KB": 274637, "0.7 MB": 734003, "361.95 KB": 370637, "0,7 Mo": 734003, "512 bytes": 512, "1,234 KB": 1263616, "268KB": 274432,
		"1 GB": 1 << 30, "12,5 МБ": 13107200, "1,234.5 KB": 1264128,
		"MB": 0, "7": 0, "-1 MB": 0, "1e9 GB": 0, "0.0 MB": 0, "7 apples": 0, "NaN MB": 0, "99999999999999999999 GB": 0,
	} {
		if got, ok := ParseSize(printed); got.Bytes != want || ok != (want > 0) {
			t.Errorf("ParseSize(%q) = %d, want %d", printed, got.Bytes, want)
		}
	}
	for bytes, want := range map[int64]string{0: "", 1: "1 byte", 512: "512 bytes", 274637: "268.20 KB", 1048575: "1.00 MB", 1 << 20: "1.00 MB", 1436549: "1.37 MB", 5 << 30: "5.00 GB"} {
		if got := FormatSize(bytes); got != want {
			t.Errorf("FormatSize(%d) = %q, want %q", bytes, got, want)
		}
	}
	if FormatExtent(1) != "1 page" || FormatExtent(81) != "81 pages" || FormatExtent(0) != "" {
		t.Error("FormatExtent")
	}
}
