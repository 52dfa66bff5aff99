package brainstorms

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Note is a comment on an idea, or what speaks for or against it.
type Note struct {
	ID     id.ID
	Board  id.ID  `db:"brainstorm_id"`
	Idea   id.ID  `db:"idea_id"`
	Kind   string // "comment", "pro", "con"
	Text   string `db:"body"`
	Author id.ID  `db:"author_id"`
	Mark   []byte `db:"author_mark"`
	N      int64  // its number on the idea
}

// mayNote: everybody who takes part, while ideas are shown and not voted on yet.
func (at *at) mayNote() error {
	if err := at.takesPart(); err != nil {
		return err
	}
	if err := at.shown(); err != nil {
		return err
	}
	if !at.b.Phase.before(Vote) {
		return fault.New(fault.Conflict, "too_late", "Voting has begun. Write in the discussion instead.")
	}
	return at.keyed()
}

// NewNote is what somebody writes below an idea; Key as with ideas.
type NewNote struct{ Key, Kind, Text string }

// Remark writes a note below an idea.
func (s *Service) Remark(ctx context.Context, a actor.Actor, board, idea id.ID, n NewNote) error {
	return s.write(ctx, a, board, func(ctx context.Context, tx *db.Tx, at *at) error {
		if err := at.mayNote(); err != nil {
			return err
		}
		i, err := s.standing(ctx, tx, at, idea)
		if err != nil {
			return err
		}
		note, err := s.note(ctx, tx, at, i, n)
		if err != nil {
			return err
		}
		if err := putNote(ctx, tx, note); err != nil {
			return err
		}
		return s.touchIdea(ctx, tx, at, i)
	})
}

func (s *Service) note(ctx context.Context, tx *db.Tx, at *at, i Idea, n NewNote) (Note, error) {
	if n.Key == "" || len(n.Key) > 100 {
		return Note{}, wrong("key", "key", "Name the note by a key of your own, at most 100 letters long.")
	}
	if n.Kind == "" {
		n.Kind = "comment"
	}
	if n.Kind != "comment" && n.Kind != "pro" && n.Kind != "con" {
		return Note{}, wrong("kind", "kind", "A note is a comment, a pro or a con.")
	}
	text, err := words(n.Text, "text", longestNote)
	if err != nil {
		return Note{}, err
	}
	if text == "" {
		return Note{}, wrong("empty", "text", "Write something, or take the note away.")
	}
	x := at.b.nameFor(at.a.Person, "note", i.ID.String()+n.Key)
	note, there, err := loadNote(ctx, tx, tx.Workspace, at.b.ID, x)
	if err != nil {
		return note, err
	}
	if !there {
		last, all, err := lastNote(ctx, tx, tx.Workspace, at.b.ID, i.ID)
		if err != nil {
			return note, err
		}
		if all >= mostNotes {
			return note, fault.Newf(fault.Conflict, "many_notes", "A board holds %d notes. Write in the discussion instead.", mostNotes)
		}
		note = Note{ID: x, Board: at.b.ID, Idea: i.ID, Mark: at.b.markOn(at.a.Person, x), N: last + 1}
		if !at.b.Settings.V.Anonymous {
			note.Author = at.a.Person
		}
	}
	note.Kind, note.Text = n.Kind, text
	return note, nil
}

// Unremark takes a note of one's own away.
func (s *Service) Unremark(ctx context.Context, a actor.Actor, board, x id.ID) error {
	return s.write(ctx, a, board, func(ctx context.Context, tx *db.Tx, at *at) error {
		n, ok, err := loadNote(ctx, tx, tx.Workspace, board, x)
		if err != nil {
			return err
		}
		if !ok || at.b.Phase == Collect {
			return fault.Missing("note")
		}
		if !at.b.of(at.a.Person, n.ID, n.Mark) {
			return fault.New(fault.Forbidden, "not_yours", "Only whoever wrote a note may take it away.")
		}
		if err := at.mayNote(); err != nil {
			return err
		}
		i, ok, err := loadIdea(ctx, tx, tx.Workspace, board, n.Idea)
		if err != nil || !ok {
			return err
		}
		if err := dropNote(ctx, tx, x); err != nil {
			return err
		}
		return s.touchIdea(ctx, tx, at, i)
	})
}

func (s *Service) touchIdea(ctx context.Context, tx *db.Tx, at *at, i Idea) (err error) {
	if i.Version, err = at.touch(ctx, tx); err != nil {
		return err
	}
	return putIdea(ctx, tx, i)
}
