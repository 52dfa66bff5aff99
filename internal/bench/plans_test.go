package bench

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

// heard is a statement that a request sent.
type heard struct {
	text string
	args []any
}

// hears records the statements of some work, each text once.
func (h *house) hears(work func()) (out []heard) {
	var mu sync.Mutex
	known := map[string]bool{}
	h.app.DB.Listen(func(text string, args []any) {
		mu.Lock()
		defer mu.Unlock()
		text = strings.Join(strings.Fields(text), " ")
		if !known[text] {
			known[text] = true
			out = append(out, heard{text, slices.Clone(args)})
		}
	})
	work()
	h.app.DB.Listen(nil)
	return out
}

// mayShow lists what plans may say that is forbidden otherwise: a sort of no more
// than a page, and the full-text index, which is walked and not looked up.
var mayShow = []struct{ says, of, why string }{
	{"", "FROM spaces_reactions", "the reactions of one page, in the order they came"},
	{"", "FROM spaces_files", "the files of one page"},
	{"", "FROM asks_owed WHERE workspace_id = $1 AND ask_id IN", "the addressees of one page, in the order they were asked"},
	{"", "SELECT answer_post, ask_id FROM asks_owed", "the answers of one page"},
	{"Seq Scan", "FROM asks WHERE workspace_id = $1 AND post_id IN", "a page's posts, by PostgreSQL, among so few asks as here"},
	{"", "SELECT o.ask_id FROM asks_owed o JOIN asks a", "what the author of a post owes in its thread"},
	{"", "GROUP BY thread_id", "the open asks of one page of threads"},
	{"SCAN search_words VIRTUAL TABLE", "search_words", "full-text search walks its own index"},
	{"SCAN search_ended VIRTUAL TABLE", "search_ended", "as above"},
	{"Sort", "TSQUERY", "full-text search of PostgreSQL gives no order"},
	{"SCAN first_of_them", "first_of_them", "it counts what an index gave, up to a bound"},
	{"", "SELECT s.id FROM spaces_spaces", "all spaces that one may read"},
	{"", "person_id IN", "what is due for a bundle of people, each in order"},
}

// The plan of every statement that the busiest requests send: it finds rows by an
// index, reads no table from end to end, and sorts nothing that can grow.
func TestPlansOfHotQueries(t *testing.T) {
	both(t, func(t *testing.T, engine db.Engine) {
		c := clock.Still(testkit.Monday)
		h := open(t, engine, c)
		thread := h.peopled()
		door := h.app.Handler()
		for _, r := range []struct{ name, path, body string }{
			{"page", "/threads/" + thread + "/posts?after=10", ""},
			{"page from its end", "/threads/" + thread + "/posts?before=end", ""},
			{"post", "/threads/" + thread + "/posts", `{"markdown":"Thursday."}`},
			{"inbox", "/inbox?tab=owed&limit=50", ""},
			{"inbox of one who owes", "/inbox?tab=owe&limit=50", ""},
			{"news", "/inbox?tab=info&limit=50", ""},
			{"threads", "/threads?limit=50", ""},
			{"threads of a space", "/threads?limit=50&space=" + id.Encode("sp", h.space), ""},
			{"search", "/search?limit=50&q=thursday", ""},
		} {
			h.planned(r.name, engine, h.hears(func() { h.ask1(door, r.path, r.body) }))
		}
		c.Advance(30 * time.Hour)
		due := h.hears(func() { h.must(h.app.Settle(t.Context())) })
		h.planned("due", engine, slices.DeleteFunc(due, func(s heard) bool { return !strings.Contains(s.text, "FROM attention_") }))
		one, ok, err := db.One[id.ID](t.Context(), h.app.DB, `SELECT id FROM attention_digests WHERE at > 0`)
		if h.must(err); !ok {
			t.Fatal("nothing was due")
		}
		h.planned("a digest, read to be mailed", engine, h.hears(func() {
			_, _, err := h.app.Attention.Read(t.Context(), h.owner.Workspace, one)
			h.must(err)
		}))
	})
}

// ask1 sends one request as Ana.
func (h *house) ask1(door http.Handler, path, body string) {
	h.t.Helper()
	method := http.MethodGet
	if body != "" {
		method = http.MethodPost
	}
	r := httptest.NewRequestWithContext(h.t.Context(), method, "/api/v1"+path, bytes.NewBufferString(body))
	r.Header.Set("Authorization", "Bearer "+h.token)
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	if door.ServeHTTP(w, r); w.Code >= 300 {
		h.t.Fatalf("%s %s: %d %s", method, path, w.Code, w.Body)
	}
}

// peopled fills a house so that a planner has something to choose between, and
// gives one of its threads.
func (h *house) peopled() string {
	h.t.Helper()
	all := h.persons(50)
	for i := range 6 {
		sp, err := h.app.Spaces.OpenSpace(h.t.Context(), h.owner, spaces.NewSpace{Name: "Space " + words(i)})
		h.must(err)
		h.space = sp.ID
		for range 6 {
			h.thread(3)
		}
	}
	thread := h.thread(120)
	var groups [][]id.ID
	for i := range 250 {
		groups = append(groups, []id.ID{all[i%len(all)].Person, all[(i+7)%len(all)].Person})
	}
	h.ask(h.thread(1), groups)
	h.ask(thread, groups[:5])
	h.must(h.app.Settle(h.t.Context()))
	if h.app.DB.Engine == db.Postgres {
		h.multiply()
	}
	return thread
}

// multiply makes many rows of few, since PostgreSQL chooses by how many there are,
// and lets it count them. SQLite chooses by the indexes alone.
func (h *house) multiply() {
	h.t.Helper()
	for _, m := range []struct {
		table string
		times int
		other string // columns that differ
	}{
		{"people_persons", 40, `'person_id', gen_random_uuid(), 'email', '', 'handle', r.handle || g::text`},
		{"spaces_posts", 30, `'id', gen_random_uuid(), 'thread_id', md5(r.thread_id::text || g::text)::uuid`},
		{"spaces_positions", 400, `'thread_id', md5(r.thread_id::text || g::text)::uuid`},
		{"spaces_threads", 400, `'id', md5(r.id::text || g::text)::uuid, 'last_post_at', r.last_post_at - g * 1000`},
		{"asks", 30, `'id', md5(r.id::text || g::text)::uuid, 'post_id', gen_random_uuid(), 'thread_id', gen_random_uuid(), 'due_order', r.due_order + g`},
		{"asks_owed", 30, `'ask_id', md5(r.ask_id::text || g::text)::uuid, 'due_order', r.due_order + g`},
		{"attention_deliveries", 8, `'id', gen_random_uuid(), 'dedup', r.dedup || g::text, 'state', 'delivered'`},
		{"attention_digests", 40, `'id', gen_random_uuid(), 'at', 1000000 + g`},
		{"search_terms", 40, `'term', 'x' || md5(r.term || '.' || g::text)`},
		{"search_docs", 40, `'doc', r.doc + g * 1000000, 'ref_id', gen_random_uuid(), 'words', 'other' || g::text`},
	} {
		h.sql(fmt.Sprintf(`WITH made AS (
			INSERT INTO %[1]s SELECT (jsonb_populate_record(r, jsonb_build_object(%[3]s))).* FROM %[1]s r, generate_series(1, %[2]d) g RETURNING 1
		) SELECT CAST(COUNT(*) AS TEXT) AS n FROM made`, m.table, m.times, m.other))
	}
	for _, ask := range []string{`NULL`, `gen_random_uuid()`} {
		h.sql(`WITH made AS (
			INSERT INTO attention_items (workspace_id, id, person_id, about_id, kind, ref_kind, ref_id, ask_id, thread_id, space_id, who_id, posts, changed_at)
			SELECT p.workspace_id, gen_random_uuid(), p.person_id, gen_random_uuid(), 'info', 'thread', gen_random_uuid(), ` + ask + `,
				gen_random_uuid(), gen_random_uuid(), p.person_id, 1, g
			FROM people_persons p, generate_series(1, 60) g RETURNING 1
		) SELECT CAST(COUNT(*) AS TEXT) AS n FROM made`)
	}
	h.sql(`ANALYZE`)
}

// sql reads lines past every store.
func (h *house) sql(text string, args ...any) []string {
	h.t.Helper()
	list, err := db.All[string](h.t.Context(), h.app.DB, text, args...)
	h.must(err)
	return list
}

func (h *house) planned(name string, engine db.Engine, list []heard) {
	h.t.Helper()
	if len(list) == 0 {
		h.t.Errorf("%s sent no statement", name)
	}
	for _, s := range list {
		if !strings.HasPrefix(s.text, "SELECT") {
			continue
		}
		for _, line := range h.plan(engine, s) {
			if bad := h.growing(engine, line, s.text); bad != "" && !excused(line, s.text) {
				h.t.Errorf("%s: %s\n\tin %.300s", name, line, s.text)
			}
		}
	}
}

func (h *house) plan(engine db.Engine, s heard) (out []string) {
	if engine == db.Postgres {
		return h.sql(`EXPLAIN `+s.text, s.args...)
	}
	type step struct {
		ID, Parent, Notused int64
		Detail              string
	}
	list, err := db.All[step](h.t.Context(), h.app.DB, `EXPLAIN QUERY PLAN `+s.text, s.args...)
	h.must(err)
	for _, p := range list {
		out = append(out, p.Detail)
	}
	return out
}

// growing is what of a plan's line gets slower as a house grows; "" when nothing does.
func (h *house) growing(engine db.Engine, line, text string) string {
	line = strings.TrimSpace(strings.TrimLeft(line, " ->"))
	if engine == db.SQLite {
		// A table of workspaces has a row of each; of any other that is all there is.
		if strings.HasSuffix(line, "(workspace_id=?)") && !strings.Contains(line, "_workspaces ") && !strings.Contains(text, "LIMIT") {
			return line + ", which is all of the workspace"
		}
		if strings.HasPrefix(line, "SCAN ") && !strings.HasPrefix(line, "SCAN CONSTANT") || strings.Contains(line, "TEMP B-TREE") {
			return line
		}
		return ""
	}
	if strings.HasPrefix(line, "Sort ") || strings.HasPrefix(line, "Incremental Sort") {
		return line
	}
	table, scans := strings.CutPrefix(line, "Seq Scan on ")
	if !scans {
		return ""
	}
	table, _, _ = strings.Cut(table, " ")
	if n := h.sql(fmt.Sprintf(`SELECT CAST(COUNT(*) AS TEXT) AS n FROM (SELECT 1 FROM %s LIMIT 100) AS few`, table)); n[0] != "100" {
		return "" // a handful of rows is read quicker so
	}
	return line
}

func excused(line, text string) bool {
	return slices.ContainsFunc(mayShow, func(m struct{ says, of, why string }) bool {
		return strings.Contains(line, m.says) && strings.Contains(text, m.of)
	})
}
