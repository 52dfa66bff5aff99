package mail

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
)

// Jobs enters the work of this package.
func (s *Service) Jobs(r *job.Runner) {
	r.Handle(kindDigest, func(ctx context.Context, j job.Job) error {
		var args digestJob
		if err := j.Decode(&args); err != nil {
			return err
		}
		return s.Deliver(ctx, j.Workspace, args.Digest, args.Person)
	})
	r.Handle(kindLetterJob, func(ctx context.Context, j job.Job) error {
		var args letterJob
		if err := j.Decode(&args); err != nil {
			return err
		}
		return s.SendLetter(ctx, j.Workspace, args.Mail)
	})
	r.Handle(kindReceivedJob, func(ctx context.Context, j job.Job) error {
		var args receivedJob
		if err := j.Decode(&args); err != nil {
			return err
		}
		return s.Handle(ctx, args.Mail)
	})
	r.Beat(job.Pulse{Name: "mail.forget", Next: func(ctx context.Context) (clock.Instant, error) { return nextExpiry(ctx, s.db) }, Run: s.Forget})
}

// Forget drops names whose time is long over, and mail that became nothing.
func (s *Service) Forget(ctx context.Context) error {
	now := s.db.Clock().Now()
	names, err := expiredNames(ctx, s.db, now)
	if err != nil {
		return err
	}
	mails, err := forgettable(ctx, s.db, now)
	if err != nil {
		return err
	}
	var blobs []string
	err = s.db.Write(ctx, id.ID{}, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("what is over is forgotten")
		blobs = nil
		if err := forgetRefused(ctx, tx, tx.Now.Add(-2*refuseAgain)); err != nil {
			return err
		}
		for _, n := range names {
			if err := dropName(ctx, tx, n); err != nil {
				return err
			}
		}
		for _, m := range mails {
			alone, err := forgetReceived(ctx, tx, m)
			if err != nil {
				return err
			}
			if alone {
				blobs = append(blobs, m.Blob)
			}
		}
		return nil
	})
	for _, b := range blobs {
		if err == nil {
			err = s.near.Files.Delete(ctx, b)
		}
	}
	return err
}
