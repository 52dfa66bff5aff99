package importers_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"example.org/meantime/internal/feature/importers/slack"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/testkit"
	"example.org/meantime/internal/platform/text"
)

const benchMessages = 40_000

// busy is an export of n messages over channels and days, a third of them replies.
func busy(n, channels, days int) map[string]string {
	out := company()
	r := rand.New(rand.NewPCG(1, 2))
	var names []string
	for c := range channels {
		names = append(names, fmt.Sprintf(`{"id":"C%d","name":"channel-%d","members":["U1","U2","U3"]}`, c+10, c))
		root := 0
		for d := range days {
			var messages []string
			for i := range n / channels / days {
				sec, more := d*86_400+i*20, ""
				if root > 0 && r.IntN(3) == 0 {
					more = fmt.Sprintf(`,"thread_ts":"%d.000000"`, 1_700_000_000+root)
				} else {
					root = sec
				}
				words := make([]string, 5+r.IntN(30))
				for w := range words {
					words[w] = fmt.Sprintf("w%x", r.Uint32N(1<<16))
				}
				messages = append(messages, said(fmt.Sprintf("U%d", 1+r.IntN(3)), sec, "*"+words[0]+"* <@U1> "+strings.Join(words[1:], " "), more))
			}
			out[fmt.Sprintf("channel-%d/2023-%02d-%02d.json", c, d/28+1, d%28+1)] = list(messages...)
		}
	}
	out["channels.json"] = "[" + strings.Join(names, ",") + "]"
	delete(out, "general/2023-11-14.json")
	delete(out, "attic/2023-11-14.json")
	return out
}

// BenchmarkImport brings 40,000 messages into an empty workspace on each engine,
// and then once more over themselves. The floor reads and renders them, on one
// core, and writes nothing.
func BenchmarkImport(b *testing.B) {
	path := save(b, pack(b, busy(benchMessages, 4, 50)))
	rate := func(b *testing.B) {
		b.ReportMetric(benchMessages*float64(b.N)/b.Elapsed().Seconds(), "messages/s")
	}
	for _, engine := range []string{"sqlite", "postgres"} {
		fresh := func(b *testing.B) *house {
			c := clock.Still(testkit.Monday)
			if engine == "sqlite" {
				return newHouse(b, testkit.SQLite(b, c), c)
			}
			return newHouse(b, testkit.Postgres(b, c), c)
		}
		b.Run(engine, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				h := fresh(b)
				b.StartTimer()
				if r := h.run(path); r.Posts < benchMessages {
					b.Fatalf("%d posts", r.Posts)
				}
			}
			rate(b)
		})
		b.Run(engine+"-again", func(b *testing.B) {
			h := fresh(b)
			h.run(path)
			for b.Loop() {
				h.run(path)
			}
			rate(b)
		})
	}
	b.Run("floor", func(b *testing.B) {
		for b.Loop() {
			floor(b, path)
		}
		rate(b)
	})
}

func floor(b *testing.B, path string) {
	a, err := slack.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer a.Close()
	for _, c := range a.Channels() {
		for th, err := range a.Threads(context.Background(), c.Key, "") {
			if err != nil {
				b.Fatal(err)
			}
			text.Read(th.Root.Markdown)
			for _, m := range th.Replies {
				text.Read(m.Markdown)
			}
		}
	}
}
