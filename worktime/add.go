package worktime

import "time"

const nano = int64(time.Second)

// Working says whether t is working time.
func (s *Schedule) Working(t time.Time) bool {
	return s.holds(&s.work, s.off, t)
}

// holds says whether t lies in a range of a pattern. On most days that needs no
// walk: two dates are looked at whose clocks run evenly.
func (s *Schedule) holds(p *pattern, off []ival, t time.Time) bool {
	sec := t.Unix()
	if sec < minSecond || sec >= maxSecond {
		return false
	}
	lo, hi, shift := s.period(s.periodAt(sec)).zone.plain(sec)
	day := floorDiv(sec+shift, daySeconds)
	if (day-1)*daySeconds < lo || (day+1)*daySeconds > hi {
		_, ok := s.covering(p, off, t)
		return ok
	}
	if i := firstAfter(off, sec); i < len(off) && off[i].lo <= sec {
		return false
	}
	at := sec + shift - day*daySeconds
	return within(s.spansOf(p, day), at) || within(s.spansOf(p, day-1), at+daySeconds)
}

// within says whether a second of a date lies in one of its spans.
func within(spans []span, at int64) bool {
	for _, sp := range spans {
		if int64(sp.from)*60 <= at && at < int64(sp.to)*60 {
			return true
		}
	}
	return false
}

// Next is the earliest instant at or after t that is working time.
// It fails with an *UnreachableError when there is none within five years.
func (s *Schedule) Next(t time.Time) (time.Time, error) {
	at, ok := nanos(t)
	if !ok {
		return time.Time{}, unreachable(t)
	}
	var w walker
	w.begin(s, &s.work, s.off, floorDiv(at, nano), until(at))
	piece, found := w.next()
	if !found || piece.lo > w.stop {
		return time.Time{}, unreachable(t)
	}
	return instant(max(piece.lo*nano, at)), nil
}

// Add is the earliest instant u at or after t such that the working time
// between t and u is d. Add(t, 0) is t. A duration that is used up exactly
// when a working range ends is due at that end, not at the next start.
// It fails with an *UnreachableError when u would be more than five years
// after t, and with an *InvalidError when d is negative.
func (s *Schedule) Add(t time.Time, d time.Duration) (time.Time, error) {
	if d < 0 {
		return time.Time{}, invalid("d", "A working duration cannot be negative.")
	}
	at, ok := nanos(t)
	if d == 0 {
		return t.UTC(), nil
	}
	if !ok {
		return time.Time{}, unreachable(t)
	}
	var w walker
	w.begin(s, &s.work, s.off, floorDiv(at, nano), until(at))
	left := int64(d)
	for {
		piece, found := w.next()
		if !found {
			return time.Time{}, unreachable(t)
		}
		from := max(piece.lo*nano, at)
		if worked := piece.hi*nano - from; worked < left {
			left -= worked
			continue
		}
		if end := from + left; end <= w.stop*nano {
			return instant(end), nil
		}
		return time.Time{}, unreachable(t)
	}
}

// Between is the working time in [t, u); negative when u is before t. It is at
// most some 292 years, the longest duration there is.
func (s *Schedule) Between(t, u time.Time) time.Duration {
	if u.Before(t) {
		return -s.Between(u, t)
	}
	from, to := clamped(t), clamped(u)
	var w walker
	w.begin(s, &s.work, s.off, floorDiv(from, nano), floorDiv(to, nano))
	var sum int64
	for {
		piece, ok := w.next()
		if !ok || piece.lo*nano >= to {
			return time.Duration(sum)
		}
		sum += max(0, min(piece.hi*nano, to)-max(piece.lo*nano, from))
		if sum < 0 {
			return 1<<63 - 1
		}
	}
}

// covering finds the piece of a pattern that holds t.
func (s *Schedule) covering(p *pattern, off []ival, t time.Time) (ival, bool) {
	at, ok := nanos(t)
	if !ok {
		return ival{}, false
	}
	sec := floorDiv(at, nano)
	var w walker
	w.begin(s, p, off, sec, sec)
	piece, found := w.next()
	return piece, found && piece.lo <= sec
}

// nanos is t since 1970, or false when it lies outside the tables.
func nanos(t time.Time) (int64, bool) {
	sec := t.Unix()
	return sec*nano + int64(t.Nanosecond()), sec >= minSecond && sec < maxSecond
}

func clamped(t time.Time) int64 {
	if at, ok := nanos(t); ok {
		return at
	}
	if t.Unix() < 0 {
		return minSecond * nano
	}
	return maxSecond * nano
}

// until is the last second at which an answer to a question asked at counts.
func until(at int64) int64 { return min(floorDiv(at, nano)+horizon, maxSecond) }

func instant(ns int64) time.Time { return time.Unix(0, ns).UTC() }
