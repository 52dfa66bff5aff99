package people

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
)

const jobRefresh = "people.refresh_calendar"

type refreshArgs struct {
	Calendar id.ID `json:"calendar"`
}

// Jobs reads holiday calendars anew once a day.
func (s *Service) Jobs(r *job.Runner) {
	r.HandleSlow(jobRefresh, func(ctx context.Context, j job.Job) error {
		var args refreshArgs
		if err := j.Decode(&args); err != nil {
			return err
		}
		return s.RefreshCalendar(ctx, j.Workspace, args.Calendar)
	})
	r.Beat(job.Pulse{
		Name: "people.calendars",
		Next: func(ctx context.Context) (clock.Instant, error) { return nextRefresh(ctx, s.db) },
		Run:  s.planRefreshes,
	})
}

// planRefreshes adds a job for each calendar whose day has come.
func (s *Service) planRefreshes(ctx context.Context) error {
	due, err := refreshDue(ctx, s.db, s.now())
	if err != nil {
		return err
	}
	for _, c := range due {
		err := s.db.Write(ctx, c.WorkspaceID, func(ctx context.Context, tx *db.Tx) error {
			tx.Quiet("a job is planned")
			mine, err := moveRefresh(ctx, tx, c.CalendarID, tx.Now.Add(refreshAfter))
			if err != nil || !mine {
				return err
			}
			return job.Enqueue(ctx, tx, jobRefresh, refreshArgs{c.CalendarID}, job.Options{Dedup: jobRefresh + c.CalendarID.String(), Attempts: 3})
		})
		if err != nil {
			return err
		}
	}
	return nil
}
