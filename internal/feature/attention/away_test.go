package attention_test

import (
	"slices"
	"strings"
	"testing"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/feature/attention"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// away takes Kofi out of the house from Tuesday to Thursday.
func (h *house) away(a actor.Actor, from, to string, standIn id.ID) people.Absence {
	h.T.Helper()
	x, err := h.People.AddAbsence(h.T.Context(), a, people.NewAbsence{From: from, To: to, Reason: "Hills", StandIn: standIn})
	h.Must(err)
	h.Settle()
	return x
}

// sections lists a catch-up, each line behind the name of its section.
func sections(c attention.Caught) []string {
	var out []string
	for _, part := range [][]attention.Line{c.Matters, c.Decided, c.Answered, c.Rest} {
		for _, l := range part {
			out = append(out, l.Section+": "+l.Title)
		}
	}
	return out
}

func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %s\nwant %s", what, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}

func TestOneCatchUpInsteadOfEverything(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.to(in(0, "12:00"))
		h.away(h.kofi, "2026-10-06", "2026-10-08", h.mei.Person)
		h.to(in(1, "08:00"))
		mine, _ := h.thread(h.kofi, "Kofi's plan", "What do you think?") // he looks in from the beach, and may
		h.thread(h.ana, "Roof", "Please look.", asks.NewAsk{Kind: asks.Review, People: to(h.kofi), Window: "1d", Urgency: worktime.Soon})
		_, views := h.thread(h.ana, "Door", "Which colour?", asks.NewAsk{Kind: asks.Reply, People: to(h.kofi, h.mei), Need: asks.NeedAny, Window: "1d"})
		_, err := h.Asks.Answer(h.T.Context(), h.mei, h.AskID(views[0]), asks.Given{Note: "Blue."})
		h.Must(err)
		news, _ := h.thread(h.ana, "Garden", "News for @kofi")
		h.reply(h.ana, news.ID, "And more news.")
		h.reply(h.ana, mine.ID, "Good.")
		h.Must(h.Spaces.Conclude(h.T.Context(), h.ana, mine.ID, "We do it."))
		h.to(in(3, "22:00"))
		if got := h.got(h.kofi); len(got) > 0 {
			t.Errorf("while he was away he got %q", got)
		}

		h.to(in(4, "08:00"))
		same(t, "the first morning", h.got(h.kofi), []string{
			"Fri 09:00 Ana Petrova asks you to review: Roof",
			"Fri 09:00 Ana Petrova concluded “Kofi's plan”",
			"Fri 09:00 Mei Lin answered instead of you: Door",
			"Fri 09:00 1 other line is folded away",
		})
		list, err := h.attention.Digests(t.Context(), h.kofi, id.ID{}, 10)
		h.Must(err)
		if len(list) != 1 || list[0].Items != 4 {
			t.Errorf("he got %+v, want one digest of four lines", list)
		}
		d, _, err := h.attention.Digest(t.Context(), h.kofi, list[0].ID)
		h.Must(err)
		if got := d.AwayFrom.Time(); !got.Equal(in(0, "22:00")) {
			t.Errorf("it is about an absence from %s", got)
		}
		c, err := h.attention.CatchUp(t.Context(), h.kofi, id.ID{})
		h.Must(err)
		same(t, "the page", sections(c), []string{
			"matters: Ana Petrova asks you to review: Roof",
			"decided: Ana Petrova concluded “Kofi's plan”",
			"answered: Mei Lin answered instead of you: Door",
			"rest: Ana Petrova mentioned you, and there are 2 new posts in “Garden”",
		})
		h.reply(h.ana, news.ID, "What came later.")
		h.to(in(7, "08:00"))
		if got := h.got(h.kofi); len(got) != 5 || !strings.HasPrefix(got[4], "Mon 09:00") {
			t.Errorf("the next digest is as ever: %q", got)
		}
	})
}

func TestCatchUpFollowsTheAbsence(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		x := h.away(h.kofi, "2026-10-06", "2026-10-08", id.ID{})
		h.to(in(1, "08:00"))
		h.thread(h.ana, "Roof", "Please look.", asks.NewAsk{Kind: asks.Review, People: to(h.kofi), Window: "1d"})
		later := "2026-10-09"
		_, err := h.People.ChangeAbsence(t.Context(), h.kofi, x.ID, people.AbsenceChange{To: &later})
		h.Must(err)
		h.to(in(4, "12:00"))
		if got := h.got(h.kofi); len(got) > 0 {
			t.Errorf("a day longer away, he got %q", got)
		}
		h.to(in(7, "08:00"))
		if got := h.got(h.kofi); len(got) != 1 {
			t.Errorf("on Monday he got %q", got)
		}
		if _, err := h.attention.CatchUp(t.Context(), h.ana, x.ID); !fault.IsKind(err, fault.NotFound) {
			t.Errorf("Ana reads Kofi's catch-up: %v", err)
		}
	})
}

func TestNothingHappenedNoCatchUp(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.away(h.kofi, "2026-10-06", "2026-10-07", id.ID{})
		gone := h.away(h.mei, "2026-10-06", "2026-10-07", id.ID{})
		h.Must(h.People.RemoveAbsence(t.Context(), h.mei, gone.ID))
		h.to(in(4, "16:00"))
		for _, a := range []actor.Actor{h.kofi, h.mei} {
			if got := h.got(a); len(got) > 0 {
				t.Errorf("got %q", got)
			}
		}
	})
}

func TestLeavingTellsWhatIsDueMeanwhile(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		_, v := h.thread(h.ana, "Roof", "Please look.", asks.NewAsk{Kind: asks.Review, People: to(h.kofi), Window: "4d"})
		_, soon := h.thread(h.ana, "Today", "Please look.", asks.NewAsk{Kind: asks.Review, People: to(h.kofi), Window: "4h"})
		x := h.away(h.kofi, "2026-10-08", "2026-10-13", h.mei.Person)
		_, list, err := h.Asks.DueWhileAway(t.Context(), h.DB, h.kofi, x.ID)
		h.Must(err)
		if len(list) != 1 || list[0].Ask.ID != h.AskID(v[0]) || !list[0].MayStand || !list[0].Moved || list[0].Told {
			t.Fatalf("due meanwhile: %+v", list)
		}
		if !list[0].Due.Time().Equal(in(4, "15:00")) {
			t.Errorf("it would be due %s", list[0].Due)
		}
		_, err = h.Asks.Answer(t.Context(), h.kofi, h.AskID(soon[0]), asks.Given{Note: "Done."})
		h.Must(err)
		h.to(in(2, "07:00"))
		same(t, "the last morning", h.got(h.kofi)[2:], []string{"Wed 09:00 You are away soon, and 1 thing is due meanwhile"})

		_, err = h.Asks.TellAway(t.Context(), h.kofi, h.AskID(v[0]), x.ID, "")
		h.Must(err)
		if _, err = h.Asks.TellAway(t.Context(), h.kofi, h.AskID(v[0]), x.ID, ""); !fault.Is(err, "already_told") {
			t.Errorf("told twice: %v", err)
		}
		if _, err = h.Asks.TellAway(t.Context(), h.mei, h.AskID(v[0]), x.ID, ""); !fault.Is(err, "not_asked") {
			t.Errorf("told by somebody else: %v", err)
		}
		h.to(in(3, "09:00"))
		got := h.got(h.ana)
		if last := got[len(got)-1]; last != "Wed 09:00 Kofi Mensah is away and back on Wednesday 14 October: Roof" {
			t.Errorf("Ana got %q", got)
		}
		away, err := h.Asks.AwayFrom(t.Context(), h.DB, h.ana, []id.ID{h.AskID(v[0])})
		h.Must(err)
		if one := away[h.AskID(v[0])]; len(one) != 1 || !one[0].May {
			t.Errorf("Ana may ask instead: %+v", away)
		}
		if _, err := h.Asks.Reassign(t.Context(), h.kofi, h.AskID(v[0]), h.kofi.Person, h.mei.Person); !fault.Is(err, "not_yours") {
			t.Errorf("Kofi reassigns what Ana asked: %v", err)
		}
		ask, err := h.Asks.Reassign(t.Context(), h.ana, h.AskID(v[0]), h.kofi.Person, h.mei.Person)
		h.Must(err)
		if ask.Of(h.kofi.Person).State != asks.Released || !ask.Of(h.mei.Person).Open() || ask.State != asks.Open {
			t.Errorf("after that: %+v", ask.Owed)
		}
		h.to(in(4, "07:30"))
		if got := h.got(h.mei); len(got) != 1 {
			t.Errorf("Mei got %q", got)
		}
	})
}
