package demo_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"example.org/meantime/internal/feature/demo"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// chores are things due at moments; doing one may make another.
type chores struct {
	clock *clock.Machine
	due   []clock.Instant
	done  []clock.Instant // what the clock showed at each
	more  func(at clock.Instant) (clock.Instant, bool)
	fail  error
	stuck bool // what is due is never done, as when another node is at it
}

func (c *chores) Next(context.Context) (clock.Instant, error) {
	if len(c.due) == 0 {
		return 0, nil
	}
	return slices.Min(c.due), nil
}

func (c *chores) Settle(context.Context) error {
	now := c.clock.Now()
	for i := 0; i < len(c.due); {
		if c.due[i] > now || c.stuck {
			i++
			continue
		}
		if c.fail != nil {
			return c.fail
		}
		c.done = append(c.done, now)
		at := c.due[i]
		c.due = slices.Delete(c.due, i, i+1)
		if c.more != nil {
			if next, ok := c.more(at); ok {
				c.due = append(c.due, next)
			}
		}
	}
	return nil
}

func after(d time.Duration) clock.Instant { return clock.At(testkit.Monday.Add(d)) }

// engines gives a clock that shows Monday and stands.
func engines(t *testing.T, f func(t *testing.T, d *db.DB, c *clock.Machine, w *chores, s *demo.Service)) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
		w := &chores{clock: c}
		f(t, d, c, w, demo.New(d, c, w, func(_ context.Context, _ id.ID, from, to clock.Instant) (int, error) {
			return int(to.Sub(from) / time.Hour), nil
		}))
	})
}

func TestTheClockStopsWhereverSomethingIsDue(t *testing.T) {
	engines(t, func(t *testing.T, _ *db.DB, c *clock.Machine, w *chores, s *demo.Service) {
		w.due = []clock.Instant{after(3 * time.Hour), after(0), after(time.Hour), after(9 * time.Hour)}
		w.more = func(at clock.Instant) (clock.Instant, bool) {
			return at.Add(30 * time.Minute), at == after(time.Hour) // one thing brings another
		}
		n, err := s.Advance(t.Context(), id.ID{}, after(8*time.Hour))
		if err != nil || n != 8 {
			t.Fatalf("%d, %v", n, err)
		}
		want := []clock.Instant{after(0), after(time.Hour), after(90 * time.Minute), after(3 * time.Hour)}
		if !slices.Equal(w.done, want) {
			t.Errorf("done at %v, want %v", w.done, want)
		}
		if c.Now() != after(8*time.Hour) {
			t.Errorf("it shows %s", c.Now())
		}
	})
}

func TestWhatAnotherIsAtHoldsNobody(t *testing.T) {
	engines(t, func(t *testing.T, _ *db.DB, c *clock.Machine, w *chores, s *demo.Service) {
		w.due, w.stuck = []clock.Instant{after(time.Minute)}, true
		if _, err := s.Advance(t.Context(), id.ID{}, after(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if c.Now() < after(time.Hour) {
			t.Errorf("it shows %s", c.Now())
		}
	})
}

func TestTheClockRefuses(t *testing.T) {
	engines(t, func(t *testing.T, d *db.DB, c *clock.Machine, _ *chores, s *demo.Service) {
		production := demo.New(d, nil, nil, nil)
		cases := []struct {
			name string
			s    *demo.Service
			to   clock.Instant
			code string
		}{
			{"the past", s, after(-time.Hour), "only_forward"},
			{"the present", s, after(0), "only_forward"},
			{"no moment", s, 0, "only_forward"},
			{"more than 400 days", s, after(401 * 24 * time.Hour), "too_far"},
			{"the end of time", s, 1<<63 - 1, "too_far"},
			{"a production server", production, after(time.Hour), "not_a_demo"},
		}
		for _, x := range cases {
			t.Run(x.name, func(t *testing.T) {
				if _, err := x.s.Advance(t.Context(), id.ID{}, x.to); !fault.Is(err, x.code) {
					t.Errorf("got %v, want %s", err, x.code)
				}
			})
		}
		if c.Now() != after(0) {
			t.Errorf("a refused move moved the clock to %s", c.Now())
		}
		if production.IsDemo() || !s.IsDemo() {
			t.Error("which one is the demo?")
		}
	})
}

// A move that breaks off half way: a restart goes on from where the clock was.
func TestABrokenMoveIsRemembered(t *testing.T) {
	engines(t, func(t *testing.T, d *db.DB, _ *clock.Machine, _ *chores, _ *demo.Service) {
		c := clock.Running(0)
		w := &chores{clock: c, fail: errors.New("the page was closed")}
		begin := c.Now()
		w.due = []clock.Instant{begin.Add(5 * time.Hour)}
		s := demo.New(d, c, w, nil)
		if whole, err := s.Whole(t.Context()); whole || err != nil {
			t.Errorf("a demo that was never made is whole: %v, %v", whole, err)
		}
		if _, err := s.Advance(t.Context(), id.ID{}, begin.Add(8*time.Hour)); err == nil {
			t.Fatal("it did not break")
		}
		later := clock.Running(0)
		if err := demo.New(d, later, w, nil).Restore(t.Context()); err != nil {
			t.Fatal(err)
		}
		if later.Now() < begin.Add(5*time.Hour) || later.Offset() > 6*time.Hour {
			t.Errorf("after a restart it is %s ahead, want 5 h", later.Offset())
		}
		if whole, err := s.Whole(t.Context()); !whole || err != nil {
			t.Errorf("whole: %v, %v", whole, err)
		}
	})
}

func TestOnlyADemosFolderIsForgotten(t *testing.T) {
	dir := t.TempDir()
	keep := filepath.Join(dir, "meantime.db")
	if err := os.WriteFile(keep, []byte("years of work"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := demo.Forget(dir); err == nil {
		t.Error("a folder without the mark was forgotten")
	}
	if _, err := os.Stat(keep); err != nil {
		t.Fatal("what was in it is gone")
	}
	if err := demo.Forget(filepath.Join(dir, "nothing")); err != nil {
		t.Errorf("nothing to forget: %v", err)
	}
	if err := demo.Mark(filepath.Join(dir, "demo")); err != nil || !demo.Marked(filepath.Join(dir, "demo")) {
		t.Fatalf("the mark: %v", err)
	}
	if err := demo.Forget(filepath.Join(dir, "demo")); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "demo")); !errors.Is(err, os.ErrNotExist) {
		t.Error("the demo is still there")
	}
}
