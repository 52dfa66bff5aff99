package brainstorms

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// The ways to divide people into rooms.
const (
	ByOverlap = "overlap" // those whose hours lie together
	Mixture   = "mixture" // from as many hours as possible
)

// inRooms says that small groups think now, each on a board of its own.
func (b *Brainstorm) inRooms() bool { return b.Phase == Collect && b.Settings.V.Rooms != "" }

// Divide divides everybody who takes part into rooms of at most six, each with a board
// of its own in which the phases named are gone through. Ideas that are here already
// stay, and are revealed with those of the rooms.
func (s *Service) Divide(ctx context.Context, a actor.Actor, x id.ID, by string, through []Phase) error {
	return s.write(ctx, a, x, func(ctx context.Context, tx *db.Tx, at *at) error {
		if err := at.leads(); err != nil {
			return err
		}
		b := at.b
		switch {
		case by != ByOverlap && by != Mixture:
			return wrong("by", "by", "Divide people by overlap of their hours, or for a mixture of them.")
		case !b.Parent.IsZero():
			return fault.New(fault.Conflict, "room", "A room is not divided any further.")
		case b.Phase != Collect:
			return fault.New(fault.Conflict, "too_late", "Divide people while ideas are collected.")
		}
		who, err := s.eligible(ctx, tx, b)
		if err != nil {
			return err
		}
		parts, err := s.parts(ctx, tx, b, who, by)
		if err != nil {
			return err
		}
		if err := s.closeEmpty(ctx, tx, b); err != nil { // divided anew
			return err
		}
		b.Settings.V.Rooms = by
		b.EndsAt = 0
		if err := s.expectAnew(ctx, tx, b, nil); err != nil {
			return err
		}
		for n, part := range parts {
			if err := s.openRoom(ctx, tx, b, n, len(parts), part, through); err != nil {
				return err
			}
		}
		event.Append(tx, event.New{Kind: EventChanged, Actor: a.Person, Subject: ref(b.ID), Space: b.Space, Thread: b.Thread})
		return update(ctx, tx, b)
	})
}

// Undivide takes rooms away in which nobody has written anything yet; everybody is asked
// for ideas on the whole board again.
func (s *Service) Undivide(ctx context.Context, a actor.Actor, x id.ID) error {
	return s.write(ctx, a, x, func(ctx context.Context, tx *db.Tx, at *at) error {
		if err := at.leads(); err != nil {
			return err
		}
		b := at.b
		if !b.inRooms() {
			return fault.New(fault.Conflict, "no_rooms", "This brainstorm is not divided into rooms.")
		}
		if err := s.closeEmpty(ctx, tx, b); err != nil {
			return err
		}
		b.Settings.V.Rooms, b.PhaseAt = "", tx.Now
		who, err := s.eligible(ctx, tx, b)
		if err != nil {
			return err
		}
		if err := s.endAt(ctx, tx, b, who); err != nil {
			return err
		}
		if err := s.expectAnew(ctx, tx, b, who); err != nil {
			return err
		}
		event.Append(tx, event.New{Kind: EventChanged, Actor: a.Person, Subject: ref(b.ID), Space: b.Space, Thread: b.Thread, Due: b.EndsAt})
		return update(ctx, tx, b)
	})
}

// closeEmpty closes the rooms there are, unless an idea was written in one.
func (s *Service) closeEmpty(ctx context.Context, tx *db.Tx, b *Brainstorm) error {
	if !b.inRooms() {
		return nil
	}
	f, err := s.fixed(ctx, tx, b)
	if err != nil {
		return err
	}
	if f.Rooms != "" {
		return fault.New(fault.Conflict, "fixed_rooms", f.Rooms)
	}
	list, err := rooms(ctx, tx, tx.Workspace, b.ID)
	if err != nil {
		return err
	}
	for i := range list {
		if !list[i].over() {
			if err := s.closeRoom(ctx, tx, &list[i], "People are divided in another way."); err != nil {
				return err
			}
		}
	}
	return nil
}

// parts divides people.
func (s *Service) parts(ctx context.Context, q db.Queryer, b *Brainstorm, who []Taker, by string) ([][]id.ID, error) {
	if len(who) <= mostInRoom {
		return nil, fault.Newf(fault.Conflict, "few_people", "%d people fit into one room. Rooms are for more than %d.", len(who), mostInRoom)
	}
	rooms := (len(who) + mostInRoom - 1) / mostInRoom
	if b.Settings.V.Anonymous && len(who)/rooms < fewest {
		return nil, fault.Newf(fault.Conflict, "few_in_room", "%d people cannot be divided into rooms of at least %d, and in a smaller one everybody could guess who wrote what.", len(who), fewest)
	}
	list := make([]id.ID, len(who))
	for i, t := range who {
		list[i] = t.Person
	}
	hours, err := s.people.HoursOf(ctx, q, b.WorkspaceID, list)
	if err != nil {
		return nil, err
	}
	return divide(list, hours, s.now(), rooms, by == Mixture), nil
}

// divide puts people in the order in which their day lies in the turn of the Earth,
// beginning after the widest gap, and cuts that into rooms or deals it out to them.
func divide(list []id.ID, hours map[id.ID]*worktime.Schedule, now clock.Instant, rooms int, mixture bool) [][]id.ID {
	type one struct {
		x  id.ID
		at time.Duration // the middle of their next day of work, from midnight UTC
	}
	day := 24 * time.Hour
	all := make([]one, len(list))
	for i, x := range list {
		all[i].x = x
		if h := hours[x]; h != nil {
			if ranges := h.Ranges(now.Time(), now.Time().Add(7*day)); len(ranges) > 0 {
				r := ranges[len(ranges)-1]
				mid := r.From.Add(r.To.Sub(r.From) / 2).UTC()
				all[i].at = mid.Sub(mid.Truncate(day))
			}
		}
	}
	slices.SortFunc(all, func(p, q one) int {
		if p.at != q.at {
			return int(min(max(p.at-q.at, -1), 1))
		}
		return bytes.Compare(p.x[:], q.x[:])
	})
	first, widest := 0, time.Duration(-1)
	for i := range all {
		before := all[(i+len(all)-1)%len(all)].at
		gap := all[i].at - before
		if i == 0 {
			gap += day
		}
		if gap > widest {
			first, widest = i, gap
		}
	}
	out := make([][]id.ID, rooms)
	for i := range all {
		x := all[(first+i)%len(all)].x
		n := i * rooms / len(all)
		if mixture {
			n = i % rooms
		}
		out[n] = append(out[n], x)
	}
	return out
}

func (s *Service) openRoom(ctx context.Context, tx *db.Tx, b *Brainstorm, n, of int, who []id.ID, through []Phase) error {
	r := *b
	r.ID, r.Parent, r.Room = id.New(tx.Now), b.ID, fmt.Sprintf("Room %d", n+1)
	r.Settings.V.Rooms, r.Settings.V.Plan, r.Settings.V.Most = "", nil, MostIdeas/of
	r.Phase, r.PhaseN, r.PhaseAt, r.Seed, r.CreatedAt = Collect, 1, tx.Now, newSeed(), tx.Now
	r.People = nil
	for _, step := range b.Settings.V.Plan {
		if step.Phase == Collect || step.Phase.before(Vote) && slices.Contains(through, step.Phase) {
			r.Settings.V.Plan = append(r.Settings.V.Plan, step)
		}
	}
	slices.SortFunc(who, func(x, y id.ID) int { return bytes.Compare(x[:], y[:]) })
	for _, p := range who {
		r.People = append(r.People, Taker{Person: p, AddedAt: tx.Now})
	}
	if err := s.beginTx(ctx, tx, &r); err != nil {
		return err
	}
	return s.firstGroups(ctx, tx, &r)
}

// roomReady lets a room wait for the others; when all wait, they are brought together.
func (s *Service) roomReady(ctx context.Context, tx *db.Tx, at *at) error {
	if err := s.enter(ctx, tx, at, Act); err != nil {
		return err
	}
	list, err := rooms(ctx, tx, tx.Workspace, at.b.Parent)
	if err != nil {
		return err
	}
	for _, r := range list {
		if r.ID != at.b.ID && r.Phase != Act && r.Phase != Ended {
			return nil
		}
	}
	parent, err := s.find(ctx, tx, actor.System(tx.Workspace), at.b.Parent)
	if err != nil || !parent.b.inRooms() {
		return err
	}
	err = s.gather(ctx, tx, parent)
	if fault.Is(err, "no_ideas") { // nobody wrote anything in any room
		event.Append(tx, event.New{Kind: EventWaiting, Subject: ref(parent.b.ID), Space: parent.b.Space, Thread: parent.b.Thread, Concerns: []id.ID{parent.b.Facilitator}})
		return nil
	}
	return err
}

// Gather brings the rooms together by hand, whether they are done or not.
func (s *Service) Gather(ctx context.Context, a actor.Actor, x id.ID) error {
	return s.write(ctx, a, x, func(ctx context.Context, tx *db.Tx, at *at) error {
		if err := at.leads(); err != nil {
			return err
		}
		if !at.b.inRooms() {
			return fault.New(fault.Conflict, "no_rooms", "This brainstorm is not divided into rooms.")
		}
		return s.gather(ctx, tx, at)
	})
}

// gather copies what the rooms thought of onto the large board, and reveals it there.
func (s *Service) gather(ctx context.Context, tx *db.Tx, at *at) error {
	list, err := rooms(ctx, tx, tx.Workspace, at.b.ID)
	if err != nil {
		return err
	}
	ids := []id.ID{at.b.ID}
	for _, r := range list {
		if r.Phase != Ended {
			ids = append(ids, r.ID)
		}
	}
	n, err := countIdeas(ctx, tx, tx.Workspace, ids)
	if err != nil {
		return err
	}
	total := int64(0)
	for _, k := range n {
		total += k
	}
	if total == 0 {
		return fault.New(fault.Conflict, "no_ideas", "There is no idea in any room yet. Give people more time, or end the brainstorm.")
	}
	for i := range list {
		if list[i].Phase != Ended {
			if err := s.bring(ctx, tx, at.b, &list[i]); err != nil {
				return err
			}
		}
	}
	at.b.Settings.V.Rooms = ""
	to, ok := at.b.following()
	if !ok {
		return fault.New(fault.Conflict, "last_phase", "This is the last phase.")
	}
	return s.enter(ctx, tx, at, to)
}

// bring copies one room and closes it. Copies are hidden until the reveal that follows.
func (s *Service) bring(ctx context.Context, tx *db.Tx, b, room *Brainstorm) error {
	if room.Phase == Collect {
		room.Version++
		if err := s.reveal(ctx, tx, room); err != nil {
			return err
		}
	}
	names, err := s.bringGroups(ctx, tx, b, room)
	if err != nil {
		return err
	}
	ideas, err := loadIdeas(ctx, tx, tx.Workspace, room.ID, 0)
	if err != nil {
		return err
	}
	copied := func(x id.ID) id.ID {
		if x.IsZero() {
			return x
		}
		return b.idOf(keyed(b.Secret, "room", x[:]))
	}
	whole, _, err := load(ctx, tx, tx.Workspace, room.ID) // with its people
	if err != nil {
		return err
	}
	who := append(slices.Clone(whole.People), b.People...)
	for _, i := range ideas {
		if !i.Shown || i.Deleted {
			continue
		}
		i.Mark = b.anew(who, i.ID, copied(i.ID), i.Mark)
		i.ID, i.Board, i.Merged, i.Group = copied(i.ID), b.ID, copied(i.Merged), names[i.Group]
		i.Room, i.Shown, i.N, i.Version, i.Late = room.Room, false, 0, 0, false
		if err := putIdea(ctx, tx, i); err != nil {
			return err
		}
	}
	notes, err := loadNotes(ctx, tx, tx.Workspace, room.ID)
	if err != nil {
		return err
	}
	for _, n := range notes {
		n.Mark = b.anew(who, n.ID, copied(n.ID), n.Mark)
		n.ID, n.Idea, n.Board = copied(n.ID), copied(n.Idea), b.ID
		if err := putNote(ctx, tx, n); err != nil {
			return err
		}
	}
	return s.closeRoom(ctx, tx, room, "The rooms are brought together.")
}

// bringGroups makes the room's groups that have a name on the large board, where they
// are not there yet.
func (s *Service) bringGroups(ctx context.Context, tx *db.Tx, b, room *Brainstorm) (map[id.ID]id.ID, error) {
	there, err := loadGroups(ctx, tx, tx.Workspace, b.ID, 0)
	if err != nil {
		return nil, err
	}
	theirs, err := loadGroups(ctx, tx, tx.Workspace, room.ID, 0)
	if err != nil {
		return nil, err
	}
	out, last := map[id.ID]id.ID{}, int64(0)
	for _, g := range there {
		last = max(last, g.Place)
	}
	for _, g := range theirs {
		if g.Deleted || g.Name == "" {
			continue
		}
		n := slices.IndexFunc(there, func(o Group) bool { return !o.Deleted && o.Name == g.Name })
		if n < 0 {
			last += gap
			there = append(there, Group{ID: id.New(tx.Now), Board: b.ID, Name: g.Name, Place: last, Version: b.Version + 1})
			n = len(there) - 1
			if err := putGroup(ctx, tx, there[n]); err != nil {
				return nil, err
			}
		}
		out[g.ID] = there[n].ID
	}
	return out, nil
}

func (s *Service) closeRoom(ctx context.Context, tx *db.Tx, room *Brainstorm, why string) error {
	room.Phase, room.EndedAt, room.EndsAt, room.Secret = Ended, tx.Now, 0, nil
	room.Version++
	room.Base = room.Version
	if err := s.asks.HeldOverTx(ctx, tx, room.thing(), why); err != nil {
		return err
	}
	if err := forget(ctx, tx, room.ID); err != nil {
		return err
	}
	event.Append(tx, event.New{Kind: EventEnded, Subject: ref(room.ID), Space: room.Space, Thread: room.Thread})
	return update(ctx, tx, room)
}
