package worktime

import "time"

// Interruptible says whether t is working time outside focus blocks.
func (s *Schedule) Interruptible(t time.Time) bool {
	return s.Working(t) && !s.focused(t)
}

// Reach is the next instant at or after t at which something of the given
// urgency would reach the person. Routine is the first check time in working
// time outside focus; a person without check times has one wherever a date's
// working range starts. Soon is the first working instant outside focus.
// Urgent is t itself.
// It fails with an *UnreachableError when there is none within five years,
// and with an *InvalidError for any other urgency.
func (s *Schedule) Reach(t time.Time, u Urgency) (time.Time, error) {
	switch u {
	case Urgent:
		return t.UTC(), nil
	case Soon:
		return s.soon(t)
	case Routine:
		if s.more == nil || s.more.checks.empty() {
			return s.nextStart(t)
		}
		return s.nextCheck(t)
	}
	return time.Time{}, invalid("urgency", "%q is not an urgency. Use routine, soon or urgent.", string(u))
}

// Due says when something asked at an instant reaches the person, and when its
// response window ends for them. It fails as Reach, Add and EndOfDay do.
func (s *Schedule) Due(asked time.Time, u Urgency, win Window) (reach, due time.Time, err error) {
	if reach, err = s.Reach(asked, u); err != nil {
		return reach, due, err
	}
	if win.IsDays {
		due, err = s.EndOfDay(reach, win.Days)
	} else {
		due, err = s.Add(reach, win.Hours)
	}
	return reach, due, err
}

func (s *Schedule) soon(t time.Time) (time.Time, error) {
	at, ok := nanos(t)
	if !ok {
		return time.Time{}, unreachable(t)
	}
	var w walker
	w.begin(s, &s.work, s.off, floorDiv(at, nano), until(at))
	for {
		piece, found := w.next()
		if !found || piece.lo > w.stop {
			return time.Time{}, unreachable(t)
		}
		for x := max(piece.lo*nano, at); x < piece.hi*nano; {
			block, busy := s.focusAt(instant(x))
			if !busy {
				return instant(x), nil
			}
			x = block.hi * nano
		}
	}
}

// nextStart finds the first start of a date's working range. A start that a
// holiday or an absence covers moves to where work goes on within the range.
func (s *Schedule) nextStart(t time.Time) (time.Time, error) {
	at, ok := nanos(t)
	if !ok {
		return time.Time{}, unreachable(t)
	}
	var w walker
	w.begin(s, &s.work, s.off, floorDiv(at, nano), until(at))
	w.every = true
	best := w.stop + 1
	for {
		piece, found := w.next()
		if !found || w.rawLo >= best {
			break
		}
		if piece.lo*nano < at || piece.lo >= best {
			continue
		}
		// Ranges joined on the wall clock may begin in a gap, and not be worked.
		if t := time.Unix(piece.lo, 0); (w.plainly || s.Working(t)) && !s.focused(t) {
			best = piece.lo
			if best == w.rawLo { // nothing that comes begins earlier
				break
			}
		}
	}
	if best > w.stop {
		return time.Time{}, unreachable(t)
	}
	return instant(best * nano), nil
}

// nextCheck finds the first agreed check time that may interrupt.
func (s *Schedule) nextCheck(t time.Time) (time.Time, error) {
	at, ok := nanos(t)
	if !ok {
		return time.Time{}, unreachable(t)
	}
	var w walker
	w.begin(s, &s.more.checks, s.off, floorDiv(at, nano), until(at))
	w.every = true
	for {
		piece, found := w.next()
		if !found || w.rawLo > w.stop {
			return time.Time{}, unreachable(t)
		}
		if piece.lo == w.rawLo && piece.lo*nano >= at && s.Interruptible(time.Unix(piece.lo, 0)) {
			return instant(piece.lo * nano), nil
		}
	}
}

func (s *Schedule) focused(t time.Time) bool {
	return s.more != nil && !s.more.focus.empty() && s.holds(&s.more.focus, nil, t)
}

func (s *Schedule) focusAt(t time.Time) (ival, bool) {
	if s.more == nil || s.more.focus.empty() {
		return ival{}, false
	}
	return s.covering(&s.more.focus, nil, t)
}
