package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/people"
	"github.com/greyshelf/greyshelf/internal/rights"
)

func (p *program) peopleCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "people",
		Short: "List, add and invite those who may sign in",
		Long: `List, add and invite the people of the library. The local command line acts as
administrator: it is also the way back in for who forgot a password.`,
		Example: `  greyshelf people
  greyshelf people add "Ada Writer" ada@example.org --role administrator
  greyshelf people invite ada@example.org`,
		Args: cobra.NoArgs,
	}
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, _ []string) error { return p.listPeople(c, *asJSON) }
	c.AddCommand(p.addPersonCommand(), p.invitePersonCommand())
	return c
}

func (p *program) listPeople(c *cobra.Command, asJSON bool) error {
	l, err := p.open(c, false)
	if err != nil {
		return err
	}
	defer l.Close()
	all, err := l.People.People(c.Context())
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	for _, person := range all {
		if asJSON {
			if err := p.printJSON(person); err != nil {
				return err
			}
			continue
		}
		state := ""
		if person.Disabled {
			state = "may not sign in"
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", printable(person.Name), printable(person.Email), person.Role, state)
	}
	if len(all) == 0 && !asJSON {
		fmt.Fprintln(p.err, "Nobody yet; add an administrator with `greyshelf people add NAME E-MAIL --role administrator`.")
	}
	return table.Flush()
}

func (p *program) addPersonCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "add NAME E-MAIL", Short: "Add somebody and print the link by which they choose a password",
		Example: `  greyshelf people add "Ada Writer" ada@example.org --role administrator`, Args: cobra.ExactArgs(2),
	}
	role := c.Flags().String("role", "", "member, librarian or administrator (default: the first person becomes administrator, others members)")
	c.RunE = func(c *cobra.Command, args []string) error {
		l, err := p.open(c, false)
		if err != nil {
			return err
		}
		defer l.Close()
		any, err := l.People.Any(c.Context())
		if err != nil {
			return err
		}
		person := people.Person{Name: args[0], Email: args[1], Role: rights.Member}
		if !any {
			person.Role = rights.Administrator
		}
		if *role != "" {
			known := false
			if person.Role, known = rights.ParseRole(*role); !known || person.Role == rights.Anonymous {
				return greyshelf.Errorf(greyshelf.Invalid, "add a person", *role, "the role is member, librarian or administrator")
			}
		}
		if person, err = l.People.Put(c.Context(), "local", person); err != nil {
			return err
		}
		return p.printInvitation(c, l.People, person)
	}
	return c
}

func (p *program) invitePersonCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "invite E-MAIL", Short: "Print a link by which somebody chooses a new password",
		Example: `  greyshelf people invite ada@example.org`, Args: cobra.ExactArgs(1),
	}
	c.RunE = func(c *cobra.Command, args []string) error {
		l, err := p.open(c, false)
		if err != nil {
			return err
		}
		defer l.Close()
		person, err := l.People.ByEmail(c.Context(), args[0])
		if err != nil {
			return err
		}
		return p.printInvitation(c, l.People, person)
	}
	return c
}

// printInvitation prints the path of the link: where the site is, only its
// operator knows.
func (p *program) printInvitation(c *cobra.Command, register *people.Register, person people.Person) error {
	secret, err := register.Invite(c.Context(), person.ID)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.err, "%s (%s): open this path of the site within seven days; it works once.\n", printable(person.Name), person.Role)
	_, err = fmt.Fprintf(p.out, "/invitation/%s\n", secret)
	return err
}
