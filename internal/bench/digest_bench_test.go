package bench

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

// Nine o'clock: everybody in the workspace has a digest of 20 things due at once,
// 15 posts and 5 asks, while others post and read. Groups of 100 people follow the
// same threads. The rate counts digests until the last is durable; the latencies
// are those of the others meanwhile; rss-MiB is the most memory the whole process
// took, clients included. The floor is the bare engine that inserts as many digests
// and as many lines, many rows a statement and 500 digests a transaction.
//
// SIZE=full has 100,000 people, otherwise there are 10,000.
func BenchmarkStorm(b *testing.B) {
	both(b, func(b *testing.B, engine db.Engine) {
		people := 10_000
		if os.Getenv("SIZE") == "full" {
			people = 100_000
		}
		s := brew(b, engine, people)
		others := s.others(8)
		x := newBare(b, engine, `CREATE TABLE floor_digests (n BIGINT PRIMARY KEY, person BIGINT, body TEXT)`,
			`CREATE TABLE floor_lines (n BIGINT PRIMARY KEY, digest BIGINT, body TEXT)`)
		var peak float64
		beside(b, "digests",
			func() lap {
				s.again()
				forgetPeak()
				l := s.strike(others)
				peak = max(peak, peakMiB())
				return l
			},
			side{"rows", func() lap { return bareRows(x, people) }})
		b.ReportMetric(peak, "rss-MiB")
		b.ReportMetric(float64(s.posted), "posts-meanwhile")
	})
}

func bareRows(x *bare, people int) lap {
	x.exec(`DELETE FROM floor_digests`)
	x.exec(`DELETE FROM floor_lines`)
	const step, each = 500, 50
	text := func(table string, columns string) string {
		return `INSERT INTO ` + table + ` (` + columns + `) VALUES ` + db.Values(each, 3)
	}
	row := func(first int) []any {
		args := make([]any, 0, 3*each)
		for i := range each {
			args = append(args, first+i, first+i, "a line")
		}
		return args
	}
	return once(people, func() {
		for from := 0; from < people; from += step {
			x.bulk(text("floor_digests", "n, person, body"), step/each, func(i int) []any { return row(from + i*each) })
			x.bulk(text("floor_lines", "n, digest, body"), step*stormItems/each, func(i int) []any { return row(from*stormItems + i*each) })
		}
	})
}

// stormItems is how many things each digest holds, of which some are asks.
const (
	stormItems = 20
	stormAsks  = 5
	stormGroup = 100
)

// storm is a house in which everybody has a digest due at nine.
type storm struct {
	*house
	clock   *clock.Machine
	people  int
	digests int64
	thread  string // where others post
	posted  int
}

// brew writes everything with the engine's own inserts, as the house would have.
func brew(b *testing.B, engine db.Engine, people int) *storm {
	evening := testkit.Monday.Add(13 * time.Hour)
	s := &storm{clock: clock.Still(evening), people: people}
	s.house = open(b, engine, s.clock)
	s.thread = s.house.thread(60)
	three := s.persons(3)
	model, asker := three[0].Person, three[1].Person
	s.ask(s.thread, [][]id.ID{{model}})
	s.token = s.as(three[2]) // the others are nobody in particular
	s.must(s.app.Settle(b.Context()))
	nine := clock.At(testkit.Monday.Add(24 * time.Hour))
	for from := 0; from < people; from += stormGroup {
		s.write(func(ctx context.Context, tx *db.Tx) error {
			tx.Quiet("a benchmark's people")
			return group(ctx, tx, model, asker, nine)
		})
	}
	s.digests = s.count(`SELECT COUNT(*) AS n FROM attention_digests WHERE items = 0 AND deliver_at = $1`, int64(nine))
	if s.digests < int64(people) {
		b.Fatalf("%d digests are due, want %d", s.digests, people)
	}
	if engine == db.Postgres { // which has looked at its tables by nine
		s.write(func(ctx context.Context, tx *db.Tx) error {
			tx.Quiet("a benchmark's statistics")
			_, err := tx.Exec(ctx, `ANALYZE`)
			return err
		})
	}
	s.clock.Set(nine.Add(-time.Second))
	s.serve()
	return s
}

func (h *house) count(text string, args ...any) int64 {
	h.t.Helper()
	n, _, err := db.One[int64](h.t.Context(), h.app.DB, text, args...)
	h.must(err)
	return n
}

// group adds people like the model, with threads and asks that they share, and
// plans one digest for each.
func group(ctx context.Context, tx *db.Tx, model, by id.ID, at clock.Instant) error {
	var persons, threads, posts, asks []id.ID
	for range stormGroup {
		persons = append(persons, id.New(tx.Now))
	}
	for range stormItems {
		threads = append(threads, id.New(tx.Now))
		posts = append(posts, id.New(tx.Now))
	}
	for range stormAsks {
		asks = append(asks, id.New(tx.Now))
	}
	var err error
	exec := func(text string, args ...any) {
		if err == nil {
			_, err = tx.Exec(ctx, text, args...)
		}
	}
	for _, p := range persons {
		exec(`INSERT INTO people_persons (workspace_id, person_id, name, name_fold, handle, email, role, title, state, bot, guest_until, created_at, zone, moves, spec, version, stamp)
			SELECT workspace_id, $2, name, name_fold, handle, '', role, title, state, bot, guest_until, created_at, zone, moves, spec, version, $3
			FROM people_persons WHERE workspace_id = $1 AND person_id = $4`, tx.Workspace, p, id.New(tx.Now), model)
	}
	for i, t := range threads {
		exec(`INSERT INTO spaces_threads (workspace_id, id, space_id, title, purpose, opened_by, opened_at, last_post_at, last_n, base_n, posts, conclusion_markdown, conclusion_html)
			SELECT workspace_id, $2, space_id, title, purpose, opened_by, opened_at, opened_at, 1, 0, 1, '', '' FROM spaces_threads WHERE workspace_id = $1 LIMIT 1`, tx.Workspace, t)
		exec(`INSERT INTO spaces_posts (workspace_id, id, thread_id, n, kind, author_id, markdown, html, mentions, info, created_at, revisions)
			VALUES ($1, $2, $3, 1, 'post', $4, $5, $5, '[]', FALSE, $6, 0)`, tx.Workspace, posts[i], t, by, prose, int64(tx.Now))
	}
	for i, a := range asks {
		exec(`INSERT INTO asks (workspace_id, id, thread_id, post_id, asker_id, kind, text, urgency, reason, otherwise, time_window, need, choices, silence, state, note, created_at, due_order)
			SELECT workspace_id, $2, $3, $4, $5, kind, text, urgency, reason, otherwise, time_window, need, choices, silence, state, note, created_at, due_order
			FROM asks WHERE workspace_id = $1 LIMIT 1`, tx.Workspace, a, threads[i], posts[i], by)
		for n, p := range persons {
			exec(`INSERT INTO asks_owed (workspace_id, ask_id, person_id, n, state, state_before, in_stead, asked_at, due_order, answer_value, answer_note, reason, changed_at)
				VALUES ($1, $2, $3, $4, 'waiting', '', FALSE, $5, $6, '', '', '', $5)`, tx.Workspace, a, p, n, int64(tx.Now), int64(1)<<62)
		}
	}
	for _, p := range persons {
		exec(`INSERT INTO attention_digests (workspace_id, id, person_id, urgency, deliver_at, at, items) VALUES ($1, $2, $2, 'routine', $3, 0, 0)`, tx.Workspace, p, int64(at))
	}
	for i, t := range threads {
		kind, about, ref := "info", "post", posts[i]
		if i < stormAsks {
			kind, about, ref = "asked", "ask", asks[i]
		}
		for some := range slices.Chunk(persons, 10) {
			args := []any{}
			for _, p := range some {
				args = append(args, tx.Workspace, id.New(tx.Now), p, int64(at), int64(tx.Now), kind, about, ref, t, p, ref.String()+p.String(), "routine", "planned", by, t)
			}
			exec(`INSERT INTO attention_deliveries (workspace_id, id, person_id, deliver_at, asked_at, kind, ref_kind, ref_id, thread_id, digest_id, dedup, urgency, state, who_id, about_id)
				VALUES `+db.Values(len(some), 15), args...)
		}
	}
	return err
}

// again makes every digest due once more.
func (s *storm) again() {
	s.clock.Set(clock.At(testkit.Monday.Add(24 * time.Hour).Add(-time.Second)))
	s.write(func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("a benchmark begins anew")
		_, err := tx.Exec(ctx, `UPDATE attention_digests SET at = 0 WHERE at > 0 AND deliver_at = $1`, int64(clock.At(testkit.Monday.Add(24*time.Hour))))
		return err
	})
	s.must(s.app.Followers.Settle(s.t.Context()))
}

// strike lets nine o'clock come and waits until nothing is due any more.
func (s *storm) strike(others []func() time.Duration) lap {
	over := make(chan struct{})
	each := make([][]time.Duration, len(others))
	var wg sync.WaitGroup
	for i, work := range others {
		wg.Go(func() {
			for {
				select {
				case <-over:
					return
				case <-time.After(20 * time.Millisecond):
					each[i] = append(each[i], work())
				}
			}
		})
	}
	l := once(s.people, func() {
		nine := clock.At(testkit.Monday.Add(24 * time.Hour))
		s.clock.Set(nine)
		for s.count(`SELECT COUNT(*) AS n FROM (SELECT 1 FROM attention_digests WHERE at = 0 AND deliver_at <= $1 LIMIT 1) AS due`, int64(nine)) > 0 {
			time.Sleep(5 * time.Millisecond)
		}
	})
	close(over)
	wg.Wait()
	l.each = slices.Concat(each...)
	s.posted = 0
	for i := range others {
		if i%2 == 0 {
			s.posted += len(each[i])
		}
	}
	if n := s.count(`SELECT COUNT(*) AS n FROM attention_digests WHERE at > 0 AND items = $1`, int64(stormItems)); n != int64(s.people) {
		s.t.Errorf("%d digests of %d things went out, want %d", n, stormItems, s.people)
	}
	return l
}

// others are people at work: every second posts, the rest read a thread and their inbox.
func (s *storm) others(n int) (out []func() time.Duration) {
	path := "/api/v1/threads/" + s.thread + "/posts"
	body := fmt.Sprintf(`{"markdown":%q}`, prose)
	for i := range n {
		c, turn := dial(s.t, s.dial, s.token), 0
		out = append(out, func() time.Duration {
			turn++
			start := time.Now()
			switch {
			case i%2 == 0:
				c.do("POST", path, rand.Text(), body, 201)
			case turn%2 == 0:
				c.get(path)
			default:
				c.get("/api/v1/inbox?tab=info")
			}
			return time.Since(start)
		})
	}
	return out
}

// forgetPeak makes the kernel count the process's peak of memory anew.
func forgetPeak() { _ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) }

// peakMiB is the most memory the process had in use, zero where nobody counts it.
func peakMiB() float64 {
	b, _ := os.ReadFile("/proc/self/status")
	var kb float64
	for line := range strings.Lines(string(b)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			_, _ = fmt.Sscan(rest, &kb)
		}
	}
	return kb / 1024
}
