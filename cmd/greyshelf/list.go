package main

import (
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/publish/list"
)

func (p *program) listCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "list [QUERY]",
		Short: "Write an annotated list: all reports, or those a query finds",
		Long: `Write reports as an annotated list. Without a query every published report in
order of arrival, without limit; with one, the reports that it finds, best
first. Entries that were imported keep their own layout.`,
		Example: `  greyshelf list
  greyshelf list --format markdown 'publisher:oxfam year:2012..'
  greyshelf list --output digest.txt`,
	}
	asJSON := jsonFlag(c)
	format := c.Flags().String("format", "seed", "form of the list: "+strings.Join(list.Formats(), ", "))
	output := c.Flags().String("output", "", "write to this file instead of standard output")
	c.RunE = func(c *cobra.Command, args []string) error {
		if *asJSON {
			*format = "json"
		}
		l, err := p.open(c, false)
		if err != nil {
			return err
		}
		defer l.Close()
		reports := l.Listed(c.Context(), strings.Join(args, " "))
		if *output == "" {
			return list.Write(p.out, *format, reports, list.Options{})
		}
		return writeFile(*output, func(w io.Writer) error {
			return list.Write(w, *format, reports, list.Options{FinalNewline: true})
		})
	}
	return c
}

// writeFile writes a file whole or not at all.
func writeFile(path string, write func(io.Writer) error) error {
	file, err := os.CreateTemp(dirOf(path), ".greyshelf-*")
	if err != nil {
		return greyshelf.E(greyshelf.Unavailable, "write", path, err)
	}
	defer os.Remove(file.Name())
	if err := write(file); err != nil {
		file.Close()
		return err
	}
	for _, step := range []func() error{file.Sync, file.Close, func() error { return os.Chmod(file.Name(), 0o644) }, func() error { return os.Rename(file.Name(), path) }} {
		if err := step(); err != nil {
			return greyshelf.E(greyshelf.Unavailable, "write", path, err)
		}
	}
	return nil
}
