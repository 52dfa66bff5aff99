// Package attention decides when something reaches a person. It follows the log,
// plans one delivery for each thing and person at an instant in that person's own
// hours, bundles what is due into digests, reminds before a due and when it has
// passed, and keeps the inbox. Nothing routine reaches anybody outside their hours.
package attention

import (
	"context"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// The kinds of event that this package tells. They concern one person alone.
var (
	Digested = event.Declare("attention.digested", "digests reached people at check times of theirs; the data lists one for each of those concerned, in their order")
	Tidied   = event.Declare("attention.tidied", "somebody put away, put off or brought back a row of their own inbox")
	Set      = event.Declare("attention.set", "somebody changed how they want to be reached")
)

// Kind is what a delivery is about.
type Kind string

// The kinds of delivery. The first four are for whoever is asked and are let go
// once they need not act; the next five are for whoever asked.
const (
	Asked    Kind = "asked"
	Reminded Kind = "reminded" // by the asker
	DueSoon  Kind = "due_soon" // by the house, once
	Late     Kind = "late"     // by the house, once

	LateFor      Kind = "late_for" // the asker is told who is late, once each
	Answered     Kind = "answered"
	Declined     Kind = "declined"
	Acknowledged Kind = "acknowledged"
	Passed       Kind = "passed"
	Settled      Kind = "settled"
	Lapsed       Kind = "lapsed"
	DueMoved     Kind = "due_moved"

	Info      Kind = "info"
	Mention   Kind = "mention"
	Concluded Kind = "concluded"
)

// owes says that the delivery is wanted only while its reader is expected to act.
func (k Kind) owes() bool { return k == Asked || k == Reminded || k == DueSoon || k == Late }

// read says that the delivery is about a thread that its reader follows.
func (k Kind) read() bool { return k == Info || k == Mention || k == Concluded }

// post says that the delivery shows a post.
func (k Kind) post() bool { return k == Info || k == Mention }

// planned is the state of a delivery that is in a digest, and delivered once that
// goes out; those let go are "dropped".
const planned = "planned"

// delivery is one thing that is to reach one person, or has.
type delivery struct {
	WorkspaceID id.ID
	ID          id.ID
	PersonID    id.ID
	DeliverAt   clock.Instant // none while no hour of theirs is in sight
	AskedAt     clock.Instant // from when it is planned
	Urgency     worktime.Urgency
	Kind        Kind
	RefKind     string // what to show: ask, post or thread
	RefID       id.ID
	AskID       id.ID
	ThreadID    id.ID
	SpaceID     id.ID
	WhoID       id.ID // who did it, or is late
	AboutID     id.ID // the ask or thread whose row in the inbox it belongs to
	Due         clock.Instant
	Dedup       string // one row for each
	State       string
	DigestID    id.ID
	SettledAt   clock.Instant
}

// Service plans, delivers and shows.
type Service struct {
	db     *db.DB
	people *people.Service
	spaces *spaces.Service
	asks   *asks.Service
	things describe.Registry

	notices map[string]worktime.Urgency // by kind of event
	hear    func(context.Context) error // lets the log be heard to its end
}

// New makes the service. The registry may be filled later, before anything is shown.
func New(d *db.DB, p *people.Service, sp *spaces.Service, a *asks.Service, things describe.Registry) *Service {
	return &Service{db: d, people: p, spaces: sp, asks: a, things: things}
}

// HearFirst fills in what lets the log be heard to its end: what came about in the
// instant in which digests are due is planned into them before they leave.
func (s *Service) HearFirst(hear func(context.Context) error) { s.hear = hear }

// Consents tells who agreed to be paged outside their hours.
func (s *Service) Consents(ctx context.Context, q db.Queryer, workspace id.ID, persons []id.ID) (map[id.ID]bool, error) {
	return pagedOf(ctx, q, workspace, persons)
}

func (s *Service) now() clock.Instant { return s.db.Clock().Now() }
