package worktime

import (
	"errors"
	"maps"
	"slices"
	"sort"
	"strings"
)

// compiler turns a Spec into a Schedule, one part after the other.
type compiler struct {
	spec Spec
	s    *Schedule
	more *details
}

func (c *compiler) limits() error {
	sp := c.spec
	for field, n := range map[string]int{
		"zones": len(sp.Zones), "overrides": len(sp.Overrides), "holidays": len(sp.Holidays),
		"absences": len(sp.Absences), "focus": len(sp.Focus), "checks": len(sp.Checks),
	} {
		if n > maxEntries {
			return invalid(field, "These are %d entries. Keep it to %d.", n, maxEntries)
		}
	}
	return nil
}

// zones lays the periods end to end. A period that would begin after a later
// one does (a day's stop on the far side of the date line) is left out.
func (c *compiler) zones() (err error) {
	if c.s.home, err = loadZone(c.spec.Zone); err != nil {
		return in("zone", err)
	}
	if len(c.spec.Zones) == 0 {
		return nil
	}
	days, list, err := c.arrivals()
	if err != nil {
		return err
	}
	var periods []period
	end := int64(maxSecond)
	for i := len(list) - 1; i >= 0; i-- {
		if start := list[i].instant(days[i] * daySeconds); start < end {
			periods = append(periods, period{ival{start, end}, list[i]})
			end = start
		}
	}
	periods = append(periods, period{ival{minSecond, end}, c.s.home})
	slices.Reverse(periods)
	c.more.periods = periods
	return nil
}

func (c *compiler) arrivals() (days []int64, list []*zone, err error) {
	type arrival struct {
		day  int64
		zone *zone
	}
	var all []arrival
	for i, zp := range c.spec.Zones {
		d, err := ParseDate(zp.From)
		if err != nil {
			return nil, nil, in(at("zones", i)+".from", err)
		}
		z, err := loadZone(zp.Zone)
		if err != nil {
			return nil, nil, in(at("zones", i)+".zone", err)
		}
		all = append(all, arrival{d.number(), z})
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].day < all[j].day })
	for i, a := range all {
		if i > 0 && a.day == all[i-1].day {
			return nil, nil, invalid("zones", "Two zones begin on %s. Keep one of them.", dateOf(a.day))
		}
		days, list = append(days, a.day), append(list, a.zone)
	}
	return days, list, nil
}

func (c *compiler) work() error {
	week, err := weekly("weekly", c.spec.Weekly, parseSpans)
	if err != nil {
		return err
	}
	own := map[int64][]span{}
	for _, key := range slices.Sorted(maps.Keys(c.spec.Overrides)) {
		d, err := ParseDate(key)
		if err != nil {
			return in("overrides", err)
		}
		if own[d.number()], err = parseSpans("overrides."+key, c.spec.Overrides[key]); err != nil {
			return err
		}
	}
	c.s.work = c.lay(week, own)
	return nil
}

// focus joins a date's own blocks with those of its weekday.
func (c *compiler) focus() error {
	days, dates := map[string][]string{}, map[string][]string{}
	for k, v := range c.spec.Focus {
		if strings.Contains(k, "-") {
			dates[k] = v
		} else {
			days[k] = v
		}
	}
	week, err := weekly("focus", days, parseSpans)
	if err != nil {
		return err
	}
	own := map[int64][]span{}
	for _, key := range slices.Sorted(maps.Keys(dates)) {
		d, err := ParseDate(key)
		if err != nil {
			return in("focus", err)
		}
		spans, err := parseSpans("focus."+key, dates[key])
		if err != nil {
			return err
		}
		own[d.number()] = sortSpans(slices.Concat(spans, week[weekdayOf(d.number())]))
	}
	c.more.focus = c.lay(week, own)
	return nil
}

func (c *compiler) checks() error {
	week, err := weekly("checks", c.spec.Checks, parseChecks)
	if err != nil {
		return err
	}
	c.more.checks = c.lay(week, nil)
	return nil
}

// lay puts the spans of a pattern into the schedule's one list.
func (c *compiler) lay(week [7][]span, own map[int64][]span) pattern {
	var p pattern
	put := func(list []span) { c.s.spans = append(c.s.spans, list...) }
	for i, list := range week {
		p.week[i] = uint16(len(c.s.spans))
		put(list)
	}
	p.week[7] = uint16(len(c.s.spans))
	for _, day := range slices.Sorted(maps.Keys(own)) {
		lo := uint32(len(c.s.spans))
		put(own[day])
		p.dated = append(p.dated, dated{int32(day), lo, uint32(len(c.s.spans))})
	}
	return p
}

func weekly(field string, in map[string][]string, parse func(string, []string) ([]span, error)) (out [7][]span, err error) {
	for _, key := range slices.Sorted(maps.Keys(in)) {
		i := slices.Index(weekdayKeys[:], key)
		if i < 0 {
			return out, invalid(field+"."+key, "%q is not a weekday. Use mon, tue, wed, thu, fri, sat or sun.", key)
		}
		if out[i], err = parse(field+"."+key, in[key]); err != nil {
			return out, err
		}
	}
	return out, nil
}

// in adds the field to an error that does not know it.
func in(field string, err error) error {
	var e *InvalidError
	if errors.As(err, &e) && e.Field == "" {
		return &InvalidError{Field: field, Message: e.Message}
	}
	return err
}
