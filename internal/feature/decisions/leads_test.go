package decisions_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/feature/decisions"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
)

// described is how a decision looks to somebody in a digest.
func (h *house) described(a actor.Actor, x id.ID) describe.Thing {
	h.t.Helper()
	out, err := h.dec.Describe()["decision"](h.t.Context(), h.d, a, x)
	h.must(err)
	return out
}

// concerned are those whom the last event of a kind concerns.
func (h *house) concerned(kind string) (out []id.ID) {
	h.t.Helper()
	list, err := event.After(h.t.Context(), h.d, h.ws, 0, 1000)
	h.must(err)
	for _, e := range list {
		if e.Kind == kind {
			out = e.Concerns
		}
	}
	return out
}

func TestWhoeverMadeItHearsThatItEndsLaterAndWhy(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		x := h.begin(decisions.NewDecision{Rules: decisions.Rules{Fair: 8 * time.Hour}})
		h.vote(h.ana, x, choose("A"))
		before := h.see(h.ana, x).EndsAt
		_, err := h.people.AddAbsence(t.Context(), h.mei, people.NewAbsence{From: "2026-10-06", To: "2026-10-20"})
		h.must(err)
		h.settle()
		if after := h.see(h.ana, x).EndsAt; after <= before {
			t.Fatalf("it ends at %s still", after)
		}
		if got := h.concerned(decisions.EventMoved); !slices.Equal(got, []id.ID{h.ana.Person}) {
			t.Errorf("a later end concerns %v, want Ana alone", got)
		}
		if got := h.described(h.ana, x); !strings.Contains(got.Excerpt, "waits for Mei Lin: away from") {
			t.Errorf("Ana reads %q, %q", got.Title, got.Excerpt)
		}
		if got := h.described(h.kofi, x); strings.Contains(got.Excerpt, "Mei") {
			t.Errorf("Kofi, who did not make it, reads %q", got.Excerpt)
		}
	})
}

func TestTheDeciderReadsWhoObjectsAndWhy(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		x := h.begin(decisions.NewDecision{Kind: decisions.Consent, Context: "We meet no more."})
		h.vote(h.kofi, x, decisions.Marks{Choice: decisions.Object, Reason: "I like to see you."})
		if got := h.described(h.ana, x); !strings.Contains(got.Title, "objection") || got.Excerpt != "Kofi Mensah: I like to see you." {
			t.Errorf("Ana reads %q, %q", got.Title, got.Excerpt)
		}
		y := h.begin(decisions.NewDecision{Kind: decisions.Consent, Context: "We meet no more.", Rules: decisions.Rules{Blind: decisions.UntilClosed}})
		h.vote(h.kofi, y, decisions.Marks{Choice: decisions.Object, Reason: "I like to see you."})
		if got := h.described(h.ana, y); strings.Contains(got.Excerpt, "Kofi") {
			t.Errorf("what is hidden until the end is told: %q", got.Excerpt)
		}
	})
}

func TestWhatWasNotCountedNeedsAReason(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		x := h.begin(decisions.NewDecision{Rules: decisions.Rules{Early: true}})
		for _, a := range []actor.Actor{h.ana, h.kofi, h.mei} {
			h.vote(a, x, choose("A"))
		}
		h.refused(h.dec.Decide(t.Context(), h.ana, x, decisions.NewOutcome{Markdown: "The crane.", Chosen: []string{"C"}}), "reason_needed")
		h.must(h.dec.Decide(t.Context(), h.ana, x, decisions.NewOutcome{Markdown: "The crane.", Chosen: []string{"C"}, Reason: "The anchor is broken."}))
	})
}

func TestWhatEndsFirstWaitsFirst(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		late := h.begin(decisions.NewDecision{Rules: decisions.Rules{End: at(12, 12, 0)}})
		first := h.begin(decisions.NewDecision{Rules: decisions.Rules{End: at(9, 12, 0)}})
		last := h.begin(decisions.NewDecision{Rules: decisions.Rules{End: at(14, 12, 0)}})
		var got []id.ID
		for after := (id.ID{}); len(got) < 3; got = append(got, after) {
			list, _, err := h.dec.List(t.Context(), h.kofi, decisions.Wanted{Mine: true, After: after}, 1)
			h.must(err)
			if len(list) == 0 {
				break
			}
			after = list[0].ID
		}
		if want := []id.ID{first, late, last}; !slices.Equal(got, want) {
			t.Errorf("what waits for Kofi comes as %v, want %v", got, want)
		}
	})
}
