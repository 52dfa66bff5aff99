package asks_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
	"example.org/meantime/worktime"
)

var week = map[string][]string{
	"mon": {"09:00-17:00"}, "tue": {"09:00-17:00"}, "wed": {"09:00-17:00"}, "thu": {"09:00-17:00"}, "fri": {"09:00-17:00"},
}

func addressee(t *testing.T, name string, spec worktime.Spec) asks.Addressee {
	t.Helper()
	s, err := spec.Compile()
	if err != nil {
		t.Fatal(err)
	}
	return asks.Addressee{Person: id.New(clock.At(testkit.Monday)), Name: name, Schedule: s}
}

func TestForesee(t *testing.T) {
	ben := addressee(t, "Ben", worktime.Spec{Zone: "Europe/Berlin", Weekly: week})
	kofi := addressee(t, "Kofi", worktime.Spec{Zone: "Africa/Accra", Weekly: week})
	mei := addressee(t, "Mei", worktime.Spec{Zone: "Asia/Taipei", Weekly: week})
	nobody := addressee(t, "Nils", worktime.Spec{Zone: "Europe/Oslo"})
	away := addressee(t, "Ana", worktime.Spec{Zone: "Europe/Berlin", Weekly: week, Absences: []worktime.Absence{{From: "2026-10-05", To: "2026-10-08"}}})
	away.Absences = []people.Absence{{From: utc(4, 22, 0), To: utc(7, 22, 0), Reason: "a trip"}}
	away.StandIn = "Kofi"
	holiday := addressee(t, "Lin", worktime.Spec{Zone: "Asia/Taipei", Weekly: week, Holidays: []string{"2026-10-06"}})
	holiday.Holidays = []people.Day{{Date: "2026-10-06", Name: "Moon Festival"}}
	blind := ben
	blind.Blind = true

	four := asks.Terms{Urgency: worktime.Routine, Window: worktime.Window{Hours: 4 * time.Hour}}
	day := asks.Terms{Urgency: worktime.Routine, Window: worktime.Window{Days: 1, IsDays: true}}
	until := func(at clock.Instant) asks.Terms { return asks.Terms{Urgency: worktime.Routine, Deadline: at} }
	cases := []struct {
		name                   string
		terms                  asks.Terms
		need                   string
		to                     []asks.Addressee
		first, allBy, enoughBy string
		without                string
		warns                  []string
	}{
		{"nobody yet", four, "all", nil, "", "", "", "", nil},
		{"one", four, "all", []asks.Addressee{ben}, "5 07:00", "5 11:00", "5 11:00", "", nil},
		{"three zones", four, "all", []asks.Addressee{ben, kofi, mei}, "5 07:00", "6 05:00", "6 05:00", "Mei 16h0m0s", nil},
		{"any of three", four, "any", []asks.Addressee{ben, kofi, mei}, "5 07:00", "6 05:00", "5 11:00", "Mei 16h0m0s", nil},
		{"two of three", four, "2", []asks.Addressee{ben, kofi, mei}, "5 07:00", "6 05:00", "5 13:00", "Mei 16h0m0s", nil},
		{"two alike", four, "all", []asks.Addressee{ben, ben}, "5 07:00", "5 11:00", "5 11:00", "", nil},
		{"a working day", day, "all", []asks.Addressee{ben}, "5 07:00", "6 15:00", "6 15:00", "", nil},
		{"one who cannot be reached", four, "any", []asks.Addressee{ben, nobody}, "5 07:00", "", "5 11:00", "Nils 0s", []string{"Nils cannot be reached"}},
		{"one who is away", four, "all", []asks.Addressee{ben, away}, "5 07:00", "8 11:00", "8 11:00", "Ana 72h0m0s", []string{"Ana is away until Thu 00:00; Kofi stands in."}},
		{"a holiday", four, "all", []asks.Addressee{holiday}, "7 01:00", "7 05:00", "7 05:00", "", []string{"Lin has a holiday on Tuesday 6 October: Moon Festival."}},
		{"a deadline in their night", until(utc(5, 20, 0)), "all", []asks.Addressee{ben}, "5 07:00", "5 20:00", "5 20:00", "", []string{"outside the hours of Ben: Mon 22:00 there"}},
		{"a deadline at the end of their day", until(utc(5, 15, 0)), "all", []asks.Addressee{ben}, "5 07:00", "5 15:00", "5 15:00", "", nil},
		{"a deadline before they are reached", until(utc(5, 15, 0)), "all", []asks.Addressee{mei}, "6 01:00", "5 15:00", "5 15:00", "", []string{"Mei is reached only Tue 09:00, after the deadline."}},
		{"a deadline that leaves too little", until(utc(5, 10, 0)), "all", []asks.Addressee{kofi}, "5 09:00", "5 10:00", "5 10:00", "", []string{"leaves Kofi less than 2h"}},
		{"one who cannot read", four, "all", []asks.Addressee{blind}, "5 07:00", "5 11:00", "5 11:00", "", []string{"Ben may not read this space."}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			f := asks.Foresee(clock.At(testkit.Monday), c.terms, c.need, worktime.Window{Hours: 2 * time.Hour}, c.to)
			if got := [3]string{brief(f.First), brief(f.AllBy), brief(f.EnoughBy)}; got != [3]string{c.first, c.allBy, c.enoughBy} {
				t.Errorf("first, all and enough by %q, want %q, %q, %q", got, c.first, c.allBy, c.enoughBy)
			}
			got := ""
			if f.Without != nil {
				got = fmt.Sprintf("%s %s", f.Without.Name, f.Without.Sooner)
			}
			if got != c.without {
				t.Errorf("without %q, want %q", got, c.without)
			}
			if len(f.Warnings) != len(c.warns) {
				t.Fatalf("warns %q, want %q", f.Warnings, c.warns)
			}
			for i, w := range c.warns {
				if !strings.Contains(f.Warnings[i], w) {
					t.Errorf("warns %q, want %q", f.Warnings[i], w)
				}
			}
		})
	}
}

// brief writes an instant of October 2026 as day and time in UTC.
func brief(at clock.Instant) string {
	if at.IsZero() {
		return ""
	}
	return at.Time().Format("2 15:04")
}

func TestAForecastSaysWhatIsKnown(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		c, err := h.People.AddCalendar(h.T.Context(), h.ana, people.NewCalendar{Name: "Taiwan", ICS: "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\n" +
			"BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20261006\r\nSUMMARY:A day off\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"})
		h.Must(err)
		h.Must(h.People.FollowCalendars(h.T.Context(), h.mei, []id.ID{c.ID}))
		_, err = h.People.AddAbsence(h.T.Context(), h.ben, people.NewAbsence{From: "2026-10-05", To: "2026-10-05", Reason: "a course", StandIn: h.kofi.Person})
		h.Must(err)
		f, err := h.Asks.Forecast(h.T.Context(), h.DB, h.ana, asks.Question{People: ids(h.ana, h.ben, h.kofi, h.mei), Space: h.closed.ID})
		h.Must(err)
		got := strings.Join(f.Warnings, "\n")
		want := "Ben is away until Tue 00:00; Kofi stands in.\nMei may not read this space. Add them to it first, or ask somebody else.\nMei has a holiday on Tuesday 6 October: A day off."
		if got != want || len(f.People) != 3 {
			t.Errorf("warns:\n%s\nwant:\n%s", got, want)
		}
		_, err = h.Asks.Forecast(h.T.Context(), h.DB, h.ana, asks.Question{People: ids(h.other)})
		h.Refused("about another workspace", err, "not_found")
		_, err = h.Asks.Forecast(h.T.Context(), h.DB, h.mei, asks.Question{People: ids(h.ben), Space: h.closed.ID})
		h.Refused("in a space one may not see", err, "not_found")
		_, err = h.Asks.Forecast(h.T.Context(), h.DB, h.guest, asks.Question{People: ids(h.outsider)})
		h.Refused("of somebody out of sight", err, "not_found")
		_, err = h.Asks.Forecast(h.T.Context(), h.DB, h.ana, asks.Question{Window: "never"})
		h.Refused("with a malformed window", err, "window")
	})
}

// What the forecast says is what then happens, at any moment, for any terms.
func TestAForecastIsWhatThenHappens(t *testing.T) {
	c := clock.Still(testkit.Monday)
	h := newHouse(t, testkit.SQLite(t, c), c)
	specs := []worktime.Spec{
		{Zone: "Australia/Lord_Howe", Weekly: map[string][]string{"mon": {"22:00-06:00"}, "thu": {"09:00-12:00", "13:00-17:00"}}},
		{Zone: "America/New_York", Weekly: week, Checks: map[string][]string{"tue": {"10:30"}}, Focus: map[string][]string{"mon": {"09:00-12:00"}}},
	}
	h.Must(h.DB.Write(h.T.Context(), h.WS, unusualHours(h, specs)))
	rapid.Check(t, func(rt *rapid.T) {
		h.Clock.Advance(time.Duration(rapid.IntRange(0, 5000).Draw(rt, "minutes later")) * time.Minute)
		n := asks.NewAsk{
			People:  rapid.SliceOfNDistinct(rapid.SampledFrom(ids(h.ben, h.kofi, h.mei, h.guest)), 1, 4, rapid.ID[id.ID]).Draw(rt, "people"),
			Urgency: rapid.SampledFrom([]worktime.Urgency{"routine", "soon", "urgent"}).Draw(rt, "urgency"),
			Window:  rapid.SampledFrom([]string{"30m", "4h", "20h", "0d", "1d", "5d"}).Draw(rt, "window"),
			Reason:  "It matters.", Otherwise: "Nothing happens.",
		}
		if rapid.Bool().Draw(rt, "a deadline") {
			n.Window, n.Deadline = "", h.Clock.Now().Add(time.Duration(rapid.IntRange(1, 200).Draw(rt, "hours"))*time.Hour)
		}
		f, err := h.Asks.Forecast(h.T.Context(), h.DB, h.ana, asks.Question{People: n.People, Space: h.open.ID, Window: n.Window, Deadline: n.Deadline, Urgency: n.Urgency})
		if err != nil {
			rt.Fatal(err)
		}
		a, err := h.try(h.ana, n)
		if err != nil {
			rt.Fatal(err)
		}
		for i, o := range a.Owed {
			if p := f.People[i]; p.Person != o.PersonID || p.Reach != o.Reach || p.Due != o.Due {
				rt.Fatalf("foretold %s and %s, planned %s and %s", p.Reach, p.Due, o.Reach, o.Due)
			}
		}
		if f.AllBy != a.LastDue {
			rt.Fatalf("all by %s, last due %s", f.AllBy, a.LastDue)
		}
	})
}

// unusualHours gives Mei and Kofi unusual hours.
func unusualHours(h *house, specs []worktime.Spec) func(context.Context, *db.Tx) error {
	return func(ctx context.Context, tx *db.Tx) error {
		if err := h.People.SetHoursTx(ctx, tx, h.mei.Person, h.mei.Person, specs[0]); err != nil {
			return err
		}
		return h.People.SetHoursTx(ctx, tx, h.kofi.Person, h.kofi.Person, specs[1])
	}
}
