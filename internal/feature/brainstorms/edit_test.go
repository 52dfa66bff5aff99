package brainstorms_test

import (
	"fmt"
	"testing"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/feature/brainstorms"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

func ptr[T any](v T) *T { return &v }

// edit changes something and says with which code that was refused, if it was.
func (h *house) edit(x id.ID, e brainstorms.Edit) string {
	h.t.Helper()
	err := h.storms.Edit(h.t.Context(), h.ana, x, e)
	if f := fault.As(err); f != nil {
		return f.Code
	}
	h.must(err)
	return ""
}

// What people have acted upon stays; the rest can be changed, and is told.
func TestWhatMayStillBeChanged(t *testing.T) {
	likes := brainstorms.VoteRule{Method: brainstorms.Like}
	scale := brainstorms.VoteRule{Method: brainstorms.Scale}
	engines(t, func(t *testing.T, h *house) {
		x := h.begin(func(n *brainstorms.NewBrainstorm) { n.Settings.ByHand, n.Settings.HideCount = true, true })
		want := func(name string, e brainstorms.Edit, code string) {
			t.Helper()
			if got := h.edit(x, e); got != code {
				t.Errorf("%s: refused with %q, want %q", name, got, code)
			}
		}
		want("names for ideas", brainstorms.Edit{Anonymous: ptr(true)}, "fixed_anonymous")
		want("the same again", brainstorms.Edit{Anonymous: ptr(false)}, "")
		want("show the number before there is any", brainstorms.Edit{HideCount: ptr(false)}, "")
		want("hide it again", brainstorms.Edit{HideCount: ptr(true)}, "")
		idea := h.write(h.all[1], x, "One")
		want("show a number that was promised to be hidden", brainstorms.Edit{HideCount: ptr(false)}, "fixed_hide_count")
		since := h.head()
		want("the question", brainstorms.Edit{Title: ptr("How do we hand over?"), Vote: &likes}, "")
		told := brainstorms.Changed{}
		for _, e := range h.events(since) {
			if e.Kind == brainstorms.EventChanged {
				h.must(e.Decode(&told))
			}
		}
		if fmt.Sprint(told.What) != "[title vote]" {
			t.Errorf("told of %v, want the title and the vote", told.What)
		}
		threads, err := db.All[string](t.Context(), h.db, `SELECT title FROM spaces_threads WHERE workspace_id = $1`, h.ws)
		h.must(err)
		asked, err := db.All[string](t.Context(), h.db, `SELECT text FROM asks WHERE workspace_id = $1`, h.ws)
		h.must(err)
		if fmt.Sprint(threads) != "[How do we hand over?]" || fmt.Sprint(asked) != "[Write down your ideas: How do we hand over?]" {
			t.Errorf("the question is read as %q in the thread and %q in the asks", threads, asked)
		}
		h.step(x, brainstorms.Collect)
		want("hide what is open", brainstorms.Edit{HideCount: ptr(false)}, "fixed_hide_count")
		want("another vote before it opens", brainstorms.Edit{Vote: &scale}, "")
		want("no way to vote", brainstorms.Edit{Vote: &brainstorms.VoteRule{Method: "shouting"}}, "method")
		h.step(x, brainstorms.Cluster)
		h.step(x, brainstorms.Refine)
		want("another vote while it is voted", brainstorms.Edit{Vote: &likes}, "fixed_vote")
		want("another question while it is voted", brainstorms.Edit{Prompt: ptr("Otherwise.")}, "fixed_prompt")
		h.must(h.storms.Vote(t.Context(), h.ana, x, []brainstorms.Mark{{Idea: idea.ID, Value: 3}}))
		h.must(h.storms.Step(t.Context(), h.ana, x, brainstorms.Turn{From: brainstorms.Vote, Back: true, Sure: true}))
		want("another vote once votes are given", brainstorms.Edit{Vote: &likes}, "fixed_vote")
		if err := h.storms.Edit(t.Context(), h.all[1], x, brainstorms.Edit{Title: ptr("Mine")}); !fault.Is(err, "facilitator_only") {
			t.Errorf("somebody else: %v", err)
		}
	})
}

// A fixed end is fair to some only; the forecast of a change says to whom it is not.
func TestAFixedEndIsForecast(t *testing.T) {
	c := clock.Still(testkit.Monday)
	h := stand(t, testkit.SQLite(t, c), c).furnish()
	x := h.begin(nil)
	// Monday, 16:00 UTC: Sydney's day is over soon after the begin, New York's is half gone.
	until := testkit.Monday.Add(9 * time.Hour)
	plan := []brainstorms.Step{{Phase: brainstorms.Collect, Until: clock.At(until)}, {Phase: brainstorms.Vote, Window: "2h"}}
	ahead, err := h.storms.ForecastChange(t.Context(), h.ana, x, &plan, nil)
	h.must(err)
	if len(ahead) != 2 || ahead[0].End != clock.At(until) || len(ahead[0].Hours) != 6 || len(ahead[1].Shares) != 6 {
		t.Fatalf("ahead lie %+v", ahead)
	}
	if sydney := ahead[0].Hours[h.all[5].Person]; sydney > time.Hour {
		t.Errorf("Sydney has %s, want an hour at most", sydney)
	}
	if berlin := ahead[0].Hours[h.all[1].Person]; berlin < 7*time.Hour {
		t.Errorf("Berlin has %s, want the whole day", berlin)
	}
	if _, err := h.storms.ForecastChange(t.Context(), h.all[1], x, &plan, nil); !fault.Is(err, "facilitator_only") {
		t.Errorf("somebody else: %v", err)
	}
	if got := h.edit(x, brainstorms.Edit{Plan: &plan}); got != "" {
		t.Errorf("a fixed end is refused with %q", got)
	}
	h.pass(9*time.Hour + time.Minute)
	if p, _ := h.phaseOf(x); p != brainstorms.Collect {
		t.Errorf("without ideas it went on to %s", p)
	}
}

// People are divided anew, or not at all, until somebody has written in a room.
func TestRoomsAreTakenBack(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		for n := range 4 {
			h.all = append(h.all, h.person(people.NewPerson{Name: fmt.Sprintf("More %d", n), Role: actor.Member, Zone: zones[n]}))
		}
		x := h.begin(nil)
		divide := func() []id.ID {
			h.must(h.storms.Divide(t.Context(), h.ana, x, brainstorms.Mixture, nil))
			rooms, err := db.All[id.ID](t.Context(), h.db, `SELECT id FROM brainstorms WHERE parent_id = $1 AND ended_at IS NULL ORDER BY id`, x)
			h.must(err)
			return rooms
		}
		first := divide()
		second := divide()
		if len(first) != 2 || len(second) != 2 || first[0] == second[0] || h.owed(first[0]) != 0 || h.owed(second[0]) != 5 {
			t.Errorf("divided into %v and then %v, asking %d and %d", first, second, h.owed(first[0]), h.owed(second[0]))
		}
		h.must(h.storms.Undivide(t.Context(), h.ana, x))
		if h.owed(x) != 10 {
			t.Errorf("the whole asks %d people, want all ten", h.owed(x))
		}
		rooms := divide()
		for _, a := range h.all {
			_, _ = h.storms.Write(t.Context(), a, rooms[0], brainstorms.NewIdea{Key: "k", Text: "Here"})
		}
		if err := h.storms.Undivide(t.Context(), h.ana, x); !fault.Is(err, "fixed_rooms") {
			t.Errorf("rooms with ideas were taken away: %v", err)
		}
		if got := h.edit(rooms[0], brainstorms.Edit{Title: ptr("Ours")}); got != "fixed_title" {
			t.Errorf("a room got a question of its own: %q", got)
		}
		if got := h.edit(x, brainstorms.Edit{Title: ptr("All of us")}); got != "" {
			t.Error(got)
		}
		titles, err := db.All[string](t.Context(), h.db, `SELECT DISTINCT title FROM brainstorms WHERE ended_at IS NULL`)
		h.must(err)
		if len(titles) != 1 {
			t.Errorf("the rooms ask %q", titles)
		}
	})
}

// A group that is brought back stands where it was, with what was in it.
func TestAGroupIsBroughtBack(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		x := h.begin(func(n *brainstorms.NewBrainstorm) { n.Settings.ByHand = true })
		one, two := h.write(h.ana, x, "One"), h.write(h.ana, x, "Two")
		h.step(x, brainstorms.Collect)
		first, err := h.storms.MakeGroup(ctx, h.ana, x, brainstorms.NewGroup{Name: "First", Ideas: []id.ID{one.ID, two.ID}})
		h.must(err)
		second, err := h.storms.MakeGroup(ctx, h.ana, x, brainstorms.NewGroup{Name: "Second"})
		h.must(err)
		h.must(h.storms.DropGroup(ctx, h.ana, x, first.ID))
		_, err = h.storms.Move(ctx, h.all[1], x, two.ID, second.ID, id.ID{})
		h.must(err)
		h.must(h.storms.RestoreGroup(ctx, h.ana, x, first.ID, []id.ID{one.ID, two.ID}))
		since := h.head()
		h.must(h.storms.RestoreGroup(ctx, h.ana, x, first.ID, nil)) // again changes nothing
		b := h.board(h.ana, x)
		if len(b.Groups) != 2 || b.Groups[0].ID != first.ID && b.Groups[1].ID != first.ID || h.head() != since {
			t.Errorf("the groups are %+v", b.Groups)
		}
		for _, i := range b.Ideas {
			if want := map[id.ID]id.ID{one.ID: first.ID, two.ID: second.ID}[i.ID]; i.Group != want {
				t.Errorf("%q is in group %s, want %s", i.Text, i.Group, want)
			}
		}
		if err := h.storms.RestoreGroup(ctx, h.ana, x, id.New(h.clock.Now()), nil); !fault.IsKind(err, fault.NotFound) {
			t.Errorf("a group that never was: %v", err)
		}
	})
}
