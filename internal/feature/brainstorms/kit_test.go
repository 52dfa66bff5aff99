package brainstorms_test

import (
	"fmt"
	"testing"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/coretest"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/feature/brainstorms"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// house is a workspace with six people who work nine to five in as many zones. It is
// Monday, 07:00 UTC.
type house struct {
	*coretest.World
	t      testing.TB
	db     *db.DB
	clock  *clock.Machine
	people *people.Service
	spaces *spaces.Service
	asks   *asks.Service
	storms *brainstorms.Service

	ws, space id.ID
	keys      string      // the folder
	ana       actor.Actor // owner, London; facilitates
	all       []actor.Actor
}

var zones = []string{"Europe/London", "Europe/Berlin", "Asia/Taipei", "America/New_York", "Asia/Kolkata", "Australia/Sydney"}

func stand(t testing.TB, d *db.DB, c *clock.Machine) *house {
	t.Helper()
	w := coretest.New(t, d, c, coretest.Options{})
	h := &house{World: w, t: t, db: d, clock: c, people: w.People, spaces: w.Spaces, asks: w.Asks, keys: t.TempDir()}
	h.storms = brainstorms.New(d, h.people, h.spaces, h.asks, h.Files, h.keys)
	h.storms.Jobs(h.Jobs)
	h.Follow(h.storms.Followers()...)
	return h
}

// furnish lets the people in.
func (h *house) furnish() *house {
	h.t.Helper()
	h.Furnish()
	h.ws = h.WS
	for n, zone := range zones {
		role := actor.Member
		if n == 0 {
			role = actor.Owner
		}
		h.all = append(h.all, h.person(people.NewPerson{Name: fmt.Sprintf("Person %d", n), Role: role, Zone: zone}))
	}
	h.ana = h.all[0]
	h.space = h.Space(h.ana, spaces.NewSpace{Name: "Launch"}).ID
	return h
}

func engines(t *testing.T, f func(t *testing.T, h *house)) {
	t.Helper()
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) { f(t, stand(t, d, c).furnish()) })
}

func (h *house) must(err error)                        { h.t.Helper(); h.Must(err) }
func (h *house) person(n people.NewPerson) actor.Actor { h.t.Helper(); return h.Person(n) }
func (h *house) settle()                               { h.t.Helper(); h.Settle() }
func (h *house) pass(d time.Duration)                  { h.t.Helper(); h.Pass(d) }
func (h *house) head() int64                           { h.t.Helper(); return h.Head() }

func ids(list []actor.Actor) []id.ID { return coretest.IDs(list...) }

// begin begins a brainstorm of everybody.
func (h *house) begin(change func(*brainstorms.NewBrainstorm)) id.ID {
	h.t.Helper()
	n := brainstorms.NewBrainstorm{Space: h.space, Title: "How might we hand over better?", People: ids(h.all)}
	n.Settings.Plan = []brainstorms.Step{{Phase: brainstorms.Collect, Window: "4h"}, {Phase: brainstorms.Cluster, Window: "2h"}, {Phase: brainstorms.Refine, Window: "2h"}, {Phase: brainstorms.Vote, Window: "2h"}}
	if change != nil {
		change(&n)
	}
	x, err := h.storms.Begin(h.t.Context(), h.ana, n)
	h.must(err)
	return x
}

func (h *house) board(a actor.Actor, x id.ID) *brainstorms.Board {
	h.t.Helper()
	b, err := h.storms.Board(h.t.Context(), a, x, 0)
	h.must(err)
	return b
}

func (h *house) write(a actor.Actor, x id.ID, text string) brainstorms.Idea {
	h.t.Helper()
	i, err := h.storms.Write(h.t.Context(), a, x, brainstorms.NewIdea{Key: text, Text: text})
	h.must(err)
	return i
}

func (h *house) step(x id.ID, from brainstorms.Phase) {
	h.t.Helper()
	h.must(h.storms.Step(h.t.Context(), h.ana, x, brainstorms.Turn{From: from}))
}

// owed says who is still expected to act on the brainstorm.
func (h *house) owed(x id.ID) int {
	h.t.Helper()
	list, err := h.asks.HeldWaiting(h.t.Context(), h.db, h.ws, asks.Thing{Kind: brainstorms.Kind, ID: x})
	h.must(err)
	return len(list)
}

// events lists the kinds told of since a number of the log, with their actors.
func (h *house) events(since int64) []event.Event {
	h.t.Helper()
	list, err := event.After(h.t.Context(), h.db, h.ws, since, 1000)
	h.must(err)
	return list
}
