package worktime_test

import (
	"strings"
	"time"

	"example.org/meantime/worktime"
)

// oracle answers by painting minutes. It is slow, and shares nothing with the
// package but the JSON form.
type oracle struct {
	start time.Time // the first minute
	days  []oracleDay
	work  []bool
	focus []bool
	check []bool
}

// oracleDay is one date of one zone period: the minute at which its work ends.
type oracleDay struct{ last int }

const oracleMinutes = 16 * 1440

// newOracle paints 16 days from start, which is a whole minute.
func newOracle(sp worktime.Spec, start time.Time) *oracle {
	o := &oracle{start: start, work: blank(), focus: blank(), check: blank()}
	explicit := false
	for _, list := range sp.Checks {
		explicit = explicit || len(list) > 0
	}
	for _, p := range oraclePeriods(sp) {
		off := o.offIn(sp, p)
		for day := start.AddDate(0, 0, -4); day.Before(start.AddDate(0, 0, 20)); day = day.AddDate(0, 0, 1) {
			date := time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, time.UTC)
			if !wallToInstant(date, p.loc).Before(wallToInstant(date.AddDate(0, 0, 1), p.loc)) {
				continue // a date that the zone skips
			}
			key, name := date.Format(time.DateOnly), strings.ToLower(date.Weekday().String()[:3])
			ranges := sp.Weekly[name]
			if own, ok := sp.Overrides[key]; ok {
				ranges = own
			}
			if len(ranges) > 0 {
				o.paintDay(p, date, ranges, off)
			}
			for _, r := range append(append([]string{}, sp.Focus[name]...), sp.Focus[key]...) {
				o.paint(o.focus, p, date, r)
			}
			for _, c := range sp.Checks[name] {
				at := wallToInstant(date.Add(clock(c)), p.loc)
				if m := o.minute(at); p.holds(at) && m >= 0 && m < oracleMinutes {
					o.check[m] = true
				}
			}
			if !explicit {
				o.paintStarts(p, date, ranges, off)
			}
		}
	}
	for m := range o.check {
		o.check[m] = o.check[m] && o.work[m] && !o.focus[m]
	}
	return o
}

func (o *oracle) paintDay(p oraclePeriod, date time.Time, ranges []string, off []bool) {
	d := oracleDay{last: -1}
	work := blank()
	for _, r := range ranges {
		o.paint(work, p, date, r)
	}
	for m, on := range work {
		if on && !off[m] {
			o.work[m], d.last = true, m+1
		}
	}
	o.days = append(o.days, d)
}

// paintStarts marks where each of a date's ranges, joined on the wall clock,
// begins to be worked.
func (o *oracle) paintStarts(p oraclePeriod, date time.Time, ranges []string, off []bool) {
	var wall [2 * 1440]bool
	for _, r := range ranges {
		from, to := bounds(r)
		for m := from; m < to; m += time.Minute {
			wall[m/time.Minute] = true
		}
	}
	for m := 0; m < len(wall); m++ {
		if !wall[m] {
			continue
		}
		from := m
		for m < len(wall) && wall[m] {
			m++
		}
		lo := wallToInstant(date.Add(time.Duration(from)*time.Minute), p.loc)
		hi := wallToInstant(date.Add(time.Duration(m)*time.Minute), p.loc)
		was := false
		for i := o.minute(lo); i < o.minute(hi); i++ {
			at := o.start.Add(time.Duration(i) * time.Minute)
			now := i >= 0 && i < oracleMinutes && p.holds(at) && !off[i]
			if now && !was {
				o.check[i] = true
			}
			was = now || i < 0 && p.holds(at)
		}
	}
}

func (o *oracle) offIn(sp worktime.Spec, p oraclePeriod) []bool {
	off := blank()
	for _, h := range sp.Holidays {
		date, part, found := strings.Cut(h, " ")
		if !found {
			part = "00:00-24:00"
		}
		d, _ := time.Parse(time.DateOnly, date)
		o.paint(off, p, d, part)
	}
	for _, a := range sp.Absences {
		o.fill(off, p, oracleMoment(a.From, p.loc), oracleMoment(a.To, p.loc))
	}
	return off
}

func (o *oracle) paint(on []bool, p oraclePeriod, date time.Time, r string) {
	from, to := bounds(r)
	o.fill(on, p, wallToInstant(date.Add(from), p.loc), wallToInstant(date.Add(to), p.loc))
}

func (o *oracle) fill(on []bool, p oraclePeriod, lo, hi time.Time) {
	for m := max(0, o.minute(lo)); m < min(oracleMinutes, o.minute(hi)); m++ {
		if p.holds(o.start.Add(time.Duration(m) * time.Minute)) {
			on[m] = true
		}
	}
}

func (o *oracle) minute(t time.Time) int {
	d := t.Sub(o.start)
	if d < 0 {
		return -int((-d + time.Minute - 1) / time.Minute)
	}
	return int(d / time.Minute)
}

func (o *oracle) at(m int) time.Time { return o.start.Add(time.Duration(m) * time.Minute) }

func blank() []bool { return make([]bool, oracleMinutes) }

// oraclePeriod is a stretch of life in one zone.
type oraclePeriod struct {
	from, to time.Time
	loc      *time.Location
}

func (p oraclePeriod) holds(t time.Time) bool { return !t.Before(p.from) && t.Before(p.to) }

func oraclePeriods(sp worktime.Spec) []oraclePeriod {
	load := func(name string) *time.Location {
		loc, err := time.LoadLocation(name)
		if err != nil {
			panic(err)
		}
		return loc
	}
	out := []oraclePeriod{{time.Unix(-1e10, 0), time.Unix(1e10, 0), load(sp.Zone)}}
	for _, z := range sp.Zones { // the generator gives them in order
		d, _ := time.Parse(time.DateOnly, z.From)
		loc := load(z.Zone)
		at := wallToInstant(d, loc)
		for i := range out {
			if out[i].to.After(at) {
				out[i].to = at
			}
		}
		out = append(out, oraclePeriod{at, time.Unix(1e10, 0), loc})
	}
	return out
}

func oracleMoment(s string, loc *time.Location) time.Time {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t
	}
	d, _ := time.Parse(time.DateOnly, s)
	return wallToInstant(d, loc)
}

func clock(s string) time.Duration {
	h, m := int(s[0]-'0')*10+int(s[1]-'0'), int(s[3]-'0')*10+int(s[4]-'0')
	return time.Duration(h*60+m) * time.Minute
}

func bounds(r string) (from, to time.Duration) {
	from, to = clock(r[:5]), clock(r[6:])
	if to <= from {
		to += 24 * time.Hour
	}
	return from, to
}

type wallKey struct {
	wall int64
	loc  *time.Location
}

var wallCache = map[wallKey]time.Time{}

// wallToInstant is RFC 5545's reading, found by going through the instants
// around in quarters of an hour, at which all zones of our time change.
func wallToInstant(wall time.Time, loc *time.Location) time.Time {
	key := wallKey{wall.Unix(), loc}
	if t, ok := wallCache[key]; ok {
		return t
	}
	answer := time.Time{}
	var before int
	for t := wall.Add(-40 * time.Hour).Truncate(15 * time.Minute); ; t = t.Add(15 * time.Minute) {
		_, off := t.In(loc).Zone()
		shown := t.Unix() + int64(off)
		if shown <= wall.Unix() && wall.Unix() < shown+900 {
			answer = t.Add(time.Duration(wall.Unix()-shown) * time.Second)
			break
		}
		if shown > wall.Unix() { // in a gap
			answer = time.Unix(wall.Unix()-int64(before), 0)
			break
		}
		before = off
	}
	wallCache[key] = answer
	return answer
}
