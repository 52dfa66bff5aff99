package worktime_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"example.org/meantime/worktime"
	"pgregory.net/rapid"
)

// turning are moments around which clocks change, dates vanish, or nothing
// happens.
var turning = []struct{ zone, at string }{
	{"Europe/Berlin", "2026-03-29T01:00:00Z"},
	{"Europe/Berlin", "2026-10-25T01:00:00Z"},
	{"America/New_York", "2026-03-08T07:00:00Z"},
	{"America/New_York", "2026-11-01T06:00:00Z"},
	{"Australia/Lord_Howe", "2026-04-04T15:00:00Z"},
	{"Australia/Lord_Howe", "2026-10-03T15:30:00Z"},
	{"America/Santiago", "2026-09-06T04:00:00Z"},
	{"America/Santiago", "2026-04-05T03:00:00Z"},
	{"America/Nuuk", "2026-03-29T01:00:00Z"},
	{"Africa/Cairo", "2026-04-23T22:00:00Z"},
	{"Africa/Casablanca", "2026-02-15T02:00:00Z"},
	{"America/Havana", "2026-11-01T05:00:00Z"},
	{"Pacific/Apia", "2011-12-30T10:00:00Z"},
	{"Pacific/Chatham", "2026-04-04T14:00:00Z"},
	{"Antarctica/Troll", "2026-03-29T01:00:00Z"},
	{"America/Scoresbysund", "2024-03-31T01:00:00Z"},
	{"Asia/Kathmandu", "2026-05-05T00:00:00Z"},
	{"UTC", "2026-12-31T00:00:00Z"},
}

var weekdays = []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

// life is a random schedule, and a whole minute some days before something
// happens in it.
type life struct {
	spec  worktime.Spec
	start time.Time
}

func drawLife(t *rapid.T) life {
	turn := rapid.SampledFrom(turning).Draw(t, "turn")
	at, _ := time.Parse(time.RFC3339, turn.at)
	sp := worktime.Spec{Zone: turn.zone, Weekly: drawWeek(t, "weekly", 0, 3)}
	date := func(label string) string {
		return at.AddDate(0, 0, rapid.IntRange(-4, 8).Draw(t, label)).Format(time.DateOnly)
	}
	sp.Overrides, sp.Focus = map[string][]string{}, drawWeek(t, "focus", 0, 1)
	for range rapid.IntRange(0, 2).Draw(t, "overrides") {
		sp.Overrides[date("override")] = rapid.SliceOfN(rapid.Custom(drawRange), 0, 2).Draw(t, "ranges")
	}
	if rapid.Bool().Draw(t, "dated focus") {
		sp.Focus[date("focus")] = []string{drawRange(t)}
	}
	for range rapid.IntRange(0, 2).Draw(t, "holidays") {
		h := date("holiday")
		if rapid.Bool().Draw(t, "part") {
			h += " " + drawRange(t)
		}
		sp.Holidays = append(sp.Holidays, h)
	}
	for range rapid.IntRange(0, 2).Draw(t, "absences") {
		from := rapid.IntRange(-6000, 9000).Draw(t, "from")
		to := from + rapid.IntRange(0, 6000).Draw(t, "long")
		layout := rapid.SampledFrom([]string{time.DateOnly, time.RFC3339}).Draw(t, "layout")
		sp.Absences = append(sp.Absences, worktime.Absence{
			From: at.Add(time.Duration(from) * time.Minute).Format(layout), To: at.Add(time.Duration(to) * time.Minute).Format(layout),
		})
	}
	if rapid.Bool().Draw(t, "has checks") {
		sp.Checks = map[string][]string{}
		for _, d := range weekdays {
			sp.Checks[d] = rapid.SliceOfN(rapid.Custom(drawClock), 0, 2).Draw(t, d)
		}
	}
	for day, n := -3, rapid.IntRange(0, 3).Draw(t, "moves"); n > 0; n-- {
		day += rapid.IntRange(1, 4).Draw(t, "stay")
		zone := rapid.SampledFrom([]string{"Pacific/Auckland", "Pacific/Honolulu", "Europe/Berlin", "Asia/Tokyo", "Pacific/Kiritimati", "Etc/GMT+12"}).Draw(t, "zone")
		sp.Zones = append(sp.Zones, worktime.ZonePeriod{From: at.AddDate(0, 0, day).Format(time.DateOnly), Zone: zone})
	}
	return life{sp, at.Add(-time.Duration(rapid.IntRange(0, 6*1440).Draw(t, "before")) * time.Minute)}
}

func drawWeek(t *rapid.T, label string, least, most int) map[string][]string {
	week := map[string][]string{}
	for _, d := range weekdays {
		week[d] = rapid.SliceOfN(rapid.Custom(drawRange), least, most).Draw(t, label+" "+d)
	}
	return week
}

func drawRange(t *rapid.T) string { return drawClock(t) + "-" + drawClock(t) }

func drawClock(t *rapid.T) string {
	h := rapid.OneOf(rapid.IntRange(0, 23), rapid.IntRange(0, 3)).Draw(t, "hour")
	return fmt.Sprintf("%02d:%02d", h, rapid.SampledFrom([]int{0, 30, 15, 59, 1}).Draw(t, "minute"))
}

func compile(t *rapid.T, sp worktime.Spec) *worktime.Schedule {
	s, err := sp.Compile()
	if err != nil {
		t.Fatalf("Compile(%+v): %v", sp, err)
	}
	return s
}

func TestAgreesWithAMinuteOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := drawLife(t)
		s, o := compile(t, l.spec), newOracle(l.spec, l.start)
		end := o.at(oracleMinutes)
		for range 5 {
			m := rapid.IntRange(1, oracleMinutes/2).Draw(t, "m") // before the first minute nothing is painted
			at := o.at(m)
			if got := s.Working(at); got != o.work[m] {
				t.Fatalf("Working(%s) = %v\n%+v", at, got, l.spec)
			}
			if got := s.Interruptible(at); got != (o.work[m] && !o.focus[m]) {
				t.Fatalf("Interruptible(%s) = %v\n%+v", at, got, l.spec)
			}
			u := rapid.IntRange(0, oracleMinutes-1).Draw(t, "u")
			if got, want := s.Between(at, o.at(u)), o.between(m, u); got != want {
				t.Fatalf("Between(%s, %s) = %v, want %v\n%+v", at, o.at(u), got, want, l.spec)
			}
			same := func(op string, got time.Time, err error, want int) {
				if want == unknown {
					return
				}
				if want < 0 { // beyond what is painted
					if err == nil && got.Before(end) {
						t.Fatalf("%s(%s) = %s, want nothing before %s\n%+v", op, at, got, end, l.spec)
					}
				} else if err != nil || !got.Equal(o.at(want)) {
					t.Fatalf("%s(%s) = %s, %v, want %s\n%+v", op, at, got, err, o.at(want), l.spec)
				}
			}
			next, err := s.Next(at)
			same("Next", next, err, first(m, func(i int) bool { return o.work[i] }))
			soon, err := s.Reach(at, worktime.Soon)
			same("Soon", soon, err, first(m, func(i int) bool { return o.work[i] && !o.focus[i] }))
			routine, err := s.Reach(at, worktime.Routine)
			same("Routine", routine, err, first(m, func(i int) bool { return o.check[i] }))
			d := rapid.IntRange(0, 3000).Draw(t, "d")
			sum, err := s.Add(at, time.Duration(d)*time.Minute)
			same(fmt.Sprintf("Add %dm", d), sum, err, o.add(m, d))
			n := rapid.IntRange(0, 3).Draw(t, "n")
			eod, err := s.EndOfDay(at, n)
			same(fmt.Sprintf("EndOfDay %d", n), eod, err, o.endOfDay(m, n))
		}
	})
}

// unknown is an answer so near the end of the paint that it may be wrong.
const unknown = -2

func first(m int, is func(int) bool) int {
	for ; m < oracleMinutes; m++ {
		if is(m) {
			return m
		}
	}
	return -1
}

func (o *oracle) between(m, u int) time.Duration {
	if u < m {
		return -o.between(u, m)
	}
	n := 0
	for _, on := range o.work[m:u] {
		if on {
			n++
		}
	}
	return time.Duration(n) * time.Minute
}

func (o *oracle) add(m, d int) int {
	for ; d > 0 && m < oracleMinutes; m++ {
		if o.work[m] {
			d--
		}
	}
	if d > 0 {
		return -1
	}
	return m
}

func (o *oracle) endOfDay(m, n int) int {
	for _, d := range o.days {
		if d.last <= m {
			continue
		}
		if n == 0 {
			if d.last > oracleMinutes-2*1440 { // the paint may stop within the date
				return unknown
			}
			return d.last
		}
		n--
	}
	return -1
}

func TestLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := drawLife(t)
		s := compile(t, l.spec)
		dur := func(label string) time.Duration {
			return time.Duration(rapid.Int64Range(0, int64(90*time.Hour)).Draw(t, label))
		}
		at := l.start.Add(dur("t"))
		a, b := dur("a"), dur("b")
		first, err := s.Add(at, a)
		if errors.Is(err, worktime.ErrUnreachable) {
			return
		}
		if got := s.Between(at, first); got != a {
			t.Fatalf("Between(t, Add(t, %v)) = %v\n%+v", a, got, l.spec)
		}
		whole, err1 := s.Add(at, a+b)
		steps, err2 := s.Add(first, b)
		if err1 != nil || err2 != nil {
			return
		}
		if !whole.Equal(steps) {
			t.Fatalf("Add(t, %v+%v) = %v, in two steps %v\n%+v", a, b, whole, steps, l.spec)
		}
		if whole.Before(first) {
			t.Fatalf("Add falls as the duration grows\n%+v", l.spec)
		}
		later := at.Add(dur("later"))
		if got, err := s.Add(later, a); err == nil && got.Before(first) {
			t.Fatalf("Add falls as time goes on\n%+v", l.spec)
		}
		next, err := s.Next(at)
		if again, _ := s.Next(next); err == nil && (!again.Equal(next) || !s.Working(next)) {
			t.Fatalf("Next(Next(t)) = %v, Next(t) = %v\n%+v", again, next, l.spec)
		}
	})
}
