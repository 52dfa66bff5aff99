package worktime

import "time"

// EndOfDay is the last instant of working time on the n-th working date after
// day 0, the working date that contains t or else the first one after it. A
// range that runs past midnight belongs to the date on which it starts. A date
// whose work is over by t no longer contains it, so the answer is never before
// t. A date that holds no work at all, be it a holiday, is not counted.
// It fails with an *UnreachableError when the answer would be more than five
// years after t, and with an *InvalidError when n is negative.
func (s *Schedule) EndOfDay(t time.Time, n int) (time.Time, error) {
	if n < 0 {
		return time.Time{}, invalid("n", "A number of working days cannot be negative.")
	}
	at, ok := nanos(t)
	if !ok {
		return time.Time{}, unreachable(t)
	}
	sec, stop := floorDiv(at, nano), until(at)
	for i := s.periodAt(sec); i < s.periods(); i++ {
		p := s.period(i)
		last := p.zone.day(min(p.hi, stop)) + 1
		for day := p.zone.day(max(p.lo, sec)) - 3; day <= last; day++ {
			day = s.pastAbsence(p.zone, day, last)
			end, works := s.close(p, day)
			if !works || end*nano <= at {
				continue
			}
			if n == 0 && end <= stop {
				return instant(end * nano), nil
			}
			n--
		}
	}
	return time.Time{}, unreachable(t)
}

// close is the end of work on one date, in seconds.
func (s *Schedule) close(p period, day int64) (end int64, works bool) {
	spans := s.spansOf(&s.work, day)
	if len(spans) == 0 || p.zone.skips(day) {
		return 0, false
	}
	for _, sp := range spans {
		wall := day * daySeconds
		lo := max(p.zone.instant(wall+int64(sp.from)*60), p.lo)
		hi := min(p.zone.instant(wall+int64(sp.to)*60), p.hi)
		if hi = s.lastWorked(lo, hi); lo < hi && (!works || hi > end) {
			end, works = hi, true
		}
	}
	return end, works
}

// lastWorked takes what is off from the end of [lo, hi).
func (s *Schedule) lastWorked(lo, hi int64) int64 {
	for i := s.offBefore(hi); i >= 0 && s.off[i].hi >= hi && lo < hi; i-- {
		hi = s.off[i].lo
	}
	return hi
}

// offBefore is the last of off that begins before an instant, or -1.
func (s *Schedule) offBefore(sec int64) int {
	lo, hi := 0, len(s.off)
	for lo < hi {
		if mid := (lo + hi) / 2; s.off[mid].lo < sec {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo - 1
}

// pastAbsence leaps over the dates that lie wholly inside one long absence.
func (s *Schedule) pastAbsence(z *zone, day, last int64) int64 {
	early := z.instant(day*daySeconds) - daySeconds
	i := s.offBefore(early)
	if i < 0 || s.off[i].hi < early+6*daySeconds {
		return day
	}
	return max(day, min(z.day(min(s.off[i].hi, maxSecond))-3, last))
}
