// Package push tells people's browsers and phones that a digest is there, by Web
// Push (RFC 8030, 8291, 8292) with the installation's own keys and nobody between.
// It follows the same plan as mail. What goes out is short, encrypted for the one
// device, and checked again at the last moment: the person is still here and signed
// in there, is at work or agreed to be paged, and may still read each thing.
package push

import (
	"context"
	"net/url"
	"strings"
	"sync"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/outside"
	"example.org/meantime/worktime"
)

// The kinds of event that this package tells. They concern the device's owner alone.
var (
	Added   = event.Declare("push.device_added", "somebody lets a device of theirs be told of digests, or named it anew")
	Removed = event.Declare("push.device_removed", "a device is told no more: its owner removed it, or it is gone")
	Sent    = event.Declare("push.sent", "a digest was told to a device")
	Failed  = event.Declare("push.failed", "a digest could not be told to a device")
)

// Device is a browser or phone that is told of its owner's digests.
type Device struct {
	ID           id.ID `db:"device_id"`
	PersonID     id.ID
	SessionID    id.ID
	Name         string
	Endpoint     string
	EndpointHash string
	P256dh       string `db:"p256dh"`
	Auth         string
	CreatedAt    clock.Instant
	ReachedAt    clock.Instant // when something was last taken for it; none: not yet
	FailingSince clock.Instant // none: the last try went well
	Problem      string        // a sentence for its owner; "" when there is none
	TestedAt     clock.Instant
}

// Digest is a bundle of things for one reader, without what they may not see.
type Digest struct {
	ID      id.ID
	Person  id.ID
	Urgency worktime.Urgency
	Items   []Item
}

// Item is one line of a digest.
type Item struct {
	Title   string    // one line: what it is, who it is from
	Path    string    // "/threads/thr_…#post_…", on our own origin
	Subject string    // its thread's title; may be empty
	Ref     event.Ref // what can be done something about; none when nothing can
}

// Digests finds a digest with the items that its reader may see now.
type Digests interface {
	Digest(ctx context.Context, workspace, digest id.ID) (Digest, error)
}

// Links signs what somebody can do by one press about a thing of a digest.
type Links interface {
	Links(ctx context.Context, workspace, person, digest id.ID, ref event.Ref) ([]describe.Link, error)
}

// Wishes knows who agreed to be paged outside their hours.
type Wishes interface {
	Consents(ctx context.Context, q db.Queryer, workspace id.ID, persons []id.ID) (map[id.ID]bool, error)
}

// Sessions knows whether somebody is still signed in where they were.
type Sessions interface {
	Holds(ctx context.Context, workspace, person, session id.ID) (bool, error)
}

// Options say who sends.
type Options struct {
	Origin  string // "https://meantime.example.org": by which a push service's operator finds ours
	Contact string // an e-mail address for the same, used where the origin is not https
}

// Service keeps devices and tells them. It is safe for concurrent use.
type Service struct {
	db       *db.DB
	people   *people.Service
	digests  Digests
	wishes   Wishes
	sessions Sessions
	links    Links
	outside  *outside.Client
	contact  string
	gate     gate

	mu   sync.Mutex
	keys keyPair
}

// New makes the service.
func New(d *db.DB, p *people.Service, digests Digests, wishes Wishes, sessions Sessions, out *outside.Client, o Options) *Service {
	return &Service{db: d, people: p, digests: digests, wishes: wishes, sessions: sessions, outside: out.With(sendLimits), contact: contactOf(o), gate: newGate()}
}

// Introduce tells the service who signs links; call it before serving. Without it
// notifications offer nothing to press.
func (s *Service) Introduce(l Links) { s.links = l }

// contactOf is the subject of our signatures (RFC 8292): an https address or a
// mail address; services refuse others.
func contactOf(o Options) string {
	u, err := url.Parse(o.Origin)
	if err == nil && u.Scheme == "https" {
		return strings.TrimRight(o.Origin, "/")
	}
	if o.Contact != "" {
		return o.Contact
	}
	host := "localhost"
	if err == nil && u.Hostname() != "" {
		host = u.Hostname()
	}
	return "meantime@" + host
}
