package site

import "github.com/greyshelf/greyshelf/internal/web/locale"

// TextIn gives the strings of the site in a language (BCP 47), or else in the
// fallback: for what is written in a language of its own, such as a mail.
func (s *Site) TextIn(language string) *locale.Text { return s.locales.For(language) }

// Languages gives the languages of the site (BCP 47), the fallback first.
func (s *Site) Languages() []string {
	var all []string
	for _, text := range s.locales.All() {
		all = append(all, text.Tag)
	}
	return all
}
