package agreements

import (
	"context"
	"slices"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Agreement is what holds for a team, as one reader sees it: spaces that they may
// not read are left out.
type Agreement struct {
	Team people.Team
	Version
	MayChange bool
	MayBound  bool // set the bounds of members' hours
}

// Of reads a team's agreement; one that has agreed on nothing yet has version 0.
// A team that the actor may not see is a not_found fault.
func (s *Service) Of(ctx context.Context, q db.Queryer, a actor.Actor, team id.ID) (Agreement, error) {
	return s.at(ctx, q, a, team, 0)
}

// At reads an agreement as it was; version 0 is the newest.
func (s *Service) At(ctx context.Context, q db.Queryer, a actor.Actor, team id.ID, version int64) (Agreement, error) {
	if version < 1 {
		return Agreement{}, fault.Missing("version")
	}
	return s.at(ctx, q, a, team, version)
}

func (s *Service) at(ctx context.Context, q db.Queryer, a actor.Actor, team id.ID, version int64) (Agreement, error) {
	t, err := s.people.Team(ctx, q, a, team)
	if err != nil {
		return Agreement{}, err
	}
	var v Version
	var ok bool
	if version == 0 {
		v, _, err = newest(ctx, q, a.Workspace, team)
		v.Team = team
	} else if v, ok, err = load(ctx, q, a.Workspace, team, version); err == nil && !ok {
		err = fault.Missing("version")
	}
	if err != nil {
		return Agreement{}, err
	}
	v.Fields.V = v.Fields.V.tidy()
	seen, err := s.spaces.SpacesByID(ctx, q, a, v.Fields.V.Spaces)
	v.Fields.V.Spaces = slices.DeleteFunc(slices.Clone(v.Fields.V.Spaces), func(x id.ID) bool { _, ok := seen[x]; return !ok })
	may := t.MayChange(a)
	return Agreement{Team: t, Version: v, MayChange: may, MayBound: may && a.Administers()}, err
}

// Mine lists the agreements of the actor's own teams that have agreed on something.
func (s *Service) Mine(ctx context.Context, q db.Queryer, a actor.Actor) ([]Agreement, error) {
	teams, err := s.people.TeamsWith(ctx, q, a.Workspace, a.Person)
	if err != nil {
		return nil, err
	}
	out := []Agreement{}
	for _, t := range teams {
		x, err := s.Of(ctx, q, a, t)
		if err != nil {
			return nil, err
		}
		if x.Version.Version > 0 {
			out = append(out, x)
		}
	}
	return out, nil
}

// History pages through the versions of an agreement before one (0: from the
// newest), newest first, each with the one before it to compare with.
func (s *Service) History(ctx context.Context, q db.Queryer, a actor.Actor, team id.ID, before int64, limit int) (list []Version, more bool, err error) {
	if _, err := s.people.Team(ctx, q, a, team); err != nil {
		return nil, false, err
	}
	list, err = versionsOf(ctx, q, a.Workspace, team, before, limit+1)
	return list, len(list) > limit, err
}
