package journeys_test

import (
	"crypto/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/app"
)

// colleague is somebody of the team of twelve: where they live, when they work, and how
// they answer the stand-up.
type colleague struct {
	name, zone string
	from, to   int // hours on their own clock
	way        string
}

// company is the team of twelve in five zones.
var company = []colleague{
	{"Ana Lima", "Europe/Lisbon", 9, 17, "page"},
	{"Tomas Rey", "Europe/Lisbon", 9, 17, "page"}, // away on Tuesday and Wednesday
	{"Ida Berg", "Europe/Lisbon", 7, 15, "page"},
	{"Mei Tanaka", "Asia/Taipei", 9, 17, "mail"}, // Friday is a holiday in Taipei
	{"Lin Chen", "Asia/Taipei", 9, 17, "link"},
	{"Priya Nair", "Asia/Kolkata", 9, 17, "mail"},
	{"Arun Das", "Asia/Kolkata", 11, 19, "page"},
	{"Liam Okafor", "America/New_York", 9, 17, "page"},
	{"Joy Park", "America/New_York", 9, 17, "page"}, // in Taipei from Wednesday on
	{"Noa Levi", "America/New_York", 8, 16, "mail"},
	{"Rui Costa", "America/Sao_Paulo", 9, 17, "page"},
	{"Bia Melo", "America/Sao_Paulo", 10, 18, "nothing"},
}

func (c colleague) handle() string { return strings.ToLower(strings.Fields(c.name)[0]) }

// shift is one day's work of somebody, by the date of their own.
type shift struct {
	date     string
	from, to time.Time
}

// shifts are worked out here by hand, apart from the house's own arithmetic: nine to
// five and the like on the weekdays of two weeks, and what is told of the team.
func (c colleague) shifts() (out hours) {
	for day := 5; day <= 16; day++ {
		zone := c.zone
		date := time.Date(2026, 10, day, 0, 0, 0, 0, time.UTC)
		switch who := c.handle(); {
		case date.Weekday() == time.Saturday || date.Weekday() == time.Sunday:
			continue
		case who == "tomas" && (day == 6 || day == 7), c.zone == "Asia/Taipei" && day == 9:
			continue
		case who == "joy" && day >= 7:
			zone = "Asia/Taipei"
		}
		loc, err := time.LoadLocation(zone)
		if err != nil {
			panic(err)
		}
		s := shift{date.Format(time.DateOnly), time.Date(2026, 10, day, c.from, 0, 0, 0, loc).UTC(), time.Date(2026, 10, day, c.to, 0, 0, 0, loc).UTC()}
		if c.handle() == "joy" && day == 6 { // Wednesday begins in Taipei while it is noon in New York
			s.to = time.Date(2026, 10, 6, 16, 0, 0, 0, time.UTC)
		}
		out = append(out, s)
	}
	return out
}

// hours are somebody's shifts, in order.
type hours []shift

// working says whether it is within them.
func (h hours) working(at time.Time) bool {
	return slices.ContainsFunc(h, func(s shift) bool { return !at.Before(s.from) && at.Before(s.to) })
}

// had is when somebody has had so much of them since an instant.
func (h hours) had(since time.Time, d time.Duration) time.Time {
	for _, s := range h {
		from := s.from
		if since.After(from) {
			from = since
		}
		if !s.to.After(from) {
			continue
		}
		if end := from.Add(d); !end.After(s.to) {
			return end
		}
		d -= s.to.Sub(from)
	}
	panic("not within these weeks")
}

func (c colleague) working(at time.Time) bool { return c.shifts().working(at) }

func (c colleague) had(since time.Time, d time.Duration) time.Time { return c.shifts().had(since, d) }

// fairly is when all of them have had so much of their own time.
func fairly(who []string, since time.Time, d time.Duration) (end time.Time) {
	for _, c := range company {
		if at := c.had(since, d); slices.Contains(who, c.handle()) && at.After(end) {
			end = at
		}
	}
	return end
}

func called(who string) colleague {
	for _, c := range company {
		if c.handle() == who {
			return c
		}
	}
	panic("nobody is called " + who)
}

// deed is something that somebody does at a moment of the week.
type deed struct {
	at time.Time
	do func()
}

// teamWeek is the team's week. Everything is done over HTTP and by mail.
type teamWeek struct {
	*world
	guard  *guard
	post   *postOffice
	phones *pushService
	v      map[string]*visitor
	ids    map[string]string
	space  string
	deeds  []deed
	at     time.Time
	rest   func() // lets everything that is due now happen

	house   *mortal // where the house dies now and then
	writes  int
	standup string
	turns   int                             // of looking
	said    map[string]map[string]time.Time // who, date: when it was published
	skipped map[string]string               // who: date
	late    map[string]string               // who and date: a turn that is answered when it is over

	decision string // its path
	ballots  map[string]*sealedVote
	brain    *storm
}

// sunday is before anybody's week begins.
var sunday = time.Date(2026, 10, 4, 20, 0, 0, 0, time.UTC)

func october(day, hour, minute int) time.Time {
	return time.Date(2026, 10, day, hour, minute, 0, 0, time.UTC)
}

func newTeamWeek(t *testing.T, database string) *teamWeek {
	t.Helper()
	var post *postOffice
	w := newWorld(t, sunday, database, func(o *app.Options) { post = byMail(t, o) })
	post.open(w)
	m := &teamWeek{world: w, post: post, phones: newPushService(w), rest: w.settle, at: sunday}
	m.guard = newGuard(t, w.app.Handler(), func() time.Time { return w.clock.Now().Time() })
	w.url = m.guard.url
	m.moveIn()
	return m
}

// moveIn lets twelve people settle in on Sunday evening.
func (m *teamWeek) moveIn() {
	m.t.Helper()
	m.v, m.ids = map[string]*visitor{}, map[string]string{}
	m.said, m.skipped, m.late = map[string]map[string]time.Time{}, map[string]string{}, map[string]string{}
	m.ballots = map[string]*sealedVote{}
	ana := m.owner()
	m.v["ana"], m.ids["ana"] = ana, str(ana.get("/me"), "person", "id")
	for _, c := range company[1:] {
		m.v[c.handle()], m.ids[c.handle()] = m.join(ana, c.name, c.zone)
	}
	for _, c := range company {
		who := c.handle()
		m.guard.know(who, m.v[who].cookie.Value)
		m.said[who] = map[string]time.Time{}
		m.hours(c, nil)
	}
	cal := str(ana.do("POST", "/calendars", map[string]any{"name": "Taiwan", "ics": taiwan}, 201), "id")
	for _, who := range []string{"mei", "lin"} {
		m.v[who].do("PUT", "/me/calendars", map[string]any{"calendars": []string{cal}}, 200)
	}
	if m.phones != nil {
		for _, who := range []string{"ana", "liam", "rui", "joy"} {
			m.phones.device(m.v[who], who)
		}
	}
	m.space = str(ana.do("POST", "/spaces", map[string]any{"name": "Product"}, 201), "id")
	m.rest()
}

// hours sets somebody's own hours, and where they go.
func (m *teamWeek) hours(c colleague, zones []any) {
	m.t.Helper()
	now := m.v[c.handle()].get("/me/schedule")
	weekly := map[string]any{}
	for _, day := range []string{"mon", "tue", "wed", "thu", "fri"} {
		weekly[day] = []string{time.Date(0, 1, 1, c.from, 0, 0, 0, time.UTC).Format("15:04") + "-" + time.Date(0, 1, 1, c.to, 0, 0, 0, time.UTC).Format("15:04")}
	}
	spec := map[string]any{"zone": c.zone, "weekly": weekly}
	if zones != nil {
		spec["zones"] = zones
	}
	m.v[c.handle()].do("PUT", "/me/schedule", map[string]any{"spec": spec, "version": now["version"]}, 200)
}

const taiwan = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Northwind//Holidays//EN\r\nBEGIN:VEVENT\r\nUID:national-day@northwind.example\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20261009\r\nSUMMARY:National Day (observed)\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

// plan has somebody do something at a moment.
func (m *teamWeek) plan(at time.Time, do func()) { m.deeds = append(m.deeds, deed{at, do}) }

// live plays all that was planned, and goes on until the end.
func (m *teamWeek) live(end time.Time) {
	m.t.Helper()
	slices.SortStableFunc(m.deeds, func(a, b deed) int { return a.at.Compare(b.at) })
	for len(m.deeds) > 0 { // more are planned meanwhile
		d := m.deeds[0]
		m.deeds = m.deeds[1:]
		m.until(d.at)
		d.do()
		m.rest()
	}
	m.until(end)
}

func (m *teamWeek) until(at time.Time) {
	m.t.Helper()
	if at.After(m.at) {
		m.forward(m.v["ana"], at)
		m.at = at
	}
}

func (m *teamWeek) people(who ...string) (out []string) {
	for _, x := range who {
		out = append(out, m.ids[x])
	}
	return out
}

func everybody() []string { return without() }

func without(but ...string) (out []string) {
	for _, c := range company {
		if !slices.Contains(but, c.handle()) {
			out = append(out, c.handle())
		}
	}
	return out
}

// replies lets somebody answer the newest line of their mails that has the words.
func (m *teamWeek) replies(who, text string, words ...string) {
	m.t.Helper()
	l := (&mailWeek{world: m.world, post: m.post}).line(who, words...)
	d := draft{from: who + "@northwind.example", answers: l.mail, to: strings.Trim(l.address, "<>"), text: text, id: "m" + rand.Text() + "@northwind.example"}
	if m.house == nil {
		m.post.sent(d)
	} else {
		m.house.deliver(m.post, d)
	}
	m.rest()
}

// presses lets somebody press a button of the newest line that has the words.
func (m *teamWeek) presses(who, label string, words ...string) {
	m.t.Helper()
	link := (&mailWeek{world: m.world, post: m.post}).line(who, words...).links[label]
	if status, page := m.press("POST", link, nil); status != 200 || !strings.Contains(page, "Done.") && m.house == nil {
		m.t.Fatalf("%s: the button of %q answers %d:\n%s", who, label, status, page)
	}
	m.rest()
}
