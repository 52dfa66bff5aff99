package duty

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/job"
)

// Jobs enters the work of this package: one pulse, which looks at the rotas in the
// order in which they are due.
func (s *Service) Jobs(r *job.Runner) {
	r.Beat(job.Pulse{
		Name: "duty",
		Next: func(ctx context.Context) (clock.Instant, error) { return nextLook(ctx, s.db) },
		Run:  s.Look,
	})
}
