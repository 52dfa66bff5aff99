package worktime

import (
	"slices"
	"strings"
)

// away is one holiday or absence before it is laid into periods.
type away struct{ from, to moment }

// off lays holidays and absences, which are local dates, into each period of
// the person's life.
func (c *compiler) off() error {
	var holidays []ival
	for i, text := range c.spec.Holidays {
		list, err := c.holiday(at("holidays", i), text)
		if err != nil {
			return err
		}
		holidays = append(holidays, list...)
	}
	var absent []ival
	for i, a := range c.spec.Absences {
		v, err := parseAbsence(at("absences", i), a)
		if err != nil {
			return err
		}
		absent = append(absent, c.inPeriods(v.from.in, v.to.in)...)
	}
	c.more.absent = mergeIvals(absent)
	c.s.off = slices.Clone(mergeIvals(append(holidays, absent...)))
	return nil
}

// holiday reads "2026-12-25" or "2026-12-24 12:00-24:00".
func (c *compiler) holiday(field, text string) ([]ival, error) {
	date, part, found := strings.Cut(text, " ")
	d, err := ParseDate(date)
	if err != nil {
		return nil, in(field, err)
	}
	sp := span{0, 24 * 60}
	if found {
		var ok bool
		if sp, ok = parseSpan(part); !ok {
			return nil, invalid(field, "%q is not a range. Write part of a day as 2026-12-24 12:00-24:00.", part)
		}
	}
	wall := d.number() * daySeconds
	return c.inPeriods(
		func(z *zone) int64 { return z.instant(wall + int64(sp.from)*60) },
		func(z *zone) int64 { return z.instant(wall + int64(sp.to)*60) },
	), nil
}

func (c *compiler) inPeriods(from, to func(*zone) int64) (out []ival) {
	periods := c.more.periods
	if len(periods) == 0 {
		periods = []period{{ival{minSecond, maxSecond}, c.s.home}}
	}
	for _, p := range periods {
		v := ival{max(from(p.zone), p.lo), min(to(p.zone), p.hi)}
		if v.lo < v.hi {
			out = append(out, v)
		}
	}
	return out
}

func parseAbsence(field string, a Absence) (v away, err error) {
	if v.from, err = parseMoment(field+".from", a.From); err != nil {
		return v, err
	}
	if a.To == "" {
		v.to = moment{sec: maxSecond, exact: true}
		return v, nil
	}
	if v.to, err = parseMoment(field+".to", a.To); err != nil {
		return v, err
	}
	if v.from.exact == v.to.exact && (v.to.day < v.from.day || v.to.sec < v.from.sec) {
		return v, invalid(field, "This absence ends before it begins. Give the day after the last day away as its end.")
	}
	return v, nil
}
