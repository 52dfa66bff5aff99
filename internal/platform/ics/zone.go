package ics

import (
	"slices"
	"sort"
	"strings"
	"time"
	_ "time/tzdata" // zones are known on every machine alike
)

// Zone says how far clocks are from UTC, by the IANA database or by a VTIMEZONE.
type Zone struct {
	Name   string
	loc    *time.Location
	shifts []shift // by instant; used when loc is nil
}

type shift struct {
	at           time.Time
	before, then int // seconds east of UTC
}

// In is the zone of a location.
func In(loc *time.Location) *Zone { return &Zone{Name: loc.String(), loc: loc} }

var utcZone = In(time.UTC)

// offset is how many seconds the clocks are ahead of UTC at an instant.
func (z *Zone) offset(t time.Time) int {
	if z.loc != nil {
		_, n := t.In(z.loc).Zone()
		return n
	}
	i := sort.Search(len(z.shifts), func(i int) bool { return z.shifts[i].at.After(t) })
	if i > 0 {
		return z.shifts[i-1].then
	}
	if len(z.shifts) > 0 {
		return z.shifts[0].before
	}
	return 0
}

// At is the instant at which clocks show a time (RFC 5545, 3.3.5): the first of
// two, and what is skipped is read with the offset before the gap.
func (z *Zone) At(wall time.Time) time.Time {
	early := wall.Add(-time.Duration(z.offset(wall.Add(-24*time.Hour))) * time.Second)
	late := wall.Add(-time.Duration(z.offset(wall.Add(24*time.Hour))) * time.Second)
	if !z.Wall(early).Equal(wall) && z.Wall(late).Equal(wall) {
		return late
	}
	return early
}

// Wall is what clocks show at an instant, as if in UTC.
func (z *Zone) Wall(t time.Time) time.Time {
	return t.UTC().Add(time.Duration(z.offset(t)) * time.Second)
}

// known finds a zone by the names that programs write: IANA's, Windows', and
// either behind a prefix.
func known(name string) *Zone {
	name = strings.Trim(strings.TrimSpace(name), `"`)
	if name == "" || len(name) > 200 {
		return nil
	}
	if z := plain(name); z != nil {
		return z
	}
	// /mozilla.org/20050126_1/Europe/Berlin, /freeassociation.sourceforge.net/Europe/Berlin
	for rest := name; ; {
		_, after, more := strings.Cut(rest, "/")
		if !more {
			return nil
		}
		if rest = after; strings.Contains(rest, "/") {
			if z := plain(rest); z != nil {
				return z
			}
		}
	}
}

func plain(name string) *Zone {
	if iana, ok := windows[name]; ok {
		name = iana
	}
	switch strings.ToUpper(name) {
	case "UTC", "GMT", "Z", "ETC/UTC", "ETC/GMT":
		return utcZone
	case "LOCAL":
		return nil
	}
	if strings.HasPrefix(name, ".") || strings.ContainsAny(name, `\ `) {
		return nil
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nil
	}
	return &Zone{Name: name, loc: loc}
}

// onsets is one STANDARD or DAYLIGHT of a VTIMEZONE.
type onsets struct {
	start      time.Time
	from, to   int
	rules      []Rule
	dates      []time.Time
	hasStart   bool
	hasOffsets bool
}

// The years in which a VTIMEZONE is worked out.
var (
	zonesFrom = time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)
	zonesTo   = time.Date(2120, 1, 1, 0, 0, 0, 0, time.UTC)
)

const mostShifts = 2_000

// defined makes a zone of a VTIMEZONE's parts; nil when they make none.
func defined(name string, parts []onsets, b *budget) *Zone {
	z := &Zone{Name: name}
	for _, p := range parts {
		if !p.hasStart || !p.hasOffsets {
			continue
		}
		add := func(wall time.Time) bool {
			z.shifts = append(z.shifts, shift{wall.Add(-time.Duration(p.from) * time.Second), p.from, p.to})
			return len(z.shifts) < mostShifts
		}
		add(p.start)
		for _, r := range p.rules {
			if u := r.until; !u.IsZero() && r.untilUTC { // onsets are told in the time before them
				r.until = u.Add(time.Duration(p.from) * time.Second)
			}
			r.expand(p.start, false, zonesFrom, zonesTo, b, add)
		}
		for _, d := range p.dates {
			if !add(d) {
				break
			}
		}
	}
	slices.SortStableFunc(z.shifts, func(a, b shift) int { return a.at.Compare(b.at) })
	if len(z.shifts) == 0 {
		return nil
	}
	return z
}

// agree says whether a definition has anything in common with the zone whose name
// it bears: an offset that was in use there since 2000.
func agree(own, iana *Zone) bool {
	offsets := map[int]bool{}
	for t := time.Date(2000, 1, 15, 0, 0, 0, 0, time.UTC); t.Year() < 2036; t = t.AddDate(0, 2, 0) {
		offsets[iana.offset(t)] = true
	}
	for _, s := range own.shifts {
		if offsets[s.then] {
			return true
		}
	}
	return false
}
