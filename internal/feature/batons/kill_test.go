package batons_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/feature/batons"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

// scene is what a process that is to die needs to know of the house.
type scene struct {
	WS, Space, Chain id.ID
	Baton            id.ID
	People           []id.ID // Ana, Kofi, Mei, Liam
	From             clock.Instant
}

func (h *house) enter(s scene) *house {
	h.WS = s.WS
	h.ws, h.space, h.chain = s.WS, s.Space, s.Chain
	for i, a := range []*actor.Actor{&h.ana, &h.kofi, &h.mei, &h.liam} {
		*a = actor.Actor{Workspace: s.WS, Person: s.People[i], Role: actor.Member}
	}
	return h
}

// live takes a baton from Kofi past Liam, who misses it, to Mei, who is not relieved by
// Ana and ends it. Each does what has not been done yet. said is told how late it is.
func (h *house) live(from clock.Instant, baton id.ID, said func(clock.Instant)) {
	h.t.Helper()
	ctx := h.t.Context()
	for _, step := range []struct {
		at   string
		when func(*batons.Baton) bool
		do   func() (*batons.Baton, error)
	}{
		{"Mon 14:30", func(b *batons.Baton) bool { return b.Legs == 0 }, func() (*batons.Baton, error) {
			return h.batons.HandOn(ctx, h.kofi, baton, h.byChain(), nil)
		}},
		{"Tue 02:00", func(b *batons.Baton) bool { return b.OfferedTo == h.mei.Person }, func() (*batons.Baton, error) {
			return h.batons.Accept(ctx, h.mei, baton, "On it.")
		}},
		{"Tue 08:30", func(b *batons.Baton) bool { return b.Legs == 2 }, func() (*batons.Baton, error) {
			return h.batons.HandOn(ctx, h.mei, baton, batons.Whom{To: h.ana.Person, Window: "1h"}, &batons.Note{Stands: "Nearly done."})
		}},
		{"Wed 02:00", func(b *batons.Baton) bool { return b.State == batons.Held }, func() (*batons.Baton, error) {
			return h.batons.End(ctx, h.mei, baton, "All are moved.")
		}},
	} {
		if at := h.after(from, step.at); at > h.clock.Now() {
			h.until(at)
		}
		said(h.clock.Now())
		b, _, err := h.batons.Read(ctx, h.db, h.ana, baton)
		if h.must(err); step.when(b) {
			_, err = step.do()
			h.must(err)
		}
		h.settle()
	}
}

// A process is killed before its writes, one process a write; the next one goes on. The
// baton goes the same way each time: nothing of it is lost, told twice or offered twice.
func TestABatonSurvivesAKillAtEveryWrite(t *testing.T) {
	testkit.Deaths[scene]{
		Least: 40, Every: map[db.Engine]int{db.SQLite: 13, db.Postgres: 31},
		Begin: func(t *testing.T, d *db.DB, c *clock.Machine) scene {
			h := stand(t, d, c).furnish()
			b := h.open(h.kofi, batons.Whom{})
			h.settle()
			return scene{
				WS: h.ws, Space: h.space, Chain: h.chain, Baton: b.ID, From: c.Now(),
				People: []id.ID{h.ana.Person, h.kofi.Person, h.mei.Person, h.liam.Person},
			}
		},
		Live: func(t *testing.T, d *db.DB, c *clock.Machine, s scene) {
			stand(t, d, c).enter(s).live(s.From, s.Baton, func(at clock.Instant) { fmt.Printf("at=%d\n", int64(at)) })
		},
		After: func(t *testing.T, d *db.DB, c *clock.Machine, s scene, died testkit.Death) {
			for line := range strings.SplitSeq(died.Said, "\n") { // it goes on when it was
				if text, ok := strings.CutPrefix(line, "at="); ok {
					now, err := strconv.ParseInt(text, 10, 64)
					if err != nil {
						t.Fatal(err)
					}
					c.Set(clock.Instant(now))
				}
			}
			h := stand(t, d, c).enter(s)
			h.live(s.From, s.Baton, func(clock.Instant) {})
			h.checkAfter(s, died.At)
		},
	}.Run(t)
}

func (h *house) checkAfter(s scene, at int) {
	h.t.Helper()
	b, _, err := h.batons.Read(h.t.Context(), h.db, h.ana, s.Baton)
	h.must(err)
	if got, want := h.fate(b), "Lia missed, Mei accepted, Ana missed"; got != want || b.State != batons.Ended || b.Holder != h.mei.Person {
		h.t.Errorf("killed at write %d: its way is %q, want %q; it is %s with %s", at, got, want, b.State, h.name(b.Holder))
	}
	waiting, err := h.asks.HeldWaiting(h.t.Context(), h.db, h.ws, asks.Thing{Kind: "baton", ID: b.ID})
	if h.must(err); len(waiting) > 0 {
		h.t.Errorf("killed at write %d: %d people are asked at the end", at, len(waiting))
	}
	log, err := event.After(h.t.Context(), h.db, h.ws, 0, 10_000)
	h.must(err)
	times := map[string]int{}
	for _, e := range log {
		times[e.Kind]++
	}
	for kind, want := range map[string]int{
		batons.EventOffered: 3, batons.EventMissed: 1, batons.EventAccepted: 1, batons.EventCameBack: 1, batons.EventEnded: 1,
		asks.EventAsked: 3, spaces.EventThreadConcluded: 1,
	} {
		if times[kind] != want {
			h.t.Errorf("killed at write %d: %s was told %d times, want %d", at, kind, times[kind], want)
		}
	}
}
