// Package asks is what people expect of each other: an ask goes to some people,
// reaches each of them in their own hours, is due for each after a window of
// their own working time, and is answered, declined, passed on or released. It
// also forecasts all that before anything is sent.
package asks

import (
	"context"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/keep"
	"example.org/meantime/worktime"
)

// Kind is what is expected of an addressee.
type Kind string

// The kinds of ask.
const (
	Reply       Kind = "reply"
	Review      Kind = "review"
	Approve     Kind = "approve" // answered yes or no
	Decide      Kind = "decide"  // answered with one of the choices, or in words
	Do          Kind = "do"      // answered done
	Acknowledge Kind = "acknowledge"
	CheckIn     Kind = "check_in"
)

// State is where an ask as a whole stands.
type State string

// An ask is open until enough is answered, its asker releases it, or silence
// has counted as consent.
const (
	Open        State = "open"
	Settled     State = "settled"
	ReleasedAsk State = "released"
	Lapsed      State = "lapsed"
)

// OwedState is where an ask stands with one addressee.
type OwedState string

// The life of an ask with one addressee. Late is derived from the clock.
const (
	Waiting      OwedState = "waiting"
	Acknowledged OwedState = "acknowledged"
	Answered     OwedState = "answered"
	Declined     OwedState = "declined"
	Passed       OwedState = "passed"
	Released     OwedState = "released"
)

// What silence can mean once the last due has passed.
const (
	Nothing  = "nothing"  // the ask stays open, and late
	Consent  = "consent"  // silence is a yes
	Escalate = "escalate" // somebody else is asked in their stead
	IDecide  = "i_decide" // the asker decides
)

// How many must answer; a number in digits is the third way.
const (
	NeedAll = "all"
	NeedAny = "any"
)

// Ask is what its asker expects of its addressees, who are in Owed in the order
// in which they were asked.
type Ask struct {
	WorkspaceID, ID, ThreadID, PostID, AskerID id.ID

	Kind       Kind
	Text       string // one line of what is asked; may be empty
	Urgency    worktime.Urgency
	Reason     string // why it is urgent
	Otherwise  string // what happens if nobody acts
	TimeWindow string // "4h", "1d"; empty when there is a deadline
	Deadline   clock.Instant
	Need       string // all, any, or a number
	Choices    db.JSON[[]string]
	Silence    string
	SilenceTo  id.ID
	State      State
	Note       string // what silence led to
	CreatedAt  clock.Instant
	ExtendedAt clock.Instant // windows count anew from here for whoever was reached before
	SilentAt   clock.Instant // when the rule for silence was applied
	SettledAt  clock.Instant // when it stopped being open
	SettledBy  id.ID
	LastDue    clock.Instant // the latest of the addressees' dues; none when nobody has one
	DueOrder   int64
	LateOrder  int64 // when the first of those still expected to act is late, or the end of time
	Version    int64 // counts the changes, those of the addressees too

	HeldKind string // the thing that holds it, if one does: it is answered there
	HeldID   id.ID
	HeldPath string
	Quiet    int64 // 1 when its asker is neither told of each answer nor shown who has not given one

	Owed []Owed `db:"-"`
}

// Owed is one ask seen from one addressee. Reach and Due are zero for somebody
// who cannot be reached within five years.
type Owed struct {
	AskID, PersonID id.ID
	N               int64 // the order of asking
	State           OwedState
	StateBefore     OwedState // what an undone answer goes back to
	InStead         bool      // asked because others were silent: one answer is enough
	AskedAt         clock.Instant
	Reach, Due      clock.Instant
	DueOrder        int64
	PromisedAt      clock.Instant
	AnsweredAt      clock.Instant
	AnswerValue     string
	AnswerNote      string
	AnswerPost      id.ID
	Reason          string
	PassedTo        id.ID
	PassedBy        id.ID
	RemindedAt      clock.Instant
	ChangedAt       clock.Instant
}

// Open says that the addressee is still expected to act.
func (o Owed) Open() bool { return o.State == Waiting || o.State == Acknowledged }

// By is the moment after which an open row is late: the promise where one was
// made, else the due; zero when there is none.
func (o Owed) By() clock.Instant {
	if o.State == Acknowledged && !o.PromisedAt.IsZero() {
		return o.PromisedAt
	}
	return o.Due
}

// Late says whether the addressee is expected still and the moment has passed.
func (o Owed) Late(now clock.Instant) bool { return o.Open() && !o.By().IsZero() && now > o.By() }

// Of finds the row of one person, or nil.
func (a *Ask) Of(person id.ID) *Owed {
	for i := range a.Owed {
		if a.Owed[i].PersonID == person {
			return &a.Owed[i]
		}
	}
	return nil
}

// Consents tells who agreed to be paged outside their hours; app fills it.
type Consents func(ctx context.Context, q db.Queryer, ws id.ID, persons []id.ID) (map[id.ID]bool, error)

// Service asks, answers and forecasts.
type Service struct {
	db       *db.DB
	people   *people.Service
	spaces   *spaces.Service
	consents Consents
	duty     Duty
	paging   Paging
	agreed   Agreements
	there    describe.Repliers
	whole    *keep.Cache[askKey, *Ask]
}

// New makes the service. Nobody has consented to be paged outside their hours
// until PageOutsideHours says who.
func New(d *db.DB, p *people.Service, sp *spaces.Service) *Service {
	return &Service{db: d, people: p, spaces: sp, consents: nobody, whole: keep.New[askKey, *Ask](asksKept)}
}

// PageOutsideHours fills in who agreed to be paged outside their hours.
func (s *Service) PageOutsideHours(c Consents) { s.consents = c }

// AnswerThere fills in who takes the words that are meant for the things that hold
// asks, by the kind of the thing.
func (s *Service) AnswerThere(r describe.Repliers) { s.there = r }

func nobody(context.Context, db.Queryer, id.ID, []id.ID) (map[id.ID]bool, error) { return nil, nil }
