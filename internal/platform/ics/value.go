package ics

import (
	"strconv"
	"strings"
	"time"
)

// wall reads 20261225 or 20261224T120000, with or without Z, as if in UTC.
func wall(s string) (t time.Time, date, utc, ok bool) {
	s = strings.ToUpper(strings.TrimSpace(s))
	switch {
	case len(s) == 8:
		date = true
	case len(s) == 9 && s[8] == 'Z': // Google writes such dates
		s, date = s[:8], true
	case len(s) == 16 && s[15] == 'Z':
		s, utc = s[:15], true
	case len(s) == 13 && s[8] == 'T': // seconds left out, as some programs do
		s += "00"
	case len(s) != 15:
		return t, false, false, false
	}
	if !date && s[8] != 'T' {
		return t, false, false, false
	}
	n := [6]int{}
	for i, at := range [6][2]int{{0, 4}, {4, 6}, {6, 8}, {9, 11}, {11, 13}, {13, 15}} {
		if date && i > 2 {
			break
		}
		for _, c := range []byte(s[at[0]:at[1]]) {
			if c < '0' || c > '9' {
				return t, false, false, false
			}
			n[i] = n[i]*10 + int(c-'0')
		}
	}
	if n[0] < 1 || n[3] > 24 || n[4] > 59 || n[5] > 60 {
		return t, false, false, false
	}
	day := time.Date(n[0], time.Month(n[1]), n[2], 0, 0, 0, 0, time.UTC)
	if day.Day() != n[2] || int(day.Month()) != n[1] {
		return t, false, false, false
	}
	return day.Add(time.Duration(n[3])*time.Hour + time.Duration(n[4])*time.Minute + time.Duration(min(n[5], 59))*time.Second), date, utc, true
}

// span is a DURATION: days are the calendar's, the rest is the clock's.
type span struct {
	days int
	time time.Duration
}

// duration reads P1W, P1DT2H3M4S, +P…, -P….
func duration(s string) (d span, ok bool) {
	s = strings.ToUpper(strings.TrimSpace(s))
	sign := 1
	if strings.HasPrefix(s, "-") {
		sign = -1
	}
	s = strings.TrimLeft(s, "+-")
	if len(s) < 3 || s[0] != 'P' {
		return d, false
	}
	units := map[byte]time.Duration{'H': time.Hour, 'M': time.Minute, 'S': time.Second}
	clock := false
	for s = s[1:]; s != ""; {
		if s[0] == 'T' && !clock {
			clock, s = true, s[1:]
			continue
		}
		end := strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' })
		if end < 1 || end > 8 {
			return d, false
		}
		n, err := strconv.Atoi(s[:end])
		if err != nil {
			return d, false
		}
		unit := s[end]
		s = s[end+1:]
		switch {
		case unit == 'W' && !clock:
			d.days += 7 * n
		case unit == 'D' && !clock:
			d.days += n
		case clock && units[unit] != 0:
			d.time += time.Duration(n) * units[unit]
		default:
			return d, false
		}
	}
	d.days, d.time = sign*d.days, time.Duration(sign)*d.time
	return d, d.days < 100_000 && d.days > -100_000
}

// offset reads +0100, -0330 or +013045 in seconds.
func offset(s string) (seconds int, ok bool) {
	s = strings.TrimSpace(s)
	if (len(s) != 5 && len(s) != 7) || (s[0] != '+' && s[0] != '-') {
		return 0, false
	}
	n, err := strconv.Atoi(s[1:])
	if err != nil || n < 0 {
		return 0, false
	}
	if len(s) == 5 {
		n *= 100
	}
	seconds = n/10000*3600 + n/100%100*60 + n%100
	if s[0] == '-' {
		seconds = -seconds
	}
	return seconds, seconds > -86400 && seconds < 86400
}
