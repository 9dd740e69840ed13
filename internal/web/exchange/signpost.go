package exchange

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/curate/authority"
	"github.com/greyshelf/greyshelf/internal/format/marc"
	"github.com/greyshelf/greyshelf/internal/publish/export"
	"github.com/greyshelf/greyshelf/internal/rights"
	"github.com/greyshelf/greyshelf/internal/web/discovery"
	"github.com/greyshelf/greyshelf/internal/web/site"
)

// Limits of what a Link header says; the link set says all. Servers between
// here and the reader refuse long headers.
const (
	mostAuthors = 10
	mostItems   = 20
	allAuthors  = 200
)

// signpost is a typed link (RFC 8288) of the FAIR Signposting profile.
type signpost struct {
	anchor, target, rel, mediaType, profile string
}

// Signpost sets the Link header of a report's page: the profile's level 1, and
// where the link set of level 2 is.
func Signpost(v *site.Visit, r greyshelf.Report) error {
	all, err := landing(v, r, mostAuthors, mostItems)
	if err != nil {
		return err
	}
	setLinks(v, append(all, sets(v, r)...))
	return nil
}

// SignpostFile sets the Link header of a file: the page that it belongs to, and
// its licence.
func SignpostFile(v *site.Visit, r greyshelf.Report, f greyshelf.File) {
	setLinks(v, append(content(v, r, f), sets(v, r)...))
}

// Linkset answers GET /r/{id}/linkset (application/linkset) and GET
// /r/{id}/linkset.json (application/linkset+json) with every typed link of the
// report, its files and its records (RFC 9264).
func Linkset(v *site.Visit) error {
	r, err := v.Report(rights.Record)
	if err != nil {
		return err
	}
	all, err := landing(v, r, allAuthors, len(r.Files()))
	if err != nil {
		return err
	}
	for _, f := range r.Files() {
		if v.May(r, rights.File) {
			all = append(all, content(v, r, f)...)
		}
	}
	page := address(v)(r.ID)
	for _, f := range export.Formats() {
		all = append(all, signpost{anchor: recordAddress(v, r, f.Name), target: page, rel: "describes", mediaType: "text/html"})
	}
	if strings.HasSuffix(v.R.URL.Path, ".json") {
		data, err := linksetJSON(all)
		if err != nil {
			return greyshelf.E(greyshelf.Internal, "write the link set", r.ID, err)
		}
		return discovery.Send(v, "application/linkset+json", data)
	}
	var lines []string
	for _, s := range all {
		lines = append(lines, s.header(true))
	}
	return discovery.Send(v, "application/linkset", []byte(strings.Join(lines, ",\n")+"\n"))
}

func recordAddress(v *site.Visit, r greyshelf.Report, format string) string {
	return v.Absolute(v.Link("/r/", url.PathEscape(r.ID), "/export/", format))
}

// landing gives the links of the report's page, files only where the reader may
// open them.
func landing(v *site.Visit, r greyshelf.Report, authors, items int) ([]signpost, error) {
	page := address(v)(r.ID)
	cite := page
	if doi := r.Identifier(greyshelf.DOI); doi != "" {
		cite = "https://doi.org/" + doi
	}
	all := []signpost{{target: cite, rel: "cite-as"}, {target: "https://schema.org/AboutPage", rel: "type"}, {target: "https://schema.org/Report", rel: "type"}}
	if licence := licenceOf(r); licence != "" {
		all = append(all, signpost{target: licence, rel: "license"})
	}
	named, err := authorAddresses(v, r, authors)
	if err != nil {
		return nil, err
	}
	for _, one := range named {
		all = append(all, signpost{target: one, rel: "author"})
	}
	if v.May(r, rights.File) {
		files := r.Files()
		for _, f := range files[:min(len(files), items)] {
			all = append(all, signpost{target: v.Absolute(v.FileLink(url.PathEscape(r.ID), f)), rel: "item", mediaType: f.MediaType})
		}
	}
	for _, f := range export.Formats() {
		all = append(all, signpost{target: recordAddress(v, r, f.Name), rel: "describedby", mediaType: f.MediaType, profile: profile(f.Name)})
	}
	for i := range all {
		all[i].anchor = page
	}
	return all, nil
}

// licenceOf gives the address of the licence, or of the mark of the public
// domain; "" for what has no address.
func licenceOf(r greyshelf.Report) string {
	if r.Rights.Code == greyshelf.PublicDomain {
		return "https://creativecommons.org/publicdomain/mark/1.0/"
	}
	return marc.LicenceURL(r.Rights.Code)
}

// content gives the links of a file.
func content(v *site.Visit, r greyshelf.Report, f greyshelf.File) []signpost {
	file := v.Absolute(v.FileLink(url.PathEscape(r.ID), f))
	all := []signpost{{anchor: file, target: address(v)(r.ID), rel: "collection", mediaType: "text/html"}}
	if licence := licenceOf(r); licence != "" {
		all = append(all, signpost{anchor: file, target: licence, rel: "license"})
	}
	return all
}

// sets says where the link sets are.
func sets(v *site.Visit, r greyshelf.Report) []signpost {
	at := v.Absolute(v.Link("/r/", url.PathEscape(r.ID), "/linkset"))
	return []signpost{{target: at, rel: "linkset", mediaType: "application/linkset"}, {target: at + ".json", rel: "linkset", mediaType: "application/linkset+json"}}
}

// authorAddresses gives what names the authors in the world: ORCID, ROR and
// the like, of those whose authority record says so.
func authorAddresses(v *site.Visit, r greyshelf.Report, most int) ([]string, error) {
	var all []string
	for _, a := range r.AgentsWith(greyshelf.Author) {
		if a.Authority == "" || len(all) == most {
			continue
		}
		record, _, err := authority.Get(v.R.Context(), v.Catalog, a.Authority)
		if greyshelf.KindOf(err) == greyshelf.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, link := range record.Links {
			if at := authority.Address(link); site.SafeURL(at) != "" && !slices.Contains(all, at) {
				all = append(all, at)
				break
			}
		}
	}
	return all, nil
}

// setLinks sets the header, one field per link.
func setLinks(v *site.Visit, all []signpost) {
	for _, s := range all {
		v.W.Header().Add("Link", s.header(false))
	}
}

// header writes the link as RFC 8288 §3; in a link set with its anchor.
func (s signpost) header(anchored bool) string {
	text := "<" + reference(s.target) + `>; rel="` + s.rel + `"`
	if anchored {
		text += `; anchor="` + reference(s.anchor) + `"`
	}
	for _, p := range [][2]string{{"type", s.mediaType}, {"profile", s.profile}} {
		if p[1] != "" && !strings.ContainsFunc(p[1], func(c rune) bool { return c < ' ' || c > '~' || c == '"' || c == '\\' }) {
			text += "; " + p[0] + `="` + p[1] + `"`
		}
	}
	return text
}

// reference gives an address in which nothing can end the link.
func reference(address string) string {
	var b strings.Builder
	for _, c := range []byte(address) {
		if c <= ' ' || c >= 0x7f || strings.IndexByte("<>\"\\^`{|}", c) >= 0 {
			const digits = "0123456789ABCDEF"
			b.WriteString("%" + string(digits[c>>4]) + string(digits[c&15]))
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

// linksetJSON writes the links as RFC 9264 §4.2: one object per anchor, its
// relations as members.
func linksetJSON(all []signpost) ([]byte, error) {
	type target struct {
		Href    string   `json:"href"`
		Type    string   `json:"type,omitempty"`
		Profile []string `json:"profile,omitempty"` // an extension attribute: always an array (§4.2.4.3)
	}
	var order []string
	objects := map[string]map[string]any{}
	for _, s := range all {
		anchor := reference(s.anchor)
		if objects[anchor] == nil {
			order = append(order, anchor)
			objects[anchor] = map[string]any{"anchor": anchor}
		}
		one := target{Href: reference(s.target), Type: s.mediaType}
		if s.profile != "" {
			one.Profile = []string{s.profile}
		}
		before, _ := objects[anchor][s.rel].([]target)
		objects[anchor][s.rel] = append(before, one)
	}
	set := []map[string]any{}
	for _, anchor := range order {
		set = append(set, objects[anchor])
	}
	return json.MarshalIndent(map[string]any{"linkset": set}, "", "  ")
}
