package pages

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Limits of a path.
const (
	mostSteps   = 10
	mostPeople  = 20
	mostMinutes = 24 * 60
	mostBudget  = 1000
	mostLayers  = 10
)

// SetPath names the steps of a space's urgent path and its budget of pages a month;
// whoever may change the space may.
func (s *Service) SetPath(ctx context.Context, a actor.Actor, space id.ID, steps []Step, budget, version int64) error {
	return s.changePath(ctx, a, space, func(p *Path) error {
		if version != p.Version {
			return fault.New(fault.Conflict, "changed_since", "Somebody changed this path since you read it. Reload it and make your change again.")
		}
		if budget < 0 || budget > mostBudget {
			return fault.Newf(fault.Invalid, "budget", "Give a number of pages a month between 0 and %d.", mostBudget).At("budget")
		}
		if len(steps) > mostSteps {
			return fault.Newf(fault.Invalid, "too_many_steps", "A path has at most %d steps.", mostSteps).At("steps")
		}
		for _, st := range steps {
			if err := s.checkStep(ctx, a, st); err != nil {
				return err
			}
		}
		p.Steps.V, p.Budget = steps, budget
		return nil
	})
}

func (s *Service) checkStep(ctx context.Context, a actor.Actor, st Step) error {
	switch n := len(st.People) + len(st.Teams); {
	case st.Duty.IsZero() && n == 0:
		return fault.New(fault.Invalid, "empty_step", "Say whom each step pages: whoever is on duty for a team, people, or teams.").At("steps")
	case n > mostPeople:
		return fault.Newf(fault.Invalid, "too_many", "A step pages at most %d people and teams.", mostPeople).At("steps")
	case st.Minutes < 1 || st.Minutes > mostMinutes:
		return fault.New(fault.Invalid, "minutes", "Give each step between 1 minute and a day to acknowledge.").At("steps.minutes")
	case st.Layer < 0 || st.Layer > mostLayers:
		return fault.New(fault.Invalid, "layer", "Name a layer of the rota by its number, or 0 for whoever is on duty.").At("steps.layer")
	}
	teams := st.Teams
	if !st.Duty.IsZero() {
		teams = append([]id.ID{st.Duty}, teams...)
	}
	for _, t := range teams {
		if _, err := s.people.Team(ctx, s.db, a, t); err != nil {
			return err
		}
	}
	for _, x := range st.People {
		if _, err := s.people.Find(ctx, s.db, a, x); err != nil {
			return err
		}
	}
	return nil
}

// changePath changes a space's path for whoever may change the space.
func (s *Service) changePath(ctx context.Context, a actor.Actor, space id.ID, f func(*Path) error) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		may, err := s.spaces.MayChange(ctx, tx, a, space)
		if err != nil {
			return err
		}
		if !may {
			return fault.New(fault.Forbidden, "leads_only", "Only the leads of the space, and admins, may change how it is paged.")
		}
		p, err := s.path(ctx, tx, a.Workspace, space)
		if err != nil {
			return err
		}
		if err := f(&p); err != nil {
			return err
		}
		p.Version, p.ChangedBy = p.Version+1, a.Person
		event.Append(tx, event.New{Kind: EventPathChanged, Actor: a.Person, Subject: event.Ref{Kind: "space", ID: space}, Space: space})
		return putPath(ctx, tx, p)
	})
}

// DutyTeam is the team whose duty a space pages first; ok is false when its path names
// none. It does not check who asks.
func (s *Service) DutyTeam(ctx context.Context, q db.Queryer, ws, space id.ID) (team id.ID, ok bool, err error) {
	p, err := s.path(ctx, q, ws, space)
	for _, st := range p.Steps.V {
		if !st.Duty.IsZero() {
			return st.Duty, true, err
		}
	}
	return team, false, err
}
