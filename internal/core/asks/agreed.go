package asks

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// Addressed is what an agreement needs to know of an ask: of whom, where, and what.
type Addressed struct {
	People, Teams []id.ID
	Space         id.ID // zero while a composer knows of none
	Kind          Kind
}

// Agreements are what teams agreed on; app fills it.
type Agreements interface {
	// Window is the usual response window and the name of the team that agreed on it;
	// empty for none.
	Window(ctx context.Context, q db.Queryer, a actor.Actor, to Addressed) (window, team string, err error)
	// MayUrgent is a fault when the actor may not ask this urgently.
	MayUrgent(ctx context.Context, q db.Queryer, a actor.Actor, to Addressed) error
}

// AgreedOn fills in what teams agreed on; until then, nothing is.
func (s *Service) AgreedOn(x Agreements) { s.agreed = x }

func (n NewAsk) addressed(space id.ID) Addressed {
	return Addressed{People: n.People, Teams: n.Teams, Space: space, Kind: n.Kind}
}

// usual is the window for an ask that says none: the one agreed on, else the space's.
func (s *Service) usual(ctx context.Context, q db.Queryer, a actor.Actor, n NewAsk, space id.ID, of string) (window, team string, err error) {
	if s.agreed == nil || n.Window != "" || !n.Deadline.IsZero() {
		return of, "", nil
	}
	window, team, err = s.agreed.Window(ctx, q, a, n.addressed(space))
	if err != nil || window == "" {
		return of, "", err
	}
	return window, team, nil
}

// mayUrgent refuses what was agreed not to be asked urgently by the actor.
func (s *Service) mayUrgent(ctx context.Context, q db.Queryer, a actor.Actor, n NewAsk, space id.ID) error {
	if s.agreed == nil || n.Urgency != worktime.Urgent {
		return nil
	}
	return s.agreed.MayUrgent(ctx, q, a, n.addressed(space))
}

// warnUrgent says the same to somebody who only asks how it would be.
func (s *Service) warnUrgent(ctx context.Context, q db.Queryer, a actor.Actor, n NewAsk, space id.ID, f *Forecast) error {
	err := s.mayUrgent(ctx, q, a, n, space)
	if x := fault.As(err); x != nil {
		f.Warnings = append([]string{x.Sentence}, f.Warnings...)
		return nil
	}
	return err
}
