package checkins_test

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/feature/checkins"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/worktime"
)

func schedule(t testing.TB, sp worktime.Spec) *worktime.Schedule {
	t.Helper()
	h, err := sp.Compile()
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func week(hours ...string) map[string][]string {
	out := map[string][]string{}
	for _, d := range []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"} {
		out[d] = hours
	}
	return out
}

func daily(at string) checkins.Rhythm {
	r := checkins.Rhythm{Every: checkins.EveryDay, From: "2020-01-01", At: at}
	if strings.Contains(at, ":") {
		r.At, r.Clock = checkins.AtClock, at
	}
	return r
}

func date(t testing.TB, s string) worktime.Date {
	t.Helper()
	d, err := worktime.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// asked lists the slots of a span, each asked as soon as it comes.
func askedOver(h *worktime.Schedule, r checkins.Rhythm, from, to time.Time) (out []checkins.Slot) {
	seen := map[worktime.Date]bool{}
	now := clock.At(from)
	for {
		s, ok := checkins.Next(h, r, clock.At(from), now, func(d worktime.Date) bool { return seen[d] })
		if !ok || !s.At.Time().Before(to) {
			return out
		}
		seen[s.Date], now = true, max(now, s.At)
		out = append(out, s)
	}
}

// On every change of offset from 2023 to 2029, everybody is asked once for each local
// date, on that date, whether they work around the clock or in the day.
func TestOnceForEachDateAtEveryTransition(t *testing.T) {
	dir := os.Getenv("MEANTIME_CORPUS")
	if dir == "" {
		t.Skip("set MEANTIME_CORPUS to the folder of test data to run this")
	}
	b, err := os.ReadFile(filepath.Join(dir, "ical", "tz_transitions_2023_2029.json"))
	if err != nil {
		t.Fatal(err)
	}
	var table struct {
		Zones map[string]struct{ Transitions [][]any }
	}
	if err := json.Unmarshal(b, &table); err != nil {
		t.Fatal(err)
	}
	transitions := 0
	for zone, z := range table.Zones {
		if len(z.Transitions) == 0 {
			continue
		}
		around := schedule(t, worktime.Spec{Zone: zone, Weekly: week("00:00-24:00")})
		office := schedule(t, worktime.Spec{Zone: zone, Weekly: week("09:00-12:00", "13:00-17:00")})
		for _, tr := range z.Transitions {
			at, err := time.Parse(time.RFC3339, tr[0].(string))
			if err != nil {
				t.Fatal(err)
			}
			transitions++
			for _, face := range []string{"02:30", "00:00", "09:00"} {
				onceEach(t, zone, around, daily(face), at)
				onceEach(t, zone, office, daily(face), at)
			}
			onceEach(t, zone, around, daily(checkins.AtStart), at)
			onceEach(t, zone, around, daily(checkins.AtEnd), at)
		}
	}
	t.Logf("%d transitions", transitions)
}

func onceEach(t *testing.T, zone string, h *worktime.Schedule, r checkins.Rhythm, at time.Time) {
	t.Helper()
	from, to := at.Add(-60*time.Hour), at.Add(60*time.Hour)
	slots := askedOver(h, r, from, to)
	times := map[worktime.Date]int{}
	for _, s := range slots {
		times[s.Date]++
		if on := h.LocalDate(s.At.Time()); on != s.Date {
			t.Fatalf("%s around %s, %s%s: asked for %s on %s", zone, at, r.At, r.Clock, s.Date, on)
		}
		if !h.Working(s.At.Time()) && r.Clock != "" {
			t.Fatalf("%s around %s: asked at %s, which is no working time", zone, at, s.At)
		}
	}
	for d := h.LocalDate(from).AddDays(1); d.Before(h.LocalDate(to)); d = d.AddDays(1) {
		if times[d] != 1 && len(h.Days(from, to)) > 0 && worked(h, d, from, to) {
			t.Fatalf("%s around %s, %s%s: asked %d times for %s", zone, at, r.At, r.Clock, times[d], d)
		}
	}
}

func worked(h *worktime.Schedule, d worktime.Date, from, to time.Time) bool {
	return slices.ContainsFunc(h.Days(from, to), func(x worktime.Day) bool { return x.Date == d })
}

// People move between zones, take days off and change their hours while the house stops
// and starts: each date that was worked from its beginning to its end, by hours that
// stood meanwhile, is asked for once; none is asked for twice, or out of its day.
func TestOnceForEachDateOnTheMove(t *testing.T) {
	zones := []string{"Europe/Berlin", "Asia/Tokyo", "Pacific/Honolulu", "Pacific/Auckland", "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "America/Havana"}
	hours := [][]string{{"09:00-17:00"}, {"22:00-06:00"}, {"00:00-24:00"}, {"08:00-12:00", "14:00-18:00"}}
	faces := []string{"02:30", "00:00", "09:00", "23:45", checkins.AtStart, checkins.AtEnd}
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 17))
		pick := func(day int) *worktime.Schedule {
			sp := worktime.Spec{Zone: zones[r.IntN(len(zones))], Weekly: week(hours[r.IntN(len(hours))]...)}
			for range r.IntN(4) {
				day += 1 + r.IntN(20)
				sp.Zones = append(sp.Zones, worktime.ZonePeriod{From: date(t, "2026-03-01").AddDays(day).String(), Zone: zones[r.IntN(len(zones))]})
			}
			off := date(t, "2026-03-01").AddDays(r.IntN(60))
			sp.Absences = []worktime.Absence{{From: off.String(), To: off.AddDays(3).String()}}
			return schedule(t, sp)
		}
		begin := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
		end := begin.AddDate(0, 0, 70)
		rhythm, h, changed := daily(faces[r.IntN(len(faces))]), pick(0), begin
		seen := map[worktime.Date]int{}
		asked := func(d worktime.Date) bool { return seen[d] > 0 }
		for now := begin; now.Before(end); {
			s, ok := checkins.Next(h, rhythm, clock.At(begin), clock.At(now), asked)
			step := time.Duration(1+r.IntN(240)) * time.Minute // the house looks up at any time
			if ok && s.At.Time().After(now) && r.IntN(4) > 0 {
				step = s.At.Time().Sub(now)
			}
			if ok && !s.At.Time().After(now) {
				seen[s.Date]++
				d := dayOf(h, s)
				if clock.At(now) < clock.At(d.From) || !now.Before(d.To) || s.Due != clock.At(d.To) {
					t.Fatalf("seed %d: asked at %s for %s, worked from %s to %s", seed, now, s.Date, d.From, d.To)
				}
				continue
			}
			for _, d := range h.Days(changed, now) {
				if changed.Before(d.From) && !d.To.After(now.Add(-4*time.Hour)) && seen[d.Date] != 1 && d.To.Sub(d.From) > 9*time.Hour {
					t.Fatalf("seed %d: %d times asked for %s, which was worked from %s to %s", seed, seen[d.Date], d.Date, d.From, d.To)
				}
			}
			now = now.Add(step)
			if r.IntN(60) == 0 {
				h, changed = pick(int(now.Sub(begin).Hours()/24)), now
			}
		}
		for d, n := range seen {
			if n > 1 {
				t.Fatalf("seed %d: asked %d times for %s", seed, n, d)
			}
		}
		if len(seen) < 20 {
			t.Fatalf("seed %d: only %d dates were asked for", seed, len(seen))
		}
	}
}

func dayOf(h *worktime.Schedule, s checkins.Slot) worktime.Day {
	for _, d := range h.Days(s.Due.Time().Add(-72*time.Hour), s.Due.Time().Add(time.Second)) {
		if d.Date == s.Date {
			return d
		}
	}
	return worktime.Day{}
}

func TestRhythms(t *testing.T) {
	cases := []struct {
		name   string
		rhythm checkins.Rhythm
		want   string // dates of March and April 2026; the first of March is a Sunday
	}{
		{"once", checkins.Rhythm{Every: checkins.Once, From: "2026-03-05"}, "03-05"},
		{"weekdays from a date until another", checkins.Rhythm{Every: checkins.EveryDay, Weekdays: []string{"mon", "wed"}, From: "2026-03-03", Until: "2026-03-11"}, "03-04 03-09 03-11"},
		{"every other week counts from the week it begins in", checkins.Rhythm{Every: checkins.EveryWeek, N: 2, Weekdays: []string{"tue", "thu"}, From: "2026-03-05"}, "03-05 03-17 03-19 03-31 04-02 04-14 04-16 04-28 04-30"},
		{"the second Friday", checkins.Rhythm{Every: checkins.EveryMonth, N: 1, Weekdays: []string{"fri"}, Nth: 2, From: "2026-03-01"}, "03-13 04-10"},
		{"the last Tuesday", checkins.Rhythm{Every: checkins.EveryMonth, N: 1, Weekdays: []string{"tue"}, Nth: -1, From: "2026-03-01"}, "03-31 04-28"},
		{"every other month", checkins.Rhythm{Every: checkins.EveryMonth, N: 2, Weekdays: []string{"mon"}, Nth: 1, From: "2026-02-01"}, "04-06"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for d := date(t, "2026-03-01"); d.Before(date(t, "2026-05-01")); d = d.AddDays(1) {
				if c.rhythm.On(d) {
					got = append(got, d.String()[5:])
				}
			}
			if all := strings.Join(got, " "); all != c.want {
				t.Errorf("got %s, want %s", all, c.want)
			}
		})
	}
}

func TestWhenInADay(t *testing.T) {
	h := schedule(t, worktime.Spec{Zone: "Europe/Berlin", Weekly: map[string][]string{"mon": {"09:00-17:00"}, "tue": {"10:00-10:20"}}})
	cases := []struct {
		name, date, want string
		rhythm           checkins.Rhythm
	}{
		{"at the start", "2026-03-02", "09:00", checkins.Rhythm{At: checkins.AtStart}},
		{"a while after it", "2026-03-02", "09:45", checkins.Rhythm{At: checkins.AtStart, Minutes: 45}},
		{"at the end half an hour is left", "2026-03-02", "16:30", checkins.Rhythm{At: checkins.AtEnd}},
		{"two hours before the end", "2026-03-02", "15:00", checkins.Rhythm{At: checkins.AtEnd, Minutes: 120}},
		{"a clock time before the day begins waits for it", "2026-03-02", "09:00", checkins.Rhythm{At: checkins.AtClock, Clock: "06:00"}},
		{"one after its end comes earlier", "2026-03-02", "16:30", checkins.Rhythm{At: checkins.AtClock, Clock: "20:00"}},
		{"a day of twenty minutes", "2026-03-03", "10:00", checkins.Rhythm{At: checkins.AtEnd, Minutes: 5}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			c.rhythm.Every, c.rhythm.From = checkins.Once, c.date
			s, ok := checkins.Next(h, c.rhythm, 0, clock.At(time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)), func(worktime.Date) bool { return false })
			if got := s.At.Time().In(h.Zone(s.At.Time())).Format("15:04"); !ok || got != c.want {
				t.Errorf("asked at %s, want %s", got, c.want)
			}
		})
	}
}
