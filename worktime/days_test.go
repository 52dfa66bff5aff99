package worktime_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"example.org/meantime/worktime"
)

func spec(t *testing.T, sp worktime.Spec) *worktime.Schedule {
	t.Helper()
	s, err := sp.Compile()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The days of a year hold all of its working time and nothing after it: each ends where
// EndOfDay says, and no date comes twice in a row.
func TestDaysAgreeWithRanges(t *testing.T) {
	zones := []string{"Europe/Berlin", "Pacific/Apia", "America/Havana", "Asia/Kathmandu", "Pacific/Kiritimati", "America/Adak"}
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 9))
		sp := worktime.Spec{Zone: zones[r.IntN(len(zones))], Weekly: map[string][]string{}, Holidays: []string{"2026-05-01", "2026-12-24 12:00-24:00"}}
		for _, day := range []string{"mon", "tue", "wed", "thu", "fri", "sat"} {
			from := r.IntN(24 * 60)
			sp.Weekly[day] = []string{clockOf(from) + "-" + clockOf((from+30+r.IntN(600))%(24*60))}
		}
		sp.Absences = []worktime.Absence{{From: "2026-07-01", To: "2026-07-15"}, {From: "2026-08-03T09:00:00Z", To: "2026-08-03T12:00:00Z"}}
		if r.IntN(2) == 0 {
			sp.Zones = []worktime.ZonePeriod{{From: "2026-06-10", Zone: zones[r.IntN(len(zones))]}}
		}
		s := spec(t, sp)
		from, to := when(t, "2026-01-01T00:00:00Z"), when(t, "2027-01-01T00:00:00Z")
		days := s.Days(from, to)
		var sum, want time.Duration
		for i, d := range days {
			if !d.From.Before(d.To) || i > 0 && days[i-1].Date == d.Date {
				t.Fatalf("seed %d: %v after %v", seed, d, days[max(0, i-1)])
			}
			if !s.Working(d.From) || !s.Working(d.To.Add(-time.Nanosecond)) {
				t.Fatalf("seed %d: %v does not begin and end with work", seed, d)
			}
			sum += s.Between(d.From, d.To)
		}
		want = s.Between(from, to)
		// Nights overlap the days around them, and the year's ends are not clipped.
		if sum < want-24*time.Hour {
			t.Errorf("seed %d: the days hold %v, the year %v", seed, sum, want)
		}
		for _, piece := range s.Ranges(from, to) {
			if !covered(days, piece) {
				t.Fatalf("seed %d: %v is in no day", seed, piece)
			}
		}
	}
}

func covered(days []worktime.Day, piece worktime.Range) bool {
	at := piece.From
	for _, d := range days {
		if !d.From.After(at) && d.To.After(at) {
			at = d.To
		}
	}
	return !at.Before(piece.To)
}

func clockOf(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

// Whoever flies east over the date line lives a date twice; it is one day. Whoever flies
// west never sees one; it is none.
func TestDaysOverTheDateLine(t *testing.T) {
	week := map[string][]string{}
	for _, d := range []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"} {
		week[d] = []string{"09:00-17:00"}
	}
	dates := func(sp worktime.Spec) (out string) {
		for _, d := range spec(t, sp).Days(when(t, "2026-03-01T00:00:00Z"), when(t, "2026-03-06T00:00:00Z")) {
			out += d.Date.String()[8:] + " "
		}
		return out
	}
	east := worktime.Spec{Zone: "Pacific/Auckland", Weekly: week, Zones: []worktime.ZonePeriod{{From: "2026-03-03", Zone: "Pacific/Honolulu"}}}
	if got, want := dates(east), "01 02 03 04 05 "; got != want {
		t.Errorf("eastward: %s, want %s", got, want)
	}
	west := worktime.Spec{Zone: "Pacific/Honolulu", Weekly: week, Zones: []worktime.ZonePeriod{{From: "2026-03-04", Zone: "Pacific/Auckland"}}}
	if got, want := dates(west), "28 01 02 04 05 06 "; got != want {
		t.Errorf("westward: %s, want %s", got, want)
	}
}
