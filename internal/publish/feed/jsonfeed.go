package feed

import "github.com/greyshelf/greyshelf/internal/format/xmltree"

// jsonFeed is a document of JSON Feed 1.1 (jsonfeed.org/version/1.1).
type jsonFeed struct {
	Version     string     `json:"version"`
	Title       string     `json:"title"`
	Home        string     `json:"home_page_url"`
	Self        string     `json:"feed_url"`
	Description string     `json:"description,omitempty"`
	Next        string     `json:"next_url,omitempty"`
	Language    string     `json:"language,omitempty"`
	Items       []jsonItem `json:"items"`
}

type jsonItem struct {
	ID          string           `json:"id"`
	URL         string           `json:"url"`
	Title       string           `json:"title"`
	Text        string           `json:"content_text"`
	Published   string           `json:"date_published,omitempty"`
	Modified    string           `json:"date_modified,omitempty"`
	Authors     []jsonAuthor     `json:"authors,omitempty"`
	Tags        []string         `json:"tags,omitempty"`
	Language    string           `json:"language,omitempty"`
	Attachments []jsonAttachment `json:"attachments,omitempty"`
}

type jsonAuthor struct {
	Name string `json:"name"`
}

type jsonAttachment struct {
	URL   string `json:"url"`
	Type  string `json:"mime_type"`
	Bytes int64  `json:"size_in_bytes,omitempty"`
}

func jsonOf(f Feed) jsonFeed {
	j := jsonFeed{
		Version: "https://jsonfeed.org/version/1.1", Title: xmltree.Clean(f.Title), Home: f.Home, Self: f.Self, Description: f.About, Next: f.Next,
		Language: f.Language, Items: []jsonItem{},
	}
	for _, i := range f.Items {
		item := jsonItem{ID: i.ID, URL: i.URL, Title: titled(i), Text: xmltree.Clean(i.whole()), Published: stamp(i.Published), Modified: stamp(i.Updated), Tags: i.Tags, Language: i.Language}
		for _, name := range i.Authors {
			item.Authors = append(item.Authors, jsonAuthor{name})
		}
		if i.File != "" {
			item.Attachments = []jsonAttachment{{i.File, i.MediaType, i.Bytes}}
		}
		j.Items = append(j.Items, item)
	}
	return j
}
