package bench

import (
	"crypto/rand"
	"fmt"
	"sync"
	"testing"
	"time"

	"example.org/meantime/internal/platform/db"
)

const viewers = 1000

// One post to 1,000 open pages, from its sending until the last of them has it. The
// floor writes the bytes down, waits for the disk, and sends them to as many.
func BenchmarkLive(b *testing.B) {
	h := open(b, db.SQLite, nil)
	path := "/api/v1/threads/" + h.thread(1) + "/posts"
	h.serve()
	floor := newLogFloor(b)
	ours := watch(b, h.dial, h.token, "/api/v1/stream")
	theirs := watch(b, floor.dial, "", "/")
	body := fmt.Sprintf(`{"markdown":%q}`, prose)
	from, to := dial(b, h.dial, h.token), dial(b, floor.dial, "")
	beside(b, "posts",
		func() lap {
			return ours.told(func() { from.do("POST", path, rand.Text(), body, 201) }, "spaces.posted")
		},
		side{"log", func() lap { return theirs.told(func() { to.do("POST", "/", "", body, 201) }, "change") }})
}

// audience is many open streams.
type audience struct {
	list []*client
}

func watch(b *testing.B, address, token, path string) *audience {
	a := &audience{}
	for range viewers {
		a.list = append(a.list, dial(b, address, token).stream(path))
	}
	return a
}

// told sends a dozen posts, one after the other, and times each to its last receipt.
func (a *audience) told(send func(), text string) lap {
	const posts = 12
	out := lap{ops: posts}
	for range posts {
		start := time.Now()
		var wg sync.WaitGroup
		for _, c := range a.list {
			wg.Go(func() { c.until(text) })
		}
		send()
		wg.Wait()
		took := time.Since(start)
		out.took, out.each = out.took+took, append(out.each, took)
	}
	return out
}
