// Package search finds threads, posts and people that the reader may see. It
// keeps an index of its own beside the log: FTS5 on SQLite, tsvector on
// PostgreSQL, the same words in both, because words are cut and folded here.
package search

import (
	"context"
	"strings"
	"time"
	"unicode"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
)

// Name is the follower's name.
const Name = "search"

// Text is what there is to find about one thing.
type Text struct {
	Space, Thread, Author id.ID
	At                    clock.Instant
	Title, Body           string
	Concluded             bool // a thread with its conclusion: shown first
}

// Sources reads things as text; app fills it from the core. ok is false for
// what is gone.
type Sources interface {
	ThreadText(ctx context.Context, q db.Queryer, workspace, thread id.ID) (t Text, ok bool, err error)
	PostText(ctx context.Context, q db.Queryer, workspace, post id.ID) (t Text, ok bool, err error)
	PersonText(ctx context.Context, q db.Queryer, workspace, person id.ID) (t Text, ok bool, err error)
	// Imported lists what one event of an import brought.
	Imported(e event.Event) (threads, posts []id.ID, err error)
	// Person finds a person by handle, or "me"; Space finds a space by handle.
	Person(ctx context.Context, q db.Queryer, a actor.Actor, handle string) (id.ID, bool, error)
	Space(ctx context.Context, q db.Queryer, a actor.Actor, handle string) (id.ID, bool, error)
	// Owing lists the threads in which a person owes something that a reader may see.
	Owing(ctx context.Context, q db.Queryer, a actor.Actor, person id.ID) ([]id.ID, error)
	// Readable lists the spaces that the reader reads.
	Readable(ctx context.Context, q db.Queryer, a actor.Actor) ([]id.ID, error)
}

// Service answers searches.
type Service struct {
	db      *db.DB
	sources Sources
	catchUp func(ctx context.Context, workspace id.ID) error
}

// New makes the service. catchUp brings the index to the head of the log: a
// search begins with it, so what was said before it is found by it.
func New(d *db.DB, s Sources, catchUp func(context.Context, id.ID) error) *Service {
	return &Service{db: d, sources: s, catchUp: catchUp}
}

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

// filter is a Query with its names looked up.
type filter struct {
	words     []Term
	author    id.ID
	spaces    []id.ID
	threads   []id.ID        // nil: any
	before    *clock.Instant // nil: any
	people    bool           // people are among what is looked for
	concluded bool
}

func (s *Service) filter(ctx context.Context, a actor.Actor, q Query) (f filter, none bool, err error) {
	f.words = q.Words
	if f.spaces, err = s.sources.Readable(ctx, s.db, a); err != nil {
		return f, false, err
	}
	f.people = a.Role != actor.Guest && q.From == "" && q.In == "" && q.Owed == "" && q.Before == ""
	if q.From != "" {
		who, ok, err := s.sources.Person(ctx, s.db, a, q.From)
		if err != nil || !ok {
			return f, true, err
		}
		f.author = who
	}
	if q.In != "" {
		space, ok, err := s.sources.Space(ctx, s.db, a, q.In)
		if err != nil || !ok {
			return f, true, err
		}
		f.spaces = []id.ID{space}
	}
	if q.Owed != "" {
		who, ok, err := s.sources.Person(ctx, s.db, a, q.Owed)
		if err != nil || !ok {
			return f, true, err
		}
		if f.threads, err = s.sources.Owing(ctx, s.db, a, who); err != nil || len(f.threads) == 0 {
			return f, true, err
		}
	}
	if q.Before != "" {
		day, _ := time.Parse(time.DateOnly, q.Before)
		at := clock.At(day)
		f.before = &at
	}
	if len(f.words) == 0 && q.From == "" && q.In == "" && q.Owed == "" && q.Before == "" {
		return f, true, nil
	}
	return f, false, nil
}

func tooLong(s string) error {
	if len(s) > 500 {
		return fault.New(fault.Invalid, "query_too_long", "Search for at most 500 characters.").At("q")
	}
	return nil
}
