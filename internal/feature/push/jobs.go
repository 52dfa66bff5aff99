package push

import (
	"context"

	"example.org/meantime/internal/platform/job"
)

// Jobs enters the work of this package.
func (s *Service) Jobs(r *job.Runner) {
	r.Handle(kindDigest, func(ctx context.Context, j job.Job) error {
		var args digestJob
		if err := j.Decode(&args); err != nil {
			return err
		}
		return s.Deliver(ctx, j.Workspace, args.Digest, args.Device)
	})
}
