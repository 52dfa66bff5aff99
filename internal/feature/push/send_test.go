package push

import (
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

func TestRetryAfterIsRead(t *testing.T) {
	now := time.Date(2026, 10, 5, 10, 0, 0, 0, time.UTC)
	for header, want := range map[string]time.Duration{
		"": 0, "120": 2 * time.Minute, " 5 ": 5 * time.Second, "-5": 0, "soon": 0, "99999999": 24 * time.Hour, "99999999999999999999": 0, "1e3": 0,
		"Mon, 05 Oct 2026 10:30:00 GMT": 30 * time.Minute, "Mon, 05 Oct 2026 09:00:00 GMT": 0, "Fri, 01 Jan 2100 00:00:00 GMT": 24 * time.Hour,
	} {
		if got := waitOf(header, now); got != want {
			t.Errorf("%q is %s, want %s", header, got, want)
		}
	}
}

func TestStatusesAreRead(t *testing.T) {
	for status, want := range map[int]outcome{
		200: taken, 201: taken, 202: taken, 204: taken, 301: refused, 400: refused, 401: refused, 403: refused, 404: gone, 408: later, 410: gone, 413: refused,
		429: later, 500: later, 502: later, 503: later,
	} {
		r := replyOf(status, "", time.Time{})
		if r.outcome != want || (r.problem == "") != (want == taken || want == gone) {
			t.Errorf("%d is %+v, want %d", status, r, want)
		}
	}
}

// One service that is too slow gets one push at a time, and those nobody knows yet
// three together, however many they are.
func TestTheGate(t *testing.T) {
	g := newGate()
	must := func(endpoint string, ok bool) func(bool, bool) {
		t.Helper()
		leave, wait := g.enter(endpoint)
		if (wait == 0) != ok {
			t.Fatalf("%s: wait %s, want passage: %v", endpoint, wait, ok)
		}
		return leave
	}
	a, b, c := must("https://a.example/1", true), must("https://b.example/1", true), must("https://c.example/1", true)
	must("https://d.example/1", false)
	a(true, false)
	for range 10 {
		must("https://a.example/2", true) // it answers
	}
	b(false, true)
	c(false, false)
	slow := must("https://b.example/2", true)
	must("https://b.example/3", false)
	slow(true, false)
	must("https://b.example/3", true)
	must("https://b.example/4", true)
	for i := range 3 * mostHosts {
		leave, wait := g.enter("https://h" + strings.Repeat("x", i) + ".example/")
		if wait == 0 {
			leave(false, false)
		}
	}
	if len(g.hosts) > mostHosts+2 {
		t.Errorf("%d hosts are remembered", len(g.hosts))
	}
}

// Whatever people call things: what is shown stays small enough to be sent, leads to
// our own place, and breaks no line.
func FuzzNote(f *testing.F) {
	f.Add("Ana asks you", "/threads/thr_1", "Pricing page", 1)
	f.Add("\u202e\x00\xff", "//evil.example", "\r\nTTL: 9", 5)
	f.Add(strings.Repeat("\U0001F600", 500), "/\\evil", strings.Repeat("é", 500), 50)
	f.Fuzz(func(t *testing.T, title, path, subject string, n int) {
		d := Digest{ID: id.New(1), Urgency: worktime.Routine}
		for range 1 + (n%60+60)%60 {
			d.Items = append(d.Items, Item{Title: title, Path: path, Subject: subject})
		}
		note := noteOf(d)
		if size := len(note.Title) + len(note.Body); size > 3000 {
			t.Errorf("%d bytes", size)
		}
		if !strings.HasPrefix(note.URL, "/") || strings.HasPrefix(note.URL, "//") || strings.ContainsAny(note.Title, "\r\n\x00") || strings.Count(note.Body, "\n") > mostLines {
			t.Errorf("%+v", note)
		}
	})
}
