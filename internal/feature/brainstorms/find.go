package brainstorms

import (
	"context"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// at is a brainstorm as somebody stands before it.
type at struct {
	a           actor.Actor
	b           *Brainstorm
	thread      spaces.Thread
	mayPost     bool
	facilitates bool
}

// find reads a brainstorm that the actor may read: whoever reads its space may.
func (s *Service) find(ctx context.Context, q db.Queryer, a actor.Actor, x id.ID) (*at, error) {
	b, ok, err := load(ctx, q, a.Workspace, x)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, fault.Missing("brainstorm")
	}
	if err := s.unlock(b); err != nil {
		return nil, err
	}
	return s.stand(ctx, q, a, b)
}

func (s *Service) stand(ctx context.Context, q db.Queryer, a actor.Actor, b *Brainstorm) (*at, error) {
	t, err := s.spaces.Thread(ctx, q, a, b.Thread)
	if fault.IsKind(err, fault.NotFound) {
		return nil, fault.Missing("brainstorm")
	}
	if err != nil {
		return nil, err
	}
	b.Space = t.Space
	out := &at{a: a, b: b, thread: t}
	if a.IsSystem() {
		out.mayPost, out.facilitates = true, true
		return out, nil
	}
	err = s.spaces.MayPost(ctx, q, a, t.Space)
	if out.mayPost = err == nil; err != nil && fault.As(err) == nil {
		return nil, err
	}
	out.facilitates = out.mayPost && a.Person == b.Facilitator
	if out.mayPost && !out.facilitates {
		out.facilitates, err = s.spaces.MayChange(ctx, q, a, t.Space)
		return out, err
	}
	return out, nil
}

// write runs a change of a brainstorm by somebody who may read it and write in its
// space. One that has ended is only read.
func (s *Service) write(ctx context.Context, a actor.Actor, x id.ID, f func(context.Context, *db.Tx, *at) error) error {
	return s.writeEver(ctx, a, x, func(ctx context.Context, tx *db.Tx, at *at) error {
		if at.b.over() {
			return fault.New(fault.Conflict, "brainstorm_ended", "This brainstorm has ended. Begin another one.")
		}
		return f(ctx, tx, at)
	})
}

// writeEver is write for what goes on after the end.
func (s *Service) writeEver(ctx context.Context, a actor.Actor, x id.ID, f func(context.Context, *db.Tx, *at) error) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		at, err := s.find(ctx, tx, a, x)
		if err != nil {
			return err
		}
		if !at.mayPost {
			return fault.New(fault.Forbidden, "archived", "The space of this brainstorm is archived. It can only be read.")
		}
		return f(ctx, tx, at)
	})
}

func (at *at) leads() error {
	if at.facilitates {
		return nil
	}
	return fault.New(fault.Forbidden, "facilitator_only", "Only whoever facilitates this brainstorm, and the leads of its space, may do that.")
}

func (at *at) takesPart() error {
	if at.b.taker(at.a.Person) != nil {
		return nil
	}
	return fault.New(fault.Forbidden, "not_taking_part", "You do not take part in this brainstorm. Join it first.")
}

// shown refuses what would work on ideas that are hidden still.
func (at *at) shown() error {
	if at.b.Phase != Collect {
		return nil
	}
	return fault.New(fault.Conflict, "hidden_still", "Ideas are collected still, each hidden from the others. Wait until they are revealed.")
}

// tell writes a change of the board that others can see into the log. Where ideas are
// anonymous nobody is named.
func (at *at) tell(tx *db.Tx) {
	by := at.a.Person
	if at.b.Settings.V.Anonymous {
		by = id.ID{}
	}
	event.Append(tx, event.New{Kind: EventBoard, Actor: by, Subject: ref(at.b.ID), Space: at.b.Space, Thread: at.b.Thread})
}

// touch takes the next version of what can be seen on the board, and tells of it.
func (at *at) touch(ctx context.Context, tx *db.Tx) (int64, error) {
	at.b.Version++
	at.tell(tx)
	return at.b.Version, setVersion(ctx, tx, at.b)
}

// eligible are those who take part and may read the space, in the order of their ids.
func (s *Service) eligible(ctx context.Context, q db.Queryer, b *Brainstorm) ([]Taker, error) {
	list := make([]id.ID, len(b.People))
	for i, t := range b.People {
		list[i] = t.Person
	}
	known, err := s.people.ByIDs(ctx, q, b.WorkspaceID, list)
	if err != nil {
		return nil, err
	}
	reads, err := s.readers(ctx, q, b)
	if err != nil {
		return nil, err
	}
	var out []Taker
	for _, t := range b.People {
		if p, ok := known[t.Person]; ok && reads(p) {
			out = append(out, t)
		}
	}
	return out, nil
}

func (s *Service) readers(ctx context.Context, q db.Queryer, b *Brainstorm) (func(people.Person) bool, error) {
	return s.spaces.Readers(ctx, q, b.WorkspaceID, b.Space)
}
