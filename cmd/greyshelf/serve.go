package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/greyshelf/greyshelf/internal/app"
)

// serveFlags adds the flags that serve and demo share.
func serveFlags(c *cobra.Command) {
	c.Flags().String("listen", "127.0.0.1:8080", "address to listen on; without a host this computer's own, port 0 takes a free one")
	c.Flags().Bool("read-only", false, "no way to change the library; needed to listen on other than loopback addresses")
	c.Flags().Bool("private", false, "only people of the library, once they are signed in, may read it")
	c.Flags().String("base-path", "", "path under which a proxy shows the library, such as /reports")
	c.Flags().StringSlice("hosts", nil, "host names that a proxy passes on")
}

func (p *program) serveCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "serve",
		Short: "Serve the library to browsers",
		Long: `Serve the library. While it runs the other commands work on the same library.
Until there are accounts it listens on this computer only and takes changes
from this computer only; --read-only serves other addresses without any way to
change the library. The first start prints a link by which the first
administrator sets the accounts up; it works once.`,
		Example: `  greyshelf serve
  greyshelf serve --listen 0.0.0.0:80 --private
  greyshelf serve --listen 127.0.0.1:0
  greyshelf serve --listen 0.0.0.0:80 --read-only --hosts reports.example.org`,
		Args: cobra.NoArgs,
	}
	serveFlags(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		l, err := p.open(c, true)
		if err != nil {
			return err
		}
		defer l.Close()
		return l.Serve(c.Context(), p.announce(c, l))
	}
	return c
}

// announce gives what prints where the site is, once it answers; and the
// set-up link, while the library has no people.
func (p *program) announce(c *cobra.Command, l *app.Library) func(address string) {
	return func(address string) {
		fmt.Fprintf(p.out, "Greyshelf is at %s\n", address)
		secret, err := l.People.Setup(c.Context())
		switch {
		case err != nil:
			p.fail("accounts", err)
		case secret != "" && !l.Config.ReadOnly:
			fmt.Fprintf(p.out, "Until there are accounts, whoever sits at this computer may change the library.\nTo set accounts up, open %sinvitation/%s (it works once).\n", address, secret)
		}
	}
}

func (p *program) demoCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "demo",
		Short: "Make a library with sample reports and serve it",
		Long: `Make a library with sample reports in a new folder and serve it. The samples
are the handbook: reading them teaches the program. A second run opens the
library that the first one made.`,
		Example: `  greyshelf demo
  greyshelf demo --listen 127.0.0.1:0 --library /tmp/try`,
		Args: cobra.NoArgs,
	}
	serveFlags(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		if !c.Flags().Changed("library") {
			if err := c.Flags().Set("library", app.DemoDir); err != nil {
				return err
			}
		}
		return p.demo(c)
	}
	return c
}

func (p *program) demo(c *cobra.Command) error {
	config, err := app.LoadConfig(c.Flags())
	if err != nil {
		return err
	}
	config.Program = childProgram()
	if app.Exists(config.Library) {
		fmt.Fprintf(p.err, "Opening the library that an earlier run made in %s (delete the folder to begin anew).\n", config.Library)
	} else {
		fmt.Fprintf(p.err, "Making a library with sample reports in %s.\n", config.Library)
	}
	l, err := app.Open(c.Context(), config, true, p.log())
	if err != nil {
		return err
	}
	defer l.Close()
	err = l.FillDemo(c.Context(), func(done, total int, what string) {
		fmt.Fprintf(p.err, "  %2d of %d  %s\n", done, total, printable(what))
	})
	if err != nil {
		return err
	}
	return l.Serve(c.Context(), p.announce(c, l))
}
