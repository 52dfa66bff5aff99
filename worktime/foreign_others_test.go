package worktime_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"example.org/meantime/worktime"
)

type momentRow struct {
	Op     string
	Self   jsonTime
	Args   []json.RawMessage
	Result json.RawMessage
	Config struct {
		Workinghours map[string][]string
		Holidays     []string
	}
}

func (r momentRow) book(t *testing.T) book {
	spec := worktime.Spec{Zone: "UTC", Weekly: map[string][]string{}}
	for i, clocks := range r.Config.Workinghours {
		day := weekdays[(int(i[0]-'0')+6)%7]
		for j := 0; j+1 < len(clocks); j += 2 {
			spec.Weekly[day] = append(spec.Weekly[day], clocks[j][:5]+"-"+clocks[j+1][:5])
		}
	}
	for _, h := range r.Config.Holidays {
		if rest, ok := strings.CutPrefix(h, "*"); ok {
			for y := 2010; y < 2030; y++ {
				spec.Holidays = append(spec.Holidays, fmt.Sprint(y)+rest)
			}
			continue
		}
		spec.Holidays = append(spec.Holidays, h)
	}
	return newBook(t, spec)
}

func translateMoment(t *testing.T, raw json.RawMessage) (got, want string, ok bool) {
	r := read[momentRow](t, raw)
	b, at := r.book(t), r.Self.time(t)
	want = string(r.Result)
	if res := (jsonTime{}); json.Unmarshal(r.Result, &res) == nil && res.T != "" {
		want = utc(res.time(t))
	}
	switch r.Op {
	case "isWorkingDay":
		return yes(b.works(at)), want, true
	case "isWorkingTime":
		return yes(b.working(at)), want, true
	case "nextWorkingTime":
		return utc(b.next(at)), want, true
	case "lastWorkingTime":
		return utc(b.before(at).To), want, true
	case "lastWorkingDay":
		return utc(b.sameClock(at, -1)), want, true
	case "nextTransitionTime", "lastTransitionTime":
		return b.transition(r.Op, at), momentTransition(t, r.Result), true
	case "workingDiff":
		return momentDiff(t, r, b, at)
	}
	return momentAdd(t, r, b, at), want, true
}

func (b book) transition(op string, at time.Time) string {
	open := b.working(at)
	switch {
	case op == "nextTransitionTime" && open:
		return "close " + utc(b.closing(at))
	case op == "nextTransitionTime":
		return "open " + utc(b.next(at))
	case open:
		return "open " + utc(b.before(at).From)
	}
	return "close " + utc(b.before(at).To)
}

func momentTransition(t *testing.T, raw json.RawMessage) string {
	res := read[struct{ Transition, Moment string }](t, raw)
	return res.Transition + " " + utc(when(t, res.Moment))
}

var units = map[string]time.Duration{
	"hour": time.Hour, "minute": time.Minute, "second": time.Second, "millisecond": time.Millisecond,
}

// momentAdd puts an amount of each unit, as in (9, hours, 48, minutes).
func momentAdd(t *testing.T, r momentRow, b book, at time.Time) string {
	var d time.Duration
	sign := 1
	if r.Op == "subtractWorkingTime" {
		sign = -1
	}
	for i := 0; i+1 < len(r.Args); i += 2 {
		n, unit := read[int](t, r.Args[i]), strings.TrimSuffix(read[string](t, r.Args[i+1]), "s")
		if unit == "day" {
			return utc(b.sameClock(at, sign*n))
		}
		d += time.Duration(n) * units[unit]
	}
	if sign < 0 {
		return utc(b.back(at, d))
	}
	return utc(b.add(at, d))
}

func momentDiff(t *testing.T, r momentRow, b book, at time.Time) (got, want string, ok bool) {
	other := jsonTime{}
	if json.Unmarshal(r.Args[0], &other) != nil {
		other.T = read[string](t, r.Args[0])
	}
	unit := strings.TrimSuffix(read[string](t, r.Args[1]), "s")
	result := read[float64](t, r.Result)
	d := units[unit].Seconds()
	switch unit {
	case "calendarDay":
		return fmt.Sprint(b.days(other.time(t), at)), fmt.Sprint(result), true
	case "day": // as long as an ordinary Monday
		monday := when(t, "2019-03-04T00:00:00Z")
		d = b.seconds(monday, monday.AddDate(0, 0, 1))
	case "month":
		return "", "", false
	}
	n := b.seconds(other.time(t), at) / d
	if len(r.Args) < 3 {
		n = float64(int64(n))
	}
	return fmt.Sprint(n), fmt.Sprint(result), true
}

func translateSeatgeek(t *testing.T, raw json.RawMessage) (got, want string, ok bool) {
	type row struct {
		Op     string
		Args   []jsonTime
		Result json.RawMessage
		Config struct {
			Hours    [2]string `json:"business_hours"`
			Holidays []string
		}
	}
	r := read[row](t, raw)
	spec := worktime.Spec{Zone: "UTC", Weekly: map[string][]string{}, Holidays: r.Config.Holidays}
	for _, d := range weekdays[:5] {
		spec.Weekly[d] = []string{r.Config.Hours[0][:5] + "-" + r.Config.Hours[1][:5]}
	}
	b, at := newBook(t, spec), r.Args[0].time(t)
	switch r.Op {
	case "isduringbusinesshours":
		return yes(b.working(at)), string(r.Result), true
	case "isholiday":
		spec.Weekly = everyDay("00:00-24:00")
		return yes(!newBook(t, spec).works(at)), string(r.Result), true
	}
	res := read[struct{ Days, Seconds float64 }](t, r.Result)
	return fmt.Sprint(b.seconds(at, r.Args[1].time(t))), fmt.Sprint(res.Days*8*3600 + res.Seconds), true
}

type rickarRow struct {
	Op      string
	Args    []json.RawMessage
	Result  json.RawMessage
	Example string
	Config  struct {
		Start, End    string
		Holidays      []string
		Workday       [7]bool
		CustomStart   bool `json:"custom_start"`
		CustomWorkday bool `json:"custom_workday"`
	}
}

// book takes observed holidays only. Functions for hours and days cannot be
// recorded; those of the table are: every day works, and day n of the month
// works from n:30 to (n+6):45, counting n by twelves.
func (r rickarRow) book(t *testing.T) book {
	clock := func(s string) string {
		d, err := time.ParseDuration(s)
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("%02d:%02d", int(d.Hours()), int(d.Minutes())%60)
	}
	spec := worktime.Spec{Zone: "UTC", Weekly: map[string][]string{}, Overrides: map[string][]string{}}
	for i, works := range r.Config.Workday {
		if works || r.Config.CustomWorkday {
			spec.Weekly[weekdays[(i+6)%7]] = []string{clock(r.Config.Start) + "-" + clock(r.Config.End)}
		}
	}
	for _, h := range r.Config.Holidays {
		if date, ok := strings.CutSuffix(h, "/observed"); ok {
			spec.Holidays = append(spec.Holidays, date)
		}
	}
	if r.Config.CustomStart {
		for d := 1; d <= 17; d++ {
			day := time.Date(2020, 4, d, 0, 0, 0, 0, time.UTC)
			if wd := day.Weekday(); wd != time.Saturday && wd != time.Sunday {
				spec.Overrides[day.Format(time.DateOnly)] = []string{fmt.Sprintf("%02d:30-%02d:45", d%12, d%12+6)}
			}
		}
	}
	return newBook(t, spec)
}

func translateRickar(t *testing.T, raw json.RawMessage) (got, want string, ok bool) {
	r := read[rickarRow](t, raw)
	b := r.book(t)
	want = string(r.Result)
	if strings.HasPrefix(r.Op, "WorkdaysInMonth") || r.Op == "WorkdayN" {
		return b.rickarMonth(t, r), want, true
	}
	at := read[jsonTime](t, r.Args[0]).time(t)
	var res jsonTime
	if json.Unmarshal(r.Result, &res) == nil && res.Dur != "" {
		want = res.Dur
	} else if res.T != "" {
		want = utc(res.time(t))
	}
	next := at.AddDate(0, 0, 1)
	switch r.Op {
	case "IsWorkday":
		return yes(b.works(at)), want, true
	case "IsWorkTime":
		return yes(b.working(at)), want, true
	case "WorkdaysRemain":
		return fmt.Sprint(b.days(at, time.Date(at.Year(), at.Month()+1, 0, 23, 0, 0, 0, time.UTC))), want, true
	case "WorkdaysInRange":
		return fmt.Sprint(b.daysWithin(at, read[jsonTime](t, r.Args[1]).time(t))), want, true
	case "WorkdaysFrom":
		return utc(b.sameClock(at, read[int](t, r.Args[1]))), want, true
	case "WorkHours":
		return seconds(b.seconds(at, next)), want, true
	case "WorkHoursInRange":
		return seconds(max(b.seconds(at, read[jsonTime](t, r.Args[1]).time(t)), b.seconds(read[jsonTime](t, r.Args[1]).time(t), at))), want, true
	case "WorkdayStart", "WorkdayEnd":
		list := b.ranges(at, next)
		if len(list) == 0 {
			return "0001-01-01T00:00:00Z", want, true
		} else if r.Op == "WorkdayStart" {
			return utc(list[0].From), want, true
		}
		return utc(list[0].To), want, true
	case "NextWorkdayStart":
		return utc(b.opening(at)), want, true
	case "NextWorkdayEnd":
		return utc(b.closing(at)), want, true
	}
	d, err := time.ParseDuration(read[jsonTime](t, r.Args[1]).Dur)
	if err != nil {
		t.Fatal(err)
	}
	return utc(b.add(at, d)), want, true
}

func seconds(n float64) string { return (time.Duration(n) * time.Second).String() }

// daysWithin counts the working dates of both ends and between.
func (b book) daysWithin(from, to time.Time) int {
	if to.Before(from) {
		return -b.daysWithin(to, from)
	}
	return b.days(from.AddDate(0, 0, -1), to)
}

func (b book) rickarMonth(t *testing.T, r rickarRow) string {
	first := time.Date(read[int](t, r.Args[0]), time.Month(read[int](t, r.Args[1])), 1, 0, 0, 0, 0, time.UTC)
	var days []int
	for day := first; day.Month() == first.Month(); day = day.AddDate(0, 0, 1) {
		if b.works(day) {
			days = append(days, day.Day())
		}
	}
	if r.Op == "WorkdaysInMonth" {
		return fmt.Sprint(len(days))
	}
	n := read[int](t, r.Args[2])
	if n < 0 {
		n += len(days) + 1
	}
	if n < 1 || n > len(days) {
		return "0"
	}
	return fmt.Sprint(days[n-1])
}
