package brainstorms_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/feature/brainstorms"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// phaseOf reads where a brainstorm stands, and when that ends.
func (h *house) phaseOf(x id.ID) (brainstorms.Phase, string) {
	h.t.Helper()
	row, ok, err := db.One[struct {
		Phase  brainstorms.Phase
		EndsAt clock.Instant
	}](h.t.Context(), h.db, `SELECT phase, ends_at FROM brainstorms WHERE workspace_id = $1 AND id = $2`, h.ws, x)
	h.must(err)
	if !ok {
		h.t.Fatal("there is no such brainstorm")
	}
	if row.EndsAt.IsZero() {
		return row.Phase, "-"
	}
	return row.Phase, row.EndsAt.String()
}

// A brainstorm goes through all its phases by itself, and ends with tasks.
func TestABrainstormByItself(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		x := h.begin(nil)
		if got := h.owed(x); got != len(h.all) {
			t.Errorf("%d are asked for ideas, want %d", got, len(h.all))
		}
		// Taipei is last: two hours are left of its Monday, and two more end on its Tuesday
		// at 11:00, which is 03:00 UTC.
		if p, end := h.phaseOf(x); p != brainstorms.Collect || end != "2026-10-06T03:00:00Z" {
			t.Errorf("got %s until %s, want collect until 2026-10-06T03:00:00Z", p, end)
		}
		for n, a := range h.all {
			h.write(a, x, "Idea number "+string(rune('A'+n)))
		}
		h.pass(30 * time.Hour)
		if p, _ := h.phaseOf(x); p != brainstorms.Refine && p != brainstorms.Cluster {
			t.Fatalf("after its end it stands at %s", p)
		}
		ideas := h.board(h.ana, x).Ideas
		if len(ideas) != len(h.all) || ideas[0].N == 0 {
			t.Fatalf("%d ideas are revealed, want %d", len(ideas), len(h.all))
		}
		for p, _ := h.phaseOf(x); p != brainstorms.Vote; p, _ = h.phaseOf(x) {
			h.step(x, p)
		}
		h.must(h.storms.Vote(t.Context(), h.all[1], x, []brainstorms.Mark{{Idea: notBy(ideas, h.all[1]).ID, Value: 2}}))
		for _, a := range h.all {
			h.must(h.storms.Done(t.Context(), a, x, brainstorms.Vote, true))
		}
		if p, _ := h.phaseOf(x); p != brainstorms.Act {
			t.Fatalf("all are done with voting, and it stands at %s", p)
		}
		b := h.board(h.all[2], x)
		best := notBy(ideas, h.all[1]).ID
		if r := b.Results[best]; r == nil || r.Rank != 1 || r.Score != 2 || r.Voters != 1 {
			t.Errorf("the result of the best is %+v", r)
		}
		o, err := h.storms.Become(t.Context(), h.ana, x, brainstorms.NewOutcome{Kind: brainstorms.Task, Ideas: []id.ID{best}, Owner: h.ana.Person, Window: "2d"})
		h.must(err)
		if _, err := h.storms.Become(t.Context(), h.ana, x, brainstorms.NewOutcome{Kind: brainstorms.Decision, Ideas: []id.ID{best}}); !fault.Is(err, "no_decisions") {
			t.Errorf("without decisions: %v", err)
		}
		h.storms.DecideBy(asked(func(q brainstorms.Question) string {
			if q.Space != h.space || len(q.People) != len(h.all) || len(q.Options) != 1 || q.Title == "" {
				t.Errorf("asked to decide %+v", q)
			}
			return "/decisions/1"
		}))
		if d, err := h.storms.Become(t.Context(), h.ana, x, brainstorms.NewOutcome{Kind: brainstorms.Decision, Ideas: []id.ID{best}}); err != nil || d.Path != "/decisions/1" {
			t.Errorf("a decision: %+v, %v", d, err)
		}
		th, err := h.storms.Become(t.Context(), h.ana, x, brainstorms.NewOutcome{Kind: brainstorms.Thread, Ideas: []id.ID{best}, Title: "More on this"})
		h.must(err)
		if err := h.storms.End(t.Context(), h.ana, x, "", false); !fault.Is(err, "sure") {
			t.Errorf("ending asks first: %v", err)
		}
		h.must(h.storms.End(t.Context(), h.ana, x, "It was worth it.", true))
		thread, err := h.spaces.Thread(t.Context(), h.db, h.ana, threadOf(t, h, x))
		h.must(err)
		for _, want := range []string{"It was worth it.", "The best of 6 ideas", "2 dots", o.Path, th.Path} {
			if !strings.Contains(thread.ConclusionMarkdown, want) {
				t.Errorf("the conclusion lacks %q: %s", want, thread.ConclusionMarkdown)
			}
		}
		waiting, err := h.asks.HeldWaiting(t.Context(), h.db, h.ws, asks.Thing{Kind: brainstorms.TaskKind, ID: o.ID})
		h.must(err)
		if len(waiting) != 1 || waiting[0] != h.ana.Person {
			t.Errorf("the task waits for %v", waiting)
		}
		h.must(h.storms.DidTask(t.Context(), h.ana, x, o.ID, true))
		if r := h.board(h.all[3], x).Results[best]; r == nil || r.Rank != 1 {
			t.Errorf("after the end the result is %+v", r)
		}
	})
}

func notBy(list []brainstorms.Idea, a actor.Actor) brainstorms.Idea {
	for _, i := range list {
		if i.Author != a.Person {
			return i
		}
	}
	return brainstorms.Idea{}
}

func threadOf(t *testing.T, h *house, x id.ID) id.ID {
	t.Helper()
	th, _, err := db.One[id.ID](t.Context(), h.db, `SELECT thread_id FROM brainstorms WHERE workspace_id = $1 AND id = $2`, h.ws, x)
	h.must(err)
	return th
}

// While ideas are hidden nobody sees another's, and the log grows by nothing.
func TestWhatIsHidden(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		for _, anonymous := range []bool{false, true} {
			x := h.begin(func(n *brainstorms.NewBrainstorm) { n.Settings.Anonymous = anonymous })
			before := h.head()
			i := h.write(h.all[1], x, "A secret thought")
			if again := h.write(h.all[1], x, "A secret thought"); again.ID != i.ID {
				t.Error("the same key made a second idea")
			}
			if got := h.events(before); len(got) != 0 {
				t.Errorf("a hidden idea told the log: %+v", got)
			}
			if got := h.board(h.ana, x); len(got.Ideas) != 0 {
				t.Errorf("the facilitator sees a hidden idea: %+v", got.Ideas)
			}
			if got := h.board(h.all[1], x); len(got.Ideas) != 1 {
				t.Errorf("the author sees %d ideas, want 1", len(got.Ideas))
			}
			text := "Changed by another"
			if _, err := h.storms.Change(t.Context(), h.ana, x, i.ID, brainstorms.IdeaChange{Text: &text}); !fault.IsKind(err, fault.NotFound) {
				t.Errorf("a hidden idea of another is there to be changed: %v", err)
			}
			if _, err := h.storms.Suggest(t.Context(), h.ana, x); !fault.Is(err, "hidden_still") {
				t.Errorf("groups are suggested of hidden ideas: %v", err)
			}
			h.step(x, brainstorms.Collect)
			late := h.write(h.all[2], x, "And one more")
			if !late.Late || late.N != 2 {
				t.Errorf("a late idea is %+v", late)
			}
			for _, e := range h.events(before) {
				if anonymous && e.Kind == brainstorms.EventBoard && !e.Actor.IsZero() {
					t.Errorf("an anonymous idea names its author in the log: %+v", e)
				}
			}
			for _, i := range h.board(h.ana, x).Ideas {
				if anonymous != i.Author.IsZero() {
					t.Errorf("anonymous is %v and the author is %v", anonymous, i.Author)
				}
			}
		}
	})
}

// Merging keeps both texts, and can be undone; a vote on what holds one's own is refused.
func TestMergeMoveAndVote(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		x := h.begin(func(n *brainstorms.NewBrainstorm) { n.Settings.ByHand = true })
		a, b, c := h.write(h.all[1], x, "One"), h.write(h.all[2], x, "Two"), h.write(h.all[3], x, "Three")
		h.step(x, brainstorms.Collect)
		ctx := t.Context()
		g, err := h.storms.MakeGroup(ctx, h.ana, x, brainstorms.NewGroup{Name: "Both", Ideas: []id.ID{a.ID, b.ID}})
		h.must(err)
		since := version(h.t, h, x)
		if _, err := h.storms.Move(ctx, h.all[5], x, c.ID, g.ID, a.ID); err != nil {
			t.Fatal(err)
		}
		part, err := h.storms.Board(ctx, h.ana, x, since)
		h.must(err)
		if part.Whole || len(part.Ideas) != 1 || part.Ideas[0].ID != c.ID || part.Ideas[0].Group != g.ID {
			t.Errorf("what changed is %+v", part.Ideas)
		}
		if list := inGroup(h.board(h.ana, x), g.ID); len(list) != 3 || list[0] != c.ID || list[1] != a.ID {
			t.Errorf("the group holds %v", list)
		}
		h.must(h.storms.Merge(ctx, h.ana, x, a.ID, b.ID))
		h.must(h.storms.Merge(ctx, h.ana, x, b.ID, c.ID))
		h.must(h.storms.Part(ctx, h.ana, x, b.ID))
		if list := inGroup(h.board(h.ana, x), g.ID); len(list) != 2 {
			t.Errorf("after merging one into another, %v stand", list)
		}
		h.must(h.storms.Remark(ctx, h.all[4], x, b.ID, brainstorms.NewNote{Key: "1", Kind: "con", Text: "Costs much"}))
		h.step(x, brainstorms.Cluster)
		h.step(x, brainstorms.Refine)
		for who, code := range map[int]string{1: "own_idea", 2: "own_idea", 3: ""} {
			err := h.storms.Vote(ctx, h.all[who], x, []brainstorms.Mark{{Idea: b.ID, Value: 1}})
			if code == "" && err != nil || code != "" && !fault.Is(err, code) {
				t.Errorf("person %d votes: %v, want %q", who, err, code)
			}
		}
		if err := h.storms.Vote(ctx, h.all[3], x, []brainstorms.Mark{{Idea: a.ID, Value: 1}}); !fault.IsKind(err, fault.NotFound) {
			t.Errorf("a vote on a merged idea: %v", err)
		}
		if got := h.board(h.all[4], x); len(got.Ballot) != 0 || got.Results != nil {
			t.Errorf("votes are seen before the close: %+v %+v", got.Ballot, got.Results)
		}
		if err := h.storms.Step(ctx, h.ana, x, brainstorms.Turn{From: brainstorms.Vote, Back: true}); !fault.Is(err, "sure") {
			t.Errorf("going back warns: %v", err)
		}
		h.must(h.storms.Step(ctx, h.ana, x, brainstorms.Turn{From: brainstorms.Vote, Back: true, Sure: true}))
		if p, _ := h.phaseOf(x); p != brainstorms.Refine {
			t.Errorf("back from voting it stands at %s", p)
		}
		if err := h.storms.Step(ctx, h.all[1], x, brainstorms.Turn{From: brainstorms.Refine}); !fault.Is(err, "facilitator_only") {
			t.Errorf("somebody else steps: %v", err)
		}
		if err := h.storms.Step(ctx, h.ana, x, brainstorms.Turn{From: brainstorms.Vote}); !fault.Is(err, "stepped_already") {
			t.Errorf("a second press: %v", err)
		}
	})
}

func version(t testing.TB, h *house, x id.ID) int64 {
	t.Helper()
	v, _, err := db.One[int64](t.Context(), h.db, `SELECT version FROM brainstorms WHERE workspace_id = $1 AND id = $2`, h.ws, x)
	h.must(err)
	return v
}

func inGroup(b *brainstorms.Board, g id.ID) (out []id.ID) {
	for _, i := range b.Ideas {
		if i.Group == g && i.Merged.IsZero() {
			out = append(out, i.ID)
		}
	}
	return out
}

// An absence that begins meanwhile moves the end, and so do late invitees; whoever is
// done holds nobody up.
func TestTheEndIsFair(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		x := h.begin(nil)
		h.write(h.all[1], x, "Something")
		_, err := h.people.AddAbsence(ctx, h.all[3], people.NewAbsence{From: "2026-10-05", To: "2026-10-06"})
		h.must(err)
		h.settle()
		if _, end := h.phaseOf(x); end != "2026-10-07T17:00:00Z" { // New York's Wednesday
			t.Errorf("with New York away it ends at %s", end)
		}
		h.must(h.storms.Done(ctx, h.all[3], x, "", true))
		if _, end := h.phaseOf(x); end != "2026-10-06T03:00:00Z" {
			t.Errorf("with New York done it ends at %s", end)
		}
		h.clock.Set(h.clock.Now().Add(4 * time.Hour))
		late := h.person(people.NewPerson{Name: "Late", Zone: "Pacific/Honolulu"})
		h.must(h.storms.Invite(ctx, h.ana, x, []id.ID{late.Person}, nil))
		if _, end := h.phaseOf(x); end != "2026-10-06T03:00:00Z" { // Honolulu has its share by Monday 23:00 UTC
			t.Errorf("with Honolulu invited it ends at %s", end)
		}
		if got := h.owed(x); got != len(h.all) {
			t.Errorf("%d are asked, want %d", got, len(h.all))
		}
	})
}

// Where nobody wrote anything, a brainstorm waits for its facilitator.
func TestWithoutIdeasItWaits(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		x := h.begin(nil)
		h.pass(48 * time.Hour)
		if p, end := h.phaseOf(x); p != brainstorms.Collect || end != "-" {
			t.Errorf("without ideas it stands at %s until %s", p, end)
		}
		n := 0
		for _, e := range h.events(0) {
			if e.Kind == brainstorms.EventWaiting {
				n++
			}
		}
		if n != 1 {
			t.Errorf("the facilitator was told %d times, want once", n)
		}
	})
}

// What ends is forgotten: marks, key and ballots.
func TestTheEndForgets(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		x := h.begin(func(n *brainstorms.NewBrainstorm) { n.Settings.Anonymous, n.Settings.ByHand = true, true })
		i := h.write(h.all[1], x, "Mine to claim")
		h.write(h.all[2], x, "Nobody's")
		for _, p := range []brainstorms.Phase{brainstorms.Collect, brainstorms.Cluster, brainstorms.Refine} {
			h.step(x, p)
		}
		h.must(h.storms.Vote(t.Context(), h.all[3], x, []brainstorms.Mark{{Idea: i.ID, Value: 3}}))
		h.step(x, brainstorms.Vote)
		h.must(h.storms.Claim(t.Context(), h.all[1], x, i.ID, true))
		if err := h.storms.Claim(t.Context(), h.all[2], x, i.ID, true); !fault.Is(err, "not_yours") {
			t.Errorf("somebody claims another's: %v", err)
		}
		h.must(h.storms.End(t.Context(), h.ana, x, "", true))
		for what, query := range map[string]string{
			"keys": `SELECT COUNT(*) FROM brainstorms WHERE workspace_id = $1 AND secret IS NOT NULL`, "ballots": `SELECT COUNT(*) FROM brainstorms_ballots WHERE workspace_id = $1`,
			"marks": `SELECT COUNT(*) FROM brainstorms_ideas WHERE workspace_id = $1 AND author_mark IS NOT NULL`,
		} {
			n, _, err := db.One[int64](t.Context(), h.db, query, h.ws)
			h.must(err)
			if n != 0 {
				t.Errorf("%d %s are left", n, what)
			}
		}
		for _, o := range h.board(h.ana, x).Ideas {
			if claimed := o.ID == i.ID; claimed != (o.Author == h.all[1].Person) {
				t.Errorf("%q is by %v", o.Text, o.Author)
			}
		}
	})
}

// A pulse that is cut off at any statement leaves all or nothing, and the next one does
// what is left once.
func TestAPhaseChangesOnce(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		x := h.begin(nil)
		h.write(h.all[1], x, "Something")
		h.clock.Set(h.clock.Now().Add(24 * time.Hour))
		done := make(chan error, 4)
		for range 4 {
			go func() { done <- h.storms.Elapse(t.Context()) }()
		}
		for range 4 {
			h.must(<-done)
		}
		n := 0
		for _, e := range h.events(0) {
			if e.Kind == brainstorms.EventPhase {
				n++
			}
		}
		if p, _ := h.phaseOf(x); p != brainstorms.Cluster || n != 1 {
			t.Errorf("it stands at %s after %d changes of phase, want cluster after 1", p, n)
		}
	})
}

// asked is where decisions are made in these tests.
type asked func(brainstorms.Question) string

func (f asked) DecideTx(_ context.Context, _ *db.Tx, _ actor.Actor, q brainstorms.Question) (string, error) {
	return f(q), nil
}
