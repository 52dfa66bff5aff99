package job

import (
	"context"
	"errors"
	"fmt"
	"time"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// Round is slow work that comes round again for each row of a table: when the time of a
// row has come, one node moves it on and adds a job for it, in one transaction.
type Round struct {
	Name string // of the pulse
	Kind string // of the jobs
	Noun string // what a row is; the job's argument of this name is its id

	// Next says when the time of the next row comes; zero for never.
	Next func(ctx context.Context, q db.Queryer) (clock.Instant, error)
	// Due lists rows whose time has come.
	Due func(ctx context.Context, q db.Queryer, now clock.Instant) ([]Turn, error)
	// Move puts a row off that is due still; mine is false when another node was first.
	Move func(ctx context.Context, tx *db.Tx, row id.ID, to clock.Instant) (mine bool, err error)
	// After is the time from one turn of a row to the next.
	After func() time.Duration
	// Do is the work.
	Do func(ctx context.Context, workspace, row id.ID) error
}

// Turn is a row whose time has come.
type Turn struct{ WorkspaceID, ID id.ID }

// turnAttempts are enough for work that comes round again by itself.
const turnAttempts = 3

// Round adds a round.
func (r *Runner) Round(w Round) {
	r.HandleSlow(w.Kind, func(ctx context.Context, j Job) error {
		var args map[string]id.ID
		if err := j.Decode(&args); err != nil {
			return err
		}
		return w.Do(ctx, j.Workspace, args[w.Noun])
	})
	r.Beat(Pulse{
		Name: w.Name,
		Next: func(ctx context.Context) (clock.Instant, error) { return w.Next(ctx, r.db) },
		Run:  func(ctx context.Context) error { return w.plan(ctx, r.db) },
	})
}

// plan adds a job for each row that is due. What fails for one does not hold up another.
func (w Round) plan(ctx context.Context, d *db.DB) error {
	due, err := w.Due(ctx, d, d.Clock().Now())
	if err != nil {
		return err
	}
	var errs []error
	for _, t := range due {
		err := d.Write(ctx, t.WorkspaceID, func(ctx context.Context, tx *db.Tx) error {
			tx.Quiet("a job is planned")
			mine, err := w.Move(ctx, tx, t.ID, tx.Now.Add(w.After()))
			if err != nil || !mine {
				return err
			}
			return Enqueue(ctx, tx, w.Kind, map[string]id.ID{w.Noun: t.ID}, Options{Dedup: w.Kind + t.ID.String(), Attempts: turnAttempts})
		})
		if err != nil {
			errs = append(errs, fmt.Errorf("job: plan %s of %s: %w", w.Kind, t.ID, err))
		}
	}
	return errors.Join(errs...)
}
