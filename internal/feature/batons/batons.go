// Package batons hands work from person to person around the clock: a baton says where
// the work stands, what comes next, where the traps are and by when, and it is with
// exactly one person at any time. It is offered to somebody in their own hours, who
// takes it or says why not; an offer that nobody answers in time goes on to the next of
// its chain or back to its giver, and both are told.
package batons

import (
	"context"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
)

// The kinds of event that this package tells. The subject of all but the last two is
// the baton.
var (
	EventOpened       = event.Declare("batons.opened", "Work was made a baton.")
	EventChanged      = event.Declare("batons.changed", "The note of a baton changed.")
	EventOffered      = event.Declare("batons.offered", "A baton was offered to somebody; the ask that goes with it tells them.")
	EventAccepted     = event.Declare("batons.accepted", "Somebody took a baton; concerns its giver.")
	EventDeclined     = event.Declare("batons.declined", "Somebody declined a baton, and it went on to the next; concerns its giver.")
	EventMissed       = event.Declare("batons.missed", "An offer passed its time and the baton went on to the next; concerns its giver and whoever did not take it.")
	EventCameBack     = event.Declare("batons.came_back", "Nobody took a baton, and it is with its giver again; concerns the giver and whoever did not take it.")
	EventWithdrawn    = event.Declare("batons.withdrawn", "A giver took an offer back.")
	EventStranded     = event.Declare("batons.stranded", "The holder of a baton is away and nobody could be asked in their stead; concerns whoever opened it.")
	EventLate         = event.Declare("batons.late", "The time by which a baton should be done has passed; concerns its holder and whoever opened it.")
	EventEnded        = event.Declare("batons.ended", "The work of a baton is done; concerns whoever opened it.")
	EventReopened     = event.Declare("batons.reopened", "Whoever ended a baton took that back; concerns whoever opened it and whoever has it.")
	EventChainChanged = event.Declare("batons.chain_changed", "A chain was made, changed or removed.")
	EventEvening      = event.Declare("batons.evening", "Somebody's working day ends within the hour, and some of their work could move on meanwhile; concerns them.")
)

// The states of a baton.
const (
	Held    = "held"
	Offered = "offered" // the holder has it until somebody takes it
	Ended   = "ended"
)

// What came of an offer.
const (
	waiting   = "waiting"
	accepted  = "accepted"
	declined  = "declined"
	passed    = "passed" // on to somebody else, by whoever it was offered to
	missed    = "missed" // its time passed
	withdrawn = "withdrawn"
	away      = "away" // whoever it was offered to is away, or cannot see it any more
)

// Why somebody was chosen.
const (
	named   = "named"
	byChain = "chain"
	standIn = "stand_in"
)

// usualWindow is how much of their own working time somebody has to take a baton.
const usualWindow = "4h"

// Note is what is handed over.
type Note struct {
	Stands   string // where the work stands
	NextStep string
	Traps    string
	Links    db.JSON[[]Link]
	By       clock.Instant `db:"by_at"` // zero for no such time
}

// Link is an address with what it is called.
type Link struct {
	Title string `json:"title,omitempty" maxLength:"240"`
	URL   string `json:"url" maxLength:"2000"`
}

// Baton is one piece of work on its way.
type Baton struct {
	WorkspaceID id.ID
	ID          id.ID
	Space       id.ID `db:"space_id"`
	Thread      id.ID `db:"thread_id"`
	Post        id.ID `db:"post_id"`
	OwnThread   bool  // opened with it, and concluded with it
	Ask         id.ID `db:"ask_id"` // passed on to whoever takes the baton
	Title       string
	Note
	LateTold   bool
	Chain      id.ID  `db:"chain_id"`
	Window     string `db:"time_window"` // of the next offers
	State      string
	Holder     id.ID `db:"holder_id"`
	HeldSince  clock.Instant
	OfferedTo  id.ID
	OfferedAt  clock.Instant
	Reach, Due clock.Instant
	HeldAsk    id.ID
	AwayTold   clock.Instant // until when the holder is away, once that was told
	OpenedBy   id.ID
	OpenedAt   clock.Instant
	EndedBy    id.ID
	EndedAt    clock.Instant
	Outcome    string
	Legs       int64
	Version    int64
	LookAt     clock.Instant
}

// Late says whether the time by which it should be done has passed.
func (b *Baton) Late(now clock.Instant) bool {
	return b.State != Ended && !b.By.IsZero() && now > b.By
}

// Leg is one offer of a baton, with the note as it was then.
type Leg struct {
	BatonID   id.ID
	N         int64
	From      id.ID `db:"from_id"`
	To        id.ID `db:"to_id"`
	Why       string
	State     string
	OfferedAt clock.Instant
	Due       clock.Instant
	DecidedAt clock.Instant
	Stands    string
	NextStep  string
	Traps     string
	Note      string // what whoever it was offered to said
}

// Service carries batons.
type Service struct {
	db     *db.DB
	people *people.Service
	spaces *spaces.Service
	asks   *asks.Service
}

// New makes the service.
func New(d *db.DB, p *people.Service, sp *spaces.Service, a *asks.Service) *Service {
	return &Service{db: d, people: p, spaces: sp, asks: a}
}

func (s *Service) now() clock.Instant { return s.db.Clock().Now() }

// Thing names a baton to the asks that are held for it.
func thing(b *Baton) asks.Thing { return asks.Thing{Kind: kind, ID: b.ID} }

const kind = "baton"

// told begins an event about a baton.
func (b *Baton) told(kind string, by id.ID, concerns ...id.ID) event.New {
	return event.New{
		Kind: kind, Actor: by, Subject: event.Ref{Kind: "baton", ID: b.ID}, Space: b.Space, Thread: b.Thread,
		Concerns: concerns, Due: b.By, Data: map[string]string{"state": b.State, "holder": id.Encode("per", b.Holder)},
	}
}

// house acts for nobody in particular.
func house(ws id.ID) actor.Actor { return actor.System(ws) }

// find reads a baton that the actor may see.
func (s *Service) find(ctx context.Context, q db.Queryer, a actor.Actor, x id.ID) (*Baton, error) {
	b, ok, err := loadBaton(ctx, q, a.Workspace, x)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, missing()
	}
	_, err = s.spaces.Thread(ctx, q, a, b.Thread)
	return &b, orMissing(err)
}

// Path is where a baton is found.
func (b *Baton) Path() string { return "/batons/" + id.Encode("bat", b.ID) }

// longAway is how long an absence lasts before the work does not wait for its end.
const longAway = 24 * time.Hour
