package brainstorms

import (
	"context"
	"slices"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Group is a place on the board that ideas are put into.
type Group struct {
	ID      id.ID
	Board   id.ID `db:"brainstorm_id"`
	Name    string
	Place   int64
	Version int64
	Deleted bool
}

// gap is the room between two neighbours, so that moving one thing changes one row.
const gap = int64(1) << 20

// mayArrange: everybody who takes part, once the ideas are shown and until voting begins.
func (at *at) mayArrange() error {
	if err := at.takesPart(); err != nil && !at.facilitates {
		return err
	}
	if err := at.shown(); err != nil {
		return err
	}
	if !at.b.Phase.before(Vote) {
		return fault.New(fault.Conflict, "too_late", "Voting has begun: the board stays as it is.")
	}
	return nil
}

// NewGroup is a group to be made, perhaps with ideas in it.
type NewGroup struct {
	Name  string
	Ideas []id.ID
}

// MakeGroup makes a group.
func (s *Service) MakeGroup(ctx context.Context, a actor.Actor, board id.ID, n NewGroup) (g Group, err error) {
	err = s.write(ctx, a, board, func(ctx context.Context, tx *db.Tx, at *at) error {
		if err := at.mayArrange(); err != nil {
			return err
		}
		groups, err := loadGroups(ctx, tx, tx.Workspace, board, 0)
		if err != nil {
			return err
		}
		g = Group{ID: id.New(tx.Now), Board: board}
		if g.Name, err = groupName(n.Name); err != nil {
			return err
		}
		if len(slices.DeleteFunc(slices.Clone(groups), func(g Group) bool { return g.Deleted })) >= MostGroups {
			return manyGroups()
		}
		for _, o := range groups {
			g.Place = max(g.Place, o.Place)
		}
		g.Place += gap
		if g.Version, err = at.touch(ctx, tx); err != nil {
			return err
		}
		if err := putGroup(ctx, tx, g); err != nil {
			return err
		}
		return s.into(ctx, tx, at, g, n.Ideas)
	})
	return g, err
}

func manyGroups() error {
	return fault.Newf(fault.Conflict, "many_groups", "A board holds %d groups.", MostGroups)
}

// into puts ideas into a new group, in the order given.
func (s *Service) into(ctx context.Context, tx *db.Tx, at *at, g Group, ideas []id.ID) error {
	if len(ideas) > MostIdeas {
		return wrong("many_ideas", "ideas", "That is more ideas than a board holds.")
	}
	for n, x := range ideas {
		i, err := s.standing(ctx, tx, at, x)
		if err != nil {
			return err
		}
		i.Group, i.Place, i.Version = g.ID, int64(n+1)*gap, at.b.Version
		if err := putIdea(ctx, tx, i); err != nil {
			return err
		}
	}
	return nil
}

func groupName(said string) (string, error) {
	s := people.CleanName(said)
	if s == "" && said != "" {
		return "", wrong("name", "name", "Name the group in letters, or leave the name out.")
	}
	if len([]rune(s)) > longestName {
		return "", wrongf("name_long", "name", "Keep the name of a group to %d characters.", longestName)
	}
	return s, nil
}

// standing finds an idea that is a card of its own.
func (s *Service) standing(ctx context.Context, q db.Queryer, at *at, x id.ID) (Idea, error) {
	i, ok, err := loadIdea(ctx, q, at.b.WorkspaceID, at.b.ID, x)
	if err == nil && (!ok || !i.stands()) {
		err = fault.Missing("idea")
	}
	return i, err
}

func (s *Service) group(ctx context.Context, q db.Queryer, at *at, x id.ID) (Group, error) {
	list, err := loadGroups(ctx, q, at.b.WorkspaceID, at.b.ID, 0)
	if err != nil {
		return Group{}, err
	}
	for _, g := range list {
		if g.ID == x && !g.Deleted {
			return g, nil
		}
	}
	return Group{}, fault.Missing("group")
}

// ChangeGroup names a group anew, or puts it before another (after all, when that is
// zero); nil leaves it.
func (s *Service) ChangeGroup(ctx context.Context, a actor.Actor, board, x id.ID, name *string, before *id.ID) (g Group, err error) {
	err = s.write(ctx, a, board, func(ctx context.Context, tx *db.Tx, at *at) error {
		if err := at.mayArrange(); err != nil {
			return err
		}
		if g, err = s.group(ctx, tx, at, x); err != nil {
			return err
		}
		if name != nil {
			if g.Name, err = groupName(*name); err != nil {
				return err
			}
		}
		if g.Version, err = at.touch(ctx, tx); err != nil {
			return err
		}
		if before != nil {
			if err := s.placeGroup(ctx, tx, &g, *before); err != nil {
				return err
			}
		}
		return putGroup(ctx, tx, g)
	})
	return g, err
}

func (s *Service) placeGroup(ctx context.Context, tx *db.Tx, g *Group, before id.ID) error {
	list, err := loadGroups(ctx, tx, tx.Workspace, g.Board, 0)
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(o Group) bool { return o.Deleted || o.ID == g.ID })
	at := len(list)
	if !before.IsZero() {
		if at = slices.IndexFunc(list, func(o Group) bool { return o.ID == before }); at < 0 {
			return fault.Missing("group").At("before")
		}
	}
	g.Place, err = placed(list, at, func(o *Group) *int64 { return &o.Place }, func(o *Group) error {
		o.Version = g.Version
		return putGroup(ctx, tx, *o)
	})
	return err
}

// placed finds a place before the at-th of some that stand in order. Where there is no room
// they are spread anew, and each is kept.
func placed[T any](list []T, at int, place func(*T) *int64, keep func(*T) error) (int64, error) {
	places := make([]int64, len(list))
	for n := range list {
		places[n] = *place(&list[n])
	}
	if found, ok := between(places, at); ok {
		return found, nil
	}
	for n := range list {
		*place(&list[n]) = int64(n+1) * gap
		if err := keep(&list[n]); err != nil {
			return 0, err
		}
	}
	return int64(at)*gap + gap/2, nil
}

// between finds a place before the n-th of some, in order; ok is false when there is no
// room and they have to be spread anew.
func between(places []int64, n int) (place int64, ok bool) {
	low := int64(0)
	if n > 0 {
		low = places[n-1]
	}
	if n == len(places) {
		return low + gap, true
	}
	place = low + (places[n]-low)/2
	return place, place > low && place < places[n]
}

// DropGroup takes a group away; the ideas in it stay on the board.
func (s *Service) DropGroup(ctx context.Context, a actor.Actor, board, x id.ID) error {
	return s.write(ctx, a, board, func(ctx context.Context, tx *db.Tx, at *at) error {
		if err := at.mayArrange(); err != nil {
			return err
		}
		g, err := s.group(ctx, tx, at, x)
		if err != nil {
			return err
		}
		g.Deleted = true
		if g.Version, err = at.touch(ctx, tx); err != nil {
			return err
		}
		list, err := loadIdeas(ctx, tx, tx.Workspace, board, 0)
		if err != nil {
			return err
		}
		for _, i := range list {
			if i.Group == x {
				i.Group, i.Version = id.ID{}, g.Version
				if err := putIdea(ctx, tx, i); err != nil {
					return err
				}
			}
		}
		return putGroup(ctx, tx, g)
	})
}

// Move puts an idea into a group (into none, when that is zero) before another idea (after
// all, when that is zero).
func (s *Service) Move(ctx context.Context, a actor.Actor, board, x, group, before id.ID) (i Idea, err error) {
	err = s.write(ctx, a, board, func(ctx context.Context, tx *db.Tx, at *at) error {
		if err := at.mayArrange(); err != nil {
			return err
		}
		if i, err = s.standing(ctx, tx, at, x); err != nil {
			return err
		}
		if !group.IsZero() {
			if _, err := s.group(ctx, tx, at, group); err != nil {
				return err
			}
		}
		if i.Version, err = at.touch(ctx, tx); err != nil {
			return err
		}
		i.Group = group
		if err := s.placeIdea(ctx, tx, &i, before); err != nil {
			return err
		}
		return putIdea(ctx, tx, i)
	})
	return i, err
}

func (s *Service) placeIdea(ctx context.Context, tx *db.Tx, i *Idea, before id.ID) error {
	list, err := loadIdeas(ctx, tx, tx.Workspace, i.Board, 0)
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(o Idea) bool { return !o.stands() || o.ID == i.ID || o.Group != i.Group })
	at := len(list)
	if !before.IsZero() {
		if at = slices.IndexFunc(list, func(o Idea) bool { return o.ID == before }); at < 0 {
			return fault.Missing("idea").At("before")
		}
	}
	i.Place, err = placed(list, at, func(o *Idea) *int64 { return &o.Place }, func(o *Idea) error {
		o.Version = i.Version
		return putIdea(ctx, tx, *o)
	})
	return err
}

// Merge lays an idea onto another: both texts stay, and they are one card until Part.
func (s *Service) Merge(ctx context.Context, a actor.Actor, board, x, into id.ID) error {
	return s.write(ctx, a, board, func(ctx context.Context, tx *db.Tx, at *at) error {
		if err := at.mayArrange(); err != nil {
			return err
		}
		i, err := s.standing(ctx, tx, at, x)
		if err != nil {
			return err
		}
		to, err := s.standing(ctx, tx, at, into)
		if err != nil {
			return err
		}
		if x == into {
			return wrong("itself", "into", "Merge an idea into another one.")
		}
		i.Merged = into
		return s.putBoth(ctx, tx, at, i, to)
	})
}

// Part takes two merged ideas apart again.
func (s *Service) Part(ctx context.Context, a actor.Actor, board, x id.ID) error {
	return s.write(ctx, a, board, func(ctx context.Context, tx *db.Tx, at *at) error {
		if err := at.mayArrange(); err != nil {
			return err
		}
		i, ok, err := loadIdea(ctx, tx, tx.Workspace, board, x)
		if err != nil {
			return err
		}
		if !ok || !i.Shown || i.Deleted || i.Merged.IsZero() {
			return fault.Missing("idea")
		}
		to, _, err := loadIdea(ctx, tx, tx.Workspace, board, i.Merged)
		if err != nil {
			return err
		}
		i.Merged, i.Group = id.ID{}, to.Group
		return s.putBoth(ctx, tx, at, i, to)
	})
}

// putBoth writes an idea and the one that it joins or leaves. The card that shows the
// other may itself be merged; its own card then changes too.
func (s *Service) putBoth(ctx context.Context, tx *db.Tx, at *at, i, to Idea) error {
	v, err := at.touch(ctx, tx)
	if err != nil {
		return err
	}
	i.Version = v
	if err := putIdea(ctx, tx, i); err != nil {
		return err
	}
	for range MostIdeas { // to the card that stands
		to.Version = v
		if err := putIdea(ctx, tx, to); err != nil || to.Merged.IsZero() {
			return err
		}
		var ok bool
		if to, ok, err = loadIdea(ctx, tx, tx.Workspace, to.Board, to.Merged); err != nil || !ok {
			return err
		}
	}
	return nil
}
