package clock_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"example.org/meantime/internal/platform/clock"
)

var monday = time.Date(2026, 10, 5, 7, 0, 0, 0, time.UTC)

func TestInstantsAndTimes(t *testing.T) {
	kyiv, err := time.LoadLocation("Europe/Kyiv")
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name string
		in   time.Time
		want string
	}{
		{"a UTC time stays", monday, "2026-10-05T07:00:00Z"},
		{"another zone's is told in UTC", monday.In(kyiv), "2026-10-05T07:00:00Z"},
		{"below the microsecond is cut", monday.Add(1999 * time.Nanosecond), "2026-10-05T07:00:00.000001Z"},
		{"before 1970", time.Date(1969, 12, 31, 23, 59, 59, 0, time.UTC), "1969-12-31T23:59:59Z"},
		{"none", time.Time{}, "0001-01-01T00:00:00Z"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := clock.At(c.in).String(); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			if got := clock.At(c.in).Time(); !got.Equal(c.in.Truncate(time.Microsecond)) {
				t.Errorf("came back as %s", got)
			}
		})
	}
}

func TestNoInstantIsNull(t *testing.T) {
	v, err := clock.Instant(0).Value()
	if v != nil || err != nil {
		t.Errorf("none is stored as %v, %v", v, err)
	}
	if clock.Instant(0).Pointer() != nil || !clock.Instant(0).IsZero() {
		t.Error("none has a pointer")
	}
	i := clock.At(monday)
	if err := i.Scan(nil); err != nil || i != 0 {
		t.Errorf("NULL reads as %s, %v", i, err)
	}
	if err := i.Scan(int64(5)); err != nil || i != 5 {
		t.Errorf("5 reads as %d, %v", i, err)
	}
	if err := i.Scan("5"); err == nil {
		t.Error("a text was read as an instant")
	}
	if got := *clock.At(monday).Pointer(); !got.Equal(monday) {
		t.Errorf("pointer to %s", got)
	}
}

func TestInstantArithmetic(t *testing.T) {
	i := clock.At(monday)
	j := i.Add(90 * time.Minute)
	if got := j.Sub(i); got != 90*time.Minute {
		t.Errorf("the way back is %s", got)
	}
	if j.Add(-90*time.Minute) != i {
		t.Error("forth and back is elsewhere")
	}
}

func TestAStillClockMovesWhenItIsMoved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := clock.Still(monday)
		woke := make(chan error, 1)
		go func() { woke <- c.Wait(t.Context(), clock.At(monday.Add(time.Hour))) }()
		synctest.Wait()
		c.Advance(59 * time.Minute)
		synctest.Wait()
		if len(woke) != 0 {
			t.Fatal("woke too early")
		}
		c.Set(clock.At(monday.Add(time.Hour)))
		if err := <-woke; err != nil {
			t.Error(err)
		}
		c.Set(clock.At(monday))
		if got := c.Now(); got != clock.At(monday.Add(time.Hour)) {
			t.Errorf("the clock went back to %s", got)
		}
		c.Begin(clock.At(monday))
		if got := c.Now(); got != clock.At(monday) {
			t.Errorf("a new world begins at %s", got)
		}
	})
}

func TestARunningClockIsAhead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := clock.Running(48 * time.Hour)
		start := c.Now()
		if got := start.Sub(clock.System{}.Now()); got != 48*time.Hour {
			t.Errorf("ahead by %s", got)
		}
		if err := c.Wait(t.Context(), start.Add(time.Minute)); err != nil {
			t.Fatal(err)
		}
		if got := c.Now().Sub(start); got != time.Minute {
			t.Errorf("a minute later it shows %s more", got)
		}
		c.Advance(time.Hour)
		if got := c.Offset(); got != 49*time.Hour {
			t.Errorf("offset %s", got)
		}
		if got := c.Now().Sub(start); got != 61*time.Minute {
			t.Errorf("after the move it shows %s more", got)
		}
	})
}

func TestWaitingEndsWithItsContext(t *testing.T) {
	clocks := map[string]clock.Clock{"system": clock.System{}, "still": clock.Still(monday), "running": clock.Running(time.Hour)}
	for name, c := range clocks {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			ended := make(chan error, 1)
			go func() { ended <- c.Wait(ctx, c.Now().Add(time.Hour)) }()
			cancel()
			if err := <-ended; !errors.Is(err, context.Canceled) {
				t.Errorf("got %v", err)
			}
			if err := c.Wait(t.Context(), c.Now()); err != nil {
				t.Errorf("what has come already: %v", err)
			}
		})
	}
}

func TestTheSystemClockWakesInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, watch := clock.System{}, clock.Stopwatch()
		if err := c.Wait(t.Context(), c.Now().Add(5*time.Second)); err != nil {
			t.Fatal(err)
		}
		if got := clock.Since(watch); got != 5*time.Second {
			t.Errorf("it took %s", got)
		}
	})
}
