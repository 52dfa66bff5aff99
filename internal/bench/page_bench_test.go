package bench

import (
	"testing"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// A page of 60 posts, by eight readers at once. The floor reads as many rows by
// their index and writes them out.
func BenchmarkPage(b *testing.B) {
	both(b, func(b *testing.B, engine db.Engine) {
		h := open(b, engine, nil)
		path := "/api/v1/threads/" + h.thread(200) + "/posts?limit=60"
		h.serve()
		x := newBare(b, engine, `CREATE TABLE floor_posts (thread INTEGER, n INTEGER, author TEXT, body TEXT, html TEXT, PRIMARY KEY (thread, n))`)
		x.bulk(`INSERT INTO floor_posts (thread, n, author, body, html) VALUES ($1, $2, 'Ana Lima', $3, $3)`, 200, func(i int) []any { return []any{1, i, prose} })
		reads(b, "pages", h, h.token, path, x.page(`SELECT author, body, html FROM floor_posts WHERE thread = 1 AND n > 0 ORDER BY n LIMIT 60`, 3))
	})
}

// An inbox page of 50 out of 1,000 asks that one owes, first alone and then among
// 20,000 of others: it should not grow. The floor reads as many rows by an index.
func BenchmarkInbox(b *testing.B) {
	both(b, func(b *testing.B, engine db.Engine) {
		h := open(b, engine, nil)
		all := h.persons(21)
		thread := h.thread(1)
		var mine, others [][]id.ID
		var rest []id.ID
		for _, a := range all[1:] {
			rest = append(rest, a.Person)
		}
		for range 1000 {
			mine, others = append(mine, []id.ID{all[0].Person}), append(others, rest)
		}
		token := h.as(all[0])
		h.ask(thread, mine)
		h.must(h.app.Settle(b.Context()))
		h.serve()
		x := newBare(b, engine, `CREATE TABLE floor_owed (person INTEGER, due INTEGER, n INTEGER, body TEXT, PRIMARY KEY (person, due, n))`)
		x.bulk(`INSERT INTO floor_owed (person, due, n, body) VALUES ($1, 1, $2, $3)`, 21_000, func(i int) []any { return []any{i % 21, i, prose} })
		floor := x.page(`SELECT n, body FROM floor_owed WHERE person = 0 ORDER BY due, n LIMIT 50`, 2)
		const path = "/api/v1/inbox?tab=owe&limit=50"
		b.Run("alone", func(b *testing.B) { reads(b, "pages", h, token, path, floor) })
		h.ask(thread, others)
		h.must(h.app.Settle(b.Context()))
		b.Run("among-20000", func(b *testing.B) { reads(b, "pages", h, token, path, floor) })
	})
}

// reads fetches the same address by eight clients at once, beside a floor's.
func reads(b *testing.B, unit string, h *house, token, path, floor string) {
	const n, total = 8, 2000
	var ours, theirs []*client
	for range n {
		ours = append(ours, dial(b, h.dial, token))
		theirs = append(theirs, dial(b, floor, ""))
	}
	alone := crowd(1, 300, func(int, int) { ours[0].get(path) })
	beside(b, unit,
		func() lap { return crowd(n, total, func(who, _ int) { ours[who].get(path) }) },
		side{"index", func() lap { return crowd(n, total, func(who, _ int) { theirs[who].get("/") }) }})
	b.ReportMetric(quantile(alone.each, 0.5), "alone-p50-ms")
	b.ReportMetric(quantile(alone.each, 0.99), "alone-p99-ms")
}
