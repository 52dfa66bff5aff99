package search

import (
	"strings"
	"time"
	"unicode"

	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/text"
)

// Query is a search as understood.
type Query struct {
	Words   []Term // all must be there
	From    string // handle of an author
	In      string // handle of a space
	Owed    string // handle of somebody who owes something there
	Before  string // YYYY-MM-DD: only what is older
	Strange []string
}

// Term is a word, the beginning of a word, or a phrase.
type Term struct {
	Tokens []string // folded; more than one is a phrase
	Prefix bool     // the last token may go on
}

const maxTerms = 24

// Parse reads a search: words, "phrases", begin*, from: in: owed: before:. The
// last word may be unfinished, for those who are still typing.
func Parse(s string) Query {
	var q Query
	for i, part := range split(clean(s)) {
		key, value, _ := strings.Cut(part, ":")
		key = strings.ToLower(key) // phones begin with a capital
		switch value = strings.ToLower(strings.Trim(value, `"`)); {
		case i >= maxTerms:
			return q
		case key == "from" && value != "":
			q.From = strings.TrimPrefix(value, "@")
		case key == "in" && value != "":
			q.In = strings.TrimPrefix(value, "#")
		case key == "owed" && value != "":
			q.Owed = strings.TrimPrefix(value, "@")
		case key == "before" && value != "":
			if _, err := time.Parse(time.DateOnly, value); err != nil {
				q.Strange = append(q.Strange, part)
				continue
			}
			q.Before = value
		default:
			q.term(part)
		}
	}
	if n := len(q.Words); n > 0 && !strings.HasSuffix(s, " ") && !strings.HasSuffix(s, `"`) {
		q.Words[n-1].Prefix = true
	}
	return q
}

// clean takes out what no database takes: control characters and broken letters.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == unicode.ReplacementChar {
			return ' '
		}
		return r
	}, s)
}

func (q *Query) term(part string) {
	tokens := text.Tokens(part)
	if len(tokens) == 0 {
		return
	}
	q.Words = append(q.Words, Term{Tokens: tokens, Prefix: strings.HasSuffix(part, "*")})
}

// split cuts at spaces outside of quotes.
func split(s string) []string {
	var out []string
	var b strings.Builder
	quoted := false
	for _, r := range s {
		switch {
		case r == '"':
			quoted = !quoted
			b.WriteRune(r)
		case !quoted && unicode.IsSpace(r):
			if b.Len() > 0 {
				out = append(out, b.String())
				b.Reset()
			}
		default:
			b.WriteRune(r)
		}
	}
	if b.Len() > 0 {
		out = append(out, b.String())
	}
	return out
}

func tooLong(s string) error {
	if len(s) > 500 {
		return fault.New(fault.Invalid, "query_too_long", "Search for at most 500 characters.").At("q")
	}
	return nil
}
