package people_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/bus"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
	"example.org/meantime/internal/platform/testkit"
)

// ics makes a calendar of events, each a list of lines.
func ics(events ...string) string {
	var b strings.Builder
	b.WriteString("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
	for _, e := range events {
		b.WriteString("BEGIN:VEVENT\r\n" + strings.ReplaceAll(e, "\n", "\r\n") + "\r\nEND:VEVENT\r\n")
	}
	return b.String() + "END:VCALENDAR\r\n"
}

func TestCalendarsAreRead(t *testing.T) {
	cases := []struct {
		name, text string
		want       []string // "2026-12-25" or "2026-12-24 12:00-24:00"
	}{
		{"a date", ics("DTSTART;VALUE=DATE:20261225\nSUMMARY:Christmas"), []string{"2026-12-25"}},
		{"a date without its word", ics("DTSTART:20261225\nDTEND:20261226"), []string{"2026-12-25"}},
		{"several days", ics("DTSTART;VALUE=DATE:20261225\nDTEND;VALUE=DATE:20261228"), []string{"2026-12-25", "2026-12-26", "2026-12-27"}},
		{"a duration", ics("DTSTART;VALUE=DATE:20261225\nDURATION:P2D"), []string{"2026-12-25", "2026-12-26"}},
		{"an afternoon", ics("DTSTART;TZID=Europe/Berlin:20261224T120000\nDTEND;TZID=Europe/Berlin:20261225T000000"), []string{"2026-12-24 12:00-24:00"}},
		{"over midnight", ics("DTSTART:20261224T120000\nDTEND:20261225T060000"), []string{"2026-12-24 12:00-24:00", "2026-12-25 00:00-06:00"}},
		{"cancelled", ics("DTSTART;VALUE=DATE:20261225\nSTATUS:CANCELLED"), nil},
		{"folded lines and an alarm", ics("DTSTART;VALUE=DA\n TE:20261225\nBEGIN:VALARM\nTRIGGER:-P1D\nDTSTART:1\nEND:VALARM"), []string{"2026-12-25"}},
		{"a yearly rule that ends", ics("DTSTART;VALUE=DATE:20241225\nRRULE:FREQ=YEARLY;UNTIL=20261231"), []string{"2024-12-25", "2025-12-25", "2026-12-25"}},
		{"an exception", ics("DTSTART;VALUE=DATE:20251225\nRRULE:FREQ=YEARLY;COUNT=3\nEXDATE;VALUE=DATE:20261225"), []string{"2025-12-25", "2027-12-25"}},
		{"a moved instance", ics("UID:x\nDTSTART;VALUE=DATE:20261005\nRRULE:FREQ=YEARLY;COUNT=2", "UID:x\nRECURRENCE-ID;VALUE=DATE:20271005\nDTSTART;VALUE=DATE:20271006"), []string{"2026-10-05", "2027-10-06"}},
		{"long ago", ics("DTSTART;VALUE=DATE:19991225"), nil},
		{"twice the same", ics("DTSTART;VALUE=DATE:20261225\nSUMMARY:X", "DTSTART;VALUE=DATE:20261225\nSUMMARY:X"), []string{"2026-12-25"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			days, err := people.ParseCalendar(c.text, clock.At(testkit.Monday))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, d := range days {
				text := d.Date
				if d.From != "" {
					text += " " + d.From + "-" + d.To
				}
				got = append(got, text)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	days, err := people.ParseCalendar(ics("DTSTART;VALUE=DATE:20000101\nRRULE:FREQ=YEARLY"), clock.At(testkit.Monday))
	if err != nil || len(days) != 10 || days[0].Date != "2022-01-01" || days[9].Date != "2031-01-01" {
		t.Errorf("an endless rule: %d days (%v), want five years either side", len(days), err)
	}
}

func TestBadCalendarsAreRefusedByLine(t *testing.T) {
	cases := map[string]string{
		"":                       "Line 1 ",
		"hello":                  "Line 1 ",
		"BEGIN:VCALENDAR\nnoise": "Line 2 ",
		ics("SUMMARY:no start"):  "Line 3 ",
		ics("SUMMARY:x\nDTSTART;VALUE=DATE:20261350"):                         "Line 5 ",
		ics("DTSTART;VALUE=DATE:99990101"):                                    "Line 4 ",
		ics("DTSTART;VALUE=DATE:20261225\nDTEND;VALUE=DATE:20261224"):         "Line 3 ",
		ics("DTSTART;VALUE=DATE:20261225\nDTEND:20261225T120000"):             "Line 5 ",
		ics("DTSTART;VALUE=DATE:20261225\nRRULE:FREQ=SECONDLY"):               "Line 5 ",
		ics("DTSTART;VALUE=DATE:20261225\nRRULE:FREQ=NEVER"):                  "Line 5 ",
		ics("DTSTART;VALUE=DATE:20261225\nDURATION:long"):                     "Line 5 ",
		"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20261225\n":        "Line 2 ",
		"BEGIN:VCALENDAR\n" + strings.Repeat("BEGIN:VEVENT\nEND:VEVENT\n", 1): "Line 2 ",
	}
	for text, line := range cases {
		_, err := people.ParseCalendar(text, clock.At(testkit.Monday))
		if f := fault.As(err); f == nil || !strings.HasPrefix(f.Sentence, line) {
			t.Errorf("%q: %v, want %s", text, err, line)
		}
	}
	_, err := people.ParseCalendar(strings.Repeat("x", 3<<20), clock.At(testkit.Monday))
	want(t, err, "calendar_too_large")
	many := slices.Repeat([]string{"DTSTART;VALUE=DATE:20261225"}, 5001)
	_, err = people.ParseCalendar(ics(many...), clock.At(testkit.Monday))
	want(t, err, "bad_calendar")
	daily := slices.Repeat([]string{"DTSTART;VALUE=DATE:20200101\nRRULE:FREQ=DAILY\nSUMMARY:x"}, 8)
	for i := range daily {
		daily[i] += strings.Repeat("y", i)
	}
	_, err = people.ParseCalendar(ics(daily...), clock.At(testkit.Monday))
	want(t, err, "bad_calendar")
}

func TestHostileRulesComeToAnEnd(t *testing.T) {
	never := slices.Repeat([]string{"DTSTART;VALUE=DATE:20200101\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"}, 5000)
	began := clock.Stopwatch()
	_, err := people.ParseCalendar(ics(never...), clock.At(testkit.Monday))
	if took := clock.Since(began); took.Seconds() > 15 {
		t.Errorf("it took %s (%v)", took, err)
	}
}

func FuzzParseCalendar(f *testing.F) {
	f.Add(ics("DTSTART;VALUE=DATE:20241225\nRRULE:FREQ=YEARLY;UNTIL=20261231"))
	f.Add(ics("DTSTART;TZID=\"a:b\":20261224T120000\nDURATION:PT4H"))
	f.Add("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE")
	f.Fuzz(func(t *testing.T, text string) {
		_, err := people.ParseCalendar(text, clock.At(testkit.Monday))
		if err != nil && fault.As(err) == nil {
			t.Errorf("an error that is no fault: %v", err)
		}
	})
}

func TestHolidaysBecomePartOfHours(t *testing.T) {
	engines(t, func(t *testing.T, c *company, k *clock.Machine) {
		var cal people.CalendarOut
		file := m{"name": "Taiwan", "ics": ics("DTSTART;VALUE=DATE:20261005\nSUMMARY:A day off", "DTSTART:20261006T090000\nDTEND:20261006T120000\nSUMMARY:A morning")}
		if code := c.over(c.gus, "POST", "/calendars", file, nil); code != 403 {
			t.Errorf("a guest adds: %d, want 403", code)
		}
		if code := c.over(c.mia, "POST", "/calendars", file, &cal); code != 201 || len(cal.Days) != 2 {
			t.Fatalf("adding: %d %+v", code, cal)
		}
		if code := c.over(c.mo, "PUT", "/me/calendars", m{"calendars": []string{cal.ID}}, nil); code != 200 {
			t.Fatalf("following: %d", code)
		}
		if got := c.next(c.mo, at("2026-10-05T00:00:00Z")); got != "2026-10-06T04:00:00Z" {
			t.Errorf("Mo begins at %s, want Tuesday noon in Taipei", got)
		}
		var s people.ScheduleOut
		if code := c.over(c.mo, "GET", "/me/schedule", nil, &s); code != 200 || len(s.Calendars) != 1 || s.Week[0].Holiday == nil || *s.Week[0].Holiday != "A day off" {
			t.Errorf("the schedule: %d %+v", code, s)
		}
		other := found(t, c.d)
		if code := other.over(other.ana, "PUT", "/me/calendars", m{"calendars": []string{cal.ID}}, nil); code != 404 {
			t.Errorf("another workspace follows: %d, want 404", code)
		}
		if code := c.over(c.mia, "DELETE", "/calendars/"+cal.ID, nil, nil); code != 403 {
			t.Errorf("a member removes: %d, want 403", code)
		}
		if code := c.over(c.adam, "DELETE", "/calendars/"+cal.ID, nil, nil); code != 204 {
			t.Errorf("an admin removes: %d, want 204", code)
		}
		if got := c.next(c.mo, at("2026-10-05T00:00:00Z")); got != "2026-10-05T01:00:00Z" {
			t.Errorf("afterwards Mo begins at %s", got)
		}
	})
}

func TestACalendarFromAnAddressIsReadAnewEachDay(t *testing.T) {
	engines(t, func(t *testing.T, c *company, k *clock.Machine) {
		var text atomic.Value
		var spared atomic.Int32
		text.Store(ics("DTSTART;VALUE=DATE:20261007"))
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if s := text.Load().(string); s != "" {
				tag := fmt.Sprintf("%q", fmt.Sprint(len(s), strings.Contains(s, "1008")))
				w.Header().Set("ETag", tag)
				if r.Header.Get("If-None-Match") == tag {
					spared.Add(1)
					w.WriteHeader(http.StatusNotModified)
					return
				}
				_, _ = w.Write([]byte(s))
				return
			}
			w.WriteHeader(http.StatusBadGateway)
		}))
		defer srv.Close()
		cal, err := c.s.AddCalendar(t.Context(), c.ana.Actor(), people.NewCalendar{Name: "Public", URL: srv.URL})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range []people.Person{c.mo, c.mia} {
			want(t, c.s.FollowCalendars(t.Context(), p.Actor(), []id.ID{cal.ID}), "")
		}
		before := len(c.heard(people.EventScheduleChanged))
		r := job.NewRunner(c.d, bus.NewLocal())
		c.s.Jobs(r)
		again := func(next string) people.Calendar {
			text.Store(next)
			if got, err := r.Next(t.Context()); err != nil || got.IsZero() {
				t.Fatalf("nothing is planned (%v)", err)
			}
			want(t, c.s.RefreshCalendar(t.Context(), c.w, cal.ID), "")
			list, _, err := c.s.Calendars(t.Context(), c.d, c.mo.Actor())
			if err != nil {
				t.Fatal(err)
			}
			return list[0]
		}
		if got := again(ics("DTSTART;VALUE=DATE:20261007")); len(c.heard(people.EventScheduleChanged)) != before || got.Problem != "" {
			t.Errorf("nothing changed, and the log says it did: %+v", got)
		}
		if spared.Load() != 1 {
			t.Errorf("what is unchanged was asked for %d times without its body, want once", spared.Load())
		}
		if got := again(""); got.Problem == "" || len(got.Days.V) != 1 {
			t.Errorf("a failed reading leaves %+v", got)
		}
		again(ics("DTSTART;VALUE=DATE:20261008"))
		told := c.heard(people.EventScheduleChanged)
		if len(told) != before+1 || len(told[before].Concerns) != 2 {
			t.Errorf("the log tells %d changes, want one that concerns two people", len(told)-before)
		}
	})
}

func TestOnlyThePublicInternetIsRead(t *testing.T) {
	s := people.New(testkit.SQLite(t, clock.Still(testkit.Monday)), people.Options{})
	c := found(t, testkit.SQLite(t, clock.Still(testkit.Monday)))
	for _, url := range []string{
		"ftp://example.com/x", "file:///etc/passwd", "http://", "http://127.0.0.1/", "http://[::1]/", "http://[::ffff:10.0.0.1]/", "http://user@example.com/",
		"http://169.254.169.254/latest", "http://10.1.2.3/", "http://[fe80::1%25eth0]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://0/", "http://example.com:22/",
		"http://100.64.0.1/", "http://198.18.0.1/", "http://224.0.0.1/", "http://[fd00::1]/", "//evil", "javascript:alert(1)",
	} {
		_, err := s.AddCalendar(t.Context(), c.ana.Actor(), people.NewCalendar{Name: "x", URL: url})
		if f := fault.As(err); f == nil || f.Field != "url" {
			t.Errorf("%s: %v, want a refusal", url, err)
		}
	}
}
