package journeys_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/meantime/internal/app"
	"example.org/meantime/internal/platform/testkit"
)

// A server that is killed at any moment loses nothing that it acknowledged, does
// nothing twice, and is back within seconds.
func TestKilledAtAnyMoment(t *testing.T) {
	program := build(t)
	const rounds, fewer = 34, 3
	t.Run("while people post, sqlite", func(t *testing.T) { killPosts(t, program, "", rounds) })
	t.Run("while digests go out, sqlite", func(t *testing.T) { killDigests(t, program, "", 10) })
	if testing.Short() {
		return // PostgreSQL is left out of the quick loop
	}
	t.Run("while people post, postgres", func(t *testing.T) { killPosts(t, program, testkit.PostgresURL(t), fewer) })
	t.Run("while digests go out, postgres", func(t *testing.T) { killDigests(t, program, testkit.PostgresURL(t), fewer) })
}

// intent is one thing that somebody wants to have done once.
type intent struct {
	key, markdown string
	post          string // its id, once acknowledged
}

// burst is a thread in which people post until the server dies.
type burst struct {
	t       *testing.T
	cookie  *http.Cookie
	thread  string
	to      string
	mu      sync.Mutex
	acked   []intent
	unknown []intent
	n       int
}

func killPosts(t *testing.T, program, database string, rounds int) {
	data := t.TempDir()
	b := &burst{t: t}
	inside(t, app.Options{Data: data, Database: database}, func(w *world) {
		ana := w.owner()
		_, b.to = w.join(ana, "Mei Tanaka", "Asia/Taipei")
		space := str(ana.do("POST", "/spaces", map[string]any{"name": "Product"}, 201), "id")
		b.thread = str(ana.do("POST", "/threads", map[string]any{"space": space, "title": "Burst", "markdown": "First."}, 201), "thread", "id")
		b.cookie = ana.cookie
	})
	args := []string{"serve", "--data", data}
	if database != "" {
		args = append(args, "--database", database)
	}
	s := run(t, program, args...)
	for range rounds {
		b.until(s, 1+rand.IntN(30)) //nolint:gosec // any moment will do
		s = run(t, program, args...)
		b.again(s)
		b.compare(s, b.page(s, "?before=end&limit=200"), false)
	}
	b.compare(s, b.all(s), true)
	if len(b.acked) < rounds {
		t.Errorf("only %d writes were acknowledged in %d rounds", len(b.acked), rounds)
	}
}

// until has four people post at once and kills the server after n acknowledgements.
func (b *burst) until(s *server, n int) {
	ctx, stop := context.WithTimeout(context.Background(), 30*time.Second)
	defer stop()
	var g sync.WaitGroup
	enough := make(chan struct{})
	var once sync.Once
	seen := 0
	for range 4 {
		g.Go(func() {
			for {
				in := b.next()
				status, out, err := s.call(ctx, b.cookie, "POST", "/threads/"+b.thread+"/posts", in.key, b.body(in))
				b.mu.Lock()
				if err != nil {
					b.unknown = append(b.unknown, in)
					b.mu.Unlock()
					return
				}
				if in.post = str(out, "id"); status != 201 {
					b.t.Errorf("a post was refused: %d %v", status, out)
				}
				b.acked = append(b.acked, in)
				if seen++; seen == n {
					once.Do(func() { close(enough) })
				}
				b.mu.Unlock()
			}
		})
	}
	select {
	case <-enough:
	case <-ctx.Done():
		b.t.Errorf("%d writes were not acknowledged in time: %s", n, s.logs)
	}
	s.kill()
	g.Wait()
}

func (b *burst) next() intent {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.n++
	return intent{key: fmt.Sprintf("key-%d", b.n), markdown: fmt.Sprintf("Post number %d.", b.n)}
}

func (b *burst) body(in intent) any {
	return map[string]any{"markdown": in.markdown, "asks": []any{map[string]any{"kind": "reply", "to": map[string]any{"people": []string{b.to}}, "window": "4h"}}}
}

// again repeats what nobody knows the end of, and the last that was acknowledged.
func (b *burst) again(s *server) {
	b.t.Helper()
	ctx, stop := context.WithTimeout(context.Background(), 20*time.Second)
	defer stop()
	unknown := b.unknown
	b.unknown = nil
	for _, in := range append(unknown, b.acked[len(b.acked)-1]) {
		status, out, err := s.call(ctx, b.cookie, "POST", "/threads/"+b.thread+"/posts", in.key, b.body(in))
		switch {
		case err != nil:
			b.t.Fatal(err)
		case status == 201 && in.post == "":
			in.post = str(out, "id")
			b.acked = append(b.acked, in)
		case status == 201 && str(out, "id") != in.post:
			b.t.Errorf("%s was done a second time as %s", in.post, str(out, "id"))
		case status != 201 && (status != 409 || out["code"] != "done_already"):
			b.t.Errorf("a repeated post: got %d %v", status, out)
		}
	}
}

func (b *burst) page(s *server, query string) []any {
	items, _ := s.get(b.cookie, "/threads/"+b.thread+"/posts"+query)["items"].([]any)
	return items
}

func (b *burst) all(s *server) (out []any) {
	after := ""
	for {
		page := s.get(b.cookie, "/threads/"+b.thread+"/posts?limit=200&after="+after)
		items, _ := page["items"].([]any)
		out = append(out, items...)
		if after = str(page, "next"); after == "" {
			return out
		}
	}
}

// compare holds the ledger against what is there: all of it, once, and whole.
func (b *burst) compare(s *server, posts []any, everything bool) {
	b.t.Helper()
	times := map[string]int{}
	for _, p := range posts {
		text := strings.TrimSpace(str(p, "markdown"))
		times[text]++
		if text == "First." {
			continue
		}
		if str(p, "asks", 0, "owed", 0, "person", "id") != b.to || at(p, "asks", 1) != nil {
			b.t.Errorf("%q is only half there: its asks are %v", text, at(p, "asks"))
		}
	}
	for text, n := range times {
		if n != 1 {
			b.t.Errorf("%q is there %d times", text, n)
		}
	}
	if !everything {
		return
	}
	for _, in := range b.acked {
		if times[in.markdown] != 1 {
			b.t.Errorf("%q was acknowledged and is lost", in.markdown)
		}
	}
	if got, want := s.get(b.cookie, "/threads/"+b.thread)["posts"], float64(len(posts)); got != want {
		b.t.Errorf("the thread counts %v posts and has %v", got, want)
	}
}
