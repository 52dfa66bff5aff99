package search

import (
	"context"
	"html"
	"strconv"
	"strings"
	"unicode/utf8"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
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
	if err := tooLong(query); err != nil {
		return Found{}, err
	}
	at, err := cursor(after)
	if err != nil {
		return Found{}, err
	}
	if err := s.catchUp(ctx, a.Workspace); err != nil {
		return Found{}, err
	}
	found := Found{Query: Parse(query), Hits: []Hit{}}
	f, none, err := s.filter(ctx, a, found.Query)
	if err != nil || none {
		return found, err
	}
	if limit < 1 || limit > pageMax {
		limit = 20
	}
	var rows []doc
	for rank := at.rank; rank < 2 && len(rows) <= limit; rank++ {
		f.concluded = rank == 0
		more, err := find(ctx, s.db, a.Workspace, f, at.doc, limit+1-len(rows))
		if err != nil {
			return Found{}, err
		}
		rows = append(rows, more...)
		at.doc = 0
	}
	if len(rows) > limit {
		rows = rows[:limit]
		found.Next = place{rank: rankOf(rows[limit-1]), doc: rows[limit-1].Doc}.String()
	}
	for _, r := range rows {
		found.Hits = append(found.Hits, hit(r, f.words))
	}
	return found, nil
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
		return place{}, fault.New(fault.Invalid, "bad_cursor", "This page cannot be continued. Start the search anew.").At("after")
	}
	return place{rank: int(rank[0] - '0'), doc: n}, nil
}

func hit(d doc, words []Term) Hit {
	h := Hit{Kind: d.Kind, ID: d.RefID, Thread: d.ThreadID, Space: d.SpaceID, Author: d.AuthorID, At: clock.Instant(d.Doc), Title: d.Title, Concluded: d.Concluded}
	h.Excerpt = excerpt(d.Body, words)
	return h
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
