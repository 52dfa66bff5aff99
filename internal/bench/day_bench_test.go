package bench

import (
	crand "crypto/rand"
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"
	"testing"
	"time"

	invented "example.org/meantime/internal/feature/crowd"
	"example.org/meantime/internal/platform/clock"
)

// The errands of a working day, in percent: people read much and write little.
var errands = []struct {
	kind  string
	share int
}{{"read", 65}, {"inbox", 25}, {"search", 7}, {"post", 3}}

// aDay is a working day of people, each with a live connection, of whom each does something every minute on the average. A wait counts from the
// moment at which it was to begin, so that a house that is behind does not look
// quick. The generator is in the same process, on the same processors.
func aDay(b *testing.B, h *house, tokens []string) {
	d := &day{house: h, tokens: tokens, threads: h.talks(500), r: rand.New(rand.NewPCG(1, 1))} //nolint:gosec // the same every time
	d.arrive(b)
	seconds, rate := ofSize(8, 60), float64(len(tokens))/60
	for i, thread := range d.threads { // what is kept for later is kept by now
		d.clients[0].token = d.tokens[i%len(d.tokens)]
		d.clients[0].get("/api/v1/threads/" + thread + "/posts?limit=60")
	}
	d.pass(b, seconds, rate)
	var memory []float64
	byKind := map[string][]lap{}
	beside(b, "requests", func() lap {
		all, kinds := d.pass(b, seconds, rate)
		for k, l := range kinds {
			byKind[k] = append(byKind[k], l)
		}
		memory = append(memory, inUse())
		return all
	})
	for _, e := range errands {
		report(b, e.kind+"-p50-ms", byKind[e.kind], func(l lap) float64 { return l.p(0.5) })
		report(b, e.kind+"-p99-ms", byKind[e.kind], func(l lap) float64 { return l.p(0.99) })
	}
	b.ReportMetric(memory[len(memory)-1]/memory[0], "memory-ratio")
	b.ReportMetric(memory[len(memory)-1], "MiB")
	b.ReportMetric(float64(d.told()), "told")
}

// inUse is the memory in use once what is not needed is given back, in MiB.
func inUse() float64 {
	runtime.GC()
	runtime.GC() // what the first one let go of by its finalizers
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc+m.StackInuse) / (1 << 20)
}

// day is a house at work.
type day struct {
	*house
	tokens  []string
	threads []string
	r       *rand.Rand
	clients []*client
	told    func() int64 // how many events live connections got
}

// arrive opens a live connection for everybody, and what their requests share.
func (d *day) arrive(b *testing.B) {
	d.told = listeners(b, d.dial, d.tokens)
	for range 64 {
		d.clients = append(d.clients, dial(b, d.dial, ""))
	}
}

type errand struct {
	kind string
	due  clock.Instant
	path string
	who  int
}

// pass lets a while of the day pass, with so many requests a second.
func (d *day) pass(b *testing.B, seconds int, rate float64) (all lap, kinds map[string]lap) {
	todo := make(chan errand, 100_000)
	var mu sync.Mutex
	each := map[string][]time.Duration{}
	var wg sync.WaitGroup
	real := clock.System{}
	for _, c := range d.clients {
		wg.Go(func() {
			for e := range todo {
				c.token = d.tokens[e.who]
				if e.kind == "post" {
					c.do("POST", e.path, crand.Text(), fmt.Sprintf(`{"markdown":%q}`, prose), 201)
				} else {
					c.get(e.path)
				}
				took := real.Now().Sub(e.due)
				mu.Lock()
				each[e.kind] = append(each[e.kind], took)
				mu.Unlock()
			}
		})
	}
	start := real.Now()
	for at := 0.0; at < float64(seconds); at += d.r.ExpFloat64() / rate {
		e := d.errand(start.Add(time.Duration(at * 1e9)))
		d.must(real.Wait(b.Context(), e.due))
		todo <- e
	}
	close(todo)
	wg.Wait()
	all.took = real.Now().Sub(start)
	kinds = map[string]lap{}
	for k, list := range each {
		kinds[k] = lap{ops: len(list), took: all.took, each: list}
		all.ops, all.each = all.ops+len(list), append(all.each, list...)
	}
	return all, kinds
}

// errand is what somebody does next.
func (d *day) errand(due clock.Instant) errand {
	e := errand{due: due, who: d.r.IntN(len(d.tokens))}
	n := d.r.IntN(100)
	for _, s := range errands {
		if e.kind = s.kind; n < s.share {
			break
		}
		n -= s.share
	}
	u := d.r.Float64() // the liveliest threads are read and written most
	thread := d.threads[int(float64(len(d.threads))*u*u)]
	switch e.kind {
	case "inbox":
		e.path = "/api/v1/inbox?tab=owe&limit=50"
	case "search":
		e.path = "/api/v1/search?limit=20&q=" + []string{invented.Rare, invented.Mid, invented.Common, "release", "market"}[d.r.IntN(5)]
	case "post":
		e.path = "/api/v1/threads/" + thread + "/posts"
	default:
		e.path = "/api/v1/threads/" + thread + "/posts?limit=60"
	}
	return e
}
