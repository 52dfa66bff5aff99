package asks_test

import (
	"testing"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
)

func TestWhatSilenceMeans(t *testing.T) {
	cases := []struct {
		name    string
		ask     func(h *house) asks.NewAsk
		want    string
		lapsed  int
		inStead func(h *house) actor.Actor
	}{
		{"nothing", func(h *house) asks.NewAsk { return asks.NewAsk{} }, "open: waiting", 0, nil},
		{"consent", func(h *house) asks.NewAsk { return asks.NewAsk{Silence: asks.Consent} }, "lapsed: released", 1, nil},
		{
			"somebody else is asked", func(h *house) asks.NewAsk { return asks.NewAsk{Silence: asks.Escalate, SilenceTo: h.mei.Person} }, "open: waiting waiting", 1,
			func(h *house) actor.Actor { return h.mei },
		},
		{
			"the asker decides", func(h *house) asks.NewAsk { return asks.NewAsk{Silence: asks.IDecide} }, "open: waiting waiting", 1,
			func(h *house) actor.Actor { return h.ana },
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			engines(t, func(t *testing.T, h *house) {
				n := c.ask(h)
				n.People, n.Window = ids(h.ben), "4h"
				a := h.ask(h.ana, n)
				h.lapse(a, a.LastDue-1)
				h.stands("before the due", h.as(h.ana, a.ID), "open: waiting")
				h.clock.Set(a.LastDue)
				h.lapse(a, 0)
				h.lapse(a, 0)
				got := h.as(h.ana, a.ID)
				h.stands("after it", got, c.want)
				if n := len(h.events("asks.lapsed")); n != c.lapsed {
					t.Errorf("lapsed %d times, want %d", n, c.lapsed)
				}
				if c.inStead == nil {
					return
				}
				if o := got.Owed[1]; !o.InStead || o.PersonID != c.inStead(h).Person || o.Due <= h.clock.Now() {
					t.Errorf("asked in their stead: %+v", o)
				}
				got, err := h.asks.Answer(h.ctx, c.inStead(h), a.ID, asks.Given{Note: "Then so be it."})
				h.must(err)
				h.stands("answered in their stead", got, "settled: released answered")
			})
		})
	}
}

// lapse calls Lapse; a moment in want says that it should name another time.
func (h *house) lapse(a asks.Ask, want clock.Instant) {
	h.t.Helper()
	again, err := h.asks.Lapse(h.ctx, h.ws, a.ID)
	h.must(err)
	if want != 0 && again != 0 && again != a.LastDue {
		h.t.Errorf("call again at %s, want %s", again, a.LastDue)
	}
}

func TestAPromiseIsNotSilence(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		a := h.ask(h.ana, asks.NewAsk{People: ids(h.ben), Window: "4h", Silence: asks.Consent})
		_, err := h.asks.Acknowledge(h.ctx, h.ben, a.ID, utc(6, 9, 0))
		h.must(err)
		h.clock.Set(a.LastDue + 1)
		again, err := h.asks.Lapse(h.ctx, h.ws, a.ID)
		h.must(err)
		if again != utc(6, 9, 0) {
			t.Errorf("call again at %s, want the promised time", again)
		}
		h.stands("before the promise", h.as(h.ana, a.ID), "open: acknowledged")
		h.until(6, 9, 1)
		h.lapse(a, 0)
		h.stands("after it", h.as(h.ana, a.ID), "lapsed: released")
	})
}

func TestAnEscalationToSomebodyWhoLeftSaysSo(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		a := h.ask(h.ana, asks.NewAsk{People: ids(h.ben), Silence: asks.Escalate, SilenceTo: h.mei.Person})
		h.must(h.people.Remove(h.ctx, h.ana, h.mei.Person))
		h.clock.Set(a.LastDue + 1)
		h.lapse(a, 0)
		got := h.as(h.ana, a.ID)
		h.stands("nobody was asked", got, "open: waiting")
		if got.Note == "" || len(h.events("asks.lapsed")) != 1 {
			t.Errorf("the asker is not told: %q", got.Note)
		}
	})
}

func TestChangedHoursMoveWhatIsOpen(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		a := h.ask(h.ana, asks.NewAsk{People: ids(h.ben, h.mei), Window: "1d"})
		ben, mei := a.Owed[0], a.Owed[1]
		_, err := h.people.AddAbsence(h.ctx, h.mei, people.NewAbsence{From: "2026-10-06", To: "2026-10-08"})
		h.must(err)
		h.settle()
		got := h.as(h.ana, a.ID)
		if got.Owed[0].Due != ben.Due {
			t.Errorf("Ben's due moved to %s", got.Owed[0].Due)
		}
		if got.Owed[1].Reach != utc(9, 1, 0) || got.Owed[1].Due != utc(12, 9, 0) || got.LastDue != utc(12, 9, 0) {
			t.Errorf("Mei is reached %s, due %s, the last due is %s", got.Owed[1].Reach, got.Owed[1].Due, got.LastDue)
		}
		e := h.events("asks.due_moved")
		if len(e) != 1 {
			t.Fatalf("told %d times, want once", len(e))
		}
		var data asks.DueMovedData
		h.must(e[0].Decode(&data))
		if data.Person != h.mei.Person || data.From != mei.Due || data.To != utc(12, 9, 0) {
			t.Errorf("told %+v", data)
		}
	})
}

func TestWhoeverWasReachedStaysReached(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		a := h.ask(h.ana, asks.NewAsk{People: ids(h.ben), Window: "4h"})
		h.until(5, 8, 0)
		_, err := h.people.AddAbsence(h.ctx, h.ben, people.NewAbsence{From: "2026-10-05T09:00:00Z", To: "2026-10-05T15:00:00Z"})
		h.must(err)
		h.settle()
		got := h.as(h.ana, a.ID).Owed[0]
		if got.Reach != utc(5, 7, 0) || got.Due != utc(6, 9, 0) {
			t.Errorf("reached %s, due %s; want as before, and two hours into tomorrow", got.Reach, got.Due)
		}
	})
}

func TestWhoeverLeavesIsReleased(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		a := h.ask(h.ana, asks.NewAsk{Thread: h.secret.ID, People: ids(h.ben, h.kofi)})
		_, err := h.asks.Answer(h.ctx, h.ben, a.ID, asks.Given{Note: "Yes."})
		h.must(err)
		b := h.ask(h.ana, asks.NewAsk{People: ids(h.kofi)})
		h.must(h.spaces.RemoveMember(h.ctx, h.ana, h.closed.ID, h.kofi.Person))
		h.settle()
		h.stands("out of the space", h.as(h.ana, a.ID), "settled: answered released")
		h.stands("elsewhere", h.as(h.ana, b.ID), "open: waiting")
		h.must(h.people.Remove(h.ctx, h.ana, h.kofi.Person))
		h.settle()
		h.stands("out of the workspace", h.as(h.ana, b.ID), "open: released")
	})
}

func TestAThreadThatMovesOutOfSightReleases(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		a := h.ask(h.ana, asks.NewAsk{People: ids(h.kofi, h.mei)})
		h.must(h.spaces.ChangeThread(h.ctx, h.ana, h.thread.ID, spaces.ThreadChange{Space: &h.closed.ID}))
		h.settle()
		h.stands("only Kofi reads it there", h.as(h.ana, a.ID), "open: waiting released")
	})
}
