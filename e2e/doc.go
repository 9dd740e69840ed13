// Package e2e holds tests only: the program's demo, served as readers get it,
// in a real browser (Debian's chromium; make deps installs it).
package e2e
