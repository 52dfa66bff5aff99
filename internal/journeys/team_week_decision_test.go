package journeys_test

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"
)

// sealedVote is what somebody voted, known to their own program alone.
type sealedVote struct{ receipt, code, reason, ranking string }

const (
	offsite     = "Where do we meet in spring?"
	decideShare = 8 * time.Hour
)

// rankings are how they vote: Porto beats each of the others, though Accra has the most
// first places.
var rankings = map[string]string{
	"ana": "BACD", "ida": "BADC", "mei": "ABCD", "lin": "ABDC", "priya": "ABCD", "arun": "ABCD",
	"liam": "CBAD", "joy": "CBDA", "noa": "DBCA", "rui": "DBAC", "tomas": "DBCA",
} // and Bia says nothing

// decide asks everybody on Monday, has eleven vote at different hours, and the twelfth
// stay silent. Tomas goes away when it has begun.
func (m *teamWeek) decide() {
	m.plan(october(5, 10, 0), func() {
		made := m.v["ana"].do("POST", "/decisions", map[string]any{
			"space": m.space, "title": offsite, "kind": "ranked", "people": m.people(everybody()...), "open": true,
			"options": []any{map[string]any{"name": "Accra"}, map[string]any{"name": "Porto"}, map[string]any{"name": "Goa"}, map[string]any{"name": "Tainan"}},
			"rules":   map[string]any{"anonymous": true, "method": "schulze", "fair": int(decideShare.Minutes())},
		}, 201)
		m.decision = "/decisions/" + str(made, "id")
		m.ends("Monday", fairly(without("tomas"), october(5, 10, 0), decideShare), october(6, 10, 0))
	})
	for who := range rankings {
		at := called(who).had(october(5, 10, 0), 2*time.Hour)
		if who == "tomas" {
			at = october(8, 9, 30)
		}
		m.plan(at, func() { m.votes(who) })
	}
	m.plan(october(5, 16, 30), func() { // with Tomas away
		m.ends("Monday evening", called("tomas").had(october(5, 10, 0), decideShare), october(8, 10, 0))
	})
	m.plan(october(8, 9, 59), m.stillSealed)
	m.plan(october(8, 10, 1), m.opensTheBox)
}

// ends holds that a decision ends when our own arithmetic says, which is a moment that
// people worked out.
func (m *teamWeek) ends(when string, want, known time.Time) {
	m.t.Helper()
	if got := m.instant(m.v["mei"].get(m.decision), "ends_at"); !got.Equal(want) || !want.Equal(known) {
		m.t.Errorf("on %s the decision is to end at %s, want %s, which is %s", when, got, want, known)
	}
}

// votes casts a ballot; some think better of it an hour later, by the same receipt.
func (m *teamWeek) votes(who string) {
	m.t.Helper()
	b := &sealedVote{receipt: rand.Text(), reason: "because" + rand.Text(), ranking: rankings[who]}
	m.ballots[who] = b
	m.guard.hide(b.receipt, never)
	m.guard.hide(b.reason, func(_ string, at time.Time) bool { return !at.Before(october(8, 10, 0)) })
	m.guard.hide(hex.EncodeToString([]byte(b.reason)), never)
	if who == "rui" {
		first := "forget" + rand.Text()
		m.guard.hide(first, never)
		m.cast(who, b, "ADCB", first)
	}
	m.cast(who, b, b.ranking, b.reason)
	m.v[who].do("PUT", m.decision+"/ballot", map[string]any{"ranking": ranked(b.ranking)}, 409) // with a name
}

func ranked(order string) (out [][]string) {
	for _, o := range order {
		out = append(out, []string{string(o)})
	}
	return out
}

func (m *teamWeek) cast(who string, b *sealedVote, order, reason string) {
	m.t.Helper()
	got := m.v[who].do("PUT", m.decision+"/sealed-ballot", map[string]any{"ranking": ranked(order), "reason": reason, "receipt": b.receipt}, 200)
	b.code = str(got, "code")
}

// stillSealed is a minute before the end: who voted is known, and nothing else.
func (m *teamWeek) stillSealed() {
	m.t.Helper()
	m.ends("Thursday", october(8, 10, 0), october(8, 10, 0))
	for _, who := range everybody() {
		d := m.v[who].get(m.decision)
		if at(d, "state") != "open" || at(d, "voted") != 11.0 || at(d, "result") != nil {
			m.t.Errorf("%s is told that %v have voted and of the result %v", who, at(d, "voted"), at(d, "result"))
		}
		for _, list := range []string{"/opened-ballots", "/receipts", "/ballots"} {
			if got := m.v[who].list(m.decision + list); len(got) > 0 {
				m.t.Errorf("%s lists %v to %s before the end", list, got, who)
			}
		}
		m.v[who].get(m.decision + "/export")
		m.v[who].get("/search?q=because")
	}
}

// opensTheBox is a minute after: all is counted as it was voted, and each finds their
// receipt; then Ana writes what was decided.
func (m *teamWeek) opensTheBox() {
	m.t.Helper()
	ana := m.v["ana"]
	d := ana.get(m.decision)
	if at(d, "state") != "closed" || str(d, "closed_at") != october(8, 10, 0).Format(time.RFC3339) {
		m.t.Fatalf("the decision is %v since %v, want closed when it was to end", at(d, "state"), at(d, "closed_at"))
	}
	if r := at(d, "result"); at(r, "voted") != 11.0 || at(r, "silent") != 1.0 || at(r, "missing") != 0.0 || str(r, "count", "winners", 0) != "B" {
		m.t.Errorf("counted was %v", r)
	}
	var got, want, codes []string
	for _, b := range ana.list(m.decision + "/opened-ballots") {
		order := ""
		for _, place := range at(b, "marks", "ranking").([]any) {
			order += str(place, 0)
		}
		got = append(got, str(b, "marks", "reason")+order)
	}
	for _, r := range ana.list(m.decision + "/receipts") {
		codes = append(codes, str(r, "code"))
	}
	for who, b := range m.ballots {
		want = append(want, b.reason+b.ranking)
		sum := sha256.Sum256([]byte(fmt.Sprintf("meantime receipt %s %s", strings.TrimPrefix(m.decision, "/decisions/"), b.receipt)))
		if b.code != hex.EncodeToString(sum[:10]) || !slices.Contains(codes, b.code) {
			m.t.Errorf("the receipt of %s is not listed", who)
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) || len(codes) != len(want) {
		m.t.Errorf("opened were %d ballots and %d receipts, want these %d as they were cast:\n%v\n%v", len(got), len(codes), len(want), got, want)
	}
	ana.do("POST", m.decision+"/outcome", map[string]any{"markdown": "We meet in **Porto**.", "chosen": []string{"B"}, "dissent": "Accra had the most first places."}, 201)
}

// decided holds that the outcome stands in the register and closed the thread, that whoever owed
// something owes it no more, and that only the one who had not voted was reminded.
func (m *teamWeek) decided() {
	m.t.Helper()
	d := m.v["noa"].get(m.decision)
	if at(d, "state") != "decided" || !strings.Contains(str(d, "outcome"), "Porto") {
		m.t.Errorf("the decision is %v with %q", at(d, "state"), str(d, "outcome"))
	}
	if th := m.v["noa"].get("/threads/" + str(d, "thread")); at(th, "state") != "concluded" {
		m.t.Errorf("its thread is %v", at(th, "state"))
	}
	for _, c := range company {
		who := c.handle()
		asked, reminded, told := m.lines(who, "asks you to decide: "+offsite), m.lines(who, "Due soon: "+offsite), m.lines(who, "Decided: “"+offsite)
		if want := map[string]int{"tomas": 1, "bia": 1}[who]; reminded != want {
			m.t.Errorf("%s was reminded %d times, want %d: only who has not voted is, once", who, reminded, want)
		}
		if asked != 1 {
			m.t.Errorf("%s was asked %d times by mail, want once", who, asked)
		}
		if want := map[bool]int{true: 0, false: 1}[who == "ana"]; told != want {
			m.t.Errorf("%s was told %d times what was decided, want %d", who, told, want)
		}
	}
}

// lines counts the lines of somebody's mails that have the words, without what is only
// listed again for who was away.
func (m *teamWeek) lines(who, words string) (n int) {
	for _, e := range m.post.to(who + "@") {
		if e.GetHeader("Subject") == "While you were away" {
			continue
		}
		for _, block := range strings.Split(e.Text, "\n* ")[1:] {
			if strings.Contains(block, words) {
				n++
			}
		}
	}
	return n
}

// linesBack counts the lines with the words in the mails to whoever is back.
func (m *teamWeek) linesBack(who, words string) (n int) {
	for _, e := range m.post.to(who + "@") {
		if e.GetHeader("Subject") == "While you were away" {
			n += strings.Count(e.Text, words)
		}
	}
	return n
}
