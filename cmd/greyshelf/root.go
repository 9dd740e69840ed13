package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/app"
)

// errSomeFailed ends a command with status 1 when some inputs failed; each has
// been named on standard error already.
var errSomeFailed = errors.New("some inputs failed")

// program is what every command works with.
type program struct {
	in       io.Reader
	out, err io.Writer
}

// run runs the program with the arguments and gives its exit status.
func run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) int {
	p := &program{in: in, out: out, err: errs}
	root := p.root()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errs)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errSomeFailed):
		return 1
	}
	fmt.Fprintln(errs, "greyshelf:", err)
	var known *greyshelf.Error
	if errors.As(err, &known) {
		return known.Kind.ExitStatus()
	}
	fmt.Fprintln(errs, "Run `greyshelf help` to see how it is used.")
	return 2
}

func (p *program) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "greyshelf",
		Short: "The library of a research desk",
		Long: `Greyshelf makes, keeps and serves a library of policy reports: it reads each
report itself, finds every page, and writes the annotated list that a desk
sends out. Start with

  greyshelf demo        a library with sample reports, served on this computer
  greyshelf add FOLDER  your own PDFs
  greyshelf serve       the library in a browser`,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.NoArgs,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.PersistentFlags().String("library", "./library", "folder of the library (environment GREYSHELF_LIBRARY)")
	root.AddCommand(p.initCommand(), p.demoCommand(), p.addCommand(), p.describeCommand(), p.entryCommand(), p.importCommand(),
		p.listCommand(), p.searchCommand(), p.showCommand(), p.undoCommand(), p.redescribeCommand(), p.identifyCommand(), p.mergeCommand(), p.splitCommand(), p.serveCommand(), p.peopleCommand(), p.authorityCommand(), p.headingsCommand(), p.mcpCommand(), p.reindexCommand(),
		p.mailCommand(), p.digestCommand(), p.alertCommand(), p.backupCommand(), p.restoreCommand(), p.doctorCommand(), p.auditCommand(), p.queueCommand(), p.ruleCommand(), p.exportCommand(), p.statisticsCommand(), p.webhookCommand(), p.contactCommand(), p.versionCommand(), p.childCommand())
	return root
}

// open opens the library that the command's flags, the environment and the
// configuration file name.
func (p *program) open(c *cobra.Command, create bool) (*app.Library, error) {
	config, err := app.LoadConfig(c.Flags())
	if err != nil {
		return nil, err
	}
	config.Program = childProgram()
	return app.Open(c.Context(), config, create, p.log())
}

// log writes what goes wrong in the background, for operators.
func (p *program) log() *slog.Logger {
	return slog.New(slog.NewTextHandler(p.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
}

// jsonFlag adds the --json flag.
func jsonFlag(c *cobra.Command) *bool {
	return c.Flags().Bool("json", false, "print JSON, one object a line")
}

// printJSON prints a value as compact JSON on a line of its own.
func (p *program) printJSON(value any) error {
	encoder := json.NewEncoder(p.out)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

// fail names a failed input on standard error.
func (p *program) fail(input string, err error) {
	fmt.Fprintf(p.err, "greyshelf: %s: %s\n", printable(input), printable(greyshelf.ReasonOf(err)))
}

// printable makes text from outside safe for a terminal: control characters,
// which could move the cursor or hide text, become a question mark.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r == 0x2028 || r == 0x2029 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return '?'
		}
		return r
	}, text)
}

// terminal reports whether w is a terminal, where a progress bar makes sense.
func terminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}
