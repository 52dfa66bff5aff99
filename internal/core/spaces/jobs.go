package spaces

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/job"
)

// Jobs clears away what nobody needs any more: uploads that were given up, and
// files that hang on no post.
func (s *Service) Jobs(r *job.Runner) {
	r.Beat(job.Pulse{Name: "spaces.sweep", Next: s.nextSweep, Run: s.Sweep})
}

func (s *Service) nextSweep(ctx context.Context) (clock.Instant, error) { return nextSweep(ctx, s.db) }

// Sweep clears away all that is due.
func (s *Service) Sweep(ctx context.Context) error {
	uploads, err := expiredUploads(ctx, s.db, s.now())
	if err != nil {
		return err
	}
	for _, u := range uploads {
		if err := s.sweepUpload(ctx, u); err != nil {
			return err
		}
	}
	files, err := expiredFiles(ctx, s.db, s.now())
	if err != nil {
		return err
	}
	for _, f := range files {
		var mine bool
		err := s.quietly(ctx, f.WorkspaceID, func(ctx context.Context, tx *db.Tx) (err error) {
			mine, err = disownFile(ctx, tx, f.ID, f.Owner)
			return err
		})
		if err != nil {
			return err
		}
		if mine {
			if err := s.sweepFile(ctx, f); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Service) sweepUpload(ctx context.Context, u Upload) error {
	free, ok := s.uploads.try(u.ID)
	if !ok {
		return nil // it is being written to at this moment
	}
	defer free()
	if _, made, err := loadFile(ctx, s.db, u.WorkspaceID, u.ID); err != nil {
		return err
	} else if !made { // a crash may have left the file without its row
		if err := s.files.Delete(ctx, File{WorkspaceID: u.WorkspaceID, ID: u.ID}.key()); err != nil {
			return err
		}
	}
	return s.clear(ctx, u.WorkspaceID, u.ID)
}

// sweepFile deletes a file that belongs to nobody any more: bytes first, row last.
func (s *Service) sweepFile(ctx context.Context, f File) error {
	if err := s.files.Delete(ctx, f.key()); err != nil {
		return err
	}
	return s.quietly(ctx, f.WorkspaceID, func(ctx context.Context, tx *db.Tx) error { return deleteFile(ctx, tx, f.ID) })
}
