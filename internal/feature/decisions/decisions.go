// Package decisions is how a group decides without meeting: a question with options, a
// kind and a way of counting, an end by which everybody entitled has had a share of
// their own working hours, ballots, an outcome in writing, and the register in which
// people look it up.
package decisions

import (
	"context"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/auth"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/feature/decisions/sealed"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// The kinds of event that this package tells. None of them says how anybody voted.
var (
	EventChanged    = event.Declare("decisions.changed", "A decision was drafted, or something about it changed.")
	EventOpened     = event.Declare("decisions.opened", "A decision was opened.")
	EventInvited    = event.Declare("decisions.invited", "Guests may take part in a decision; concerns them.")
	EventHurry      = event.Declare("decisions.invited_soon", "As decisions.invited, where the share of hours is short or a fixed end is near.")
	EventUninvited  = event.Declare("decisions.uninvited", "Somebody is entitled in a decision no more.")
	EventVoted      = event.Declare("decisions.voted", "Somebody has had their say in a decision, or took it back.")
	EventMoved      = event.Declare("decisions.end_moved", "A decision ends later than was said; concerns guests who have not had their say (others hear it from their ask) and, when it is a day or more, whoever made it and the decider.")
	EventClosed     = event.Declare("decisions.closed", "A decision has ended, and its outcome is to be written; concerns the decider.")
	EventObjected   = event.Declare("decisions.objected", "Somebody objects; concerns the decider.")
	EventSettled    = event.Declare("decisions.objection_settled", "An objection was resolved or overruled; concerns who made it.")
	EventReopened   = event.Declare("decisions.reopened", "A decision goes on: somebody absent objected, or its outcome was taken back; concerns those entitled.")
	EventDecided    = event.Declare("decisions.decided", "The outcome of a decision was written; concerns those entitled.")
	EventWithdrawn  = event.Declare("decisions.withdrawn", "A decision was called off; concerns those entitled.")
	EventReviewDue  = event.Declare("decisions.review_due", "The day has come on which an outcome is to be looked at again.")
	EventReviewed   = event.Declare("decisions.reviewed", "Somebody looked at an outcome again.")
	EventSuperseded = event.Declare("decisions.superseded", "A later decision replaces this one, or does so no more.")
	EventLeft       = event.Declare("decisions.decider_left", "The decider of a decision cannot be asked any more; concerns whoever made it.")
	EventUnreached  = event.Declare("decisions.guest_unreached", "The mail that invited somebody from outside did not arrive; concerns whoever invited them.")
	EventFew        = event.Declare("decisions.few_voted", "A vote without names goes on once, because too few have voted for anything to be counted; concerns whoever made it.")
	EventFeed       = event.Declare("decisions.feed_changed", "Somebody made or ended the feed of their register; concerns them.")
)

// Kind is what kind of decision it is.
type Kind string

// The kinds of decision.
const (
	SenseCheck Kind = "sense_check" // how does this look? one of a few words
	Consent    Kind = "consent"     // no objection stands in the end
	Advice     Kind = "advice"      // the decider asks for advice, and decides
	Majority   Kind = "majority"    // one of the options
	Approval   Kind = "approval"    // any number of the options
	Score      Kind = "score"       // so many points for each option
	Dots       Kind = "dots"        // a handful of dots to give out
	Ranked     Kind = "ranked"      // the options in order
	Time       Kind = "time"        // when: yes, if need be, no
)

// State is where a decision stands. One that a later one replaces is decided still,
// with SupersededBy.
type State string

// The life of a decision.
const (
	Draft     State = "draft"     // seen by whoever made it, and nobody else
	Scheduled State = "scheduled" // opens by itself
	Open      State = "open"
	Closed    State = "closed" // counted; the outcome is to be written
	Decided   State = "decided"
	Withdrawn State = "withdrawn"

	stateSuperseded State = "superseded" // in filters and views
)

// Option is something to choose. Its key is a letter, A for the first.
type Option struct {
	Key     string        `json:"key"`
	Name    string        `json:"name"`
	Meaning string        `json:"meaning,omitempty"`
	Prompt  string        `json:"prompt,omitempty"` // asks for the reason
	Start   clock.Instant `json:"start,omitzero"`   // of a time to choose
	End     clock.Instant `json:"end,omitzero"`
}

// Decision is a question, how it is answered, and what came of it.
type Decision struct {
	WorkspaceID id.ID
	ID          id.ID
	Space       id.ID `db:"space_id"`
	Thread      id.ID `db:"thread_id"` // zero until it opens
	Post        id.ID `db:"post_id"`   // that opened the thread
	Title       string
	Context     string // Markdown
	Kind        Kind
	Rules       db.JSON[Rules]
	Options     db.JSON[[]Option]
	Invited     db.JSON[Invited] // whom a draft will ask
	Maker       id.ID            `db:"maker_id"`
	Decider     id.ID            `db:"decider_id"`
	State       State
	Seed        string // of the order that breaks ties; empty until it opens
	MadeAt      clock.Instant
	OpensAt     clock.Instant // of a scheduled one
	OpenedAt    clock.Instant
	EndsAt      clock.Instant
	ClosedAt    clock.Instant
	ObjectUntil clock.Instant // the absent may object up to here; none: they may not
	Extended    bool          // because of silence, which happens once
	Result      db.JSON[*Result]
	EndedWhy    string         // in words, when it was not simply time
	Outcome     string         // Markdown
	Notes       db.JSON[Notes] `db:"outcome_notes"`
	DecidedAt   clock.Instant
	DecidedBy   id.ID
	ReviewAt    clock.Instant
	ReviewedAt  clock.Instant
	Superseded  id.ID `db:"superseded_by"`
	Words       string
	Version     int64
	ChangedAt   clock.Instant
	LookAt      clock.Instant
}

// Invited are those to be asked when a draft opens.
type Invited struct {
	People []id.ID `json:"people,omitempty"`
	Teams  []id.ID `json:"teams,omitempty"`
}

// Notes are what belongs to an outcome besides its words.
type Notes struct {
	Chosen     []string `json:"chosen,omitempty"` // keys of options
	Reason     string   `json:"reason,omitempty"`
	Dissent    string   `json:"dissent,omitempty"`
	Supersedes []id.ID  `json:"supersedes,omitempty"`
}

// Voter is somebody entitled.
type Voter struct {
	DecisionID id.ID
	Person     id.ID         `db:"person_id"`
	Guest      bool          // reads this decision and nothing else of the space
	From       clock.Instant `db:"from_at"`
	Share      clock.Instant `db:"share_at"` // when they have had the hours promised; none: not within five years, or a fixed end
	Voted      bool
	Declined   bool
}

// Done says that nothing is expected of them any more.
func (v Voter) Done() bool { return v.Voted || v.Declined }

// Service keeps the decisions.
type Service struct {
	db     *db.DB
	people *people.Service
	spaces *spaces.Service
	asks   *asks.Service
	auth   *auth.Service
	post   Post // nil: no letters
	box    box
	boxes  *sealed.Boxes
	origin string
}

// Options are what the service may be told.
type Options struct {
	Origin string        // where feeds and their links lead
	Boxes  *sealed.Boxes // of anonymous votes
}

// New makes the service.
func New(d *db.DB, p *people.Service, sp *spaces.Service, a *asks.Service, au *auth.Service, o Options) *Service {
	return &Service{db: d, people: p, spaces: sp, asks: a, auth: au, box: named{}, boxes: o.Boxes, origin: o.Origin}
}

func (s *Service) now() clock.Instant { return s.db.Clock().Now() }

// Path is where a decision is found.
func (d *Decision) Path() string { return "/decisions/" + id.Encode("dec", d.ID) }

// Option finds an option by its key.
func (d *Decision) Option(key string) (Option, bool) {
	for _, o := range d.Options.V {
		if o.Key == key {
			return o, true
		}
	}
	return Option{}, false
}

func (d *Decision) ref() event.Ref { return event.Ref{Kind: "decision", ID: d.ID} }

// event tells something to the readers of the space, and to those it concerns.
func (d *Decision) event(kind string, by id.ID, data any, concerns ...id.ID) event.New {
	return event.New{Kind: kind, Actor: by, Subject: d.ref(), Space: d.Space, Thread: d.Thread, Concerns: concerns, Due: d.EndsAt, Data: data}
}

// seen is a decision as one person stands to it.
type seen struct {
	Decision
	Mine   *Voter // nil when the reader is not entitled
	Reads  bool   // the space too, not the decision alone
	Writes bool   // in the space
}

// find reads a decision that somebody may see: readers of its space, and whoever was
// invited to it; a draft only whoever made it.
func (s *Service) find(ctx context.Context, q db.Queryer, a actor.Actor, x id.ID) (v seen, err error) {
	d, ok, err := load(ctx, q, a.Workspace, x)
	if err != nil || !ok {
		if err == nil {
			err = missing()
		}
		return v, err
	}
	v.Decision = d
	if mine, ok, err := voter(ctx, q, a.Workspace, x, a.Person); err != nil {
		return v, err
	} else if ok {
		v.Mine = &mine
	}
	err = s.spaces.MayRead(ctx, q, a, d.Space)
	v.Reads = err == nil
	if err != nil && !fault.IsKind(err, fault.NotFound) {
		return v, err
	}
	if !v.Reads && (v.Mine == nil || !v.Mine.Guest) || d.hidden() && d.Maker != a.Person && !a.IsSystem() {
		return seen{}, missing()
	}
	if v.Reads {
		err = s.spaces.MayPost(ctx, q, a, d.Space)
		if v.Writes = err == nil; err != nil && fault.As(err) == nil {
			return v, err
		}
	}
	return v, nil
}

// hidden says that only whoever made it may know of it.
func (d *Decision) hidden() bool { return d.State == Draft || d.State == Scheduled }

// house acts for nobody in particular.
func house(ws id.ID) actor.Actor { return actor.System(ws) }

func missing() error { return fault.Missing("decision") }

// leads says whether somebody may change what a decision is: whoever made it, and the
// decider; in their absence the workspace's admins who read it.
func (v *seen) leads(a actor.Actor) bool {
	return v.Reads && (a.Person == v.Maker || a.Person == v.Decider || a.Administers())
}

func (v *seen) mustLead(a actor.Actor) error {
	switch {
	case !v.leads(a):
		return fault.New(fault.Forbidden, "not_yours", "Only whoever made this decision, its decider and admins may do this.")
	case !v.Writes:
		return fault.New(fault.Forbidden, "space_archived", "The space of this decision is archived and can only be read.")
	}
	return nil
}

func wrong(code, field, sentence string) error {
	return fault.New(fault.Invalid, code, sentence).At(field)
}

func wrongf(code, field, format string, args ...any) error {
	return fault.Newf(fault.Invalid, code, format, args...).At(field)
}

func conflict(code, sentence string) error { return fault.New(fault.Conflict, code, sentence) }
