package checkins_test

import (
	"strings"
	"testing"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/feature/checkins"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// Each is asked at the start of their own day, for their own date, until its end.
func TestAskedInEachPersonsDay(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		c := h.standup()
		h.until(0, "23:59")
		got := ""
		for _, e := range h.heard(checkins.EventOpened) {
			x, err := h.checkins.Turn(t.Context(), h.db, who(h, e.Concerns[0]), e.Subject.ID)
			h.must(err)
			got += names[e.Concerns[0] == h.mei.Person] + x.AskedAt.Time().Format("15:04") + "-" + x.DueAt.Time().Format("15:04") + " " + x.Date[8:] + ", "
		}
		// Kofi begins at 07:00 UTC, Ana at 08:00, Liam at 13:00; Mei was past her start
		// when the check-in was begun, and is asked on Tuesday, hers and ours.
		if want := "07:00-15:00 05, 08:00-16:00 05, 13:00-21:00 05, "; got != want {
			t.Errorf("asked %s want %s", got, want)
		}
		if w := h.waits(h.kofi); !w.ID.IsZero() {
			t.Error("Kofi's day is over, and he is asked still")
		}
		h.until(1, "02:00")
		if w := h.waits(h.mei); w.Date != "2026-10-06" {
			t.Errorf("Mei is asked for %q", w.Date)
		}
		list, err := h.asks.Owe(t.Context(), h.db, h.mei, h.mei.Person, asks.Cursor{}, 10)
		h.must(err)
		if len(list) != 1 || list[0].Ask.Kind != asks.CheckIn || !strings.HasPrefix(list[0].Ask.HeldPath, "/checkins/turns/turn_") || !strings.Contains(list[0].Ask.Text, " questions") {
			t.Errorf("Mei owes %+v", list)
		}
		_ = c
	})
}

var names = map[bool]string{true: "Mei "}

func who(h *house, x id.ID) actor.Actor {
	return actor.Actor{Workspace: h.ws, Person: x, Role: actor.Member}
}

// The report of a reader comes when their day begins, with what is new to them; what
// came late stands in the next one, marked.
func TestReportsForEachReadersMorning(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		c := h.standup()
		h.until(0, "10:00")
		h.say(h.kofi, "kofi one")
		late := h.waits(h.ana)
		h.until(0, "15:00")
		h.say(h.liam, "liam one")
		h.until(1, "06:00")
		if got := strings.Join(h.reports(h.mei, c), "; "); got != "2026-10-06: kofi one, liam one" {
			t.Errorf("Mei read %s", got)
		}
		_, err := h.checkins.Answer(t.Context(), h.ana, late.ID, checkins.Given{Answers: []checkins.Answer{{Question: "next", Text: "ana one"}}})
		h.must(err)
		h.until(1, "07:30")
		if got := strings.Join(h.reports(h.kofi, c), "; "); got != "2026-10-06: kofi one, liam one, ana one (late)" {
			t.Errorf("Kofi read %s", got)
		}
		h.until(2, "02:00")
		if got := strings.Join(h.reports(h.mei, c), "; "); got != "2026-10-07: ana one (late); 2026-10-06: kofi one, liam one" {
			t.Errorf("Mei read %s", got)
		}
		// Nobody is told of a morning without news, and nobody of their own words alone.
		h.until(4, "23:00")
		if got := h.reports(h.mei, c); len(got) != 2 {
			t.Errorf("Mei read %v", got)
		}
		list, err := h.checkins.Reports(t.Context(), h.db, h.mei, c.ID, id.ID{}, 9)
		h.must(err)
		thing, err := h.things.Describe(t.Context(), h.db, h.mei, "checkin_report", list[1].ID)
		h.must(err)
		if thing.Title != "Stand-up: answers of 2" || thing.Excerpt != "Kofi Mensah: kofi one · Liam Okafor: liam one" {
			t.Errorf("Mei's report is %q: %q", thing.Title, thing.Excerpt)
		}
		if _, err := h.things.Describe(t.Context(), h.db, h.kofi, "checkin_report", list[1].ID); !fault.IsKind(err, fault.NotFound) {
			t.Errorf("Kofi reads Mei's report: %v", err)
		}
	})
}

// Until an answer stood in another's report it is changed without a mark, and can be
// taken back; afterwards it is marked, and stays.
func TestAnAnswerIsMarkedOnceItWasRead(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.standup()
		h.until(0, "10:00")
		x := h.say(h.kofi, "one")
		again := checkins.Given{Answers: []checkins.Answer{{Question: "done", Text: "two"}}}
		x, err := h.checkins.Answer(t.Context(), h.kofi, x.ID, again)
		h.must(err)
		if x.EditedAt != 0 {
			t.Error("a change that nobody could notice is marked")
		}
		h.must(h.checkins.Withdraw(t.Context(), h.kofi, x.ID))
		if w := h.waits(h.kofi); w.ID != x.ID || w.Draft.V.Answers[0].Text != "two" {
			t.Errorf("after taking it back Kofi is asked %+v", w)
		}
		if n := len(h.owed(h.kofi)); n != 1 {
			t.Errorf("after taking it back Kofi owes %d asks", n)
		}
		h.say(h.kofi, "three")
		h.until(1, "02:00")
		if err := h.checkins.Withdraw(t.Context(), h.kofi, x.ID); !fault.Is(err, "read") {
			t.Errorf("taking back what was read: %v", err)
		}
		x, err = h.checkins.Answer(t.Context(), h.kofi, x.ID, again)
		h.must(err)
		if x.EditedAt == 0 {
			t.Error("a change of what was read is not marked")
		}
	})
}

func (h *house) owed(a actor.Actor) []asks.Owed {
	h.t.Helper()
	list, err := h.asks.Owe(h.t.Context(), h.db, a, a.Person, asks.Cursor{}, 50)
	h.must(err)
	var out []asks.Owed
	for _, o := range list {
		if !o.Gone {
			out = append(out, *o.Ask.Of(a.Person))
		}
	}
	return out
}

// Days off, holidays and other hours move what is asked; what was asked goes with them.
func TestDaysOffAreSkipped(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.standup()
		_, err := h.people.AddAbsence(t.Context(), h.kofi, people.NewAbsence{From: "2026-10-06", To: "2026-10-07", Reason: "Away"})
		h.must(err)
		h.until(0, "09:30")
		asked := h.waits(h.ana)
		_, err = h.people.AddAbsence(t.Context(), h.ana, people.NewAbsence{From: "2026-10-05", To: "2026-10-05", Reason: "Ill"})
		h.must(err)
		h.settle()
		if w := h.waits(h.ana); !w.ID.IsZero() || len(h.owed(h.ana)) != 0 {
			t.Errorf("Ana is ill and asked for %s still", asked.Date)
		}
		h.must(h.people.SetMySchedule(t.Context(), h.liam, worktime.Spec{Zone: "America/New_York", Weekly: map[string][]string{"mon": {"06:00-10:00"}, "fri": {"06:00-10:00"}}}, 0))
		h.until(0, "12:00")
		if w := h.waits(h.liam); w.DueAt.Time().Format("15:04") != "14:00" {
			t.Errorf("Liam is asked until %s", w.DueAt)
		}
		h.until(6, "23:00")
		got := map[id.ID]string{}
		for _, e := range h.heard(checkins.EventOpened) {
			x, err := h.checkins.Turn(t.Context(), h.db, who(h, e.Concerns[0]), e.Subject.ID)
			h.must(err)
			got[e.Concerns[0]] += x.Date[8:] + " "
		}
		for a, want := range map[id.ID]string{h.kofi.Person: "05 08 09 ", h.ana.Person: "05 06 07 08 09 ", h.liam.Person: "05 09 ", h.mei.Person: "06 07 08 09 "} {
			if got[a] != want {
				t.Errorf("asked on %s, want %s", got[a], want)
			}
		}
	})
}
