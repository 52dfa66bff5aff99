package search

import (
	"context"
	"strings"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
)

// Followers keep the index up with the log.
func (s *Service) Followers() []event.Follower {
	return []event.Follower{{Name: Name, Handle: s.hear}}
}

// silent are the kinds that change no words.
var silent = map[string]bool{
	"spaces.position_changed": true, "spaces.reacted": true, "spaces.post_pinned": true, "people.schedule_changed": true,
}

func (s *Service) hear(ctx context.Context, tx *db.Tx, e event.Event) error {
	switch {
	case silent[e.Kind]:
		return nil
	case e.Kind == "spaces.imported":
		return s.imported(ctx, tx, e)
	case strings.HasPrefix(e.Kind, "people.") && e.Subject.Kind == "person":
		return s.index(ctx, tx, "person", e.Subject.ID)
	case e.Subject.Kind == "thread":
		return s.index(ctx, tx, "thread", e.Subject.ID)
	case e.Subject.Kind == "post":
		return s.index(ctx, tx, "post", e.Subject.ID)
	}
	return nil
}

func (s *Service) imported(ctx context.Context, tx *db.Tx, e event.Event) error {
	threads, posts, err := s.sources.Imported(e)
	if err != nil {
		return err
	}
	for _, t := range threads {
		if err := s.index(ctx, tx, "thread", t); err != nil {
			return err
		}
	}
	for _, p := range posts {
		if err := s.index(ctx, tx, "post", p); err != nil {
			return err
		}
	}
	return nil
}

// index reads a thing as it is now, which may be newer than the event.
func (s *Service) index(ctx context.Context, tx *db.Tx, kind string, ref id.ID) error {
	read := map[string]func(context.Context, db.Queryer, id.ID, id.ID) (Text, bool, error){
		"thread": s.sources.ThreadText, "post": s.sources.PostText, "person": s.sources.PersonText,
	}[kind]
	t, ok, err := read(ctx, tx, tx.Workspace, ref)
	if err != nil {
		return err
	}
	if !ok {
		return drop(ctx, tx, kind, ref)
	}
	if kind == "thread" {
		if err := moved(ctx, tx, ref, t); err != nil {
			return err
		}
	}
	return put(ctx, tx, kind, ref, t)
}
