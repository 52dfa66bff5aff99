package pages_test

import (
	"testing"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
	"example.org/meantime/internal/platform/testkit"
)

// scene is what a process that is to die needs to know of the house.
type scene struct {
	WS, Space      id.ID
	Ana, Kofi      id.ID
	Mei, Liam, Ops id.ID
}

func (h *house) enter(s scene) *house {
	member := func(x id.ID) actor.Actor {
		return actor.Actor{Workspace: s.WS, Person: x, Role: actor.Member}
	}
	h.WS, h.space, h.ops, h.onDuty = s.WS, s.Space, s.Ops, s.Mei
	h.ana, h.kofi, h.mei, h.liam = member(s.Ana), member(s.Kofi), member(s.Mei), member(s.Liam)
	return h
}

// A process is killed before each of its writes, one process a write; the next one
// takes over. No call is lost, none is made twice, and their order is the path's.
func TestAPageSurvivesAKillAtEveryWrite(t *testing.T) {
	testkit.Deaths[scene]{
		Least: 30, Every: map[db.Engine]int{db.SQLite: 5, db.Postgres: 11},
		Begin: func(t *testing.T, d *db.DB, c *clock.Machine) scene {
			h := stand(t, d, c)
			h.furnish()
			_, err := h.pages.SetHook(t.Context(), h.ana, h.space, "https://pager.example/1")
			h.Must(err)
			h.Settle()
			return scene{WS: h.WS, Space: h.space, Ana: h.ana.Person, Kofi: h.kofi.Person, Mei: h.mei.Person, Liam: h.liam.Person, Ops: h.ops}
		},
		// Liam asks something urgent, the timers run out, and Kofi acknowledges.
		Live: func(t *testing.T, d *db.DB, c *clock.Machine, s scene) {
			h := stand(t, d, c).enter(s)
			_, page := h.urgent(h.liam, h.newAsk(h.mei.Person))
			h.Pass(25 * time.Minute)
			_, err := h.pages.Acknowledge(t.Context(), h.kofi, page.ID)
			h.Must(err)
			h.Settle()
		},
		After: func(t *testing.T, d *db.DB, c *clock.Machine, s scene, died testkit.Death) {
			h := stand(t, d, c).enter(s)
			h.Pass(3 * time.Hour)
			h.checkAfter(died.At)
		},
	}.Run(t)
}

func (h *house) checkAfter(at int) {
	h.T.Helper()
	list, _, err := h.pages.Log(h.T.Context(), h.ana, h.space, id.ID{}, 10)
	h.Must(err)
	if len(list) == 0 {
		return // it died before anything was asked
	}
	p := list[0]
	var called []id.ID
	for _, c := range p.Calls {
		if c.Outcome == "paged" {
			called = append(called, c.Person)
		}
	}
	if got := h.called(p); len(list) != 1 || got != "Mei -Liam Kofi Ana" {
		h.T.Errorf("killed at write %d: %d pages, called %s", at, len(list), got)
	}
	if p.State != "spent" && (p.State != "acknowledged" || p.AcknowledgedBy != h.kofi.Person) {
		h.T.Errorf("killed at write %d: the page is %s by %s", at, p.State, p.AcknowledgedBy)
	}
	ask, err := h.Asks.Ask(h.T.Context(), h.DB, actor.System(h.WS), p.Ask)
	h.Must(err)
	times := map[id.ID]int{}
	for _, x := range h.Told(asks.EventAsked) {
		times[x]++
	}
	for _, x := range called {
		if times[x] != 1 || ask.Of(x) == nil {
			h.T.Errorf("killed at write %d: %s was asked %d times", at, x, times[x])
		}
	}
	unsent, err := db.All[string](h.T.Context(), h.DB, `
		SELECT kind FROM pages_hooks
		WHERE workspace_id = $1 AND sent_at IS NULL`, h.WS)
	h.Must(err)
	dead, err := job.DeadJobs(h.T.Context(), h.DB, 10)
	h.Must(err)
	if len(unsent)+len(dead) > 0 {
		h.T.Errorf("killed at write %d: the pager was not told of %v, dead jobs %v", at, unsent, dead)
	}
}
