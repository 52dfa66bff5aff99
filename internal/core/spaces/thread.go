package spaces

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// NewThread is a thread to be opened.
type NewThread struct {
	Space   id.ID
	Title   string // at most 200 characters
	Purpose string // at most 2,000 characters; "" for none
}

// OpenThreadTx opens a thread and makes its opener follow it.
func (s *Service) OpenThreadTx(ctx context.Context, tx *db.Tx, a actor.Actor, n NewThread) (Thread, error) {
	title, err := titled(n.Title)
	if err != nil {
		return Thread{}, err
	}
	purpose, err := purposed(n.Purpose)
	if err != nil {
		return Thread{}, err
	}
	if _, err := s.postable(ctx, tx, a, n.Space); err != nil {
		return Thread{}, err
	}
	t := Thread{
		WorkspaceID: tx.Workspace, ID: id.New(tx.Now), Space: n.Space, Title: title, Purpose: purpose,
		OpenedBy: a.Person, OpenedAt: tx.Now, LastPostAt: tx.Now,
	}
	if err := insertThread(ctx, tx, t, ""); err != nil {
		return Thread{}, err
	}
	if err := followAll(ctx, tx, t.ID, []id.ID{a.Person}); err != nil {
		return Thread{}, err
	}
	event.Append(tx, event.New{
		Kind: EventThreadOpened, Actor: a.Person, Subject: threadRef(t.ID), Space: t.Space, Thread: t.ID, Data: Opened{Title: title},
	})
	return t, nil
}

// ThreadChange says what is to be changed; nil stays as it is.
type ThreadChange struct {
	Title   *string
	Purpose *string
	Space   *id.ID
	Pinned  *bool
}

// ChangeThread changes a thread's title, purpose, pin or space: for whoever opened
// it, the leads of its space, and admins. Moving needs the right to post where it goes.
func (s *Service) ChangeThread(ctx context.Context, a actor.Actor, thread id.ID, c ThreadChange) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		t, sp, err := s.thread(ctx, tx, a, thread)
		if err != nil {
			return err
		}
		if !mayEdit(a, t, sp) {
			if !sp.mayPost(a) {
				return archived(sp.Space)
			}
			return fault.New(fault.Forbidden, "not_yours", "Only whoever opened the thread and the leads of its space may change it.")
		}
		return s.changeThread(ctx, tx, a, t, sp, c)
	})
}

// RenameThreadTx gives the thread of a process another title. Who may is for the
// process to say; the space must not be archived.
func (s *Service) RenameThreadTx(ctx context.Context, tx *db.Tx, a actor.Actor, thread id.ID, title string) error {
	t, sp, err := s.thread(ctx, tx, a, thread)
	if err != nil {
		return err
	}
	if !sp.mayPost(a) {
		return archived(sp.Space)
	}
	return s.changeThread(ctx, tx, a, t, sp, ThreadChange{Title: &title})
}

func mayEdit(a actor.Actor, t Thread, sp seen) bool {
	return sp.mayPost(a) && (a.Person == t.OpenedBy || sp.mayChange(a))
}

func (s *Service) changeThread(ctx context.Context, tx *db.Tx, a actor.Actor, t Thread, sp seen, c ThreadChange) (err error) {
	data, space := ThreadChanged{}, t.Space
	var note string
	if c.Title != nil && *c.Title != t.Title {
		if t.Title, err = titled(*c.Title); err != nil {
			return err
		}
		data.Title, note = t.Title, "renamed the thread to “"+t.Title+"”."
	}
	if c.Purpose != nil && *c.Purpose != t.Purpose {
		if t.Purpose, err = purposed(*c.Purpose); err != nil {
			return err
		}
		data.Purpose = true
	}
	if c.Pinned != nil && *c.Pinned == t.PinnedAt.IsZero() {
		data.Pinned, t.PinnedAt = c.Pinned, 0
		if *c.Pinned {
			t.PinnedAt = tx.Now
		}
	}
	if c.Space != nil && *c.Space != t.Space {
		to, err := s.postable(ctx, tx, a, *c.Space)
		if err != nil {
			return err
		}
		if a.Role == actor.Guest || sp.Private && !to.Private && !sp.mayChange(a) {
			return fault.New(fault.Forbidden, "not_yours", "Only the leads of a private space may move its threads to where more people read them.").At("space")
		}
		t.Space, data.FromSpace, note = to.ID, space, "moved the thread to "+to.Name+"."
	}
	if data == (ThreadChanged{}) {
		return nil
	}
	if err := updateThread(ctx, tx, t); err != nil {
		return err
	}
	if note != "" {
		if _, err := s.note(ctx, tx, a, t.ID, note); err != nil {
			return err
		}
	}
	event.Append(tx, event.New{Kind: EventThreadChanged, Actor: a.Person, Subject: threadRef(t.ID), Space: t.Space, Thread: t.ID, Data: data})
	if space != t.Space { // those who read it where it was
		event.Append(tx, event.New{Kind: EventThreadChanged, Actor: a.Person, Subject: threadRef(t.ID), Space: space, Thread: t.ID, Data: ThreadChanged{FromSpace: space}})
	}
	return nil
}
