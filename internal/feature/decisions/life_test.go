package decisions_test

import (
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/feature/decisions"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/tally"
)

func TestADecisionFromItsDraftToItsOutcome(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		x, err := h.dec.Make(t.Context(), h.ana, h.filled(decisions.NewDecision{Context: "We need **one**.", Rules: decisions.Rules{Fair: 8 * time.Hour}}))
		h.must(err)
		_, err = h.dec.See(t.Context(), h.kofi, x)
		h.refused(err, "not_found")
		h.must(h.dec.Open(t.Context(), h.ana, x, 0))
		h.settle()
		v := h.see(h.kofi, x)
		// Eight hours from Monday 07:00 UTC: Ana (9 to 17 in Berlin) has had them at 15:00,
		// Kofi at 17:00, Mei (15:00 now) on Tuesday at 15:00 in Taipei.
		if want := at(6, 7, 0); v.State != decisions.Open || v.EndsAt != want {
			t.Fatalf("%s until %s, want open until %s", v.State, v.EndsAt, want)
		}
		if got := h.owes(h.mei); len(got) != 1 || got[0] != "decision" {
			t.Errorf("Mei owes %v", got)
		}
		thread, err := h.spaces.Thread(t.Context(), h.d, h.kofi, v.Thread)
		h.must(err)
		if thread.Title != "Which logo?" || thread.Concluded() {
			t.Errorf("the thread is %+v", thread)
		}
		h.vote(h.kofi, x, choose("B", "A"))
		h.vote(h.mei, x, choose("B"))
		if got := h.owes(h.mei); len(got) != 0 {
			t.Errorf("having voted, Mei owes %v", got)
		}
		_, err = h.dec.Vote(t.Context(), h.mei, x, choose("Z"), decisions.Moved{})
		h.refused(err, "no_option")
		h.until(at(6, 7, 0))
		v = h.see(h.kofi, x)
		if v.State != decisions.Closed || v.Result.Count.Winners[0] != "B" || v.Result.Voted != 2 || v.Result.Silent != 1 {
			t.Fatalf("%s with %+v", v.State, v.Result)
		}
		if got := strings.Join(h.owes(h.ana), " "); got != "decision_outcome" {
			t.Errorf("Ana owes %q, want the outcome alone", got)
		}
		_, err = h.dec.Vote(t.Context(), h.ana, x, choose("A"), decisions.Moved{})
		h.refused(err, "closed")
		h.refused(h.dec.Decide(t.Context(), h.kofi, x, decisions.NewOutcome{Markdown: "Boat."}), "decider_only")
		h.must(h.dec.Decide(t.Context(), h.ana, x, decisions.NewOutcome{Markdown: "The boat it is.", Chosen: []string{"B"}, Dissent: "Kofi likes anchors.", Review: at(20, 7, 0)}))
		h.settle()
		thread, err = h.spaces.Thread(t.Context(), h.d, h.kofi, v.Thread)
		h.must(err)
		if !thread.Concluded() || !strings.Contains(thread.ConclusionMarkdown, "The boat it is.") || !strings.Contains(thread.ConclusionMarkdown, "Kofi likes anchors.") {
			t.Errorf("the thread was concluded with %q", thread.ConclusionMarkdown)
		}
		if got := h.owes(h.ana); len(got) != 0 {
			t.Errorf("Ana owes %v", got)
		}
		h.until(at(20, 7, 0))
		if got := strings.Join(h.owes(h.ana), " "); got != "decision_review" {
			t.Errorf("on the day of the review Ana owes %q", got)
		}
		h.must(h.dec.Review(t.Context(), h.ana, x, 0))
		if got := h.owes(h.ana); len(got) != 0 {
			t.Errorf("having looked again, Ana owes %v", got)
		}
	})
}

func TestTheEndIsFair(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		x := h.begin(decisions.NewDecision{Rules: decisions.Rules{Fair: 8 * time.Hour}})
		h.until(at(5, 12, 0))
		t.Run("an absence that begins meanwhile moves it", func(t *testing.T) {
			_, err := h.people.AddAbsence(t.Context(), h.mei, people.NewAbsence{From: "2026-10-06", To: "2026-10-07"})
			h.must(err)
			h.settle()
			if got, want := h.see(h.ana, x).EndsAt, at(8, 7, 0); got != want {
				t.Errorf("it ends %s, want %s", got, want)
			}
		})
		t.Run("whoever comes late has a share of their own", func(t *testing.T) {
			late := h.person("Lou Late", "member", "Europe/Berlin")
			h.until(at(7, 15, 0)) // the end of her Wednesday
			h.must(h.dec.Invite(t.Context(), h.ana, x, decisions.Invited{People: []id.ID{late.Person}}))
			h.settle()
			if got, want := h.see(h.ana, x).EndsAt, at(8, 15, 0); got != want {
				t.Errorf("it ends %s, want %s", got, want)
			}
			h.refused(h.dec.Close(t.Context(), h.ana, x), "unfair")
			h.vote(late, x, choose("A"))
			h.refused(h.dec.Uninvite(t.Context(), h.ana, x, late.Person), "voted")
		})
		t.Run("who has voted moves it no more", func(t *testing.T) {
			h.vote(h.mei, x, choose("A"))
			_, err := h.people.AddAbsence(t.Context(), h.mei, people.NewAbsence{From: "2026-10-08", To: "2026-10-20"})
			h.must(err)
			h.settle()
			if got, want := h.see(h.ana, x).EndsAt, at(8, 15, 0); got != want {
				t.Errorf("it ends %s, want %s", got, want)
			}
		})
	})
}

func TestItEndsEarlyWhenThatWasSaid(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		x := h.begin(decisions.NewDecision{Rules: decisions.Rules{Early: true}})
		h.vote(h.ana, x, choose("A"))
		h.vote(h.mei, x, decisions.Marks{Abstain: true})
		list, err := h.asks.Owe(t.Context(), h.d, h.kofi, h.kofi.Person, asks.Cursor{}, 5)
		h.must(err)
		_, err = h.asks.Decline(t.Context(), h.kofi, list[0].Ask.ID, "Not for me to say.")
		h.must(err)
		h.settle()
		if v := h.see(h.ana, x); v.State != decisions.Closed || v.EndedWhy == "" || v.Turnout.Declined != 1 {
			t.Errorf("%s (%s), %+v", v.State, v.EndedWhy, v.Turnout)
		}
	})
}

func TestAGuestOfOneDecisionSeesNothingElse(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		in := decisions.Invited{People: []id.ID{h.kofi.Person, h.gus.Person}}
		x := h.begin(decisions.NewDecision{Space: h.secret, Invited: in, Rules: decisions.Rules{Early: true}})
		v := h.see(h.gus, x)
		if v.Reads || v.Mine == nil || !v.Mine.Guest {
			t.Fatalf("the guest stands to it as %+v", v.Mine)
		}
		h.vote(h.gus, x, choose("C"))
		_, err := h.spaces.Thread(t.Context(), h.d, h.gus, v.Thread)
		h.refused(err, "not_found")
		_, err = h.dec.See(t.Context(), h.mei, x)
		h.refused(err, "not_found")
		list, _, err := h.dec.List(t.Context(), h.gus, decisions.Wanted{}, 10)
		h.must(err)
		if len(list) != 1 {
			t.Errorf("the guest's register has %d", len(list))
		}
		if list, _, _ = h.dec.List(t.Context(), h.mei, decisions.Wanted{}, 10); len(list) != 0 {
			t.Errorf("somebody outside sees %d", len(list))
		}
		h.refused(h.dec.Withdraw(t.Context(), h.gus, x, "No"), "not_yours")
	})
}

func TestAThreadThatMovesTakesItsDecisionAlong(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		x := h.begin(decisions.NewDecision{})
		h.must(h.spaces.ChangeThread(t.Context(), h.ana, h.see(h.ana, x).Thread, spaces.ThreadChange{Space: &h.secret}))
		h.settle()
		_, err := h.dec.See(t.Context(), h.mei, x)
		h.refused(err, "not_found")
	})
}

// A sense check tells how many are where and whether they agree. No word wins, and no
// tie is broken.
func TestASenseCheckHasNoWinner(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		x := h.begin(decisions.NewDecision{Kind: decisions.SenseCheck, Options: []decisions.Option{{Name: "Fine"}, {Name: "Unsure"}, {Name: "Afraid"}}})
		for who, key := range map[actor.Actor]string{h.ana: "A", h.kofi: "C", h.mei: "C"} {
			h.vote(who, x, decisions.Marks{Choice: key})
		}
		v := h.see(h.ana, x)
		c, s := v.Result.Count, v.Result.Spread
		if c.Outcome != tally.Measured || len(c.Winners)+len(c.Places)+len(c.Ties) != 0 || c.Figures[2].Votes != 2 {
			t.Errorf("it is counted as %+v", c)
		}
		if s == nil || s.Ratings != 3 || s.Verdict != tally.Split {
			t.Errorf("it spreads as %+v, want a split", s)
		}
		x = h.begin(decisions.NewDecision{Kind: decisions.SenseCheck, Options: []decisions.Option{}})
		h.vote(h.ana, x, decisions.Marks{Abstain: true})
		if s := h.see(h.ana, x).Result.Spread; s == nil || s.Ratings != 0 || s.Verdict != "" {
			t.Errorf("without an opinion it spreads as %+v", s)
		}
	})
}
