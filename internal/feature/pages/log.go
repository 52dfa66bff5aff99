package pages

import (
	"context"
	"slices"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Log reads the pages of a space, newest first, for whoever may read the space.
// Threads that moved to where the actor may not read them are left out.
func (s *Service) Log(ctx context.Context, a actor.Actor, space, after id.ID, limit int) (list []Page, more bool, err error) {
	if err := s.spaces.MayRead(ctx, s.db, a, space); err != nil {
		return nil, false, err
	}
	if !after.IsZero() {
		if _, err := s.find(ctx, s.db, a, after); err != nil {
			return nil, false, err
		}
	}
	if list, err = pagesOfSpace(ctx, s.db, a.Workspace, space, after, limit+1); err != nil {
		return nil, false, err
	}
	if more = len(list) > limit; more {
		list = list[:limit]
	}
	return list, more, nil
}

// OfAsk reads the page of an ask; there is none for what is not urgent.
func (s *Service) OfAsk(ctx context.Context, a actor.Actor, ask id.ID) (Page, error) {
	if _, err := s.asks.Ask(ctx, s.db, a, ask); err != nil {
		return Page{}, err
	}
	p, ok, err := loadPageOf(ctx, s.db, a.Workspace, ask)
	if err == nil && !ok {
		err = fault.New(fault.NotFound, "no_page", "Nobody is paged for this ask.")
	}
	if err != nil {
		return Page{}, err
	}
	return *p, nil
}

// judgeWithin is for how long one is asked whether a page was rightly urgent.
const judgeWithin = 7 * 24 * time.Hour

// Mine lists the pages that reached the actor: those open, and those of the last week
// about which they have not said yet whether they were rightly urgent.
func (s *Service) Mine(ctx context.Context, a actor.Actor) (open, past []Page, err error) {
	list, err := pagesCalling(ctx, s.db, a.Workspace, a.Person, s.now().Add(-judgeWithin), 50)
	if err != nil {
		return nil, nil, err
	}
	for _, p := range list {
		i := slices.IndexFunc(p.Calls, func(c Call) bool { return c.Person == a.Person && c.Outcome == paged })
		switch {
		case !p.over():
			open = append(open, p)
		case p.State == resolved && i >= 0 && p.Calls[i].Rightly == "":
			past = append(past, p)
		}
	}
	return open, past, nil
}
