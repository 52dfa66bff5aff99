package search

import (
	"context"
	"strings"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
)

// Followers keep the index up with the log.
func (s *Service) Followers() []event.Follower {
	return []event.Follower{{Name: Name, Handle: s.hear, HandleAll: s.hearAll}}
}

// silent are the kinds that change no words.
var silent = map[string]bool{
	"spaces.position_changed": true, "spaces.reacted": true, "spaces.post_pinned": true, "people.schedule_changed": true,
}

func (s *Service) hear(ctx context.Context, tx *db.Tx, e event.Event) error {
	return s.hearAll(ctx, tx, []event.Event{e})
}

// hearAll enters each thing that the events are about once, as it is now.
func (s *Service) hearAll(ctx context.Context, tx *db.Tx, list []event.Event) error {
	var refs []Ref
	seen := map[Ref]bool{}
	for _, e := range list {
		about, err := s.about(ctx, tx, e)
		if err != nil {
			return err
		}
		for _, r := range about {
			if !seen[r] {
				seen[r] = true
				refs = append(refs, r)
			}
		}
	}
	return s.index(ctx, tx, refs)
}

func (s *Service) about(ctx context.Context, tx *db.Tx, e event.Event) ([]Ref, error) {
	switch {
	case silent[e.Kind]:
		return nil, nil
	case e.Kind == "spaces.imported":
		return s.imported(ctx, tx, e)
	case e.Subject.Kind == "person" && strings.HasPrefix(e.Kind, "people."), e.Subject.Kind == "thread", e.Subject.Kind == "post", e.Subject.Kind == "checkin_answer":
		return []Ref{{e.Subject.Kind, e.Subject.ID}}, nil
	}
	return nil, nil
}

// imported lists what an import brought, unless the import entered it itself: it
// does so for all things of an event or for none. What changes later has events of
// its own.
func (s *Service) imported(ctx context.Context, tx *db.Tx, e event.Event) ([]Ref, error) {
	fresh, changed, err := s.sources.Imported(e)
	if err != nil {
		return nil, err
	}
	there, err := docsOf(ctx, tx, tx.Workspace, fresh[:min(len(fresh), 16)])
	if err != nil || len(there) > 0 {
		return changed, err
	}
	return append(fresh, changed...), nil
}
