package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/greyshelf/greyshelf/internal/app"
)

var update = flag.Bool("update", false, "write docs/commands.md anew")

// TestReference holds docs/commands.md to the program: go test
// ./cmd/greyshelf -run TestReference -update writes it anew.
func TestReference(t *testing.T) {
	const path = "../../docs/commands.md"
	got := reference()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("docs/commands.md is stale; run this test with -update\n%s", diff)
	}
}

// reference writes every command and configuration key as Markdown.
func reference() string {
	var b strings.Builder
	b.WriteString("# Commands\n\nMade from the program; `greyshelf help COMMAND` says the same. Every command takes `--library DIR` (environment `GREYSHELF_LIBRARY`, default `./library`). " +
		"The exit status is 0 when it is done, also when nothing was found; 1 when some inputs failed, each named on standard error; 2 for wrong use.\n")
	p := &program{in: strings.NewReader(""), out: io.Discard, err: io.Discard}
	for _, c := range p.root().Commands() {
		writeCommand(&b, c)
	}
	b.WriteString("\n# Configuration\n\nEach key can stand in `greyshelf.toml` in the library's folder, in the environment as `GREYSHELF_` and the key in capitals with `_` for `-`, " +
		"or as a flag of the commands that use it. A flag wins over the environment, that over the file.\n\n| key | what it sets |\n|---|---|\n")
	for _, key := range app.Keys() {
		fmt.Fprintf(&b, "| `%s` | %s |\n", key[0], key[1])
	}
	return b.String()
}

func writeCommand(b *strings.Builder, c *cobra.Command) {
	if c.Hidden {
		return
	}
	if c.HasSubCommands() {
		defer func() {
			for _, sub := range c.Commands() {
				writeCommand(b, sub)
			}
		}()
	}
	if !c.Runnable() {
		return
	}
	what := c.Long
	if what == "" {
		what = c.Short + "."
	}
	fmt.Fprintf(b, "\n## %s\n\n%s\n", strings.TrimSuffix(c.UseLine(), " [flags]"), what)
	if c.Example != "" {
		fmt.Fprintf(b, "\n```\n%s\n```\n", strings.Trim(c.Example, "\n"))
	}
	var flags []string
	c.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
		if f.Name != "help" {
			flags = append(flags, fmt.Sprintf("| `--%s` | %s |\n", f.Name, f.Usage))
		}
	})
	if len(flags) > 0 {
		fmt.Fprintf(b, "\n| flag | |\n|---|---|\n%s", strings.Join(flags, ""))
	}
}
