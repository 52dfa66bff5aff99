// Package brainstorms lets people think alone before they think together, without ever
// being online at once: ideas are collected hidden from each other, revealed shuffled,
// put into groups, refined, voted on, and become work. Each phase ends when everybody
// has had a fair share of their own hours, or is done. What is hidden is hidden here, in
// what is read, and nowhere later.
package brainstorms

import (
	"context"
	"slices"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/blob"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/keys"
)

// The kinds of event that this package tells. None is told of a hidden idea or of a
// ballot; where ideas are anonymous, none names who changed the board.
var (
	EventBegun   = event.Declare("brainstorms.begun", "A brainstorm began to collect ideas.")
	EventChanged = event.Declare("brainstorms.changed", "A brainstorm's words, plan or people changed, or somebody is done with its phase.")
	EventPhase   = event.Declare("brainstorms.phase_changed", "A brainstorm went to its next phase or back to the one before.")
	EventBoard   = event.Declare("brainstorms.board_changed", "What can be seen on the board of a brainstorm changed.")
	EventWaiting = event.Declare("brainstorms.waiting", "A brainstorm cannot go on by itself; concerns its facilitator.")
	EventEnded   = event.Declare("brainstorms.ended", "A brainstorm ended; concerns those who took part and do not follow its thread, which tells them.")
)

// Phase is where a brainstorm stands.
type Phase string

// The phases, in their order.
const (
	Collect Phase = "collect" // ideas are written, each hidden from the others
	Reveal  Phase = "reveal"  // all can be read, shuffled
	Cluster Phase = "cluster" // ideas are put into groups and merged
	Refine  Phase = "refine"  // comments, pros and cons
	Vote    Phase = "vote"
	Act     Phase = "act" // the results are open, and become work
	Ended   Phase = "ended"
)

var phases = []Phase{Collect, Reveal, Cluster, Refine, Vote, Act, Ended}

// before says whether a phase comes before another.
func (p Phase) before(o Phase) bool { return slices.Index(phases, p) < slices.Index(phases, o) }

// Step is one phase of the plan. It ends when everybody has had Window of their own
// working time since it began, or at Until; with neither, by hand or when all are done.
type Step struct {
	Phase  Phase         `json:"phase"`
	Window string        `json:"window,omitempty"` // "4h", "12h30m": working time, not dates
	Until  clock.Instant `json:"until,omitempty"`
}

// Settings are what is fixed at the start. Of the plan, phases still to come may change.
type Settings struct {
	Template  string   `json:"template,omitempty"`
	Anonymous bool     `json:"anonymous,omitempty"`
	HideCount bool     `json:"hide_count,omitempty"` // while ideas are hidden, their number is too
	ByHand    bool     `json:"by_hand,omitempty"`    // phases change when the facilitator says so, and only then
	Plan      []Step   `json:"plan"`
	Vote      VoteRule `json:"vote"`
	Rooms     string   `json:"rooms,omitempty"`   // how people are divided, while they are
	Most      int      `json:"most,omitempty"`    // ideas; MostIdeas when zero
	Counted   bool     `json:"counted,omitempty"` // the results of an anonymous vote are open, and its ballots are gone
}

// Brainstorm is one brainstorm, or one of the rooms that a larger one is divided into.
type Brainstorm struct {
	WorkspaceID id.ID
	ID          id.ID
	Space       id.ID `db:"space_id"`
	Thread      id.ID `db:"thread_id"`
	Post        id.ID `db:"post_id"`
	Parent      id.ID `db:"parent_id"` // what this is a room of
	Room        string
	Title       string
	Prompt      string // Markdown
	Facilitator id.ID  `db:"facilitator_id"`
	Settings    db.JSON[Settings]
	Phase       Phase
	PhaseN      int64 // counts the phases as they are entered, back and forth
	PhaseAt     clock.Instant
	EndsAt      clock.Instant // when the phase ends by itself; zero: it does not
	Seed        string        // decides every order that nobody chose; shown to all
	Secret      []byte        // key of the marks, of anonymous ones not in the row; forgotten at the end
	Version     int64         // of what can be seen on the board
	Base        int64         // the version with which the phase began
	Conclusion  string
	CreatedAt   clock.Instant
	EndedAt     clock.Instant

	People []Taker `db:"-"`
}

// Taker is somebody who takes part.
type Taker struct {
	Person  id.ID `db:"person_id"`
	AddedAt clock.Instant
	DoneN   int64
}

// done says whether somebody said that they are done with the present phase.
func (b *Brainstorm) done(t Taker) bool { return t.DoneN == b.PhaseN }

func (b *Brainstorm) taker(person id.ID) *Taker {
	for i := range b.People {
		if b.People[i].Person == person {
			return &b.People[i]
		}
	}
	return nil
}

func (b *Brainstorm) over() bool { return b.Phase == Ended }

// plan is the part of the plan that is about a phase, and whether it is in it.
func (b *Brainstorm) plan(p Phase) (Step, bool) {
	for _, s := range b.Settings.V.Plan {
		if s.Phase == p {
			return s, true
		}
	}
	return Step{Phase: p}, false
}

// following is the next phase by the plan; Act follows the last of it.
func (b *Brainstorm) following() (Phase, bool) {
	for _, p := range phases[1:] {
		if !b.Phase.before(p) || p == Ended {
			continue
		}
		if _, in := b.plan(p); in || p == Act && b.Parent.IsZero() {
			return p, true
		}
	}
	return "", false
}

// former is the phase before by the plan.
func (b *Brainstorm) former() (Phase, bool) {
	if b.over() {
		return "", false
	}
	for _, p := range slices.Backward(phases) {
		if _, in := b.plan(p); in && p.before(b.Phase) {
			return p, true
		}
	}
	return "", false
}

// Option is an idea as something to decide about.
type Option struct{ Name, Meaning string }

// Question is what is to be decided about ideas.
type Question struct {
	Space   id.ID
	Title   string
	Context string   // Markdown
	Options []Option // in the order of the ideas
	People  []id.ID  // who took part, and can still read the space
}

// Decider begins a decision about ideas; app fills it. The path is where it is found.
type Decider interface {
	DecideTx(ctx context.Context, tx *db.Tx, a actor.Actor, q Question) (path string, err error)
}

// Service keeps brainstorms.
type Service struct {
	db      *db.DB
	people  *people.Service
	spaces  *spaces.Service
	asks    *asks.Service
	files   blob.Store
	keys    keys.Folder
	decider Decider
}

// New makes the service. The keys of anonymous brainstorms lie in a folder of their own,
// which backups leave out.
func New(d *db.DB, p *people.Service, sp *spaces.Service, as *asks.Service, files blob.Store, folder string) *Service {
	return &Service{db: d, people: p, spaces: sp, asks: as, files: files, keys: keys.In(folder, Kind)}
}

// DecideBy lets ideas become decisions.
func (s *Service) DecideBy(d Decider) { s.decider = d }

func (s *Service) now() clock.Instant { return s.db.Clock().Now() }

func ref(x id.ID) event.Ref { return event.Ref{Kind: Kind, ID: x} }

// Kind is what a brainstorm is called in the log, in asks and by describers.
const Kind = "brainstorm"

// prefix begins the ids of brainstorms outside of the house.
const prefix = "brain"

// Path is where a brainstorm is found.
func Path(x id.ID) string { return "/brainstorms/" + id.Encode(prefix, x) }
