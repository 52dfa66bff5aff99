package worktime

import (
	"sync"
	"time"
)

// Seconds since 1970 between which zones are tabulated. As nanoseconds they
// still fit in an int64.
const (
	minSecond = -9_000_000_000
	maxSecond = 9_000_000_000
	hintShift = 23 // one hint every 97 days
)

// zone is a table of a location's offsets, made once and shared by every
// schedule that uses it. at[i] is when off[i] begins; hint[k] is the index in
// force at the start of the k-th stretch of 97 days, so that a look-up does
// not depend on how long the table is.
type zone struct {
	loc  *time.Location
	at   []int64
	off  []int64
	hint []uint16
}

var zones sync.Map // name → *zone

// loadZone finds the table of an IANA zone, building it at first use.
func loadZone(name string) (*zone, error) {
	if z, ok := zones.Load(name); ok {
		return z.(*zone), nil
	}
	if name == "" || name == "Local" {
		return nil, invalid("", "Name a time zone such as Europe/Berlin.")
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nil, invalid("", "%q is not a time zone we know. Use a name such as Europe/Berlin.", name)
	}
	z, _ := zones.LoadOrStore(name, tabulate(loc))
	return z.(*zone), nil
}

func tabulate(loc *time.Location) *zone {
	z := &zone{loc: loc}
	for t := time.Unix(minSecond, 0).In(loc); ; {
		_, off := t.Zone()
		if n := len(z.off); n == 0 || z.off[n-1] != int64(off) {
			z.at, z.off = append(z.at, t.Unix()), append(z.off, int64(off))
		}
		_, end := t.ZoneBounds()
		if end.IsZero() || end.Unix() >= maxSecond {
			break
		}
		if !end.After(t) {
			// On the last day of a leap year the bound given is the day's own
			// start. No zone changes then; go on from the next day.
			end = t.Add(24 * time.Hour)
		}
		t = end
	}
	i := 0
	for s := int64(minSecond); s <= maxSecond; s += 1 << hintShift {
		for i+1 < len(z.at) && z.at[i+1] <= s {
			i++
		}
		z.hint = append(z.hint, uint16(i))
	}
	return z
}

// index finds the offset in force at an instant.
func (z *zone) index(sec int64) int {
	sec = min(max(sec, minSecond), maxSecond)
	i := int(z.hint[(sec-minSecond)>>hintShift])
	for i+1 < len(z.at) && z.at[i+1] <= sec {
		i++
	}
	return i
}

// local is the wall clock at an instant, as if it were UTC.
func (z *zone) local(sec int64) int64 { return sec + z.off[z.index(sec)] }

// day is the number of the local date at an instant.
func (z *zone) day(sec int64) int64 { return floorDiv(z.local(sec), daySeconds) }

// instant reads a wall clock as RFC 5545 does. The offset sought is the first
// one whose wall clock, or the gap after it, still holds the time.
func (z *zone) instant(local int64) int64 {
	i := z.index(local - 2*daySeconds)
	for i+1 < len(z.at) && local >= z.at[i+1]+max(z.off[i], z.off[i+1]) {
		i++
	}
	return local - z.off[i]
}

// plain gives the wall-clock bounds around an instant between which every
// wall-clock time is simply offset from UTC: no gap, no repeat, and nothing
// pushed in from a gap before.
func (z *zone) plain(sec int64) (lo, hi, off int64) {
	i := z.index(sec)
	lo, hi, off = minSecond, maxSecond, z.off[i]
	if i > 0 {
		before := z.off[i-1]
		lo = z.at[i] + max(before, off) + max(off-before, before-off)
	}
	if i+1 < len(z.at) {
		hi = z.at[i+1] + min(off, z.off[i+1])
	}
	return lo, hi, off
}

// skips says whether a date never happens in the zone, as 30 December 2011 in
// Samoa.
func (z *zone) skips(day int64) bool {
	return z.instant(day*daySeconds) >= z.instant((day+1)*daySeconds)
}
