package checkins_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/coretest"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/feature/checkins"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

// house is a workspace with Ana in London, Kofi in Berlin, Mei in Taipei and Liam in
// New York, all from nine to five; Ben in London is in no team. It is Monday, 07:00
// UTC: Mei works, the others do not, or have just begun.
type house struct {
	*coretest.World
	t        testing.TB
	db       *db.DB
	clock    *clock.Machine
	people   *people.Service
	spaces   *spaces.Service
	asks     *asks.Service
	checkins *checkins.Service
	things   describe.Registry
	did      []checkins.Doing

	ws, space, team           id.ID
	ana, ben, kofi, mei, liam actor.Actor
}

// stand puts the services over a database.
func stand(t testing.TB, d *db.DB, c *clock.Machine) *house {
	t.Helper()
	w := coretest.New(t, d, c, coretest.Options{})
	h := &house{World: w, t: t, db: d, clock: c, people: w.People, spaces: w.Spaces, asks: w.Asks, things: describe.Registry{}}
	h.checkins = checkins.New(d, h.people, h.spaces, h.asks, func(context.Context, db.Queryer, actor.Actor, clock.Instant, clock.Instant) ([]checkins.Doing, error) {
		return h.did, nil
	})
	h.asks.AnswerThere(h.checkins.Repliers())
	h.things.Add(h.checkins.Describe())
	h.checkins.Jobs(h.Jobs)
	h.Follow(h.checkins.Followers()...)
	return h
}

func (h *house) furnish() {
	h.t.Helper()
	h.Furnish()
	h.ws = h.WS
	h.ana, h.ben, h.kofi = h.Person(coretest.Ana), h.Person(coretest.Ben), h.Person(coretest.Kofi)
	h.mei, h.liam = h.Person(coretest.Mei), h.Person(coretest.Liam)
	h.space = h.Space(h.ana, spaces.NewSpace{Name: "Launch"}).ID
	h.team = h.Team(h.ana, "Crew", h.ana, h.kofi, h.mei, h.liam)
	h.settle()
}

func engines(t *testing.T, f func(t *testing.T, h *house)) {
	t.Helper()
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
		h := stand(t, d, c)
		h.furnish()
		f(t, h)
	})
}

func (h *house) must(err error)                        { h.t.Helper(); h.Must(err) }
func (h *house) person(n people.NewPerson) actor.Actor { h.t.Helper(); return h.Person(n) }
func (h *house) settle()                               { h.t.Helper(); h.Settle() }
func (h *house) passTo(end clock.Instant)              { h.t.Helper(); h.Until(end) }
func (h *house) heard(kinds ...string) []event.Event   { h.t.Helper(); return h.Heard(kinds...) }

// standup begins one of the team.
func (h *house) standup(change ...func(*checkins.NewCheckin)) checkins.Checkin {
	h.t.Helper()
	n := checkins.NewCheckin{Space: h.space, Template: "standup", Team: h.team}
	for _, f := range change {
		f(&n)
	}
	c, err := h.checkins.Make(h.t.Context(), h.ana, n)
	h.must(err)
	return c
}

func hidden(n *checkins.NewCheckin) { n.Hidden = true }

// until lets time go by until an instant, stopping wherever something is due.
func (h *house) until(day int, at string) {
	h.t.Helper()
	end, err := time.Parse("2006-01-02 15:04", testkit.Monday.AddDate(0, 0, day).Format("2006-01-02")+" "+at)
	h.must(err)
	h.passTo(clock.At(end))
}

// waits is the turn that waits for somebody's answer; zero for none.
func (h *house) waits(a actor.Actor) checkins.Turn {
	h.t.Helper()
	list, _, err := h.checkins.Mine(h.t.Context(), h.db, a)
	h.must(err)
	if len(list) == 0 {
		return checkins.Turn{}
	}
	return list[0]
}

func (h *house) say(a actor.Actor, words string) checkins.Turn {
	h.t.Helper()
	t := h.waits(a)
	if t.ID.IsZero() {
		h.t.Fatal("nothing is asked of them")
	}
	t, err := h.checkins.Answer(h.t.Context(), a, t.ID, checkins.Given{Answers: []checkins.Answer{{Question: "done", Text: words}}})
	h.must(err)
	h.settle()
	return t
}

// reports lists the reports of somebody, the newest first, as "date: words, words".
func (h *house) reports(a actor.Actor, c checkins.Checkin) (out []string) {
	h.t.Helper()
	list, err := h.checkins.Reports(h.t.Context(), h.db, a, c.ID, id.ID{}, 50)
	h.must(err)
	for _, r := range list {
		_, r, err := h.checkins.Report(h.t.Context(), h.db, a, r.ID)
		h.must(err)
		var said []string
		for _, t := range r.Turns {
			words := "nothing"
			if !t.Nothing {
				words = t.Answers.V[0].Text
			}
			if t.Late() {
				words += " (late)"
			}
			said = append(said, words)
		}
		out = append(out, r.Date+": "+strings.Join(said, ", "))
	}
	return out
}
