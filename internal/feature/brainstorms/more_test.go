package brainstorms_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/feature/brainstorms"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

// reply sends what a mail said to a brainstorm.
func (h *house) reply(a actor.Actor, x id.ID, w describe.Words) (did describe.Did, err error) {
	h.t.Helper()
	err = h.db.Write(h.t.Context(), h.ws, func(ctx context.Context, tx *db.Tx) error {
		did, err = h.storms.Repliers()[brainstorms.Kind].ReplyTx(ctx, tx, a, x, w)
		return err
	})
	return did, err
}

func words(s string) describe.Words {
	line, rest, _ := strings.Cut(s, "\n")
	return describe.Words{Line: line, Rest: rest, Text: s}
}

func TestByMail(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		x := h.begin(func(n *brainstorms.NewBrainstorm) { n.Settings.ByHand = true })
		for range 2 { // a mail that comes twice
			did, err := h.reply(h.all[1], x, words("- one thought\n- another"))
			h.must(err)
			if !did.Thread.IsZero() || strings.Contains(did.Said+did.Left, "thought") {
				t.Errorf("the answer to a hidden idea says %+v", did)
			}
		}
		if n := len(h.board(h.all[1], x).Ideas); n != 2 {
			t.Errorf("%d ideas came by mail, want 2", n)
		}
		h.write(h.all[2], x, "A third")
		for _, p := range []brainstorms.Phase{brainstorms.Collect, brainstorms.Cluster, brainstorms.Refine} {
			h.step(x, p)
		}
		b := h.board(h.all[3], x)
		list, err := h.reply(h.all[3], x, words("list"))
		h.must(err)
		if !strings.Contains(list.Left, "one thought") || !strings.Contains(list.Left, "3. ") {
			t.Errorf("the list is %q", list.Left)
		}
		if _, err := h.reply(h.all[3], x, words("I like them all")); !fault.Is(err, "votes") {
			t.Errorf("what is no vote: %v", err)
		}
		did, err := h.reply(h.all[3], x, words(fmt.Sprintf("%d: 2", b.Ideas[0].N)))
		h.must(err)
		if !strings.Contains(did.Left, b.Ideas[0].Text) {
			t.Errorf("the votes understood are %q", did.Left)
		}
		if got := h.board(h.all[3], x).Ballot; len(got) != 1 || got[0].Idea != b.Ideas[0].ID || got[0].Value != 2 {
			t.Errorf("the ballot is %+v", got)
		}
		if _, err := h.reply(h.all[4], x, describe.Words{Do: describe.Done, Line: "done", Text: "done"}); err != nil {
			t.Error(err)
		}
		if got := h.owed(x); got != len(h.all)-2 {
			t.Errorf("%d are still asked, want %d", got, len(h.all)-2)
		}
	})
}

// More than six people think in rooms, and what they thought comes together.
func TestRooms(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		for n := range 6 {
			h.all = append(h.all, h.person(people.NewPerson{Name: fmt.Sprintf("More %d", n), Zone: zones[n]}))
		}
		x := h.begin(func(n *brainstorms.NewBrainstorm) { n.Settings.Anonymous = true })
		before := h.write(h.all[1], x, "Written before")
		h.must(h.storms.Divide(ctx, h.ana, x, brainstorms.Mixture, []brainstorms.Phase{brainstorms.Cluster}))
		if h.owed(x) != 0 {
			t.Error("the whole brainstorm asks beside its rooms")
		}
		if _, err := h.storms.Write(ctx, h.all[1], x, brainstorms.NewIdea{Key: "k", Text: "Here"}); !fault.Is(err, "in_rooms") {
			t.Errorf("an idea outside of the rooms: %v", err)
		}
		rooms, err := db.All[id.ID](ctx, h.db, `SELECT id FROM brainstorms WHERE parent_id = $1 ORDER BY id`, x)
		h.must(err)
		if len(rooms) != 2 {
			t.Fatalf("%d rooms, want 2", len(rooms))
		}
		wrote := 0
		for _, r := range rooms {
			if got := h.owed(r); got != 6 {
				t.Errorf("a room asks %d people, want 6", got)
			}
			for _, a := range h.all {
				_, err := h.storms.Write(ctx, a, r, brainstorms.NewIdea{Key: "k", Text: fmt.Sprintf("From room %s by %s", r, a.Person)})
				if err == nil {
					wrote++
				} else if !fault.Is(err, "not_taking_part") {
					t.Error(err)
				}
			}
		}
		if wrote != 12 {
			t.Errorf("%d wrote in their rooms, want 12", wrote)
		}
		h.must(h.storms.Step(ctx, h.ana, rooms[0], brainstorms.Turn{From: brainstorms.Collect}))
		_, err = h.storms.MakeGroup(ctx, h.ana, rooms[0], brainstorms.NewGroup{Name: "Ours", Ideas: []id.ID{h.board(h.ana, rooms[0]).Ideas[0].ID}})
		h.must(err)
		if got := h.board(h.ana, x).Ideas; len(got) != 0 {
			t.Errorf("the whole board shows %d ideas of rooms", len(got))
		}
		h.pass(72 * time.Hour)
		b := h.board(h.all[2], x)
		if p, _ := h.phaseOf(x); p == brainstorms.Collect || len(b.Ideas) != 13 || len(b.Groups) != 1 {
			t.Errorf("brought together: %s with %d ideas and %d groups, want 13 and 1", p, len(b.Ideas), len(b.Groups))
		}
		own := 0
		for _, i := range b.Ideas {
			if i.ID == before.ID && i.Room != "" || i.ID != before.ID && i.Room == "" {
				t.Errorf("%q is from room %q", i.Text, i.Room)
			}
			if _, err := h.storms.Change(ctx, h.all[1], x, i.ID, brainstorms.IdeaChange{}); err == nil || fault.Is(err, "too_late") {
				own++
			}
		}
		if own != 2 {
			t.Errorf("one of them may change %d ideas, want the 2 of their own", own)
		}
	})
}

// What cannot be begun is refused with a sentence that says what to do.
func TestWhatCannotBe(t *testing.T) {
	c := clock.Still(testkit.Monday)
	h := stand(t, testkit.SQLite(t, c), c).furnish()
	for code, change := range map[string]func(*brainstorms.NewBrainstorm){
		"title_needed": func(n *brainstorms.NewBrainstorm) { n.Title = " " },
		"too_few":      func(n *brainstorms.NewBrainstorm) { n.Settings.Anonymous, n.People = true, n.People[:4] },
		"nobody":       func(n *brainstorms.NewBrainstorm) { n.People = nil },
		"window":       func(n *brainstorms.NewBrainstorm) { n.Settings.Plan[0].Window = "2d" },
		"end_past": func(n *brainstorms.NewBrainstorm) {
			n.Settings.Plan[0] = brainstorms.Step{Phase: brainstorms.Collect, Until: 1}
		},
		"phase_twice": func(n *brainstorms.NewBrainstorm) { n.Settings.Plan[1].Phase = brainstorms.Collect },
		"method":      func(n *brainstorms.NewBrainstorm) { n.Settings.Vote.Method = "shouting" },
		"dots": func(n *brainstorms.NewBrainstorm) {
			n.Settings.Vote = brainstorms.VoteRule{Method: brainstorms.Dots, Dots: 2, Most: 3}
		},
		"template": func(n *brainstorms.NewBrainstorm) { n.Template = "none" },
	} {
		n := brainstorms.NewBrainstorm{Space: h.space, Title: "Ideas", People: ids(h.all)}
		n.Settings.Plan = []brainstorms.Step{{Phase: brainstorms.Collect, Window: "4h"}, {Phase: brainstorms.Vote, Window: "4h"}}
		change(&n)
		if _, err := h.storms.Begin(t.Context(), h.ana, n); !fault.Is(err, code) {
			t.Errorf("got %v, want %s", err, code)
		}
	}
}

// BenchmarkBoard reads a board of 500 ideas with notes, as the API writes it.
func BenchmarkBoard(b *testing.B) {
	c := clock.Still(testkit.Monday)
	h := stand(b, testkit.SQLite(b, c), c).furnish()
	x := h.begin(func(n *brainstorms.NewBrainstorm) { n.Settings.ByHand = true })
	for n := range 500 {
		h.write(h.all[n%len(h.all)], x, fmt.Sprintf("Idea %d: hand over with a note at the end of the day", n))
	}
	h.step(x, brainstorms.Collect)
	for n, i := range h.board(h.ana, x).Ideas {
		if n%3 == 0 {
			h.must(h.storms.Remark(b.Context(), h.all[1], x, i.ID, brainstorms.NewNote{Key: "n", Kind: "pro", Text: "Cheap"}))
		}
	}
	b.ResetTimer()
	for b.Loop() {
		if _, err := h.storms.Written(b.Context(), h.ana, x, 0); err != nil {
			b.Fatal(err)
		}
	}
}

func TestASpaceThatTurnsPrivateIsNotWaitedFor(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		x := h.begin(nil)
		h.write(h.ana, x, "Write it down.")
		h.must(h.storms.Done(t.Context(), h.ana, x, brainstorms.Collect, true))
		h.settle()
		if n := len(h.Heard(brainstorms.EventPhase)); n != 0 {
			t.Fatal("it goes on while five have not written")
		}
		yes := true
		h.must(h.spaces.ChangeSpace(t.Context(), h.ana, h.space, spaces.SpaceChange{Private: &yes}))
		h.settle()
		if n := len(h.Heard(brainstorms.EventPhase)); n != 1 {
			t.Error("it waits for people who cannot see it any more")
		}
		if n := h.owed(x); n > 1 {
			t.Errorf("%d are expected to act, want Ana at most", n)
		}
	})
}
