package ics

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Entry is one event that Write writes. Times are written in UTC, or as dates when
// AllDay is set (End is then the first date after it).
type Entry struct {
	UID         string
	Stamp       time.Time // when what it tells was last changed
	Start, End  time.Time // an End that is no later than Start is left out
	AllDay      bool
	Summary     string
	Description string
	URL         string // an absolute address; left out when it is none
	Category    string
	Sequence    int
	Free        bool // takes nobody's time
}

// Feed is a calendar that Write writes.
type Feed struct {
	Name    string
	Refresh time.Duration // how often a program should come back; zero says nothing
	Entries []Entry
}

// ContentType is what a Feed is sent as.
const ContentType = "text/calendar; charset=utf-8"

// Write writes a calendar. Whatever the texts hold, each entry is one VEVENT and
// nothing else: they are escaped, and folded at 75 bytes.
func Write(f Feed) string {
	var w writer
	w.put("BEGIN", "VCALENDAR")
	w.put("VERSION", "2.0")
	w.put("PRODID", "-//Meantime//Meantime//EN")
	w.put("CALSCALE", "GREGORIAN")
	w.put("METHOD", "PUBLISH")
	if f.Name != "" {
		w.text("NAME", f.Name)
		w.text("X-WR-CALNAME", f.Name)
	}
	if f.Refresh > 0 {
		every := "PT" + strconv.Itoa(max(1, int(f.Refresh/time.Minute))) + "M"
		w.put("REFRESH-INTERVAL;VALUE=DURATION", every)
		w.put("X-PUBLISHED-TTL", every)
	}
	for _, e := range f.Entries {
		w.entry(e)
	}
	w.put("END", "VCALENDAR")
	return w.String()
}

type writer struct{ strings.Builder }

func (w *writer) entry(e Entry) {
	w.put("BEGIN", "VEVENT")
	w.text("UID", e.UID)
	w.put("DTSTAMP", stamp(e.Stamp))
	w.put("LAST-MODIFIED", stamp(e.Stamp))
	w.put("SEQUENCE", strconv.Itoa(max(0, e.Sequence)))
	w.time("DTSTART", e.Start, e.AllDay)
	if e.End.After(e.Start) {
		w.time("DTEND", e.End, e.AllDay)
	}
	w.text("SUMMARY", e.Summary)
	if e.Description != "" {
		w.text("DESCRIPTION", e.Description)
	}
	if isAddress(e.URL) {
		w.put("URL", e.URL)
	}
	if e.Category != "" {
		w.text("CATEGORIES", e.Category)
	}
	if e.Free {
		w.put("TRANSP", "TRANSPARENT")
	} else {
		w.put("TRANSP", "OPAQUE")
	}
	w.put("END", "VEVENT")
}

// isAddress says whether a text may stand as a URI value: it holds nothing that
// could end the line.
func isAddress(s string) bool {
	if !strings.HasPrefix(s, "https://") && !strings.HasPrefix(s, "http://") {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r == 0x7f || r > 0x7e || r == '"' || r == '\\' })
}

func stamp(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

func (w *writer) time(name string, t time.Time, date bool) {
	if date {
		w.put(name+";VALUE=DATE", t.Format("20060102"))
		return
	}
	w.put(name, stamp(t))
}

func (w *writer) text(name, value string) { w.put(name, escape(value)) }

// escape writes a TEXT value: no character of it can end its line, and those that
// show nothing or turn the direction of writing are left out.
func escape(s string) string {
	var b strings.Builder
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	for _, r := range s {
		switch {
		case r == '\\' || r == ';' || r == ',':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029' || r == '\u0085' || r == '\v' || r == '\f':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteByte(' ')
		case unicode.IsControl(r) || (r >= '\u202a' && r <= '\u202e') || (r >= '\u2066' && r <= '\u2069') || r == '\ufeff':
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// put writes one content line, folded between characters.
func (w *writer) put(name, value string) {
	line := name + ":" + value
	room := 75
	for len(line) > room {
		end := room
		for end > 0 && !utf8.RuneStart(line[end]) {
			end--
		}
		w.WriteString(line[:end])
		w.WriteString("\r\n ")
		line, room = line[end:], 74
	}
	w.WriteString(line)
	w.WriteString("\r\n")
}
