package bench

import (
	"os"
	"testing"
	"time"
)

// From the start of the process to its first answer, and what it keeps in memory
// while nothing happens. Beside it a program with a socket and an open database.
func BenchmarkStart(b *testing.B) {
	b.Run("fresh", func(b *testing.B) {
		starts(b, func() string { return b.TempDir() })
	})
	b.Run("again", func(b *testing.B) {
		c := found(b, 0)
		starts(b, func() string { return c.dir })
	})
	b.Run("posts", func(b *testing.B) {
		c := found(b, 20_000)
		starts(b, func() string { return c.dir })
	})
}

func starts(b *testing.B, folder func() string) {
	path, self := binary(b), mustExecutable(b)
	bare := b.TempDir() + "/bare.db"
	var rss []float64
	beside(b, "starts",
		func() lap {
			p, took := start(b, path, nil, "serve", "--data", folder())
			defer p.end()
			time.Sleep(500 * time.Millisecond) // what follows a start is over
			rss = append(rss, float64(p.rss())/(1<<20))
			return lap{ops: 1, took: took, each: []time.Duration{took}}
		},
		side{"bare", func() lap {
			p, took := start(b, self, []string{bareServer + "=" + bare})
			defer p.end()
			return lap{ops: 1, took: took}
		}})
	b.ReportMetric(median(rss), "idle-MiB")
}

// What a page costs that is open and to which nothing happens: by how much the
// process grows. Beside it a program that only holds on to the connection.
func BenchmarkIdleStream(b *testing.B) {
	const pages = 4000
	path, self := binary(b), mustExecutable(b)
	c := found(b, 0)
	bare := b.TempDir() + "/bare.db"
	var ours, theirs []float64
	for b.Loop() {
		p, _ := start(b, path, nil, "serve", "--data", c.dir)
		ours = append(ours, grow(b, p, c.token, pages))
		p, _ = start(b, self, []string{bareServer + "=" + bare})
		theirs = append(theirs, grow(b, p, "", pages))
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median(ours), "B/stream")
	b.ReportMetric(median(theirs), "bare-B/stream")
}

// grow opens so many streams and gives by how many bytes the process grew for each.
func grow(t testing.TB, p *program, token string, pages int) float64 {
	t.Helper()
	defer p.end()
	dial(t, p.dial, token).stream("/api/v1/stream") // what the first one brings with it
	before := p.rss()
	for range pages {
		c := dial(t, p.dial, token).stream("/api/v1/stream")
		c.r, c.out = nil, nil // the client only keeps the connection open
		defer c.conn.Close()
	}
	return float64(p.rss()-before) / float64(pages)
}

func mustExecutable(b *testing.B) string {
	b.Helper()
	path, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	return path
}

// idle streams may cost this much, some garbage of their opening included. The bound
// is generous: what it must notice is a goroutine and buffers for each.
const mostPerStream = 8 << 10

func TestAnIdleStreamCostsLittle(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds the program")
	}
	const pages = 1500
	c := found(t, 0)
	// What lives is asked about, so the garbage of their opening is collected often.
	p, _ := start(t, binary(t), []string{"GOGC=50"}, "serve", "--data", c.dir)
	got := grow(t, p, c.token, pages)
	t.Logf("%.0f bytes for an idle stream", got)
	if got > mostPerStream {
		t.Errorf("an idle stream costs %.0f bytes, want at most %d", got, mostPerStream)
	}
}
