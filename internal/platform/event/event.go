// Package event is the append-only log through the middle of the house: what
// happened, by whom, to what, concerning whom. An event is written in the
// transaction of the change it tells of, and its number is the workspace's own.
package event

import (
	"context"
	"encoding/json"
	"fmt"
	"sort"
	"sync"

	"example.org/meantime/internal/platform/bus"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// Ref names a thing: its kind ("thread", "post", "ask", "person" …) and its id.
type Ref struct {
	Kind string `json:"kind"`
	ID   id.ID  `json:"id"`
}

// Event is one line of the log. The envelope is for every listener; Data is the
// feature's own, and the others leave it alone.
type Event struct {
	Workspace id.ID
	Seq       int64 // within the workspace, from 1, in commit order
	At        clock.Instant
	Kind      string // "asks.answered"
	Actor     id.ID  // zero: the house itself
	Subject   Ref
	Space     id.ID   // the space whose readers may know of it; zero: only Concerns (or the whole workspace when that is empty)
	Thread    id.ID   // the thread it happened in, if any
	Concerns  []id.ID // people it is about or for
	Due       clock.Instant
	Data      json.RawMessage
}

// Decode reads the event's data.
func (e Event) Decode(into any) error {
	if err := json.Unmarshal(e.Data, into); err != nil {
		return fmt.Errorf("event: %s #%d: %w", e.Kind, e.Seq, err)
	}
	return nil
}

// New is an event to be appended.
type New struct {
	Kind     string
	Actor    id.ID
	Subject  Ref
	Space    id.ID
	Thread   id.ID
	Concerns []id.ID
	Due      clock.Instant
	Data     any // marshalled to JSON; nil is {}
}

type pendingKey struct{}

// Append tells the log. The events get their numbers as the last thing the
// transaction does, with those of all the writes that commit together.
func Append(tx *db.Tx, events ...New) {
	list, ok := tx.Local()[pendingKey{}].(*[]New)
	if !ok {
		list = &[]New{}
		tx.Local()[pendingKey{}] = list
		tx.Kept(func() { share(tx, *list) })
	}
	*list = append(*list, events...)
	tx.Told()
}

// share hands the events of a write that stands to those of its workspace.
func share(tx *db.Tx, events []New) {
	all := &[]New{}
	all = tx.Shared(pendingKey{}, func() any { return all }, func(ctx context.Context, tx *db.Tx) error {
		return flush(ctx, tx, *all)
	}).(*[]New)
	*all = append(*all, events...)
}

func flush(ctx context.Context, tx *db.Tx, list []New) error {
	seq, err := tx.NextSeq(ctx, len(list))
	if err != nil {
		return err
	}
	for i, e := range list {
		if err := insert(ctx, tx, seq+int64(i), e); err != nil {
			return err
		}
	}
	return nil
}

// Open starts the log of a new workspace.
func Open(ctx context.Context, tx *db.Tx) error { return openLog(ctx, tx) }

// kinds is the catalogue: what each kind means, for events.json.
var kinds = struct {
	sync.Mutex
	m map[string]string
}{m: map[string]string{}}

// Declare enters kinds into the catalogue; each package does so for its own, in
// a var block at its top.
func Declare(kind, means string) string {
	kinds.Lock()
	defer kinds.Unlock()
	kinds.m[kind] = means
	return kind
}

// Kind is an entry of the catalogue.
type Kind struct {
	Kind  string `json:"kind"`
	Means string `json:"means"`
}

// Catalogue lists every declared kind by name.
func Catalogue() []Kind {
	kinds.Lock()
	defer kinds.Unlock()
	out := []Kind{}
	for k, m := range kinds.m {
		out = append(out, Kind{k, m})
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Kind < out[j].Kind })
	return out
}

// PokeOn makes every commit of d that told the log wake its followers over b.
func PokeOn(d *db.DB, b bus.Bus) {
	d.AfterTold(func(workspace id.ID) {
		b.Poke(bus.Events)
		b.Poke(bus.Workspace(workspace.String()))
	})
}
