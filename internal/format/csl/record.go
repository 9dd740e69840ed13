package csl

import (
	"reflect"
	"slices"
	"strings"

	"github.com/greyshelf/greyshelf"
)

// record gives what of a report goes out with its item: the description, not
// what belongs to this library alone. The abstract stands in the item as it is.
func record(r greyshelf.Report) *greyshelf.Report {
	public := greyshelf.Report{
		Type: r.Type, Title: r.Title, Subtitle: r.Subtitle, ParallelTitles: r.ParallelTitles, Agents: slices.Clone(r.Agents),
		Date: r.Date, Headings: slices.Clone(r.Headings), Identifiers: r.Identifiers, Languages: r.Languages, Rights: r.Rights,
		Format: r.Format, Extent: r.Extent, Size: r.Size, URL: r.URL, Series: r.Series, Version: r.Version,
	}
	public.Rights.Access = "" // decided by this library
	for i := range public.Agents {
		public.Agents[i].Authority = ""
	}
	for i, h := range public.Headings {
		public.Headings[i] = greyshelf.Heading{Label: h.Label}
	}
	return &public
}

// recorded gives the report of an item that carries its record, if nothing of
// the item was changed since.
func recorded(item Item) (greyshelf.Report, bool) {
	if item.Custom == nil || item.Custom.Record == nil {
		return greyshelf.Report{}, false
	}
	r := *record(*item.Custom.Record)
	r.Abstract, r.State = item.Abstract, greyshelf.Draft
	again := FromReport(r, "")
	again.ID, again.Custom.Record = item.ID, nil
	if r.URL == "" {
		again.URL = item.URL // the library's own
	}
	custom := *item.Custom
	custom.Record = nil
	item.Custom = &custom
	return r, reflect.DeepEqual(again, item)
}

// rightsCode gives the code that a licence is, "" for other words.
func rightsCode(licence string) greyshelf.RightsCode {
	switch code := greyshelf.RightsCode(licence); {
	case code == greyshelf.PublicDomain, code == greyshelf.Copyright, code == greyshelf.AllRightsReserved, code == "cc0",
		strings.HasPrefix(licence, "cc-") && len(licence) < 40:
		return code
	}
	return ""
}
