package ics

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	goical "github.com/emersion/go-ical"
	"pgregory.net/rapid"
)

// Whatever a title says, what is written is one event with that title.
func TestNothingGetsOutOfAText(t *testing.T) {
	at := time.Date(2026, 10, 5, 7, 0, 0, 0, time.UTC)
	hostile := []string{
		"x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:y", "a;b,c\\d\nnew", "\\n", "x\rATTACH:file:///etc/passwd", "\u2028BEGIN:VALARM",
		strings.Repeat("ä", 200), strings.Repeat("\\", 80), "\xff\xfe", "=0D=0A", "END:VCALENDAR", "\x00\x0b\x0c", "\u0085X:1", "😀" + strings.Repeat("😀", 40),
	}
	check := func(t interface{ Fatalf(string, ...any) }, title string) {
		text := Write(Feed{Name: title, Refresh: time.Hour, Entries: []Entry{{UID: "u@" + title, Stamp: at, Start: at, End: at.Add(time.Hour), Summary: title, Description: title, URL: "https://x/" + title, Category: title}}})
		for l := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
			if len(l) > 75 || strings.ContainsAny(l, "\r\n") || !utf8.ValidString(l) {
				t.Fatalf("%q: the line %q of %d bytes", title, l, len(l))
			}
		}
		c, err := Parse(text)
		if err != nil || len(c.Problems) > 0 || len(c.Events) != 1 {
			t.Fatalf("%q: %v, %d events", title, err, len(c.Events))
		}
		theirs, err := goical.NewDecoder(strings.NewReader(text)).Decode()
		if err != nil || len(theirs.Children) != 1 || len(theirs.Children[0].Children) != 0 {
			t.Fatalf("%q: another reader: %v", title, err)
		}
		want := unescape(escape(title))
		if got := c.Events[0].Summary; got != strings.TrimSpace(want) {
			t.Fatalf("%q is read back as %q", title, got)
		}
		if got, err := theirs.Children[0].Props.Text("SUMMARY"); err != nil || strings.TrimSpace(got) != strings.TrimSpace(want) {
			t.Fatalf("%q is read by another as %q, %v", title, got, err)
		}
	}
	for _, s := range hostile {
		check(t, s)
	}
	rapid.Check(t, func(r *rapid.T) { check(r, rapid.String().Draw(r, "title")) })
}

func TestWhatIsWritten(t *testing.T) {
	at := time.Date(2026, 10, 5, 7, 0, 0, 0, time.UTC)
	got := Write(Feed{Name: "Ana, Lisbon", Refresh: 15 * time.Minute, Entries: []Entry{
		{UID: "due-1@meantime.example", Stamp: at, Start: at, Summary: "Due: logo", URL: "https://meantime.example/x", Sequence: 3, Free: true},
		{UID: "away-1@meantime.example", Stamp: at, Start: at, End: at.AddDate(0, 0, 2), AllDay: true, Summary: "Away"},
	}})
	want := strings.ReplaceAll(`BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Meantime//Meantime//EN
CALSCALE:GREGORIAN
METHOD:PUBLISH
NAME:Ana\, Lisbon
X-WR-CALNAME:Ana\, Lisbon
REFRESH-INTERVAL;VALUE=DURATION:PT15M
X-PUBLISHED-TTL:PT15M
BEGIN:VEVENT
UID:due-1@meantime.example
DTSTAMP:20261005T070000Z
LAST-MODIFIED:20261005T070000Z
SEQUENCE:3
DTSTART:20261005T070000Z
SUMMARY:Due: logo
URL:https://meantime.example/x
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
UID:away-1@meantime.example
DTSTAMP:20261005T070000Z
LAST-MODIFIED:20261005T070000Z
SEQUENCE:0
DTSTART;VALUE=DATE:20261005
DTEND;VALUE=DATE:20261007
SUMMARY:Away
TRANSP:OPAQUE
END:VEVENT
END:VCALENDAR
`, "\n", "\r\n")
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
