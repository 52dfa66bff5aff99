// Package search finds threads, posts and people that the reader may see. It
// keeps an index of its own beside the log: FTS5 on SQLite, tsvector on
// PostgreSQL, the same words in both, because words are cut and folded here.
package search

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
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

// Ref names a thing that can be found.
type Ref struct {
	Kind string // thread, post, person, checkin_answer
	ID   id.ID
}

// Sources reads things as text; app fills it from the core.
type Sources interface {
	// Texts reads many things with a fixed number of statements. What is gone is left out.
	Texts(ctx context.Context, q db.Queryer, workspace id.ID, list []Ref) (map[id.ID]Text, error)
	// Imported lists what one event of an import brought, and of what was there
	// before what it changed.
	Imported(e event.Event) (fresh, changed []Ref, err error)
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
	terms   *dictionary
	fewHits int64 // PostgreSQL gathers so many at once
}

// New makes the service. catchUp brings the index to the head of the log: a
// search begins with it, so what was said before it is found by it.
func New(d *db.DB, s Sources, catchUp func(context.Context, id.ID) error) *Service {
	return &Service{db: d, sources: s, catchUp: catchUp, terms: newDictionary(), fewHits: fewHits}
}
