package checkins_test

import (
	"context"
	"strings"
	"testing"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/feature/checkins"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

func (h *house) waiting(c checkins.Checkin) (out []checkins.Block) {
	h.t.Helper()
	out, err := h.checkins.Blockers(h.t.Context(), h.db, h.ben, c.ID, id.ID{}, 50)
	h.must(err)
	return out
}

// Whom a blocker waits for is asked, with a window; it is open until that is settled.
func TestABlockerIsAnAsk(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		c := h.standup()
		h.until(0, "09:00")
		given := checkins.Given{Blockers: []checkins.NewBlocker{{Words: "The keys of the shop", Person: h.ana.Person, Window: "4h"}, {Words: "The parcel", What: "the courier"}}}
		x, err := h.checkins.Answer(t.Context(), h.kofi, h.waits(h.kofi).ID, given)
		h.must(err)
		list := h.waiting(c)
		if len(list) != 2 || list[0].WaitsPerson != h.ana.Person || list[0].Ask.IsZero() || !list[1].Ask.IsZero() {
			t.Fatalf("waited for: %+v", list)
		}
		ask, err := h.asks.Ask(t.Context(), h.db, h.ana, list[0].Ask)
		h.must(err)
		if ask.ThreadID != c.Thread || ask.TimeWindow != "4h" || ask.Text != "The keys of the shop" || ask.AskerID != h.kofi.Person || ask.Of(h.ana.Person) == nil {
			t.Errorf("the ask is %+v", ask)
		}
		if _, err := h.checkins.Settle(t.Context(), h.ana, list[1].ID); !fault.Is(err, "not_yours") {
			t.Errorf("Ana settles what Kofi waits for: %v", err)
		}
		_, err = h.asks.Answer(t.Context(), h.ana, ask.ID, asks.Given{Value: "done"})
		h.must(err)
		h.settle()
		_, err = h.checkins.Settle(t.Context(), h.kofi, list[1].ID)
		h.must(err)
		if left := h.waiting(c); len(left) != 0 {
			t.Errorf("waited for still: %+v", left)
		}
		_, err = h.checkins.Answer(t.Context(), h.kofi, x.ID, checkins.Given{Blockers: given.Blockers[:1]})
		h.must(err)
		more := h.waiting(c)
		_, err = h.checkins.Settle(t.Context(), h.kofi, more[0].ID)
		h.must(err)
		h.settle()
		if ask, err = h.asks.Ask(t.Context(), h.db, h.ana, more[0].Ask); err != nil || ask.State == asks.Open {
			t.Errorf("what Kofi needs no more is %s, %v", ask.State, err)
		}
		if _, err := h.checkins.Answer(t.Context(), h.kofi, x.ID, checkins.Given{Blockers: []checkins.NewBlocker{{Words: "Something"}}}); !fault.Is(err, "blocker") {
			t.Errorf("a blocker that names nothing: %v", err)
		}
	})
}

// A reply by mail answers the questions by their numbers; nothing is an answer too.
func TestAnsweredByMail(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		c := h.standup()
		h.until(0, "09:00")
		reply := func(a actor.Actor, w describe.Words) (said string, err error) {
			turn := h.waits(a)
			err = h.db.Write(t.Context(), h.ws, func(ctx context.Context, tx *db.Tx) error {
				did, err := h.checkins.Repliers()[checkins.ThingKind].ReplyTx(ctx, tx, a, turn.ID, w)
				said = did.Said
				return err
			})
			h.settle()
			return said, err
		}
		if _, err := reply(h.kofi, describe.Words{Text: "2. Rest\n3. @nobody-here"}); !fault.Is(err, "nobody") {
			t.Errorf("waiting for nobody: %v", err)
		}
		if _, err := reply(h.kofi, describe.Words{Text: "1. Shipped\n\n- the roof\n\n2. Rest\n3. The keys, from @ana"}); err != nil {
			t.Fatal(err)
		}
		list, _, _, err := h.checkins.Answers(t.Context(), h.db, h.ben, c.ID, id.ID{}, 0, id.ID{}, 10)
		h.must(err)
		if a := list[0].Answers.V; len(a) != 2 || a[0].Text != "Shipped\n\n- the roof" || a[1].Text != "Rest" {
			t.Errorf("Kofi said %+v", a)
		}
		if b := h.waiting(c); len(b) != 1 || b[0].WaitsPerson != h.ana.Person {
			t.Errorf("Kofi waits for %+v", b)
		}
		offer, err := h.checkins.Repliers()[checkins.ThingKind].Offer(t.Context(), h.db, h.ana, h.waits(h.ana).ID)
		h.must(err)
		if len(offer.Acts) != 2 || !strings.Contains(offer.Text, "2. What is next?") {
			t.Errorf("Ana is offered %+v", offer)
		}
		if said, err := reply(h.ana, describe.Words{Text: "Nothing."}); err != nil || !strings.Contains(said, "nothing to say") {
			t.Errorf("Ana said %q, %v", said, err)
		}
		if len(h.owed(h.kofi))+len(h.owed(h.ana)) != 1 { // the keys
			t.Errorf("owed still: %v %v", h.owed(h.kofi), h.owed(h.ana))
		}
	})
}

// Declining the ask by whatever door skips the turn.
func TestDecliningSkips(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.standup()
		h.until(0, "09:00")
		x := h.waits(h.kofi)
		list, err := h.asks.Owe(t.Context(), h.db, h.kofi, h.kofi.Person, asks.Cursor{}, 5)
		h.must(err)
		_, err = h.asks.Decline(t.Context(), h.kofi, list[0].Ask.ID, "Not today.")
		h.must(err)
		h.settle()
		if x, err = h.checkins.Turn(t.Context(), h.db, h.kofi, x.ID); err != nil || x.State != checkins.Skipped {
			t.Errorf("the turn is %s, %v", x.State, err)
		}
		if len(h.owed(h.kofi)) != 0 {
			t.Error("he owes it still")
		}
	})
}

// Pausing asks nobody, resuming asks from the next time on, ending concludes the thread;
// and concluding the thread ends the check-in.
func TestPauseResumeEnd(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		c := h.standup()
		h.until(0, "08:30")
		_, err := h.checkins.Pause(t.Context(), h.ana, c.ID, "2026-10-07")
		h.must(err)
		h.until(1, "23:00")
		if n := len(h.heard(checkins.EventOpened)); n != 2 { // Kofi and Ana, on Monday
			t.Errorf("%d were asked by Tuesday", n)
		}
		h.until(2, "10:00")
		if w := h.waits(h.kofi); w.Date != "2026-10-07" {
			t.Errorf("Kofi is asked for %q on Wednesday", w.Date)
		}
		_, err = h.checkins.Pause(t.Context(), h.ana, c.ID, "")
		h.must(err)
		h.until(4, "10:00")
		_, err = h.checkins.Resume(t.Context(), h.ana, c.ID)
		h.must(err)
		h.settle()
		if w := h.waits(h.kofi); !w.ID.IsZero() {
			t.Errorf("resuming at ten asks Kofi, who began at nine, for %s", w.Date)
		}
		h.until(7, "08:30")
		if w := h.waits(h.kofi); w.Date != "2026-10-12" {
			t.Errorf("Kofi is asked for %q on Monday", w.Date)
		}
		h.must(h.spaces.Conclude(t.Context(), h.ana, c.Thread, "We know enough."))
		h.settle()
		if _, err := h.checkins.End(t.Context(), h.ana, c.ID, ""); !fault.Is(err, "ended") {
			t.Errorf("ending what is ended: %v", err)
		}
		if w := h.waits(h.kofi); !w.ID.IsZero() || len(h.owed(h.kofi)) != 0 {
			t.Error("Kofi is asked by what has ended")
		}
		d := h.standup()
		_, err = h.checkins.End(t.Context(), h.ana, d.ID, "Enough.")
		h.must(err)
		th, err := h.spaces.Thread(t.Context(), h.db, h.ben, d.Thread)
		h.must(err)
		if th.ConclusionMarkdown != "Enough." {
			t.Errorf("the thread is concluded with %q", th.ConclusionMarkdown)
		}
	})
}
