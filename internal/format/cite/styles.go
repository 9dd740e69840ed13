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
	c.plain("", c.authors(naming{withoutComma, "", 10, 7, true, false}))
	c.title(". ", c.titles(". ", upperFirst(c.words.in)))
	c.editors(". ")
	c.issuer(". ")
	c.plain(", ", c.date())
	c.accessed(". ")
	c.link(". ")
	c.stop()
}

// issuer writes series, number and publisher; nothing of a periodical.
func (c *citation) issuer(separator string) {
	if c.periodical() {
		return
	}
	c.plain(separator, c.item.CollectionTitle)
	c.plain(separator, string(c.item.Number))
	c.plain(separator, c.item.Publisher)
}

// chicagoNote is Chicago 14.23: commas, the page behind the date.
func chicagoNote(c *citation) {
	c.plain("", c.authors(naming{naturalWithoutComma, "", 3, 1, true, false}))
	c.title(", ", c.titles(", ", c.words.in))
	if c.periodical() {
		c.plain(", ", c.date())
	} else {
		c.plain(", ", string(c.item.Number))
		c.plain(" ", "("+joinComma(c.item.Publisher, c.date())+")")
	}
	c.plain(", ", c.locator)
	c.link(", ")
	c.stop()
}

// chicagoDateEntry is Chicago 15.6: the year behind the names, or behind the
// title where nobody is named (15.34).
func chicagoDateEntry(c *citation) {
	if who := c.who(naming{withoutComma, "", 10, 7, true, false}); who != "" {
		c.plain("", who)
		c.plain(". ", c.year())
		c.title(". ", c.titles(". ", upperFirst(c.words.in)))
	} else {
		c.title("", c.titles(". ", upperFirst(c.words.in)))
		c.plain(". ", c.year())
	}
	c.editors(". ")
	if !c.periodical() {
		c.plain(". ", c.item.CollectionTitle)
		c.plain(". ", string(c.item.Number))
		c.publisherOnce(". ")
	}
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
	if c.item.Number != "" && !c.periodical() {
		c.plain(" ", "("+string(c.item.Number)+")")
	}
	if c.item.Type == csl.TypeChapter && c.item.ContainerTitle != "" {
		c.plain(". ", upperFirst(c.words.in))
		c.italic(" ", c.item.ContainerTitle)
	} else {
		c.italic(". ", c.item.ContainerTitle)
	}
	c.editors(", ")
	if !c.periodical() {
		c.publisherOnce(". ")
	}
	c.stop()
	c.link(" ")
}

// mlaEntry is MLA 5.1: the elements of the template in their order.
func mlaEntry(c *citation) {
	c.words = c.words.dayFirst().shortMonths()
	c.plain("", c.authors(naming{firstInverted, "", 2, 1, true, false}))
	c.title(". ", c.titles(". ", ""))
	behind := ", "
	if !c.partOf() || c.item.ContainerTitle == "" {
		behind = ". "
	}
	if !c.periodical() {
		c.plain(behind, c.item.Publisher)
		behind = ", "
	}
	if c.item.Issued.EDTF() != "" {
		c.plain(behind, c.date()) // nothing stands for a date that is not known
		behind = ", "
	}
	c.link(behind)
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

// harvardEntry is Cite Them Right, "Reports": year in brackets, then address;
// the title comes first where nobody is named. Its quotation marks are single
// and hold no commas.
func harvardEntry(c *citation) {
	c.words = c.words.dayFirst()
	titles := titling{"‘", "’", ", ", c.words.in}
	if who := c.who(naming{closeInitials, "", 3, 1, false, false}); who != "" {
		c.plain("", who)
		c.plain(" ", "("+c.year()+")")
		c.title(" ", titles)
	} else {
		c.title("", titles)
		c.plain(" ", "("+c.year()+")")
	}
	if !c.periodical() {
		c.publisherOnce(". ")
	}
	if c.item.URL != "" || c.item.DOI != "" {
		c.plain(". ", upperFirst(c.words.at)+":")
		c.link(" ")
	}
	if day := c.words.day(c.item.Accessed.EDTF()); day != "" && c.item.DOI == "" {
		c.plain(" ", "("+upperFirst(strings.TrimSuffix(c.words.accessed, ":"))+": "+day+")")
	}
	c.stop()
}

// legalNote is in the manner of Bluebook rules 15.1 (two names, else et al.;
// page behind the title, publisher and date in brackets) and 16.5 (a
// periodical: "…, June 13, 2012, p. 34").
func legalNote(c *citation) {
	c.plain("", c.who(naming{natural, "&", 2, 1, false, false}))
	c.title(", ", titling{divide: ", ", in: c.words.in})
	if c.periodical() {
		c.plain(", ", c.date())
		c.page(", ")
	} else {
		c.plain(" ", c.locator)
		c.plain(" ", "("+joinComma(c.item.Publisher, c.date())+")")
	}
	c.link(", ")
	c.stop()
}

// unNote is in the manner of the UN Editorial Manual: publisher and date in
// brackets, "p." before the page, the address as a sentence of its own.
func unNote(c *citation) {
	c.words = c.words.dayFirst()
	c.plain("", c.authors(naming{natural, "", 3, 1, false, false}))
	c.title(", ", titling{"“", "”", ", ", c.words.in})
	if c.periodical() {
		c.plain(", ", c.date())
	} else {
		c.plain(", ", string(c.item.Number))
		c.plain(" ", "("+joinComma(c.item.Publisher, c.date())+")")
	}
	c.page(", ")
	if c.item.URL != "" || c.item.DOI != "" {
		c.plain(". ", upperFirst(c.words.at))
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
