package ics

import (
	"slices"
	"time"
)

// runClock walks hours, minutes or seconds, and leaves out at once the days, hours
// and minutes that the rule does not name.
func (x *expansion) runClock() {
	unit := map[int]time.Duration{hourly: time.Hour, minutely: time.Minute, secondly: time.Second}[x.freq]
	if int64(x.interval) > int64(200*366*day/unit) {
		x.emit(x.firstOnly()) // the next one is centuries away
		return
	}
	step := time.Duration(x.interval) * unit
	first := x.start.Truncate(unit)
	at := first
	if !x.from.IsZero() && x.from.After(first) {
		at = forward(first, x.from.Add(-step), step)
	}
	for !x.done && !at.After(x.to) {
		if !x.spend(1) {
			return
		}
		if next, ok := x.gap(at); ok {
			if at = forward(at, next, step); x.lapses(at, next) {
				return
			}
			continue
		}
		x.within(at)
		at = at.Add(step)
	}
}

// firstOnly is the start when it is one of the rule's own times, else a time that
// is before it and so is not given out.
func (x *expansion) firstOnly() time.Time {
	if _, gap := x.gap(x.start); gap {
		return x.start.Add(-time.Second)
	}
	return x.start
}

// lapses ends a walk that has run past its end.
func (x *expansion) lapses(at, next time.Time) bool { return at.After(x.to) || next.After(x.to) }

// forward is the first time at or after to that is a whole number of steps from at.
func forward(at, to time.Time, step time.Duration) time.Time {
	gap := to.Sub(at)
	if gap <= 0 {
		return at
	}
	gap = min(gap, 200*366*day) // so that nothing overflows; whoever calls goes on from there
	return at.Add((gap + step - 1) / step * step)
}

// gap says when the rule can hold again, if it does not at a time.
func (x *expansion) gap(t time.Time) (time.Time, bool) {
	d := t.Truncate(day)
	if len(x.months) > 0 && !slices.Contains(x.months, int(d.Month())) {
		return time.Date(d.Year(), d.Month()+1, 1, 0, 0, 0, 0, time.UTC), true
	}
	if !x.holds(d, d, d.Add(day)) {
		return d.Add(day), true
	}
	if len(x.hours) > 0 && !slices.Contains(x.hours, t.Hour()) {
		return t.Truncate(time.Hour).Add(time.Hour), true
	}
	if x.freq >= minutely && len(x.minutes) > 0 && !slices.Contains(x.minutes, t.Minute()) {
		return t.Truncate(time.Minute).Add(time.Minute), true
	}
	if x.freq == secondly && len(x.seconds) > 0 && !slices.Contains(x.seconds, t.Second()) {
		return t.Add(time.Second), true
	}
	return t, false
}

// within gives out the times inside one hour, minute or second.
func (x *expansion) within(t time.Time) {
	minutes, seconds := x.minutes, x.seconds
	if x.freq >= minutely {
		minutes = []int{t.Minute()}
	} else if len(minutes) == 0 {
		minutes = []int{x.start.Minute()}
	}
	if x.freq == secondly {
		seconds = []int{t.Second()}
	} else if len(seconds) == 0 {
		seconds = []int{x.start.Second()}
	}
	clock := clockTimes([]int{t.Hour()}, minutes, seconds)
	if !x.spend(len(clock)) {
		return
	}
	d := t.Truncate(day)
	all := make([]time.Time, len(clock))
	for i, c := range clock {
		all[i] = d.Add(c)
	}
	if len(x.positions) > 0 {
		x.pick(all)
		return
	}
	for _, at := range all {
		if !x.emit(at) {
			return
		}
	}
}
