package ics

import "strings"

func (p *parser) property(l line) {
	e := p.event
	switch l.name {
	case "UID":
		e.UID = strings.TrimSpace(unescape(l.value))
	case "SUMMARY":
		e.Summary = strings.TrimSpace(unescape(l.value))
	case "LOCATION":
		e.Location = strings.TrimSpace(unescape(l.value))
	case "STATUS":
		e.Status = strings.ToUpper(strings.TrimSpace(l.value))
	case "TRANSP":
		e.Free = e.Free || strings.EqualFold(strings.TrimSpace(l.value), "TRANSPARENT")
	case "X-MICROSOFT-CDO-BUSYSTATUS":
		e.Free = e.Free || strings.EqualFold(strings.TrimSpace(l.value), "FREE")
	case "SEQUENCE":
		e.Sequence, _ = number(strings.TrimSpace(l.value), 0, 1<<31-1)
	default:
		p.timing(l)
	}
}

func (p *parser) timing(l line) {
	e := p.event
	switch l.name {
	case "DTSTART":
		if m, ok := p.moment(l, l.value); ok {
			e.Start = m
		}
	case "DTEND":
		if m, ok := p.moment(l, l.value); ok {
			e.end, e.endAt = &m, l.number
		}
	case "DURATION":
		d, ok := duration(l.value)
		if !ok {
			p.fail(l, "DURATION cannot be read; write it as P1D or PT4H.")
		}
		e.span = &d
	case "RECURRENCE-ID":
		if m, ok := p.moment(l, l.value); ok {
			e.which = &m
		}
		e.rest = strings.EqualFold(l.param("RANGE"), "THISANDFUTURE")
	case "RRULE", "EXRULE":
		p.rule(l)
	case "RDATE", "EXDATE":
		p.datesOf(l)
	}
}

func (p *parser) rule(l line) {
	r, why := ParseRule(l.value)
	switch {
	case why != "":
		p.fail(l, why)
	case len(p.event.rules)+len(p.event.not) >= 20:
		p.fail(l, "this event has too many rules.")
	case l.name == "EXRULE":
		p.event.not = append(p.event.not, r)
	default:
		p.event.rules = append(p.event.rules, r)
		if r.freq > daily {
			p.event.often = l.number
		}
	}
}

func (p *parser) datesOf(l line) {
	for value := range strings.SplitSeq(l.value, ",") {
		if value = strings.TrimSpace(value); value == "" {
			continue
		}
		if p.dates++; p.dates > maxDates {
			p.fail(l, "this calendar lists more single dates than are read.")
			return
		}
		first, last, isPeriod := strings.Cut(value, "/")
		m, ok := p.moment(l, first)
		if !ok {
			return
		}
		if l.name == "EXDATE" {
			p.event.minus = append(p.event.minus, m)
			continue
		}
		x := period{from: m}
		if isPeriod {
			if x.to, x.span, ok = p.periodEnd(l, last); !ok {
				p.fail(l, "RDATE has a period that cannot be read.")
				return
			}
		}
		p.event.plus = append(p.event.plus, x)
	}
}

func (p *parser) periodEnd(l line, s string) (*Moment, *span, bool) {
	if strings.HasPrefix(strings.TrimSpace(s), "P") {
		d, ok := duration(s)
		return nil, &d, ok && d.days >= 0 && d.time >= 0
	}
	m, ok := p.moment(l, s)
	return &m, nil, ok
}

// freeBusy makes an event of each period in which somebody is busy.
func (p *parser) freeBusy(l line) {
	if kind := strings.ToUpper(l.param("FBTYPE")); kind == "FREE" {
		return
	}
	p.event, p.broken = &Event{Line: l.number}, ""
	for value := range strings.SplitSeq(l.value, ",") {
		first, last, ok := strings.Cut(strings.TrimSpace(value), "/")
		if !ok || len(p.c.Events) >= MaxEvents {
			p.fail(l, "a period of FREEBUSY cannot be read.")
			break
		}
		e := &Event{Line: l.number}
		if e.Start, ok = p.moment(l, first); ok {
			e.end, e.span, ok = p.periodEnd(l, last)
		}
		if ok {
			if p.check(e); p.broken == "" {
				p.c.Events = append(p.c.Events, e)
			}
		}
	}
	if p.broken != "" {
		p.bad(Problem{Line: l.number, Why: p.broken})
	}
	p.event = nil
}

// moment reads a date or a time with its zone.
func (p *parser) moment(l line, value string) (m Moment, ok bool) {
	t, date, utc, ok := wall(value)
	if !ok {
		p.fail(l, l.name+" is neither a date (20261225) nor a time (20261224T120000).")
		return m, false
	}
	if t.Year() < 1600 || t.Year() > 2200 {
		p.fail(l, l.name+" is too far away.")
		return m, false
	}
	m = Moment{Wall: t, Date: date || strings.EqualFold(l.param("VALUE"), "DATE")}
	switch tzid := l.param("TZID"); {
	case m.Date:
		m.Wall = t.Truncate(day)
	case utc:
		m.Zone = utcZone
	case tzid != "":
		m.Zone = p.zone(l, tzid)
	}
	return m, true
}

func (p *parser) zone(l line, tzid string) *Zone {
	if z, met := p.c.zones[tzid]; met {
		return z
	}
	var z *Zone
	if len(p.c.zones) < maxZones*2 { // each costs a look into the database of zones
		z = known(tzid)
	}
	if z == nil {
		z = p.c.fallback
		p.bad(Problem{Line: l.number, Why: "the zone " + cut(tzid) + " is not known, and the calendar does not say what it is; its times are read in your own.", Minor: true})
	}
	if len(p.c.zones) < maxZones*2 {
		p.c.zones[tzid] = z
	}
	return z
}
