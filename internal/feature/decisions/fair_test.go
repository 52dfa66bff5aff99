package decisions_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/feature/decisions"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
	"example.org/meantime/worktime"
)

var (
	zones = []string{"Europe/Berlin", "America/New_York", "Asia/Taipei", "Asia/Kathmandu", "Pacific/Auckland", "America/Sao_Paulo", "Australia/Lord_Howe", "Africa/Accra"}
	weeks = []map[string][]string{
		{"mon": {"09:00-17:00"}, "tue": {"09:00-17:00"}, "wed": {"09:00-17:00"}, "thu": {"09:00-17:00"}, "fri": {"09:00-17:00"}},
		{"tue": {"07:30-12:00", "13:00-15:30"}, "thu": {"07:30-12:00"}},
		{"sun": {"08:00-16:00"}, "mon": {"08:00-16:00"}, "tue": {"08:00-16:00"}, "wed": {"08:00-16:00"}, "thu": {"08:00-16:00"}},
		{"fri": {"22:00-06:00"}, "sat": {"22:00-06:00"}},
	}
)

// trial is one decision in a random team, and what its end must be.
type trial struct {
	*house
	r       *rand.Rand
	x       id.ID
	fair    time.Duration
	from    map[id.ID]clock.Instant // of those who have not voted
	actors  map[id.ID]actor.Actor
	promise clock.Instant
}

// In random teams over a simulated year, with absences that begin meanwhile, people who
// come late and others who vote: at the close nobody who had not voted had less than
// their share of hours, and it came at the earliest such instant that was not before
// what had been said.
func TestNobodyHasLessThanTheirShare(t *testing.T) {
	rounds := 40
	if testing.Short() {
		rounds = 12
	}
	c := clock.Still(testkit.Monday)
	h := build(t, testkit.SQLite(t, c), c)
	for round := range rounds {
		one := &trial{house: h, r: rand.New(rand.NewPCG(7, uint64(round))), from: map[id.ID]clock.Instant{}, actors: map[id.ID]actor.Actor{}}
		one.run(round)
		if t.Failed() {
			t.Fatalf("in round %d", round)
		}
		h.until(c.Now().Add(time.Duration(one.r.IntN(9*24)) * time.Hour))
	}
}

func (o *trial) run(round int) {
	o.t.Helper()
	o.fair = time.Duration(1+o.r.IntN(40*60)) * time.Minute
	var team []id.ID
	for i := range 2 + o.r.IntN(5) {
		team = append(team, o.somebody(fmt.Sprintf("Person %d of %d", i, round)))
	}
	o.x = o.begin(decisions.NewDecision{Invited: decisions.Invited{People: team}, Rules: decisions.Rules{Fair: o.fair}})
	for _, p := range team {
		o.from[p] = o.clock.Now()
	}
	o.expect()
	for range 6 {
		next := o.clock.Now().Add(time.Duration(1+o.r.IntN(72*60)) * time.Minute)
		if next >= o.promise {
			break
		}
		o.until(next)
		o.something(round)
		o.settle()
		o.expect()
		if got := o.see(o.ana, o.x).EndsAt; got != o.promise {
			o.t.Fatalf("it says that it ends %s, want %s", got, o.promise)
		}
	}
	o.until(o.promise)
	v := o.see(o.ana, o.x)
	if v.State != decisions.Closed || v.ClosedAt != o.promise {
		o.t.Fatalf("it is %s since %s, want closed at %s", v.State, v.ClosedAt, o.promise)
	}
	for p, from := range o.from {
		if had := o.hours(p).Between(from.Time(), v.ClosedAt.Time()); had < o.fair {
			o.t.Errorf("somebody had %s of %s", had, o.fair)
		}
	}
}

func (o *trial) somebody(name string) id.ID {
	o.t.Helper()
	a := o.person(name, actor.Member, zones[o.r.IntN(len(zones))])
	o.must(o.d.Write(o.t.Context(), o.ws, func(ctx context.Context, tx *db.Tx) error {
		return o.people.SetHoursTx(ctx, tx, a.Person, a.Person, worktime.Spec{Zone: zones[o.r.IntN(len(zones))], Weekly: weeks[o.r.IntN(len(weeks))]})
	}))
	o.actors[a.Person] = a
	if o.r.IntN(3) == 0 {
		o.away(a)
	}
	return a.Person
}

// away begins now or later, and lasts for some days.
func (o *trial) away(a actor.Actor) {
	o.t.Helper()
	day := o.clock.Now().Time().AddDate(0, 0, o.r.IntN(5))
	_, err := o.people.AddAbsence(o.t.Context(), a, people.NewAbsence{From: day.Format(time.DateOnly), To: day.AddDate(0, 0, o.r.IntN(12)).Format(time.DateOnly)})
	o.must(err)
}

// something happens: an absence, somebody who comes late, or a vote.
func (o *trial) something(round int) {
	o.t.Helper()
	list := o.waiting()
	if len(list) == 0 {
		return
	}
	who := list[o.r.IntN(len(list))]
	switch o.r.IntN(3) {
	case 0:
		o.away(o.actors[who])
	case 1:
		late := o.somebody(fmt.Sprintf("Late %d of %d", o.r.IntN(1e9), round))
		o.must(o.dec.Invite(o.t.Context(), o.ana, o.x, decisions.Invited{People: []id.ID{late}}))
		o.from[late] = o.clock.Now()
	default:
		o.vote(o.actors[who], o.x, choose("A"))
		delete(o.from, who)
	}
}

// waiting lists who has not voted, in an order that is the same each time.
func (o *trial) waiting() (out []id.ID) {
	list, _, err := o.dec.Voters(o.t.Context(), o.ana, o.x, id.ID{}, 100)
	o.must(err)
	for _, v := range list {
		if !v.Voted {
			out = append(out, v.Person)
		}
	}
	return out
}

func (o *trial) hours(p id.ID) *worktime.Schedule {
	h, err := o.people.Hours(o.t.Context(), o.d, o.ws, p)
	o.must(err)
	return h
}

// expect works out by itself when it must end, and that no earlier instant would do.
func (o *trial) expect() {
	for p, from := range o.from {
		at, err := o.hours(p).Add(from.Time(), o.fair)
		o.must(err)
		o.promise = max(o.promise, clock.Up(at))
		if before := clock.Up(at).Time().Add(-time.Microsecond); o.hours(p).Between(from.Time(), before) >= o.fair {
			o.t.Fatalf("somebody has had %s before %s", o.fair, at)
		}
	}
}
