package asks_test

import (
	"context"
	"testing"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

func (h *house) write(f func(ctx context.Context, tx *db.Tx) error) {
	h.T.Helper()
	h.Must(h.DB.Write(h.T.Context(), h.WS, f))
}

// hold asks Ana herself, Ben and Mei for a thing.
func (h *house) hold(quiet bool) (asks.Held, asks.Ask) {
	h.T.Helper()
	_, post := h.begin(h.ana, h.open.ID)
	held := asks.Held{
		Thing: asks.Thing{Kind: "vote", ID: id.New(h.Clock.Now())}, Path: "/votes/1", Kind: asks.Decide, Thread: post.Thread, Post: post.ID,
		By: h.ana.Person, Text: "Vote", People: ids(h.ana, h.ben, h.mei), Urgency: worktime.Routine, Window: "4h", Quiet: quiet,
	}
	var out asks.Ask
	h.write(func(ctx context.Context, tx *db.Tx) (err error) { out, err = h.Asks.HoldTx(ctx, tx, held); return err })
	return held, out
}

func (h *house) done(x asks.Thing, who id.ID) {
	h.T.Helper()
	h.write(func(ctx context.Context, tx *db.Tx) error { return h.Asks.HeldDoneTx(ctx, tx, x, who, "") })
}

func TestAThingHoldsAnAsk(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		held, a := h.hold(false)
		if a.Path() != "/votes/1" || len(a.Owed) != 3 || a.Owed[1].Due.String() != "2026-10-05T11:00:00Z" {
			t.Fatalf("held %+v", a)
		}
		_, err := h.Asks.Answer(h.T.Context(), h.ben, a.ID, asks.Given{Note: "Yes"})
		h.Refused("answering the ask itself", err, "answered_elsewhere")
		_, err = h.Asks.Pass(h.T.Context(), h.ben, a.ID, h.kofi.Person, "")
		h.Refused("passing it on", err, "answered_elsewhere")
		_, err = h.Asks.Release(h.T.Context(), h.ana, a.ID, nil)
		h.Refused("releasing it", err, "answered_elsewhere")

		h.done(held.Thing, h.ben.Person)
		h.done(held.Thing, h.ben.Person) // twice is once
		h.stands("after Ben", h.as(h.ana, a.ID), "open: waiting answered waiting")

		held.People = ids(h.ben, h.kofi)
		h.write(func(ctx context.Context, tx *db.Tx) error { _, err := h.Asks.HoldTx(ctx, tx, held); return err })
		h.stands("with Kofi", h.as(h.ana, a.ID), "open: waiting answered waiting waiting")

		later := clock.At(time.Date(2026, 10, 8, 12, 0, 0, 0, time.UTC))
		h.write(func(ctx context.Context, tx *db.Tx) error { return h.Asks.HeldMoveTx(ctx, tx, held.Thing, later) })
		moved := h.as(h.ana, a.ID)
		if moved.LastDue != later || moved.Owed[1].Due == later || moved.Owed[2].Due != later {
			t.Errorf("moved to %+v", moved)
		}
		if left, err := h.Asks.HeldWaiting(h.T.Context(), h.DB, h.WS, held.Thing); err != nil || len(left) != 3 {
			t.Errorf("waiting %v, %v", left, err)
		}
		h.write(func(ctx context.Context, tx *db.Tx) error {
			return h.Asks.HeldOverTx(ctx, tx, held.Thing, "It is closed.", h.mei.Person)
		})
		h.stands("without Mei", h.as(h.ana, a.ID), "open: waiting answered released waiting")
		h.write(func(ctx context.Context, tx *db.Tx) error {
			return h.Asks.HeldOverTx(ctx, tx, held.Thing, "It is closed.")
		})
		h.stands("over", h.as(h.ana, a.ID), "released: released answered released released")
	})
}

func TestAQuietAskIsBetweenItsThingAndEachAddressee(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		held, a := h.hold(true)
		if list, err := h.Asks.OwedInTime(h.T.Context(), h.DB, h.WS, h.ana.Person, h.Clock.Now(), asks.Behind{}, 10); err != nil || len(list) != 0 {
			t.Errorf("owed to Ana: %v, %v", list, err)
		}
		v, err := h.Asks.ViewOf(h.T.Context(), h.DB, h.ben, a)
		if err != nil || len(v.Owed) != 1 || v.Owed[0].Person.Name != "Ben" || v.Elsewhere != "/votes/1" || v.Needed != 0 || v.May.Answer || !v.May.Acknowledge {
			t.Errorf("Ben sees %+v, %v", v, err)
		}
		_, err = h.Asks.ViewOf(h.T.Context(), h.DB, h.kofi, a)
		h.Refused("seeing it without being asked", err, "not_found")
		for _, p := range ids(h.ana, h.ben, h.mei) {
			h.done(held.Thing, p)
		}
		h.stands("all have", h.as(h.ana, a.ID), "settled: answered answered answered")
		if e := h.Heard("asks.settled"); len(e) != 0 {
			t.Errorf("the asker was told: %+v", e)
		}
		if shown, err := h.Asks.OfPosts(h.T.Context(), h.DB, h.ben, []id.ID{held.Post}); err != nil || len(shown) != 0 {
			t.Errorf("over, it hangs in the thread still: %+v, %v", shown, err)
		}
	})
}
