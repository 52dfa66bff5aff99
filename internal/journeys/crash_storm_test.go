package journeys_test

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"example.org/meantime/internal/app"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/feature/demo"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

// Nine o'clock for 2,000 people, killed in the middle, three times: each is told of
// everything once.
func TestKilledAtNineOClock(t *testing.T) {
	program := build(t)
	t.Run("sqlite", func(t *testing.T) { killStorm(t, program, "", 3) })
	if !testing.Short() {
		t.Run("postgres", func(t *testing.T) { killStorm(t, program, testkit.PostgresURL(t), 1) })
	}
}

const (
	stormPeople = 2000
	stormThings = 3 // asked of everybody before each storm
)

// crowd are the 2,000, and those of them whose digest is waited for before a kill:
// one in each of the first bunches that go out.
type crowd struct {
	t        *testing.T
	ana      *http.Cookie
	space    string
	people   []string
	watchers []*http.Cookie
	asked    int
}

func killStorm(t *testing.T, program, database string, rounds int) {
	data := t.TempDir()
	if err := demo.Mark(data); err != nil {
		t.Fatal(err)
	}
	o := app.Options{Data: data, Database: database, Demo: true}
	args := []string{"demo", "--data", data}
	if database != "" {
		args = append(args, "--database", database)
	}
	c, cut := &crowd{t: t}, 0
	inside(t, o, c.moveIn)
	s := run(t, program, args...)
	for _, watcher := range c.watchers[:rounds] {
		c.ask(s)
		c.killAt(s, watcher)
		c.look(data, database, func(d *db.DB) {
			if n := c.told(d); n%(stormThings*stormPeople) != 0 {
				cut++
			}
		})
		s = run(t, program, args...)
	}
	c.advance(t.Context(), s)
	s.kill()
	c.look(data, database, func(d *db.DB) {
		if n, want := c.told(d), c.asked*stormPeople; n != want {
			t.Errorf("people were told %d things, want %d", n, want)
		}
	})
	if cut == 0 {
		t.Error("no storm was cut short, so this showed nothing")
	}
}

// look opens the database of a server that is dead.
func (c *crowd) look(data, url string, f func(*db.DB)) {
	c.t.Helper()
	if url == "" {
		url = filepath.Join(data, "meantime.db")
	}
	d, err := db.Open(c.t.Context(), url, db.Options{})
	c.must(err)
	f(d)
	c.must(d.Close())
}

func (c *crowd) moveIn(w *world) {
	ana := w.owner()
	c.ana = ana.cookie
	ctx := c.t.Context()
	owner, err := w.app.Auth.Resolve(ctx, ana.cookie.Value, "")
	c.must(err)
	sp, err := w.app.Spaces.OpenSpace(ctx, owner, spaces.NewSpace{Name: "Everybody"})
	c.must(err)
	c.space = id.Encode("sp", sp.ID)
	watchers := []string{"Mei Tanaka", "Kofi Mensah", "Noa Levi"}
	for len(c.people) < stormPeople {
		if n := len(c.watchers); len(c.people)%500 == 0 && n < len(watchers) {
			v, x := w.join(ana, watchers[n], "Europe/Berlin")
			c.watchers, c.people = append(c.watchers, v.cookie), append(c.people, x)
			continue
		}
		c.must(w.app.DB.Write(ctx, owner.Workspace, func(ctx context.Context, tx *db.Tx) error {
			p, err := w.app.People.AddTx(ctx, tx, people.NewPerson{Name: fmt.Sprint("Person ", len(c.people)), Zone: "Europe/Berlin", Role: actor.Member})
			c.people = append(c.people, id.Encode("per", p.ID))
			return err
		}))
	}
	ana.do("POST", "/clock/advance", map[string]any{"by": "1m"}, 200) // the demo's own clock, from here on
}

func (c *crowd) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

// ask asks everybody some things.
func (c *crowd) ask(s *server) {
	c.t.Helper()
	for range stormThings {
		c.asked++
		for some := range slices.Chunk(c.people, 200) {
			title := fmt.Sprintf("Question %d to %s", c.asked, some[0])
			status, out, err := s.call(c.t.Context(), c.ana, "POST", "/threads", title, map[string]any{
				"space": c.space, "title": title, "markdown": "Please.",
				"asks": []any{map[string]any{"kind": "reply", "to": map[string]any{"people": some}, "window": "60d"}},
			})
			if err != nil || status != 201 {
				c.t.Fatalf("ask: %d %v %v", status, out, err)
			}
		}
	}
}

func (c *crowd) advance(ctx context.Context, s *server) {
	c.t.Helper()
	ctx, stop := context.WithTimeout(ctx, time.Minute)
	defer stop()
	if status, out, err := s.call(ctx, c.ana, "POST", "/clock/advance", "", map[string]any{"by": "4d"}); err != nil || status != 200 {
		c.t.Fatalf("advance: %d %v %v\n%s", status, out, err, s.logs)
	}
}

// killAt moves the clock over days in which digests are due, and kills the server
// as soon as somebody was told of theirs.
func (c *crowd) killAt(s *server, watcher *http.Cookie) {
	c.t.Helper()
	ctx, stop := context.WithTimeout(c.t.Context(), time.Minute)
	defer stop()
	seen := make(chan struct{}, 100)
	s.listen(ctx, watcher, "attention.digested", seen)
	go func() {
		select {
		case <-seen:
		case <-ctx.Done():
		}
		s.kill()
	}()
	_, _, _ = s.call(ctx, c.ana, "POST", "/clock/advance", "", map[string]any{"by": "4d"})
	s.kill()
}

// told counts what people were told of in digests that went out, and holds that
// nobody was told of anything twice, and that each digest says what is in it.
func (c *crowd) told(d *db.DB) int {
	c.t.Helper()
	count := func(text string) int {
		n, _, err := db.One[int64](c.t.Context(), d, text)
		c.must(err)
		return int(n)
	}
	for what, text := range map[string]string{
		"things told twice": `SELECT COUNT(*) AS n FROM (
			SELECT d.person_id FROM attention_deliveries d
			JOIN attention_digests g ON g.workspace_id = d.workspace_id AND g.id = d.digest_id
			WHERE g.at > 0 AND d.state = 'planned' AND d.kind = 'asked'
			GROUP BY d.person_id, d.ask_id HAVING COUNT(*) > 1) AS twice`,
		"digests that say another number than they hold": `SELECT COUNT(*) AS n FROM attention_digests g
			WHERE g.at > 0 AND g.items <> (SELECT COUNT(*) FROM attention_deliveries d
				WHERE d.workspace_id = g.workspace_id AND d.digest_id = g.id AND d.state = 'planned' AND d.kind <> 'info')`,
		"people with two digests at once": `SELECT COUNT(*) AS n FROM (
			SELECT person_id FROM attention_digests WHERE at > 0 GROUP BY person_id, at, urgency HAVING COUNT(*) > 1) AS twice`,
	} {
		if n := count(text); n != 0 {
			c.t.Errorf("%d %s, want none", n, what)
		}
	}
	return count(`SELECT COUNT(*) AS n FROM attention_deliveries d
		JOIN attention_digests g ON g.workspace_id = d.workspace_id AND g.id = d.digest_id
		WHERE g.at > 0 AND d.state = 'planned' AND d.kind = 'asked'`)
}
