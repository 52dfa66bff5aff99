package job_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/meantime/internal/platform/bus"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
	"example.org/meantime/internal/platform/testkit"
)

// Two nodes see the same rows due, the first of which cannot be moved: the other is done
// all the same, and once.
func TestARoundComesOnceToEachRowHoweverManyNodes(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
		ws, stuck, good := id.New(c.Now()), id.New(c.Now()), id.New(c.Now())
		done := make(chan [2]id.ID, 9)
		at, planned := c.Now(), 0
		var mu sync.Mutex
		round := job.Round{
			Name: "rows", Kind: "test.row", Noun: "row",
			Next: func(context.Context, db.Queryer) (clock.Instant, error) { return c.Now(), nil },
			Due: func(context.Context, db.Queryer, clock.Instant) ([]job.Turn, error) {
				return []job.Turn{{WorkspaceID: ws, ID: stuck}, {WorkspaceID: ws, ID: good}}, nil
			},
			Move: func(_ context.Context, tx *db.Tx, row id.ID, to clock.Instant) (bool, error) {
				if row == stuck {
					return false, errors.New("it is stuck")
				}
				mu.Lock()
				defer mu.Unlock()
				mine := at <= tx.Now
				if mine {
					at = to
					planned++
				}
				return mine, nil
			},
			After: func() time.Duration { return time.Hour },
			Do:    func(_ context.Context, ws, row id.ID) error { done <- [2]id.ID{ws, row}; return nil },
		}
		err := d.Write(t.Context(), ws, func(ctx context.Context, tx *db.Tx) error {
			tx.Quiet("a test")
			return event.Open(ctx, tx)
		})
		if err != nil {
			t.Fatal(err)
		}
		var nodes sync.WaitGroup
		for range 2 {
			r := job.NewRunner(d, bus.NewLocal())
			r.Round(round)
			nodes.Go(func() {
				if err := r.Settle(t.Context()); err == nil || !strings.Contains(err.Error(), "it is stuck") {
					t.Errorf("what cannot be moved is told as %v", err)
				}
			})
		}
		nodes.Wait()
		if got := <-done; got != [2]id.ID{ws, good} {
			t.Errorf("done was %v", got)
		}
		if want := c.Now().Add(time.Hour); planned != 1 || at != want {
			t.Errorf("it was planned %d times, next at %s, want once, next at %s", planned, at, want)
		}
	})
}
