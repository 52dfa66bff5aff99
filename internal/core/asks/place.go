package asks

import (
	"context"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
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

// places finds those of the threads that the actor may read, in one query.
func (s *Service) places(ctx context.Context, q db.Queryer, a actor.Actor, threads []id.ID) (map[id.ID]where, error) {
	found, err := s.spaces.ThreadsIn(ctx, q, a, unique(threads))
	if err != nil {
		return nil, err
	}
	out := make(map[id.ID]where, len(found))
	for x, t := range found {
		out[x] = where{Title: t.Title, Of: t.Space, Space: SpaceView{ID: id.Encode("sp", t.Space), Name: t.SpaceName, Color: t.SpaceColor}}
	}
	return out, nil
}

// Show writes asks for a reader who may see them all: threads are those they are
// in, and who is everybody whom Everybody names.
func (s *Service) Show(a actor.Actor, list []*Ask, threads map[id.ID]spaces.ThreadIn, who map[id.ID]people.PersonRef) []AskView {
	now, out := s.db.Clock().Now(), make([]AskView, 0, len(list))
	for _, x := range list {
		t := threads[x.ThreadID]
		out = append(out, x.view(a.Person, now, where{Title: t.Title, Of: t.Space, Space: SpaceView{ID: id.Encode("sp", t.Space), Name: t.SpaceName, Color: t.SpaceColor}}, who))
	}
	return out
}

// Everybody lists the people named on an ask.
func (a *Ask) Everybody() []id.ID {
	out := append(make([]id.ID, 0, 2+len(a.Owed)), a.AskerID, a.SilenceTo)
	for _, o := range a.Owed {
		out = append(out, o.PersonID)
		if !o.PassedTo.IsZero() || !o.PassedBy.IsZero() {
			out = append(out, o.PassedTo, o.PassedBy)
		}
	}
	return out
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
