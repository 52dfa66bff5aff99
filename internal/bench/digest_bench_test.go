package bench

import (
	"context"
	"testing"
	"time"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

// Nine o'clock for 2,000 people with five things each: 2,000 digests of 10,000
// deliveries. The floor marks as many rows and writes as many digests in one
// transaction of a table without a house.
func BenchmarkDigests(b *testing.B) {
	const digests, items = 2000, 5
	evening := testkit.Monday.Add(13 * time.Hour)
	c := clock.Still(evening)
	h := open(b, db.SQLite, c)
	var groups [][]id.ID
	for i, a := range h.persons(digests) {
		if i%100 == 0 {
			groups = append(groups, nil)
		}
		groups[len(groups)-1] = append(groups[len(groups)-1], a.Person)
	}
	thread := h.thread(1)
	for range items {
		h.ask(thread, groups)
	}
	h.must(h.app.Settle(b.Context()))
	c.Set(clock.At(testkit.Monday.Add(24 * time.Hour))) // nine in Berlin
	x := newBare(b, db.SQLite, `CREATE TABLE floor_due (n INTEGER PRIMARY KEY, digest INTEGER, body TEXT)`, `CREATE TABLE floor_digests (n INTEGER PRIMARY KEY, person INTEGER, body TEXT)`)
	x.bulk(`INSERT INTO floor_due (n, digest, body) VALUES ($1, 0, $2)`, digests*items, func(i int) []any { return []any{i, prose} })
	beside(b, "digests",
		func() lap {
			h.again(b)
			return once(digests, func() { h.must(h.app.Attention.Deliver(b.Context())) })
		},
		side{"rows", func() lap {
			x.exec(`DELETE FROM floor_digests`)
			return once(digests, func() {
				x.bulk(`INSERT INTO floor_digests (n, person, body) VALUES ($1, $1, $2)`, digests, func(i int) []any { return []any{i, prose} })
				x.bulk(`UPDATE floor_due SET digest = $2 WHERE n = $1`, digests*items, func(i int) []any { return []any{i, i % digests} })
			})
		}})
}

// again makes everything that was delivered due once more.
func (h *house) again(b *testing.B) {
	h.write(func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("a benchmark begins anew")
		n, err := tx.Exec(ctx, `UPDATE attention_deliveries SET state = 'planned' WHERE kind = 'asked'`)
		if n != 10_000 {
			b.Fatalf("%d deliveries, want 10,000", n)
		}
		return err
	})
}
