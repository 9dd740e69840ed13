// Command greyshelf is the one program of Greyshelf, the library of a research
// desk: it takes reports in, describes them from the document itself, finds
// every page, and serves and lists them. `greyshelf help` lists the commands.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}
