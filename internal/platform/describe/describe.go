// Package describe says how a thing of any feature looks anywhere: in a digest,
// a mail, a search result. Each feature fills in its kinds; app puts the map
// together; those who show things look them up by kind and know no feature.
package describe

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Thing is what anybody needs to show something.
type Thing struct {
	Kind    string
	ID      id.ID
	Title   string // one line, plain text
	Excerpt string // at most 200 characters, plain text
	Body    string // all of it, Markdown, for those who have nothing but the mail; empty where the excerpt is all
	Path    string // where it is: "/threads/thr_…#post_…"
	Thread  id.ID  // the thread that it belongs to, if any
	Space   id.ID
	Who     id.ID // whose it is: the author, the asker
	At      clock.Instant
	Due     clock.Instant // the reader's own due, if there is one
	State   string

	Ended  bool   // it has come to its end, which says more than what led to it
	Ask    id.ID  // the ask that came to its end with it; zero where all of the thread did
	Series string // what many like it are called, “reports of Stand-up”, where they come again and again
	Whole  string // where the series is read as a whole
}

// Describer describes one thing to one reader; what the reader may not see is a
// not_found fault.
type Describer func(ctx context.Context, q db.Queryer, reader actor.Actor, ref id.ID) (Thing, error)

// Registry finds the describer of a kind.
type Registry map[string]Describer

// Describe describes a thing of any kind.
func (r Registry) Describe(ctx context.Context, q db.Queryer, reader actor.Actor, kind string, ref id.ID) (Thing, error) {
	d, ok := r[kind]
	if !ok {
		return Thing{}, fault.Missing("thing")
	}
	return d(ctx, q, reader, ref)
}

// Add enters the kinds of one feature.
func (r Registry) Add(more map[string]Describer) {
	for k, d := range more {
		r[k] = d
	}
}
