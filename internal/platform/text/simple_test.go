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
		"a **b** c", "**a**", "**a b**, c", "a **b", "a** b**", "**a**b", "a **b**: c", "a: b", "http: b", "a:", "a **b **c** d**", "**1. a** b", "***a***",
		"a **b***", "a **b** **c**", "a **b's** c", "a **b c d** e.", "**a** b **c**?", "a **.b**", "a **bé** c", "**1** a", "a **www.b** c", "a:**b**", "a **b.**",
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
