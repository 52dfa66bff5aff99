package journeys_test

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// storm is a brainstorm of seven, and what is known of it.
type storm struct {
	path     string
	reader   string            // whoever looks a card up
	ideas    map[string]string // text by author; Mei has a second, under mei2
	ends     map[string]time.Time
	decision string
	tasks    map[string]string // by owner
}

const storming = "How do we make the first day easier?"

var (
	thinkers = []string{"ana", "ida", "mei", "priya", "liam", "noa", "rui"}
	phases   = []struct {
		name  string
		share time.Duration
	}{{"collect", 3 * time.Hour}, {"reveal", time.Hour}, {"cluster", time.Hour}, {"refine", time.Hour}, {"vote", 2 * time.Hour}}
	// dots are who gives what to whose idea: Mei's has six, Liam's four, Ida's three.
	dots = map[string]map[string]int{
		"ana": {"mei": 2, "liam": 1}, "ida": {"mei": 2, "liam": 1}, "priya": {"mei": 1, "ida": 2},
		"liam": {"ida": 1}, "noa": {"liam": 2, "mei": 1}, "rui": {"priya": 1},
	}
)

// brainstorm begins on Monday at noon and goes through all its phases by itself.
func (m *teamWeek) brainstorm() {
	b := &storm{reader: "rui", ideas: map[string]string{}, ends: map[string]time.Time{}, tasks: map[string]string{}}
	m.brain = b
	begin := october(5, 12, 0)
	m.plan(begin, m.begins)
	phase := map[string]time.Time{"collect": begin}
	for i, p := range phases {
		b.ends[p.name] = fairly(thinkers, phase[p.name], p.share)
		next := "act"
		if i+1 < len(phases) {
			next = phases[i+1].name
		}
		phase[next] = b.ends[p.name]
		m.plan(b.ends[p.name].Add(-time.Minute), func() { m.stoodAt(p.name, b.ends[p.name]) })
		m.plan(b.ends[p.name].Add(time.Minute), func() { m.stoodAt(next, b.ends[next]) })
	}
	for _, who := range thinkers {
		b.ideas[who] = "idea of" + strings.ToUpper(who)
		m.plan(called(who).had(begin, 90*time.Minute), func() { m.thinks(who) })
		if dots[who] != nil {
			m.plan(called(who).had(phase["vote"], 30*time.Minute), func() { m.gives(who) })
		}
	}
	b.ideas["mei2"] = "second thought ofMEI"
	for author, text := range b.ideas {
		m.guard.hide(text, func(who string, at time.Time) bool {
			return who != "" && strings.HasPrefix(author, who) || !at.Before(b.ends["collect"])
		})
	}
	m.plan(phase["cluster"].Add(2*time.Minute), m.groups)
	m.plan(phase["act"].Add(time.Hour), m.acts)
}

func (m *teamWeek) begins() {
	m.t.Helper()
	var plan []any
	for _, p := range phases {
		plan = append(plan, map[string]any{"phase": p.name, "window": fmt.Sprintf("%dh", int(p.share.Hours()))})
	}
	made := m.v["ana"].do("POST", "/brainstorms", map[string]any{
		"space": m.space, "title": storming, "prompt": "Small things count.", "people": m.people(thinkers...), "anonymous": true, "hide_count": true,
		"plan": plan, "vote": map[string]any{"method": "dots", "dots": 3, "most": 2},
	}, 201)
	m.brain.path = "/brainstorms/" + str(made, "id")
}

// stoodAt holds that the brainstorm is in a phase, until our own arithmetic says.
func (m *teamWeek) stoodAt(phase string, end time.Time) {
	m.t.Helper()
	for _, who := range []string{"ana", "mei", "bia"} { // Bia reads the space, and takes no part
		s := m.v[who].get(m.brain.path)
		if str(s, "phase") != phase || phase != "act" && !m.instant(s, "ends_at").Equal(end) {
			m.t.Errorf("at %s it is the phase %v until %v, want %s until %s", m.at, s["phase"], s["ends_at"], phase, end)
		}
		if phase == "collect" && s["ideas"] != nil {
			m.t.Errorf("%s is told that there are %v ideas", who, s["ideas"])
		}
		m.v[who].get(m.brain.path + "/export")
		m.v[who].get("/search?q=idea")
		m.v[who].get("/threads/" + str(s, "thread") + "/posts")
		for _, i := range at(m.v[who].get(m.brain.path+"/board"), "ideas").([]any) {
			if at(i, "author") != nil || phase != "act" && at(i, "result") != nil {
				m.t.Errorf("in the phase %s %s is told: %v", phase, who, i)
			}
		}
	}
}

func (m *teamWeek) thinks(who string) {
	m.t.Helper()
	if who == "priya" { // nothing of it is taken, or kept: mail carries a name
		m.replies(who, m.brain.ideas["priya"], storming)
	}
	m.v[who].do("PUT", m.brain.path+"/own-ideas/one", map[string]any{"text": m.brain.ideas[who]}, 200)
	if who == "mei" {
		m.v[who].do("PUT", m.brain.path+"/own-ideas/two", map[string]any{"text": m.brain.ideas["mei2"]}, 200)
	}
	m.isDone(who, "mei", "priya")
	m.v["ana"].get(m.brain.path + "/board")
	m.v["rui"].get(m.brain.path + "/board")
}

// groups puts the two of Mei together; both texts stay.
func (m *teamWeek) groups() {
	m.t.Helper()
	m.v["noa"].do("PUT", m.brain.path+"/ideas/"+m.idea("mei2")+"/merge", map[string]any{"into": m.idea("mei")}, 200)
}

// idea is the card with somebody's text.
func (m *teamWeek) idea(author string) string {
	m.t.Helper()
	return str(m.card(author), "id")
}

func (m *teamWeek) card(author string) any {
	m.t.Helper()
	for _, i := range at(m.v[m.brain.reader].get(m.brain.path+"/board"), "ideas").([]any) {
		if str(i, "text") == m.brain.ideas[author] {
			return i
		}
	}
	m.t.Fatalf("the idea of %s is not on the board", author)
	return nil
}

// isDone lets somebody who is among a few say that they are done with the phase.
func (m *teamWeek) isDone(who string, among ...string) {
	if slices.Contains(among, who) {
		m.v[who].do("PUT", m.brain.path+"/done", nil, 200)
	}
}

// gives lets somebody vote, and two of them say that they are done.
func (m *teamWeek) gives(who string) {
	m.t.Helper()
	var votes []any
	for author, n := range dots[who] {
		votes = append(votes, map[string]any{"idea": m.idea(author), "value": n})
	}
	m.v[who].do("PUT", m.brain.path+"/ballot", map[string]any{"votes": []any{map[string]any{"idea": m.idea(who), "value": 1}}}, 422)
	m.v[who].do("PUT", m.brain.path+"/ballot", map[string]any{"votes": votes}, 200)
	m.isDone(who, "priya", "noa")
}

// acts makes work of the best: a decision among three, and a task of each.
func (m *teamWeek) acts() {
	m.t.Helper()
	b, ana := m.brain, m.v["ana"]
	var best []string
	for rank, who := range []string{"mei", "liam", "ida"} {
		c := m.card(who)
		if want := []float64{6, 4, 3}[rank]; at(c, "result", "rank") != float64(rank+1) || at(c, "result", "score") != want {
			m.t.Errorf("the idea of %s has %v, want rank %d with %v dots", who, at(c, "result"), rank+1, want)
		}
		best = append(best, str(c, "id"))
	}
	board := ana.do("POST", b.path+"/outcomes", map[string]any{"kind": "decision", "title": "Which do we do first?", "ideas": best}, 201)
	b.decision = str(outcome(board, "Which do we do first?"), "path")
	for i, who := range []string{"priya", "liam", "mei"} {
		title := "Try it: " + who
		board = ana.do("POST", b.path+"/outcomes", map[string]any{"kind": "task", "title": title, "ideas": best[i : i+1], "owner": m.ids[who], "window": "2d"}, 201)
		b.tasks[who] = str(outcome(board, title), "id")
	}
	m.opensTheDraft()
	m.plansTheRest()
}

func outcome(board any, title string) any {
	for _, o := range at(board, "outcomes").([]any) {
		if str(o, "title") == title {
			return o
		}
	}
	return nil
}

// opensTheDraft asks the seven for their order of the three, at once when all have said.
func (m *teamWeek) opensTheDraft() {
	m.t.Helper()
	ana := m.v["ana"]
	d := ana.get(m.brain.decision)
	if at(d, "state") != "draft" || len(at(d, "options").([]any)) != 3 || len(at(d, "people").([]any)) != len(thinkers) {
		m.t.Fatalf("of the ideas became %v", d)
	}
	var options []any
	for _, o := range d["options"].([]any) {
		options = append(options, map[string]any{"name": str(o, "name"), "meaning": str(o, "meaning")})
	}
	ana.do("PUT", m.brain.decision, map[string]any{
		"space": m.space, "title": d["title"], "context": d["context"], "kind": d["kind"], "people": d["people"], "options": options,
		"rules": map[string]any{"fair": 120, "early": true}, "version": d["version"],
	}, 200)
	opened := ana.do("POST", m.brain.decision+"/opening", map[string]any{}, 201)
	if want := fairly(thinkers, m.at, 2*time.Hour); !m.instant(opened, "ends_at").Equal(want) || want.Before(october(12, 0, 0)) {
		m.t.Errorf("it is to end at %v, want %s, after the holiday in Taipei", opened["ends_at"], want)
	}
}

// plansTheRest is how the week ends.
func (m *teamWeek) plansTheRest() {
	b := m.brain
	for _, who := range thinkers {
		at := called(who).had(m.at.Add(30*time.Minute), 30*time.Minute)
		if who == "mei" {
			at = october(12, 2, 0)
		}
		m.later(at, func() {
			if who == "mei" || who == "priya" {
				m.replies(who, "A > B > C", "asks you to decide: Which do we do first?")
				return
			}
			m.v[who].do("PUT", b.decision+"/ballot", map[string]any{"ranking": ranked("ABC")}, 200)
		})
	}
	m.later(october(9, 5, 0), func() { m.replies("priya", "Done.", "Try it: priya") })
	m.later(october(9, 14, 0), func() { m.v["liam"].do("PUT", b.path+"/outcomes/"+b.tasks["liam"]+"/done", nil, 200) })
	m.later(october(12, 1, 30), func() { m.replies("mei", "done", "Try it: mei") })
	m.later(october(12, 9, 0), func() {
		m.replies("ana", "Outcome: The first one it is.", "Write the outcome of “Which do we do first?”")
	})
	m.later(october(12, 10, 0), func() {
		m.v["ana"].do("POST", b.path+"/conclusion", map[string]any{"markdown": "Well thought.", "sure": true}, 200)
	})
}

// later plans something while the week is on.
func (m *teamWeek) later(at time.Time, do func()) {
	m.plan(at, do)
	slices.SortStableFunc(m.deeds, func(a, b deed) int { return a.at.Compare(b.at) })
}

// whatBecameOfIdeas holds that the brainstorm ended in a decision and three tasks.
func (m *teamWeek) whatBecameOfIdeas() {
	m.t.Helper()
	b, noa := m.brain, m.v["noa"]
	s := noa.get(b.path)
	if th := noa.get("/threads/" + str(s, "thread")); s["phase"] != "ended" || th["state"] != "concluded" {
		m.t.Errorf("the brainstorm is %v, and its thread %v", s["phase"], th["state"])
	}
	board := noa.get(b.path + "/board")
	for who, x := range b.tasks {
		for _, o := range board["outcomes"].([]any) {
			if str(o, "id") == x && (at(o, "done_at") == nil || str(o, "owner", "id") != m.ids[who]) {
				m.t.Errorf("the task of %s is %v", who, o)
			}
		}
		if n := m.lines(who, "asks you to do this: Try it: "+who); n != 1 {
			m.t.Errorf("%s was asked %d times by mail to do it", who, n)
		}
	}
	if d := noa.get(b.decision); d["state"] != "decided" || d["ended_why"] != "All have had their say." || at(d, "result", "voted") != 7.0 || str(d, "result", "count", "winners", 0) != "A" {
		m.t.Errorf("the decision about ideas is %v, because %v, with %v", d["state"], d["ended_why"], d["result"])
	}
	for _, c := range company {
		if list := m.v[c.handle()].list("/inbox?tab=owe"); len(list) > 0 {
			m.t.Errorf("%s still owes %v", c.handle(), list)
		}
	}
}
