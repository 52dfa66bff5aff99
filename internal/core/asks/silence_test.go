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
				h.Clock.Set(a.LastDue)
				h.lapse(a, 0)
				h.lapse(a, 0)
				got := h.as(h.ana, a.ID)
				h.stands("after it", got, c.want)
				if n := len(h.Heard("asks.lapsed")); n != c.lapsed {
					t.Errorf("lapsed %d times, want %d", n, c.lapsed)
				}
				if c.inStead == nil {
					return
				}
				if o := got.Owed[1]; !o.InStead || o.PersonID != c.inStead(h).Person || o.Due <= h.Clock.Now() {
					t.Errorf("asked in their stead: %+v", o)
				}
				got, err := h.Asks.Answer(h.T.Context(), c.inStead(h), a.ID, asks.Given{Note: "Then so be it."})
				h.Must(err)
				h.stands("answered in their stead", got, "settled: released answered")
			})
		})
	}
}

// lapse calls Lapse; a moment in want says that it should name another time.
func (h *house) lapse(a asks.Ask, want clock.Instant) {
	h.T.Helper()
	again, err := h.Asks.Lapse(h.T.Context(), h.WS, a.ID)
	h.Must(err)
	if want != 0 && again != 0 && again != a.LastDue {
		h.T.Errorf("call again at %s, want %s", again, a.LastDue)
	}
}

func TestAPromiseIsNotSilence(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		a := h.ask(h.ana, asks.NewAsk{People: ids(h.ben), Window: "4h", Silence: asks.Consent})
		_, err := h.Asks.Acknowledge(h.T.Context(), h.ben, a.ID, utc(6, 9, 0))
		h.Must(err)
		h.Clock.Set(a.LastDue + 1)
		again, err := h.Asks.Lapse(h.T.Context(), h.WS, a.ID)
		h.Must(err)
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
		h.Must(h.People.Remove(h.T.Context(), h.ana, h.mei.Person))
		h.Clock.Set(a.LastDue + 1)
		h.lapse(a, 0)
		got := h.as(h.ana, a.ID)
		h.stands("nobody was asked", got, "open: waiting")
		if got.Note == "" || len(h.Heard("asks.lapsed")) != 1 {
			t.Errorf("the asker is not told: %q", got.Note)
		}
	})
}

func TestChangedHoursMoveWhatIsOpen(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		a := h.ask(h.ana, asks.NewAsk{People: ids(h.ben, h.mei), Window: "1d"})
		ben, mei := a.Owed[0], a.Owed[1]
		_, err := h.People.AddAbsence(h.T.Context(), h.mei, people.NewAbsence{From: "2026-10-06", To: "2026-10-08"})
		h.Must(err)
		h.Settle()
		got := h.as(h.ana, a.ID)
		if got.Owed[0].Due != ben.Due {
			t.Errorf("Ben's due moved to %s", got.Owed[0].Due)
		}
		if got.Owed[1].Reach != utc(9, 1, 0) || got.Owed[1].Due != utc(12, 9, 0) || got.LastDue != utc(12, 9, 0) {
			t.Errorf("Mei is reached %s, due %s, the last due is %s", got.Owed[1].Reach, got.Owed[1].Due, got.LastDue)
		}
		e := h.Heard("asks.due_moved")
		if len(e) != 1 {
			t.Fatalf("told %d times, want once", len(e))
		}
		var data asks.DueMovedData
		h.Must(e[0].Decode(&data))
		if data.Person != h.mei.Person || data.From != mei.Due || data.To != utc(12, 9, 0) {
			t.Errorf("told %+v", data)
		}
	})
}

func TestWhoeverWasReachedStaysReached(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		a := h.ask(h.ana, asks.NewAsk{People: ids(h.ben), Window: "4h"})
		h.until(5, 8, 0)
		_, err := h.People.AddAbsence(h.T.Context(), h.ben, people.NewAbsence{From: "2026-10-05T09:00:00Z", To: "2026-10-05T15:00:00Z"})
		h.Must(err)
		h.Settle()
		got := h.as(h.ana, a.ID).Owed[0]
		if got.Reach != utc(5, 7, 0) || got.Due != utc(6, 9, 0) {
			t.Errorf("reached %s, due %s; want as before, and two hours into tomorrow", got.Reach, got.Due)
		}
	})
}

func TestWhoeverLeavesIsReleased(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		a := h.ask(h.ana, asks.NewAsk{Thread: h.secret.ID, People: ids(h.ben, h.kofi)})
		_, err := h.Asks.Answer(h.T.Context(), h.ben, a.ID, asks.Given{Note: "Yes."})
		h.Must(err)
		b := h.ask(h.ana, asks.NewAsk{People: ids(h.kofi)})
		h.Must(h.Spaces.RemoveMember(h.T.Context(), h.ana, h.closed.ID, h.kofi.Person))
		h.Settle()
		h.stands("out of the space", h.as(h.ana, a.ID), "settled: answered released")
		h.stands("elsewhere", h.as(h.ana, b.ID), "open: waiting")
		h.Must(h.People.Remove(h.T.Context(), h.ana, h.kofi.Person))
		h.Settle()
		h.stands("out of the workspace", h.as(h.ana, b.ID), "open: released")
	})
}

func TestAThreadThatMovesOutOfSightReleases(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		a := h.ask(h.ana, asks.NewAsk{People: ids(h.kofi, h.mei)})
		h.Must(h.Spaces.ChangeThread(h.T.Context(), h.ana, h.thread.ID, spaces.ThreadChange{Space: &h.closed.ID}))
		h.Settle()
		h.stands("only Kofi reads it there", h.as(h.ana, a.ID), "open: waiting released")
	})
}

func TestASpaceThatTurnsPrivateReleases(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		a := h.ask(h.ana, asks.NewAsk{People: ids(h.kofi, h.guest)})
		b := h.ask(h.ana, asks.NewAsk{Thread: h.secret.ID, People: ids(h.kofi)})
		yes := true
		h.Must(h.Spaces.ChangeSpace(h.T.Context(), h.ana, h.open.ID, spaces.SpaceChange{Private: &yes}))
		h.Settle()
		h.stands("only its members read it still", h.as(h.ana, a.ID), "open: released waiting")
		h.stands("elsewhere", h.as(h.ana, b.ID), "open: waiting")
	})
}

func TestWhoeverBecomesAGuestIsReleased(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		a := h.ask(h.ana, asks.NewAsk{People: ids(h.kofi, h.mei)})
		b := h.ask(h.ana, asks.NewAsk{Thread: h.secret.ID, People: ids(h.kofi)})
		role := actor.Guest
		h.Must(h.People.ChangeStanding(h.T.Context(), h.ana, h.kofi.Person, people.Standing{Role: &role}))
		h.Settle()
		h.stands("a space that they are no member of", h.as(h.ana, a.ID), "open: released waiting")
		h.stands("a space that they are a member of", h.as(h.ana, b.ID), "open: waiting")
	})
}
