package checkins_test

import (
	"strings"
	"testing"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/feature/checkins"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
	"example.org/meantime/internal/platform/testkit"
	"example.org/meantime/worktime"
)

// scene is what a process that is to die needs to know of the house.
type scene struct {
	WS, Space, Team, Checkin  id.ID
	Ana, Ben, Kofi, Mei, Liam id.ID
}

func (h *house) enter(s scene) checkins.Checkin {
	member := func(x id.ID) actor.Actor { return actor.Actor{Workspace: s.WS, Person: x, Role: actor.Member} }
	h.WS = s.WS
	h.ws, h.space, h.team = s.WS, s.Space, s.Team
	h.ana, h.ben, h.kofi, h.mei, h.liam = member(s.Ana), member(s.Ben), member(s.Kofi), member(s.Mei), member(s.Liam)
	return checkins.Checkin{WorkspaceID: s.WS, ID: s.Checkin}
}

// live is a day and a half in the house: two answer, one waits for another, one moves to
// another zone, and reports are made.
func (h *house) live() {
	h.until(0, "08:30")
	h.answer(h.kofi, checkins.Given{Answers: []checkins.Answer{{Question: "done", Text: "Roof"}}, Blockers: []checkins.NewBlocker{{Words: "The keys", Person: h.ana.Person}}})
	h.until(0, "13:30")
	h.answer(h.liam, checkins.Given{Nothing: true})
	if version, err := h.people.MySchedule(h.t.Context(), h.db, h.mei); err == nil && version.Spec.Zone == "Asia/Taipei" {
		spec := worktime.Spec{Zone: "Asia/Tokyo", Weekly: version.Spec.Weekly}
		h.must(h.people.SetMySchedule(h.t.Context(), h.mei, spec, version.Version))
	}
	h.until(1, "12:00")
}

// answer says something for Monday, unless they have said it before: whoever goes on
// begins on Monday again, whatever day it was when the process died.
func (h *house) answer(a actor.Actor, g checkins.Given) {
	h.t.Helper()
	if x := h.waits(a); x.Date == "2026-10-05" {
		_, err := h.checkins.Answer(h.t.Context(), a, x.ID, g)
		h.must(err)
	}
}

// A process is killed before its writes, one process a write; the next one goes on. Who
// was to be asked is asked once for each date, and each answer is reported once.
func TestNobodyIsAskedTwiceAfterAKill(t *testing.T) {
	testkit.Deaths[scene]{
		Least: 100, Every: map[db.Engine]int{db.SQLite: 11, db.Postgres: 29},
		Begin: func(t *testing.T, d *db.DB, c *clock.Machine) scene {
			h := stand(t, d, c)
			h.furnish()
			made := h.standup()
			return scene{
				WS: h.ws, Space: h.space, Team: h.team, Checkin: made.ID,
				Ana: h.ana.Person, Ben: h.ben.Person, Kofi: h.kofi.Person, Mei: h.mei.Person, Liam: h.liam.Person,
			}
		},
		Live: func(t *testing.T, d *db.DB, c *clock.Machine, s scene) {
			h := stand(t, d, c)
			h.enter(s)
			h.live()
		},
		After: func(t *testing.T, d *db.DB, c *clock.Machine, s scene, died testkit.Death) {
			h := stand(t, d, c)
			made := h.enter(s)
			h.live()
			h.checkAfter(made, died.At)
		},
	}.Run(t)
}

func (h *house) checkAfter(c checkins.Checkin, at int) {
	h.t.Helper()
	asked := map[string]int{}
	for _, e := range h.heard(checkins.EventOpened) {
		x, err := h.checkins.Turn(h.t.Context(), h.db, who(h, e.Concerns[0]), e.Subject.ID)
		h.must(err)
		asked[e.Concerns[0].String()+" "+x.Date]++
	}
	held := 0
	for _, e := range h.heard(asks.EventAsked) {
		var about asks.About
		h.must(e.Decode(&about))
		if about.Held == checkins.ThingKind {
			held++
		}
	}
	// Kofi and Ana on two days, Liam on one, Mei on Tuesday.
	if len(asked) != 6 || held != 6 {
		h.t.Errorf("killed at write %d: asked %v by %d asks", at, asked, held)
	}
	for who, n := range asked {
		if n != 1 {
			h.t.Errorf("killed at write %d: %s was asked %d times", at, who, n)
		}
	}
	if got := strings.Join(h.reports(h.mei, c), "; "); got != "2026-10-06: Roof, nothing" {
		h.t.Errorf("killed at write %d: Mei read %q", at, got)
	}
	if b := h.waiting(c); len(b) != 1 {
		h.t.Errorf("killed at write %d: %d blockers", at, len(b))
	}
	dead, err := job.DeadJobs(h.t.Context(), h.db, 10)
	h.must(err)
	if len(dead) > 0 {
		h.t.Errorf("killed at write %d: dead jobs %v", at, dead)
	}
}
