package brainstorms_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/feature/brainstorms"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

// scene is what a process that is to die needs to know of the house.
type scene struct {
	WS, Space id.ID
	Storm     id.ID
	All       []id.ID
}

func (h *house) enter(s scene) *house {
	h.WS = s.WS
	h.ws, h.space = s.WS, s.Space
	for _, x := range s.All {
		h.all = append(h.all, actor.Actor{Workspace: s.WS, Person: x, Role: actor.Member})
	}
	h.ana = h.all[0]
	return h
}

// A process is killed before each of its writes, one process a write; the next one takes
// over. No idea that was acknowledged is lost, none is there twice, each phase begins
// once, and who is asked is asked for the phase that it is.
func TestPhasesSurviveAKill(t *testing.T) {
	testkit.Deaths[scene]{
		Least: 40, Every: map[db.Engine]int{db.SQLite: 9, db.Postgres: 23},
		Begin: func(t *testing.T, d *db.DB, c *clock.Machine) scene {
			h := stand(t, d, c).furnish()
			x := h.begin(nil)
			h.settle()
			return scene{WS: h.ws, Space: h.space, Storm: x, All: ids(h.all)}
		},
		// Everybody writes an idea, and the phases follow each other by themselves.
		Live: func(t *testing.T, d *db.DB, c *clock.Machine, s scene) {
			h := stand(t, d, c).enter(s)
			for k, a := range h.all {
				h.write(a, s.Storm, fmt.Sprintf("Idea %d", k))
				fmt.Printf("wrote=%d\n", k)
			}
			h.pass(5 * 24 * time.Hour)
		},
		After: func(t *testing.T, d *db.DB, c *clock.Machine, s scene, died testkit.Death) {
			h := stand(t, d, c).enter(s)
			for k, a := range h.all { // whoever got no answer tries again
				idea := fmt.Sprintf("Idea %d", k)
				if _, err := h.storms.Write(t.Context(), a, s.Storm, brainstorms.NewIdea{Key: idea, Text: idea}); err != nil && !strings.Contains(died.Said, fmt.Sprintf("wrote=%d\n", k)) {
					t.Errorf("killed at write %d: %v", died.At, err)
				}
			}
			h.pass(5 * 24 * time.Hour)
			h.checkAfter(s, died.At)
		},
	}.Run(t)
}

func (h *house) checkAfter(s scene, at int) {
	h.t.Helper()
	if p, _ := h.phaseOf(s.Storm); p != brainstorms.Act {
		h.t.Errorf("killed at write %d: it stands at %s", at, p)
	}
	var numbers []int64
	for _, i := range h.board(h.ana, s.Storm).Ideas {
		numbers = append(numbers, i.N)
	}
	slices.Sort(numbers)
	if !slices.Equal(numbers, []int64{1, 2, 3, 4, 5, 6}) {
		h.t.Errorf("killed at write %d: the ideas have the numbers %v", at, numbers)
	}
	times := map[string]int{}
	for _, e := range h.events(0) {
		if e.Kind == brainstorms.EventPhase {
			var to brainstorms.PhaseChanged
			h.must(e.Decode(&to))
			times[string(to.To)]++
		}
	}
	if fmt.Sprint(times) != "map[act:1 cluster:1 refine:1 vote:1]" {
		h.t.Errorf("killed at write %d: the phases began %v", at, times)
	}
	waiting, err := h.asks.HeldWaiting(h.t.Context(), h.db, h.ws, asks.Thing{Kind: brainstorms.Kind, ID: s.Storm})
	h.must(err)
	if !slices.Equal(waiting, []id.ID{h.ana.Person}) {
		h.t.Errorf("killed at write %d: %d people are asked at the end, want the facilitator", at, len(waiting))
	}
}
