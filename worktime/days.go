package worktime

import "time"

// Day is one local date of somebody's working life: from the first to the last instant
// of its working time, which may pause in between.
type Day struct {
	Date     Date
	From, To time.Time
}

// Days lists the dates whose working time ends after from and begins before to, in
// order; their ends are not clipped. A range that runs past midnight belongs to the
// date on which it starts. Dates that hold no working time (days off, holidays,
// absences, dates that the person's zone skips) are left out, and a date that a person
// lives twice, having crossed the date line, is one.
func (s *Schedule) Days(from, to time.Time) (out []Day) {
	a, b := clamped(from), clamped(to)
	if a >= b {
		return nil
	}
	first, stop := floorDiv(a, nano), floorDiv(b-1, nano)
	for i := s.periodAt(max(first-2*daySeconds, minSecond)); i < s.periods(); i++ {
		p := s.period(i)
		if p.lo > stop {
			break
		}
		last := p.zone.day(min(p.hi, stop)) + 1
		for day := p.zone.day(max(p.lo, first)) - 3; day <= last; day++ {
			day = s.pastAbsence(p.zone, day, last)
			lo, hi, works := s.bounds(p, day)
			if !works || hi*nano <= a || lo*nano >= b {
				continue
			}
			d := Day{dateOf(day), instant(lo * nano), instant(hi * nano)}
			if n := len(out); n > 0 && out[n-1].Date == d.Date {
				out[n-1].To = d.To
				continue
			}
			out = append(out, d)
		}
	}
	return out
}

// bounds are the first and the last instant of work on one date, in seconds.
func (s *Schedule) bounds(p period, day int64) (from, to int64, works bool) {
	spans := s.spansOf(&s.work, day)
	if len(spans) == 0 || p.zone.skips(day) {
		return 0, 0, false
	}
	for _, sp := range spans {
		wall := day * daySeconds
		lo := max(p.zone.instant(wall+int64(sp.from)*60), p.lo)
		hi := min(p.zone.instant(wall+int64(sp.to)*60), p.hi)
		lo = s.firstWorked(lo, hi)
		hi = s.lastWorked(lo, hi)
		if lo >= hi {
			continue
		}
		if !works {
			from, to, works = lo, hi, true
		}
		from, to = min(from, lo), max(to, hi)
	}
	return from, to, works
}

// firstWorked takes what is off from the beginning of [lo, hi).
func (s *Schedule) firstWorked(lo, hi int64) int64 {
	for i := firstAfter(s.off, lo); i < len(s.off) && s.off[i].lo <= lo && lo < hi; i++ {
		lo = s.off[i].hi
	}
	return lo
}
