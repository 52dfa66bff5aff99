package attention_test

import (
	"testing"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/feature/attention"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// soon asks Kofi for something that reaches him as soon as he works.
func (h *house) soon(title string) {
	h.T.Helper()
	h.thread(h.ana, title, "Please.", asks.NewAsk{Kind: asks.Reply, People: to(h.kofi), Window: "4h", Urgency: worktime.Soon})
}

func (h *house) digests(n int) []attention.Digest {
	h.T.Helper()
	list, err := h.attention.Digests(h.T.Context(), h.kofi, id.ID{}, 100)
	h.Must(err)
	if len(list) != n {
		h.T.Fatalf("Kofi got %d digests, want %d: %q", len(list), n, h.got(h.kofi))
	}
	return list
}

func (h *house) first() attention.Digest {
	h.T.Helper()
	list, err := h.attention.Digests(h.T.Context(), h.kofi, id.ID{}, 100)
	h.Must(err)
	return list[len(list)-1]
}

func TestWhatIsDueAtOneInstantIsOneDigest(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.to(in(0, "20:00"))
		for i := range 40 { // more than are looked at one by one at a time
			if i%2 == 0 {
				h.soon("Soon")
				continue
			}
			h.thread(h.ana, "Routine", "News for @kofi", asks.NewAsk{Kind: asks.Reply, People: to(h.kofi), Window: "4h"})
		}
		h.to(in(1, "07:30"))
		if d := h.digests(1)[0]; d.Items != 40 || d.Urgency != worktime.Routine || d.DeliverAt != clock.At(in(1, "07:00")) {
			t.Errorf("the digest is %+v, want one with forty lines at nine", d)
		}
		if n := len(h.got(h.kofi)); n != 40 {
			t.Errorf("it shows %d lines", n)
		}
	})
}

func TestADigestIsFollowedByAnotherNotAtOnce(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		for _, x := range []struct{ at, title string }{{"09:00", "First"}, {"09:02", "Second"}, {"09:04", "Third"}, {"09:20", "Fourth"}, {"14:58", "At the end"}, {"14:59", "Last"}} {
			h.to(in(0, x.at))
			h.soon(x.title)
		}
		h.to(in(0, "22:00"))
		equal(t, "Kofi", h.got(h.kofi), []string{
			"Mon 11:00 Ana Petrova asks you to reply: First",
			"Mon 11:05 Ana Petrova asks you to reply: Second", "Mon 11:05 Ana Petrova asks you to reply: Third",
			"Mon 11:20 Ana Petrova asks you to reply: Fourth",
			"Mon 16:58 Ana Petrova asks you to reply: At the end", "Mon 16:59 Ana Petrova asks you to reply: Last", // his hours end at five
		})
	})
}

func TestADeadlineIsShownInOnesOwnHours(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.to(in(3, "08:00")) // Thursday, ten in Berlin
		deadline := clock.At(in(7, "04:00"))
		_, views := h.thread(h.ana, "Roof", "Please.", asks.NewAsk{Kind: asks.Reply, People: to(h.kofi, h.mei), Deadline: deadline, Urgency: worktime.Soon})
		h.to(in(4, "08:00"))
		shown := func(want time.Time, group string) {
			t.Helper()
			page := h.inbox(h.kofi, "owe")
			if r := page.Items[0]; r.Due == nil || !r.Due.Equal(want) || r.Group != group {
				t.Errorf("the inbox shows it due %v %s, want %s %s", r.Due, r.Group, want, group)
			}
			_, lines, err := h.attention.Digest(t.Context(), h.kofi, h.first().ID)
			h.Must(err)
			if got := lines[0].Due.Time(); !got.Equal(want) {
				t.Errorf("the digest shows it due %s, want %s", got, want)
			}
		}
		shown(in(4, "15:00"), "today") // when he finishes on Friday
		h.to(in(5, "10:00"))
		shown(deadline.Time(), "today") // he does not work until then
		if r := h.inbox(h.mei, "owe").Items[0]; !r.Due.Equal(deadline.Time()) {
			t.Errorf("Mei, who works on Monday by then, is shown %s", r.Due)
		}
		ask, err := h.Asks.Ask(t.Context(), h.DB, h.ana, h.AskID(views[0]))
		h.Must(err)
		if o := ask.Of(h.kofi.Person); o.Due != deadline || o.Late(h.Clock.Now()) {
			t.Errorf("what counts is %+v, want the deadline, and not late", o)
		}
	})
}
