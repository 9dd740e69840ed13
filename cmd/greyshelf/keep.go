package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/app"
)

// The commands that keep a library: reindex, backup, restore, doctor, version.

func dirOf(path string) string { return filepath.Dir(path) }

func (p *program) reindexCommand() *cobra.Command {
	c := &cobra.Command{
		Use:     "reindex",
		Short:   "Make the search index anew from the catalogue",
		Long:    "Make the search index anew from the catalogue and the page texts. Nothing else is touched. Not while the library is served: the server rebuilds a missing or damaged index by itself.",
		Example: "  greyshelf reindex",
		Args:    cobra.NoArgs,
	}
	c.RunE = func(c *cobra.Command, _ []string) error {
		l, err := p.open(c, false)
		if err != nil {
			return err
		}
		defer l.Close()
		bar := p.bar(-1, "indexing")
		err = l.Reindex(c.Context(), func(done, total int) {
			bar.ChangeMax(total)
			_ = bar.Set(done)
		})
		_ = bar.Finish()
		if err != nil {
			return err
		}
		_, err = fmt.Fprintln(p.out, "The search index is made anew.")
		return err
	}
	return c
}

func (p *program) backupCommand() *cobra.Command {
	c := &cobra.Command{
		Use:     "backup FILE",
		Short:   "Write the whole library to one file",
		Long:    "Write the whole library to one file, also while it is served. The index and the cache are not in it: they are made again. The file must not exist yet.",
		Example: `  greyshelf backup /backup/reports-2026-11-22.zip`,
		Args:    cobra.ExactArgs(1),
	}
	c.RunE = func(c *cobra.Command, args []string) error {
		if _, err := os.Stat(args[0]); err == nil {
			return greyshelf.Errorf(greyshelf.Exists, "backup", args[0], "the file exists already; name a new one")
		}
		l, err := p.open(c, false)
		if err != nil {
			return err
		}
		defer l.Close()
		if err := writeFile(args[0], func(w io.Writer) error { return l.Backup(c.Context(), w) }); err != nil {
			return err
		}
		info, err := os.Stat(args[0])
		if err != nil {
			return greyshelf.E(greyshelf.Unavailable, "backup", args[0], err)
		}
		_, err = fmt.Fprintf(p.out, "Backed up %s to %s (%s).\n", l.Config.Library, args[0], greyshelf.FormatSize(info.Size()))
		return err
	}
	return c
}

func (p *program) restoreCommand() *cobra.Command {
	c := &cobra.Command{
		Use:     "restore FILE",
		Short:   "Make a library from a backup, in an empty folder",
		Example: "  greyshelf restore /backup/reports-2026-11-22.zip --library /srv/reports",
		Args:    cobra.ExactArgs(1),
	}
	c.RunE = func(c *cobra.Command, args []string) error {
		config, err := app.LoadConfig(c.Flags())
		if err != nil {
			return err
		}
		if err := app.Restore(c.Context(), config, args[0]); err != nil {
			return err
		}
		_, err = fmt.Fprintf(p.out, "Restored %s into %s.\n", args[0], config.Library)
		return err
	}
	return c
}

func (p *program) doctorCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "doctor",
		Short: "Check that the library is whole",
		Long: `Check the catalogue, read every file and compare it with its SHA-256, and look
for page texts that are missing. Nothing is changed. Exit status 1 when
something is wrong; each finding says what to do.`,
		Example: "  greyshelf doctor",
		Args:    cobra.NoArgs,
	}
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		l, err := p.open(c, false)
		if err != nil {
			return err
		}
		defer l.Close()
		health, err := l.Doctor(c.Context())
		if err != nil {
			return err
		}
		if *asJSON {
			err = p.printJSON(health)
		} else {
			for _, problem := range health.Problems {
				fmt.Fprintln(p.out, printable(problem))
			}
			_, err = fmt.Fprintf(p.out, "%d reports, %d files (%s) checked: %d problems.\n", health.Reports, health.Files, greyshelf.FormatSize(health.Bytes), len(health.Problems))
		}
		if err == nil && len(health.Problems) > 0 {
			return errSomeFailed
		}
		return err
	}
	return c
}

func (p *program) versionCommand() *cobra.Command {
	c := &cobra.Command{Use: "version", Short: "Print the version", Args: cobra.NoArgs}
	asJSON := jsonFlag(c)
	c.RunE = func(*cobra.Command, []string) error {
		v := app.Version()
		goVersion := "unknown"
		if info, ok := debug.ReadBuildInfo(); ok {
			goVersion = info.GoVersion
		}
		if *asJSON {
			return p.printJSON(struct {
				Version string `json:"version"`
				Go      string `json:"go"`
			}{v, goVersion})
		}
		_, err := fmt.Fprintf(p.out, "greyshelf %s (%s)\n", v, goVersion)
		return err
	}
	return c
}
