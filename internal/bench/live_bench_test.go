package bench

import (
	"crypto/rand"
	"fmt"
	"sync/atomic"
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
	ours := watch(b, h.dial, h.token, "/api/v1/stream", "spaces.posted")
	theirs := watch(b, floor.dial, "", "/", "change")
	body := fmt.Sprintf(`{"markdown":%q}`, prose)
	from, to := dial(b, h.dial, h.token), dial(b, floor.dial, "")
	beside(b, "posts",
		func() lap {
			return ours.told(func() { from.do("POST", path, rand.Text(), body, 201) })
		},
		side{"log", func() lap { return theirs.told(func() { to.do("POST", "/", "", body, 201) }) }})
}

// audience is many open streams, each with a reader that waits for a text.
type audience struct {
	list []*client
	got  atomic.Int64
	all  chan struct{} // when as many have it as there are
}

func watch(b *testing.B, address, token, path, text string) *audience {
	a := &audience{all: make(chan struct{}, 1)}
	for range viewers {
		a.list = append(a.list, dial(b, address, token).stream(path))
	}
	for _, c := range a.list {
		c.closes = true // the benchmark's end hangs up
		go func() {
			for c.until(text) != "" {
				if a.got.Add(1)%viewers == 0 {
					a.all <- struct{}{}
				}
			}
		}()
	}
	return a
}

// told sends a dozen posts, one after the other, and times each to its last receipt.
func (a *audience) told(send func()) lap {
	const posts = 12
	out := lap{ops: posts}
	for range posts {
		start := time.Now()
		send()
		<-a.all
		took := time.Since(start)
		out.took, out.each = out.took+took, append(out.each, took)
	}
	return out
}
