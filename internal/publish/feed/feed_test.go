package feed_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"html"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"
	"pgregory.net/rapid"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/publish/feed"
)

func sample() feed.Feed {
	at := time.Date(2026, 4, 22, 9, 30, 0, 0, time.FixedZone("", 7200))
	return feed.Feed{
		ID: "https://library.example/feed/atom", Title: "New on the <shelf>", About: "What is new & good", Language: "en",
		Home: "https://library.example/", Self: "https://library.example/feed/atom?page=2", First: "https://library.example/feed/atom",
		Previous: "https://library.example/feed/atom?page=1", Next: "https://library.example/feed/atom?page=3", Updated: at,
		Items: []feed.Item{{
			ID: "https://library.example/r/abc", URL: "https://library.example/r/abc", Title: "Who <owns> \x00the “wells” & 𝔘?", Summary: "One < two.\n\nThree & four.",
			Authors: []string{"Ada Writer", "Bea & Sons"}, Tags: []string{"Water & Law"}, Language: "en", Published: at, Updated: at.Add(time.Hour),
			File: "https://library.example/r/abc/f/1", MediaType: "application/pdf", Bytes: 1234,
		}, {ID: "https://library.example/r/none", URL: "https://library.example/r/none", Published: at, Updated: at}},
	}
}

// TestReadBack reads every format with a parser that is not ours (gofeed).
func TestReadBack(t *testing.T) {
	for _, format := range feed.Formats() {
		var b bytes.Buffer
		if err := feed.Write(&b, format, sample()); err != nil {
			t.Fatal(err)
		}
		got, err := gofeed.NewParser().Parse(&b)
		if err != nil {
			t.Fatalf("%s: %v", format, err)
		}
		if got.Title != "New on the <shelf>" || len(got.Items) != 2 || got.FeedLink != sample().Self {
			t.Errorf("%s: %q, %d items, %q", format, got.Title, len(got.Items), got.FeedLink)
			continue
		}
		i := got.Items[0]
		authors := len(i.Authors)
		if format == feed.RSS {
			authors = len(i.DublinCoreExt.Creator) // the parser's own list has the first only
		}
		if i.Title != "Who <owns> the “wells” & 𝔘?" || i.GUID != "https://library.example/r/abc" || i.Link != i.GUID || authors != 2 ||
			len(i.Categories) != 1 || len(i.Enclosures) != 1 || i.PublishedParsed == nil || !i.PublishedParsed.Equal(sample().Updated) {
			t.Errorf("%s: %+v", format, i)
		}
		if got.Items[1].Title != "[https://library.example/r/none]" {
			t.Errorf("%s: a report without a title is shown as %q", format, got.Items[1].Title)
		}
	}
}

// TestWellFormed: no text makes a feed that an XML parser refuses, and none
// leaves its element.
func TestWellFormed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := sample()
		text := rapid.String().Draw(t, "text")
		f.Title, f.Items[0].Title, f.Items[0].Summary, f.Items[0].Tags = text, text, text, []string{text}
		f.Items[0].Authors = []string{text}
		for _, format := range []string{feed.Atom, feed.RSS} {
			var b bytes.Buffer
			if err := feed.Write(&b, format, f); err != nil {
				t.Fatal(err)
			}
			entries := 0
			for d := xml.NewDecoder(&b); ; {
				token, err := d.Token()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatalf("%s: %v", format, err)
				}
				if e, ok := token.(xml.StartElement); ok && (e.Name.Local == "entry" || e.Name.Local == "item") {
					entries++
				}
			}
			if entries != 2 {
				t.Fatalf("%s: %d entries", format, entries)
			}
		}
	})
}

func TestUnknownFormat(t *testing.T) {
	if err := feed.Write(io.Discard, "gopher", sample()); greyshelf.KindOf(err) != greyshelf.Invalid {
		t.Error(err)
	}
}

// TestPassages: the passages that matched come as plain text with their pages,
// in each format; markup in them is text.
func TestPassages(t *testing.T) {
	f := feed.Feed{ID: "https://l.example.org/feed", Self: "https://l.example.org/feed", Home: "https://l.example.org/", Title: "T", Items: []feed.Item{{
		ID: "https://l.example.org/r/a", URL: "https://l.example.org/r/a", Title: "A", Summary: "Sum",
		Passages: []feed.Passage{{Where: "p. xii", Text: "the <b>well\r\n]]>\x00 & 𝒳", URL: "https://l.example.org/r/a/f/x/p/12"}, {Text: "of the record", URL: "https://l.example.org/r/a"}},
	}}}
	for _, format := range feed.Formats() {
		var b strings.Builder
		if err := feed.Write(&b, format, f); err != nil {
			t.Fatal(err)
		}
		got, err := gofeed.NewParser().ParseString(b.String())
		if err != nil {
			t.Fatal(err)
		}
		text := html.UnescapeString(strings.ReplaceAll(got.Items[0].Content+got.Items[0].Description, "<br>", "\n"))
		for _, want := range []string{"p. xii: the <b>well ]]> ", "& 𝒳\nhttps://l.example.org/r/a/f/x/p/12", "\n\nof the record\nhttps://l.example.org/r/a", "Sum"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: no %q in %q", format, want, text)
			}
		}
	}
}
