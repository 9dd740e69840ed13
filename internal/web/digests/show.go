package digests

import (
	"bytes"
	"context"
	"fmt"
	"mime"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/mail"
	"github.com/greyshelf/greyshelf/internal/publish/digest"
	"github.com/greyshelf/greyshelf/internal/publish/feed"
	"github.com/greyshelf/greyshelf/internal/publish/list"
	"github.com/greyshelf/greyshelf/internal/web/discovery"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

// formats gives the forms in which an issue can be had.
func formats() []string { return []string{"html", "text", "markdown", "seed", "docx", "pdf"} }

// Preview answers GET /digests/{issue}/{format}: the issue as it would be sent
// now.
func (p *Pages) Preview(v *site.Visit) error {
	if v.Digest == nil {
		return site.NotFound(v)
	}
	i, err := v.Digest.Issue(v.R.Context(), v.R.PathValue("issue"))
	if err != nil {
		return err
	}
	if i, err = v.Digest.Ready(v.R.Context(), i); err != nil {
		return err
	}
	return as(v, i, v.R.PathValue("format"))
}

// Form answers GET /d/{number}/{format}: an issue that was sent, in one of its
// forms.
func (p *Pages) Form(v *site.Visit) error {
	i, err := sent(v)
	if err != nil {
		return err
	}
	return as(v, i, v.R.PathValue("format"))
}

// sent gives the issue that the address names, once it was sent. Errors:
// NotFound.
func sent(v *site.Visit) (digest.Issue, error) {
	n, err := v.Number("number")
	if err == nil && v.Digest == nil {
		err = greyshelf.E(greyshelf.NotFound, "find the issue", "", nil)
	}
	if err != nil {
		return digest.Issue{}, err
	}
	return v.Digest.Numbered(v.R.Context(), n)
}

// mailPolicy lets the preview of a mail use the styles that stand in its tags,
// and the pictures of the site, and nothing else whatever.
const mailPolicy = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox allow-popups"

// as answers with the issue in the form.
func as(v *site.Visit, i digest.Issue, format string) error {
	doc, err := v.Digest.Document(v.R.Context(), i, base(v))
	if err != nil {
		return err
	}
	words := wordsOf(v, i)
	var out bytes.Buffer
	mediaType, ending := "text/plain; charset=utf-8", ""
	switch format {
	case "html":
		mediaType = "text/html; charset=utf-8"
		v.W.Header().Set("Content-Security-Policy", mailPolicy)
		html, err := digest.MailHTML(doc, words, mail.Ways{})
		if err != nil {
			return err
		}
		out.WriteString(html)
	case "text":
		out.WriteString(digest.MailText(doc, words, mail.Ways{}))
	case "markdown":
		err = digest.Markdown(&out, doc, words)
	case "seed":
		err = writeSeed(v.R.Context(), v, i, &out)
	case "docx":
		mediaType, ending = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"
		err = digest.DOCX(&out, doc.WithPictures(v.R.Context(), v.Library.Image), words, made(v, i))
	case "pdf":
		mediaType, ending = "application/pdf", ".pdf"
		err = digest.PDF(&out, doc.WithPictures(v.R.Context(), v.Library.Image), words, made(v, i))
	default:
		return site.NotFound(v)
	}
	if err != nil {
		return err
	}
	h := v.W.Header()
	h.Set("Content-Type", mediaType)
	h.Set("Cache-Control", "private, no-cache")
	if ending != "" {
		h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": fmt.Sprintf("digest-%d%s", i.Number, ending)}))
	}
	_, _ = v.W.Write(out.Bytes()) // the reader may have gone
	return nil
}

// made is the time that a document carries: the same issue is the same bytes.
func made(v *site.Visit, i digest.Issue) time.Time {
	if i.SentAt.IsZero() {
		return v.Now()
	}
	return i.SentAt
}

// wordsOf gives the words in the language of the issue.
func wordsOf(v *site.Visit, i digest.Issue) digest.Words { return Words(v.TextIn(i.Language)) }

// writeSeed writes the issue's entries as an annotated list.
func writeSeed(ctx context.Context, v *site.Visit, i digest.Issue, out *bytes.Buffer) error {
	reports, err := v.Digest.Listed(ctx, i)
	if err != nil {
		return err
	}
	return list.Write(out, list.Seed, func(yield func(greyshelf.Report, error) bool) {
		for _, r := range reports {
			if !yield(r, nil) {
				return
			}
		}
	}, list.Options{})
}

type issueView struct {
	Doc       digest.Document
	Issue     digest.Issue
	Direction string
	Canonical string
	Formats   []string
}

// Show answers GET /d/{number}: an issue that was sent.
func (p *Pages) Show(v *site.Visit) error {
	i, err := sent(v)
	if err != nil {
		return err
	}
	doc, err := v.Digest.Document(v.R.Context(), i, base(v))
	if err != nil {
		return err
	}
	view := issueView{Doc: doc, Issue: i, Direction: doc.Direction(), Canonical: base(v) + digest.Path(i.Number), Formats: formats()}
	return v.Show(p.issue, wordsOf(v, i).Headline(doc), view)
}

type archiveView struct {
	Issues []digest.Issue
	Mail   bool
}

// Archive answers GET /d: the issues that were sent.
func (p *Pages) Archive(v *site.Visit) error {
	all, err := published(v)
	if err != nil {
		return err
	}
	return v.Show(p.archive, v.Text.Get("digest.title"), archiveView{all, v.Post != nil})
}

// published gives the issues that were sent, the latest first.
func published(v *site.Visit) ([]digest.Issue, error) {
	if v.Digest == nil {
		return nil, nil
	}
	all, err := v.Digest.Issues(v.R.Context())
	var out []digest.Issue
	for _, i := range all {
		if i.State == digest.Sent {
			out = append(out, i)
		}
	}
	return out, err
}

// mostInFeed bounds the issues in the feed.
const mostInFeed = 30

// Feed answers GET /d/feed/{format}: the issues as a feed.
func (p *Pages) Feed(v *site.Visit) error {
	format := v.R.PathValue("format")
	if feed.MediaType(format) == "" || v.Digest == nil {
		return site.NotFound(v)
	}
	all, err := published(v)
	if err != nil {
		return err
	}
	self := base(v) + "/d/feed/" + format
	f := feed.Feed{ID: self, Self: self, Home: base(v) + "/d", Title: v.Text.Get("digest.feed"), About: v.Text.Get("digest.feed"), Language: v.Text.Tag}
	for _, i := range all[:min(len(all), mostInFeed)] {
		doc, err := v.Digest.Document(v.R.Context(), i, base(v))
		if greyshelf.KindOf(err) == greyshelf.Invalid {
			continue // everything in it was withdrawn since
		}
		if err != nil {
			return err
		}
		f.Items = append(f.Items, digest.FeedItem(i, doc, wordsOf(v, i)))
		if i.SentAt.After(f.Updated) {
			f.Updated = i.SentAt
		}
	}
	var b bytes.Buffer
	if err := feed.Write(&b, format, f); err != nil {
		return err
	}
	return discovery.Send(v, feed.MediaType(format), b.Bytes())
}
