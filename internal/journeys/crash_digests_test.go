package journeys_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/app"
	"example.org/meantime/internal/feature/demo"
)

// cast is who is reached in the digests of a demo that is killed.
type cast struct {
	t     *testing.T
	ana   *http.Cookie
	space string
	ids   []string
	who   map[string]*http.Cookie // by e-mail address
	asked map[string]bool         // threads
	cut   int                     // runs that were killed in the middle
}

func killDigests(t *testing.T, program, database string, rounds int) {
	data := t.TempDir()
	c := &cast{t: t, who: map[string]*http.Cookie{}, asked: map[string]bool{}}
	if err := demo.Mark(data); err != nil {
		t.Fatal(err)
	}
	inside(t, app.Options{Data: data, Database: database, Demo: true}, c.moveIn)
	args := []string{"demo", "--data", data}
	if database != "" {
		args = append(args, "--database", database)
	}
	s := run(t, program, args...)
	for range rounds {
		for range 3 {
			c.ask(s)
		}
		c.killAfter(s, 1+rand.IntN(len(c.ids)-1)) //nolint:gosec // any moment will do; everybody gets a digest
		s = run(t, program, args...)
	}
	c.ask(s)
	c.advance(s, "4d")
	c.once(s)
	if c.cut == 0 && rounds >= 10 { // of a few, each may have been too quick
		t.Error("no run of digests was cut short, so this showed nothing")
	}
}

func (c *cast) moveIn(w *world) {
	ana := w.owner()
	for name, zone := range map[string]string{"Kofi Mensah": "Africa/Accra", "Mei Tanaka": "Asia/Taipei", "Liam Okafor": "America/New_York", "Noa Levi": "Asia/Jerusalem"} {
		v, id := w.join(ana, name, zone)
		c.ids = append(c.ids, id)
		c.who[strings.ToLower(strings.Fields(name)[0])+"@northwind.example"] = v.cookie
	}
	c.space = str(ana.do("POST", "/spaces", map[string]any{"name": "Product"}, 201), "id")
	ana.do("POST", "/clock/advance", map[string]any{"by": "1m"}, 200)
	c.ana = ana.cookie
}

func (c *cast) ask(s *server) {
	c.t.Helper()
	title := fmt.Sprintf("Question %d", len(c.asked)+1)
	status, out, err := s.call(c.t.Context(), c.ana, "POST", "/threads", title, map[string]any{
		"space": c.space, "title": title, "markdown": "What do you think?",
		"asks": []any{map[string]any{"kind": "reply", "to": map[string]any{"people": c.ids}, "window": "10d"}},
	})
	if err != nil || status != 201 {
		c.t.Fatalf("ask: %d %v %v", status, out, err)
	}
	c.asked[str(out, "thread", "id")] = true
}

func (c *cast) advance(s *server, by string) {
	c.t.Helper()
	ctx, stop := context.WithTimeout(c.t.Context(), 30*time.Second)
	defer stop()
	if status, out, err := s.call(ctx, c.ana, "POST", "/clock/advance", "", map[string]any{"by": by}); err != nil || status != 200 {
		c.t.Fatalf("advance: %d %v %v\n%s", status, out, err, s.logs)
	}
}

// killAfter moves the clock over days in which digests are due, and kills the
// server when so many of them were seen to go out.
func (c *cast) killAfter(s *server, n int) {
	c.t.Helper()
	ctx, stop := context.WithTimeout(c.t.Context(), 30*time.Second)
	defer stop()
	seen := make(chan struct{}, 1000)
	go func() {
		for range n {
			select {
			case <-seen:
			case <-ctx.Done():
				return
			}
		}
		s.kill()
	}()
	for _, v := range c.who { // a digest is told to the person it is for
		s.listen(ctx, v, "attention.digested", seen)
	}
	if _, _, err := s.call(ctx, c.ana, "POST", "/clock/advance", "", map[string]any{"by": "4d"}); err != nil {
		c.cut++
	}
	s.kill()
}

// once holds that everybody was told of every question in exactly one digest, and
// of nothing twice, and that each digest was mailed once.
func (c *cast) once(s *server) {
	c.t.Helper()
	mails := map[string]int{}
	for after := ""; ; {
		page := s.get(c.ana, "/outbox?limit=50&after="+after)
		for _, m := range page["items"].([]any) {
			mails[str(m, "to")]++
		}
		if after = str(page, "next"); after == "" {
			break
		}
	}
	for email, cookie := range c.who {
		digests, _ := s.get(cookie, "/digests?limit=100")["items"].([]any)
		times := map[string]int{}
		told := map[string]bool{}
		for _, d := range digests {
			items, _ := s.get(cookie, "/digests/"+str(d, "id"))["items"].([]any)
			if len(items) == 0 {
				c.t.Errorf("%s got a digest without items: %v", email, d)
			}
			for _, i := range items {
				times[str(i, "kind")+" "+str(i, "path")]++
				thread, _, _ := strings.Cut(strings.TrimPrefix(str(i, "path"), "/threads/"), "#")
				told[thread] = true
			}
		}
		for what, n := range times {
			if n != 1 {
				c.t.Errorf("%s was told of %s in %d digests", email, what, n)
			}
		}
		for thread := range c.asked {
			if !told[thread] {
				c.t.Errorf("%s was never told of %s", email, thread)
			}
		}
		if mails[email] != len(digests) {
			c.t.Errorf("%s got %d mails of %d digests", email, mails[email], len(digests))
		}
	}
}
