package main

import (
	"os"

	"github.com/spf13/cobra"

	"github.com/greyshelf/greyshelf/internal/app"
)

// childProgram is the command by which this program starts itself to write
// into a PDF; nil where it does not know where it lies.
func childProgram() []string {
	program, err := os.Executable()
	if err != nil {
		return nil
	}
	return []string{program, "child", "embed"}
}

// childCommand is the other end of childProgram. It is not for people, so it is
// not listed.
func (p *program) childCommand() *cobra.Command {
	parent := &cobra.Command{Use: "child", Short: "Work in a process of its own, started by the program itself", Hidden: true}
	parent.AddCommand(&cobra.Command{
		Use: "embed", Short: "Write a record into a PDF, from standard input to standard output", Hidden: true, Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return app.EmbedChild(p.in, p.out) },
	})
	return parent
}
