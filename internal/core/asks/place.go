package asks

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// where is the thread and space that an ask is in.
type where struct {
	Title string
	Space SpaceView
	Of    id.ID // the space
}

// places finds those of the threads that the actor may read, in two queries.
func (s *Service) places(ctx context.Context, q db.Queryer, a actor.Actor, threads []id.ID) (map[id.ID]where, error) {
	found, err := s.spaces.Threads(ctx, q, a, unique(threads))
	if err != nil {
		return nil, err
	}
	var of []id.ID
	for _, t := range found {
		of = append(of, t.Space)
	}
	known, err := s.spaces.SpacesByID(ctx, q, a, unique(of))
	if err != nil {
		return nil, err
	}
	out := make(map[id.ID]where, len(found))
	for x, t := range found {
		sp := known[t.Space]
		out[x] = where{Title: t.Title, Of: t.Space, Space: SpaceView{ID: id.Encode("sp", sp.ID), Name: sp.Name, Color: sp.Color}}
	}
	return out, nil
}

// unique keeps the first of each, without the zero id.
func unique(list []id.ID) []id.ID {
	seen, out := make(map[id.ID]bool, len(list)), make([]id.ID, 0, len(list))
	for _, x := range list {
		if !x.IsZero() && !seen[x] {
			seen[x] = true
			out = append(out, x)
		}
	}
	return out
}

// windows are a space's usual response window and its shortest.
func (s *Service) windows(ctx context.Context, q db.Queryer, a actor.Actor, space id.ID) (usual string, shortest worktime.Window, err error) {
	sp, err := s.spaces.Space(ctx, q, a, space)
	if err != nil {
		return "", shortest, err
	}
	shortest, err = worktime.ParseWindow(sp.WindowShortest)
	if err != nil {
		return sp.WindowDefault, worktime.Window{}, nil // a space without one warns of nothing
	}
	return sp.WindowDefault, shortest, nil
}
