// Package live tells open pages that something changed, over one stream of
// server-sent events a browser. It sends names of things, never their content:
// the page fetches what it shows, and the API checks who may see it.
package live

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/bus"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
)

// Spaces says what a reader may see.
type Spaces interface {
	// Readable lists the spaces that the actor may read.
	Readable(ctx context.Context, q db.Queryer, a actor.Actor) ([]id.ID, error)
}

// Service carries the log to open pages.
type Service struct {
	db      *db.DB
	bus     bus.Bus
	spaces  Spaces
	recheck func(context.Context, actor.Actor) error
	beat    time.Duration

	mu   sync.Mutex
	hubs map[id.ID]*hub
}

// New makes the service. recheck says whether a session still stands; streams
// whose session does not are ended.
func New(d *db.DB, b bus.Bus, spaces Spaces, recheck func(context.Context, actor.Actor) error) *Service {
	return &Service{db: d, bus: b, spaces: spaces, recheck: recheck, beat: beat, hubs: map[id.ID]*hub{}}
}

// message is one event, encoded once for all its viewers.
type message struct {
	event event.Event
	bytes []byte
}

// Prefixes of the things that events are about, as the API names them.
var prefixes = map[string]string{
	"workspace": "ws", "person": "per", "team": "team", "space": "sp", "thread": "thr", "post": "post", "ask": "ask",
	"file": "file", "absence": "abs", "calendar": "cal", "digest": "dig", "import": "imp", "item": "item",
}

type wire struct {
	Seq     int64             `json:"seq"`
	Kind    string            `json:"kind"`
	Subject map[string]string `json:"subject"`
	Thread  string            `json:"thread,omitempty"`
	Space   string            `json:"space,omitempty"`
}

func encode(e event.Event) message {
	prefix, ok := prefixes[e.Subject.Kind]
	if !ok {
		prefix = e.Subject.Kind
	}
	b, _ := json.Marshal(wire{
		Seq: e.Seq, Kind: e.Kind, Subject: map[string]string{"kind": e.Subject.Kind, "id": id.Encode(prefix, e.Subject.ID)},
		Thread: id.Encode("thr", e.Thread), Space: id.Encode("sp", e.Space),
	})
	return message{e, fmt.Appendf(nil, "id: %d\nevent: change\ndata: %s\n\n", e.Seq, b)}
}

// viewer is one open stream.
type viewer struct {
	actor  actor.Actor
	spaces map[id.ID]bool
	queue  chan []byte
	gone   chan struct{} // closed when the viewer fell behind or must leave
	once   sync.Once
}

func (v *viewer) leave() { v.once.Do(func() { close(v.gone) }) }

// sees says whether a viewer may know of an event: readers of its space, the
// people it concerns, and everybody when it names neither. Guests know only of
// what names them or a space of theirs.
func (v *viewer) sees(e event.Event) bool {
	switch {
	case e.Actor == v.actor.Person && !e.Actor.IsZero(), slices.Contains(e.Concerns, v.actor.Person):
		return e.Space.IsZero() || v.spaces[e.Space]
	case !e.Space.IsZero():
		return v.spaces[e.Space]
	}
	return len(e.Concerns) == 0 && v.actor.Role != actor.Guest
}

// changesAccess says whether who may read what may be different after this event.
func changesAccess(kind string) bool {
	switch kind {
	case "spaces.space_opened", "spaces.space_changed", "spaces.member_added", "spaces.member_removed", "people.changed", "people.removed":
		return true
	}
	return false
}

func cursorOf(header string) (int64, bool) {
	n, err := strconv.ParseInt(header, 10, 64)
	return n, err == nil && n >= 0
}
