package script_test

import (
	"testing"

	"github.com/greyshelf/greyshelf/internal/script"
)

func TestDirection(t *testing.T) {
	for tag, want := range map[string]string{
		"en": "ltr", "fr-CA": "ltr", "ru": "ltr", "zh-Hant": "ltr", "": "ltr", "no tag at all": "ltr", "und": "ltr",
		"ar": "rtl", "ar-EG": "rtl", "fa": "rtl", "ur": "rtl", "he": "rtl", "ps": "rtl", "dv": "rtl", "yi": "rtl", "az-Arab": "rtl", "pa-PK": "rtl", "ff-Adlm": "rtl",
		"ar-Latn": "ltr", "az": "ltr", "pa": "ltr",
	} {
		if got := script.Direction(tag); got != want {
			t.Errorf("%q is written %s, want %s", tag, got, want)
		}
	}
}
