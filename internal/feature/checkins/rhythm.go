package checkins

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/worktime"
)

// How often a check-in is asked.
const (
	EveryDay   = "day"   // on each working day of each person, or on some weekdays only
	EveryWeek  = "week"  // every n weeks on some weekdays
	EveryMonth = "month" // every n months on the nth of a weekday, -1 for the last
	Once       = "once"  // on one date
)

// When in somebody's day it is asked.
const (
	AtStart = "start" // of their working day, or so many minutes after it
	AtEnd   = "end"   // of it, so many minutes before
	AtClock = "clock" // at a time on their own clock
)

// Rhythm says on which local dates a check-in is asked, and when in each person's day.
type Rhythm struct {
	Every    string   `json:"every"`
	N        int      `json:"n"`               // weeks or months from one to the next
	Weekdays []string `json:"weekdays"`        // mon, tue …
	Nth      int      `json:"nth,omitempty"`   // of a month
	From     string   `json:"from"`            // local date: not before, and what n counts from
	Until    string   `json:"until,omitempty"` // the last local date, if there is one
	At       string   `json:"at"`
	Clock    string   `json:"clock,omitempty"`   // "09:30"
	Minutes  int      `json:"minutes,omitempty"` // after the start or before the end
}

// lead is what is left at least of somebody's day when they are asked, unless the whole
// day is shorter.
const lead = 30 * time.Minute

// sight is how far ahead a next time is looked for.
const sight = 400 * 24 * time.Hour

// Slot is one time at which somebody is asked: for a local date of theirs, at an
// instant, until the end of that working day.
type Slot struct {
	Date    worktime.Date
	At, Due clock.Instant
}

// Next is the earliest slot that is not over by now, which began no earlier than since,
// and whose date was not asked yet. What should have been asked while the house slept is
// asked late on the same date, and never on another. ok is false when none is in sight.
func Next(h *worktime.Schedule, r Rhythm, since, now clock.Instant, asked func(worktime.Date) bool) (s Slot, ok bool) {
	from, end := now.Time(), now.Time().Add(sight)
	for step := 35 * 24 * time.Hour; from.Before(end); from = from.Add(step) {
		for _, d := range h.Days(from, from.Add(step)) {
			if !r.On(d.Date) || asked(d.Date) {
				continue
			}
			s = Slot{d.Date, clock.At(r.instant(h, d)), clock.At(d.To)}
			if s.At >= since && s.Due > now {
				return s, true
			}
		}
	}
	return Slot{}, false
}

// instant is when a person is asked on a day of theirs: never before it begins, and
// while there is time left to answer.
func (r Rhythm) instant(h *worktime.Schedule, d worktime.Day) time.Time {
	var at time.Time
	switch r.At {
	case AtStart:
		at = d.From.Add(time.Duration(r.Minutes) * time.Minute)
	case AtEnd:
		at = d.To.Add(-time.Duration(r.Minutes) * time.Minute)
	default:
		at = r.onClock(h, d)
	}
	if last := d.To.Add(-lead); at.After(last) {
		at = last
	}
	if at.Before(d.From) {
		return d.From
	}
	return at
}

// onClock is the clock time on the date, in the zone in which the person lives then.
func (r Rhythm) onClock(h *worktime.Schedule, d worktime.Day) time.Time {
	minutes, _ := minutesOf(r.Clock)
	at := d.From
	for _, edge := range []time.Time{d.From, d.To.Add(-time.Second)} {
		t, err := worktime.Wall(h.Zone(edge).String(), d.Date, minutes)
		if err != nil {
			return d.From
		}
		if at = t; h.LocalDate(t) == d.Date && h.Zone(t).String() == h.Zone(edge).String() {
			break
		}
	}
	return at
}

// On says whether a local date is one of the rhythm's.
func (r Rhythm) On(d worktime.Date) bool {
	from, err := worktime.ParseDate(r.From)
	if err != nil || d.Before(from) {
		return false
	}
	if until, err := worktime.ParseDate(r.Until); err == nil && until.Before(d) {
		return false
	}
	switch r.Every {
	case Once:
		return d == from
	case EveryDay:
		return len(r.Weekdays) == 0 || r.has(d)
	case EveryWeek:
		return r.has(d) && daysBetween(monday(from), monday(d))/7%max(r.N, 1) == 0
	case EveryMonth:
		months := (d.Year-from.Year)*12 + int(d.Month) - int(from.Month)
		return r.has(d) && months%max(r.N, 1) == 0 && r.nth(d)
	}
	return false
}

func (r Rhythm) has(d worktime.Date) bool { return slices.Contains(r.Weekdays, weekday(d)) }

func (r Rhythm) nth(d worktime.Date) bool {
	if r.Nth < 0 {
		return d.AddDays(7).Month != d.Month
	}
	return (d.Day-1)/7+1 == r.Nth
}

var weekdays = []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

func weekday(d worktime.Date) string { return weekdays[(int(d.Weekday())+6)%7] }

// monday begins the week of a date.
func monday(d worktime.Date) worktime.Date { return d.AddDays(-(int(d.Weekday()) + 6) % 7) }

func daysBetween(d, e worktime.Date) int {
	return int(midnight(e).Sub(midnight(d)).Hours()) / 24
}

// midnight begins a date in UTC.
func midnight(d worktime.Date) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}

func minutesOf(clock string) (int, bool) {
	h, m, ok := strings.Cut(clock, ":")
	hours, err1 := strconv.Atoi(h)
	minutes, err2 := strconv.Atoi(m)
	return hours*60 + minutes, ok && err1 == nil && err2 == nil && len(h) == 2 && len(m) == 2 && hours >= 0 && hours < 24 && minutes >= 0 && minutes < 60
}

// tidy fills in what is usual and refuses what means nothing; today is whoever asks'.
func (r Rhythm) tidy(today worktime.Date) (Rhythm, error) {
	if r.From == "" {
		r.From = today.String()
	}
	if r.N == 0 {
		r.N = 1
	}
	if r.At == "" {
		r.At = AtStart
	}
	if r.Weekdays == nil {
		r.Weekdays = []string{}
	}
	for _, f := range []func() error{r.checkDates, r.checkEvery, r.checkAt} {
		if err := f(); err != nil {
			return r, err
		}
	}
	return r, nil
}

func (r Rhythm) checkDates() error {
	from, err := worktime.ParseDate(r.From)
	if err != nil {
		return wrong("bad_date", "rhythm.from", "Write the first date as year-month-day, such as 2026-03-02.")
	}
	if r.Until == "" {
		return nil
	}
	until, err := worktime.ParseDate(r.Until)
	if err != nil || until.Before(from) {
		return wrong("bad_date", "rhythm.until", "Write the last date as year-month-day, not before the first; or leave it out.")
	}
	return nil
}

// over says that the last date of a rhythm has passed everywhere on earth.
func (r Rhythm) over(now clock.Instant) bool {
	last := r.Until
	if r.Every == Once {
		last = r.From
	}
	date, err := worktime.ParseDate(last)
	return err == nil && date.Before(dateIn(now.Add(-12*time.Hour)))
}

func (r Rhythm) checkEvery() error {
	for i, w := range r.Weekdays {
		if !slices.Contains(weekdays, w) || slices.Contains(r.Weekdays[:i], w) {
			return wrong("bad_weekday", "rhythm.weekdays", "Name each weekday once, as mon, tue, wed, thu, fri, sat or sun.")
		}
	}
	switch {
	case r.N < 1 || r.N > 12:
		return wrong("bad_rhythm", "rhythm.n", "Ask every 1 to 12 weeks or months.")
	case r.Every == EveryDay || r.Every == Once:
		return nil
	case r.Every == EveryWeek && len(r.Weekdays) == 0:
		return wrong("bad_weekday", "rhythm.weekdays", "Say on which weekday, such as fri.")
	case r.Every == EveryMonth && (len(r.Weekdays) != 1 || r.Nth == 0 || r.Nth < -1 || r.Nth > 4):
		return wrong("bad_rhythm", "rhythm.nth", "For every month name one weekday and which of them it is: 1 to 4, or -1 for the last.")
	case r.Every != EveryWeek && r.Every != EveryMonth:
		return wrong("bad_rhythm", "rhythm.every", "Ask every day, week or month, or once.")
	}
	return nil
}

func (r Rhythm) checkAt() error {
	switch r.At {
	case AtStart, AtEnd:
		if r.Minutes < 0 || r.Minutes > 8*60 {
			return wrong("bad_time", "rhythm.minutes", "Ask at most eight hours after the start or before the end.")
		}
		return nil
	case AtClock:
		if _, ok := minutesOf(r.Clock); !ok {
			return wrong("bad_time", "rhythm.clock", "Write the time as hours and minutes, such as 09:30.")
		}
		return nil
	}
	return wrong("bad_time", "rhythm.at", "Ask at the start or the end of each person's day, or at a clock time.")
}

// Words say a rhythm in a line: "every weekday, at the start of each person's day".
func (r Rhythm) Words() string {
	return r.days() + ", " + r.time()
}

var dayNames = map[string]string{"mon": "Monday", "tue": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "fri": "Friday", "sat": "Saturday", "sun": "Sunday"}

func (r Rhythm) days() string {
	var on []string
	for _, w := range r.Weekdays {
		on = append(on, dayNames[w])
	}
	list := strings.Join(on, ", ")
	switch {
	case r.Every == Once:
		return "once, on " + r.From
	case r.Every == EveryDay && list == "":
		return "every working day"
	case r.Every == EveryDay || r.Every == EveryWeek && r.N == 1:
		return "every " + list
	case r.Every == EveryWeek:
		return "every " + strconv.Itoa(r.N) + " weeks on " + list
	}
	which := map[int]string{1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}[r.Nth] + " " + list
	if r.N == 1 {
		return "on the " + which + " of each month"
	}
	return "on the " + which + " of every " + strconv.Itoa(r.N) + " months"
}

func (r Rhythm) time() string {
	switch {
	case r.At == AtClock:
		return "at " + r.Clock + " on each person's own clock"
	case r.At == AtEnd && r.Minutes > 0:
		return strconv.Itoa(r.Minutes) + " minutes before the end of each person's day"
	case r.At == AtEnd:
		return "at the end of each person's day"
	case r.Minutes > 0:
		return strconv.Itoa(r.Minutes) + " minutes into each person's day"
	}
	return "at the start of each person's day"
}
