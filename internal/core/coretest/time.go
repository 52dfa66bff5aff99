package coretest

import (
	"errors"
	"time"

	"example.org/meantime/internal/platform/clock"
)

// Settle follows the log and does what is due, until nothing is.
func (w *World) Settle() {
	w.T.Helper()
	for range 3 {
		w.Must(errors.Join(w.Followers.Settle(w.T.Context()), w.Jobs.Settle(w.T.Context())))
	}
}

// Until lets time pass, stopping wherever something is due. An end that has passed
// already only settles.
func (w *World) Until(end clock.Instant) {
	w.T.Helper()
	for still := 0; still < 10; still++ {
		w.Settle()
		next, err := w.Jobs.Next(w.T.Context())
		w.Must(err)
		if next == 0 || next > end {
			w.Clock.Set(end)
			w.Settle()
			return
		}
		if next > w.Clock.Now() {
			w.Clock.Set(next)
			still = 0
		}
	}
	w.T.Fatalf("at %s something stays due, whatever is done", w.Clock.Now())
}

// Pass lets some time pass.
func (w *World) Pass(d time.Duration) {
	w.T.Helper()
	w.Until(w.Clock.Now().Add(d))
}

// October is an instant of the month in which these tests begin, on the 5th; by UTC.
func October(day, hour, minute int) clock.Instant {
	return clock.At(time.Date(2026, 10, day, hour, minute, 0, 0, time.UTC))
}
