package decisions_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/feature/decisions"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/id"
)

// five are Ana, Kofi, Mei and two more.
func (h *house) five() []actor.Actor {
	h.t.Helper()
	return []actor.Actor{h.ana, h.kofi, h.mei, h.person("Ben Four", actor.Member, "Europe/London"), h.person("Eva Five", actor.Member, "Europe/Berlin")}
}

func (h *house) unnamed(who []actor.Actor) decisions.NewDecision {
	n := decisions.NewDecision{Rules: decisions.Rules{Fair: 8 * time.Hour, Anonymous: true, Early: true, Blind: decisions.UntilClosed}}
	for _, a := range who {
		n.Invited.People = append(n.Invited.People, a.Person)
	}
	return h.filled(n)
}

func (h *house) voteSealed(a actor.Actor, x id.ID) {
	h.t.Helper()
	_, err := h.dec.VoteSealed(h.t.Context(), a, x, choose("A"), strings.Repeat("r", 21)+"-"+strings.ReplaceAll(a.Person.String(), "-", ""))
	h.must(err)
}

// With five people one silence destroys all ballots: the preview says so, nobody closes
// it too soon, and before it ends for want of five it goes on once, and its maker hears.
func TestAVoteWithoutNamesGoesOnOnceForWantOfFive(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		who := h.five()
		n := h.unnamed(who)
		p, err := h.dec.Foresee(t.Context(), h.ana, n, 0)
		h.must(err)
		if all := strings.Join(p.Warnings, " "); !strings.Contains(all, "exactly 5 people one silence") {
			t.Errorf("the preview warns %q", all)
		}
		few := n
		few.Invited.People = few.Invited.People[:4]
		p, err = h.dec.Foresee(t.Context(), h.ana, few, 0)
		h.must(err)
		if all := strings.Join(p.Warnings, " "); !strings.Contains(all, "at least 5 people") {
			t.Errorf("of four the preview warns %q", all)
		}
		x, err := h.dec.MakeOpen(t.Context(), h.ana, n, 0)
		h.must(err)
		h.settle()
		for _, a := range who[:4] {
			h.voteSealed(a, x)
		}
		first := h.see(h.ana, x).EndsAt
		h.until(first.Add(time.Minute))
		v := h.see(h.ana, x)
		if v.State != decisions.Open || v.EndsAt <= first || !strings.Contains(v.EndedWhy, "4 have voted") {
			t.Fatalf("with four of five votes at its end it is %s until %s: %q", v.State, v.EndsAt, v.EndedWhy)
		}
		if got := h.concerned(decisions.EventFew); !slices.Equal(got, []id.ID{h.ana.Person}) {
			t.Errorf("that it goes on concerns %v, want Ana alone", got)
		}
		h.until(v.EndsAt.Add(-time.Second))
		if v := h.see(h.ana, x); v.May.Close {
			h.refused(h.dec.Close(t.Context(), h.ana, x), "too_few_yet")
		}
		h.voteSealed(who[4], x)
		if v := h.see(h.ana, x); v.State != decisions.Closed || v.Result == nil || v.Result.Voted != 5 {
			t.Errorf("when the fifth has voted it is %s: %+v", v.State, v.Result)
		}
	})
}

// It goes on once, no more; and when one declines, it waits for its maker all the same.
func TestAVoteWithoutNamesEndsInTheEnd(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		who := h.five()
		x, err := h.dec.MakeOpen(t.Context(), h.ana, h.unnamed(who), 0)
		h.must(err)
		h.settle()
		for _, a := range who[:4] {
			h.voteSealed(a, x)
		}
		h.refused(h.dec.Close(t.Context(), h.ana, x), "unfair")
		first := h.see(h.ana, x).EndsAt
		h.until(first.Add(-time.Second))
		h.refused(h.dec.Close(t.Context(), h.ana, x), "too_few_yet")
		h.until(first.Add(60 * 24 * time.Hour))
		if v := h.see(h.ana, x); v.State != decisions.Closed || !strings.Contains(v.EndedWhy, "Fewer than 5") {
			t.Errorf("in the end it is %s: %q", v.State, v.EndedWhy)
		}
		if got := h.concerned(decisions.EventFew); len(got) != 1 {
			t.Errorf("it went on %d times", len(got))
		}
	})
}
