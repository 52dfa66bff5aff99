package spaces

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Followers lists who follows a thread and has not muted it, by id. Whether they
// may still read it is for Readers to say.
func (s *Service) Followers(ctx context.Context, q db.Queryer, workspace, thread id.ID) ([]id.ID, error) {
	return followers(ctx, q, workspace, thread)
}

// Muted says of each thread who has muted it, in one query.
func (s *Service) Muted(ctx context.Context, q db.Queryer, workspace id.ID, threads []id.ID) (map[id.ID]map[id.ID]bool, error) {
	out := map[id.ID]map[id.ID]bool{}
	for _, part := range chunks(threads) {
		rows, err := mutes(ctx, q, workspace, part)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if out[r.ThreadID] == nil {
				out[r.ThreadID] = map[id.ID]bool{}
			}
			out[r.ThreadID][r.PersonID] = true
		}
	}
	return out, nil
}

// Follow makes the actor follow a thread, or no longer.
func (s *Service) Follow(ctx context.Context, a actor.Actor, thread id.ID, on bool) error {
	return s.place(ctx, a, thread, Position{"follow", on}, func(tx *db.Tx, r *positionRow) {
		r.FollowedAt, r.UnfollowedAt = tx.Now, 0
		if !on {
			r.FollowedAt, r.UnfollowedAt = 0, tx.Now
		}
	})
}

// Mute keeps a thread from reaching the actor, or lets it again. What is asked of
// them still does.
func (s *Service) Mute(ctx context.Context, a actor.Actor, thread id.ID, on bool) error {
	return s.place(ctx, a, thread, Position{"mute", on}, func(tx *db.Tx, r *positionRow) {
		r.MutedAt = 0
		if on {
			r.MutedAt = tx.Now
		}
	})
}

// Save keeps a thread for later, or no longer.
func (s *Service) Save(ctx context.Context, a actor.Actor, thread id.ID, on bool) error {
	return s.place(ctx, a, thread, Position{"saved", on}, func(tx *db.Tx, r *positionRow) {
		r.SavedAt = 0
		if on {
			r.SavedAt = tx.Now
		}
	})
}

// ReadTo says that the actor has read a thread up to a post of it.
func (s *Service) ReadTo(ctx context.Context, a actor.Actor, thread, post id.ID) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		p, t, _, err := s.post(ctx, tx, a, post)
		if err != nil {
			return err
		}
		if t.ID != thread {
			return fault.Missing("post")
		}
		if err := readUpTo(ctx, tx, t.ID, a.Person, p.N); err != nil {
			return err
		}
		tell(tx, a, t, Position{"read", true})
		return nil
	})
}

// place changes how the actor stands to a thread. Doing so twice is doing it once.
func (s *Service) place(ctx context.Context, a actor.Actor, thread id.ID, what Position, change func(*db.Tx, *positionRow)) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		t, _, err := s.thread(ctx, tx, a, thread)
		if err != nil {
			return err
		}
		r, err := loadPosition(ctx, tx, a.Workspace, t.ID, a.Person)
		if err != nil {
			return err
		}
		change(tx, &r)
		if err := storePosition(ctx, tx, t.ID, a.Person, r); err != nil {
			return err
		}
		tell(tx, a, t, what)
		return nil
	})
}

// tell says so to the actor alone: the event has no space, only a concern.
func tell(tx *db.Tx, a actor.Actor, t Thread, what Position) {
	event.Append(tx, event.New{
		Kind: EventPositionChanged, Actor: a.Person, Subject: threadRef(t.ID), Thread: t.ID, Concerns: []id.ID{a.Person}, Data: what,
	})
}

// chunks cuts a list so that no statement has too many arguments.
func chunks[T any](list []T) [][]T {
	const most = 500
	var out [][]T
	for len(list) > most {
		out, list = append(out, list[:most]), list[most:]
	}
	if len(list) > 0 {
		out = append(out, list)
	}
	return out
}
