// Package boundaries helps somebody to stop: it tells them, and nobody else, when
// they often work outside their own hours, suggests hours to keep free from what they
// do when, and closes the pages to them outside their hours if they wish. It shows them, too, which
// of their meetings lie in time that their teams keep free of meetings. All of it is
// computed from their own lines of the log when they ask, and stored nowhere.
package boundaries

import (
	"context"
	"strings"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// EventSet is the one kind of event here. It concerns nobody but who did it.
var EventSet = event.Declare("boundaries.set", "Somebody wants the pages closed to them outside their hours, or no longer; concerns them alone.")

// Service answers people about themselves.
type Service struct {
	db     *db.DB
	people *people.Service
	near   Neighbours
}

// New makes the service.
func New(d *db.DB, p *people.Service) *Service { return &Service{db: d, people: p} }

// mostActs bounds how many lines of the log are looked at for one answer.
const mostActs = 10_000

// counts says which kinds of event are work: not what one reads, nor what one does
// about oneself.
func counts(kind string) bool {
	for _, own := range []string{"people.", "auth.", "boundaries.", "mail.", "importers.", "push."} {
		if strings.HasPrefix(kind, own) {
			return false
		}
	}
	switch kind {
	case "spaces.position_changed", "spaces.imported", "attention.set", "attention.digested":
		return false
	}
	return true
}

// acts reads what the actor did themselves in the days before now, with their hours.
func (s *Service) acts(ctx context.Context, q db.Queryer, a actor.Actor, since clock.Instant) ([]event.Act, *worktime.Schedule, error) {
	h, err := s.people.Hours(ctx, q, a.Workspace, a.Person)
	if err != nil {
		return nil, nil, err
	}
	list, err := event.ActsOf(ctx, q, a.Workspace, a.Person, since, mostActs, counts)
	return list, h, err
}

func days(n int) time.Duration { return time.Duration(n) * 24 * time.Hour }

// Closes says whether the pages are to be closed to somebody outside their hours.
func (s *Service) Closes(ctx context.Context, q db.Queryer, workspace, person id.ID) (bool, error) {
	return closes(ctx, q, workspace, person)
}

// SetCloses is the actor's own wish, and nobody else's to change.
func (s *Service) SetCloses(ctx context.Context, a actor.Actor, wish bool) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		event.Append(tx, event.New{
			Kind: EventSet, Actor: a.Person, Subject: event.Ref{Kind: "person", ID: a.Person}, Concerns: []id.ID{a.Person},
		})
		return putCloses(ctx, tx, a.Person, wish)
	})
}
