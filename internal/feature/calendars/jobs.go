package calendars

import (
	"context"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/job"
)

// Jobs reads calendars anew when their time has come.
func (s *Service) Jobs(r *job.Runner) {
	r.Round(job.Round{
		Name: "calendars", Kind: "calendars.refresh", Noun: "subscription",
		Next: nextRefresh, Due: refreshDue, Move: moveRefresh,
		After: func() time.Duration { return spread(refreshEvery) },
		Do:    s.Refresh,
	})
}

// Followers hear when somebody leaves: what they read in and gave out goes with them.
func (s *Service) Followers() []event.Follower {
	return []event.Follower{{Name: "calendars", Kinds: []string{people.EventRemoved}, Handle: func(ctx context.Context, tx *db.Tx, e event.Event) error {
		return forget(ctx, tx, e.Subject.ID)
	}}}
}
