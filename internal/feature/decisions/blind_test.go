package decisions_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/feature/decisions"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
)

// shown is all that somebody is told about a decision, as text to look into.
func (h *house) shown(a actor.Actor, x id.ID) string {
	h.t.Helper()
	v := h.see(a, x)
	v.Ballot = nil
	list, _, err := h.dec.Ballots(h.t.Context(), a, x, id.ID{}, 50)
	h.must(err)
	log, err := event.After(h.t.Context(), h.d, h.ws, 0, 10_000)
	h.must(err)
	var events []event.Event
	for _, e := range log {
		if strings.HasPrefix(e.Kind, "decisions.") {
			events = append(events, e)
		}
	}
	b, err := json.Marshal(map[string]any{"view": v, "ballots": list, "log": events})
	h.must(err)
	return string(b)
}

func TestWhatIsHiddenIsInNoAnswer(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		for _, c := range []struct {
			name                        string
			rules                       decisions.Rules
			before, after               bool // results open before and after one's own say
			reasonsBefore, reasonsAfter bool
		}{
			{"shown", decisions.Rules{}, true, true, true, true},
			{"until voted", decisions.Rules{Blind: decisions.UntilVoted}, false, true, false, true},
			{"until closed", decisions.Rules{Blind: decisions.UntilClosed}, false, false, false, false},
			{"sealed", decisions.Rules{Sealed: true}, false, true, false, true},
			{"sealed, and results until closed", decisions.Rules{Sealed: true, Blind: decisions.UntilClosed}, false, false, false, true},
		} {
			t.Run(c.name, func(t *testing.T) {
				x := h.begin(decisions.NewDecision{Rules: c.rules})
				h.vote(h.kofi, x, decisions.Marks{Approved: []string{"C"}, Reason: "quokka"})
				check := func(when string, results, reasons bool) {
					t.Helper()
					all := h.shown(h.ana, x)
					if got := strings.Contains(all, "quokka"); got != reasons {
						t.Errorf("%s: reasons open is %v, want %v", when, got, reasons)
					}
					if got := strings.Contains(all, `"approved":["C"]`) || strings.Contains(all, `"votes":1`); got != results {
						t.Errorf("%s: results open is %v, want %v\n%s", when, got, results, all)
					}
				}
				check("before", c.before, c.reasonsBefore)
				h.vote(h.ana, x, choose("A"))
				check("after", c.after, c.reasonsAfter)
				h.until(h.see(h.ana, x).EndsAt)
				check("in the end", true, true)
			})
		}
	})
}

func TestSealedReasonsAllowOneRevision(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		x := h.begin(decisions.NewDecision{Rules: decisions.Rules{Sealed: true, Reasons: decisions.ReasonsRequired}})
		say := func(a actor.Actor, m decisions.Moved) error {
			_, err := h.dec.Vote(t.Context(), a, x, decisions.Marks{Approved: []string{"B"}, Reason: "Boats float."}, m)
			return err
		}
		_, err := h.dec.Vote(t.Context(), h.ana, x, choose("A"), decisions.Moved{})
		h.refused(err, "reason_needed")
		h.must(say(h.kofi, decisions.Moved{}))
		_, err = h.dec.Vote(t.Context(), h.ana, x, decisions.Marks{Approved: []string{"A"}, Reason: "Anchors hold."}, decisions.Moved{})
		h.must(err)
		h.refused(say(h.ana, decisions.Moved{}), "moved_needed")
		h.refused(say(h.ana, decisions.Moved{By: h.mei.Person}), "not_found")
		h.must(say(h.ana, decisions.Moved{By: h.kofi.Person}))
		h.refused(say(h.ana, decisions.Moved{By: h.kofi.Person}), "revised_already")
		h.refused(h.dec.Unvote(t.Context(), h.ana, x), "sealed")
		b := h.see(h.ana, x).Ballot
		if b.First == nil || b.First.Approved[0] != "A" || b.MovedBy != h.kofi.Person {
			t.Errorf("the revision is kept as %+v", b)
		}
	})
}

func TestObjectionsAreResolvedOrOverruledInWriting(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		x := h.begin(decisions.NewDecision{Kind: decisions.Consent, Context: "We meet no more.", Rules: decisions.Rules{Silence: decisions.SilenceConsent, Fair: time.Hour}})
		_, err := h.dec.Vote(t.Context(), h.kofi, x, decisions.Marks{Choice: decisions.Object}, decisions.Moved{})
		h.refused(err, "reason_needed")
		h.vote(h.kofi, x, decisions.Marks{Choice: decisions.Object, Reason: "I like to see you."})
		h.vote(h.mei, x, decisions.Marks{Choice: decisions.Object, Reason: "Contracts."})
		h.vote(h.mei, x, decisions.Marks{Choice: decisions.Agree})
		h.until(h.see(h.ana, x).EndsAt)
		v := h.see(h.ana, x)
		if v.Result.SilentAs != decisions.SilenceConsent || v.Result.Silent != 1 || v.Result.Count.Outcome != "objected" {
			t.Errorf("the result is %+v", v.Result)
		}
		h.refused(h.dec.Decide(t.Context(), h.ana, x, decisions.NewOutcome{Markdown: "So be it."}), "objection_stands")
		h.refused(h.dec.Settle(t.Context(), h.mei, x, h.kofi.Person, decisions.Overruled, "No."), "decider_only")
		h.refused(h.dec.Settle(t.Context(), h.kofi, x, h.kofi.Person, decisions.Overruled, "No."), "decider_only")
		h.refused(h.dec.Settle(t.Context(), h.ana, x, h.kofi.Person, decisions.Overruled, " "), "words_needed")
		h.must(h.dec.Settle(t.Context(), h.ana, x, h.kofi.Person, decisions.Overruled, "We meet once a year."))
		h.must(h.dec.Decide(t.Context(), h.ana, x, decisions.NewOutcome{Markdown: "So be it."}))
	})
}

func TestTheAbsentMayObjectForAWhile(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		_, err := h.people.AddAbsence(t.Context(), h.mei, people.NewAbsence{From: "2026-10-06", To: "2026-10-08"})
		h.must(err)
		end := at(7, 12, 0)
		x := h.begin(decisions.NewDecision{Rules: decisions.Rules{End: end, Objections: 4 * time.Hour}})
		h.vote(h.ana, x, choose("A"))
		h.vote(h.kofi, x, choose("A"))
		h.until(end)
		v := h.see(h.mei, x)
		if want := at(9, 5, 0); v.ObjectUntil != want || !v.May.ObjectLate {
			t.Fatalf("Mei may object until %s (%v), want %s: four hours of hers", v.ObjectUntil, v.May.ObjectLate, want)
		}
		h.must(h.dec.Decide(t.Context(), h.ana, x, decisions.NewOutcome{Markdown: "The anchor."}))
		h.refused(h.dec.ObjectLate(t.Context(), h.kofi, x, "No"), "voted")
		h.until(at(9, 4, 0))
		h.must(h.dec.ObjectLate(t.Context(), h.mei, x, "Anchors are bad luck in Taipei."))
		h.settle()
		v = h.see(h.ana, x)
		if v.State != decisions.Open || len(v.Objections) != 1 || v.Outcome != "" {
			t.Errorf("%s, %+v", v.State, v.Objections)
		}
		thread, err := h.spaces.Thread(t.Context(), h.d, h.ana, v.Thread)
		h.must(err)
		if thread.Concluded() {
			t.Error("the thread is concluded still")
		}
	})
}

func TestWhoWasHereDoesNotObjectLate(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		_, err := h.people.AddAbsence(t.Context(), h.mei, people.NewAbsence{From: "2026-10-06", To: "2026-10-08"})
		h.must(err)
		end := at(7, 12, 0)
		x := h.begin(decisions.NewDecision{Rules: decisions.Rules{End: end, Objections: 4 * time.Hour}})
		h.vote(h.ana, x, choose("A"))
		h.until(end)
		h.refused(h.dec.ObjectLate(t.Context(), h.kofi, x, "I had no mind to vote."), "was_here")
		if v := h.see(h.kofi, x); v.State != decisions.Closed || v.May.ObjectLate {
			t.Errorf("%s, and Kofi, who was here, may object: %v", v.State, v.May.ObjectLate)
		}
		y := h.begin(decisions.NewDecision{Invited: decisions.Invited{People: []id.ID{h.ana.Person, h.kofi.Person}}, Rules: decisions.Rules{End: at(8, 12, 0), Objections: 4 * time.Hour}})
		h.vote(h.ana, y, choose("A"))
		h.until(at(8, 12, 0))
		if v := h.see(h.ana, y); !v.ObjectUntil.IsZero() {
			t.Errorf("nobody was absent, and objections are waited for until %s", v.ObjectUntil)
		}
	})
}

func TestALaterDecisionReplacesAnEarlier(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		first := h.decided(decisions.NewOutcome{Markdown: "Boats.", Review: at(20, 7, 0)})
		second := h.decided(decisions.NewOutcome{Markdown: "Cranes.", Supersedes: []id.ID{first}})
		list, _, err := h.dec.List(t.Context(), h.mei, decisions.Wanted{State: "superseded", Words: "boats"}, 10)
		h.must(err)
		if len(list) != 1 || list[0].ID != first || list[0].Superseded != second {
			t.Errorf("the register lists %+v", list)
		}
		h.until(at(21, 7, 0))
		if got := h.owes(h.ana); len(got) != 0 {
			t.Errorf("a replaced decision is still to be looked at: %v", got)
		}
		h.refused(h.dec.Undecide(t.Context(), h.ana, first, "No"), "superseded")
		h.must(h.dec.Undecide(t.Context(), h.ana, second, "It rusts."))
		if v := h.see(h.ana, first); !v.Superseded.IsZero() {
			t.Error("the first is replaced by what was taken back")
		}
		list, _, err = h.dec.List(t.Context(), h.mei, decisions.Wanted{Words: "BOATS 100%"}, 10)
		h.must(err)
		if len(list) != 0 {
			t.Errorf("a sign is taken for any words: %+v", list)
		}
	})
}

// decided is a decision all the way to its outcome.
func (h *house) decided(n decisions.NewOutcome) id.ID {
	h.t.Helper()
	x := h.begin(decisions.NewDecision{Rules: decisions.Rules{Early: true}})
	for _, a := range []actor.Actor{h.ana, h.kofi, h.mei} {
		h.vote(a, x, choose("B"))
	}
	h.must(h.dec.Decide(h.t.Context(), h.ana, x, n))
	h.settle()
	return x
}
