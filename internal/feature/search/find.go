package search

import (
	"context"
	"html"
	"strconv"
	"strings"
	"unicode/utf8"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
	"example.org/meantime/internal/platform/web"
)

// Hit is one thing found.
type Hit struct {
	Kind          string // thread, post, person
	ID            id.ID
	Thread, Space id.ID
	Author        id.ID
	At            clock.Instant
	Title         string
	Excerpt       string // HTML of nothing but text and <mark>
	Concluded     bool
}

// Found is a page of hits: threads with a conclusion first, then by time, newest first.
type Found struct {
	Hits  []Hit
	Next  string
	Query Query
}

const pageMax = 50

// Find searches as the actor. after is the Next of the page before.
func (s *Service) Find(ctx context.Context, a actor.Actor, query, after string, limit int) (Found, error) {
	at, err := cursor(after)
	if err != nil {
		return Found{}, err
	}
	found, f, wanted, none, err := s.understand(ctx, a, query)
	if err != nil || none {
		return found, err
	}
	limit = pageOf(limit)
	rows, err := s.ranks(ctx, a, f, wanted, at, limit+1)
	if err != nil {
		return Found{}, err
	}
	if len(rows) > limit {
		rows = rows[:limit]
		found.Next = place{rank: rankOf(rows[limit-1]), doc: rows[limit-1].Doc}.String()
	}
	texts, err := s.texts(ctx, a.Workspace, rows)
	found.Hits = show(rows, texts, f.words)
	return found, err
}

func pageOf(limit int) int {
	if limit < 1 || limit > pageMax {
		return 20
	}
	return limit
}

// understand reads a query for the actor, whose index is at the head of the log by
// then; none says that nothing can be found.
func (s *Service) understand(ctx context.Context, a actor.Actor, query string) (found Found, f filter, wanted []group, none bool, err error) {
	if err := tooLong(query); err != nil {
		return found, f, nil, false, err
	}
	if err := s.catchUp(ctx, a.Workspace); err != nil {
		return found, f, nil, false, err
	}
	found = Found{Query: Parse(query), Hits: []Hit{}}
	if f, none, err = s.filter(ctx, a, found.Query); err != nil || none {
		return found, f, nil, none, err
	}
	wanted, none, err = s.expand(ctx, a.Workspace, f.words)
	return found, f, wanted, none, err
}

// ranks reads hits from a place on: first what is concluded, then the rest.
func (s *Service) ranks(ctx context.Context, a actor.Actor, f filter, wanted []group, at place, limit int) (rows []doc, err error) {
	x := sought{filter: f, workspace: a.Workspace, wanted: wanted, limit: limit}
	if s.db.Engine == db.Postgres && len(wanted) > 0 {
		return x.weighed(ctx, s.db, s.fewHits, at)
	}
	for rank := at.rank; rank < 2 && len(rows) < limit; rank++ {
		more, err := find(ctx, s.db, x.part(rank, at.doc, limit-len(rows)))
		if err != nil {
			return nil, err
		}
		rows = append(rows, more...)
		at.doc = 0
	}
	return rows, nil
}

// part is what is sought of one rank, from a place on.
func (s *sought) part(rank int, before int64, limit int) sought {
	part := *s
	part.concluded, part.before, part.limit = rank == 0, before, limit
	return part
}

// Texts are what things say, by their ids.
type Texts = map[id.ID]Text

func (s *Service) texts(ctx context.Context, workspace id.ID, rows []doc) (Texts, error) {
	refs := make([]Ref, 0, len(rows))
	for _, d := range rows {
		refs = append(refs, Ref{d.Kind, d.RefID})
	}
	return s.sources.Texts(ctx, s.db, workspace, refs)
}

// stands says that a hit has not gone, nor moved, in this very moment.
func stands(d doc, texts Texts) bool {
	t, ok := texts[d.RefID]
	return ok && t.Space == d.SpaceID
}

// show writes what was found and still stands.
func show(rows []doc, texts Texts, words []Term) []Hit {
	hits := make([]Hit, 0, len(rows))
	for _, d := range rows {
		if stands(d, texts) {
			t := texts[d.RefID]
			hits = append(hits, Hit{
				Kind: d.Kind, ID: d.RefID, Thread: t.Thread, Space: t.Space, Author: t.Author, At: t.At, Title: t.Title,
				Concluded: d.Concluded, Excerpt: excerpt(t.Body, words),
			})
		}
	}
	return hits
}

func rankOf(d doc) int {
	if d.Concluded {
		return 0
	}
	return 1
}

// place is where a page ended.
type place struct {
	rank int
	doc  int64
}

func (p place) String() string { return strconv.Itoa(p.rank) + "." + strconv.FormatInt(p.doc, 36) }

func cursor(s string) (place, error) {
	if s == "" {
		return place{}, nil
	}
	rank, num, ok := strings.Cut(s, ".")
	n, err := strconv.ParseInt(num, 36, 64)
	if !ok || err != nil || n < 0 || (rank != "0" && rank != "1") {
		return place{}, web.BadCursor("after")
	}
	return place{rank: int(rank[0] - '0'), doc: n}, nil
}

const (
	around  = 90 // letters kept before and after the first hit
	longest = 60 // letters shown of one word
)

// excerpt cuts the text around its first hit and marks the hits.
func excerpt(body string, words []Term) string {
	fields := strings.Fields(body)
	first := len(fields)
	marked := make([]bool, len(fields))
	for i, w := range fields {
		if hits(w, words) {
			marked[i] = true
			first = min(first, i)
		}
	}
	if first == len(fields) {
		first = 0
	}
	from, n := first, 0
	for from > 0 && n < around/2 {
		from--
		n += len(fields[from]) + 1
	}
	var b strings.Builder
	if from > 0 {
		b.WriteString("… ")
	}
	for i, n := from, 0; i < len(fields) && n < 2*around; i++ {
		n += len(fields[i]) + 1
		w := html.EscapeString(cut(fields[i]))
		if marked[i] {
			w = "<mark>" + w + "</mark>"
		}
		b.WriteString(w + " ")
	}
	return strings.TrimSpace(b.String())
}

func cut(word string) string {
	if utf8.RuneCountInString(word) <= longest {
		return word
	}
	return string([]rune(word)[:longest]) + "…"
}

func hits(word string, terms []Term) bool {
	for _, token := range text.Tokens(word) {
		for _, t := range terms {
			for i, want := range t.Tokens {
				last := i == len(t.Tokens)-1
				if token == want || (last && t.Prefix && strings.HasPrefix(token, want)) {
					return true
				}
			}
		}
	}
	return false
}
