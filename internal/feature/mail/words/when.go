package words

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Day is what a reader of times knows about the writer: their clock, and when their
// work ends on a date (ok is false on a day without work).
type Day struct {
	Now  time.Time // in the writer's zone
	Ends func(year int, month time.Month, day int) (end time.Time, ok bool)
}

// When reads a time that somebody wrote, in their own clock: 16:00, 4pm, tomorrow,
// Friday, 2026-10-14, 14 October, 14.10., in 3 hours, in 2 days, end of day, end of
// week, next week, a day with its morning, afternoon or evening, and a day with a time in
// either order. A day without a time is the end of that working day, or 17:00 where they
// do not work; a morning ends at noon. ok is false for anything else.
func (d Day) When(text string) (at time.Time, ok bool) {
	t := strings.ToLower(strings.Join(strings.Fields(strings.NewReplacer(",", " ", "’", "'").Replace(text)), " "))
	t = strings.Trim(t, " !;")
	if len(t) > 60 || t == "" {
		return at, false
	}
	if m := inSpan.FindStringSubmatch(t); m != nil {
		return d.span(m[1], m[2])
	}
	t, part := cutPart(t)
	if part == "morning" {
		t = strings.TrimSpace(t + " noon")
	}
	clock, rest, timed := cutTime(t)
	if !timed {
		rest = strings.TrimSuffix(t, ".")
		if strings.HasSuffix(t, ".") && dotted.MatchString(t) {
			rest = t
		}
	}
	if rest == "" && part != "" && part != "morning" {
		rest = "today"
	}
	date, dated := d.date(rest)
	switch {
	case timed && rest == "":
		at = d.on(d.Now, clock)
		if !at.After(d.Now) {
			at = d.on(d.Now.AddDate(0, 0, 1), clock)
		}
		return at, true
	case !dated:
		return at, false
	case timed:
		return d.on(date, clock), true
	}
	return d.end(date), true
}

var (
	inSpan = regexp.MustCompile(`^(?:in )?(\d{1,3}) ?(minutes?|min|m|hours?|h|days?|d|weeks?)$`)
	clocks = regexp.MustCompile(`(?:^|\b)(?:at )?(\d{1,2})(?::(\d{2}))? ?(am|pm)\b|(?:^|\b)(?:at )?(\d{1,2})[:h](\d{2})\b|\b(noon)\b`)
	iso    = regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})$`)
	dotted = regexp.MustCompile(`^(\d{1,2})\.(\d{1,2})\.(\d{4})?$`)
	dayMon = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th|\.)? (?:of )?([a-z]{3,9})\.?(?: (\d{4}))?$`)
	monDay = regexp.MustCompile(`^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?$`)
)

func (d Day) span(n, unit string) (time.Time, bool) {
	k, err := strconv.Atoi(n)
	if err != nil || k == 0 {
		return time.Time{}, false
	}
	switch unit[0] {
	case 'm':
		return d.Now.Add(time.Duration(k) * time.Minute), true
	case 'h':
		return d.Now.Add(time.Duration(k) * time.Hour), true
	case 'w':
		k *= 7
	}
	return d.end(d.Now.AddDate(0, 0, k)), true
}

// cutTime takes a clock face out of a text.
func cutTime(t string) (face [2]int, rest string, ok bool) {
	m := clocks.FindStringSubmatchIndex(t)
	if m == nil {
		return face, t, false
	}
	part := func(i int) string {
		if m[2*i] < 0 {
			return ""
		}
		return t[m[2*i]:m[2*i+1]]
	}
	hour, minute, half := part(1), part(2), part(3)
	if hour == "" {
		hour, minute = part(4), part(5)
	}
	if part(6) != "" {
		hour, minute = "12", "00"
	}
	h, _ := strconv.Atoi(hour)
	n, _ := strconv.Atoi(minute)
	if half != "" && (h < 1 || h > 12) || h > 23 || n > 59 {
		return face, t, false
	}
	if half != "" {
		h %= 12
	}
	if half == "pm" {
		h += 12
	}
	rest = strings.TrimSpace(t[:m[0]] + " " + t[m[1]:])
	rest = strings.TrimSpace(strings.TrimSuffix(rest, " at"))
	return [2]int{h, n}, strings.Join(strings.Fields(rest), " "), true
}

var partOf = regexp.MustCompile(`^(?:(.*?) )?(?:(?:in |by |at )?(?:the )?)?(morning|afternoon|evening|close of business|cob|close of play|eod|end of day|end of the day)$|^(cob|eod|end of day|end of the day|close of business) (?:on )?(.+)$`)

// cutPart takes a part of a day out of a text that names a day too: "tomorrow morning",
// "Friday EOD", "this afternoon". Afternoon and evening are the end of work.
func cutPart(t string) (rest, part string) {
	m := partOf.FindStringSubmatch(strings.TrimSuffix(t, "."))
	if m == nil {
		return t, ""
	}
	day, part := m[1], m[2]
	if m[3] != "" {
		day, part = m[4], m[3]
	}
	if day == "" && part != "morning" {
		return t, "" // "end of day", which date knows
	}
	if day == "this" || day == "" {
		day = "today"
	}
	return day, part
}

var weekdays = map[string]time.Weekday{
	"monday": time.Monday, "mon": time.Monday, "tuesday": time.Tuesday, "tue": time.Tuesday, "tues": time.Tuesday,
	"wednesday": time.Wednesday, "wed": time.Wednesday, "thursday": time.Thursday, "thu": time.Thursday, "thurs": time.Thursday,
	"friday": time.Friday, "fri": time.Friday, "saturday": time.Saturday, "sat": time.Saturday, "sunday": time.Sunday, "sun": time.Sunday,
}

// date reads a day; its time is of no meaning.
func (d Day) date(t string) (time.Time, bool) {
	t = strings.TrimPrefix(strings.TrimPrefix(t, "the "), "on ")
	switch t {
	case "today", "end of day", "end of the day", "eod", "tonight":
		return d.Now, true
	case "tomorrow", "end of day tomorrow", "tomorrow end of day":
		return d.Now.AddDate(0, 0, 1), true
	case "end of week", "end of the week", "eow":
		return d.weekday(time.Friday), true
	case "next week", "end of next week", "the end of next week":
		return d.weekOn().AddDate(0, 0, 4), true
	case "early next week", "start of next week", "beginning of next week", "the start of next week", "the beginning of next week":
		return d.weekOn(), true
	}
	if w, ok := weekdays[strings.TrimSuffix(strings.TrimPrefix(t, "next "), " next week")]; ok && strings.Contains(t, "next ") {
		return d.weekOn().AddDate(0, 0, (int(w)+6)%7), true
	}
	if w, ok := weekdays[strings.TrimPrefix(strings.TrimPrefix(t, "end of "), "this ")]; ok {
		return d.weekday(w), true
	}
	if m := iso.FindStringSubmatch(t); m != nil {
		return d.ymd(m[1], m[2], m[3])
	}
	if m := dotted.FindStringSubmatch(t); m != nil {
		return d.ymd(m[3], m[2], m[1])
	}
	if m := dayMon.FindStringSubmatch(t); m != nil {
		return d.ymd(m[3], month(m[2]), m[1])
	}
	if m := monDay.FindStringSubmatch(t); m != nil {
		return d.ymd(m[3], month(m[1]), m[2])
	}
	return time.Time{}, false
}

// weekday is the next such day; today, if work still goes on today.
func (d Day) weekday(w time.Weekday) time.Time {
	n := (int(w) - int(d.Now.Weekday()) + 7) % 7
	if n == 0 && !d.end(d.Now).After(d.Now) {
		n = 7
	}
	return d.Now.AddDate(0, 0, n)
}

// weekOn is the Monday after this week.
func (d Day) weekOn() time.Time { return d.Now.AddDate(0, 0, 7-(int(d.Now.Weekday())+6)%7) }

func month(name string) string {
	for m := time.January; m <= time.December; m++ {
		full := strings.ToLower(m.String())
		if name == full || name == full[:3] || m == time.September && name == "sept" {
			return strconv.Itoa(int(m))
		}
	}
	return "0"
}

// ymd is a date; without a year the next such date.
func (d Day) ymd(year, mon, day string) (time.Time, bool) {
	m, _ := strconv.Atoi(mon)
	n, _ := strconv.Atoi(day)
	y, err := strconv.Atoi(year)
	if err != nil {
		y = d.Now.Year()
	}
	at := time.Date(y, time.Month(m), n, 12, 0, 0, 0, d.Now.Location())
	if m < 1 || m > 12 || at.Day() != n {
		return at, false
	}
	if err != nil && !d.end(at).After(d.Now) {
		at = time.Date(y+1, time.Month(m), n, 12, 0, 0, 0, d.Now.Location())
	}
	return at, true
}

func (d Day) on(date time.Time, face [2]int) time.Time {
	y, m, n := date.Date()
	return time.Date(y, m, n, face[0], face[1], 0, 0, d.Now.Location())
}

// end is when work ends on a date.
func (d Day) end(date time.Time) time.Time {
	if d.Ends != nil {
		if at, ok := d.Ends(date.Date()); ok {
			return at
		}
	}
	return d.on(date, [2]int{17, 0})
}
