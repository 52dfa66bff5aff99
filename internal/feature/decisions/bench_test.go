package decisions_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/feature/decisions"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

// 500 people vote at once; the figure is the time of all of them.
func BenchmarkFiveHundredBallots(b *testing.B) {
	for name, open := range map[string]func(testing.TB, clock.Clock) *db.DB{"sqlite": testkit.SQLite, "postgres": testkit.Postgres} {
		b.Run(name, func(b *testing.B) { fiveHundred(b, open) })
	}
}

func fiveHundred(b *testing.B, open func(testing.TB, clock.Clock) *db.DB) {
	c := clock.Still(testkit.Monday)
	d := open(b, c)
	h := build(b, d, c)
	var all []actor.Actor
	var ids []id.ID
	h.must(d.Write(b.Context(), h.ws, func(ctx context.Context, tx *db.Tx) error {
		for i := range 500 {
			p, err := h.people.AddTx(ctx, tx, people.NewPerson{Name: fmt.Sprint("Person ", i), Zone: "Europe/Berlin", Role: actor.Member})
			if err != nil {
				return err
			}
			all, ids = append(all, p.Actor()), append(ids, p.ID)
		}
		return nil
	}))
	for b.Loop() {
		b.StopTimer()
		x, err := h.dec.MakeOpen(b.Context(), h.ana, decisions.NewDecision{
			Space: h.space, Title: "Now or later?", Kind: decisions.Majority, Options: []decisions.Option{{Name: "Now"}, {Name: "Later"}}, Rules: decisions.Rules{Fair: 8 * time.Hour}, Invited: decisions.Invited{People: ids},
		}, 0)
		h.must(err)
		b.StartTimer()
		var wg sync.WaitGroup
		for part := range 16 {
			wg.Go(func() {
				for i := part; i < len(all); i += 16 {
					if _, err := h.dec.Vote(b.Context(), all[i], x, decisions.Marks{Choice: "A"}, decisions.Moved{}); err != nil {
						b.Error(err)
						return
					}
				}
			})
		}
		wg.Wait()
	}
}
