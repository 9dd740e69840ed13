package htmltext

import "testing"

func TestPlain(t *testing.T) {
	for in, want := range map[string]string{
		"":                                   "",
		"no markup":                          "no markup",
		"<p>One</p><p>Two &amp; three</p>":   "One\nTwo & three",
		"<ul><li>a</li><li>b</li></ul>":      "a\nb",
		"<p>unclosed <b>bold":                "unclosed bold",
		"<![CDATA[x]]><!-- gone -->rest<":    "rest<",
		"&lt;script&gt; stays text&nbsp;now": "<script> stays text\u00a0now",
	} {
		if got := Plain(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
