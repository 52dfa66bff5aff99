package journeys_test

import (
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"example.org/meantime/internal/app"
	"example.org/meantime/internal/core/auth"
	"example.org/meantime/internal/feature/demo"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/testkit"
)

// opened opens a house and gives it a door.
func opened(t *testing.T, o app.Options) *world {
	t.Helper()
	o.Origin, o.Version, o.Strict, o.Cost = "http://meantime.test", "test", true, auth.Cost{Memory: 64, Passes: 1}
	a, err := app.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(a.Handler())
	w := &world{t: t, app: a, url: server.URL}
	w.clock, _ = o.Clock.(*clock.Machine)
	t.Cleanup(func() {
		server.Close()
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

func both(t *testing.T, f func(t *testing.T, database string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { f(t, "") })
	t.Run("postgres", func(t *testing.T) {
		if testing.Short() {
			t.Skip("PostgreSQL is left out of the quick loop")
		}
		f(t, testkit.PostgresURL(t))
	})
}

func TestTheDemoPlaysItsWeekOnce(t *testing.T) {
	both(t, func(t *testing.T, database string) {
		o := app.Options{Data: t.TempDir(), Database: database, Demo: true, Clock: clock.Running(0)}
		w := opened(t, o)
		if err := w.app.SeedDemo(t.Context(), io.Discard); err != nil {
			t.Fatal(err)
		}
		v := w.visitor()
		me := v.do("POST", "/sessions", map[string]any{"email": demo.Cast[0].Email(), "password": demo.Password}, 201)
		if friday := w.instant(me, "now"); friday.Weekday() != time.Friday || friday.Hour() != 14 {
			t.Errorf("the week ends at %s", friday)
		}
		counts := func(v *visitor) [4]int {
			return [4]int{len(v.list("/threads")), len(v.list("/people")), len(v.list("/digests")), len(v.list("/inbox?tab=owe"))}
		}
		before := counts(v)
		for i, n := range before {
			if n == 0 {
				t.Errorf("of (threads, people, digests, inbox) number %d is empty", i)
			}
		}
		operations(t, v)
		together(t, v)
		if err := w.app.SeedDemo(t.Context(), io.Discard); err != nil {
			t.Errorf("a second time: %v", err)
		}
		if after := counts(v); after != before {
			t.Errorf("a second time changes %v to %v", before, after)
		}
		moved := v.do("POST", "/clock/advance", map[string]any{"by": "3d"}, 200)
		if n, _ := moved["delivered"].(float64); n == 0 {
			t.Error("nobody was reached over three days")
		}
		for _, bad := range []map[string]any{{"by": "-1h"}, {"by": "tomorrow"}, {"by": "401d"}, {"by": "99999999999d"}, {"to": "2020-01-01T00:00:00Z"}, {}} {
			v.do("POST", "/clock/advance", bad, 422)
		}
		w.visitor().do("POST", "/clock/advance", map[string]any{"by": "1h"}, 401)
		o.Clock = clock.Running(0)
		again := opened(t, o)
		if d := again.clock.Now().Sub(w.clock.Now()).Abs(); d > time.Minute {
			t.Errorf("after a restart the clock is %s off", d)
		}
	})
}

// operations holds that the demo has a rota with a gap, and an agreement with a past.
func operations(t *testing.T, v *visitor) {
	t.Helper()
	var team string
	for _, x := range v.list("/teams") {
		if str(x, "handle") == "operations" {
			team = str(x, "id")
		}
	}
	rota := v.get("/teams/" + team + "/duty")
	if n := len(rota["layers"].([]any)); n != 3 {
		t.Errorf("the rota has %d layers, want 3", n)
	}
	gaps := rota["missing"].([]any)
	if len(gaps) != 1 {
		t.Fatalf("nobody is on duty in %v, want the day on which Liam is away", gaps)
	}
	from, err := time.Parse(time.RFC3339, str(gaps[0], "from"))
	if err != nil || from.Weekday() != time.Wednesday {
		t.Errorf("the gap begins at %s, %v", from, err)
	}
	if n := len(v.list("/teams/" + team + "/agreement/versions")); n != 2 {
		t.Errorf("the agreement has %d versions, want 2", n)
	}
}

// together holds that twelve live in five zones at least, and that the week has all that
// they do without meeting: a brainstorm that Ana can vote in, one that ended in a decision
// and three things to do, a ranking without names, and a stand-up of all.
func together(t *testing.T, v *visitor) {
	t.Helper()
	zones := map[string]bool{}
	for _, c := range demo.Cast {
		zones[c.Zone] = true
	}
	if n := len(v.list("/people?limit=50")); n != 12 || len(zones) < 5 {
		t.Errorf("%d people live in %d zones", n, len(zones))
	}
	storms := map[string]map[string]any{}
	for _, x := range v.list("/brainstorms") {
		storms[str(x, "phase")] = v.get("/brainstorms/" + str(x, "id") + "/board")
	}
	if got := storms["vote"]; got == nil || len(got["ideas"].([]any)) != 8 {
		t.Errorf("no brainstorm is voted on: %v", got)
	}
	became := map[string]int{}
	for _, o := range storms["ended"]["outcomes"].([]any) {
		became[str(o, "kind")]++
	}
	if became["decision"] != 1 || became["task"] != 3 {
		t.Errorf("of the ideas became %v", became)
	}
	states := map[string]int{}
	for _, x := range v.list("/decisions") {
		states[str(x, "state")]++
		if d := v.get("/decisions/" + str(x, "id")); str(d, "title") == "Which meeting do we give up first?" && (d["voted"] != 11.0 || str(d, "result", "count", "winners", 0) != "A") {
			t.Errorf("the ranking without names is %v", d)
		}
	}
	if states["open"] != 3 || states["decided"] != 3 {
		t.Errorf("decisions are %v", states)
	}
}

// The week is played alike in every season, between changes of clocks and at Christmas.
func TestTheDemoPlaysInAnySeason(t *testing.T) {
	testkit.NotRaced(t)
	for _, day := range []time.Time{
		time.Date(2026, 3, 20, 9, 0, 0, 0, time.UTC), time.Date(2026, 7, 15, 9, 0, 0, 0, time.UTC),
		time.Date(2026, 12, 20, 9, 0, 0, 0, time.UTC),
	} {
		t.Run(day.Format("January"), func(t *testing.T) {
			w := newWorld(t, day, "")
			if err := w.app.SeedDemo(t.Context(), io.Discard); err != nil {
				t.Fatal(err)
			}
			v := w.visitor()
			v.do("POST", "/sessions", map[string]any{"email": demo.Cast[0].Email(), "password": demo.Password}, 201)
			together(t, v)
		})
	}
}

func TestARealWorkspaceIsNoDemo(t *testing.T) {
	both(t, func(t *testing.T, database string) {
		dir := t.TempDir()
		real := opened(t, app.Options{Data: dir, Database: database, Clock: clock.Still(testkit.Monday)})
		v := real.owner()
		v.do("POST", "/clock/advance", map[string]any{"by": "1h"}, 403)
		if got := v.get("/clock"); got["demo"] != false || got["offset_seconds"] != 0.0 {
			t.Errorf("the clock says %v", got)
		}
		if database != "" { // the mark of another demo makes a real database none
			if err := demo.Mark(dir); err != nil {
				t.Fatal(err)
			}
		}
		asDemo := opened(t, app.Options{Data: dir, Database: database, Demo: true, Clock: clock.Running(0)})
		if err := asDemo.app.SeedDemo(t.Context(), io.Discard); err == nil {
			t.Error("a demo was made of a real workspace")
		}
		if database == "" {
			if err := app.ForgetDemo(dir); err == nil {
				t.Error("a real folder was forgotten")
			}
			if _, err := os.Stat(filepath.Join(dir, "meantime.db")); err != nil {
				t.Error(err)
			}
		}
	})
}
