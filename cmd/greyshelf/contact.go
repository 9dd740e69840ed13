package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/app"
	"github.com/greyshelf/greyshelf/internal/publish/alert"
	"github.com/greyshelf/greyshelf/internal/publish/contact"
)

func (p *program) contactCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "contact", Short: "List, bring, show and erase those who are sent mail",
		Long: `List, bring, show and erase those who are sent issues of the digest and alerts.
Bring only people who said yes to you; everybody else subscribes on the site.`,
	}
	c.AddCommand(p.listContactsCommand(), p.importContactsCommand(), p.showContactCommand(), p.eraseContactCommand())
	return c
}

func (p *program) listContactsCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "list", Short: "List the contacts", Args: cobra.NoArgs,
		Example: "  greyshelf contact list --state active\n  greyshelf contact list --group press --json",
	}
	state := c.Flags().String("state", "", "only these: active, waiting, left, bounced")
	group := c.Flags().String("group", "", "only those of the group")
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		return p.withLibrary(c, func(l *app.Library) error {
			n := 0
			for one, err := range l.Contact.Contacts(c.Context()) {
				if err != nil {
					return err
				}
				if *state != "" && string(one.State) != *state || *group != "" && !slices.Contains(one.Groups, *group) {
					continue
				}
				n++
				one.Token = "" // it is the contact's own
				if *asJSON {
					err = p.printJSON(one)
				} else {
					_, err = fmt.Fprintf(p.out, "%s  %-8s %s  %s  %s\n", one.ID, one.State, printable(one.Email), printable(one.Name), printable(strings.Join(one.Groups, ", ")))
				}
				if err != nil {
					return err
				}
			}
			if n == 0 && !*asJSON {
				fmt.Fprintln(p.err, "No contacts. People subscribe at /subscribe; greyshelf contact import brings a list.")
			}
			return nil
		})
	}
	return c
}

func (p *program) importContactsCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "import FILE", Short: "Bring a list of people who said yes", Args: cobra.ExactArgs(1),
		Long: `Bring a list of people who said yes: CSV with a first row that names the columns
(email, name, groups, language, frequency), or an address a line; - reads from
standard input. Who is known keeps what is known; who has unsubscribed stays so.`,
		Example: "  greyshelf contact import readers.csv\n  greyshelf contact import --group press - < press.txt",
	}
	groups := c.Flags().StringSlice("group", nil, "put all of them into the group")
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		list, err := p.contactList(args[0])
		if err != nil {
			return err
		}
		return p.withLibrary(c, func(l *app.Library) error { return p.bringContacts(c.Context(), l, list, *groups, *asJSON) })
	}
	return c
}

// contactList reads a list from a file, or from standard input for "-".
func (p *program) contactList(name string) ([]contact.Listed, error) {
	in := io.NopCloser(p.in)
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, greyshelf.E(greyshelf.NotFound, "import contacts", name, err)
		}
		in = f
	}
	defer in.Close()
	return contact.ReadList(in)
}

func (p *program) bringContacts(ctx context.Context, l *app.Library, list []contact.Listed, groups []string, asJSON bool) error {
	bar := p.bar(len(list), "contacts")
	brought, err := l.Contact.Bring(ctx, list, groups, func(int) { _ = bar.Add(1) })
	_ = bar.Finish()
	if err != nil {
		return err
	}
	if asJSON {
		if err := p.printJSON(brought); err != nil {
			return err
		}
	} else {
		fmt.Fprintf(p.out, "%d added, %d known already, %d have unsubscribed before, %d could not be taken.\n", brought.Added, brought.Known, brought.Left, len(brought.Refused))
	}
	for _, line := range brought.Refused {
		fmt.Fprintln(p.err, printable(line))
	}
	if len(brought.Refused) > 0 {
		return errSomeFailed
	}
	return nil
}

func (p *program) showContactCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "show CONTACT", Short: "Give everything that is known of a contact, as JSON", Args: cobra.ExactArgs(1),
		Example: "  greyshelf contact show ada@example.org",
	}
	c.RunE = func(c *cobra.Command, args []string) error {
		return p.withContact(c, args[0], func(l *app.Library, one contact.Contact) error {
			one.Token = ""
			known, err := alert.KnownOf(c.Context(), l.Catalog, one)
			if err != nil {
				return err
			}
			return p.printJSON(known)
		})
	}
	return c
}

func (p *program) eraseContactCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "erase CONTACT", Short: "Erase everything that is known of a contact", Args: cobra.ExactArgs(1),
		Long:    "Erase everything that is known of a contact. What it was sent stays counted, without its address. This cannot be undone.",
		Example: "  greyshelf contact erase ada@example.org",
	}
	c.RunE = func(c *cobra.Command, args []string) error {
		return p.withContact(c, args[0], func(l *app.Library, one contact.Contact) error {
			if err := l.Contact.Erase(c.Context(), one.ID); err != nil {
				return err
			}
			_, err := fmt.Fprintf(p.out, "Everything known of %s is erased.\n", printable(one.Email))
			return err
		})
	}
	return c
}

// withContact gives do the contact with the identifier or address.
func (p *program) withContact(c *cobra.Command, name string, do func(*app.Library, contact.Contact) error) error {
	return p.withLibrary(c, func(l *app.Library) error {
		one, err := l.Contact.Contact(c.Context(), name)
		if greyshelf.KindOf(err) == greyshelf.NotFound {
			one, err = l.Contact.ByEmail(c.Context(), name)
		}
		if err != nil {
			return err
		}
		return do(l, one)
	})
}
