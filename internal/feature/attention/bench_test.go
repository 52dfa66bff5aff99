package attention_test

import (
	"context"
	"fmt"
	"testing"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

// busy is a house with 100 more people who are each asked five things at night.
func busy(b *testing.B) *house {
	c := clock.Still(testkit.Monday)
	h := build(b, testkit.SQLite(b, c), c)
	h.to(in(0, "20:00"))
	var all []id.ID
	for i := range 100 {
		a := h.Person(people.NewPerson{Name: fmt.Sprint("Person ", i), Zone: "Europe/Berlin", Role: actor.Member})
		all = append(all, a.Person)
	}
	for i := range 5 {
		h.thread(h.ana, fmt.Sprint("Thread ", i), "Please.", asks.NewAsk{Kind: asks.Reply, People: all, Window: "1d"})
	}
	return h
}

// A digest run: 500 deliveries to 100 people at one check time. The floor marks as
// many rows in one statement of one transaction.
func BenchmarkDigestRun(b *testing.B) {
	h := busy(b)
	again := func() {
		h.Must(h.DB.Write(b.Context(), h.WS, func(ctx context.Context, tx *db.Tx) error {
			tx.Quiet("a benchmark begins anew")
			_, err := tx.Exec(ctx, `UPDATE attention_deliveries SET state = 'planned' WHERE kind = 'asked'`)
			return err
		}))
	}
	h.Clock.Set(clock.At(in(1, "07:00")))
	b.Run("deliver", func(b *testing.B) {
		for b.Loop() {
			again()
			h.Must(h.attention.Deliver(b.Context()))
		}
	})
	b.Run("floor", func(b *testing.B) {
		for b.Loop() {
			again()
			h.Must(h.DB.Write(b.Context(), h.WS, func(ctx context.Context, tx *db.Tx) error {
				tx.Quiet("a benchmark's floor")
				_, err := tx.Exec(ctx, `UPDATE attention_deliveries SET state = 'delivered' WHERE kind = 'asked'`)
				return err
			}))
		}
	})
}

// An inbox page of 50 asks. The floor reads the asks alone, without counts, news,
// groups and words.
func BenchmarkInboxPage(b *testing.B) {
	c := clock.Still(testkit.Monday)
	h := build(b, testkit.SQLite(b, c), c)
	for i := range 50 {
		h.thread(h.ana, fmt.Sprint("Thread ", i), "Please.", asks.NewAsk{Kind: asks.Reply, People: to(h.kofi), Window: "1d"})
	}
	b.Run("inbox", func(b *testing.B) {
		for b.Loop() {
			if page := h.inbox(h.kofi, "owe"); len(page.Items) != 50 {
				b.Fatalf("%d rows, want 50", len(page.Items))
			}
		}
	})
	b.Run("floor", func(b *testing.B) {
		for b.Loop() {
			list, err := h.Asks.Owe(b.Context(), h.DB, h.kofi, h.kofi.Person, asks.Cursor{}, 50)
			if err != nil || len(list) != 50 {
				b.Fatal(len(list), err)
			}
		}
	})
}
