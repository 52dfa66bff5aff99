package worktime

import (
	"sort"
	"strings"
	"time"
)

const maxSpans = 288 // of one date: one every five minutes

var weekdayKeys = [7]string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

// parseClock reads "HH:MM" as minutes from midnight; "24:00" is 1440.
func parseClock(s string) (int, bool) {
	if len(s) != 5 || s[2] != ':' {
		return 0, false
	}
	for _, i := range [4]int{0, 1, 3, 4} {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
	}
	h, m := int(s[0]-'0')*10+int(s[1]-'0'), int(s[3]-'0')*10+int(s[4]-'0')
	return h*60 + m, m < 60 && (h < 24 || h == 24 && m == 0)
}

// parseSpan reads "09:00-17:00"; an end at or before the start is on the next
// date.
func parseSpan(s string) (span, bool) {
	from, to, found := strings.Cut(s, "-")
	a, okA := parseClock(from)
	b, okB := parseClock(to)
	if !found || !okA || !okB || a == 24*60 {
		return span{}, false
	}
	if b <= a {
		b += 24 * 60
	}
	return span{uint16(a), uint16(b)}, true
}

func parseSpans(field string, list []string) ([]span, error) {
	if len(list) > maxSpans {
		return nil, invalid(field, "These are %d entries for one day. Keep it to %d.", len(list), maxSpans)
	}
	var out []span
	for i, s := range list {
		sp, ok := parseSpan(s)
		if !ok {
			return nil, invalid(at(field, i), "%q is not a range. Write it as 09:00-17:00.", s)
		}
		out = append(out, sp)
	}
	return sortSpans(out), nil
}

func parseChecks(field string, list []string) ([]span, error) {
	if len(list) > maxSpans {
		return nil, invalid(field, "These are %d entries for one day. Keep it to %d.", len(list), maxSpans)
	}
	var out []span
	for i, s := range list {
		m, ok := parseClock(s)
		if !ok || m == 24*60 {
			return nil, invalid(at(field, i), "%q is not a time of day. Write it as 09:30.", s)
		}
		out = append(out, span{uint16(m), uint16(m)})
	}
	return sortSpans(out), nil
}

// sortSpans orders the spans of one date. Overlaps stay: what they add up to is
// a matter of instants, and near a change of clocks that differs from what the
// wall clock shows.
func sortSpans(list []span) []span {
	sort.Slice(list, func(i, j int) bool { return list[i].from < list[j].from })
	return list
}

// mergeIvals sorts ranges of instants and joins those that touch.
func mergeIvals(in []ival) []ival {
	sort.Slice(in, func(i, j int) bool { return in[i].lo < in[j].lo })
	var out []ival
	for _, v := range in {
		if n := len(out); n > 0 && v.lo <= out[n-1].hi {
			out[n-1].hi = max(out[n-1].hi, v.hi)
			continue
		}
		out = append(out, v)
	}
	return out
}

// moment is an end of an absence: a local date, or an instant.
type moment struct {
	day   int64
	sec   int64
	exact bool
}

func (m moment) in(z *zone) int64 {
	if m.exact {
		return m.sec
	}
	return z.instant(m.day * daySeconds)
}

func parseMoment(field, s string) (moment, error) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return moment{sec: t.Unix(), exact: true}, nil
	}
	d, err := ParseDate(s)
	if err != nil {
		return moment{}, invalid(field, "%q is neither a date nor an instant. Write 2026-07-01 or 2026-07-01T09:00:00Z.", s)
	}
	return moment{day: d.number()}, nil
}
