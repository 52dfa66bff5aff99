package worktime_test

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"example.org/meantime/worktime"
)

type jsonTime struct {
	T, Zone, Date, Dur string
	Seconds            *float64
}

func (j jsonTime) time(t *testing.T) time.Time {
	t.Helper()
	if j.Date != "" {
		return when(t, j.Date+"T00:00:00Z")
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04:05 -07:00"} {
		if at, err := time.Parse(layout, j.T); err == nil {
			return at
		}
	}
	t.Fatalf("cannot read the time in %+v", j)
	return time.Time{}
}

func read[T any](t *testing.T, raw json.RawMessage) (v T) {
	t.Helper()
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatalf("%v in %s", err, raw)
	}
	return v
}

type bizRow struct {
	Op             string
	N              int
	From, Time, To jsonTime
	Result         json.RawMessage
	Schedule       struct {
		TimeZone  string `json:"time_zone"`
		Intervals [][4]string
		Breaks    []struct{ Start, End string }
		Holidays  []string
		Shifts    []struct{ Start, End string }
	}
}

// book turns shifts, which replace a date's intervals, into overrides, and
// breaks into absences.
func (r bizRow) book(t *testing.T) book {
	spec := worktime.Spec{
		Zone: r.Schedule.TimeZone, Holidays: r.Schedule.Holidays,
		Weekly: map[string][]string{}, Overrides: map[string][]string{},
	}
	for _, i := range r.Schedule.Intervals {
		spec.Weekly[i[0]] = append(spec.Weekly[i[0]], i[1]+"-"+i[3])
	}
	for _, b := range r.Schedule.Breaks {
		spec.Absences = append(spec.Absences, worktime.Absence{From: b.Start, To: b.End})
	}
	for _, s := range r.Schedule.Shifts { // all in UTC schedules
		spec.Overrides[s.Start[:10]] = append(spec.Overrides[s.Start[:10]], s.Start[11:16]+"-"+s.End[11:16])
	}
	return newBook(t, spec)
}

func translateBiz(t *testing.T, raw json.RawMessage) (got, want string, ok bool) {
	r := read[bizRow](t, raw)
	b := r.book(t)
	want = strings.Trim(string(r.Result), `"`)
	switch r.Op {
	case "Active", "in_hours?":
		return yes(b.working(r.Time.time(t))), want, true
	case "OnHoliday", "OnBreak":
		day := b.spec
		day.Weekly, day.Overrides = everyDay("00:00-24:00"), nil
		if r.Op == "OnBreak" {
			day.Holidays = nil
		} else {
			day.Absences = nil
		}
		return yes(!newBook(t, day).working(r.Time.time(t))), want, true
	case "within":
		return fmt.Sprint(b.seconds(r.From.time(t), r.To.time(t))), fmt.Sprint(*read[jsonTime](t, r.Result).Seconds), true
	case "Biz::Periods::After", "Biz::Periods::Before":
		res := read[struct{ Start, End string }](t, r.Result)
		at := r.From.time(t)
		p := worktime.Range{From: b.next(at), To: b.closing(at)}
		if r.Op == "Biz::Periods::Before" {
			p = b.before(at)
		}
		return utc(p.From) + " " + utc(p.To), res.Start + " " + res.End, true
	}
	unit, direction, _ := strings.Cut(strings.Replace(r.Op, "s_", "_", 1), "_")
	at, n := r.Time.time(t), r.N
	want = utc(read[jsonTime](t, r.Result).time(t))
	d := map[string]time.Duration{"second": time.Second, "minute": time.Minute, "hour": time.Hour}[unit]
	switch {
	case unit == "day" && n > 0 && direction == "after" && b.works(at):
		clock := at.Sub(b.midnight(at))
		return utc(b.next(b.endOfDay(at, n).Add(clock))), want, true
	case unit == "day" && direction == "after":
		return utc(b.next(b.sameClock(at, n))), want, true
	case unit == "day":
		return utc(b.before(b.sameClock(at, -n)).To), want, true
	case direction == "before":
		return utc(b.back(at, time.Duration(n)*d)), want, true
	}
	return utc(b.add(at, time.Duration(n)*d)), want, true
}

func everyDay(r string) map[string][]string {
	week := map[string][]string{}
	for _, d := range weekdays {
		week[d] = []string{r}
	}
	return week
}

type workingHoursRow struct {
	Op     string
	Args   []json.RawMessage
	Result json.RawMessage
	Config struct {
		WorkingHours map[string][][2]string `json:"working_hours"`
		HolidayHours map[string][][2]string `json:"holiday_hours"`
		Holidays     []string
		TimeZone     string `json:"time_zone"`
	}
}

func (r workingHoursRow) book(t *testing.T) book {
	join := func(in map[string][][2]string) map[string][]string {
		out := map[string][]string{}
		for key, list := range in {
			for _, p := range list {
				out[key] = append(out[key], p[0]+"-"+p[1])
			}
		}
		return out
	}
	return newBook(t, worktime.Spec{
		Zone: r.Config.TimeZone, Holidays: r.Config.Holidays,
		Weekly: join(r.Config.WorkingHours), Overrides: join(r.Config.HolidayHours),
	})
}

func translateWorkingHours(t *testing.T, raw json.RawMessage) (got, want string, ok bool) {
	r := read[workingHoursRow](t, raw)
	b := r.book(t)
	if string(r.Args[0]) == `"invalid"` {
		return "", "", false
	}
	first := read[jsonTime](t, r.Args[0])
	at := first.time(t)
	want = string(r.Result)
	if strings.HasPrefix(want, "{") {
		want = utc(read[jsonTime](t, r.Result).time(t))
	}
	switch r.Op {
	case "in_working_hours?":
		return yes(b.working(at)), want, true
	case "working_day?":
		return yes(b.works(at)), want, true
	case "working_time_between":
		u := read[jsonTime](t, r.Args[1]).time(t)
		return fmt.Sprint(b.seconds(at, u)), fmt.Sprint(read[float64](t, r.Result)), true
	case "working_days_between":
		return fmt.Sprint(b.days(at, read[jsonTime](t, r.Args[1]).time(t))), want, true
	case "advance_to_working_time":
		return utc(b.next(at)), want, true
	case "next_working_time":
		return utc(b.opening(at)), want, true
	case "advance_to_closing_time":
		return utc(b.closing(at)), want, true
	case "return_to_working_time", "return_to_exact_working_time":
		return utc(b.before(at).To), want, true
	}
	n := amount(r.Args[1])
	if r.Op == "add_days" {
		return utc(b.addDays(at, int(n))), want, true
	}
	d := map[string]time.Duration{"add_seconds": time.Second, "add_minutes": time.Minute, "add_hours": time.Hour}[r.Op]
	if strings.Contains(string(r.Args[1]), "hours") {
		d = time.Hour
	}
	if n < 0 {
		return utc(b.back(at, times(-n, d))), want, true
	}
	return utc(b.add(at, times(n, d))), want, true
}

func times(n float64, d time.Duration) time.Duration {
	return time.Duration(math.Round(n * float64(d)))
}

// addDays keeps the time of day, and goes to a working date before it counts.
func (b book) addDays(at time.Time, n int) time.Time {
	if n > 0 {
		return b.endOfDay(at, n).Add(at.Sub(b.midnight(at)))
	}
	for n < 0 && !b.works(at) {
		at = at.AddDate(0, 0, -1)
	}
	return b.sameClock(at, n)
}

// amount reads 120, 4.1 or "2 hours".
func amount(raw json.RawMessage) (n float64) {
	_, _ = fmt.Sscan(strings.Trim(string(raw), `"`), &n)
	return n
}
