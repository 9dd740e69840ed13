package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/greyshelf/greyshelf/internal/app"
)

func (p *program) initCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "init [DIR]",
		Short: "Make an empty library",
		Long:  "Make an empty library in DIR (default: --library), and prepare the reading engine so that the first report is read at once.",
		Example: `  greyshelf init
  greyshelf init /srv/reports`,
		Args: cobra.MaximumNArgs(1),
	}
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) == 1 {
			if err := c.Flags().Set("library", args[0]); err != nil {
				return err
			}
		}
		config, err := app.LoadConfig(c.Flags())
		if err != nil {
			return err
		}
		made, err := app.Init(c.Context(), config, p.log())
		switch {
		case err != nil:
			return err
		case made:
			fmt.Fprintf(p.out, "Made an empty library in %s. Next: greyshelf add --library %s FOLDER\n", config.Library, config.Library)
		default:
			fmt.Fprintf(p.out, "There is a library in %s already; nothing was changed.\n", config.Library)
		}
		return nil
	}
	return c
}
