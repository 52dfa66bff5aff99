package ics

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// eventOf reads the lines of php-rrule's strings as an event.
func eventOf(t *testing.T, text string) *Calendar {
	t.Helper()
	lines := []string{}
	for l := range strings.SplitSeq(text, "\n") {
		if l = strings.TrimSpace(l); l != "" && !strings.Contains(l, ":") {
			l = "RRULE:" + l
		}
		lines = append(lines, l)
	}
	if !strings.Contains(text, "DTSTART") {
		lines = append(lines, "DTSTART:20170101T090000")
	}
	c, err := Parse("BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + strings.Join(lines, "\n") + "\nEND:VEVENT\nEND:VCALENDAR\n")
	if err != nil || len(c.Problems) > 0 {
		t.Fatalf("%q: %v %v", text, err, c.Problems)
	}
	return c
}

func walls(t *testing.T, c *Calendar, from, to time.Time) (out []string) {
	t.Helper()
	list, problems := c.Occurrences(from, to, time.UTC)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, o := range list {
		out = append(out, o.WallStart.Format(face))
	}
	return out
}

func instant(t *testing.T, v any) time.Time {
	t.Helper()
	s := strings.Replace(fmt.Sprint(v), " ", "T", 1)
	for _, layout := range []string{time.DateOnly, face} {
		if at, err := time.Parse(layout, s); err == nil {
			return at
		}
	}
	t.Fatalf("%v is no time", v)
	return time.Time{}
}

func texts(v any) (out []string) {
	list, _ := v.([]any)
	for _, s := range list {
		text, _, _ := strings.Cut(fmt.Sprint(s), "[")
		out = append(out, text)
	}
	return out
}

func number0(v any) int { n, _ := v.(float64); return int(n) }

// phpText writes a rule of an array with its start.
func phpText(t *testing.T, v any) string {
	t.Helper()
	if s, ok := v.(string); ok {
		return s
	}
	parts, start := []string{}, ""
	for k, v := range v.(map[string]any) {
		switch k = strings.ToUpper(k); k {
		case "DTSTART":
			start = instant(t, strings.TrimSuffix(fmt.Sprint(v), "[Z]")).Format("20060102T150405")
		case "UNTIL":
			if at, err := time.Parse(time.DateOnly, fmt.Sprint(v)); err == nil {
				v = at.Format("20060102T150405")
			}
			fallthrough
		default:
			parts = append(parts, k+"="+fmt.Sprint(v))
		}
	}
	return "DTSTART:" + start + "\nRRULE:" + strings.Join(parts, ";")
}

// The tables of php-rrule for "between", "after", "before", "the n-th" and "not".
func TestOtherTablesOfOthers(t *testing.T) {
	var all map[string][]struct {
		Case json.RawMessage
		Args []any
	}
	readJSON(t, "phprrule_other_cases.json", &all)
	far := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	agree := map[string]int{}
	check := func(table string, i int, ok bool, got, want any) {
		if ok {
			agree[table]++
		} else {
			t.Errorf("%s %d %v: got %v, want %v", table, i, all[table][i].Args[0], got, want)
		}
	}
	for i, c := range all["occurrencesBetween"] {
		to := far
		if c.Args[2] != nil {
			to = instant(t, c.Args[2]).Add(time.Second)
		}
		got, want := walls(t, eventOf(t, phpText(t, c.Args[0])), instant(t, c.Args[1]), to), texts(c.Args[4])
		if n := number0(c.Args[3]); n > 0 {
			got = got[:min(n, len(got))]
		}
		check("occurrencesBetween", i, slices.Equal(got, want), got, want)
	}
	for i, c := range all["occurrencesAfter"] {
		from := instant(t, c.Args[1])
		got, want := walls(t, eventOf(t, phpText(t, c.Args[0])), from, far), texts(c.Args[4])
		if c.Args[2] != true && len(got) > 0 && got[0] == from.Format(face) {
			got = got[1:]
		}
		if n := number0(c.Args[3]); n > 0 {
			got = got[:min(n, len(got))]
		}
		check("occurrencesAfter", i, slices.Equal(got, want), got, want)
	}
	for i, c := range all["occurrencesBefore"] {
		to := instant(t, c.Args[1])
		if c.Args[2] == true {
			to = to.Add(time.Second)
		}
		got, want := walls(t, eventOf(t, phpText(t, c.Args[0])), to.AddDate(-5, 0, 0), to), texts(c.Args[4])
		if n := number0(c.Args[3]); n > 0 {
			got = got[max(0, len(got)-n):]
		}
		check("occurrencesBefore", i, slices.Equal(got, want), got, want)
	}
	for i, c := range all["notOccurrences"] {
		cal, met := eventOf(t, phpText(t, c.Args[0])), ""
		for _, not := range c.Args[1].([]any) {
			at := instant(t, not)
			if got := walls(t, cal, at, at.Add(time.Second)); slices.Contains(got, at.Format(face)) && len(got) > 0 && got[0] >= at.Format(face) {
				met = at.Format(face)
			}
		}
		check("notOccurrences", i, met == "", met, "none")
	}
	for i, c := range all["rfcStrings"] {
		cal, want := eventOf(t, phpText(t, c.Args[0])), texts(c.Args[1])
		got := walls(t, cal, time.Date(1997, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2005, 1, 1, 0, 0, 0, 0, time.UTC))
		check("rfcStrings", i, c.Args[1] == nil || slices.Equal(got, want), got, want)
	}
	t.Logf("agree %v", agree)
	atLeast(t, agree, map[string]int{"occurrencesBetween": 4, "occurrencesAfter": 6, "occurrencesBefore": 8, "notOccurrences": 15, "rfcStrings": 25})
}

// Zones of others: each is written as a VTIMEZONE with a name of its own, and read
// back: what clocks show around each change, and which instant a time then is.
func TestZonesOfOthers(t *testing.T) {
	var all struct {
		Zones map[string]struct {
			Offset      int `json:"offset_2023"`
			Transitions [][4]any
		}
	}
	readJSON(t, "tz_transitions_2023_2029.json", &all)
	changes, differ := 0, 0
	for name, z := range all.Zones {
		if len(z.Transitions) == 0 {
			continue
		}
		var b strings.Builder
		b.WriteString("BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:Their own " + name + "\n")
		for _, x := range z.Transitions {
			at, err := time.Parse("2006-01-02T15:04:05Z", fmt.Sprint(x[0]))
			if err != nil {
				t.Fatal(err)
			}
			before, then := number0(x[1]), number0(x[2])
			fmt.Fprintf(&b, "BEGIN:STANDARD\nDTSTART:%s\nTZOFFSETFROM:%s\nTZOFFSETTO:%s\nEND:STANDARD\n",
				at.Add(time.Duration(before)*time.Second).Format("20060102T150405"), offsetText(before), offsetText(then))
		}
		b.WriteString("END:VTIMEZONE\nEND:VCALENDAR\n")
		c, err := Parse(b.String())
		if err != nil {
			t.Fatal(err)
		}
		own, iana := c.zones["Their own "+name], known(name)
		for _, x := range z.Transitions {
			changes++
			at, _ := time.Parse("2006-01-02T15:04:05Z", fmt.Sprint(x[0]))
			before, then := number0(x[1]), number0(x[2])
			if own == nil || own.offset(at.Add(-time.Second)) != before || own.offset(at) != then {
				t.Errorf("%s around %v is not as defined", name, x[0])
				continue
			}
			if iana == nil || iana.offset(at.Add(-time.Second)) != before || iana.offset(at) != then {
				differ++
			}
			// The hour that is skipped or comes twice.
			for _, w := range []time.Time{at.Add(time.Duration(before) * time.Second), at.Add(time.Duration(then) * time.Second)} {
				for _, m := range []time.Duration{-time.Minute, 0, time.Minute} {
					if got, want := own.At(w.Add(m)), slowAt(w.Add(m), at, before, then); !got.Equal(want) {
						t.Errorf("%s: %s is %s, want %s", name, w.Add(m).Format(face), got, want)
					}
				}
			}
		}
	}
	t.Logf("%d changes; %d are not in this machine's database", changes, differ)
	if changes < 2_000 || differ > 20 {
		t.Errorf("%d changes, %d differ from the database", changes, differ)
	}
}

// slowAt is RFC 5545's rule around one change, said in another way.
func slowAt(wall, at time.Time, before, then int) time.Time {
	first := wall.Add(-time.Duration(before) * time.Second)
	second := wall.Add(-time.Duration(then) * time.Second)
	if first.Before(at) || second.Before(at) {
		return first // before the change; the first of two; or skipped
	}
	return second
}

func offsetText(seconds int) string {
	sign := '+'
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	return fmt.Sprintf("%c%02d%02d%02d", sign, seconds/3600, seconds/60%60, seconds%60)
}
