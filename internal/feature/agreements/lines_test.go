package agreements

import (
	"strings"
	"testing"
)

// whole puts the lines of a comparison together again, without those of one side.
func whole(list []AgreementLine, without string) string {
	var out []string
	for _, l := range list {
		if l.Op != without {
			out = append(out, l.Text)
		}
	}
	return strings.Join(out, "\n")
}

func FuzzDiffKeepsBothTexts(f *testing.F) {
	f.Add("We are kind.\nWe write.", "We are kind.\nWe write well.\nAlways.")
	f.Add("", "a\n\nb\n")
	f.Add("a\nb\na\nb", "b\na")
	f.Fuzz(func(t *testing.T, was, is string) {
		if len(was)+len(is) > 4000 {
			return
		}
		list := diff(was, is)
		if got, want := whole(list, "+"), strings.Join(split(was), "\n"); got != want {
			t.Errorf("without what was added: %q, want %q", got, want)
		}
		if got, want := whole(list, "-"), strings.Join(split(is), "\n"); got != want {
			t.Errorf("without what was taken out: %q, want %q", got, want)
		}
	})
}

func TestDiffIsShort(t *testing.T) {
	changed := 0
	for _, l := range diff("one\ntwo\nthree\nfour", "one\n2\nthree\nfour\nfive") {
		if l.Op != " " {
			changed++
		}
	}
	if changed != 3 {
		t.Errorf("%d lines changed, want two for the second and one for the fifth", changed)
	}
	long := strings.Repeat("line\n", mostLines+1)
	if got := diff(long, "short"); len(got) != mostLines+2 {
		t.Errorf("a long page is shown as %d lines", len(got))
	}
}
