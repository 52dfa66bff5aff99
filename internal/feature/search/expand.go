package search

import (
	"context"
	"unicode/utf8"

	"example.org/meantime/internal/platform/id"
)

// group is a term as the engines are asked for it: a phrase whose last word is one
// of several.
type group struct {
	first  []string
	last   []string
	prefix bool // the last word may go on
}

// maxWords is into how many words a beginning of a word is taken apart. A beginning
// of more is left to the engine, which gathers all of its hits before the first.
const maxWords = 64

// expand takes beginnings of words apart into the words that begin so. none: there
// is no such word.
func (s *Service) expand(ctx context.Context, workspace id.ID, terms []Term) (out []group, none bool, err error) {
	for _, t := range terms {
		n := len(t.Tokens) - 1
		g := group{first: t.Tokens[:n], last: t.Tokens[n:], prefix: t.Prefix}
		if t.Prefix && utf8.RuneCountInString(t.Tokens[n]) > shortTerm {
			words, err := termsFrom(ctx, s.db, workspace, t.Tokens[n], maxWords+1)
			if err != nil || len(words) == 0 {
				return nil, true, err
			}
			if len(words) <= maxWords {
				g.last, g.prefix = words, false
			}
		}
		out = append(out, g)
	}
	return out, false, nil
}
