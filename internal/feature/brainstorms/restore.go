package brainstorms

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// RestoreGroup brings back a group that was taken away, where it was, with those of the
// ideas named that are in no group by now.
func (s *Service) RestoreGroup(ctx context.Context, a actor.Actor, board, x id.ID, ideas []id.ID) error {
	return s.write(ctx, a, board, func(ctx context.Context, tx *db.Tx, at *at) error {
		if err := at.mayArrange(); err != nil {
			return err
		}
		list, err := loadGroups(ctx, tx, tx.Workspace, board, 0)
		if err != nil {
			return err
		}
		var g *Group
		stand := 0
		for i := range list {
			if list[i].ID == x {
				g = &list[i]
			}
			if !list[i].Deleted {
				stand++
			}
		}
		switch {
		case g == nil:
			return fault.Missing("group")
		case !g.Deleted:
			tx.Quiet("the group is there")
			return nil
		case stand >= MostGroups:
			return manyGroups()
		}
		g.Deleted = false
		if g.Version, err = at.touch(ctx, tx); err != nil {
			return err
		}
		if err := putGroup(ctx, tx, *g); err != nil {
			return err
		}
		return s.backInto(ctx, tx, at, *g, ideas)
	})
}

// backInto puts ideas into a group again; each has kept its place.
func (s *Service) backInto(ctx context.Context, tx *db.Tx, at *at, g Group, ideas []id.ID) error {
	all, err := loadIdeas(ctx, tx, tx.Workspace, at.b.ID, 0)
	if err != nil {
		return err
	}
	shown, named := map[id.ID]bool{}, map[id.ID]bool{}
	for _, i := range all {
		shown[i.ID] = i.Shown
	}
	for _, x := range ideas {
		if !shown[x] {
			return fault.Missing("idea")
		}
		named[x] = true
	}
	for _, i := range all {
		if !named[i.ID] || i.Deleted || !i.Group.IsZero() {
			continue
		}
		i.Group, i.Version = g.ID, g.Version
		if err := putIdea(ctx, tx, i); err != nil {
			return err
		}
	}
	return nil
}
