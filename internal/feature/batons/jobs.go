package batons

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/job"
)

// Jobs enters the work of this package: what time does to batons, and the last hour of
// people's days.
func (s *Service) Jobs(r *job.Runner) {
	r.Beat(job.Pulse{
		Name: "batons",
		Next: func(ctx context.Context) (clock.Instant, error) { return nextLook(ctx, s.db) },
		Run:  s.Look,
	})
	r.Beat(job.Pulse{
		Name: "batons.evenings",
		Next: func(ctx context.Context) (clock.Instant, error) { return nextEvening(ctx, s.db) },
		Run:  s.Evenings,
	})
}
