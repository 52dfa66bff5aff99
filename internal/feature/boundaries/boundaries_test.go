package boundaries_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/coretest"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/feature/boundaries"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
	"example.org/meantime/worktime"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// house has Kofi in Berlin, who works from nine to five on weekdays, and Ana, who owns
// the workspace. It begins on Monday 5 October 2026, 07:00 UTC.
type house struct {
	*coretest.World
	bounds *boundaries.Service
	thread id.ID

	ana, kofi actor.Actor
}

func engines(t *testing.T, f func(t *testing.T, h *house)) {
	t.Helper()
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
		h := &house{World: coretest.New(t, d, c, coretest.Options{})}
		h.bounds = boundaries.New(d, h.People)
		h.Furnish()
		h.ana, h.kofi = h.Person(coretest.Ana), h.Person(coretest.Kofi)
		space := h.Space(h.ana, spaces.NewSpace{Name: "Launch"})
		th, _ := h.Thread(h.ana, space.ID, "Roof", "To begin with.")
		h.thread = th.ID
		f(t, h)
	})
}

// at lets Kofi post on a day of October, at a clock time in Berlin.
func (h *house) at(day int, wall string) {
	h.T.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	h.Must(err)
	t, err := time.ParseInLocation("2006-01-02 15:04", fmt.Sprintf("2026-10-%02d %s", day, wall), zone)
	h.Must(err)
	h.Clock.Set(clock.At(t))
	_, err = h.Asks.Reply(h.T.Context(), h.kofi, h.thread, asks.NewReply{Markdown: "A word."})
	h.Must(err)
}

func TestTheMirrorCountsWhatIsOutsideHours(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.at(5, "23:00")
		for day := 12; day <= 14; day++ {
			h.at(day, "08:50") // near enough
			h.at(day, "10:00")
			h.at(day, "17:10") // near enough
			h.at(day, "22:30")
		}
		h.at(15, "12:00")
		h.Clock.Set(h.Clock.Now().Add(5 * 24 * time.Hour)) // Tuesday 20th: the 5th is out of sight
		m, err := h.bounds.Mirror(t.Context(), h.DB, h.kofi)
		h.Must(err)
		if m.Acts != 13 || m.Outside != 3 || len(m.Days) != 3 || m.Often || m.Days[0].Date != "2026-10-12" {
			t.Errorf("%+v", m)
		}
		h.at(21, "06:00")
		h.at(21, "06:05")
		m, err = h.bounds.Mirror(t.Context(), h.DB, h.kofi)
		h.Must(err)
		if !m.Often || m.Days[3].Acts != 2 || m.Days[3].Last.Sub(m.Days[3].First) != 5*time.Minute {
			t.Errorf("on a fourth day: %+v", m)
		}
		if other, err := h.bounds.Mirror(t.Context(), h.DB, h.ana); err != nil || other.Acts != 0 {
			t.Errorf("Ana sees herself, and did nothing of late: %+v, %v", other, err)
		}
	})
}

func TestAnAbsenceIsOutsideHours(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		_, err := h.People.AddAbsence(t.Context(), h.kofi, people.NewAbsence{From: "2026-10-12", To: "2026-10-13"})
		h.Must(err)
		h.at(12, "10:00")
		m, err := h.bounds.Mirror(t.Context(), h.DB, h.kofi)
		h.Must(err)
		if m.Acts != 1 || m.Outside != 1 {
			t.Errorf("neither his hours nor adding the absence count, the post does: %+v", m)
		}
	})
}

func TestQuietHoursAreSuggested(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		check := worktime.Spec{Zone: "Europe/Berlin", Checks: map[string][]string{}, Weekly: map[string][]string{}}
		for _, day := range []string{"mon", "tue", "wed", "thu", "fri"} {
			check.Weekly[day], check.Checks[day] = []string{"09:00-17:00"}, []string{"09:00", "14:00"}
		}
		h.Must(h.People.SetMySchedule(t.Context(), h.kofi, check, 0))
		list, err := h.bounds.Suggestions(t.Context(), h.DB, h.kofi)
		h.Must(err)
		if len(list) != 0 {
			t.Errorf("from nothing: %+v", list)
		}
		for day := 5; day <= 31; day++ { // four weeks: quiet on Tuesdays from ten to twelve
			if weekday := (day - 5) % 7; weekday < 5 {
				for _, wall := range []string{"09:10", "10:10", "11:10", "12:10", "13:10", "14:10", "15:10", "16:10"} {
					if weekday != 1 || !strings.HasPrefix(wall, "10") && !strings.HasPrefix(wall, "11") {
						h.at(day, wall)
					}
				}
			}
		}
		list, err = h.bounds.Suggestions(t.Context(), h.DB, h.kofi)
		h.Must(err)
		if len(list) != 1 || list[0].Weekday != "tue" || list[0].From != "10:00" || list[0].To != "12:00" || list[0].Acts != 0 {
			t.Fatalf("suggested %+v, want Tuesday from ten to twelve", list)
		}
		if why := list[0].Why(); !strings.Contains(why, "wrote and answered nothing") {
			t.Errorf("why: %s", why)
		}
		check.Focus = map[string][]string{"tue": {"10:00-12:00"}}
		h.Must(h.People.SetMySchedule(t.Context(), h.kofi, check, 0))
		list, err = h.bounds.Suggestions(t.Context(), h.DB, h.kofi)
		h.Must(err)
		if len(list) != 0 {
			t.Errorf("what is kept free is suggested again: %+v", list)
		}
	})
}

func TestClosingIsOnesOwnWish(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.Must(h.bounds.SetCloses(t.Context(), h.kofi, true))
		for a, want := range map[actor.Actor]bool{h.kofi: true, h.ana: false} {
			got, err := h.bounds.Closes(t.Context(), h.DB, a.Workspace, a.Person)
			if err != nil || got != want {
				t.Errorf("closes %v, %v; want %v", got, err, want)
			}
		}
		log, err := event.Of(t.Context(), h.DB, h.kofi.Workspace, h.kofi.Person, 1)
		h.Must(err)
		if len(log) != 1 || len(log[0].Concerns) != 1 || log[0].Concerns[0] != h.kofi.Person || string(log[0].Data) != "{}" {
			t.Errorf("the log says %+v", log)
		}
		h.Must(h.bounds.SetCloses(t.Context(), h.kofi, false))
		if got, err := h.bounds.Closes(t.Context(), h.DB, h.kofi.Workspace, h.kofi.Person); err != nil || got {
			t.Errorf("still closes: %v", err)
		}
	})
}

func TestMeetingsInTimeThatTheTeamKeepsFree(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		day := func(date, from, to, title string) boundaries.Meeting {
			zone, err := time.LoadLocation("Europe/Berlin")
			h.Must(err)
			start, err := time.ParseInLocation("2006-01-02 15:04", date+" "+from, zone)
			h.Must(err)
			end, err := time.ParseInLocation("2006-01-02 15:04", date+" "+to, zone)
			h.Must(err)
			return boundaries.Meeting{Start: clock.At(start), End: clock.At(end), Title: title}
		}
		met := []boundaries.Meeting{
			day("2026-10-07", "08:00", "09:00", "ends as it begins"),
			day("2026-10-07", "11:30", "12:30", "half in it"),
			day("2026-10-07", "11:30", "12:30", "half in it"), // in two calendars
			day("2026-10-08", "10:00", "11:00", "another day"),
			day("2026-10-14", "10:00", "11:00", "on a day off"),
			day("2026-10-21", "10:00", "10:30", "to come"),
		}
		h.bounds.Introduce(boundaries.Neighbours{
			Meetings: func(_ context.Context, _ db.Queryer, _, person id.ID, from, to clock.Instant) (out []boundaries.Meeting, err error) {
				for _, m := range met {
					if person == h.kofi.Person && m.End > from && m.Start < to {
						out = append(out, m)
					}
				}
				return out, nil
			},
			MeetingFree: func(context.Context, db.Queryer, id.ID, id.ID) ([]boundaries.Agreed, error) {
				return []boundaries.Agreed{{Name: "Platform", Ranges: map[string][]string{"wed": {"09:00-12:00"}}}}, nil
			},
		})
		_, err := h.People.AddAbsence(t.Context(), h.kofi, people.NewAbsence{From: "2026-10-14", To: "2026-10-15"})
		h.Must(err)
		h.Clock.Set(clock.At(time.Date(2026, 10, 20, 12, 0, 0, 0, time.UTC)))
		list, all, err := h.bounds.Clashes(t.Context(), h.DB, h.kofi)
		h.Must(err)
		if len(list) != 1 || list[0].Name != "Platform" || all != 3 {
			t.Fatalf("%+v of %d meetings, want one team and 3", list, all)
		}
		if c := list[0]; len(c.Past) != 1 || c.Past[0].Title != "half in it" || len(c.Ahead) != 1 || c.Ahead[0].Title != "to come" {
			t.Errorf("in time kept free: %+v", c)
		}
		if list, all, err := h.bounds.Clashes(t.Context(), h.DB, h.ana); err != nil || all != 0 || len(list[0].Past) != 0 {
			t.Errorf("Ana sees her own: %+v, %d, %v", list, all, err)
		}
	})
}
