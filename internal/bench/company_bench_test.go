package bench

import (
	"testing"

	invented "example.org/meantime/internal/feature/crowd"
	"example.org/meantime/internal/platform/db"
)

// What people look at most, in an invented company: of 20,000 posts and as many
// open asks, or with SIZE=full of a million of each. Between the two sizes nothing
// should grow. Busy owes a hundredth of all open asks, ten thousand of a million.
// The floor reads as many rows of a table as large by its index. Then a day of all
// its people.
func BenchmarkCompany(b *testing.B) {
	both(b, func(b *testing.B, engine db.Engine) {
		n := ofSize(20_000, 1_000_000)
		people := ofSize(1000, 10_000)
		h, r := crowded(b, engine, invented.Size{People: people + people/50 + 10, Posts: n, Asks: n, Open: 100, Seed: 1})
		busy := h.tokenFor(r.Busy)
		h.serve()
		x := newBare(b, engine, `CREATE TABLE floor_rows (a BIGINT, n BIGINT, body TEXT, PRIMARY KEY (a, n))`)
		x.bulk(`INSERT INTO floor_rows (a, n, body) VALUES ($1, $2, $3)`, n, func(i int) []any { return []any{i % 100, i, prose} })
		for _, c := range []struct{ name, token, path, floor string }{
			{"page", h.token, "/threads/" + r.LongestID + "/posts?limit=60", "60"},
			{"inbox", busy, "/inbox?tab=owe&limit=50", "50"},
			{"threads", h.token, "/threads?limit=50", "50"},
			{"search-rare", h.token, "/search?limit=20&q=" + invented.Rare + "+", "20"},
			{"search-mid", h.token, "/search?limit=20&q=" + invented.Mid + "+", "20"},
			{"search-common", h.token, "/search?limit=20&q=" + invented.Common + "+", "20"},
		} {
			floor := x.page(`SELECT n, body FROM floor_rows WHERE a = 1 AND n > 0 ORDER BY n LIMIT `+c.floor, 2)
			b.Run(c.name, func(b *testing.B) { reads(b, "answers", h, c.token, "/api/v1"+c.path, floor) })
		}
		b.Run("day", func(b *testing.B) { aDay(b, h, h.members(people, r.Busy)) })
	})
}
