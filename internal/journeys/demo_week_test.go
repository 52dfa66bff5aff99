package journeys_test

import (
	"crypto/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/platform/testkit"
)

// The demo company of twelve goes on for a week without a meeting: it holds its stand-up,
// decides something without names, and a brainstorm ends in a decision and three things to
// do. Of all that was sent, in the played week and in this one, nothing came outside
// anybody's hours.
func TestTheDemoCompanyHoldsAWeekWithoutMeetings(t *testing.T) {
	testkit.NotRaced(t)
	both(t, func(t *testing.T, database string) {
		m := newDemoWeek(t, database)
		m.standUp()
		m.decideUnnamed()
		m.think()
		m.live(monday(8, 14, 0))
		m.everybodyWasTold()
		m.decided()
		m.thoughtToTheEnd()
		m.oneAtATime()
		m.sentIn(func(who string, at time.Time) bool { return m.hours[who].working(at) }, 150, 15)
		m.guard.lookAtMail(m.post, m.phones)
		if m.guard.met < 100 {
			t.Errorf("what is hidden was met %d times by who may read it: this showed little", m.guard.met)
		}
	})
}

// oneAtATime holds that nobody got two digests within five minutes, but for what was urgent.
func (m *demoWeek) oneAtATime() {
	m.t.Helper()
	for _, who := range m.everyone() {
		var last map[string]any
		n := 0
		for _, d := range slices.Backward(m.allOf(who, "/digests")) {
			if str(d, "urgency") == "urgent" || m.instant(d, "at").Before(monday(0, 0, 0)) {
				continue
			}
			if n++; last != nil && m.instant(d, "at").Sub(m.instant(last, "at")) < 5*time.Minute {
				m.t.Errorf("%s gets a digest at %s and another at %s:\n%v\n%v", who, str(last, "at"), str(d, "at"), m.linesIn(who, last), m.linesIn(who, d))
			}
			last = d
		}
		if n < 3 {
			m.t.Errorf("%s got %d digests in the week: this shows little", who, n)
		}
	}
}

// inCatchUp are the lines of a section with which somebody's absences were told of.
func (m *demoWeek) inCatchUp(who, section, words string) (out []string) {
	m.t.Helper()
	for _, ref := range m.allOf(who, "/digests") {
		d := m.v[who].get("/digests/" + str(ref, "id"))
		if d["away"] == nil {
			continue
		}
		for _, x := range d["items"].([]any) {
			if str(x, "section") == section && strings.Contains(str(x, "title"), words) {
				out = append(out, str(x, "title"))
			}
		}
	}
	return out
}

// linesIn are the titles of a digest.
func (m *demoWeek) linesIn(who string, digest map[string]any) (out []string) {
	m.t.Helper()
	for _, x := range m.v[who].get("/digests/" + str(digest, "id"))["items"].([]any) {
		out = append(out, str(x, "title"))
	}
	return out
}

// allOf reads a list to its end.
func (m *demoWeek) allOf(who, path string) (out []map[string]any) {
	m.t.Helper()
	for after := ""; ; {
		page := m.v[who].get(path + "?limit=50" + after)
		for _, x := range page["items"].([]any) {
			out = append(out, x.(map[string]any))
		}
		if str(page, "next") == "" {
			return out
		}
		after = "&after=" + str(page, "next")
	}
}

// standUp goes on with the stand-up that the company has: each answers in the morning in
// their own way, from Monday to Friday; Omar on Sunday too, which is not said.
func (m *demoWeek) standUp() {
	m.standup = str(m.ofTitle("ana", "/checkins", "Stand-up"), "id")
	for _, who := range m.everyone() {
		for _, s := range m.hours[who].days() {
			if s.date < "2026-10-26" || s.date > "2026-10-30" {
				continue
			}
			x := turn{who, s.date, s.from, s.to}
			m.asked = append(m.asked, x)
			m.plan(s.from.Add(time.Minute), func() { m.isAsked(x) })
			m.plan(s.from.Add(45*time.Minute), func() { m.standsUp(x) })
		}
	}
}

// turnNow is what the stand-up asks somebody now; nil when it asks nothing.
func (m *demoWeek) turnNow(who string) any {
	m.t.Helper()
	for _, x := range m.v[who].list("/me/checkins") {
		if str(x, "name") == "Stand-up" {
			return x
		}
	}
	return nil
}

func (m *demoWeek) isAsked(x turn) {
	m.t.Helper()
	if got := m.turnNow(x.who); str(got, "date") != x.date || !m.instant(got, "due_at").Equal(x.to) {
		m.t.Errorf("%s is asked %v, want their %s until %s", x.who, got, x.date, x.to)
	}
}

func (m *demoWeek) standsUp(x turn) {
	m.t.Helper()
	v, text, mail := m.v[x.who], canary(x.who, x.date), "Stand-up, "+dayOf(x.date)
	switch x.who {
	case "mei", "priya", "hana":
		m.replies(x.who, "1. "+text+" was done.\n2. More of it.\n3. -\n\nOn Mon, Meantime wrote:\n> Stand-up", mail)
	case "omar":
		m.presses(x.who, "Nothing to say", mail)
	case "joao":
		return
	default:
		v.do("PUT", "/checkin-turns/"+str(m.turnNow(x.who), "turn")+"/answer", map[string]any{"answers": []any{map[string]any{"question": "done", "text": text + " was done."}}}, 200)
	}
	m.said[x.who][x.date] = m.at
}

// everybodyWasTold holds that each was asked once for each of their days, by a mail, perhaps
// among what they find when they are back, and read what the others said once, at the start of a day of theirs.
func (m *demoWeek) everybodyWasTold() {
	m.t.Helper()
	for _, x := range m.asked {
		words := "asks you to check in: Stand-up, " + dayOf(x.date) + ": "
		if n := m.lines(x.who, words) + m.linesBack(x.who, words); n != 1 {
			m.t.Errorf("%s was asked %d times by mail for %s", x.who, n, x.date)
		}
	}
	names := map[string]string{}
	for _, p := range m.v["ana"].list("/people?limit=50") {
		names[str(p, "name")] = str(p, "handle")
	}
	for _, who := range m.everyone() {
		got := map[heard]int{}
		for _, ref := range m.v[who].list("/checkins/" + m.standup + "/reports?limit=100") {
			r := m.v[who].get("/checkin-reports/" + str(ref, "id"))
			made := m.instant(r, "made_at")
			if !slices.ContainsFunc(m.hours[who].days(), func(s shift) bool { return s.date == str(r, "date") && s.from.Equal(made) }) {
				m.t.Errorf("the report of %s for %s was made at %s, not when that day began", who, str(r, "date"), made)
			}
			for _, p := range r["people"].([]any) {
				for _, e := range append([]any{at(p, "latest")}, at(p, "earlier").([]any)...) {
					x := heard{names[str(e, "person", "name")], str(e, "date")}
					if got[x]++; !made.After(m.said[x.who][x.date]) {
						m.t.Errorf("at %s %s is told what %s said later", made, who, x.who)
					}
				}
			}
		}
		for author, dates := range m.said {
			for date := range dates {
				if n := got[heard{author, date}]; author != who && n != 1 {
					m.t.Errorf("%s was told %d times what %s said for %s", who, n, author, date)
				}
			}
		}
	}
}

const quietSeason = "Which season is our quiet one?"

// decideUnnamed asks all twelve on Monday morning (UTC) for an order, without names;
// João says nothing, Sara and Liam are away from Wednesday on.
func (m *demoWeek) decideUnnamed() {
	begin, end := monday(0, 10, 0), monday(1, 8, 0) // when Tomás, Sara, Omar and Mei have had six hours
	m.plan(begin, func() {
		made := m.v["tomas"].do("POST", "/decisions", map[string]any{
			"space": str(m.ofTitle("tomas", "/spaces", "People & handbook"), "id"), "title": quietSeason, "kind": "ranked", "people": m.people(m.everyone()...), "open": true,
			"options": []any{map[string]any{"name": "Spring"}, map[string]any{"name": "Summer"}, map[string]any{"name": "Autumn"}, map[string]any{"name": "Winter"}},
			"rules":   map[string]any{"anonymous": true, "method": "schulze", "fair": 360},
		}, 201)
		m.decision = "/decisions/" + str(made, "id")
		want := m.fairly(m.everyone(), begin, 6*time.Hour)
		if got := m.instant(m.v["mei"].get(m.decision), "ends_at"); !got.Equal(want) || !want.Equal(end) {
			m.t.Errorf("the decision is to end at %s, want %s, which is %s", got, want, end)
		}
	})
	for n, who := range m.everyone() {
		if who == "joao" {
			continue
		}
		b := &sealedVote{receipt: rand.Text(), reason: "because" + rand.Text(), ranking: []string{"DABC", "DBAC", "ADBC"}[n%3]}
		m.ballots[who] = b
		m.plan(m.hours[who].had(begin, 2*time.Hour), func() {
			m.guard.hide(b.receipt, never)
			m.guard.hide(b.reason, func(_ string, at time.Time) bool { return !at.Before(end) })
			m.cast(who, b, b.ranking, b.reason)
		})
	}
	m.plan(end.Add(-time.Minute), func() {
		for _, who := range m.everyone() {
			if d := m.v[who].get(m.decision); d["state"] != "open" || d["voted"] != 11.0 || d["result"] != nil || len(m.v[who].list(m.decision+"/opened-ballots")) > 0 {
				m.t.Errorf("a minute before the end %s is told %v", who, d)
			}
		}
	})
	m.plan(end.Add(30*time.Minute), m.counts)
}

// counts holds that what was opened is what was cast, and has Tomás write the outcome.
func (m *demoWeek) counts() {
	m.t.Helper()
	d := m.v["tomas"].get(m.decision)
	if r := d["result"]; d["state"] != "closed" || at(r, "voted") != 11.0 || str(r, "count", "winners", 0) != "D" {
		m.t.Fatalf("the decision is %v with %v", d["state"], r)
	}
	var got, want, codes []string
	for _, b := range m.v["tomas"].list(m.decision + "/opened-ballots") {
		order := ""
		for _, place := range at(b, "marks", "ranking").([]any) {
			order += str(place, 0)
		}
		got = append(got, str(b, "marks", "reason")+order)
	}
	for _, r := range m.v["hana"].list(m.decision + "/receipts") {
		codes = append(codes, str(r, "code"))
	}
	for who, b := range m.ballots {
		want = append(want, b.reason+b.ranking)
		if !slices.Contains(codes, b.code) {
			m.t.Errorf("the receipt of %s is not listed", who)
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		m.t.Errorf("opened were %v, want these as they were cast: %v", got, want)
	}
	m.v["tomas"].do("POST", m.decision+"/outcome", map[string]any{"markdown": "**Winter** is our quiet season.", "chosen": []string{"D"}}, 201)
}

// decided holds that everybody was asked once and told once what was decided, and that
// only João was reminded. Sara finds it among what was decided while she was away.
func (m *demoWeek) decided() {
	m.t.Helper()
	d := m.v["hana"].get(m.decision)
	if th := m.v["hana"].get("/threads/" + str(d, "thread")); d["state"] != "decided" || !strings.Contains(str(d, "outcome"), "Winter") || th["state"] != "concluded" {
		m.t.Errorf("the decision is %v with %q, its thread %v", d["state"], str(d, "outcome"), th["state"])
	}
	for _, who := range m.everyone() {
		if back := m.inCatchUp(who, "decided", quietSeason); who == "sara" && (len(back) != 1 || !strings.HasPrefix(back[0], "Decided: ")) {
			m.t.Errorf("when Sara is back she is told %q of what was decided", back)
		}
		asked, reminded, told := m.lines(who, "asks you to decide: "+quietSeason), m.lines(who, "Due soon: "+quietSeason), m.lines(who, "Decided: “"+quietSeason)
		if want := map[bool]int{true: 1}[who == "joao"]; reminded != want {
			m.t.Errorf("%s was reminded %d times, want %d", who, reminded, want)
		}
		if want := map[bool]int{false: 1}[who == "tomas" || who == "sara"]; asked != 1 || told != want {
			m.t.Errorf("%s was asked %d times by mail, want once, and told %d times what was decided, want %d", who, asked, told, want)
		}
	}
}
