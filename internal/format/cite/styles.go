package cite

import (
	"strings"

	"github.com/greyshelf/greyshelf/internal/format/csl"
	"github.com/greyshelf/greyshelf/internal/format/entry"
)

// form is a style: how it writes the entry of a list, and a note or what
// stands in the text.
type form struct{ entry, note func(*citation) }

// forms gives a style.
func forms(style Style) (form, bool) {
	switch style {
	case ChicagoNotes:
		return form{chicagoEntry, chicagoNote}, true
	case ChicagoAuthorDate:
		return form{chicagoDateEntry, inText("", " ", ", ", false)}, true
	case APA:
		return form{apaEntry, inText("&", ", ", ", ", true)}, true
	case MLA:
		return form{mlaEntry, mlaNote}, true
	case Harvard:
		return form{harvardEntry, inText("", ", ", ", ", true)}, true
	case Legal:
		return form{legalNote, legalNote}, true
	case UN:
		return form{unNote, unNote}, true
	case Seed:
		return form{seedLine, seedLine}, true
	}
	return form{}, false
}

// chicagoEntry is Chicago 14.220 (reports) with names as in 14.76: up to ten,
// else seven.
func chicagoEntry(c *citation) {
	c.plain("", c.authors(naming{firstInverted, "", 10, 7, true, false}))
	c.title(". ")
	c.editors(". ")
	c.plain(". ", c.item.CollectionTitle)
	c.plain(". ", string(c.item.Number))
	c.plain(". ", c.item.Publisher)
	c.plain(", ", c.date())
	c.accessed(". ")
	c.link(". ")
	c.stop()
}

// chicagoNote is Chicago 14.23: commas, the page behind the date.
func chicagoNote(c *citation) {
	c.plain("", c.authors(naming{natural, "", 3, 1, true, false}))
	c.title(", ")
	c.plain(", ", string(c.item.Number))
	c.plain(" ", "("+joinComma(c.item.Publisher, c.date())+")")
	c.plain(", ", c.locator)
	c.link(", ")
	c.stop()
}

// chicagoDateEntry is Chicago 15.6: the year behind the names.
func chicagoDateEntry(c *citation) {
	c.plain("", c.who(naming{firstInverted, "", 10, 7, true, false}))
	c.plain(". ", c.year())
	c.title(". ")
	c.editors(". ")
	c.plain(". ", c.item.CollectionTitle)
	c.plain(". ", string(c.item.Number))
	c.publisherOnce(". ")
	c.link(". ")
	c.stop()
}

// apaEntry is APA 10.4 (reports): "(Report No. …)" and the publisher only where
// it is not the author (9.29). It writes up to 20 names, else 19, an ellipsis
// and the last (9.8).
func apaEntry(c *citation) {
	c.plain("", c.who(naming{initials, "&", 20, 19, true, true}))
	if c.item.Publisher == "" && len(c.item.Author) == 0 {
		c.italic("", c.item.Title) // 9.12: the title in the place of the author
		c.plain(" ", "("+c.apaDate()+")")
	} else {
		c.plain(" ", "("+c.apaDate()+")")
		if c.partOf() && c.item.Type != csl.TypeSpeech {
			c.plain(". ", c.item.Title) // only the whole is in italics (9.19)
		} else {
			c.italic(". ", c.item.Title)
		}
	}
	if c.item.Number != "" {
		c.plain(" ", "("+string(c.item.Number)+")")
	}
	if c.item.Type == csl.TypeChapter && c.item.ContainerTitle != "" {
		c.plain(". ", upperFirst(c.words.in))
		c.italic(" ", c.item.ContainerTitle)
	} else {
		c.italic(". ", c.item.ContainerTitle)
	}
	c.editors(", ")
	c.publisherOnce(". ")
	c.stop()
	c.link(" ")
}

// mlaEntry is MLA 5.1: the elements of the template in their order.
func mlaEntry(c *citation) {
	c.plain("", c.authors(naming{firstInverted, "", 2, 1, true, false}))
	c.title(". ")
	c.plain(". ", c.item.Publisher)
	if c.item.Issued.EDTF() != "" {
		c.plain(", ", c.date()) // nothing stands for a date that is not known
	}
	c.link(", ")
	c.accessed(". ")
	c.stop()
}

// mlaNote is MLA 6.3: "(Berg 34)", without a year or a word for page.
func mlaNote(c *citation) {
	who := c.authors(naming{family, "", 2, 1, false, false})
	if who == "" {
		who = c.item.Title
	}
	c.plain("", "("+joinSpace(who, c.locator)+")")
}

// harvardEntry is Cite Them Right, "Reports": year in brackets, then address.
func harvardEntry(c *citation) {
	c.plain("", c.who(naming{initials, "", 3, 1, false, false}))
	c.plain(" ", "("+c.year()+")")
	c.title(" ")
	c.publisherOnce(". ")
	if c.item.URL != "" || c.item.DOI != "" {
		c.plain(". ", upperFirst(c.words.at)+":")
		c.link(" ")
	}
	if day := c.words.day(c.item.Accessed.EDTF()); day != "" && c.item.Type == csl.TypeWebpage {
		c.plain(" ", "("+c.words.accessed+" "+day+")")
	}
	c.stop()
}

// legalNote is in the manner of Bluebook rule 15.1: two names, else et al.;
// page behind the title, publisher and date in brackets.
func legalNote(c *citation) {
	c.plain("", c.who(naming{natural, "&", 2, 1, false, false}))
	c.title(", ")
	c.plain(" ", c.locator)
	c.plain(" ", "("+joinComma(c.item.Publisher, c.date())+")")
	c.link(", ")
	c.stop()
}

// unNote is in the manner of the UN Editorial Manual: publisher and year in
// brackets, "p." before the page.
func unNote(c *citation) {
	c.plain("", c.authors(naming{natural, "", 3, 1, false, false}))
	c.title(", ")
	c.plain(", ", string(c.item.Number))
	c.plain(" ", "("+joinComma(c.item.Publisher, c.date())+")")
	c.page(", ")
	if c.item.URL != "" || c.item.DOI != "" {
		c.plain(", ", c.words.at)
		c.link(" ")
	}
	c.stop()
}

// seedLine is the citation line of an annotated list, as package entry writes
// it: "Title. Publisher. Authors. Date."
func seedLine(c *citation) {
	e := entry.FromReport(csl.ToReport(c.item))
	if e.Date != "" && c.words.and != "and" {
		e.Date, e.DatePrinted = "", c.date()
	}
	e.Code = ""
	c.plain("", e.Title)
	behind := entry.Behind(e)
	if c.locator != "" && c.item.Issued.EDTF() != "" { // else it is the stop of a name
		behind = strings.TrimSuffix(behind, ".")
	}
	c.plain(". ", behind)
	c.page(", ")
	c.stop()
}

// inText is the bracket of an author-date style: up to two names (APA 8.17),
// year, page.
func inText(and, beforeYear, beforePage string, pageWord bool) func(*citation) {
	return func(c *citation) {
		who := c.who(naming{family, and, 2, 1, false, false})
		if who == "" {
			who = clean(c.item.Title)
		}
		if who == "" {
			beforeYear = ""
		}
		page := ""
		if c.locator != "" {
			page = beforePage + c.locator
			if pageWord {
				bare := citation{words: c.words, locator: c.locator}
				bare.page("")
				page = beforePage + bare.text()
			}
		}
		c.plain("", "("+who+beforeYear+c.year()+page+")")
	}
}
