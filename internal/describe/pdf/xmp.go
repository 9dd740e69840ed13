package pdf

// readXMP is filled in below.
func readXMP(data []byte) map[string][]string { return nil }
