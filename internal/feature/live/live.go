// Package live tells open pages that something changed, over one stream of
// server-sent events a browser. It sends names of things, never their content:
// the page fetches what it shows, and the API checks who may see it.
//
// A workspace's log is read once for all its pages, each event is encoded once,
// and who may know of it is looked up once a space. A page that waits costs
// neither a goroutine nor a buffer.
package live

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"sync"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/bus"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Spaces says who may read what.
type Spaces interface {
	// Open lists the spaces of a workspace that everybody but guests may read.
	Open(ctx context.Context, q db.Queryer, workspace id.ID) ([]id.ID, error)
	// Readers says who may read a space now: nobody when there is none.
	Readers(ctx context.Context, q db.Queryer, workspace, space id.ID) (Readers, error)
	// Member says whether somebody is a member of a space now.
	Member(ctx context.Context, q db.Queryer, workspace, space, person id.ID) (bool, error)
}

// Readers are the people who may read one space.
type Readers struct {
	Open    bool           // to everybody but guests
	Members map[id.ID]bool // by person; the receiver may change it
}

// Service carries the log to open pages.
type Service struct {
	db      *db.DB
	bus     bus.Bus
	spaces  Spaces
	recheck func(context.Context, actor.Actor) error
	beat    time.Duration

	mu     sync.Mutex
	hubs   map[id.ID]*hub
	closed bool
}

// New makes the service. recheck says whether a session still stands; streams
// whose session does not are ended.
func New(d *db.DB, b bus.Bus, spaces Spaces, recheck func(context.Context, actor.Actor) error) *Service {
	return &Service{db: d, bus: b, spaces: spaces, recheck: recheck, beat: beat, hubs: map[id.ID]*hub{}}
}

// Close ends every stream and lets nobody join any more: pages come back to
// another node, or to this one once it has started again.
func (s *Service) Close() {
	s.mu.Lock()
	s.closed = true
	hubs := s.hubs
	s.hubs = map[id.ID]*hub{}
	s.mu.Unlock()
	for _, h := range hubs {
		h.stop()
		h.sendAway()
	}
}

func errClosed() error {
	return fault.New(fault.Unavailable, "stopping", "The server is being restarted. Try again in a moment.")
}

// Prefixes of the things that events are about, as the API names them.
var prefixes = map[string]string{
	"workspace": "ws", "person": "per", "team": "team", "space": "sp", "thread": "thr", "post": "post", "ask": "ask",
	"file": "file", "absence": "abs", "calendar": "cal", "digest": "dig", "import": "imp", "item": "item",
	"handover": "hand", "swap": "swap", "cover": "cov", "page": "page",
	"subscription": "sub", "feed": "feed",
	"brainstorm": "brain",
	"decision":   "dec",
}

type wire struct {
	Seq     int64             `json:"seq"`
	Kind    string            `json:"kind"`
	Subject map[string]string `json:"subject"`
	Thread  string            `json:"thread,omitempty"`
	Space   string            `json:"space,omitempty"`
}

// encode writes an event as the stream sends it, once for all who are told.
func encode(e event.Event) []byte {
	prefix, ok := prefixes[e.Subject.Kind]
	if !ok {
		prefix = e.Subject.Kind
	}
	b, _ := json.Marshal(wire{
		Seq: e.Seq, Kind: e.Kind, Subject: map[string]string{"kind": e.Subject.Kind, "id": id.Encode(prefix, e.Subject.ID)},
		Thread: id.Encode("thr", e.Thread), Space: id.Encode("sp", e.Space),
	})
	return fmt.Appendf(nil, "id: %d\nevent: change\ndata: %s\n\n", e.Seq, b)
}

func cursorOf(header string) (int64, bool) {
	n, err := strconv.ParseInt(header, 10, 64)
	return n, err == nil && n >= 0
}
