package people

import (
	"context"
	"slices"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Find reads a person as somebody sees them: guests see only themselves and the
// people who share a space with them. Everybody else is a not_found fault.
func (s *Service) Find(ctx context.Context, q db.Queryer, a actor.Actor, person id.ID) (Person, error) {
	p, err := s.Get(ctx, q, a.Workspace, person)
	if err != nil || a.Role != actor.Guest || person == a.Person {
		return p, err
	}
	seen, err := s.seenByGuest(ctx, q, a)
	if err == nil && !slices.Contains(seen, person) {
		err = fault.Missing("person")
	}
	if err != nil {
		return Person{}, err
	}
	return p, nil
}

// Visible keeps, of a list, the people whom somebody may see.
func (s *Service) Visible(ctx context.Context, q db.Queryer, a actor.Actor, list []id.ID) ([]id.ID, error) {
	if a.Role != actor.Guest {
		return list, nil
	}
	seen, err := s.seenByGuest(ctx, q, a)
	if err != nil {
		return nil, err
	}
	out := []id.ID{}
	for _, x := range list {
		if slices.Contains(seen, x) {
			out = append(out, x)
		}
	}
	return out, nil
}

func (s *Service) seenByGuest(ctx context.Context, q db.Queryer, a actor.Actor) ([]id.ID, error) {
	if s.near.Shares == nil {
		return []id.ID{a.Person}, nil
	}
	list, err := s.near.Shares(ctx, q, a.Workspace, a.Person)
	return append(list, a.Person), err
}
