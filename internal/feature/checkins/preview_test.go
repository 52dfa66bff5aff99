package checkins_test

import (
	"strings"
	"testing"

	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/feature/checkins"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// foreseen says when each person would be asked, as "name: date time, date time" in UTC.
func (h *house) foreseen(r checkins.Rhythm) (out []string) {
	h.t.Helper()
	list, all, err := h.checkins.Foresee(h.t.Context(), h.db, h.ana, checkins.NewCheckin{Space: h.space, Team: h.team, Rhythm: r})
	h.must(err)
	if all != len(list) {
		h.t.Errorf("%d are foreseen of %d", len(list), all)
	}
	for _, f := range list {
		var times []string
		for _, s := range f.Slots {
			times = append(times, s.Date.String()[5:]+" "+s.At.Time().UTC().Format("02 15:04"))
		}
		out = append(out, strings.Fields(f.Person.Name)[0]+": "+strings.Join(times, ", "))
	}
	return out
}

func TestWhatIsForeseenIsWhatComes(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		day := h.clock.Now().Time().Format("2006-01-02")
		once := h.foreseen(checkins.Rhythm{Every: checkins.Once, From: day, At: checkins.AtEnd, Minutes: 60})
		if len(once) != 4 || !strings.HasSuffix(once[0], " 15:00") || strings.Contains(once[0], ",") {
			t.Errorf("once, an hour before the end: %q", once)
		}
		c := h.standup()
		want := map[string]string{}
		for _, line := range h.foreseen(c.Rhythm.V) {
			name, rest, _ := strings.Cut(line, ": ")
			want[name], _, _ = strings.Cut(rest, " ")
		}
		h.until(1, "23:00")
		for _, who := range []struct {
			name string
			a    actor.Actor
		}{{"Ana", h.ana}, {"Mei", h.mei}, {"Liam", h.liam}} {
			first := h.heard("checkins.turn_opened")
			found := false
			for _, e := range first {
				turn, err := h.checkins.Turn(t.Context(), h.db, who.a, e.Subject.ID)
				found = found || err == nil && turn.Person == who.a.Person && turn.Date[5:] == want[who.name]
			}
			if !found {
				t.Errorf("%s was foreseen for %s and not asked for it", who.name, want[who.name])
			}
		}
	})
}

func TestACheckinIsTakenOverByWhoMayChangeItsSpace(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		c, err := h.checkins.Make(t.Context(), h.kofi, checkins.NewCheckin{Space: h.space, Template: "standup", Team: h.team})
		h.must(err)
		if _, err := h.checkins.TakeOver(t.Context(), h.mei, c.ID); !fault.IsKind(err, fault.Forbidden) {
			t.Errorf("a reader: got %v, want a refusal", err)
		}
		_, err = h.checkins.TakeOver(t.Context(), h.ana, c.ID)
		h.must(err)
		c, err = h.checkins.TakeOver(t.Context(), h.ana, c.ID)
		h.must(err)
		if c.Owner != h.ana.Person || c.Version != 2 {
			t.Errorf("taken over twice: got owner %s in version %d, want Ana in 2", c.Owner, c.Version)
		}
	})
}

func TestMyReportsAreOfWhatIMayReadStill(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		sp, err := h.spaces.OpenSpace(t.Context(), h.ana, spaces.NewSpace{Name: "Quiet", Private: true, Members: []id.ID{h.kofi.Person, h.liam.Person}})
		h.must(err)
		c, err := h.checkins.Make(t.Context(), h.ana, checkins.NewCheckin{Space: sp.ID, Template: "standup", People: []id.ID{h.kofi.Person, h.liam.Person}})
		h.must(err)
		h.until(0, "10:00")
		h.say(h.kofi, "Painted the door.")
		h.until(0, "15:00")
		list, known, err := h.checkins.MyReports(t.Context(), h.db, h.liam, id.ID{}, 10)
		h.must(err)
		if len(list) != 1 || known[list[0].Checkin].Name != c.Name {
			t.Fatalf("Liam's reports: %d, want one of %s", len(list), c.Name)
		}
		h.must(h.spaces.RemoveMember(t.Context(), h.ana, sp.ID, h.liam.Person))
		h.settle()
		if list, known, err = h.checkins.MyReports(t.Context(), h.db, h.liam, id.ID{}, 10); err != nil || len(known) != 0 {
			t.Errorf("after they left the space: %d reports, %d readable, %v", len(list), len(known), err)
		}
	})
}

func TestASpaceThatTurnsPrivateAsksItsMembersOnly(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.standup()
		h.until(0, "10:00")
		if h.waits(h.kofi).ID.IsZero() {
			t.Fatal("Kofi is not asked in the first place")
		}
		private := func(is bool) {
			h.must(h.spaces.ChangeSpace(t.Context(), h.ana, h.space, spaces.SpaceChange{Private: &is}))
			h.settle()
		}
		private(true)
		if !h.waits(h.kofi).ID.IsZero() {
			t.Error("Kofi owes an answer to what he cannot read")
		}
		h.until(1, "10:00")
		if !h.waits(h.kofi).ID.IsZero() || h.waits(h.ana).ID.IsZero() {
			t.Error("of the next day, want that only Ana is asked")
		}
		private(false)
		h.until(2, "10:00")
		if h.waits(h.kofi).ID.IsZero() {
			t.Error("Kofi is not asked again in a space that is open again")
		}
	})
}
