package job_test

import (
	"context"
	"errors"
	"slices"
	"sync"
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

// However much slow work waits, quick work goes on, and all of the slow work is done in the end.
func TestSlowWorkLeavesRoom(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
		r := job.NewRunner(d, bus.NewLocal())
		const many = 20
		var quick, slow atomic.Int32
		var mu sync.Mutex
		most, now := 0, 0
		count := func(n int) {
			mu.Lock()
			defer mu.Unlock()
			now += n
			most = max(most, now)
		}
		hold := make(chan struct{})
		r.HandleSlow("slow", func(context.Context, job.Job) error {
			count(1)
			<-hold
			count(-1)
			slow.Add(1)
			return nil
		})
		r.Handle("quick", func(context.Context, job.Job) error { quick.Add(1); return nil })
		for range many {
			enqueue(t, d, "slow", job.Options{})
		}
		c.Advance(time.Minute)
		for range many {
			enqueue(t, d, "quick", job.Options{})
		}
		if err := r.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := quick.Load(); got != many {
			t.Errorf("beside slow work %d quick jobs ran, want %d", got, many)
		}
		if at, err := r.Next(t.Context()); err != nil || at != 0 && at <= c.Now() {
			t.Errorf("with no room for slow work something is due at %d (%v), want nothing before now", at, err)
		}
		close(hold)
		if err := r.Finish(t.Context()); err != nil {
			t.Fatal(err)
		}
		if slow.Load() != many || most != 4 {
			t.Errorf("%d slow jobs ran, at most %d at once, want %d and 4", slow.Load(), most, many)
		}
	})
}

// A clock that jumps past the lease of a job under way does not begin it a second time.
func TestAJobUnderWayIsNotBegunTwice(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
		b := bus.NewLocal()
		r := job.NewRunner(d, b)
		begun, hold, other := make(chan struct{}, 9), make(chan struct{}), make(chan struct{}, 9)
		r.Handle("long", func(context.Context, job.Job) error { begun <- struct{}{}; <-hold; return nil })
		r.Handle("other", func(context.Context, job.Job) error { other <- struct{}{}; return nil })
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		enqueue(t, d, "long", job.Options{})
		go func() { ended <- r.Run(ctx) }()
		<-begun
		c.Advance(time.Hour)
		for range 3 { // each time it looks for all that is due
			enqueue(t, d, "other", job.Options{})
			b.Poke(bus.Jobs)
			<-other
		}
		close(hold)
		stop()
		if err := <-ended; err != nil {
			t.Fatal(err)
		}
		if n := len(begun); n != 0 {
			t.Errorf("it was begun %d times more", n)
		}
		if counts, err := job.Counts(t.Context(), d); err != nil || len(counts) != 1 || counts[0].State != "done" || counts[0].N != 4 {
			t.Errorf("they ended as %v (%v), want 4 done", counts, err)
		}
	})
}

func TestThePulseThatIsLastBeatsBehindTheOthers(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
		r := job.NewRunner(d, bus.NewLocal())
		at, beats := c.Now().Add(time.Hour), []string{}
		for _, name := range []string{"last", "first", "second"} {
			next := at
			r.Beat(job.Pulse{
				Name: name, Last: name == "last",
				Next: func(context.Context) (clock.Instant, error) { return next, nil },
				Run:  func(context.Context) error { beats, next = append(beats, name), 0; return nil },
			})
		}
		c.Advance(time.Hour)
		if err := r.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
		if want := []string{"first", "second", "last"}; !slices.Equal(beats, want) {
			t.Errorf("they beat as %q, want %q", beats, want)
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
