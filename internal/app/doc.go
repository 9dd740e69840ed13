// Package app makes a running library out of a configuration. It is the only
// package that knows every backend and every stage: it opens them, hands them
// to each other, and runs the way of the data for one file after another.
//
// What it does not do: decide anything about reports (the stages do), speak
// HTTP pages (internal/web, internal/api) or read the command line
// (cmd/greyshelf).
package app
