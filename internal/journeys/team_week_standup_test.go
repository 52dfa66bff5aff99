package journeys_test

import (
	"slices"
	"strings"
	"time"
)

// canary is what somebody says in the stand-up of a date, and nowhere else.
func canary(who, date string) string { return "said" + who + strings.ReplaceAll(date, "-", "") }

// checkIn begins the stand-up, and plans who answers when, and how.
func (m *teamWeek) checkIn() {
	m.t.Helper()
	made := m.v["ana"].do("POST", "/checkins", map[string]any{
		"space": m.space, "template": "standup", "people": m.people(everybody()...), "hidden": true,
		"rhythm": map[string]any{"every": "day", "at": "start", "from": "2026-10-05", "until": "2026-10-09"},
	}, 201)
	m.standup = str(made, "id")
	for _, c := range company {
		for _, s := range c.shifts() {
			if s.date > "2026-10-09" {
				break
			}
			m.guard.hide(canary(c.handle(), s.date), m.mayHear(c.handle(), s.date))
			at, way := s.from.Add(45*time.Minute), c.way
			switch {
			case c.handle() == "liam" && s.date == "2026-10-07": // late: the next morning
				at = october(8, 11, 50)
			case c.handle() == "noa" && s.date == "2026-10-07":
				way = "skip"
			case c.handle() == "rui" && s.date == "2026-10-06":
				continue
			}
			m.plan(s.from.Add(time.Minute), func() { m.asked(c, s) })
			m.plan(at, func() { m.stands(c.handle(), s.date, way) })
		}
	}
}

// mayHear says who may read what somebody said for a date: they themselves, whoever has
// said theirs, and whoever's day is over, or is none.
func (m *teamWeek) mayHear(author, date string) func(string, time.Time) bool {
	return func(who string, at time.Time) bool {
		if who == author {
			return true
		}
		if who == "" || !m.published(author, date, at) {
			return false
		}
		if m.published(who, date, at) || m.skipped[who] == date {
			return true
		}
		for _, s := range called(who).shifts() {
			if s.date == date {
				return !at.Before(s.to)
			}
		}
		return true
	}
}

func (m *teamWeek) published(who, date string, by time.Time) bool {
	at, ok := m.said[who][date]
	return ok && !at.After(by)
}

// asked holds that a minute into their day somebody is asked for their own date, until
// the end of that day, and for no other.
func (m *teamWeek) asked(c colleague, s shift) {
	m.t.Helper()
	list := m.v[c.handle()].list("/me/checkins")
	if len(list) != 1 || str(list[0], "date") != s.date || !m.instant(list[0], "due_at").Equal(s.to) {
		m.t.Errorf("%s is asked %v, want their %s until %s", c.handle(), list, s.date, s.to)
		return
	}
	m.late[c.handle()+s.date] = str(list[0], "turn")
}

// stands lets somebody answer the stand-up.
func (m *teamWeek) stands(who, date, way string) {
	m.t.Helper()
	v, text, day := m.v[who], canary(who, date), dayOf(date)
	turn := m.turnOf(who, date)
	switch way {
	case "skip":
		v.do("POST", "/checkin-turns/"+turn+"/skip", nil, 201)
		m.skipped[who] = date
		return
	case "mail":
		m.replies(who, "1. "+text+" was done.\n2. More of it.\n3. -\n\nOn Mon, Meantime wrote:\n> Stand-up", "Stand-up, "+day)
	case "link":
		m.presses(who, "Nothing to say", "Stand-up, "+day)
	case "nothing":
		v.do("PUT", "/checkin-turns/"+turn+"/answer", map[string]any{"nothing": true}, 200)
	default:
		v.do("PUT", "/checkin-turns/"+turn+"/draft", map[string]any{"answers": []any{map[string]any{"question": "done", "text": text}}}, 200)
		m.listen() // a draft is nobody else's
		v.do("PUT", "/checkin-turns/"+turn+"/answer", map[string]any{"answers": []any{map[string]any{"question": "done", "text": text + " was done."}}}, 200)
	}
	m.said[who][date] = m.at
	m.listen()
}

// turnOf is somebody's turn for a date: the one that waits, or, late, the one that they
// were asked.
func (m *teamWeek) turnOf(who, date string) string {
	m.t.Helper()
	for _, x := range m.v[who].list("/me/checkins") {
		if str(x, "date") == date {
			return str(x, "turn")
		}
	}
	if turn := m.late[who+date]; turn != "" {
		return turn
	}
	m.t.Fatalf("%s is not asked for %s", who, date)
	return ""
}

func dayOf(date string) string {
	d, err := time.Parse(time.DateOnly, date)
	if err != nil {
		panic(err)
	}
	return d.Format("Mon 2 Jan")
}

// listen has somebody, each time another, look wherever answers are shown; the guard
// reads what they are told.
func (m *teamWeek) listen() {
	m.t.Helper()
	m.turns++
	who := []string{"ana", "rui", "mei", "joy", "arun"}[m.turns%5]
	for _, path := range []string{"/answers", "/report", "/export"} {
		m.v[who].get("/checkins/" + m.standup + path)
	}
	m.v[who].get("/search?q=said")
}

// line is one answer in somebody's report.
type heard struct{ who, date string }

// reports are what somebody was told on each of their mornings, by date.
func (m *teamWeek) reportsOf(who string) map[string][]heard {
	m.t.Helper()
	out := map[string][]heard{}
	names := map[string]string{}
	for _, c := range company {
		names[c.name] = c.handle()
	}
	for _, ref := range m.v[who].list("/checkins/" + m.standup + "/reports?limit=100") {
		r := m.v[who].get("/checkin-reports/" + str(ref, "id"))
		var list []heard
		for _, p := range r["people"].([]any) {
			for _, e := range append([]any{at(p, "latest")}, at(p, "earlier").([]any)...) {
				x := heard{names[str(e, "person", "name")], str(e, "date")}
				if late := x == (heard{"liam", "2026-10-07"}); at(e, "late") != late {
					m.t.Errorf("the answer of %s for %s is late: %v", x.who, x.date, at(e, "late"))
				}
				if x.who != who {
					list = append(list, x)
				}
			}
		}
		if _, twice := out[str(r, "date")]; twice {
			m.t.Errorf("%s got two reports on %s", who, str(r, "date"))
		}
		out[str(r, "date")] = sortHeard(list)
		if n := int(at(r, "answered").(float64)); n != len(r["people"].([]any)) {
			m.t.Errorf("the report of %s on %s counts %d people and shows %d", who, str(r, "date"), n, len(r["people"].([]any)))
		}
		m.inTheMorning(who, str(r, "date"), m.instant(r, "made_at"))
	}
	return out
}

func (m *teamWeek) inTheMorning(who, date string, made time.Time) {
	m.t.Helper()
	for _, s := range called(who).shifts() {
		if s.date == date && !made.Equal(s.from) {
			m.t.Errorf("the report of %s for %s was made at %s, want %s", who, date, made, s.from)
		}
	}
}

func sortHeard(list []heard) []heard {
	slices.SortFunc(list, func(a, b heard) int { return strings.Compare(a.date+a.who, b.date+b.who) })
	return list
}

// wanted are the reports that somebody should have got: on each of their mornings what
// others had said by then for dates before theirs, each once.
func (m *teamWeek) wanted(who string) map[string][]heard {
	out, told := map[string][]heard{}, map[heard]bool{}
	for _, s := range called(who).shifts() {
		var list []heard
		for _, c := range company {
			for date, at := range m.said[c.handle()] {
				x := heard{c.handle(), date}
				if c.handle() != who && date < s.date && at.Before(s.from) && !told[x] {
					told[x] = true
					list = append(list, x)
				}
			}
		}
		if len(list) > 0 && !s.from.After(m.at) {
			out[s.date] = sortHeard(list)
		}
	}
	return out
}

// everybodyHeard holds that everybody was asked once for each date of theirs, perhaps
// among what they found when they were back, and was
// told of everything that others said, once, on the right morning.
func (m *teamWeek) everybodyHeard() {
	m.t.Helper()
	for _, c := range company {
		who := c.handle()
		got, want := m.reportsOf(who), m.wanted(who)
		for date, list := range want {
			if !slices.Equal(got[date], list) {
				m.t.Errorf("on %s %s is told %v, want %v", date, who, got[date], list)
			}
		}
		for _, s := range c.shifts() {
			words := "asks you to check in: Stand-up, " + dayOf(s.date) + ": "
			if n := m.lines(who, words) + m.linesBack(who, words); s.date <= "2026-10-09" && n != 1 {
				m.t.Errorf("%s was asked %d times by mail for %s", who, n, s.date)
			}
		}
		if len(got) != len(want) {
			m.t.Errorf("%s got reports on %d mornings, want %d", who, len(got), len(want))
		}
	}
	var all, want []heard
	for _, e := range m.v["ana"].list("/checkins/" + m.standup + "/answers?limit=100") {
		all = append(all, heard{strings.ToLower(strings.Fields(str(e, "person", "name"))[0]), str(e, "date")})
	}
	for who, dates := range m.said {
		for date := range dates {
			want = append(want, heard{who, date})
		}
	}
	if !slices.Equal(sortHeard(all), sortHeard(want)) {
		m.t.Errorf("there are %d answers, want %d:\n%v\n%v", len(all), len(want), all, want)
	}
}
