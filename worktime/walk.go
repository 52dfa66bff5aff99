package worktime

import "sort"

// span is a range of minutes from a date's midnight; the end may lie on the
// next date. A span without length is a check time.
type span struct{ from, to uint16 }

// ival is a half-open range of instants in seconds since 1970.
type ival struct{ lo, hi int64 }

// pattern says which spans a date has: its own when it is dated, else those of
// its weekday. The numbers are indexes into Schedule.spans.
type pattern struct {
	week  [8]uint16
	dated []dated // sorted by day
}

type dated struct {
	day    int32
	lo, hi uint32
}

// period is a stretch of a person's life in one zone.
type period struct {
	ival
	zone *zone
}

func (p *pattern) empty() bool { return p.week[0] == p.week[7] && len(p.dated) == 0 }

func (s *Schedule) spansOf(p *pattern, day int64) []span {
	if len(p.dated) > 0 {
		i := sort.Search(len(p.dated), func(i int) bool { return int64(p.dated[i].day) >= day })
		if i < len(p.dated) && int64(p.dated[i].day) == day {
			return s.spans[p.dated[i].lo:p.dated[i].hi]
		}
	}
	w := weekdayOf(day)
	return s.spans[p.week[w]:p.week[w+1]]
}

func (s *Schedule) periods() int {
	if s.more == nil || len(s.more.periods) == 0 {
		return 1
	}
	return len(s.more.periods)
}

func (s *Schedule) period(i int) period {
	if s.more == nil || len(s.more.periods) == 0 {
		return period{ival{minSecond, maxSecond}, s.home}
	}
	return s.more.periods[i]
}

func (s *Schedule) periodAt(sec int64) int {
	n := s.periods()
	if n == 1 {
		return 0
	}
	return min(sort.Search(n, func(i int) bool { return s.more.periods[i].hi > sec }), n-1)
}

// walker yields the ranges of a pattern in order of their start, day by day.
// Days near a change of offset are taken together and sorted, since a gap can
// push one time past another.
type walker struct {
	s       *Schedule
	p       *pattern
	off     []ival // taken away from what is yielded
	every   bool   // yield each date's ranges whole, overlaps and all
	stop    int64  // ranges that start after it may be left out
	at      int    // which period
	per     period
	day     int64 // the next date to load
	last    int64 // the last date of this period
	lo, hi  int64 // wall-clock bounds in which shift holds
	shift   int64
	o       int   // next of off
	mark    int64 // everything before it has been yielded
	plainly bool  // the ranges loaded are of one plain date
	rawLo   int64 // where the range of the last piece began
	pending ival
	i, n    int      // of the ranges loaded, those yielded and all
	few     [12]ival // where they are, unless they are more than fit:
	many    []ival
}

// begin sets a walker on the pattern p from an instant on. It is a method on
// the walker, and not a function that returns one, so that the walker stays on
// its caller's stack.
func (w *walker) begin(s *Schedule, p *pattern, off []ival, from, stop int64) {
	w.s, w.p, w.off, w.stop, w.mark = s, p, off, stop, from
	w.at = s.periodAt(from)
	w.enter(from)
}

// firstAfter is the first of off that ends after an instant.
func firstAfter(off []ival, at int64) int {
	lo, hi := 0, len(off)
	for lo < hi {
		if m := int(uint(lo+hi) >> 1); off[m].hi > at {
			hi = m
		} else {
			lo = m + 1
		}
	}
	return lo
}

// enter starts the current period at an instant. What is taken away is looked for anew:
// the dates of the period before went on for a day or two after its end.
func (w *walker) enter(from int64) {
	w.per = w.s.period(w.at)
	w.o = firstAfter(w.off, from)
	w.last = floorDiv(min(w.per.hi, w.stop), daySeconds) + 2 // a day more does no harm
	w.lo, w.hi, w.shift = w.per.zone.plain(from)
	w.day = w.startDay(floorDiv(from+w.shift, daySeconds))
}

// startDay is the first date whose ranges can reach into a date: the day
// before, or earlier where a gap may have pushed an end along.
func (w *walker) startDay(day int64) int64 {
	if w.isPlain(day - 1) {
		return day - 1
	}
	return day - 3
}

// isPlain says whether all times of a date and the next are simply shifted.
func (w *walker) isPlain(day int64) bool {
	wall := day * daySeconds
	if wall >= w.lo && wall+2*daySeconds <= w.hi {
		return true
	}
	w.lo, w.hi, w.shift = w.per.zone.plain(w.per.zone.instant(wall))
	return wall >= w.lo && wall+2*daySeconds <= w.hi
}

// next yields the next piece of working time, or false when there is none
// before the stop.
func (w *walker) next() (ival, bool) {
	for {
		for w.pending.lo >= w.pending.hi {
			if w.i == w.n && !w.load() {
				return ival{}, false
			}
			w.take(w.loaded()[w.i])
			w.i++
		}
		for w.o < len(w.off) && w.off[w.o].hi <= w.pending.lo {
			w.o++
		}
		piece := w.pending
		if w.o < len(w.off) && w.off[w.o].lo < piece.hi {
			piece.hi = w.off[w.o].lo
			w.pending.lo = w.off[w.o].hi
		} else {
			w.pending.lo = w.pending.hi
		}
		if piece.lo < piece.hi {
			return piece, true
		}
	}
}

func (w *walker) take(r ival) {
	w.rawLo, w.pending = r.lo, r
	if w.every {
		if w.o > 0 && w.off[w.o-1].hi > r.lo { // ranges overlap, and the last went further
			w.o = firstAfter(w.off, r.lo)
		}
		return
	}
	w.pending.lo = max(r.lo, w.mark)
	w.mark = max(w.mark, r.hi)
}

// load fills the buffer with the ranges of the next date that has any.
func (w *walker) load() bool {
	w.i, w.n, w.many = 0, 0, nil
	for w.n == 0 {
		if w.day > w.last {
			if w.per.hi > w.stop || w.at+1 >= w.s.periods() {
				return false
			}
			w.at++
			w.enter(w.s.period(w.at).lo)
			continue
		}
		w.leap()
		if w.isPlain(w.day) {
			w.addPlain(w.day)
			w.day++
			w.plainly = true
		} else {
			w.loadUneven()
			w.plainly = false
		}
	}
	return true
}

func (w *walker) addPlain(day int64) {
	base := day*daySeconds - w.shift
	for rest := w.s.spansOf(w.p, day); len(rest) > 0; {
		var sp span
		sp, rest = w.first(rest)
		w.add(sp, ival{base + int64(sp.from)*60, base + int64(sp.to)*60})
	}
}

// loadUneven takes all dates up to the next plain one, and sorts them.
func (w *walker) loadUneven() {
	z := w.per.zone
	for ; w.day <= w.last && !w.isPlain(w.day); w.day++ {
		if z.skips(w.day) {
			continue
		}
		wall := w.day * daySeconds
		for rest := w.s.spansOf(w.p, w.day); len(rest) > 0; {
			var sp span
			sp, rest = w.first(rest)
			w.add(sp, ival{z.instant(wall + int64(sp.from)*60), z.instant(wall + int64(sp.to)*60)})
		}
	}
	buf := w.loaded()
	for i := 1; i < len(buf); i++ {
		for j := i; j > 0 && buf[j].lo < buf[j-1].lo; j-- {
			buf[j], buf[j-1] = buf[j-1], buf[j]
		}
	}
}

// first takes the first span of a date, joined with those that touch it when
// the date's ranges are wanted whole.
func (w *walker) first(spans []span) (span, []span) {
	sp, i := spans[0], 1
	for ; w.every && i < len(spans) && spans[i].from <= sp.to; i++ {
		sp.to = max(sp.to, spans[i].to)
	}
	return sp, spans[i:]
}

func (w *walker) add(sp span, r ival) {
	if sp.from == sp.to {
		r.hi++
	}
	r.lo, r.hi = max(r.lo, w.per.lo), min(r.hi, w.per.hi)
	if r.lo >= r.hi {
		return
	}
	switch {
	case w.n < len(w.few):
		w.few[w.n] = r
	case w.many == nil:
		w.many = append(append(make([]ival, 0, 4*len(w.few)), w.few[:]...), r)
	default:
		w.many = append(w.many, r)
	}
	w.n++
}

func (w *walker) loaded() []ival {
	if w.many != nil {
		return w.many
	}
	return w.few[:w.n]
}

// leap passes over the dates that lie wholly inside one long absence.
func (w *walker) leap() {
	early := w.day*daySeconds - w.shift - 2*daySeconds
	for w.o < len(w.off) && w.off[w.o].hi <= early {
		w.o++
	}
	if w.o == len(w.off) || w.off[w.o].lo > early || w.off[w.o].hi < early+7*daySeconds {
		return
	}
	end := w.off[w.o].hi
	if end >= w.per.hi || end > w.stop {
		w.day = max(w.day, w.last-3)
		return
	}
	w.day = max(w.day, w.per.zone.day(end)-3)
}
