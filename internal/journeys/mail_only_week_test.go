package journeys_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
)

// Two people who only have a mail program take full part in a team of ten for a week:
// they start threads, answer lines of digests, approve by link, decline, pass on,
// acknowledge with a time, choose, and close. The others use the pages, and one thing is
// urgent at night. Of all that was sent, only that one page was outside anyone's hours.
func TestTwoPeopleTakePartByMailAloneForAWeek(t *testing.T) {
	m := newMailWeek(t, time.Date(2026, 10, 5, 5, 30, 0, 0, time.UTC))
	for _, day := range []func(){m.monday, m.tuesday, m.wednesday, m.thursday, m.friday} {
		day()
	}
	m.until(12, 23, 0) // the Monday after, when all have read their digests
	m.everythingAnswered()
	m.everyAnswerArrived()
	m.onlyThePage()
}

// until lets the time go by to a moment of October, in UTC. The others go about their
// work meanwhile, some of them at night.
func (m *mailWeek) until(day, hour, minute int) {
	m.t.Helper()
	end := time.Date(2026, 10, day, hour, minute, 0, 0, time.UTC)
	for at := m.clock.Now().Time().Add(100 * time.Minute); at.Before(end); at = at.Add(100 * time.Minute) {
		m.forward(m.ana, at)
		m.chatter()
	}
	m.forward(m.ana, end)
}

// chatter is what goes on beside the story: somebody asks or mentions anybody.
func (m *mailWeek) chatter() {
	m.t.Helper()
	names := slices.Sorted(maps.Keys(ten))
	by := slices.Sorted(maps.Keys(m.others))[m.dice.IntN(len(m.others))]
	to, too := names[m.dice.IntN(len(names))], names[m.dice.IntN(len(names))]
	if by == to {
		return
	}
	title := fmt.Sprintf("Talk %d", len(m.asks))
	urgency := []string{"routine", "routine", "soon"}[m.dice.IntN(3)]
	m.ask(by, "reply", title, map[string]any{"window": []string{"1h", "4h", "1d"}[m.dice.IntN(3)], "urgency": urgency}, to)
	m.others[by].do("POST", "/threads/"+m.threads[title]+"/posts", map[string]any{"markdown": "What does @" + too + " think?"}, 201)
	if _, pages := m.others[to]; pages && m.dice.IntN(2) == 0 {
		m.says(to, title, map[string]any{"note": "So be it."})
	}
}

// says lets one of the others answer by the pages.
func (m *mailWeek) says(who, title string, answer map[string]any) {
	m.t.Helper()
	m.others[who].do("POST", "/asks/"+m.asks[title]+"/answers", answer, 201)
	m.settle()
}

func (m *mailWeek) monday() {
	m.t.Helper()
	m.until(5, 6, 10) // 14:10 for Mei
	m.starts("mei", "Which font? 1d", "kofi@northwind.example, Ida <ida@northwind.example>, noa@northwind.example", "Inter or Atkinson?\n\n-- \nMei")
	m.know("Which font?")
	m.confirmed("mei", "“Which font?” is in Product", "Kofi Mensah is reached", "Ida Berg is reached", "Noa Levi is reached")
	m.until(5, 9, 20) // 09:20 for Kofi
	m.answers("kofi", "Inter, it is there already.\n\nOn Mon, Meantime wrote:\n> Which font?", "Which font?")
	m.others["ida"].do("POST", "/threads/"+m.threads["Which font?"]+"/posts", map[string]any{"markdown": "Inter."}, 201)
	m.says("noa", "Which font?", map[string]any{"note": "Either."})
	m.starts("kofi", "Approve: the budget [2d]", "mei@northwind.example, ana@northwind.example", "See the sheet: 12,000 for the year.")
	m.know("the budget")
	m.confirmed("kofi", "“the budget” is in Product", "Mei Tanaka is reached")
	m.until(5, 14, 0) // 22:00 for Mei
	m.ask("ana", "review", "The contract", nil, "kofi", "mei")
	m.ask("ana", "do", "The invoices", nil, "kofi", "mei")
	m.ask("ana", "acknowledge", "The fire drill", nil, "kofi", "mei")
	m.ask("rui", "decide", "The offsite", map[string]any{"choices": []string{"Porto", "Accra", "Tainan"}}, "kofi", "mei")
}

// confirmed holds that the mail which tells somebody that their thread is there says
// all of this.
func (m *mailWeek) confirmed(who, begins string, words ...string) {
	m.t.Helper()
	for _, e := range m.post.to(who + "@") {
		if !strings.Contains(e.Text, begins) {
			continue
		}
		for _, w := range words {
			if !strings.Contains(e.Text, w) {
				m.t.Errorf("the confirmation to %s does not say %q:\n%s", who, w, e.Text)
			}
		}
		return
	}
	m.t.Errorf("%s got no confirmation that begins with %q", who, begins)
}

func (m *mailWeek) tuesday() {
	m.t.Helper()
	m.until(6, 1, 15) // 09:15 for Mei, after her digest of many lines
	m.presses("mei", "Approve", "asks for your approval", "the budget")
	m.answers("mei", "ack by Thursday", "The contract")
	m.answers("mei", "done", "The invoices")
	m.answers("mei", "ok", "The fire drill")
	m.answers("mei", "3", "The offsite")
	if got := m.owed("The contract", "mei"); got["state"] != "acknowledged" || str(got, "promised_at") != "2026-10-08T09:00:00Z" {
		m.t.Errorf("Mei's contract is %v by %v, want acknowledged by Thursday at five in Taipei", got["state"], got["promised_at"])
	}
	m.until(6, 8, 30)
	m.says("ana", "the budget", map[string]any{"value": "yes"})
	m.until(6, 9, 20) // Kofi
	m.answers("kofi", "decline: I wrote it myself", "The contract")
	m.answers("kofi", "pass @liam: he has the numbers", "The invoices")
	m.presses("kofi", "Acknowledge", "The fire drill")
	m.presses("kofi", "Accra", "The offsite")
	m.until(6, 13, 30) // New York
	m.says("liam", "The invoices", map[string]any{"value": "done"})
}

func (m *mailWeek) wednesday() {
	m.t.Helper()
	m.until(7, 1, 10)
	m.answers("mei", "Close: **Inter** it is.", "answered", "Which font?")
	m.until(7, 9, 10)
	m.answers("kofi", "close: approved by both", "the budget")
	m.starts("kofi", "FYI: the sheet moved", "mei@northwind.example", "It is in the drive now.")
	m.until(7, 10, 0) // three at night for Sam
	m.ask("ida", "do", "The shop is down", map[string]any{
		"to": map[string]any{"duty": []string{"here"}}, "window": "1h", "urgency": "urgent",
		"reason": "Nobody can pay.", "otherwise": "We lose the day's orders.",
	})
	m.until(7, 10, 4)
	if said := m.phones.act("sam", "Acknowledge"); said != "You have acknowledged it." {
		m.t.Errorf("Sam's phone says %q", said)
	}
	m.settle()
	page := m.ana.get("/asks/" + m.asks["The shop is down"] + "/page")
	if str(page, "state") != "acknowledged" || str(page, "acknowledged_by", "name") != "Sam Reyes" {
		m.t.Errorf("the page is %v by %v", page["state"], page["acknowledged_by"])
	}
	m.until(7, 10, 40)
	m.others["sam"].do("POST", "/pages/"+str(page, "id")+"/resolution", map[string]any{"note": "Restarted it."}, 201)
	m.until(7, 15, 0) // 23:00 for Mei, who writes all the same and is told in the morning
	before := len(m.post.to("mei@"))
	m.starts("mei", "Where next? 1d", "kofi@northwind.example, priya@northwind.example", "Porto or Tainan?")
	m.know("Where next?")
	if n := len(m.post.to("mei@")); n != before {
		m.t.Errorf("Mei got %d mails at night", n-before)
	}
}

func (m *mailWeek) thursday() {
	m.t.Helper()
	m.until(8, 1, 10)
	m.confirmed("mei", "“Where next?” is in Product")
	m.answers("mei", "Clause four is *wrong*; the rest is fine.", "The contract") // as she promised
	m.until(8, 4, 0)
	m.says("priya", "Where next?", map[string]any{"note": "Tainan, it is warm."})
	m.until(8, 9, 10)
	m.answers("kofi", "Porto!", "Where next?")
	m.ask("rui", "reply", "The slides", map[string]any{"window": "1d"}, "kofi")
	m.writes("kofi", draft{ // his mail program is away; nothing of it is heard
		answers: m.post.last("kofi@"), header: "Auto-Submitted: auto-replied\r\n", subject: "Out of office", text: "I am out of the office.",
	})
}

func (m *mailWeek) friday() {
	m.t.Helper()
	m.until(9, 1, 10)
	m.answers("mei", "close: Tainan in spring", "Where next?")
	m.until(9, 9, 10)
	m.answers("kofi", "They are in the drive.", "The slides")
}

// everythingAnswered holds that each ask stands as it was answered by mail.
func (m *mailWeek) everythingAnswered() {
	m.t.Helper()
	for _, c := range []struct {
		title, who string
		want       string // state, value, note or reason
	}{
		{"Which font?", "kofi", "answered"},
		{"Which font?", "ida", "answered"},
		{"Which font?", "noa", "answered"},
		{"the budget", "mei", "answered yes"},
		{"the budget", "ana", "answered yes"},
		{"The contract", "mei", "answered"},
		{"The contract", "kofi", "declined I wrote it myself"},
		{"The invoices", "mei", "answered done"},
		{"The invoices", "kofi", "passed he has the numbers"},
		{"The invoices", "liam", "answered done"},
		{"The fire drill", "mei", "answered ok"},
		{"The fire drill", "kofi", "answered ok"},
		{"The offsite", "mei", "answered Tainan"},
		{"The offsite", "kofi", "answered Accra"},
		{"Where next?", "kofi", "answered"},
		{"Where next?", "priya", "answered"},
		{"The slides", "kofi", "answered"},
	} {
		o := m.owed(c.title, c.who)
		got := strings.Join(strings.Fields(fmt.Sprint(o["state"], " ", str(o, "answer", "value"), " ", str(o, "reason"))), " ")
		if got != c.want {
			m.t.Errorf("%q with %s is %q, want %q", c.title, c.who, got, c.want)
		}
	}
	for title, posts := range map[string]int{"Which font?": 3, "the budget": 1, "Where next?": 2, "The slides": 2, "The contract": 2} {
		list := m.ana.list("/threads/" + m.threads[title] + "/posts")
		said := 0
		for _, p := range list {
			if p["kind"] == nil || p["kind"] == "post" {
				said++
			}
		}
		if said != posts {
			m.t.Errorf("%q has %d posts, want %d: %v", title, said, posts, list)
		}
	}
	for _, title := range []string{"Which font?", "the budget", "Where next?"} {
		if got := m.ana.get("/threads/" + m.threads[title])["state"]; got != "concluded" {
			m.t.Errorf("%q is %v, want concluded", title, got)
		}
	}
}

// everyAnswerArrived holds that Kofi and Mei were told by mail, each once, of every
// answer to what they asked.
func (m *mailWeek) everyAnswerArrived() {
	m.t.Helper()
	for who, want := range map[string][]string{
		"mei":  {"Kofi Mensah answered: Which font?", "Ida Berg answered: Which font?", "Noa Levi answered: Which font?", "Priya Rao answered: Where next?", "Kofi Mensah answered: Where next?"},
		"kofi": {"Mei Tanaka answered: the budget", "Ana Lima answered: the budget"},
	} {
		var got []string
		for _, e := range m.post.to(who + "@") {
			for _, block := range strings.Split(e.Text, "\n* ")[1:] {
				title, _, _ := strings.Cut(block, "\n")
				if title = strings.TrimSpace(title); strings.Contains(title, " answered: ") {
					got = append(got, title)
				}
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			m.t.Errorf("%s was told of the answers\n%s\nwant\n%s", who, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

// onlyThePage holds that everything sent was sent in its reader's hours, but for the
// one page, which went to Sam alone, by each of his ways once.
func (m *mailWeek) onlyThePage() {
	m.t.Helper()
	list := ten.everythingSent(m.post, m.phones, m.pager)
	if testing.Verbose() {
		m.t.Log(ten.table(list))
	}
	count := map[string]int{}
	for _, x := range list {
		count[x.by]++
		count[x.who]++
	}
	m.t.Logf("%d things were sent: %d mails (%d to Kofi, %d to Mei), %d notes, %d calls of the pager", len(list), count["mail"], count["kofi"], count["mei"], count["push"], count["pager"])
	if count["kofi"] < 8 || count["mei"] < 8 || count["push"] < 20 || len(list) < 100 {
		m.t.Error("too little was sent to show anything")
	}
	night := time.Date(2026, 10, 7, 10, 0, 0, 0, time.UTC)
	var ways []string
	for _, x := range ten.outside(m.t, list) {
		if x.who != "sam" || !x.urgent || !x.at.Equal(night) {
			m.t.Errorf("outside the hours of %s: %s %q at %s", x.who, x.by, x.what, x.at)
		}
		ways = append(ways, x.by)
	}
	slices.Sort(ways)
	if !slices.Equal(ways, []string{"mail", "push"}) {
		m.t.Errorf("Sam was paged by %v, want mail and push, once each", ways)
	}
	pages := m.ana.list("/spaces/" + m.space + "/pages")
	if len(pages) != 1 || str(pages[0], "state") != "resolved" {
		m.t.Errorf("the log of pages has %v", pages)
	}
	var calls []string
	for _, x := range list {
		if x.by == "pager" {
			calls = append(calls, x.what)
		}
	}
	if want := []string{"page.called", "page.acknowledged", "page.resolved"}; !slices.Equal(calls, want) {
		m.t.Errorf("the pager was told %v, want %v", calls, want)
	}
}
