package ics

import (
	"strings"
	"time"
)

// zonesFirst reads every VTIMEZONE, and the calendar's own zone.
func (p *parser) zonesFirst(text string) {
	if !strings.Contains(text, "TIMEZONE") && !strings.Contains(text, "timezone") {
		return
	}
	z := zoneReader{c: p.c, steps: p.steps}
	lines(text, z.line, func(Problem) {})
}

type zoneReader struct {
	c     *Calendar
	steps *budget
	in    bool
	name  string
	parts []onsets
	part  *onsets
	n     int
}

func (z *zoneReader) line(l line) bool {
	what := strings.ToUpper(strings.TrimSpace(l.value))
	switch {
	case l.name == "X-WR-TIMEZONE":
		z.c.fallback = known(l.value)
	case l.name == "BEGIN" && what == "VTIMEZONE":
		z.in, z.name, z.parts, z.part = true, "", nil, nil
		z.n++
	case !z.in:
	case l.name == "END" && what == "VTIMEZONE":
		z.in = false
		z.done()
	case l.name == "BEGIN" && (what == "STANDARD" || what == "DAYLIGHT") && len(z.parts) < 200:
		z.parts = append(z.parts, onsets{})
		z.part = &z.parts[len(z.parts)-1]
	case l.name == "END":
		z.part = nil
	case z.part != nil:
		z.onset(l)
	case l.name == "TZID":
		z.name = strings.Trim(strings.TrimSpace(unescape(l.value)), `"`)
	}
	return z.n <= maxZones
}

func (z *zoneReader) onset(l line) {
	o := z.part
	switch l.name {
	case "DTSTART":
		o.start, _, _, o.hasStart = wall(l.value)
	case "TZOFFSETFROM":
		o.from, _ = offset(l.value)
	case "TZOFFSETTO":
		o.to, o.hasOffsets = offset(l.value)
	case "RRULE":
		if r, why := ParseRule(l.value); why == "" && r.freq <= monthly && len(o.rules) < 5 {
			o.rules = append(o.rules, r)
		}
	case "RDATE":
		for value := range strings.SplitSeq(l.value, ",") {
			if t, _, utc, ok := wall(value); ok && len(o.dates) < mostShifts {
				if utc {
					t = t.Add(time.Duration(o.from) * time.Second)
				}
				o.dates = append(o.dates, t)
			}
		}
	}
}

// done decides what the name of a zone means: what the IANA database says where it
// is known there, since the wall's clock follows the law of today and not that of
// an old file; unless the definition has nothing in common with it.
func (z *zoneReader) done() {
	if _, twice := z.c.zones[z.name]; twice || z.name == "" {
		return
	}
	own := defined(z.name, z.parts, z.steps)
	iana := known(z.name)
	switch {
	case own == nil && iana == nil:
	case own == nil, iana != nil && agree(own, iana):
		z.c.zones[z.name] = iana
	default:
		z.c.zones[z.name] = own
	}
}
