package ics

import (
	"fmt"
	"slices"
	"time"
)

// Occurrences lists what takes place in [from, to) for a reader whose zone gives
// floating times their place, in order. Events that are cancelled are left out. When
// there are more than MaxOccurrences, or rules take too long to work out, the rest
// is left out and problems say so.
func (c *Calendar) Occurrences(from, to time.Time, reader *time.Location) (list []Occurrence, problems []Problem) {
	x := occurring{
		c: c, from: from.UTC(), to: to.UTC(), reader: In(reader), b: &budget{maxSteps},
		single: map[string][]*Event{}, rest: map[string][]*Event{}, moved: map[string]time.Duration{},
	}
	for _, e := range c.Events {
		if e.which != nil {
			x.single[e.UID] = append(x.single[e.UID], e)
			if e.rest {
				x.rest[e.UID] = append(x.rest[e.UID], e)
				x.moved[e.UID] = max(x.moved[e.UID], e.Start.Wall.Sub(e.which.Wall).Abs())
			}
		}
	}
	for _, l := range x.rest {
		slices.SortStableFunc(l, func(a, b *Event) int { return a.which.At(x.reader).Compare(b.which.At(x.reader)) })
	}
	for _, e := range c.Events {
		if !x.event(e) {
			break
		}
	}
	slices.SortStableFunc(x.list, func(a, b Occurrence) int {
		if n := a.Start.Compare(b.Start); n != 0 {
			return n
		}
		return a.End.Compare(b.End)
	})
	return x.list, x.problems
}

type occurring struct {
	c            *Calendar
	from, to     time.Time
	reader       *Zone
	b            *budget
	single, rest map[string][]*Event      // overrides by UID: each instance, and those of all that follow
	moved        map[string]time.Duration // by how much rest moves, at most
	list         []Occurrence
	problems     []Problem
}

func (x *occurring) problem(e *Event, why string) {
	if len(x.problems) < maxProblems {
		x.problems = append(x.problems, Problem{Line: e.Line, Why: why})
	}
}

func (x *occurring) event(e *Event) bool {
	if e.Cancelled() {
		return true
	}
	if e.which != nil || !e.Repeats() {
		return x.add(e, e.Start, nil, nil)
	}
	gone := x.gone(e)
	seen := map[int64]bool{}
	give := func(m Moment, to *Moment, s *span) bool {
		at := m.At(x.reader)
		if seen[at.Unix()] || gone.has(m, at) {
			return true
		}
		seen[at.Unix()] = true
		changed := x.follows(e, at)
		if changed == nil {
			return x.add(e, m, to, s)
		}
		if changed.Cancelled() {
			return true
		}
		// The rest is moved by as much as its first was.
		m.Wall = m.Wall.Add(changed.Start.Wall.Sub(changed.which.Wall))
		m.Zone, m.Date = changed.Start.Zone, changed.Start.Date
		return x.add(changed, m, nil, nil)
	}
	longest := x.length(e) + 2*day
	if len(e.rules) == 0 && !give(e.Start, nil, nil) { // DTSTART counts, where dates alone are listed
		return false
	}
	for _, p := range e.plus {
		if !give(p.from, p.to, p.span) {
			return false
		}
	}
	// Whole stretches may have been moved into the window from outside it.
	around := min(longest+x.moved[e.UID], 3*366*day)
	for _, r := range e.rules {
		more := true
		if !x.rule(e, r, around, func(w time.Time) bool {
			more = give(Moment{w, e.Start.Date, e.Start.Zone}, nil, nil)
			return more
		}) {
			x.problem(e, "this event repeats so often that not all of it is read.")
		}
		if !more {
			return false
		}
	}
	return true
}

// rule expands a rule in the window, which is wider by as much as zones can differ.
func (x *occurring) rule(e *Event, r Rule, around time.Duration, each func(time.Time) bool) bool {
	if r.untilUTC && !e.Start.Date {
		zone := e.Start.Zone
		if zone == nil {
			zone = x.reader
		}
		r.until = zone.Wall(r.until)
	}
	from, to := x.from.Add(-around), x.to.Add(2*day)
	return r.expand(e.Start.Wall, e.Start.Date, from, to, x.b, each)
}

// length is how long the event lasts on the clock of the wall, about.
func (x *occurring) length(e *Event) time.Duration {
	_, end := x.ends(e, e.Start, nil, nil)
	return min(max(0, end.Sub(e.Start.Wall)), 400*day)
}

// ends is when an occurrence that begins at m ends: the instant and the clock.
func (x *occurring) ends(e *Event, m Moment, to *Moment, s *span) (time.Time, time.Time) {
	if to == nil && s == nil {
		to, s = e.end, e.span
	}
	start := m.At(x.reader)
	switch {
	case to != nil && m.Zone == e.Start.Zone && m.Wall.Equal(e.Start.Wall), to != nil && to != e.end:
		return to.At(x.reader), m.Wall.Add(to.Wall.Sub(m.Wall))
	case to != nil && m.Date:
		wall := m.Wall.Add(to.Wall.Sub(e.Start.Wall))
		return Moment{wall, true, m.Zone}.At(x.reader), wall
	case to != nil: // the same exact length for all (RFC 5545, 3.8.5.3)
		return start.Add(to.At(x.reader).Sub(e.Start.At(x.reader))), m.Wall.Add(to.Wall.Sub(e.Start.Wall))
	case s != nil:
		wall := m.Wall.AddDate(0, 0, s.days)
		return Moment{wall, false, m.Zone}.At(x.reader).Add(s.time), wall.Add(s.time)
	case m.Date:
		wall := m.Wall.AddDate(0, 0, 1)
		return Moment{wall, true, m.Zone}.At(x.reader), wall
	}
	return start, m.Wall
}

// add enters an occurrence, if it is in the window; it says false when there are
// enough.
func (x *occurring) add(e *Event, m Moment, to *Moment, s *span) bool {
	start := m.At(x.reader)
	end, wallEnd := x.ends(e, m, to, s)
	if m.Date && !wallEnd.After(m.Wall) { // some programs write an end that equals the start
		wallEnd = m.Wall.AddDate(0, 0, 1)
		end = Moment{wallEnd, true, m.Zone}.At(x.reader)
	}
	if end.Before(start) {
		end, wallEnd = start, m.Wall
	}
	if !start.Before(x.to) || end.Before(x.from) || (end.Equal(x.from) && end.After(start)) {
		return true
	}
	if len(x.list) >= MaxOccurrences {
		x.problem(e, fmt.Sprintf("there are more than %d occurrences; the rest is not read.", MaxOccurrences))
		return false
	}
	x.list = append(x.list, Occurrence{Event: e, Start: start, End: end, WallStart: m.Wall, WallEnd: wallEnd, AllDay: m.Date})
	return true
}

// follows finds the change that holds for an instance: the latest THISANDFUTURE at
// or before it.
func (x *occurring) follows(e *Event, at time.Time) (changed *Event) {
	for _, r := range x.rest[e.UID] {
		if !x.b.take(2) {
			break
		}
		if r.which.At(x.reader).After(at) {
			break
		}
		changed = r
	}
	return changed
}

// without are instances that are excepted, or written out on their own.
type without struct {
	instants map[int64]bool
	dates    map[time.Time]bool
}

func (w without) has(m Moment, at time.Time) bool {
	return w.instants[at.Unix()] || w.dates[m.Wall.Truncate(day)]
}

func (x *occurring) gone(e *Event) without {
	w := without{map[int64]bool{}, map[time.Time]bool{}}
	drop := func(m Moment) {
		if m.Date { // a date takes out all that begins on it, even where times belong
			w.dates[m.Wall] = true
			return
		}
		if e.Start.Date { // and the other way round
			w.dates[m.Wall.Truncate(day)] = true
		}
		w.instants[m.At(x.reader).Unix()] = true
	}
	singles := x.single[e.UID]
	if !x.b.take(2 * (len(e.minus) + len(singles))) {
		x.problem(e, "this calendar has more exceptions than are worked out.")
		return w
	}
	for _, m := range e.minus {
		drop(m)
	}
	for _, s := range singles {
		drop(*s.which)
	}
	for _, r := range e.not {
		n := 0
		if !x.rule(e, r, x.length(e)+2*day, func(t time.Time) bool {
			drop(Moment{t, e.Start.Date, e.Start.Zone})
			n++
			return n < MaxOccurrences
		}) {
			x.problem(e, "this event's exceptions repeat so often that not all of them are read.")
		}
	}
	return w
}
