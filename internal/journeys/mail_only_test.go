package journeys_test

import (
	"math/rand/v2"
	"net"
	"strings"
	"testing"
	"time"

	gosmtp "github.com/emersion/go-smtp"
	"github.com/jhillyerd/enmime/v2"

	"example.org/meantime/internal/app"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
)

// mailWeek is a team of ten for a week. Kofi and Mei have a mail program and nothing
// else: once they have joined, all that they do is send mail and press links in mail.
type mailWeek struct {
	*world
	post    *postOffice
	phones  *pushService
	pager   *pager
	lmtp    string // the door that Mei's mail server uses
	ana     *visitor
	others  map[string]*visitor // not Kofi and Mei
	ids     map[string]string
	own     map[string]string // their own addresses of the space
	space   string
	threads map[string]string // by title
	asks    map[string]string // by title
	dice    *rand.Rand
}

// ten is where they work. It is Monday morning in Auckland and Sunday in Los Angeles
// when the week begins.
var ten = staff{
	"ana": "Europe/Lisbon", "kofi": "Africa/Accra", "mei": "Asia/Taipei", "ida": "Europe/Berlin", "noa": "Asia/Jerusalem",
	"priya": "Asia/Kolkata", "rui": "America/Sao_Paulo", "liam": "America/New_York", "sam": "America/Los_Angeles", "tom": "Pacific/Auckland",
}

func newMailWeek(t *testing.T, start time.Time) *mailWeek {
	t.Helper()
	var post *postOffice
	w := newWorld(t, start, "", func(o *app.Options) { post = byMail(t, o) })
	post.open(w)
	m := &mailWeek{
		world: w, post: post, phones: newPushService(w), pager: newPager(w), lmtp: post.openLMTP(w),
		others: map[string]*visitor{}, ids: map[string]string{}, own: map[string]string{}, threads: map[string]string{}, asks: map[string]string{},
		dice: rand.New(rand.NewPCG(4, 22)), //nolint:gosec // a story that can be told again
	}
	m.ana = w.owner()
	m.others["ana"], m.ids["ana"] = m.ana, str(m.ana.get("/me"), "person", "id")
	byMailAlone := map[string]*visitor{}
	for _, p := range []string{"Kofi Mensah", "Mei Tanaka", "Ida Berg", "Noa Levi", "Priya Rao", "Rui Costa", "Liam Okafor", "Sam Reyes", "Tom Aroha"} {
		who := strings.ToLower(strings.Fields(p)[0])
		v, person := w.join(m.ana, p, ten[who])
		m.ids[who] = person
		if who == "kofi" || who == "mei" {
			byMailAlone[who] = v
			continue
		}
		m.others[who] = v
	}
	m.space = str(m.ana.do("POST", "/spaces", map[string]any{"name": "Product"}, 201), "id")
	for who, v := range byMailAlone { // copied from the page when they joined; never visited again
		m.own[who] = str(v.get("/spaces/"+m.space+"/mail"), "own")
	}
	m.onDuty()
	return m
}

// onDuty lets Sam be paged at any hour, on his phone as by mail, with Liam behind him.
func (m *mailWeek) onDuty() {
	m.t.Helper()
	sam := m.others["sam"]
	sam.do("PUT", "/me/attention", map[string]any{"mail": true, "page_outside_hours": true}, 200)
	for _, who := range []string{"sam", "liam", "rui"} {
		m.phones.device(m.others[who], who)
	}
	team := str(m.ana.do("POST", "/teams", map[string]any{"name": "Ops", "members": []string{m.ids["sam"], m.ids["liam"]}}, 201), "id")
	m.ana.do("PUT", "/teams/"+team+"/duty", map[string]any{"layers": []any{
		map[string]any{"zone": "America/Los_Angeles", "start": "2026-10-05", "handover": "00:00", "people": []string{m.ids["sam"]}},
	}}, 200)
	m.ana.do("PUT", "/spaces/"+m.space+"/urgent", map[string]any{"budget": 2, "steps": []any{
		map[string]any{"duty": team, "minutes": 10}, map[string]any{"people": []string{m.ids["liam"]}, "minutes": 10},
	}}, 200)
	m.ana.do("PUT", "/spaces/"+m.space+"/urgent/pager", map[string]any{"url": m.pager.url}, 200)
}

// openLMTP lets mail in by LMTP, as a mail server of one's own hands it over.
func (p *postOffice) openLMTP(w *world) string {
	p.t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		p.t.Fatal(err)
	}
	ctx, done := w.t.Context(), make(chan struct{})
	go func() { defer close(done); _ = w.app.Mail.ServeSMTP(ctx, l, true) }()
	w.t.Cleanup(func() { _ = l.Close(); <-done })
	return l.Addr().String()
}

// writes lets Kofi or Mei send a mail: Kofi's provider speaks SMTP to us, Mei's LMTP.
func (m *mailWeek) writes(who string, d draft) {
	m.t.Helper()
	d.from = who + "@northwind.example"
	if d.to == "" {
		d.to = d.answers.GetHeader("Reply-To")
	}
	d.to = strings.Trim(d.to, "<>")
	if who == "kofi" {
		m.post.sent(d)
		m.settle()
		return
	}
	conn, err := net.Dial("tcp", m.lmtp)
	if err != nil {
		m.t.Fatal(err)
	}
	client := gosmtp.NewClientLMTP(conn)
	defer func() { _ = client.Close() }()
	if err := client.SendMail(d.from, []string{d.to}, strings.NewReader(m.post.raw(d))); err != nil {
		m.t.Fatal(err)
	}
	m.settle()
}

// starts lets them open a thread by mail.
func (m *mailWeek) starts(who, subject, cc, text string) {
	m.t.Helper()
	m.writes(who, draft{to: m.own[who], cc: cc, subject: subject, text: text})
}

// told is a line of a mail of theirs: the mail, where it is answered, and its links.
type told struct {
	mail    *enmime.Envelope
	address string
	links   map[string]string
}

// line finds the newest line of somebody's mails that has all of the words.
func (m *mailWeek) line(who string, words ...string) told {
	m.t.Helper()
	all := m.post.to(who + "@northwind.example")
	for i := len(all) - 1; i >= 0; i-- {
		for _, block := range strings.Split(all[i].Text, "\n* ")[1:] {
			has := true
			for _, w := range words {
				has = has && strings.Contains(block, w)
			}
			if has {
				return told{all[i], lineAddress(block, all[i].GetHeader("Reply-To")), links(block)}
			}
		}
	}
	var texts []string
	for _, e := range all {
		texts = append(texts, e.Text)
	}
	m.t.Fatalf("%s was never told of %q, but of:\n%s", who, words, strings.Join(texts, "\n=====\n"))
	return told{}
}

// answers lets them reply to a line.
func (m *mailWeek) answers(who, text string, words ...string) {
	m.t.Helper()
	l := m.line(who, words...)
	m.writes(who, draft{answers: l.mail, to: l.address, text: text})
}

// presses lets them follow a link of a line: looking at the page does nothing, its
// button does.
func (m *mailWeek) presses(who, label string, words ...string) {
	m.t.Helper()
	link := m.line(who, words...).links[label]
	before := m.seq()
	if status, page := m.press("GET", link, nil); status != 200 || !strings.Contains(page, "Nothing is done until you press the button") {
		m.t.Fatalf("%s: the page of %q answers %d:\n%s", who, label, status, page)
	}
	if after := m.seq(); after != before {
		m.t.Errorf("looking at the page of %q did something: the log went from %v to %v", label, before, after)
	}
	if status, page := m.press("POST", link, nil); status != 200 || !strings.Contains(page, "Done.") {
		m.t.Fatalf("%s: the button of %q answers %d:\n%s", who, label, status, page)
	}
	m.settle()
}

// asks lets one of the others ask by the pages, and knows ask and thread by the title.
func (m *mailWeek) ask(by, kind, title string, more map[string]any, to ...string) {
	m.t.Helper()
	var ids []string
	for _, who := range to {
		ids = append(ids, m.ids[who])
	}
	one := map[string]any{"kind": kind, "to": map[string]any{"people": ids}, "window": "2d", "text": title}
	for k, v := range more {
		one[k] = v
	}
	made := m.others[by].do("POST", "/threads", map[string]any{"space": m.space, "title": title, "markdown": "Please: " + title, "asks": []any{one}}, 201)
	m.threads[title], m.asks[title] = str(made, "thread", "id"), str(made, "post", "asks", 0, "id")
	m.settle()
}

// know finds what somebody started by mail by its title.
func (m *mailWeek) know(title string) {
	m.t.Helper()
	for _, th := range m.ana.list("/threads?limit=100&space=" + m.space) {
		if th["title"] == title {
			m.threads[title] = str(th, "id")
			m.asks[title] = str(m.ana.list("/threads/" + str(th, "id") + "/asks")[0], "id")
			return
		}
	}
	m.t.Fatalf("no thread is called %q", title)
}

// owed is how an ask stands with somebody.
func (m *mailWeek) owed(title, who string) map[string]any {
	m.t.Helper()
	for _, o := range m.ana.get("/asks/" + m.asks[title])["owed"].([]any) {
		if str(o, "person", "id") == m.ids[who] {
			return o.(map[string]any)
		}
	}
	m.t.Fatalf("%s does not owe %q", who, title)
	return nil
}

// seq is how long the log is.
func (m *mailWeek) seq() int {
	m.t.Helper()
	ws, err := id.Decode("ws", str(m.ana.get("/workspace"), "id"))
	if err != nil {
		m.t.Fatal(err)
	}
	list, err := event.After(m.t.Context(), m.app.DB, ws, 0, 100_000)
	if err != nil {
		m.t.Fatal(err)
	}
	return len(list)
}
