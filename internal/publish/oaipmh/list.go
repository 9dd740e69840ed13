package oaipmh

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strconv"
	"time"

	"github.com/greyshelf/greyshelf"
	"github.com/greyshelf/greyshelf/internal/catalog"
	"github.com/greyshelf/greyshelf/internal/format/xmltree"
)

// token is where a list goes on (§3.5): what was asked and the last record
// that was given. Records are in the order of change, so one that changes in
// between comes again at the end and none is left out. Nothing is stored, so
// tokens outlive restarts and never expire.
type token struct {
	Verb   string `json:"v"`
	Prefix string `json:"p,omitempty"`
	Set    string `json:"s,omitempty"`
	From   string `json:"f,omitempty"`
	Until  string `json:"u,omitempty"`
	After  int64  `json:"a,omitempty"` // Updated in microseconds
	ID     string `json:"i,omitempty"`
	Cursor int    `json:"c"`
}

const (
	longestToken = 16 << 10
	sumLength    = 16
)

func badToken() error {
	return bad("badResumptionToken", "this resumption token was not given here; begin the list anew")
}

// seal is an HMAC with the library's secret (RFC 2104, SHA-256, its first half):
// a token that was made up, changed, or given by another repository is known.
func (p *Provider) seal(data []byte) []byte {
	mac := hmac.New(sha256.New, p.Key)
	mac.Write([]byte("oai-pmh " + p.Domain + "\n"))
	mac.Write(data)
	return mac.Sum(nil)[:sumLength]
}

func (p *Provider) writeToken(t token) string {
	data, _ := json.Marshal(t) // texts and numbers always have a JSON form
	return base64.RawURLEncoding.EncodeToString(append(p.seal(data), data...))
}

// readToken reads a token of this verb; false for any other text.
func (r request) readToken(text string) (token, bool) {
	var t token
	if len(text) > longestToken {
		return t, false
	}
	data, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || len(data) < sumLength || len(r.Key) == 0 || !hmac.Equal(r.seal(data[sumLength:]), data[:sumLength]) {
		return t, false
	}
	err = json.Unmarshal(data[sumLength:], &t)
	return t, err == nil && t.Verb == r.verb && t.Cursor > 0
}

// resumption writes the token of the next part; cursor counts what was given
// before this part.
func (p *Provider) resumption(next token, cursor int) xmltree.Node {
	return xmltree.Text("resumptionToken", p.writeToken(next)).With("cursor", strconv.Itoa(cursor))
}

// last ends a list that came in parts with an empty token.
func (r request) last(nodes []xmltree.Node, cursor int) []xmltree.Node {
	if cursor == 0 {
		return nodes
	}
	return append(nodes, xmltree.Element("resumptionToken").With("cursor", strconv.Itoa(cursor)))
}

// list answers ListIdentifiers and ListRecords (§4.3, §4.5).
func (r request) list() ([]xmltree.Node, error) {
	at := token{Verb: r.verb, Prefix: r.args["metadataPrefix"], Set: r.args["set"], From: r.args["from"], Until: r.args["until"]}
	if text, resumed := r.args["resumptionToken"]; resumed {
		var ok bool
		if at, ok = r.readToken(text); !ok {
			return nil, badToken()
		}
	}
	f, known := formatOf(at.Prefix)
	if !known {
		return nil, bad("cannotDisseminateFormat", "records cannot be had in this format")
	}
	filter, err := at.filter()
	if err != nil {
		return nil, err
	}
	filter.Limit = recordsPerPage + 1
	var nodes []xmltree.Node
	var last greyshelf.Report
	for report, err := range r.Shelf.Shown(r.ctx, filter) {
		if err != nil {
			return nil, err
		}
		if len(nodes) == recordsPerPage {
			next := at
			next.After, next.ID, next.Cursor = last.Updated.UnixMicro(), last.ID, at.Cursor+len(nodes)
			return append(nodes, r.resumption(next, at.Cursor)), nil
		}
		if last = report; r.verb == "ListIdentifiers" {
			nodes = append(nodes, r.header(report))
		} else {
			nodes = append(nodes, r.record(report, f))
		}
	}
	if len(nodes) == 0 {
		return nil, bad("noRecordsMatch", "no record matches")
	}
	return r.last(nodes, at.Cursor), nil
}

// filter gives what of the catalogue is asked for (§2.7.1).
func (t token) filter() (catalog.ShownFilter, error) {
	from, fromDay, ok1 := readStamp(t.From)
	until, untilDay, ok2 := readStamp(t.Until)
	if !ok1 || !ok2 || t.From != "" && t.Until != "" && fromDay != untilDay {
		return catalog.ShownFilter{}, bad("badArgument", "from and until are dates YYYY-MM-DD or both YYYY-MM-DDThh:mm:ssZ")
	}
	if t.From != "" && t.Until != "" && until.Before(from) {
		return catalog.ShownFilter{}, bad("badArgument", "until is before from")
	}
	f := catalog.ShownFilter{From: from}
	if t.Until != "" {
		f.Until = until.Add(time.Second)
		if untilDay {
			f.Until = until.AddDate(0, 0, 1)
		}
	}
	if t.Set != "" {
		if f.Group, ok1 = groupOf(t.Set); !ok1 {
			return f, bad("noRecordsMatch", "there is no such set")
		}
	}
	if t.Cursor > 0 {
		f.After = catalog.Place{Updated: time.UnixMicro(t.After).UTC(), ID: t.ID}
	}
	return f, nil
}

// readStamp reads a date in either granularity (§3.3); nothing is no bound.
func readStamp(text string) (at time.Time, day, ok bool) {
	if text == "" {
		return at, false, true
	}
	if at, err := time.Parse(time.DateOnly, text); err == nil {
		return at, true, true
	}
	at, err := time.Parse("2006-01-02T15:04:05Z", text)
	return at, false, err == nil && len(text) == 20
}
