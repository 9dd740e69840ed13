package web

import (
	"io/fs"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/greyshelf/greyshelf/internal/web/site"
)

// TestContrast checks every pair of colours that text stands in, in light and
// in dark, against WCAG 2.2 §1.4.3 (AA: at least 4.5 to 1).
func TestContrast(t *testing.T) {
	data, err := fs.ReadFile(site.Files(), "base.css")
	must(t, err)
	css := string(data)
	at := strings.Index(css, "prefers-color-scheme: dark")
	light := colours(css[:at])
	dark := colours(css[at:])
	for name, scheme := range map[string]map[string]string{"light": light, "dark": dark} {
		for _, pair := range []string{"ink/paper", "ink/sheet", "soft/paper", "soft/sheet", "accent/paper", "accent/sheet", "accent-ink/accent", "mark-ink/mark",
			"bad/paper", "bad/sheet", "good/sheet", "ink/warn", "ink/accent-soft", "accent/warn", "soft/accent-soft"} {
			text, ground, _ := strings.Cut(pair, "/")
			if ratio := contrast(t, scheme[text], scheme[ground]); ratio < 4.5 {
				t.Errorf("%s: %s has a contrast of %.2f", name, pair, ratio)
			}
		}
	}
}

// colours reads the custom properties that are colours.
func colours(css string) map[string]string {
	all := map[string]string{}
	for _, m := range regexp.MustCompile(`--([a-z-]+): #([0-9a-f]{6});`).FindAllStringSubmatch(css, -1) {
		all[m[1]] = m[2]
	}
	return all
}

// contrast gives the contrast ratio of two colours (WCAG 2.2, "contrast
// ratio").
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	if len(colour) != 6 {
		t.Fatalf("no colour: %q", colour)
	}
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(colour[2*i:2*i+2], 16, 8)
		must(t, err)
		c := float64(n) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}
