package people

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/id"
)

// Describe says how people and teams look anywhere.
func (s *Service) Describe() map[string]describe.Describer {
	return map[string]describe.Describer{
		"person": func(ctx context.Context, q db.Queryer, a actor.Actor, x id.ID) (describe.Thing, error) {
			p, err := s.Find(ctx, q, a, x)
			if err != nil {
				return describe.Thing{}, err
			}
			return describe.Thing{
				Kind: "person", ID: x, Title: p.Name, Excerpt: p.Title, Path: "/people/" + id.Encode("per", x),
				Who: x, At: p.CreatedAt, State: p.State,
			}, nil
		},
		"team": func(ctx context.Context, q db.Queryer, a actor.Actor, x id.ID) (describe.Thing, error) {
			t, err := s.Team(ctx, q, a, x)
			if err != nil {
				return describe.Thing{}, err
			}
			return describe.Thing{
				Kind: "team", ID: x, Title: t.Name, Excerpt: "@" + t.Handle, Path: "/people?team=" + id.Encode("team", x),
				Who: t.CreatedBy, At: t.CreatedAt,
			}, nil
		},
	}
}
