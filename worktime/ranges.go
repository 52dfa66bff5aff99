package worktime

import (
	"sort"
	"time"
)

// Ranges is the working time in [from, to): merged, in order, clipped.
func (s *Schedule) Ranges(from, to time.Time) []Range {
	return s.ranges(&s.work, s.off, from, to)
}

// FocusRanges is the part of the working time in [from, to) that is not to be
// interrupted: merged, in order, clipped.
func (s *Schedule) FocusRanges(from, to time.Time) []Range {
	if s.more == nil || s.more.focus.empty() {
		return nil
	}
	focus := s.ranges(&s.more.focus, nil, from, to)
	return sweep([][]Range{s.Ranges(from, to), focus}, 2)
}

// Absent finds the absence that covers t, together with those that follow it
// without a break. Holidays are not absences.
func (s *Schedule) Absent(t time.Time) (Range, bool) {
	if s.more == nil {
		return Range{}, false
	}
	list, sec := s.more.absent, floorDiv(clamped(t), nano)
	i := sort.Search(len(list), func(i int) bool { return list[i].hi > sec })
	if i == len(list) || list[i].lo > sec {
		return Range{}, false
	}
	return Range{instant(list[i].lo * nano), instant(list[i].hi * nano)}, true
}

// Zone is the zone the person lives in at t.
func (s *Schedule) Zone(t time.Time) *time.Location { return s.zoneAt(t).loc }

// LocalDate is the date on the person's own calendar at t.
func (s *Schedule) LocalDate(t time.Time) Date {
	return dateOf(s.zoneAt(t).day(floorDiv(clamped(t), nano)))
}

func (s *Schedule) zoneAt(t time.Time) *zone {
	return s.period(s.periodAt(floorDiv(clamped(t), nano))).zone
}

func (s *Schedule) ranges(p *pattern, off []ival, from, to time.Time) (out []Range) {
	if !from.Before(to) {
		return nil
	}
	a, b := clamped(from), clamped(to)
	var w walker
	w.begin(s, p, off, floorDiv(a, nano), floorDiv(b, nano))
	for {
		piece, ok := w.next()
		lo, hi := max(piece.lo*nano, a), min(piece.hi*nano, b)
		if !ok || piece.lo*nano >= b {
			return out
		}
		if n := len(out); n > 0 && out[n-1].To.Equal(instant(lo)) {
			out[n-1].To = instant(hi)
		} else if lo < hi {
			out = append(out, Range{instant(lo), instant(hi)})
		}
	}
}

// OffRanges is the time in [from, to) that holidays and absences take: merged, in
// order, clipped. It says nothing about the hours that would be worked otherwise.
func (s *Schedule) OffRanges(from, to time.Time) (out []Range) {
	a, b := clamped(from), clamped(to)
	for _, v := range s.off {
		lo, hi := max(v.lo*nano, a), min(v.hi*nano, b)
		if lo < hi {
			out = append(out, Range{instant(lo), instant(hi)})
		}
	}
	return out
}

// Wall is the instant of a wall-clock time on a date in a zone, minutes after
// midnight: a time that the zone skips lands after the gap, one that it repeats is
// the first. It fails with an *InvalidError for a zone that is not known.
func Wall(zone string, d Date, minutes int) (time.Time, error) {
	z, err := loadZone(zone)
	if err != nil {
		return time.Time{}, err
	}
	return time.Unix(z.instant(d.number()*daySeconds+int64(minutes)*60), 0).UTC(), nil
}
