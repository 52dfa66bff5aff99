// Package checkins asks the people of a team the same questions again and again, each
// of them in their own day, and gathers the answers into a report for each reader's
// morning. An answer carries the local date of whoever gave it.
package checkins

import (
	"context"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// The kinds of event that this package tells. None of them holds words of an answer.
var (
	EventMade     = event.Declare("checkins.made", "Somebody began a check-in.")
	EventChanged  = event.Declare("checkins.changed", "A check-in was changed, paused or taken up again, or whom it asks changed.")
	EventLeft     = event.Declare("checkins.left", "Whoever a check-in is asked in the name of left or became a guest; it goes on. Concerns those who may take it over.")
	EventEnded    = event.Declare("checkins.ended", "A check-in was ended.")
	EventOpened   = event.Declare("checkins.turn_opened", "Somebody is asked for a date of theirs; concerns them.")
	EventReleased = event.Declare("checkins.turn_released", "Somebody need not answer for a date any more: their day is over, they are off, or they skip it; concerns them.")
	EventAnswered = event.Declare("checkins.answered", "Somebody answered, or changed or took back their answer.")
	EventRevealed = event.Declare("checkins.revealed", "A hidden answer can be read by everybody now.")
	EventReported = event.Declare("checkins.reported", "The answers since the last time, for one reader's morning; concerns them.")
	EventBlocked  = event.Declare("checkins.blocked", "Somebody waits for something.")
	EventSettled  = event.Declare("checkins.blocker_settled", "What somebody waited for is settled; concerns them.")
)

// The states of a check-in.
const (
	Active = "active"
	Paused = "paused"
	Ended  = "ended"
)

// Checkin is questions and when they are asked of whom.
type Checkin struct {
	WorkspaceID   id.ID
	ID            id.ID
	Space         id.ID `db:"space_id"`
	Thread        id.ID `db:"thread_id"`
	Post          id.ID `db:"post_id"`
	Owner         id.ID `db:"owner_id"` // in whose name it is asked
	Name          string
	Purpose       string
	Template      string
	Team          id.ID               `db:"team_id"` // its members of the moment are asked
	People        db.JSON[[]id.ID]    // besides the team
	Questions     db.JSON[[]Question] // in their order
	Rhythm        db.JSON[Rhythm]
	Hidden        bool   // others' answers only after one's own
	BlockerWindow string // how long those may take whom a blocker waits for
	State         string
	PauseUntil    string // local date; "" while paused: until somebody takes it up
	Version       int64
	MadeAt        clock.Instant
	ChangedAt     clock.Instant
	EndedAt       clock.Instant
	Outcome       string
	LeftAt        clock.Instant // since when its owner cannot hold it any more
}

// Person is somebody's part in a check-in.
type Person struct {
	Checkin  id.ID         `db:"checkin_id"`
	Person   id.ID         `db:"person_id"`
	Asked    bool          // is asked
	Reads    bool          // gets the reports
	SinceAt  clock.Instant // is asked from here on
	NextAt   clock.Instant // when they are asked next; none in sight when zero
	NextDate string        // for which date of theirs
}

// The states of a turn.
const (
	Open     = "open"
	Answered = "answered"
	Over     = "over"    // the day is over, or they were off; nothing is expected
	Skipped  = "skipped" // they chose not to be asked for this date
)

// Turn is one person being asked for one local date of theirs, and their answer.
type Turn struct {
	WorkspaceID id.ID
	ID          id.ID
	Checkin     id.ID `db:"checkin_id"`
	Person      id.ID `db:"person_id"`
	Date        string
	AskedAt     clock.Instant
	DueAt       clock.Instant // the end of their working day
	State       string
	Questions   db.JSON[[]Question] // as they were asked
	Answers     db.JSON[[]Answer]
	Nothing     bool          `db:"silent"` // they have nothing to say
	PublishedAt clock.Instant // zero until they answer
	PublicAt    clock.Instant // of a hidden check-in: from when everybody may read it
	DeliveredAt clock.Instant // when it first stood in another reader's report
	EditedAt    clock.Instant // changed after that
	Edits       int64
	Draft       db.JSON[Draft]
	DraftAt     clock.Instant
}

// Late says that the answer came after the end of the day it is for.
func (t Turn) Late() bool { return t.PublishedAt > t.DueAt }

// Doing is something that somebody did here, as a line to begin a draft with.
type Doing struct {
	Words string
	Path  string
	Space id.ID
	At    clock.Instant
}

// Doings finds what somebody did between two instants, oldest first; app fills it.
type Doings func(ctx context.Context, q db.Queryer, a actor.Actor, from, to clock.Instant) ([]Doing, error)

// Service keeps the check-ins.
type Service struct {
	db     *db.DB
	people *people.Service
	spaces *spaces.Service
	asks   *asks.Service
	doings Doings
}

// New makes the service.
func New(d *db.DB, p *people.Service, sp *spaces.Service, a *asks.Service, doings Doings) *Service {
	return &Service{db: d, people: p, spaces: sp, asks: a, doings: doings}
}

func (s *Service) now() clock.Instant { return s.db.Clock().Now() }

// find reads a check-in whose space the actor may read.
func (s *Service) find(ctx context.Context, q db.Queryer, a actor.Actor, x id.ID) (Checkin, error) {
	c, ok, err := loadCheckin(ctx, q, a.Workspace, x)
	if err == nil && !ok {
		err = fault.Missing("check-in")
	}
	if err != nil {
		return c, err
	}
	if err := s.spaces.MayRead(ctx, q, a, c.Space); fault.IsKind(err, fault.NotFound) {
		return c, fault.Missing("check-in")
	} else if err != nil {
		return c, err
	}
	return c, nil
}

// mayChange says whether the actor may change the check-in: its owner, and whoever
// may change its space.
func (s *Service) mayChange(ctx context.Context, q db.Queryer, a actor.Actor, c Checkin) (bool, error) {
	if a.Person == c.Owner && a.Role != actor.Guest {
		return true, nil
	}
	return s.spaces.MayChange(ctx, q, a, c.Space)
}

// changing finds a check-in that the actor may change and that goes on.
func (s *Service) changing(ctx context.Context, q db.Queryer, a actor.Actor, x id.ID) (Checkin, error) {
	c, err := s.find(ctx, q, a, x)
	if err != nil {
		return c, err
	}
	may, err := s.mayChange(ctx, q, a, c)
	if err != nil {
		return c, err
	}
	if !may {
		return c, fault.New(fault.Forbidden, "not_yours", "Only whoever began this check-in and the leads of its space may change it.")
	}
	if c.State == Ended {
		return c, ended()
	}
	return c, s.spaces.MayPost(ctx, q, a, c.Space)
}

func ended() error {
	return fault.New(fault.Conflict, "ended", "This check-in has ended. Begin another one with the same questions.")
}

// told begins an event about a check-in in its space.
func (c Checkin) told(kind string, by id.ID, subject event.Ref, concerns ...id.ID) event.New {
	return event.New{Kind: kind, Actor: by, Subject: subject, Space: c.Space, Thread: c.Thread, Concerns: concerns, Data: Told{Checkin: c.ID}}
}

// Told is the data of this package's events.
type Told struct {
	Checkin id.ID `json:"checkin"`
}

func (c Checkin) ref() event.Ref { return event.Ref{Kind: "checkin", ID: c.ID} }

// ThingKind is the kind of the asks that turns hold.
const ThingKind = "checkin_turn"

func turnRef(x id.ID) event.Ref   { return event.Ref{Kind: ThingKind, ID: x} }
func answerRef(x id.ID) event.Ref { return event.Ref{Kind: "checkin_answer", ID: x} }

func wrong(code, field, sentence string) error {
	return fault.New(fault.Invalid, code, sentence).At(field)
}
