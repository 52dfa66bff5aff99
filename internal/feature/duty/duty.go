// Package duty knows who is on duty for a team, now and later: layers of people who
// take turns, covers for once, swaps that the other person accepts, and the note that
// is handed over at each change. Gaps are seen, and told to the rota's keeper, a week
// before they come.
package duty

import (
	"context"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// The kinds of event that this package tells.
var (
	EventRotaChanged   = event.Declare("duty.rota_changed", "A team's duty rota was set, changed or ended.")
	EventCovered       = event.Declare("duty.covered", "Somebody covers a layer of a rota for once, or does so no more; concerns them.")
	EventSwapOffered   = event.Declare("duty.swap_offered", "Somebody offers another their time on duty; concerns the other.")
	EventSwapDecided   = event.Declare("duty.swap_decided", "A swap was accepted, declined or withdrawn; concerns the one who did not decide.")
	EventHandoverAsked = event.Declare("duty.handover_asked", "Whoever leaves duty soon is asked for a handover note; concerns them.")
	EventHandoverWrote = event.Declare("duty.handover_written", "A handover note was written.")
	EventBegun         = event.Declare("duty.begun", "Somebody's duty begins, or its handover note came after it began; concerns them.")
	EventGapAhead      = event.Declare("duty.gap_ahead", "Nobody will be on duty within a week or so; concerns the rota's keeper.")
)

// Rota is the duty of a team: layers in their order, of which the first that has
// somebody counts.
type Rota struct {
	WorkspaceID id.ID
	Team        id.ID `db:"team_id"`
	Keeper      id.ID `db:"keeper_id"` // is told of gaps
	Always      bool  // every gap is worth a warning, not only those in the layers' own hours
	Version     int64
	LookedAt    clock.Instant // handovers and gaps were told up to here
	LookAt      clock.Instant
	ChangedAt   clock.Instant
	ChangedBy   id.ID

	Layers []Layer `db:"-"`
	Covers []Cover `db:"-"`
}

// Layer is people who take turns.
type Layer struct {
	WorkspaceID id.ID
	ID          id.ID
	Team        id.ID `db:"team_id"`
	N           int64
	Name        string
	Zone        string
	Start       string                       `db:"start_date"` // local date on which the first of the people begins
	Handover    int64                        // minutes after the local midnight
	Days        int64                        // of one turn: 7 for a week
	People      db.JSON[[]id.ID]             // in the order of their turns
	Hours       db.JSON[map[string][]string] // weekday → ranges in the zone, as in a schedule; all hours when empty
}

// Cover puts somebody on duty in a layer for once, whoever's turn it is. Of two the
// later made counts.
type Cover struct {
	WorkspaceID id.ID
	ID          id.ID
	Team        id.ID         `db:"team_id"`
	Layer       id.ID         `db:"layer_id"`
	Person      id.ID         `db:"person_id"`
	From        clock.Instant `db:"from_at"`
	To          clock.Instant `db:"to_at"`
	Reason      string
	MadeBy      id.ID
	MadeAt      clock.Instant
	SwapID      id.ID
}

// Folk is what a rota needs to know about somebody on it.
type Folk struct {
	Active bool
	Hours  *worktime.Schedule // holidays and absences take them off duty
}

// Service keeps the rotas.
type Service struct {
	db     *db.DB
	people *people.Service
	agrees Consents
}

// Consents tells who agreed to be paged outside their hours; app fills it.
type Consents func(ctx context.Context, q db.Queryer, ws id.ID, persons []id.ID) (map[id.ID]bool, error)

// New makes the service.
func New(d *db.DB, p *people.Service, c Consents) *Service {
	return &Service{db: d, people: p, agrees: c}
}

func (s *Service) now() clock.Instant { return s.db.Clock().Now() }

func teamRef(x id.ID) event.Ref { return event.Ref{Kind: "team", ID: x} }
