// Package architecture holds tests only: who may import whom, which modules a
// package may use, names that are forbidden, sizes, and that every package and
// exported name is documented. The rules are those of ARCHITECTURE.md.
package architecture
