package people_test

import (
	"context"
	"testing"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/worktime"
)

func TestBusyElsewhereIsFocus(t *testing.T) {
	engines(t, func(t *testing.T, c *company, _ *clock.Machine) {
		set := func(list ...people.Busy) (changed bool) {
			t.Helper()
			c.write(func(ctx context.Context, tx *db.Tx) (err error) {
				tx.Quiet("a test sets what may be as it was")
				changed, err = c.s.SetBusyTx(ctx, tx, c.mia.ID, list)
				return err
			})
			return changed
		}
		soon := func(at string) string {
			t.Helper()
			h, err := c.s.Hours(t.Context(), c.d, c.w, c.mia.ID)
			if err != nil {
				t.Fatal(err)
			}
			got, err := h.Reach(clockAt(t, at).Time(), worktime.Soon)
			if err != nil {
				t.Fatal(err)
			}
			return got.UTC().Format(time.RFC3339)
		}
		busy := func(from, to string) people.Busy { return people.Busy{From: clockAt(t, from), To: clockAt(t, to)} }
		// Mia is in New York, from nine to five: 13:00 to 21:00 UTC.
		list := []people.Busy{
			busy("2026-10-05T15:30:20Z", "2026-10-05T16:00:00Z"), busy("2026-10-05T14:00:00Z", "2026-10-05T15:30:40Z"),
			busy("2026-10-06T20:30:00Z", "2026-10-07T13:30:00Z"), busy("2026-10-08T15:00:00Z", "2026-10-08T15:00:00Z"),
		}
		if !set(list...) {
			t.Error("what is new is told to be as it was")
		}
		for at, want := range map[string]string{
			"2026-10-05T13:30:00Z": "2026-10-05T13:30:00Z",
			"2026-10-05T14:30:00Z": "2026-10-05T16:00:00Z", // two that touch are one
			"2026-10-06T20:40:00Z": "2026-10-07T13:30:00Z", // over midnight, in her own zone
			"2026-10-08T15:00:00Z": "2026-10-08T15:00:00Z",
		} {
			if got := soon(at); got != want {
				t.Errorf("at %s she is reached at %s, want %s", at, got, want)
			}
		}
		before := len(c.heard(people.EventScheduleChanged))
		if set(list...) || len(c.heard(people.EventScheduleChanged)) != before {
			t.Error("what is the same is told to be new")
		}
		own, err := c.s.OwnFocus(t.Context(), c.d, c.w, c.mia.ID, clockAt(t, "2026-10-05T00:00:00Z"), clockAt(t, "2026-10-09T00:00:00Z"))
		if err != nil || len(own) != 0 {
			t.Errorf("her own focus is %v (%v)", own, err)
		}
		if !set() || soon("2026-10-05T14:30:00Z") != "2026-10-05T14:30:00Z" {
			t.Error("what is over still holds back")
		}
	})
}

func clockAt(t *testing.T, s string) clock.Instant {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return clock.At(at)
}
