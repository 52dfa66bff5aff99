package ics

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func vcal(inside string) string {
	return "BEGIN:VCALENDAR\n" + strings.TrimSpace(inside) + "\nEND:VCALENDAR\n"
}

func vevent(lines string) string { return "BEGIN:VEVENT\nUID:x\n" + lines + "\nEND:VEVENT\n" }

// What takes place in the autumn of 2026, for a reader in Berlin.
func TestOccurrences(t *testing.T) {
	custom := "BEGIN:VTIMEZONE\nTZID:Ours\nBEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:+0600\nTZOFFSETTO:+0500\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:16010101T020000\nTZOFFSETFROM:+0500\nTZOFFSETTO:+0600\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=1SU\nEND:DAYLIGHT\nEND:VTIMEZONE\n"
	outlook := strings.ReplaceAll(custom, "Ours", "W. Europe Standard Time")
	cases := []struct {
		name, text string
		want       []string // instants in UTC
	}{
		{"a zone keeps its clock over the change", vevent("DTSTART;TZID=Europe/Berlin:20261019T090000\nDTEND;TZID=Europe/Berlin:20261019T100000\nRRULE:FREQ=WEEKLY;COUNT=2"), []string{"19T07:00-08:00", "26T08:00-09:00"}},
		{"a Windows name", vevent("DTSTART;TZID=W. Europe Standard Time:20261019T090000\nDURATION:PT1H"), []string{"19T07:00-08:00"}},
		{"behind a prefix", vevent("DTSTART;TZID=/mozilla.org/20050126_1/Europe/Berlin:20261019T090000\nDURATION:PT1H"), []string{"19T07:00-08:00"}},
		{"a zone of the file's own", custom + vevent("DTSTART;TZID=Ours:20261031T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2"), []string{"31T03:00-04:00", "1T04:00-05:00"}},
		{"a known name with a definition that has nothing in common with it", outlook + vevent("DTSTART;TZID=W. Europe Standard Time:20261031T090000\nDURATION:PT1H"), []string{"31T03:00-04:00"}},
		{"floating is the reader's", vevent("DTSTART:20261019T090000\nDURATION:PT1H"), []string{"19T07:00-08:00"}},
		{"the calendar's own zone", "X-WR-TIMEZONE:Asia/Tokyo\n" + vevent("DTSTART;TZID=Nowhere:20261019T090000\nDURATION:PT1H"), []string{"19T00:00-01:00"}},
		{"the first of two", vevent("DTSTART;TZID=Europe/Berlin:20261025T023000\nDURATION:PT30M"), []string{"25T00:30-01:00"}},
		{"skipped", vevent("DTSTART;TZID=America/Sao_Paulo:20181104T003000\nDURATION:PT1H\nRDATE;TZID=Australia/Lord_Howe:20261004T021500"), []string{"3T15:45-16:45"}},
		{"whole days are the reader's", vevent("DTSTART;VALUE=DATE:20261025\nDTEND;VALUE=DATE:20261026"), []string{"24T22:00-23:00"}},
		{"an exact length over the change", vevent("DTSTART;TZID=Europe/Berlin:20261017T230000\nDTEND;TZID=Europe/Berlin:20261018T060000\nRRULE:FREQ=WEEKLY;COUNT=2"), []string{"17T21:00-04:00", "24T21:00-04:00"}},
		{"a day of the calendar over the change", vevent("DTSTART;TZID=Europe/Berlin:20261024T120000\nDURATION:P1D"), []string{"24T10:00-11:00"}},
		{"an exception by instant", vevent("DTSTART;TZID=Europe/Berlin:20261019T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20261020T070000Z"), []string{"19T07:00-08:00", "21T07:00-08:00"}},
		{"an exception by date", vevent("DTSTART;TZID=Europe/Berlin:20261019T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE;VALUE=DATE:20261020"), []string{"19T07:00-08:00", "21T07:00-08:00"}},
		{"a moved instance", vevent("DTSTART:20261019T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2") + vevent("RECURRENCE-ID:20261020T090000Z\nDTSTART:20261020T150000Z\nDURATION:PT2H"), []string{"19T09:00-10:00", "20T15:00-17:00"}},
		{"a cancelled instance", vevent("DTSTART:20261019T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2") + vevent("RECURRENCE-ID:20261020T090000Z\nDTSTART:20261020T090000Z\nSTATUS:CANCELLED"), []string{"19T09:00-10:00"}},
		{"this and all that follow", vevent("DTSTART:20261019T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=4") + vevent("RECURRENCE-ID;RANGE=THISANDFUTURE:20261020T090000Z\nDTSTART:20261020T110000Z\nDURATION:PT30M"), []string{"19T09:00-10:00", "20T11:00-11:30", "21T11:00-11:30", "22T11:00-11:30"}},
		{"this and all that follow, cancelled", vevent("DTSTART:20261019T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=4") + vevent("RECURRENCE-ID;RANGE=THISANDFUTURE:20261020T090000Z\nDTSTART:20261020T110000Z\nSTATUS:CANCELLED"), []string{"19T09:00-10:00"}},
		{"dates and periods", vevent("DTSTART:20261019T090000Z\nDURATION:PT1H\nRDATE;VALUE=PERIOD:20261021T090000Z/PT2H,20261022T090000Z/20261022T093000Z"), []string{"19T09:00-10:00", "21T09:00-11:00", "22T09:00-09:30"}},
		{"until in UTC", vevent("DTSTART;TZID=America/New_York:20261019T200000\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20261021T000000Z"), []string{"20T00:00-01:00", "21T00:00-01:00"}},
		{"until a day, the whole of it", vevent("DTSTART;TZID=America/New_York:20261019T200000\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20261020"), []string{"20T00:00-01:00", "21T00:00-01:00"}},
		{"free and busy", "BEGIN:VFREEBUSY\nFREEBUSY;FBTYPE=BUSY:20261019T090000Z/PT1H,20261020T090000Z/20261020T100000Z\nFREEBUSY;FBTYPE=FREE:20261021T090000Z/PT1H\nEND:VFREEBUSY\n", []string{"19T09:00-10:00", "20T09:00-10:00"}},
		{"a rule that began long ago", vevent("DTSTART;TZID=Europe/Berlin:19700101T090000\nDURATION:PT1H\nRRULE:FREQ=MONTHLY;BYDAY=-1FR"), []string{"30T08:00-09:00"}},
	}
	from, to := time.Date(2026, 10, 3, 0, 0, 0, 0, time.UTC), time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			cal, err := Parse(vcal(c.text))
			if err != nil {
				t.Fatal(err)
			}
			list, problems := cal.Occurrences(from, to, berlin)
			var got []string
			for _, o := range list {
				got = append(got, fmt.Sprintf("%d%s-%s", o.Start.Day(), o.Start.Format("T15:04"), o.End.Format("15:04")))
			}
			if !slices.Equal(got, c.want) || len(problems) > 0 {
				t.Errorf("got %v %v %v, want %v", got, problems, cal.Problems, c.want)
			}
		})
	}
}

func TestWhatCannotBeReadIsTold(t *testing.T) {
	good := vevent("DTSTART:20261019T090000Z")
	for name, c := range map[string]struct {
		text string
		line int
	}{
		"no start":             {vevent("SUMMARY:x"), 2},
		"a bad start":          {vevent("DTSTART:tomorrow"), 4},
		"a date that is none":  {vevent("DTSTART:20260230"), 4},
		"a bad rule":           {vevent("DTSTART:20261019\nRRULE:FREQ=FORTNIGHTLY"), 5},
		"an end before it":     {vevent("DTSTART:20261019\nDTEND:20261018"), 2},
		"a line that is none":  {"nonsense\n" + good, 2},
		"an event without end": {"BEGIN:VEVENT\nDTSTART:20261019\n", 2},
	} {
		t.Run(name, func(t *testing.T) {
			cal, err := Parse(vcal(c.text + good))
			if err != nil || len(cal.Problems) == 0 || cal.Problems[0].Line != c.line || cal.Problems[0].Why == "" {
				t.Fatalf("%v, %v, want a problem in line %d", err, cal.Problems, c.line)
			}
			if len(cal.Events) == 0 {
				t.Error("the good event is lost")
			}
		})
	}
	for _, text := range []string{"", "BEGIN:VCARD\nEND:VCARD", "<html>"} {
		if _, err := Parse(text); err == nil {
			t.Errorf("%q is read as a calendar", text)
		}
	}
}
