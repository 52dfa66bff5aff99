package batons

import (
	"context"
	"slices"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Step is a person or a team of a chain.
type Step struct {
	Person id.ID `json:"person,omitzero"`
	Team   id.ID `json:"team,omitzero"`
}

// Chain is people and teams of a space among whom work goes around with the clock. In
// which order is not written down: whoever can be ready first comes next.
type Chain struct {
	WorkspaceID id.ID
	ID          id.ID
	Space       id.ID `db:"space_id"`
	Name        string
	Steps       db.JSON[[]Step]
	Window      string `db:"time_window"`
	Version     int64
	MadeBy      id.ID
	MadeAt      clock.Instant
}

// NewChain is a chain as it is written.
type NewChain struct {
	Name    string
	Steps   []Step
	Window  string // four hours when empty
	Version int64  // as it was read; for a change
}

func (s *Service) tidyChain(ctx context.Context, q db.Queryer, a actor.Actor, space id.ID, n NewChain) (NewChain, error) {
	var err error
	if n.Name, err = tidyTitle(n.Name, "chain"); err != nil {
		return n, err
	}
	if n.Window, err = tidyWindow(n.Window); err != nil {
		return n, err
	}
	switch {
	case len(n.Steps) == 0:
		return n, wrong("nobody", "steps", "Put at least one person or team into the chain.")
	case len(n.Steps) > mostSteps:
		return n, fault.Newf(fault.Invalid, "too_many", "A chain has at most %d people and teams.", mostSteps).At("steps")
	}
	var persons []id.ID
	for i, st := range n.Steps {
		switch {
		case slices.Contains(n.Steps[:i], st):
			return n, wrong("twice", "steps", "Somebody is in this chain twice; once is enough, for the clock decides who is next.")
		case st.Person.IsZero() == st.Team.IsZero():
			return n, wrong("step", "steps", "Each step of a chain is one person or one team.")
		case !st.Team.IsZero():
			_, err = s.people.Team(ctx, q, a, st.Team)
		default:
			persons = append(persons, st.Person)
			_, err = s.people.Find(ctx, q, a, st.Person)
		}
		if err != nil {
			return n, err
		}
	}
	able, err := s.able(ctx, q, a.Workspace, space, persons)
	if err == nil && len(able) < len(persons) {
		err = wrong("cannot_read", "steps", "Somebody of this chain cannot read the space. Invite them first, or leave them out.")
	}
	return n, err
}

// MakeChain makes a chain in a space; whoever may write there may, but for guests.
func (s *Service) MakeChain(ctx context.Context, a actor.Actor, space id.ID, n NewChain) (c Chain, err error) {
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		if err := s.spaces.MayPost(ctx, tx, a, space); err != nil {
			return err
		}
		if a.Role == actor.Guest {
			return fault.New(fault.Forbidden, "not_for_guests", "Guests cannot make chains. Ask somebody of the space.")
		}
		if n, err = s.tidyChain(ctx, tx, a, space, n); err != nil {
			return err
		}
		c = Chain{
			WorkspaceID: tx.Workspace, ID: id.New(tx.Now), Space: space, Name: n.Name, Steps: db.JSON[[]Step]{V: n.Steps},
			Window: n.Window, Version: 1, MadeBy: a.Person, MadeAt: tx.Now,
		}
		event.Append(tx, c.told(a.Person))
		if err := insertChain(ctx, tx, c); err != nil {
			return err
		}
		return s.eveningsOf(ctx, tx, c)
	})
	return c, err
}

func (c Chain) told(by id.ID) event.New {
	return event.New{Kind: EventChainChanged, Actor: by, Subject: event.Ref{Kind: "chain", ID: c.ID}, Space: c.Space}
}

// ChangeChain writes a chain anew: whoever made it may, and the leads of its space.
func (s *Service) ChangeChain(ctx context.Context, a actor.Actor, chain id.ID, n NewChain) (c Chain, err error) {
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		if c, err = s.mayChangeChain(ctx, tx, a, chain); err != nil {
			return err
		}
		if n.Version != 0 && n.Version != c.Version {
			return conflict("changed_since", "Somebody changed this chain since you read it. Reload it and make your change again.")
		}
		if n, err = s.tidyChain(ctx, tx, a, c.Space, n); err != nil {
			return err
		}
		c.Name, c.Steps.V, c.Window, c.Version = n.Name, n.Steps, n.Window, c.Version+1
		event.Append(tx, c.told(a.Person))
		if err := updateChain(ctx, tx, c); err != nil {
			return err
		}
		return s.eveningsOf(ctx, tx, c)
	})
	return c, err
}

// EndChain takes a chain away. What is on its way stays with whoever has it, or is
// offered it.
func (s *Service) EndChain(ctx context.Context, a actor.Actor, chain id.ID) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		c, err := s.mayChangeChain(ctx, tx, a, chain)
		if err != nil {
			return err
		}
		event.Append(tx, c.told(a.Person))
		return deleteChain(ctx, tx, chain)
	})
}

func (s *Service) mayChangeChain(ctx context.Context, q db.Queryer, a actor.Actor, chain id.ID) (Chain, error) {
	c, err := s.chain(ctx, q, a, chain)
	if err != nil {
		return c, err
	}
	may, err := s.mayChange(ctx, q, a, c)
	if err == nil && !may {
		err = fault.New(fault.Forbidden, "not_yours", "Only whoever made this chain and the leads of its space may change it.")
	}
	return c, err
}

func (s *Service) mayChange(ctx context.Context, q db.Queryer, a actor.Actor, c Chain) (bool, error) {
	leads, err := s.spaces.MayChange(ctx, q, a, c.Space)
	return leads || c.MadeBy == a.Person, err
}

// chain reads a chain that the actor may see.
func (s *Service) chain(ctx context.Context, q db.Queryer, a actor.Actor, chain id.ID) (Chain, error) {
	c, ok, err := loadChain(ctx, q, a.Workspace, chain)
	if err != nil {
		return c, err
	}
	if !ok {
		return c, fault.Missing("chain")
	}
	if none, err := gone(s.spaces.MayRead(ctx, q, a, c.Space)); none || err != nil {
		if none {
			err = fault.Missing("chain")
		}
		return c, err
	}
	return c, nil
}

// members are the people of a chain who are here and may read its space, in the order
// in which they are named.
func (s *Service) members(ctx context.Context, q db.Queryer, ws id.ID, c Chain) ([]id.ID, error) {
	var list []id.ID
	for _, st := range c.Steps.V {
		more := []id.ID{st.Person}
		if !st.Team.IsZero() {
			var err error
			if more, err = s.people.Expand(ctx, q, ws, nil, []id.ID{st.Team}); err != nil {
				return nil, err
			}
		}
		for _, x := range more {
			if !slices.Contains(list, x) {
				list = append(list, x)
			}
		}
	}
	return s.able(ctx, q, ws, c.Space, list)
}

// wakesOf says when an offer made at an instant would reach the people of a chain, the
// next in front.
func (s *Service) wakesOf(ctx context.Context, q db.Queryer, ws id.ID, c Chain, window string, now clock.Instant, without []id.ID) ([]Wake, error) {
	list, err := s.members(ctx, q, ws, c)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(x id.ID) bool { return slices.Contains(without, x) })
	hours, err := s.people.HoursOf(ctx, q, ws, list)
	return wakeAll(list, hours, now, window), err
}

// wakesAmong says the same of some people, those left out who may not read the space.
func (s *Service) wakesAmong(ctx context.Context, q db.Queryer, ws, space id.ID, list []id.ID, window string, now clock.Instant) ([]Wake, error) {
	list, err := s.able(ctx, q, ws, space, list)
	if err != nil {
		return nil, err
	}
	hours, err := s.people.HoursOf(ctx, q, ws, list)
	return wakeAll(list, hours, now, window), err
}
