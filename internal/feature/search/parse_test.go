package search_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/meantime/internal/feature/search"
)

func word(tokens ...string) search.Term { return search.Term{Tokens: tokens} }

func begin(tokens ...string) search.Term { return search.Term{Tokens: tokens, Prefix: true} }

func terms(t ...search.Term) []search.Term { return t }

func TestParse(t *testing.T) {
	cases := []struct {
		name, in string
		want     search.Query
	}{
		{"nothing", "", search.Query{}},
		{"spaces alone", " \t\n ", search.Query{}},
		{"the last word may go on", "release train", search.Query{Words: terms(word("release"), begin("train"))}},
		{"unless a space ends it", "release train ", search.Query{Words: terms(word("release"), word("train"))}},
		{"a star says so", "rel* train ", search.Query{Words: terms(begin("rel"), word("train"))}},
		{"case and accents fold", "CAFÉ Straße ", search.Query{Words: terms(word("cafe"), word("strasse"))}},
		{"a phrase", `"four day train"`, search.Query{Words: terms(word("four", "day", "train"))}},
		{"a word with marks is a phrase", "four-day ", search.Query{Words: terms(word("four", "day"))}},
		{"an open quote", `"four day`, search.Query{Words: terms(begin("four", "day"))}},
		{"names", "from:@Ana in:#product owed:me ", search.Query{From: "ana", In: "product", Owed: "me"}},
		{"keys as phones write them", "From:Ana x ", search.Query{From: "ana", Words: terms(word("x"))}},
		{"a day", "before:2026-10-05 x ", search.Query{Before: "2026-10-05", Words: terms(word("x"))}},
		{"a day that is none", "before:yesterday x ", search.Query{Strange: []string{"before:yesterday"}, Words: terms(word("x"))}},
		{"a key without a value is a word", "from: x ", search.Query{Words: terms(word("from"), word("x"))}},
		{"an unknown key is a phrase", "https://a.example ", search.Query{Words: terms(word("https", "a", "example"))}},
		{"operators are words", "a AND b OR NOT c NEAR(d) ", search.Query{Words: terms(word("a"), word("and"), word("b"), word("or"), word("not"), word("c"), word("near", "d"))}},
		{"marks alone", `" ' ) ( * ^ - + & | ! : \ %`, search.Query{}},
		{"control characters part words", "a\x00b from:a\x00na ", search.Query{From: "a", Words: terms(word("a"), word("b"), word("na"))}},
		{"broken letters part words", "a\xffb ", search.Query{Words: terms(word("a"), word("b"))}},
		{"more than anybody means", strings.Repeat("x ", 100), search.Query{Words: terms(many(24)...)}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, search.Parse(c.in)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func many(n int) (out []search.Term) {
	for range n {
		out = append(out, word("x"))
	}
	return out
}

func FuzzParse(f *testing.F) {
	f.Add(`from:"ana" "x y* before:2026-01-01`)
	f.Fuzz(func(t *testing.T, s string) {
		for _, w := range search.Parse(s).Words {
			for _, token := range w.Tokens {
				if strings.ContainsAny(token, "\"'\\ \x00*:") {
					t.Errorf("%q gives the token %q", s, token)
				}
			}
		}
	})
}
