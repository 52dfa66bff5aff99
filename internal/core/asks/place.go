package asks

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// where is the thread and space that an ask is in.
type where struct {
	Title string
	Space SpaceView
	Of    id.ID // the space
}

// places finds those of the threads that the actor may read.
func (s *Service) places(ctx context.Context, q db.Queryer, a actor.Actor, threads []id.ID) (map[id.ID]where, error) {
	out, spaceOf := map[id.ID]where{}, map[id.ID]SpaceView{}
	for _, x := range threads {
		if _, seen := out[x]; seen {
			continue
		}
		t, err := s.spaces.Thread(ctx, q, a, x)
		if fault.IsKind(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if _, known := spaceOf[t.Space]; !known {
			sp, err := s.spaces.Space(ctx, q, a, t.Space)
			if err != nil {
				return nil, err
			}
			spaceOf[t.Space] = SpaceView{ID: id.Encode("sp", sp.ID), Name: sp.Name, Color: sp.Color}
		}
		out[x] = where{Title: t.Title, Space: spaceOf[t.Space], Of: t.Space}
	}
	return out, nil
}

// windows are a space's usual response window and its shortest.
func (s *Service) windows(ctx context.Context, q db.Queryer, a actor.Actor, space id.ID) (usual string, shortest worktime.Window, err error) {
	sp, err := s.spaces.Space(ctx, q, a, space)
	if err != nil {
		return "", shortest, err
	}
	if shortest, err = worktime.ParseWindow(sp.WindowShortest); err != nil {
		shortest, err = worktime.Window{}, nil
	}
	return sp.WindowDefault, shortest, nil
}
