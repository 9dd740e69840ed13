//go:build unix

package ocr

import (
	"os/exec"
	"syscall"
)

// asGroup makes the process the head of a group of its own, which is killed
// as a whole.
func asGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}

// killGroup ends what a process left behind in its group.
func killGroup(pid int) { _ = syscall.Kill(-pid, syscall.SIGKILL) } // most often there is nothing left
