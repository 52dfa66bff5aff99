// Package calendars lets time flow in and out as calendars. In: people read in
// iCalendar addresses and CalDAV collections of their own, whose busy times can hold
// back what would interrupt them, and whose meetings they alone see by name. Out: each
// person has a private feed of what they owe and when they are away, each team one of
// its absences, as secret addresses and as read-only CalDAV collections.
package calendars

import (
	"context"
	"net/url"
	"strings"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/outside"
)

// The kinds of event that this package tells. Each concerns its owner alone.
var (
	EventSubscribed   = event.Declare("calendars.subscribed", "Somebody reads in a calendar of their own.")
	EventChanged      = event.Declare("calendars.changed", "A calendar that is read in has another name, or counts in another way.")
	EventRefreshed    = event.Declare("calendars.refreshed", "A calendar was read anew, and something in it is new.")
	EventFailed       = event.Declare("calendars.failed", "A calendar could not be read.")
	EventUnsubscribed = event.Declare("calendars.unsubscribed", "A calendar is not read in any more.")
	EventFeedMade     = event.Declare("calendars.feed_made", "A feed has a new secret address; the one before opens nothing.")
	EventFeedEnded    = event.Declare("calendars.feed_ended", "A feed was switched off.")
)

// The kinds of calendars that people read in.
const (
	Busy     = "busy"     // when somebody is taken up; no titles are kept
	Meetings = "meetings" // titles too, for their owner alone
)

// How a calendar is read.
const (
	ICS    = "ics"    // an iCalendar file at an address
	CalDAV = "caldav" // a collection of a calendar server
)

// The kinds of feeds.
const (
	Mine    = "mine"   // what a person owes, and when they are away
	OfTeam  = "team"   // when a team's people are away
	FeedDAV = "caldav" // both, for calendar programs that sign in
)

// Entry is one line of a feed.
type Entry struct {
	Key        string        // names the thing for ever, such as "due-ask_…"
	Start, End clock.Instant // instants
	From, To   string        // or whole dates, To excluded; then Start and End only sort
	Title      string
	Text       string
	Path       string // "/threads/…" on our own origin; may be empty
	Category   string
	Free       bool // takes nobody's time
}

// Source tells of more that belongs into feeds, such as duty. It gives nothing that
// the reader may not see. Person or team is zero.
type Source func(ctx context.Context, q db.Queryer, reader actor.Actor, person, team id.ID, from, to clock.Instant) ([]Entry, error)

// Options are what the service needs to know of the installation.
type Options struct {
	Origin string // "https://meantime.example.org"
}

// Service reads calendars in and gives feeds out. It is safe for concurrent use.
type Service struct {
	db      *db.DB
	people  *people.Service
	asks    *asks.Service
	outside *outside.Client
	origin  string
	host    string
	sources []Source
}

// New makes the service.
func New(d *db.DB, p *people.Service, a *asks.Service, out *outside.Client, o Options) *Service {
	s := &Service{db: d, people: p, asks: a, outside: out.With(fetchLimits), origin: strings.TrimRight(o.Origin, "/"), host: "meantime.invalid"}
	if u, err := url.Parse(s.origin); err == nil && u.Hostname() != "" {
		s.host = u.Hostname()
	}
	return s
}

// AlsoFrom adds sources of feeds; call it before serving.
func (s *Service) AlsoFrom(more ...Source) { s.sources = append(s.sources, more...) }

func (s *Service) now() clock.Instant { return s.db.Clock().Now() }

func subject(x id.ID) event.Ref { return event.Ref{Kind: "subscription", ID: x} }
