package spaces

import (
	"context"
	"slices"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
)

// mayEditPost: one's own words alone; nobody puts words into another's mouth.
func mayEditPost(a actor.Actor, p Post, sp seen) bool {
	return p.Kind == KindPost && !p.Deleted() && p.Author == a.Person && !a.IsSystem() && sp.mayPost(a)
}

func mayDeletePost(a actor.Actor, p Post, sp seen) bool {
	return p.Kind == KindPost && !p.Deleted() && sp.mayPost(a) && (p.Author == a.Person || sp.mayChange(a))
}

// maxRevisions bounds how often one post is edited.
const maxRevisions = 200

// EditPost changes the words of one's own post. What it said before stays as a
// revision; people named for the first time follow the thread from now on.
func (s *Service) EditPost(ctx context.Context, a actor.Actor, post id.ID, markdown string) error {
	body, err := Compose(markdown, 0)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		p, t, sp, err := s.post(ctx, tx, a, post)
		if err != nil {
			return err
		}
		if err := editable(a, p, sp); err != nil {
			return err
		}
		if p.Markdown == markdown {
			return nil
		}
		if err := insertRevision(ctx, tx, p.ID, p.revision()); err != nil {
			return err
		}
		before := p.Mentions.V
		p.Markdown, p.HTML, p.EditedAt, p.Revisions = markdown, body.HTML, tx.Now, p.Revisions+1
		if p.Mentions.V, err = s.mentioned(ctx, tx, t.Space, a.Person, body.Mentions); err != nil {
			return err
		}
		if err := updatePost(ctx, tx, p); err != nil {
			return err
		}
		if err := touch(ctx, tx, t.ID); err != nil {
			return err
		}
		added := slices.DeleteFunc(slices.Clone(p.Mentions.V), func(x id.ID) bool { return slices.Contains(before, x) })
		if err := followAll(ctx, tx, t.ID, added); err != nil {
			return err
		}
		event.Append(tx, event.New{
			Kind: EventPostEdited, Actor: a.Person, Subject: postRef(p.ID), Space: t.Space, Thread: t.ID, Concerns: added,
			Data: Posted{Post: p.ID, Excerpt: text.Cut(body.Plain, 200), Mentions: added, Info: p.Info},
		})
		return nil
	})
}

// revision is what the post says now, for when it no longer does.
func (p Post) revision() Revision {
	at := p.EditedAt
	if at.IsZero() {
		at = p.CreatedAt
	}
	return Revision{N: p.Revisions + 1, Markdown: p.Markdown, HTML: p.HTML, By: p.Author, At: at}
}

func editable(a actor.Actor, p Post, sp seen) error {
	switch {
	case p.Deleted():
		return deleted()
	case !sp.mayPost(a):
		return archived(sp.Space)
	case !mayEditPost(a, p, sp):
		return fault.New(fault.Forbidden, "not_yours", "Only the author of a post may edit it.")
	case p.Revisions >= maxRevisions:
		return fault.New(fault.Conflict, "edited_too_often", "This post was edited very often. Write a new one instead.")
	}
	return nil
}

func deleted() error {
	return fault.New(fault.Gone, "post_deleted", "This post was deleted.")
}

// DeletePost leaves a tombstone: words, history, reactions and files are gone, the
// place in the thread stays. For its author, the leads of the space, and admins.
func (s *Service) DeletePost(ctx context.Context, a actor.Actor, post id.ID) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		p, t, sp, err := s.post(ctx, tx, a, post)
		if err != nil {
			return err
		}
		if p.Deleted() {
			tx.Quiet("it is deleted already")
			return nil
		}
		if !sp.mayPost(a) {
			return archived(sp.Space)
		}
		if !mayDeletePost(a, p, sp) {
			return fault.New(fault.Forbidden, "not_yours", "Only the author of a post and the leads of its space may delete it.")
		}
		p.Markdown, p.HTML, p.Mentions.V, p.DeletedAt, p.PinnedAt, p.Revisions = "", "", []id.ID{}, tx.Now, 0, 0
		if err := updatePost(ctx, tx, p); err != nil {
			return err
		}
		for _, clear := range []func(context.Context, *db.Tx, id.ID) error{deleteRevisions, deleteReactions, letGo} {
			if err := clear(ctx, tx, p.ID); err != nil {
				return err
			}
		}
		if err := uncountPost(ctx, tx, t.ID); err != nil {
			return err
		}
		event.Append(tx, event.New{Kind: EventPostDeleted, Actor: a.Person, Subject: postRef(p.ID), Space: t.Space, Thread: t.ID})
		return nil
	})
}

// Revisions pages through what a post said before, newest first; before is the
// number of the last one seen, 0 at first.
func (s *Service) Revisions(ctx context.Context, q db.Queryer, a actor.Actor, post id.ID, before int64, limit int) ([]Revision, error) {
	p, err := s.Post(ctx, q, a, post)
	if err != nil || p.Deleted() {
		return []Revision{}, err
	}
	if before <= 0 {
		before = maxRevisions + 1
	}
	return revisionsBefore(ctx, q, a.Workspace, post, before, limit)
}
