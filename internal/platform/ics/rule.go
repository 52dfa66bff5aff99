package ics

import (
	"strconv"
	"strings"
	"time"
)

// The frequencies of rules.
const (
	yearly = iota
	monthly
	weekly
	daily
	hourly
	minutely
	secondly
)

var frequencies = map[string]int{
	"YEARLY": yearly, "MONTHLY": monthly, "WEEKLY": weekly, "DAILY": daily,
	"HOURLY": hourly, "MINUTELY": minutely, "SECONDLY": secondly,
}

// weekdays count from Monday.
var weekdays = map[string]int{"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}

// byDay is a weekday, alone (n = 0) or the n-th of its month or year.
type byDay struct{ n, day int }

// Rule is an RRULE. It is made by ParseRule.
type Rule struct {
	freq, interval, count, wkst int

	until     time.Time
	untilDate bool
	untilUTC  bool

	months, monthDays, yearDays, weeks, hours, minutes, seconds, positions []int

	days []byDay
}

// ParseRule reads the value of an RRULE. What it says against the letter of RFC
// 5545 but with one clear meaning is read; docs/calendars.md tells what that is.
// why is a sentence for people, empty when the rule was read.
func ParseRule(text string) (r Rule, why string) {
	r.interval = 1
	seen := map[string]bool{}
	for _, part := range strings.Split(strings.Trim(strings.ToUpper(strings.TrimSpace(text)), ";"), ";") {
		name, value, ok := strings.Cut(strings.TrimSpace(part), "=")
		if !ok || value == "" {
			return r, "RRULE cannot be read: every part is a name, = and a value."
		}
		if name = strings.TrimSpace(name); seen[name] {
			return r, "RRULE says " + cut(name) + " twice."
		}
		seen[name] = true
		if !r.part(name, strings.TrimSpace(value)) {
			return r, "RRULE cannot be read at " + cut(name) + "."
		}
	}
	if !seen["FREQ"] {
		return r, "RRULE says no FREQ."
	}
	if len(r.positions) > 0 && !r.narrows() {
		return r, "RRULE has a BYSETPOS and nothing to choose from."
	}
	if len(r.weeks) > 0 && r.freq == yearly {
		for _, d := range r.days {
			if d.n != 0 {
				return r, "RRULE counts weekdays within numbered weeks."
			}
		}
	}
	return r, ""
}

func cut(s string) string { return s[:min(len(s), 30)] }

func (r Rule) narrows() bool {
	for _, list := range [][]int{r.months, r.monthDays, r.yearDays, r.weeks, r.hours, r.minutes, r.seconds} {
		if len(list) > 0 {
			return true
		}
	}
	return len(r.days) > 0
}

func (r *Rule) part(name, value string) (ok bool) {
	switch name {
	case "FREQ":
		r.freq, ok = frequencies[value]
	case "INTERVAL":
		r.interval, ok = number(value, 1, 1_000_000_000)
	case "COUNT":
		r.count, ok = number(value, 1, 1_000_000_000)
	case "UNTIL":
		r.until, r.untilDate, r.untilUTC, ok = wall(value)
	case "WKST":
		r.wkst, ok = weekdays[value]
	case "BYDAY", "BYWEEKDAY":
		r.days, ok = weekdaysOf(value)
	case "BYMONTH":
		r.months, ok = numbers(value, 1, 12, false)
	case "BYMONTHDAY":
		r.monthDays, ok = numbers(value, 1, 31, true)
	case "BYYEARDAY":
		r.yearDays, ok = numbers(value, 1, 366, true)
	case "BYWEEKNO":
		r.weeks, ok = numbers(value, 1, 53, true)
	case "BYHOUR":
		r.hours, ok = numbers(value, 0, 23, false)
	case "BYMINUTE":
		r.minutes, ok = numbers(value, 0, 59, false)
	case "BYSECOND":
		r.seconds, ok = numbers(value, 0, 60, false)
		for i, s := range r.seconds {
			r.seconds[i] = min(s, 59) // no clock here shows leap seconds
		}
	case "BYSETPOS":
		r.positions, ok = numbers(value, 1, 366, true)
	default: // BYEASTER, RSCALE, SKIP and whatever comes: another rule than we would follow
		ok = strings.HasPrefix(name, "X-") || (name == "RSCALE" && value == "GREGORIAN") || (name == "SKIP" && value == "OMIT")
	}
	return ok
}

func number(s string, least, most int) (int, bool) {
	n, err := strconv.Atoi(strings.TrimPrefix(s, "+"))
	return n, err == nil && n >= least && n <= most
}

func numbers(s string, least, most int, negative bool) ([]int, bool) {
	var out []int
	for _, part := range strings.Split(s, ",") {
		n, ok := number(strings.TrimSpace(part), -most, most)
		if abs := max(n, -n); !ok || abs < least || (n < 0 && !negative) {
			return nil, false
		}
		if len(out) == 400 {
			return nil, false
		}
		out = append(out, n)
	}
	return out, true
}

func weekdaysOf(s string) ([]byDay, bool) {
	var out []byDay
	for _, part := range strings.Split(s, ",") {
		part = strings.TrimSpace(part)
		if len(part) < 2 || len(out) == 400 {
			return nil, false
		}
		day, ok := weekdays[part[len(part)-2:]]
		n := 0
		if before := part[:len(part)-2]; ok && before != "" {
			n, ok = number(before, -53, 53)
			ok = ok && n != 0
		}
		if !ok {
			return nil, false
		}
		out = append(out, byDay{n, day})
	}
	return out, true
}
