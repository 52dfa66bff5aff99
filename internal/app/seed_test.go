package app_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/app"
	"example.org/meantime/internal/core/auth"
	"example.org/meantime/internal/feature/crowd"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

var small = crowd.Size{People: 120, Posts: 1000, Asks: 200, Open: 50, Seed: 3}

// seeded is a house with an invented company in it.
func seeded(t *testing.T, engine db.Engine, n crowd.Size) (*app.App, app.Seeded) {
	t.Helper()
	o := app.Options{Data: t.TempDir(), Origin: "http://meantime.test", Clock: clock.Still(testkit.Monday), Strict: true, Cost: auth.Cost{Memory: 64, Passes: 1}}
	if engine == db.Postgres {
		o.Database = testkit.PostgresURL(t)
	}
	a, err := app.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	defer id.Repeat(n.Seed)()
	r, err := a.SeedInto(t.Context(), n, func(string, int64, int64) {})
	if err != nil {
		t.Fatal(err)
	}
	return a, r
}

func onBoth(t *testing.T, f func(t *testing.T, engine db.Engine)) {
	t.Run("sqlite", func(t *testing.T) { f(t, db.SQLite) })
	if !testing.Short() {
		t.Run("postgres", func(t *testing.T) { f(t, db.Postgres) })
	}
}

// asked reads an address as somebody with a token.
func asked(t *testing.T, a *app.App, token, path string, into any) {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/v1"+path, nil)
	r.Header.Set("Authorization", "Bearer "+token)
	w := httptest.NewRecorder()
	a.Handler().ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		t.Fatalf("%s: %d %s", path, w.Code, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), into); err != nil {
		t.Fatal(err)
	}
}

type page struct {
	Items []line `json:"items"`
}

type line struct {
	Title     string `json:"title"`
	Delivered bool   `json:"delivered"`
}

// tokenOf makes somebody of an invented company sign in.
func tokenOf(t *testing.T, a *app.App, workspace string, person id.ID) string {
	t.Helper()
	ws, err := id.Decode("ws", workspace)
	if err != nil {
		t.Fatal(err)
	}
	p, err := a.People.Get(t.Context(), a.DB, ws, person)
	if err != nil {
		t.Fatal(err)
	}
	err = a.DB.Write(t.Context(), ws, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("somebody may sign in")
		return a.Auth.AddAccountTx(ctx, tx, person, p.Email, "correct horse battery")
	})
	if err != nil {
		t.Fatal(err)
	}
	made, err := a.Auth.MakeToken(t.Context(), p.Actor(), "test")
	if err != nil {
		t.Fatal(err)
	}
	return made.Token
}

func TestAnInventedCompanyIsWhole(t *testing.T) {
	onBoth(t, func(t *testing.T, engine db.Engine) {
		a, r := seeded(t, engine, small)
		if r.People != small.People || r.Posts != small.Posts || r.Asks != small.Asks || r.Open != small.Asks/2 {
			t.Errorf("made %+v, want %+v", r.Made, small)
		}
		for _, f := range a.Doctor(t.Context(), true) {
			if f.State == "broken" || (f.What == "listeners" && f.Detail != "0 events wait") || (f.What == "parked events" && f.Detail != "none") {
				t.Errorf("doctor says %+v", f)
			}
		}
		var inbox, posts, found page
		asked(t, a, tokenOf(t, a, r.Workspace, r.Busy), "/inbox?tab=owe&limit=50", &inbox)
		if !slices.ContainsFunc(inbox.Items, func(l line) bool { return l.Delivered }) {
			t.Errorf("the busiest inbox holds %+v", inbox.Items)
		}
		asked(t, a, r.Token, "/threads/"+r.LongestID+"/posts?limit=60", &posts)
		if len(posts.Items) != 60 {
			t.Errorf("%d posts on a page of the longest thread, want 60", len(posts.Items))
		}
		asked(t, a, r.Token, "/search?limit=50&q="+crowd.Rare+"+", &found)
		if len(found.Items) != 10 {
			t.Errorf("%d posts say %s, want 10", len(found.Items), crowd.Rare)
		}
	})
}

// What lies behind an invented company has reached everybody; what comes next,
// comes in its time.
func TestAnInventedCompanyOwesNoDeliveries(t *testing.T) {
	onBoth(t, func(t *testing.T, engine db.Engine) {
		a, r := seeded(t, engine, small)
		next, err := a.Next(t.Context())
		if err != nil || next <= clock.At(testkit.Monday) {
			t.Errorf("next is due %s, want after %s (%v)", next, testkit.Monday, err)
		}
		if next > clock.At(testkit.Monday.Add(72*time.Hour)) {
			t.Errorf("next is due %s only, though %d asks are open", next, r.Open)
		}
		if err := a.Settle(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

// rows writes down every row that follows from the seed, table by table.
func rows(t *testing.T, a *app.App) string {
	t.Helper()
	var b strings.Builder
	for _, q := range []string{
		`SELECT handle || zone AS x FROM people_persons WHERE handle <> 'olga' ORDER BY person_id`,
		`SELECT name || handle AS x FROM spaces_spaces ORDER BY id`,
		`SELECT title || ' ' || conclusion_markdown AS x FROM spaces_threads ORDER BY id`,
		`SELECT markdown || ' ' || n || ' ' || created_at AS x FROM spaces_posts ORDER BY id`,
		`SELECT kind || state || created_at || COALESCE(last_due, 0) AS x FROM asks ORDER BY id`,
		`SELECT dedup || state || COALESCE(deliver_at, 0) AS x FROM attention_deliveries ORDER BY id`,
		`SELECT kind || ' ' || seq AS x FROM event_log ORDER BY seq`,
	} {
		list, err := db.All[string](t.Context(), a.DB, q)
		if err != nil {
			t.Fatal(err)
		}
		if len(list) == 0 {
			t.Errorf("nothing found by %s", q)
		}
		fmt.Fprintf(&b, "%s\n", strings.Join(list, "\n"))
	}
	return b.String()
}

func TestTheSameSeedInventsTheSame(t *testing.T) {
	once, _ := seeded(t, db.SQLite, small)
	twice, _ := seeded(t, db.SQLite, small)
	if rows(t, once) != rows(t, twice) {
		t.Error("two companies of one seed differ")
	}
	other := small
	other.Seed++
	if another, _ := seeded(t, db.SQLite, other); rows(t, once) == rows(t, another) {
		t.Error("two seeds invent the same")
	}
}

func TestSeedRefuses(t *testing.T) {
	full, fresh := t.TempDir(), filepath.Join(t.TempDir(), "fresh")
	if err := os.WriteFile(filepath.Join(full, "mine"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, dir, says           string
		people, posts, asks, open int
	}{
		{"a folder that holds something", full, "holds something already", 100, 1000, 10, 50},
		{"nobody", fresh, "people: choose from", 0, 1000, 10, 50},
		{"too many posts", fresh, "posts: choose from", 100, 10_000_001, 10, 50},
		{"fewer than no asks", fresh, "asks: choose from", 100, 1000, -1, 50},
		{"more open than there are", fresh, "asks open: choose from", 100, 1000, 10, 101},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := app.Seed(t.Context(), app.Options{Data: c.dir}, app.SizeOf(c.people, c.posts, c.asks, c.open, 1, testkit.Monday), func(string, int64, int64) {})
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want “%s”", err, c.says)
			}
			if _, err := os.Stat(fresh); err == nil {
				t.Error("a folder was made")
			}
		})
	}
}
