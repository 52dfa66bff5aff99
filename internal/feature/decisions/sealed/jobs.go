package sealed

import (
	"context"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
)

const forgetJob = "decisions.sealed_forget"

type forgetArgs struct {
	Workspace id.ID `json:"workspace"`
	Box       id.ID `json:"box"`
}

// Jobs enters the work of this package: what ended is destroyed.
func (b *Boxes) Jobs(r *job.Runner) {
	r.Handle(forgetJob, func(ctx context.Context, j job.Job) error {
		var args forgetArgs
		if err := j.Decode(&args); err != nil {
			return err
		}
		return b.Forget(ctx, args.Workspace, args.Box)
	})
}

// Forget destroys the key of a box that has ended, then the remains of its pages. It
// may be done again.
func (b *Boxes) Forget(ctx context.Context, workspace, box id.ID) error {
	found, there, err := findBox(ctx, b.db, workspace, box)
	if err != nil || !there || found.State == Open {
		return err
	}
	if err := b.keys.Destroy(box); err != nil {
		return err
	}
	err = b.db.Write(ctx, workspace, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("the remains of a ballot box that has ended are destroyed")
		return deletePages(ctx, tx, box)
	})
	if err != nil {
		return err
	}
	return b.db.Scrub(ctx, pagesTable)
}

// Sweep destroys keys of boxes that have ended which lie here still: of a node that
// did not do the job itself, in a folder of its own.
func (b *Boxes) Sweep(ctx context.Context) error {
	list, err := b.keys.List()
	if err != nil || len(list) == 0 {
		return err
	}
	ended, err := endedOf(ctx, b.db, list)
	if err != nil {
		return err
	}
	for _, box := range ended {
		if err := b.keys.Destroy(box); err != nil {
			return err
		}
	}
	return nil
}
