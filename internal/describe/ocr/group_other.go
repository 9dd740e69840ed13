//go:build !unix

package ocr

import "os/exec"

// asGroup does nothing: the process alone is killed here.
func asGroup(*exec.Cmd) {}

func killGroup(int) {}
