package sealed

import (
	"bytes"
	"context"
	"encoding/hex"
	"math"
	"slices"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
)

// Result is what was in a box.
type Result struct {
	State   State
	Count   int      // ballots that were in it
	Ballots [][]byte // none unless it was Opened
}

// CloseTx ends a box: opens it, or destroys it unopened when it holds fewer than
// Fewest. What is kept of it then is the ballots in the order of their bytes and the
// codes in the order of their letters: two lists that follow from what is in them
// alone. A box that has ended gives its result again.
//
// It fails with a fault of which KeyMissing or Damaged is true when it cannot be
// opened; the box stays as it is, to be tried again or given up by LoseTx.
func (b *Boxes) CloseTx(ctx context.Context, tx *db.Tx, name id.ID) (Result, error) {
	box, there, err := findBox(ctx, tx, tx.Workspace, name)
	if err != nil {
		return Result{}, err
	}
	if !there {
		return Result{}, fault.New(fault.NotFound, "not_found", "There is no such ballot.")
	}
	if box.State != Open {
		return b.ended(ctx, tx, name, box)
	}
	all, err := b.all(ctx, tx, name, box)
	if err != nil {
		return Result{}, err
	}
	r := Result{State: Opened, Count: len(all)}
	if r.Count < Fewest {
		r = Result{State: Few} // not even how many there were
		return r, endBox(ctx, tx, name, box, Few)
	}
	var codes []string
	for _, e := range all {
		r.Ballots = append(r.Ballots, e.ballot)
		codes = append(codes, hex.EncodeToString(e.code[:]))
	}
	slices.SortFunc(r.Ballots, bytes.Compare)
	slices.Sort(codes)
	if err := publish(ctx, tx, name, r.Ballots, codes); err != nil {
		return Result{}, err
	}
	return r, endBox(ctx, tx, name, box, Opened)
}

// LoseTx gives up a box that cannot be opened, or is not to be: it is destroyed with
// what is in it.
func (b *Boxes) LoseTx(ctx context.Context, tx *db.Tx, name id.ID) error {
	box, there, err := findBox(ctx, tx, tx.Workspace, name)
	if err != nil || !there || box.State != Open {
		return err
	}
	return endBox(ctx, tx, name, box, Lost)
}

func (b *Boxes) ended(ctx context.Context, tx *db.Tx, name id.ID, box Box) (Result, error) {
	r := Result{State: box.State}
	if box.State != Opened {
		return r, nil
	}
	var err error
	r.Ballots, err = ballots(ctx, tx, tx.Workspace, name, 0, math.MaxInt32)
	r.Count = len(r.Ballots)
	return r, err
}

func (b *Boxes) all(ctx context.Context, tx *db.Tx, name id.ID, box Box) ([]entry, error) {
	k, err := b.key(name)
	if err != nil {
		return nil, err
	}
	var all []entry
	for n := range box.Pages {
		p, err := readPage(ctx, tx, k, name, box, n)
		if err != nil {
			return nil, err
		}
		all = append(all, p.entries...)
	}
	return all, nil
}

// endBox overwrites what was sealed and has a job destroy the rest, the key first.
func endBox(ctx context.Context, tx *db.Tx, name id.ID, box Box, state State) error {
	if err := setState(ctx, tx, name, state); err != nil {
		return err
	}
	// With as many bytes: the embedded database then writes over them where they are.
	if err := blankPages(ctx, tx, name); err != nil {
		return err
	}
	return job.Enqueue(ctx, tx, forgetJob, forgetArgs{Workspace: tx.Workspace, Box: name}, job.Options{Attempts: 100})
}
