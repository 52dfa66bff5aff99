package brainstorms_test

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/feature/brainstorms"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

func unnamed(n *brainstorms.NewBrainstorm) {
	n.Settings.Anonymous, n.Settings.ByHand = true, true
}

// toVote has two people write an idea each, and the vote begin.
func (h *house) toVote(x id.ID) (a, b brainstorms.Idea) {
	h.t.Helper()
	a, b = h.write(h.all[1], x, "One"), h.write(h.all[2], x, "Two")
	for _, p := range []brainstorms.Phase{brainstorms.Collect, brainstorms.Cluster, brainstorms.Refine} {
		h.step(x, p)
	}
	return a, b
}

// told is all that leaves the house about a brainstorm.
func (h *house) told(x id.ID) string {
	h.t.Helper()
	v, err := h.storms.Written(h.t.Context(), h.ana, x, 0)
	h.must(err)
	var out strings.Builder
	for _, i := range v.Ideas {
		if i.Result != nil {
			out.WriteString("RESULT ")
		}
	}
	for _, format := range []string{"md", "csv"} {
		_, b, err := h.storms.Export(h.t.Context(), h.ana, x, format)
		h.must(err)
		out.Write(b)
	}
	return out.String()
}

func (h *house) rows(table string) int64 {
	h.t.Helper()
	n, _, err := db.One[int64](h.t.Context(), h.db, `SELECT COUNT(*) FROM `+table+` WHERE workspace_id = $1`, h.ws)
	h.must(err)
	return n
}

// With fewer than five ballots nothing of an anonymous vote is told, however often the
// facilitator steps; once told, the vote is over: no difference tells a ballot.
func TestFewVotesTellNothing(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		x := h.begin(unnamed)
		a, b := h.toVote(x)
		vote := func(who int, i brainstorms.Idea) {
			h.must(h.storms.Vote(ctx, h.all[who], x, []brainstorms.Mark{{Idea: i.ID, Value: 2}}))
		}
		none := func(when string) {
			if got := h.told(x); strings.Contains(got, "RESULT") || strings.Contains(got, "dots") || !strings.Contains(got, "Fewer than 5") {
				t.Errorf("%s the board tells %s", when, got)
			}
		}
		back := func() error {
			return h.storms.Step(ctx, h.ana, x, brainstorms.Turn{From: brainstorms.Act, Back: true, Sure: true})
		}
		vote(0, a)
		h.step(x, brainstorms.Vote)
		none("after one ballot")
		h.must(back())
		for who := 2; who < 5; who++ {
			vote(who, a)
		}
		h.must(h.storms.Vote(ctx, h.all[1], x, nil)) // who says nothing hides nobody
		h.step(x, brainstorms.Vote)
		none("after four ballots and an empty one")
		h.must(back())
		vote(1, b)
		h.step(x, brainstorms.Vote)
		got := h.board(h.ana, x).Results
		if len(got) != 2 || got[a.ID].Score != 8-2 && got[a.ID].Score != 8 {
			t.Fatalf("after five ballots the results are %+v", got)
		}
		if err := back(); !fault.Is(err, "votes_final") {
			t.Errorf("an anonymous vote whose results are open is held again: %v", err)
		}
		if n := h.rows("brainstorms_ballots"); n != 0 {
			t.Errorf("%d ballots are left once they are counted", n)
		}
		h.must(h.storms.End(ctx, h.ana, x, "", true))
		if r := h.board(h.ana, x).Results[a.ID]; r == nil || r.Rank != 1 {
			t.Errorf("after the end the result is %+v", r)
		}
	})
}

// One that ends with few ballots concludes its thread without a figure.
func TestFewVotesAreNotConcluded(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		x := h.begin(unnamed)
		a, _ := h.toVote(x)
		h.must(h.storms.Vote(t.Context(), h.all[0], x, []brainstorms.Mark{{Idea: a.ID, Value: 2}}))
		h.step(x, brainstorms.Vote)
		h.must(h.storms.End(t.Context(), h.ana, x, "", true))
		th, err := h.spaces.Thread(t.Context(), h.db, h.ana, threadOf(t, h, x))
		h.must(err)
		if c := th.ConclusionMarkdown; strings.Contains(c, "dots") || strings.Contains(c, "best of") || !strings.Contains(c, "Fewer than 5") {
			t.Errorf("it is concluded with %s", c)
		}
	})
}

// Five of six vote on all they may. The idea of the sixth has one vote more than the
// others, and nothing that is told may show it.
func TestNoFigureTellsWhoWroteIt(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		for _, method := range []string{brainstorms.Like, brainstorms.Dots, brainstorms.Scale, brainstorms.Impact} {
			x := h.begin(func(n *brainstorms.NewBrainstorm) {
				unnamed(n)
				n.Settings.Vote = brainstorms.VoteRule{Method: method, Dots: 20, Most: 3}
			})
			var ideas []brainstorms.Idea
			for n, a := range h.all {
				ideas = append(ideas, h.write(a, x, "By "+string(rune('A'+n))))
			}
			for _, p := range []brainstorms.Phase{brainstorms.Collect, brainstorms.Cluster, brainstorms.Refine} {
				h.step(x, p)
			}
			for n, a := range h.all[:5] {
				var votes []brainstorms.Mark
				for m, i := range ideas {
					if m != n {
						v := brainstorms.Mark{Idea: i.ID, Value: 1}
						if method == brainstorms.Impact {
							v = brainstorms.Mark{Idea: i.ID, Value: 4, Effort: 2}
						}
						votes = append(votes, v)
					}
				}
				h.must(h.storms.Vote(t.Context(), a, x, votes))
			}
			h.step(x, brainstorms.Vote)
			for _, i := range ideas {
				r := h.board(h.ana, x).Results[i.ID]
				switch {
				case r == nil:
					t.Fatalf("%s: %q has no result", method, i.Text)
				case r.Voters != 0 || r.Counts != nil || r.Agreement != 0:
					t.Errorf("%s: the result of %q tells on how many ballots it stands: %+v", method, i.Text, r)
				case method == brainstorms.Impact && (r.Mean != 4 || r.Effort != 2 || r.Score != 2):
					t.Errorf("%s: the result is %+v", method, r)
				case method != brainstorms.Impact && r.Mean != r.Score/5:
					t.Errorf("%s: the mean of %q, %v of %v, has a divisor of its own", method, i.Text, r.Mean, r.Score)
				}
			}
		}
	})
}

// The key of an anonymous brainstorm is in no table. A name put to one idea tells nothing
// of another of the same author. The key goes at the end, and a month after the results.
func TestTheKeyIsOutside(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		for _, end := range []bool{true, false} {
			x := h.begin(unnamed)
			mine, other := h.write(h.all[1], x, "Mine"), h.write(h.all[1], x, "Mine too")
			if bytes.Equal(mine.Mark, other.Mark) || len(mine.Mark) == 0 {
				t.Error("two ideas of one author have one mark")
			}
			if n, _, err := db.One[int64](ctx, h.db, `SELECT COUNT(*) FROM brainstorms WHERE secret IS NOT NULL`); err != nil || n != 0 {
				t.Errorf("%d keys are in the database (%v)", n, err)
			}
			if len(h.kept()) != 1 {
				t.Fatalf("the folder of keys has %v", h.kept())
			}
			for _, p := range []brainstorms.Phase{brainstorms.Collect, brainstorms.Cluster, brainstorms.Refine} {
				h.step(x, p)
			}
			for _, a := range []int{0, 2, 3, 4, 5} {
				h.must(h.storms.Vote(ctx, h.all[a], x, []brainstorms.Mark{{Idea: mine.ID, Value: 1}}))
			}
			h.step(x, brainstorms.Vote)
			h.must(h.storms.Claim(ctx, h.all[1], x, mine.ID, true))
			if end {
				h.must(h.storms.End(ctx, h.ana, x, "", true))
			} else {
				h.pass(31 * 24 * time.Hour)
				if err := h.storms.Claim(ctx, h.all[1], x, other.ID, true); !fault.Is(err, "claims_over") {
					t.Errorf("a month later: %v", err)
				}
			}
			h.settle()
			if len(h.kept()) != 0 {
				t.Errorf("the folder of keys has %v", h.kept())
			}
			if n, _, err := db.One[int64](ctx, h.db, `SELECT COUNT(*) FROM brainstorms_ideas WHERE author_mark IS NOT NULL`); err != nil || n != 0 {
				t.Errorf("%d marks are left (%v)", n, err)
			}
			for _, i := range h.board(h.ana, x).Ideas {
				if claimed := i.ID == mine.ID; claimed != (i.Author == h.all[1].Person) {
					t.Errorf("%q is by %v", i.Text, i.Author)
				}
			}
		}
	})
}

func (h *house) kept() (names []string) {
	h.t.Helper()
	list, err := os.ReadDir(h.keys)
	h.must(err)
	for _, f := range list {
		names = append(names, f.Name())
	}
	return names
}

// Without its key a brainstorm is read and led on, and nobody writes by a wrong mark.
func TestWithoutItsKey(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		x := h.begin(unnamed)
		h.write(h.all[1], x, "Something")
		h.must(os.Remove(h.keys + "/" + h.kept()[0]))
		if _, err := h.storms.Write(t.Context(), h.all[2], x, brainstorms.NewIdea{Key: "k", Text: "More"}); !fault.Is(err, "brainstorm_key_missing") {
			t.Errorf("an idea without the key: %v", err)
		}
		h.step(x, brainstorms.Collect)
		if n := len(h.board(h.all[1], x).Ideas); n != 1 {
			t.Errorf("%d ideas are read without the key, want 1", n)
		}
		h.must(h.storms.End(t.Context(), h.ana, x, "", true))
	})
}

// A key that an earlier version left in the database is taken out of it.
func TestKeysAreTakenOutOfTheDatabase(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		x := h.begin(unnamed)
		mine := h.write(h.all[1], x, "Mine")
		name := h.keys + "/" + h.kept()[0]
		h.must(os.Remove(name))
		secret := bytes.Repeat([]byte{7}, 32)
		h.must(h.storms.SetSecret(t.Context(), h.ws, x, secret))
		h.must(h.storms.TakeKeys(t.Context()))
		if b, err := os.ReadFile(name); err != nil || !strings.HasPrefix(string(b), strings.Repeat("07", 32)) {
			t.Errorf("the folder has %q (%v)", b, err)
		}
		if n, _, err := db.One[int64](t.Context(), h.db, `SELECT COUNT(*) FROM brainstorms WHERE secret IS NOT NULL`); err != nil || n != 0 {
			t.Errorf("%d keys are in the database (%v)", n, err)
		}
		if len(h.board(h.all[2], x).Ideas) != 0 || mine.ID.IsZero() {
			t.Error("another sees what is hidden")
		}
	})
}

// Nothing is taken by mail where there are no names, but one word.
func TestAnonymousTakesNothingByMail(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		x := h.begin(unnamed)
		if _, err := h.reply(h.all[1], x, words("- a thought")); !fault.Is(err, "anonymous") || !strings.Contains(err.Error(), "page") {
			t.Errorf("an idea by mail: %v", err)
		}
		err := h.storms.Repliers()[brainstorms.Kind]
		if o, err := err.Offer(t.Context(), h.db, h.all[1], x); err != nil || o.NoWords == "" {
			t.Errorf("it offers %+v (%v)", o, err)
		}
		h.toVote(x)
		if _, err := h.reply(h.all[3], x, words("1: 2")); !fault.Is(err, "anonymous") {
			t.Errorf("a vote by mail: %v", err)
		}
		if _, err := h.reply(h.all[4], x, describe.Words{Do: describe.Done, Line: "done", Text: "done"}); err != nil {
			t.Error(err)
		}
	})
}
