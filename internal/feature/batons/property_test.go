package batons_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/feature/batons"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Whatever people do for some weeks, a baton under way is with exactly one person who
// is here, an offer is known to exactly whom it is made to and never outlives its due,
// and it reaches them within their hours.
func TestABatonIsNeverLost(t *testing.T) {
	weeks, runs := 3, 4
	if testing.Short() {
		weeks, runs = 1, 2
	}
	engines(t, func(t *testing.T, h *house) {
		for run := range runs {
			seed := uint64(run + 1)
			t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
				h.t = t
				r := rand.New(rand.NewPCG(seed, 7)) //nolint:gosec // repeatable on purpose
				everybody := []actor.Actor{h.ana, h.kofi, h.mei, h.liam}
				list := []*batons.Baton{h.open(h.kofi, h.byChain()), h.open(h.mei, batons.Whom{To: h.ana.Person}), h.open(h.ana, batons.Whom{})}
				end := h.clock.Now().Add(time.Duration(weeks) * 7 * 24 * time.Hour)
				for h.clock.Now() < end {
					h.until(h.clock.Now().Add(time.Duration(r.IntN(9*60)) * time.Minute))
					h.anything(r, everybody, list[r.IntN(len(list))])
					h.settle()
					for _, b := range list {
						h.inOrder(b)
					}
				}
			})
		}
	})
}

// anything lets somebody do something; what a rule forbids is fine.
func (h *house) anything(r *rand.Rand, everybody []actor.Actor, b *batons.Baton) {
	h.t.Helper()
	ctx := h.t.Context()
	b, _, err := h.batons.Read(ctx, h.db, h.ana, b.ID)
	h.must(err)
	who := everybody[r.IntN(len(everybody))]
	other := everybody[r.IntN(len(everybody))].Person
	for _, x := range everybody {
		if r.IntN(3) > 0 && (x.Person == b.OfferedTo || b.OfferedTo.IsZero() && x.Person == b.Holder) {
			who = x
		}
	}
	switch r.IntN(9) {
	case 0, 1:
		_, err = h.batons.Accept(ctx, who, b.ID, "")
	case 2:
		_, err = h.batons.Decline(ctx, who, b.ID, "No.")
	case 3:
		_, err = h.batons.Pass(ctx, who, b.ID, other, "")
	case 4:
		_, err = h.batons.HandOn(ctx, who, b.ID, batons.Whom{Chain: h.chain}, nil)
	case 5:
		_, err = h.batons.HandOn(ctx, who, b.ID, batons.Whom{To: other, Window: []string{"1h", "4h", "0d", "1d"}[r.IntN(4)]}, nil)
	case 6:
		_, err = h.batons.Withdraw(ctx, who, b.ID)
	case 7:
		if !b.HeldAsk.IsZero() {
			_, err = h.asks.Decline(ctx, who, b.HeldAsk, "Not now.")
		}
	case 8:
		day := h.clock.Now().Time().AddDate(0, 0, r.IntN(3))
		_, err = h.people.AddAbsence(ctx, who, people.NewAbsence{
			From: day.Format(time.DateOnly), To: day.AddDate(0, 0, 1+r.IntN(5)).Format(time.DateOnly), StandIn: pick(r, other, who.Person),
		})
	}
	switch {
	case err == nil && r.IntN(3) == 0:
		_, err = h.batons.Undo(ctx, who, b.ID)
	case err == nil && r.IntN(20) == 0:
		if _, err = h.batons.End(ctx, who, b.ID, "Done."); err == nil {
			_, err = h.batons.Undo(ctx, who, b.ID)
		}
	}
	if err != nil && fault.As(err) == nil {
		h.t.Fatal(err)
	}
}

func pick(r *rand.Rand, x, not id.ID) id.ID {
	if x == not || r.IntN(2) == 0 {
		return id.ID{}
	}
	return x
}

// inOrder fails when a baton is lost, waits unseen, or disturbs.
func (h *house) inOrder(b *batons.Baton) {
	h.t.Helper()
	ctx, now := h.t.Context(), h.clock.Now()
	b, legs, err := h.batons.Read(ctx, h.db, h.ana, b.ID)
	h.must(err)
	waiting, err := h.asks.HeldWaiting(ctx, h.db, h.ws, asks.Thing{Kind: "baton", ID: b.ID})
	h.must(err)
	open := 0
	for _, l := range legs {
		if l.State == "waiting" {
			open++
		}
	}
	switch {
	case b.Holder.IsZero():
		h.t.Fatal("it is with nobody")
	case b.State == batons.Held && (!b.OfferedTo.IsZero() || len(waiting) > 0 || open > 0):
		h.t.Fatalf("it is on no offer, and %d are asked, %d offers wait", len(waiting), open)
	case b.State == batons.Offered && (len(waiting) != 1 || waiting[0] != b.OfferedTo || open != 1 || b.OfferedTo == b.Holder):
		h.t.Fatalf("it is offered to %s, and asked are %v, %d offers wait", h.name(b.OfferedTo), waiting, open)
	case b.State == batons.Offered && now > b.Due+1:
		h.t.Fatalf("an offer outlived its due by %s", now.Sub(b.Due))
	}
	if b.State != batons.Offered {
		return
	}
	ask, err := h.asks.Ask(ctx, h.db, h.ana, b.HeldAsk)
	h.must(err)
	hours, err := h.people.Hours(ctx, h.db, h.ws, b.OfferedTo)
	h.must(err)
	o := ask.Of(b.OfferedTo)
	if o.Due != b.Due {
		h.t.Fatalf("the ask is due at %s, the offer at %s", o.Due, b.Due)
	}
	if o.Reach > now && !hours.Working(o.Reach.Time()) {
		h.t.Fatalf("it would reach %s at %s, outside their hours", h.name(b.OfferedTo), o.Reach)
	}
}
