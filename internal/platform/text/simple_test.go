package text

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The short way gives what the long way gives, for whatever it takes.
func FuzzSimple(f *testing.F) {
	for _, s := range []string{
		"", "a", "Nothing of note, is it? (No; it isn't.)", "a  b", "a ", "www.example", "x www.example.org", "wWw.a.b", "1. one", "a.b.c", "été 東京 ok", "http", "a'b'c",
		"AT T", "a\u00a0b", "Ⅷ", "ﷺ", "xn--a", "example.com", "mailto", "(c) (tm)", "a...", "www..a", "_a", "a\n", "İ", "\u2028",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		short, ok := simple(s)
		if !ok {
			return
		}
		if diff := cmp.Diff(general(clean(s)), short); diff != "" {
			t.Errorf("%q: %s", s, diff)
		}
	})
}
