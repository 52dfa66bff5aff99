package brainstorms

import (
	"bytes"
	"context"
	"errors"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
	"example.org/meantime/internal/platform/keys"
)

// The key of an anonymous brainstorm is a file outside of the database and its backups.
// Rooms have that of the whole. One that has names has its key in its row.

// whole is whose key it is.
func (b *Brainstorm) whole() id.ID {
	if b.Parent.IsZero() {
		return b.ID
	}
	return b.Parent
}

// rowSecret is the key as the database may have it.
func (b *Brainstorm) rowSecret() []byte {
	if b.Settings.V.Anonymous {
		return nil
	}
	return b.Secret
}

// lock makes the key of an anonymous brainstorm that begins; it is on the disk before
// the brainstorm can be.
func (s *Service) lock(b *Brainstorm) error {
	if !b.Settings.V.Anonymous {
		return nil
	}
	k, err := s.keys.Create(b.ID)
	b.Secret = k[:]
	return err
}

// unlock finds the key of an anonymous brainstorm. Without it the board can be read, and
// goes on; nobody's own is found.
func (s *Service) unlock(b *Brainstorm) error {
	if !b.Settings.V.Anonymous || b.over() || len(b.Secret) > 0 {
		return nil
	}
	k, err := s.keys.Read(b.whole())
	switch {
	case errors.Is(err, keys.ErrNone):
		return nil
	case err == nil:
		b.Secret = k[:]
	}
	return err
}

// keyed refuses what cannot be done without the key.
func (at *at) keyed() error {
	switch {
	case len(at.b.Secret) > 0:
		return nil
	case at.b.Phase == Act:
		return fault.New(fault.Conflict, "claims_over", "Whose idea is whose is forgotten: the key of this brainstorm is not there any more. Say in the discussion that it was yours.")
	}
	return fault.New(fault.Unavailable, "brainstorm_key_missing", "The key of this brainstorm cannot be found on this server, so nobody can write or vote without a name. Ask who runs the server to bring back the folder of keys. If it is gone, begin the brainstorm anew.")
}

// markOn stands for a person on one thing that they wrote. Where ideas are anonymous it
// is another on each, so that a name that is put to one tells nothing of the others.
func (b *Brainstorm) markOn(person, thing id.ID) []byte {
	if len(b.Secret) == 0 || person.IsZero() || !b.Settings.V.Anonymous {
		return b.mark(person)
	}
	return keyed(b.Secret, "author", person[:], thing[:])
}

// of says whether a thing with this mark is a person's own.
func (b *Brainstorm) of(person, thing id.ID, mark []byte) bool {
	if len(mark) == 0 || len(b.Secret) == 0 || person.IsZero() {
		return false
	}
	return bytes.Equal(mark, b.mark(person)) || b.Settings.V.Anonymous && bytes.Equal(mark, b.markOn(person, thing))
}

// wrote says whether an idea is a person's own.
func (b *Brainstorm) wrote(person id.ID, i Idea) bool { return b.of(person, i.ID, i.Mark) }

// anew is the mark of a thing that is copied under another id, by whoever of some people
// wrote it; none when none of them did.
func (b *Brainstorm) anew(who []Taker, thing, to id.ID, mark []byte) []byte {
	if !b.Settings.V.Anonymous {
		return mark
	}
	for _, t := range who {
		if b.of(t.Person, thing, mark) {
			return b.markOn(t.Person, to)
		}
	}
	return nil
}

const unlockedJob = "brainstorms.forget_key"

type forgetArgs struct {
	Workspace id.ID `json:"workspace"`
	Board     id.ID `json:"board"`
	Open      bool  `json:"open,omitempty"` // though it has not ended: the time for claims is over
}

// forgetKey has the key of an anonymous brainstorm destroyed by a job.
func (s *Service) forgetKey(ctx context.Context, tx *db.Tx, b *Brainstorm, o job.Options) error {
	if !b.Settings.V.Anonymous || !b.Parent.IsZero() {
		return nil
	}
	o.Attempts = 100
	return job.Enqueue(ctx, tx, unlockedJob, forgetArgs{Workspace: tx.Workspace, Board: b.ID, Open: !b.over()}, o)
}

// Forget destroys the key of a brainstorm that has ended, or, when claims are over, of one
// whose results are open, with the marks. It may be done again.
func (s *Service) forget(ctx context.Context, args forgetArgs) error {
	b, ok, err := load(ctx, s.db, args.Workspace, args.Board)
	if err != nil || !ok {
		return err
	}
	if !b.over() && (!args.Open || b.Phase != Act || !b.Settings.V.Counted) {
		return nil
	}
	if err := s.keys.Destroy(b.ID); err != nil {
		return err
	}
	if !b.over() {
		err = s.db.Write(ctx, args.Workspace, func(ctx context.Context, tx *db.Tx) error {
			tx.Quiet("whose ideas are whose is forgotten; what can be seen stays")
			return forgetMarks(ctx, tx, b.ID)
		})
		if err != nil {
			return err
		}
	}
	for _, table := range []string{"brainstorms", "brainstorms_ideas", "brainstorms_notes", "brainstorms_ballots"} {
		if err := s.db.Scrub(ctx, table); err != nil {
			return err
		}
	}
	return nil
}

// TakeKeys moves keys out of the database that an earlier version left there, and destroys
// those of brainstorms that have ended which lie here still.
func (s *Service) TakeKeys(ctx context.Context) error {
	list, err := withSecret(ctx, s.db)
	if err != nil {
		return err
	}
	moved := false
	for _, b := range list {
		if !b.Settings.V.Anonymous || len(b.Secret) != keys.Bytes {
			continue
		}
		if err := s.keys.Put(b.whole(), keys.Key(b.Secret)); err != nil {
			return err
		}
		err := s.db.Write(ctx, b.WorkspaceID, func(ctx context.Context, tx *db.Tx) error {
			tx.Quiet("a key leaves the database")
			return dropSecret(ctx, tx, b.ID)
		})
		if err != nil {
			return err
		}
		moved = true
	}
	if moved {
		if err := s.db.Scrub(ctx, "brainstorms"); err != nil {
			return err
		}
	}
	here, err := s.keys.List()
	if err != nil || len(here) == 0 {
		return err
	}
	ended, err := endedOf(ctx, s.db, here)
	for _, x := range ended {
		if err := s.keys.Destroy(x); err != nil {
			return err
		}
	}
	return err
}

// Missing counts the anonymous brainstorms under way, and those of them whose key this
// server does not hold.
func (s *Service) Missing(ctx context.Context) (open, missing int, err error) {
	list, err := underWay(ctx, s.db)
	for _, b := range list {
		if !b.Settings.V.Anonymous || !b.Parent.IsZero() || b.final() {
			continue
		}
		open++
		if _, err := s.keys.Read(b.ID); err != nil && len(b.Secret) == 0 {
			missing++
		}
	}
	return open, missing, err
}
