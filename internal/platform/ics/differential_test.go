package ics

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/teambition/rrule-go"
	"pgregory.net/rapid"
)

// anyRule draws a rule on which readers do not differ by policy: no numbered weeks,
// no weekdays counted within numbered months and years at once, and no positions
// counted within weeks (the week an event begins in is whole to us, and begins with
// the event to others).
func anyRule(t *rapid.T) string {
	freq := rapid.SampledFrom([]string{"YEARLY", "MONTHLY", "WEEKLY", "DAILY"}).Draw(t, "freq")
	parts := []string{"FREQ=" + freq}
	add := func(name string, most int, from ...string) {
		if rapid.IntRange(0, 3).Draw(t, "has "+name) > 0 {
			return
		}
		n := rapid.IntRange(1, most).Draw(t, "how many "+name)
		list := rapid.SliceOfNDistinct(rapid.SampledFrom(from), n, n, func(s string) string { return s }).Draw(t, name)
		parts = append(parts, name+"="+strings.Join(list, ","))
	}
	parts = append(parts, fmt.Sprintf("INTERVAL=%d", rapid.IntRange(1, 5).Draw(t, "interval")), fmt.Sprintf("COUNT=%d", rapid.IntRange(1, 40).Draw(t, "count")))
	add("BYMONTH", 3, "1", "2", "3", "6", "11", "12")
	if freq != "WEEKLY" {
		add("BYMONTHDAY", 3, "1", "2", "13", "28", "29", "31", "-1", "-3", "-31")
	}
	days := []string{"MO", "TU", "WE", "TH", "FR", "SA", "SU"}
	if freq == "MONTHLY" && rapid.Bool().Draw(t, "counted") {
		days = []string{"1MO", "2TU", "-1FR", "-2SU", "4WE"}
	}
	add("BYDAY", 3, days...)
	add("BYHOUR", 2, "0", "9", "17", "23")
	add("BYMINUTE", 2, "0", "15", "59")
	add("WKST", 1, "MO", "SU", "TU")
	if freq != "WEEKLY" && len(parts) > 3 && !strings.HasPrefix(parts[3], "WKST") {
		add("BYSETPOS", 2, "1", "2", "-1", "-2", "5")
	}
	return strings.Join(parts, ";")
}

// What we work out is what another well-used library works out.
func TestRulesAsAnotherLibraryReadsThem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := anyRule(t)
		start := time.Date(2024, 1, 1, 9, 30, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 800).Draw(t, "start"))
		to := start.AddDate(40, 0, 0)
		r, why := ParseRule(text)
		if why != "" {
			t.Fatalf("%s: %s", text, why)
		}
		var got, want []string
		if !r.expand(start, false, time.Time{}, to, &budget{5_000_000}, func(at time.Time) bool { got = append(got, at.Format(face)); return true }) {
			t.Fatalf("%s takes too long", text)
		}
		theirs, err := rrule.StrToROption(text)
		if err != nil {
			t.Fatal(err)
		}
		theirs.Dtstart = start
		rule, err := rrule.NewRRule(*theirs)
		if err != nil {
			t.Fatal(err)
		}
		for _, at := range rule.Between(start, to, true) {
			want = append(want, at.Format(face))
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%s from %s:\n got %v\nwant %v", text, start, got, want)
		}
	})
}

// A window shows the part of the whole that lies in it, however the rule is walked.
func TestAWindowIsAPartOfTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := anyRule(t)
		if rapid.Bool().Draw(t, "endless") {
			parts := strings.Split(text, ";")
			text = strings.Join(slices.DeleteFunc(parts, func(p string) bool { return strings.HasPrefix(p, "COUNT") }), ";")
		}
		if rapid.Bool().Draw(t, "often") {
			text = strings.Replace(text, "FREQ=DAILY", "FREQ=HOURLY", 1)
		}
		c, err := Parse(vcal(vevent("DTSTART:20240229T093000Z\nDURATION:PT1H\nRRULE:" + text)))
		if err != nil || len(c.Problems) > 0 {
			t.Fatal(err, c.Problems)
		}
		begin := time.Date(2024, 2, 1, 0, 0, 0, 0, time.UTC)
		all, _ := c.Occurrences(begin, begin.AddDate(2, 0, 0), time.UTC)
		from := begin.AddDate(0, 0, rapid.IntRange(0, 400).Draw(t, "from"))
		to := from.AddDate(0, 0, rapid.IntRange(1, 300).Draw(t, "days"))
		part, _ := c.Occurrences(from, to, time.UTC)
		var want []time.Time
		for _, o := range all {
			if o.End.After(from) && o.Start.Before(to) {
				want = append(want, o.Start)
			}
		}
		if len(part) != len(want) {
			t.Fatalf("%s: %d in the window, want %d", text, len(part), len(want))
		}
		for i, o := range part {
			if !o.Start.Equal(want[i]) {
				t.Fatalf("%s: %v, want %v", text, o.Start, want[i])
			}
		}
	})
}
