// Package auth knows how somebody proves who they are: accounts with an e-mail
// address and a password, browser sessions, bearer tokens of programs, the setup
// link of a new installation, and invitations. It turns a request's cookie or
// token into an actor, or into nobody.
package auth

import (
	"context"
	"net/netip"
	"strings"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
)

// The kinds of event this package writes.
var (
	EventInvited     = event.Declare("auth.invited", "Somebody was invited into the workspace.")
	EventUninvited   = event.Declare("auth.uninvited", "An invitation was taken back.")
	EventAccepted    = event.Declare("auth.accepted", "An invitation was accepted.")
	EventPasswordSet = event.Declare("auth.password_changed", "Somebody changed their password; their other sessions ended.")
)

// Joiner is what the owner of spaces does for invitations; app fills it.
type Joiner interface {
	// MayInvite fails unless the actor may bring people into the space.
	MayInvite(ctx context.Context, q db.Queryer, a actor.Actor, space id.ID) error
	// JoinTx makes a person a member of the space, on behalf of the actor.
	JoinTx(ctx context.Context, tx *db.Tx, a actor.Actor, space, person id.ID) error
}

// Options are what the service may be told.
type Options struct {
	PublicURL string         // where people reach the house, such as https://meantime.example; links begin with it
	Cost      Cost           // of a password's hash; DefaultCost when zero
	Trusted   []netip.Prefix // proxies whose X-Forwarded-For is believed; none by default
}

// Service is the front door of the package. It is safe for concurrent use.
type Service struct {
	db     *db.DB
	people *people.Service
	opt    Options
	joiner Joiner
	leader Leader
	hash   *hasher
	tries  *limiter
}

// New makes the service.
func New(d *db.DB, p *people.Service, o Options) *Service {
	o.PublicURL = strings.TrimRight(o.PublicURL, "/")
	return &Service{db: d, people: p, opt: o, hash: newHasher(o.Cost), tries: newLimiter()}
}

// Introduce tells the service who knows about spaces; call it before serving.
func (s *Service) Introduce(j Joiner) { s.joiner = j }

func (s *Service) now() clock.Instant { return s.db.Clock().Now() }

// Link is the address that leads to a path of this house, "/…". It never leads
// anywhere else, whatever a request says its host is.
func (s *Service) Link(path string) string { return s.opt.PublicURL + path }

// secure says whether cookies are for https alone.
func (s *Service) secure() bool { return strings.HasPrefix(s.opt.PublicURL, "https://") }
