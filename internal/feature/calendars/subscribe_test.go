package calendars_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/feature/calendars"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/worktime"
)

const standup = "UID:s\nDTSTART;TZID=Europe/Berlin:20261005T093000\nDTEND;TZID=Europe/Berlin:20261005T110000\nSUMMARY:Secret talks\nDESCRIPTION:with Zenith"

// reach is when something that is wanted soon would interrupt somebody.
func (h *house) reach(a actor.Actor, at time.Time) string {
	h.T.Helper()
	s, err := h.People.Hours(h.T.Context(), h.DB, h.WS, a.Person)
	h.Must(err)
	got, err := s.Reach(at, worktime.Soon)
	h.Must(err)
	return got.UTC().Format("02T15:04")
}

func TestBusyTimesHoldBackWhatWouldInterrupt(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		other := away(t, ics(standup, "UID:f\nDTSTART:20261005T120000Z\nDTEND:20261005T130000Z\nTRANSP:TRANSPARENT", "UID:d\nDTSTART;VALUE=DATE:20261006\nSUMMARY:A birthday"))
		at := time.Date(2026, 10, 5, 7, 40, 0, 0, time.UTC)
		sub, err := h.c.Subscribe(t.Context(), h.kofi, calendars.NewSubscription{Kind: calendars.Busy, Source: calendars.ICS, Name: "Mine", URL: other.URL + "/private-1234.ics"})
		h.Must(err)
		if got := h.reach(h.kofi, at); got != "05T07:40" {
			t.Errorf("it does not count as focus and yet holds back until %s", got)
		}
		yes, no := true, false
		h.Must(h.c.Change(t.Context(), h.kofi, sub.ID, nil, &yes))
		if got := h.reach(h.kofi, at); got != "05T09:00" {
			t.Errorf("Kofi is reached at %s, want after the talks at 09:00 UTC", got)
		}
		for _, x := range []string{"2026-10-05T12:30:00Z", "2026-10-06T12:30:00Z"} {
			at, _ := time.Parse(time.RFC3339, x)
			if got := h.reach(h.kofi, at); got != at.Format("02T15:04") {
				t.Errorf("free and whole-day events hold back: %s becomes %s", x, got)
			}
		}
		t.Run("its titles are nowhere", func(t *testing.T) {
			list, err := h.c.Events(t.Context(), h.DB, h.kofi, sub.ID, h.Clock.Now())
			h.Must(err)
			for _, e := range list {
				if e.Title != "" {
					t.Errorf("a busy time is called %q", e.Title)
				}
			}
			if len(list) != 2 {
				t.Errorf("%d busy times are kept, want 2", len(list))
			}
		})
		t.Run("another cannot see or change it", func(t *testing.T) {
			_, err := h.c.Subscription(t.Context(), h.DB, h.ana, sub.ID)
			refused(t, err, "not_found")
			_, err = h.c.Events(t.Context(), h.DB, h.ana, sub.ID, 0)
			refused(t, err, "not_found")
			refused(t, h.c.Change(t.Context(), h.ana, sub.ID, nil, &no), "not_found")
			refused(t, h.c.Unsubscribe(t.Context(), h.ana, sub.ID), "not_found")
			refused(t, h.c.TryAgain(t.Context(), h.ana, sub.ID), "not_found")
		})
		t.Run("when it moves, so does what holds back", func(t *testing.T) {
			other.becomes(ics(strings.ReplaceAll(standup, "T110000", "T123000")), `"2"`)
			h.Must(h.c.Refresh(t.Context(), h.WS, sub.ID))
			if got := h.reach(h.kofi, at); got != "05T10:30" {
				t.Errorf("Kofi is reached at %s, want 10:30", got)
			}
		})
		t.Run("removed, it holds back nothing", func(t *testing.T) {
			h.Must(h.c.Unsubscribe(t.Context(), h.kofi, sub.ID))
			if got := h.reach(h.kofi, at); got != "05T07:40" {
				t.Errorf("Kofi is reached at %s", got)
			}
		})
	})
}

func TestMeetingsAreForTheirOwnersEyes(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		other := away(t, ics(standup))
		sub, err := h.c.Subscribe(t.Context(), h.kofi, calendars.NewSubscription{Kind: calendars.Meetings, Source: calendars.ICS, URL: strings.Replace(other.URL, "http://", "http://", 1), Focus: true})
		h.Must(err)
		list, err := h.c.Events(t.Context(), h.DB, h.kofi, sub.ID, h.Clock.Now())
		h.Must(err)
		if len(list) != 1 || list[0].Title != "Secret talks" || sub.Name == "" {
			t.Errorf("%q holds %+v", sub.Name, list)
		}
		all, err := h.c.MeetingsOf(t.Context(), h.DB, h.WS, h.kofi.Person, h.Clock.Now(), h.Clock.Now().Add(48*time.Hour))
		h.Must(err)
		none, err := h.c.MeetingsOf(t.Context(), h.DB, h.WS, h.ana.Person, h.Clock.Now(), h.Clock.Now().Add(48*time.Hour))
		h.Must(err)
		if len(all) != 1 || len(none) != 0 {
			t.Errorf("Kofi has %d meetings, Ana %d", len(all), len(none))
		}
	})
}

func TestAnotherServerIsAskedPolitely(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		other := away(t, ics(standup+"\nRRULE:FREQ=WEEKLY"))
		sub, err := h.c.Subscribe(t.Context(), h.kofi, calendars.NewSubscription{Kind: calendars.Busy, Source: calendars.ICS, URL: other.URL, Username: "kofi", Password: "app pass", Focus: true})
		h.Must(err)
		if got := other.sign.Load(); got != "Basic a29maTphcHAgcGFzcw==" {
			t.Errorf("it signs in with %q", got)
		}
		read := func() calendars.Subscription {
			t.Helper()
			c, err := h.c.Subscription(t.Context(), h.DB, h.kofi, sub.ID)
			h.Must(err)
			return c
		}
		wait := read().RefreshAt.Sub(h.Clock.Now())
		if wait < 50*time.Minute || wait > 70*time.Minute {
			t.Errorf("it is read again in %s", wait)
		}
		t.Run("what is unchanged is not sent again, but after some days", func(t *testing.T) {
			for _, want := range []int32{1, 2} {
				h.Must(h.c.Refresh(t.Context(), h.WS, sub.ID))
				if got := other.whole.Load(); got != want {
					t.Errorf("it was sent %d times, want %d", got, want)
				}
				h.Clock.Advance(73 * time.Hour)
			}
		})
		t.Run("failing, it waits longer each time and says why", func(t *testing.T) {
			h.Clock.Set(read().RefreshAt)
			other.status.Store(http.StatusInternalServerError)
			last := time.Duration(0)
			for range 4 {
				h.Must(h.c.Refresh(t.Context(), h.WS, sub.ID))
				c := read()
				wait := c.RefreshAt.Sub(h.Clock.Now())
				if wait < last*3/2 || c.Problem == "" || c.Events == 0 {
					t.Errorf("after %s it waits %s: %q, %d events", last, wait, c.Problem, c.Events)
				}
				last = wait
			}
			other.status.Store(http.StatusTooManyRequests)
			h.Must(h.c.Refresh(t.Context(), h.WS, sub.ID))
			if c := read(); c.RefreshAt.Sub(h.Clock.Now()) < 2*time.Hour {
				t.Errorf("asked to wait two hours it waits %s", c.RefreshAt.Sub(h.Clock.Now()))
			}
		})
		t.Run("the owner can try again, not too often", func(t *testing.T) {
			other.status.Store(0)
			h.Must(h.c.TryAgain(t.Context(), h.kofi, sub.ID))
			if c := read(); c.Problem != "" || c.Fails != 0 {
				t.Errorf("it works again and says %q", c.Problem)
			}
			refused(t, h.c.TryAgain(t.Context(), h.kofi, sub.ID), "too_soon")
			h.Clock.Advance(time.Minute)
			h.Must(h.c.TryAgain(t.Context(), h.kofi, sub.ID))
		})
		t.Run("its time comes by itself", func(t *testing.T) {
			next, err := h.Jobs.Next(t.Context())
			h.Must(err)
			if next != read().RefreshAt {
				t.Errorf("the next job is at %v, want %v", next, read().RefreshAt)
			}
		})
		t.Run("whoever leaves is not asked for any more", func(t *testing.T) {
			before := other.asked.Load()
			h.Must(h.People.Remove(t.Context(), h.ana, h.kofi.Person))
			h.Must(h.c.Refresh(t.Context(), h.WS, sub.ID))
			h.Settle()
			list, err := h.c.Subscriptions(t.Context(), h.DB, h.kofi)
			h.Must(err)
			if other.asked.Load() != before || len(list) != 0 {
				t.Errorf("asked %d times more, %d calendars left", other.asked.Load()-before, len(list))
			}
		})
	})
}

func TestWhatCannotBeReadIsRefused(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		page := away(t, "<html>Sign in</html>")
		shut := away(t, "")
		shut.status.Store(http.StatusUnauthorized)
		for _, c := range []struct {
			name, url, user, source, code string
		}{
			{"no address", "nonsense", "", calendars.ICS, "bad_address"},
			{"a private network", "https://10.1.2.3/x.ics", "", calendars.ICS, "bad_address"},
			{"a file", "file:///etc/passwd", "", calendars.ICS, "bad_address"},
			{"a page", page.URL, "", calendars.ICS, "no_calendar"},
			{"a page as a collection", page.URL, "", calendars.CalDAV, "no_collection"},
			{"shut", shut.URL, "", calendars.ICS, "calendar_refused"},
			{"a password in the open", "http://calendars.example/x.ics", "me", calendars.ICS, "not_encrypted"},
			{"a header in a name", page.URL, "me\r\nX: y", calendars.ICS, "bad_sign_in"},
		} {
			t.Run(c.name, func(t *testing.T) {
				_, err := h.c.Subscribe(t.Context(), h.kofi, calendars.NewSubscription{Kind: calendars.Busy, Source: c.source, URL: c.url, Username: c.user, Password: "x"})
				refused(t, err, c.code)
			})
		}
	})
}
