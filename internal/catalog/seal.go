package catalog

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/greyshelf/greyshelf"
)

// Seal gives the seal of a decision: SHA-256 (hexadecimal) over the seal of the
// decision before ("" for the first) and every value of this one.
func Seal(before string, d greyshelf.Decision) string {
	return SealOf(before, SealedValues(d))
}

// SealedValues gives every value of a decision in the order in which a seal
// goes over them.
func SealedValues(d greyshelf.Decision) []string {
	source := ""
	if d.Source != nil {
		data, _ := json.Marshal(d.Source) // texts and a number always have a JSON form
		source = string(data)
	}
	values := []string{fmt.Sprint(d.Seq), d.ID, d.At.UTC().Format(time.RFC3339Nano), d.Who, string(d.Method), d.Reason, d.Undoes, source}
	for _, c := range d.Changes {
		values = append(values, c.Report, c.Field, string(c.Before), string(c.After))
	}
	for _, c := range d.Records {
		values = append(values, c.Kind, c.ID, string(c.Before), string(c.After))
	}
	return values
}

// SealOf gives the seal over the seal before and values, each with its length
// before it, so that no two decisions give the same bytes.
func SealOf(before string, values []string) string {
	h := sha256.New()
	for _, v := range append([]string{before}, values...) {
		var length [8]byte
		binary.BigEndian.PutUint64(length[:], uint64(len(v)))
		_, _ = h.Write(length[:]) // a hash never fails
		_, _ = h.Write([]byte(v))
	}
	return hex.EncodeToString(h.Sum(nil))
}
