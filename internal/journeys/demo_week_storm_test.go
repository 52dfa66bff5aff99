package journeys_test

import (
	"fmt"
	"strings"
	"time"
)

const (
	quieter     = "What shall we stop doing in winter?"
	whichFirst  = "Which do we stop first?"
	toBeStopped = "Stop it: "
)

var (
	eight      = []string{"ana", "kofi", "mei", "priya", "jonas", "omar", "grace", "hana"}
	eightsDots = map[string]map[string]int{ // Kofi's idea has eight, Hana's seven, Omar's five
		"ana": {"hana": 2, "kofi": 1}, "kofi": {"hana": 2, "omar": 1}, "mei": {"kofi": 2, "hana": 1}, "priya": {"hana": 1, "kofi": 1, "omar": 1},
		"omar": {"kofi": 1, "hana": 1, "ana": 1}, "grace": {"omar": 2, "kofi": 1}, "hana": {"kofi": 2, "omar": 1},
	}
)

// think has eight of them brainstorm from Monday on; each phase ends when all have had
// their hours: the ideas with Ana, the groups with Mei, the votes with Grace.
func (m *demoWeek) think() {
	begin := monday(0, 17, 0)
	b := &storm{reader: "kofi", ideas: map[string]string{}, tasks: map[string]string{}}
	m.brain = b
	collected := m.fairly(eight, begin, 3*time.Hour)
	clustered := m.fairly(eight, collected, time.Hour)
	voted := m.fairly([]string{"ana", "kofi", "mei", "jonas", "omar", "grace"}, clustered, 2*time.Hour) // who votes by mail is done
	m.plan(begin, func() {
		if !collected.Equal(monday(1, 12, 0)) || !clustered.Equal(monday(2, 2, 0)) || !voted.Equal(monday(2, 17, 30)) {
			m.t.Errorf("the phases would end at %s, %s and %s", collected, clustered, voted)
		}
		made := m.v["grace"].do("POST", "/brainstorms", map[string]any{
			"space": str(m.ofTitle("grace", "/spaces", "Product"), "id"), "title": quieter, "people": m.people(eight...), "hide_count": true,
			"plan": []any{map[string]any{"phase": "collect", "window": "3h"}, map[string]any{"phase": "cluster", "window": "1h"}, map[string]any{"phase": "vote", "window": "2h"}},
			"vote": map[string]any{"method": "dots", "dots": 3, "most": 2},
		}, 201)
		b.path = "/brainstorms/" + str(made, "id")
	})
	for _, who := range eight {
		b.ideas[who] = "thought of" + strings.ToUpper(who)
		m.guard.hide(b.ideas[who], func(reader string, at time.Time) bool { return reader == who || !at.Before(collected) })
		m.plan(m.hours[who].had(begin, 90*time.Minute), func() { m.hasIdea(who) })
		if eightsDots[who] != nil {
			m.plan(m.hours[who].had(clustered, time.Hour), func() { m.givesDots(who) })
		}
	}
	for phase, end := range map[string]time.Time{"collect": collected, "cluster": clustered, "vote": voted} {
		m.plan(end.Add(-time.Minute), func() { m.standsAt(phase, end) })
	}
	m.plan(voted.Add(30*time.Minute), m.makesWork)
}

func (m *demoWeek) standsAt(phase string, end time.Time) {
	m.t.Helper()
	for _, who := range []string{"ana", "hana", "joao"} { // João reads the space, and takes no part
		s := m.v[who].get(m.brain.path)
		if str(s, "phase") != phase || !m.instant(s, "ends_at").Equal(end) {
			m.t.Errorf("at %s it is the phase %v until %v, want %s until %s", m.at, s["phase"], s["ends_at"], phase, end)
		}
		for _, path := range []string{m.brain.path + "/board", m.brain.path + "/export", "/search?q=thought", "/threads/" + str(s, "thread") + "/posts"} {
			m.v[who].get(path) // the guard reads it
		}
	}
}

func (m *demoWeek) hasIdea(who string) {
	m.t.Helper()
	if who == "mei" || who == "hana" {
		m.replies(who, m.brain.ideas[who], quieter)
		return
	}
	m.v[who].do("PUT", m.brain.path+"/own-ideas/one", map[string]any{"text": m.brain.ideas[who]}, 200)
}

func (m *demoWeek) givesDots(who string) {
	m.t.Helper()
	var mail []string
	var votes []any
	for author, n := range eightsDots[who] {
		mail = append(mail, fmt.Sprintf("%v: %d", at(m.card(author), "n"), n))
		votes = append(votes, map[string]any{"idea": m.idea(author), "value": n})
	}
	if who == "priya" || who == "hana" {
		m.replies(who, strings.Join(mail, ", "), "Vote on the ideas: "+quieter)
		return
	}
	m.v[who].do("PUT", m.brain.path+"/ballot", map[string]any{"votes": votes}, 200)
}

// makesWork has Grace make a decision among the best three, and something to do of each.
func (m *demoWeek) makesWork() {
	m.t.Helper()
	b, grace := m.brain, m.v["grace"]
	owners, best := map[string]string{"kofi": "priya", "hana": "hana", "omar": "omar"}, []string{}
	var board map[string]any
	for rank, author := range []string{"kofi", "hana", "omar"} {
		c := m.card(author)
		if want := []float64{8, 7, 5}[rank]; at(c, "result", "rank") != float64(rank+1) || at(c, "result", "score") != want {
			m.t.Errorf("the idea of %s has %v, want rank %d with %v dots", author, at(c, "result"), rank+1, want)
		}
		best = append(best, str(c, "id"))
		title := toBeStopped + owners[author]
		board = grace.do("POST", b.path+"/outcomes", map[string]any{"kind": "task", "title": title, "ideas": best[rank:], "owner": m.ids[owners[author]], "window": "2d"}, 201)
		b.tasks[owners[author]] = str(outcome(board, title), "id")
	}
	board = grace.do("POST", b.path+"/outcomes", map[string]any{"kind": "decision", "title": whichFirst, "ideas": best}, 201)
	b.decision = str(outcome(board, whichFirst), "path")
	d := grace.get(b.decision)
	var options []any
	for _, o := range d["options"].([]any) {
		options = append(options, map[string]any{"name": str(o, "name"), "meaning": str(o, "meaning")})
	}
	grace.do("PUT", b.decision, map[string]any{
		"space": d["space"].(map[string]any)["id"], "title": d["title"], "context": d["context"], "kind": d["kind"], "people": d["people"], "options": options,
		"rules": map[string]any{"fair": 120, "early": true}, "version": d["version"],
	}, 200)
	grace.do("POST", b.decision+"/opening", map[string]any{}, 201)
	for _, who := range eight {
		m.later(m.hours[who].had(m.at, time.Hour), func() {
			if who == "mei" || who == "priya" {
				m.replies(who, "A > B > C", "asks you to decide: "+whichFirst)
				return
			}
			m.v[who].do("PUT", b.decision+"/ballot", map[string]any{"ranking": ranked("ABC")}, 200)
		})
	}
	m.later(monday(3, 2, 0), func() { m.v["hana"].do("PUT", b.path+"/outcomes/"+b.tasks["hana"]+"/done", nil, 200) })
	m.later(monday(3, 6, 50), func() { m.replies("priya", "Done.", toBeStopped+"priya") })
	m.later(monday(3, 9, 0), func() { m.replies("omar", "done", toBeStopped+"omar") })
	m.later(monday(3, 16, 0), func() {
		m.replies("grace", "Outcome: The first one it is.", "Write the outcome of “"+whichFirst+"”")
	})
	m.later(monday(3, 17, 0), func() {
		grace.do("POST", b.path+"/conclusion", map[string]any{"markdown": "Well thought.", "sure": true}, 200)
	})
}

// thoughtToTheEnd holds that the brainstorm ended in a decision and three things that were
// done.
func (m *demoWeek) thoughtToTheEnd() {
	m.t.Helper()
	b, hana := m.brain, m.v["hana"]
	s := hana.get(b.path)
	if th := hana.get("/threads/" + str(s, "thread")); s["phase"] != "ended" || th["state"] != "concluded" {
		m.t.Errorf("the brainstorm is %v, and its thread %v", s["phase"], th["state"])
	}
	board := hana.get(b.path + "/board")
	for who, x := range b.tasks {
		if o := outcome(board, toBeStopped+who); str(o, "id") != x || at(o, "done_at") == nil || str(o, "owner", "id") != m.ids[who] {
			m.t.Errorf("what %s is to do is %v", who, o)
		}
		if n := m.lines(who, "asks you to do this: "+toBeStopped+who); n != 1 {
			m.t.Errorf("%s was asked %d times by mail to do it", who, n)
		}
	}
	if d := hana.get(b.decision); d["state"] != "decided" || d["ended_why"] != "All have had their say." || at(d, "result", "voted") != 8.0 || str(d, "result", "count", "winners", 0) != "A" {
		m.t.Errorf("the decision about ideas is %v, because %v, with %v", d["state"], d["ended_why"], d["result"])
	}
}
