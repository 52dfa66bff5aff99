package brainstorms

import (
	"context"
	"net/url"
	"strings"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Idea is one card.
type Idea struct {
	ID      id.ID
	Board   id.ID  `db:"brainstorm_id"`
	N       int64  // its number on the board, from 1; 0 while it is hidden
	Text    string `db:"body"`
	Link    string
	Picture string // its media type; empty when there is none
	Author  id.ID  `db:"author_id"` // zero where it is anonymous
	Mark    []byte `db:"author_mark"`
	Shown   bool
	Late    bool // came after the reveal
	Edited  bool
	Deleted bool
	Room    string // the room it came from
	Group   id.ID  `db:"group_id"`
	Merged  id.ID  `db:"merged_id"` // the idea that shows its text too
	Place   int64
	Version int64
	Result  db.JSON[*IdeaResult]
}

// stands says whether the idea is a card of its own that all can see.
func (i Idea) stands() bool { return i.Shown && !i.Deleted && i.Merged.IsZero() }

// NewIdea is what somebody writes on a card. Key is of their choosing: writing under
// the same key again changes the same idea.
type NewIdea struct {
	Key     string
	Text    string
	Link    string
	Picture id.ID // a finished upload of the author's own; zero for none, or for the one that is there
}

// Write puts an idea on the board, hidden while ideas are collected and marked late
// afterwards. No event tells of a hidden idea.
func (s *Service) Write(ctx context.Context, a actor.Actor, board id.ID, n NewIdea) (idea Idea, err error) {
	pic, err := s.readPicture(ctx, a, n.Picture)
	if err != nil {
		return idea, err
	}
	err = s.write(ctx, a, board, func(ctx context.Context, tx *db.Tx, at *at) error {
		idea, err = s.writeTx(ctx, tx, at, n, pic)
		return err
	})
	if err != nil {
		s.lose(ctx, a.Workspace, pic)
	}
	return idea, err
}

func (s *Service) writeTx(ctx context.Context, tx *db.Tx, at *at, n NewIdea, pic *picture) (Idea, error) {
	if err := at.mayWrite(); err != nil {
		return Idea{}, err
	}
	if n.Key == "" || len(n.Key) > 100 {
		return Idea{}, wrong("key", "key", "Name the idea by a key of your own, at most 100 letters long.")
	}
	x := at.b.nameFor(at.a.Person, "idea", n.Key)
	i, there, err := loadIdea(ctx, tx, tx.Workspace, at.b.ID, x)
	if err != nil {
		return i, err
	}
	if !there {
		if i, err = s.freshIdea(ctx, tx, at, x); err != nil {
			return i, err
		}
	}
	if i.Text, i.Link, err = cardWords(n.Text, n.Link); err != nil {
		return i, err
	}
	if i.Text == "" && i.Link == "" && pic == nil && i.Picture == "" {
		return i, wrong("empty", "text", "Write a thought, add a link, or photograph a drawing.")
	}
	i.Edited, i.Deleted = there && i.Shown, false
	return i, s.saveIdea(ctx, tx, at, &i, pic)
}

// mayWrite: everybody who takes part, until voting begins.
func (at *at) mayWrite() error {
	if err := at.takesPart(); err != nil {
		return err
	}
	if at.b.inRooms() {
		return fault.New(fault.Conflict, "in_rooms", "This brainstorm thinks in small groups. Write in your own room.")
	}
	if !at.b.Phase.before(Vote) {
		return fault.New(fault.Conflict, "too_late", "Voting has begun: there are no new ideas any more. Write in the discussion instead.")
	}
	return at.keyed()
}

func (s *Service) freshIdea(ctx context.Context, tx *db.Tx, at *at, x id.ID) (Idea, error) {
	list, err := loadIdeas(ctx, tx, tx.Workspace, at.b.ID, 0)
	if err != nil {
		return Idea{}, err
	}
	most := MostIdeas
	if at.b.Settings.V.Most > 0 {
		most = at.b.Settings.V.Most
	}
	if len(list) >= most {
		return Idea{}, fault.Newf(fault.Conflict, "board_full", "This board holds %d ideas, and they are all there. Begin another brainstorm for more.", most)
	}
	i := Idea{ID: x, Board: at.b.ID, Mark: at.b.markOn(at.a.Person, x), Late: at.b.Phase != Collect, Shown: at.b.Phase != Collect}
	if !at.b.Settings.V.Anonymous {
		i.Author = at.a.Person
	}
	for _, o := range list {
		if i.Shown {
			i.N, i.Place = max(i.N, o.N), max(i.Place, o.Place)
		} else if at.b.wrote(at.a.Person, o) {
			i.Place = max(i.Place, o.Place) // nothing of others' is in it
		}
	}
	i.Place += gap
	if i.Shown {
		i.N++
	}
	return i, nil
}

// saveIdea writes an idea, and tells of it when it can be seen.
func (s *Service) saveIdea(ctx context.Context, tx *db.Tx, at *at, i *Idea, pic *picture) (err error) {
	if pic != nil {
		i.Picture = pic.kind
	}
	if !i.Shown {
		tx.Quiet("an idea that is hidden is not in the log")
		return putIdea(ctx, tx, *i)
	}
	if i.Version, err = at.touch(ctx, tx); err != nil {
		return err
	}
	return putIdea(ctx, tx, *i)
}

func cardWords(text, link string) (string, string, error) {
	text, err := words(text, "text", longestIdea)
	if err != nil {
		return "", "", err
	}
	link = strings.TrimSpace(link)
	if link != "" {
		u, err := url.Parse(link)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || len(link) > longestLink || u.User != nil {
			return "", "", wrong("link", "link", "Give a link as an address such as https://example.org/page.")
		}
	}
	return text, link, nil
}

// own finds an idea of the actor's own. One of another that is hidden is not there.
func (s *Service) own(ctx context.Context, tx *db.Tx, at *at, x id.ID) (Idea, error) {
	i, ok, err := loadIdea(ctx, tx, tx.Workspace, at.b.ID, x)
	if err != nil {
		return i, err
	}
	if mine := at.b.wrote(at.a.Person, i); !ok || !mine && !i.Shown {
		return i, fault.Missing("idea")
	} else if !mine {
		return i, fault.New(fault.Forbidden, "not_yours", "Only whoever wrote an idea may change it.")
	}
	return i, nil
}

// IdeaChange is what may be changed about an idea; nil leaves it.
type IdeaChange struct {
	Text, Link *string
	Picture    *id.ID // zero takes it away
}

// Change changes an idea of one's own, until voting begins.
func (s *Service) Change(ctx context.Context, a actor.Actor, board, x id.ID, c IdeaChange) (i Idea, err error) {
	var pic *picture
	if c.Picture != nil {
		if pic, err = s.readPicture(ctx, a, *c.Picture); err != nil {
			return i, err
		}
	}
	err = s.write(ctx, a, board, func(ctx context.Context, tx *db.Tx, at *at) error {
		if i, err = s.own(ctx, tx, at, x); err != nil {
			return err
		}
		if err := at.mayWrite(); err != nil {
			return err
		}
		text, link := i.Text, i.Link
		if c.Text != nil {
			text = *c.Text
		}
		if c.Link != nil {
			link = *c.Link
		}
		if i.Text, i.Link, err = cardWords(text, link); err != nil {
			return err
		}
		if c.Picture != nil && pic == nil {
			i.Picture = ""
		}
		if i.Text == "" && i.Link == "" && pic == nil && i.Picture == "" {
			return wrong("empty", "text", "Write a thought, add a link, or photograph a drawing; or take the idea away.")
		}
		i.Edited = i.Shown
		return s.saveIdea(ctx, tx, at, &i, pic)
	})
	if err != nil {
		s.lose(ctx, a.Workspace, pic)
	}
	return i, err
}

// Delete takes an idea of one's own away, or brings it back, until voting begins.
func (s *Service) Delete(ctx context.Context, a actor.Actor, board, x id.ID, gone bool) (i Idea, err error) {
	err = s.write(ctx, a, board, func(ctx context.Context, tx *db.Tx, at *at) error {
		if i, err = s.own(ctx, tx, at, x); err != nil {
			return err
		}
		if err := at.mayWrite(); err != nil {
			return err
		}
		i.Deleted = gone
		return s.saveIdea(ctx, tx, at, &i, nil)
	})
	return i, err
}

// Claim puts the actor's name on an idea of theirs that was anonymous, once the results
// are open, or takes it off again.
func (s *Service) Claim(ctx context.Context, a actor.Actor, board, x id.ID, yes bool) error {
	return s.write(ctx, a, board, func(ctx context.Context, tx *db.Tx, at *at) error {
		if err := at.keyed(); err != nil {
			return err
		}
		i, err := s.own(ctx, tx, at, x)
		if err != nil {
			return err
		}
		if !at.b.Settings.V.Anonymous {
			return fault.New(fault.Conflict, "named", "Ideas stand under their authors' names here already.")
		}
		if at.b.Phase != Act {
			return fault.New(fault.Conflict, "claim_early", "Ideas can be claimed once the results are open.")
		}
		i.Author = id.ID{}
		if yes {
			i.Author = a.Person
		}
		return s.saveIdea(ctx, tx, at, &i, nil)
	})
}
