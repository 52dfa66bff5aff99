package brainstorms

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/job"
)

// Jobs enters the work of this package: one pulse, which takes brainstorms on in the
// order in which their phases end.
func (s *Service) Jobs(r *job.Runner) {
	r.Handle(unlockedJob, func(ctx context.Context, j job.Job) error {
		var args forgetArgs
		if err := j.Decode(&args); err != nil {
			return err
		}
		return s.forget(ctx, args)
	})
	r.Beat(job.Pulse{
		Name: "brainstorms",
		Next: func(ctx context.Context) (clock.Instant, error) { return nextEnd(ctx, s.db) },
		Run:  s.Elapse,
	})
}
