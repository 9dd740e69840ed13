// Package e2e holds tests only: the real program, started as its users start
// it, in a real browser. It stands outside the way of the data and stores
// nothing.
package e2e
