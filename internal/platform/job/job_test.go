package job_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"example.org/meantime/internal/platform/bus"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
	"example.org/meantime/internal/platform/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

func enqueue(t *testing.T, d *db.DB, kind string, o job.Options) {
	t.Helper()
	err := d.Write(t.Context(), id.ID{}, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("a test adds a job")
		return job.Enqueue(ctx, tx, kind, map[string]int{"n": 1}, o)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAJobRunsAtItsTimeAndIsTriedAgain(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
		r := job.NewRunner(d, bus.NewLocal())
		var ran atomic.Int32
		r.Handle("flaky", func(context.Context, job.Job) error {
			if ran.Add(1) == 1 {
				return errors.New("not yet")
			}
			return nil
		})
		enqueue(t, d, "flaky", job.Options{At: c.Now().Add(time.Hour)})
		for _, step := range []struct {
			forward time.Duration
			want    int32
		}{{0, 0}, {time.Hour, 1}, {time.Minute, 2}, {24 * time.Hour, 2}} {
			c.Advance(step.forward)
			if err := r.Settle(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := ran.Load(); got != step.want {
				t.Fatalf("after %s it ran %d times, want %d", step.forward, got, step.want)
			}
		}
	})
}

func TestAJobThatPanicsIsGivenUpAndOthersGoOn(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
		r := job.NewRunner(d, bus.NewLocal())
		var good atomic.Int32
		r.Handle("bad", func(context.Context, job.Job) error { panic("poison") })
		r.Handle("good", func(context.Context, job.Job) error { good.Add(1); return nil })
		enqueue(t, d, "bad", job.Options{Attempts: 2})
		enqueue(t, d, "good", job.Options{Dedup: "one"})
		enqueue(t, d, "good", job.Options{Dedup: "one"})
		for range 3 {
			if err := r.Settle(t.Context()); err != nil {
				t.Fatal(err)
			}
			c.Advance(time.Hour)
		}
		dead, err := job.DeadJobs(t.Context(), d, 10)
		if err != nil || len(dead) != 1 || dead[0].Kind != "bad" {
			t.Errorf("dead jobs %+v (%v), want the bad one", dead, err)
		}
		if good.Load() != 1 {
			t.Errorf("the good job ran %d times, want once", good.Load())
		}
	})
}
