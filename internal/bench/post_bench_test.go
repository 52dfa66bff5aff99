package bench

import (
	"crypto/rand"
	"fmt"
	"testing"

	"example.org/meantime/internal/platform/db"
)

// A post that is durable when it is answered: permission checked, told to the
// log, its key remembered, while followers plan and the rest of the house goes
// on. Beside it the minimal durable handler, and the engine's own insert.
func BenchmarkPost(b *testing.B) {
	for _, n := range []int{1, 8, 32} {
		b.Run(fmt.Sprintf("clients=%d", n), func(b *testing.B) {
			both(b, func(b *testing.B, engine db.Engine) { post(b, engine, n) })
		})
	}
}

func post(b *testing.B, engine db.Engine, n int) {
	h := open(b, engine, nil)
	path := "/api/v1/threads/" + h.thread(1) + "/posts"
	h.serve()
	floor := newLogFloor(b)
	x := newBare(b, engine, `CREATE TABLE floor_posts (id TEXT PRIMARY KEY, body TEXT NOT NULL)`)
	var ours, theirs []*client
	for range n {
		ours = append(ours, dial(b, h.dial, h.token))
		theirs = append(theirs, dial(b, floor.dial, ""))
	}
	body := fmt.Sprintf(`{"markdown":%q}`, prose)
	total := 200 + 50*n
	beside(b, "posts",
		func() lap {
			return crowd(n, total, func(who, _ int) { ours[who].do("POST", path, rand.Text(), body, 201) })
		},
		side{"log", func() lap { return crowd(n, total, func(who, _ int) { theirs[who].do("POST", "/", "", body, 201) }) }},
		side{"insert", func() lap {
			return crowd(n, total, func(int, int) { x.exec(`INSERT INTO floor_posts (id, body) VALUES ($1, $2)`, rand.Text(), prose) })
		}})
	behind := once(1, func() { h.must(h.app.Followers.Settle(b.Context())) })
	b.ReportMetric(behind.took.Seconds(), "followers-behind-s")
}
