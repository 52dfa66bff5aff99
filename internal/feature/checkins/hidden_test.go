package checkins_test

import (
	"encoding/json"
	"strings"
	"testing"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/feature/checkins"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// canary stands in hidden answers alone.
const canary = "quokkavault"

// Others' answers are shut until one has answered for the same date, and by no door.
func TestHiddenUntilYouWriteYours(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		c := h.standup(hidden)
		h.until(0, "09:00")
		x := h.say(h.kofi, canary)
		h.shut(h.ana, c, x.ID, "before her own answer")
		h.shut(h.liam, c, x.ID, "before his day begins")
		h.open(h.kofi, c, x.ID, "his own")
		h.open(h.ben, c, x.ID, "nobody asks him")
		log, err := event.After(t.Context(), h.db, h.ws, 0, 10_000)
		h.must(err)
		for _, e := range log {
			if strings.Contains(string(e.Data), canary) {
				t.Errorf("the log tells of it: %s", e.Kind)
			}
		}
		if found := h.found(x.ID); found != "" {
			t.Errorf("search finds %q", found)
		}
		if err := h.checkins.Withdraw(t.Context(), h.kofi, x.ID); !fault.Is(err, "hidden") {
			t.Errorf("taking back what the others may have answered to: %v", err)
		}
		mine, err := h.checkins.Answer(t.Context(), h.ana, h.waits(h.ana).ID, checkins.Given{Nothing: true})
		h.must(err)
		h.open(h.ana, c, x.ID, "after her own answer")
		mine, err = h.checkins.Answer(t.Context(), h.ana, mine.ID, checkins.Given{Answers: []checkins.Answer{{Question: "done", Text: "Me too"}}})
		h.must(err)
		if mine.EditedAt == 0 {
			t.Error("changing an answer after reading the others' leaves no mark")
		}
		// Mei's Monday was over before it began; on Tuesday she reads of Monday.
		h.until(1, "02:00")
		if got := h.reports(h.mei, c); len(got) != 1 || !strings.Contains(got[0], canary) {
			t.Errorf("Mei read %v", got)
		}
		h.open(h.liam, c, x.ID, "his day for it is over")
		h.until(3, "12:01")
		if found := h.found(x.ID); found != canary {
			t.Errorf("search finds %q when everybody may read it", found)
		}
		if n := len(h.heard(checkins.EventRevealed)); n < 2 {
			t.Errorf("%d answers were told to be open", n)
		}
	})
}

func (h *house) shut(a actor.Actor, c checkins.Checkin, turn id.ID, why string) {
	h.t.Helper()
	if _, err := h.checkins.Turn(h.t.Context(), h.db, a, turn); !fault.IsKind(err, fault.NotFound) {
		h.t.Errorf("%s: the answer is read: %v", why, err)
	}
	if all := h.everything(a, c); strings.Contains(all, canary) {
		h.t.Errorf("%s: it is in %s", why, all)
	}
}

func (h *house) open(a actor.Actor, c checkins.Checkin, turn id.ID, why string) {
	h.t.Helper()
	if _, err := h.checkins.Turn(h.t.Context(), h.db, a, turn); err != nil {
		h.t.Errorf("%s: the answer is not read: %v", why, err)
	}
	if all := h.everything(a, c); !strings.Contains(all, canary) {
		h.t.Errorf("%s: it is not in %s", why, all)
	}
}

// everything is all that a check-in shows of answers to somebody.
func (h *house) everything(a actor.Actor, c checkins.Checkin) string {
	h.t.Helper()
	list, _, _, err := h.checkins.Answers(h.t.Context(), h.db, a, c.ID, id.ID{}, 0, id.ID{}, 100)
	h.must(err)
	_, latest, err := h.checkins.Latest(h.t.Context(), h.db, a, c.ID)
	h.must(err)
	b, err := json.Marshal([]any{list, latest, h.reports(a, c)})
	h.must(err)
	return string(b)
}

func (h *house) found(turn id.ID) string {
	h.t.Helper()
	found, err := h.checkins.Texts(h.t.Context(), h.db, h.ws, []id.ID{turn})
	h.must(err)
	return found[turn].Body
}

// Moods are their person's. The team sees a mean of whole weeks of five people, counted
// once: a late answer, a change and a new colleague leave it as it is.
func TestMoodIsOfFive(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		five := []id.ID{h.ana.Person, h.ben.Person, h.kofi.Person, h.liam.Person}
		fifth := h.person(people.NewPerson{Name: "Vera Costa", Zone: "Europe/Lisbon"})
		mood := func(n *checkins.NewCheckin) {
			n.Template, n.Team, n.People = "", id.ID{}, append(five, fifth.Person)
			n.Name, n.Questions = "Week", []checkins.Question{{Key: "mood", Kind: checkins.Mood, Text: "How was it?"}, {Key: "done", Kind: checkins.Text, Text: "What?"}}
			n.Rhythm = checkins.Rhythm{Every: checkins.EveryDay, At: checkins.AtStart}
		}
		c := h.standup(mood)
		say := func(a actor.Actor, turn id.ID, n float64) {
			_, err := h.checkins.Answer(t.Context(), a, turn, checkins.Given{Answers: []checkins.Answer{{Question: "mood", Number: &n}}})
			h.must(err)
		}
		h.until(0, "13:30")
		for i, a := range []actor.Actor{h.ana, h.ben, h.kofi, h.liam} {
			say(a, h.waits(a).ID, float64(i+1))
		}
		h.until(9, "11:59") // the week is over everywhere 60 hours after it ended in UTC
		if _, got, err := h.checkins.Figures(t.Context(), h.db, h.ben, c.ID); err != nil || len(got) != 0 {
			t.Errorf("figures of a week that goes on: %v, %v", got, err)
		}
		h.until(9, "12:01")
		if got := h.mood(c); got != "" {
			t.Errorf("four moods show as %s", got)
		}
		for _, a := range []actor.Actor{h.ana, h.ben, h.kofi, fifth} {
			say(a, h.waits(a).ID, 5)
		}
		h.until(9, "13:30")
		say(h.liam, h.waits(h.liam).ID, 2)
		h.until(16, "12:01")
		if got := h.mood(c); got != "2026-10-12 4.5" {
			t.Errorf("five moods show as %s", got)
		}
		say(fifth, h.turnOn(fifth, "2026-10-15"), 1)
		say(h.ana, h.turnOn(h.ana, "2026-10-14"), 1)
		h.until(30, "12:01")
		if got := h.mood(c); got != "2026-10-12 4.5" {
			t.Errorf("after a late answer and a change the moods show as %s", got)
		}
	})
}

// When everybody is at one end of the scale the figure does not say so: it would say of
// each what they answered.
func TestAFigureOfMoodsStaysOffTheEnds(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		fifth := h.person(people.NewPerson{Name: "Vera Costa", Zone: "Europe/Lisbon"})
		all := []actor.Actor{h.ana, h.ben, h.kofi, h.liam, fifth}
		c := h.standup(func(n *checkins.NewCheckin) {
			n.Template, n.Team, n.Name, n.Questions = "", id.ID{}, "Week", []checkins.Question{{Key: "mood", Kind: checkins.Mood, Text: "How was it?"}}
			n.Rhythm = checkins.Rhythm{Every: checkins.EveryWeek, Weekdays: []string{"mon"}}
			for _, a := range all {
				n.People = append(n.People, a.Person)
			}
		})
		for week, mood := range []float64{1, 5} {
			h.until(7*week, "14:00")
			for _, a := range all {
				_, err := h.checkins.Answer(t.Context(), a, h.waits(a).ID, checkins.Given{Answers: []checkins.Answer{{Question: "mood", Number: &mood}}})
				h.must(err)
			}
		}
		h.until(16, "12:01")
		if got := h.mood(c); got != "2026-10-05 1.5, 2026-10-12 4.5" {
			t.Errorf("moods of 1 and of 5 show as %s", got)
		}
	})
}

func (h *house) mood(c checkins.Checkin) string {
	h.t.Helper()
	_, list, err := h.checkins.Figures(h.t.Context(), h.db, h.ben, c.ID)
	h.must(err)
	var out []string
	for _, f := range list {
		if f.Question == "mood" {
			b, err := json.Marshal(f.Value)
			h.must(err)
			out = append(out, f.Week+" "+string(b))
		}
	}
	return strings.Join(out, ", ")
}

// turnOn finds somebody's turn for a date.
func (h *house) turnOn(a actor.Actor, date string) id.ID {
	h.t.Helper()
	for _, e := range h.heard(checkins.EventOpened) {
		if e.Concerns[0] == a.Person {
			x, err := h.checkins.Turn(h.t.Context(), h.db, a, e.Subject.ID)
			h.must(err)
			if x.Date == date {
				return x.ID
			}
		}
	}
	h.t.Fatalf("not asked for %s", date)
	return id.ID{}
}
