package ics

import (
	"slices"
	"time"
)

// budget bounds the work of all the rules of a calendar together.
type budget struct{ steps int }

// take spends n steps and says whether they were there.
func (b *budget) take(n int) bool {
	b.steps -= n
	return b.steps >= 0
}

const day = 24 * time.Hour

// expand calls each with the times of a rule that begins at start, in order, as
// wall clock times in UTC. Times before from may be left out, none after to is
// given; when each says false it ends. It says false when the budget ran out.
//
// All of it happens on the clock of the wall; only its results become instants.
func (r Rule) expand(start time.Time, dates bool, from, to time.Time, b *budget, each func(time.Time) bool) bool {
	x := expansion{Rule: r, start: start, to: to, b: b, each: each, left: r.count}
	if dates { // RFC 5545, 3.3.10: such parts say nothing about a date
		x.hours, x.minutes, x.seconds = nil, nil, nil
	}
	if !r.until.IsZero() {
		end := r.until
		if r.untilDate {
			end = end.Add(day - time.Second)
		} else if dates {
			end = end.Truncate(day)
		}
		if end.Before(x.to) {
			x.to = end
		}
	}
	if r.count == 0 {
		x.from = from
	}
	if x.to.Before(start) {
		return true
	}
	x.defaults()
	x.run()
	return !x.broke
}

type expansion struct {
	Rule
	start, from, to time.Time // from: zero when every time must be counted
	b               *budget
	each            func(time.Time) bool
	left            int // of COUNT
	done, broke     bool
	days0           []time.Time // the days of a period, reused
	times0          []time.Time
	clock           []time.Duration
}

// defaults are what a rule leaves for DTSTART to say.
func (x *expansion) defaults() {
	none := len(x.yearDays) == 0 && len(x.monthDays) == 0 && len(x.days) == 0
	switch {
	case x.freq == yearly && len(x.weeks) > 0 && none:
		x.days = []byDay{{0, weekday(x.start)}}
	case x.freq == yearly && none && len(x.weeks) == 0:
		if len(x.months) == 0 {
			x.months = []int{int(x.start.Month())}
		}
		x.monthDays = []int{x.start.Day()}
	case x.freq == monthly && none && len(x.weeks) == 0:
		x.monthDays = []int{x.start.Day()}
	case x.freq == weekly && none && len(x.weeks) == 0:
		x.days = []byDay{{0, weekday(x.start)}}
	}
	if x.freq > daily {
		return
	}
	if len(x.hours) == 0 {
		x.hours = []int{x.start.Hour()}
	}
	if len(x.minutes) == 0 {
		x.minutes = []int{x.start.Minute()}
	}
	if len(x.seconds) == 0 {
		x.seconds = []int{x.start.Second()}
	}
	x.clock = clockTimes(x.hours, x.minutes, x.seconds)
}

func clockTimes(hours, minutes, seconds []int) []time.Duration {
	var out []time.Duration
	for _, h := range hours {
		for _, m := range minutes {
			for _, s := range seconds {
				if len(out) < 100_000 {
					out = append(out, time.Duration(h)*time.Hour+time.Duration(m)*time.Minute+time.Duration(s)*time.Second)
				}
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (x *expansion) run() {
	switch {
	case x.freq > daily:
		x.runClock()
	case x.freq == yearly && len(x.weeks) > 0:
		x.runWeekYears()
	default:
		x.runDays()
	}
}

// spend takes steps and ends the expansion when there are none left.
func (x *expansion) spend(n int) bool {
	if !x.b.take(n) {
		x.broke, x.done = true, true
	}
	return !x.done
}

// emit gives a time out, if it is one of the rule's.
func (x *expansion) emit(t time.Time) bool {
	if t.Before(x.start) {
		return true
	}
	if t.After(x.to) {
		x.done = true
		return false
	}
	if (x.from.IsZero() || !t.Before(x.from)) && !x.each(t) {
		x.done = true
		return false
	}
	if x.count > 0 {
		if x.left--; x.left == 0 {
			x.done = true
		}
	}
	return !x.done
}

// period gives out the times of the days of one period, or those of them that
// BYSETPOS names.
func (x *expansion) period(days []time.Time) {
	if !x.spend(1 + len(days)*len(x.clock)) {
		return
	}
	if len(x.positions) == 0 {
		for _, d := range days {
			for _, c := range x.clock {
				if !x.emit(d.Add(c)) {
					return
				}
			}
		}
		return
	}
	x.times0 = x.times0[:0]
	for _, d := range days {
		for _, c := range x.clock {
			x.times0 = append(x.times0, d.Add(c))
		}
	}
	x.pick(x.times0)
}

func (x *expansion) pick(all []time.Time) {
	var out []time.Time
	for _, p := range x.positions {
		if p < 0 {
			p += len(all) + 1
		}
		if p >= 1 && p <= len(all) {
			out = append(out, all[p-1])
		}
	}
	slices.SortFunc(out, time.Time.Compare)
	for i, t := range out {
		if i > 0 && t.Equal(out[i-1]) {
			continue
		}
		if !x.emit(t) {
			return
		}
	}
}

// runDays walks years, months, weeks or days.
func (x *expansion) runDays() {
	first := x.start.Truncate(day)
	switch x.freq {
	case yearly:
		first = time.Date(first.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	case monthly:
		first = first.AddDate(0, 0, 1-first.Day())
	case weekly:
		first = first.AddDate(0, 0, -(weekday(first)-x.wkst+7)%7)
	}
	for n := x.skip(first); !x.done; n++ {
		begin, end, ok := x.bounds(first, n)
		if !ok || begin.After(x.to) {
			return
		}
		if !x.spend(1) {
			return
		}
		x.days0 = x.days0[:0]
		if x.mayHold(begin) {
			if !x.spend(int(end.Sub(begin)/day) / 8) {
				return
			}
			for d := begin; d.Before(end); d = d.Add(day) {
				if x.holds(d, begin, end) {
					x.days0 = append(x.days0, d)
				}
			}
		}
		x.period(x.days0)
	}
}

// bounds are the n-th period from the first, counted in intervals.
func (x *expansion) bounds(first time.Time, n int) (begin, end time.Time, ok bool) {
	if n > 4_000_000/x.interval {
		return begin, end, false // thousands of years away
	}
	n *= x.interval
	switch x.freq {
	case yearly:
		begin = first.AddDate(n, 0, 0)
		end = begin.AddDate(1, 0, 0)
	case monthly:
		begin = first.AddDate(0, n, 0)
		end = begin.AddDate(0, 1, 0)
	case weekly:
		begin = first.AddDate(0, 0, 7*n)
		end = begin.Add(7 * day)
	default:
		begin = first.AddDate(0, 0, n)
		end = begin.Add(day)
	}
	return begin, end, true
}

// skip is the number of a period that lies before from, so that an old rule
// without a COUNT costs no more than a new one.
func (x *expansion) skip(first time.Time) int {
	if x.from.IsZero() || !x.from.After(first) {
		return 0
	}
	days := int(x.from.Sub(first) / day)
	per := map[int]int{yearly: 366, monthly: 31, weekly: 7, daily: 1}[x.freq]
	return max(0, days/per/x.interval-1)
}

// mayHold says quickly that a period holds nothing, by its month.
func (x *expansion) mayHold(begin time.Time) bool {
	if len(x.months) == 0 || x.freq == yearly || x.freq == weekly {
		return true
	}
	return slices.Contains(x.months, int(begin.Month()))
}

// holds says whether the rule names a day of the period [begin, end).
func (x *expansion) holds(d, begin, end time.Time) bool {
	if len(x.months) > 0 && !slices.Contains(x.months, int(d.Month())) {
		return false
	}
	if len(x.monthDays) > 0 {
		last := time.Date(d.Year(), d.Month()+1, 0, 0, 0, 0, 0, time.UTC).Day()
		if !slices.Contains(x.monthDays, d.Day()) && !slices.Contains(x.monthDays, d.Day()-last-1) {
			return false
		}
	}
	if len(x.yearDays) > 0 {
		length := time.Date(d.Year(), 12, 31, 0, 0, 0, 0, time.UTC).YearDay()
		if !slices.Contains(x.yearDays, d.YearDay()) && !slices.Contains(x.yearDays, d.YearDay()-length-1) {
			return false
		}
	}
	if len(x.weeks) > 0 && !x.inWeeks(d) {
		return false
	}
	return len(x.days) == 0 || x.onDays(d, begin, end)
}

// onDays reads BYDAY: every such day, or the n-th of the month or year.
func (x *expansion) onDays(d, begin, end time.Time) bool {
	w := weekday(d)
	for _, by := range x.days {
		if by.day != w {
			continue
		}
		if by.n == 0 || x.freq > monthly {
			return true
		}
		if x.freq == yearly && len(x.months) > 0 { // within the months, RFC 5545, 3.3.10
			begin = d.AddDate(0, 0, 1-d.Day())
			end = begin.AddDate(0, 1, 0)
		}
		if by.n > 0 && int(d.Sub(begin)/day)/7 == by.n-1 {
			return true
		}
		if by.n < 0 && (int(end.Sub(d)/day)-1)/7 == -by.n-1 {
			return true
		}
	}
	return false
}

func (x *expansion) inWeeks(d time.Time) bool {
	year, week := weekOf(d, x.wkst)
	return slices.Contains(x.weeks, week) || slices.Contains(x.weeks, week-weeksIn(year, x.wkst)-1)
}

// runWeekYears walks the years that weeks belong to, which begin up to three days
// before or after the calendar's.
func (x *expansion) runWeekYears() {
	year, _ := weekOf(x.start, x.wkst)
	if from := x.from.Year() - 1; !x.from.IsZero() && from > year {
		year += (from - year) / x.interval * x.interval
	}
	for ; !x.done && year < 10_000; year += x.interval {
		begin := weekOne(year, x.wkst)
		if begin.After(x.to) {
			return
		}
		x.days0 = x.days0[:0]
		end := weekOne(year+1, x.wkst)
		if !x.spend(50) {
			return
		}
		for d := begin; d.Before(end); d = d.Add(day) {
			if x.holds(d, begin, end) {
				x.days0 = append(x.days0, d)
			}
		}
		x.period(x.days0)
		if x.interval > 10_000 {
			return
		}
	}
}

// weekOne is the first day of week 1: the week with at least four days in the year.
func weekOne(year, wkst int) time.Time {
	d := time.Date(year, 1, 4, 0, 0, 0, 0, time.UTC)
	return d.AddDate(0, 0, -(weekday(d)-wkst+7)%7)
}

func weeksIn(year, wkst int) int {
	return int(weekOne(year+1, wkst).Sub(weekOne(year, wkst)) / (7 * day))
}

func weekOf(d time.Time, wkst int) (year, week int) {
	d = d.Truncate(day)
	year = d.Year() + 1
	for weekOne(year, wkst).After(d) {
		year--
	}
	return year, int(d.Sub(weekOne(year, wkst))/(7*day)) + 1
}

func weekday(t time.Time) int { return (int(t.Weekday()) + 6) % 7 }
