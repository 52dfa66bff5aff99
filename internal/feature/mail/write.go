package mail

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/letter"
	"example.org/meantime/worktime"
)

// message is a mail as it leaves.
type message struct {
	id      string   // without angle brackets
	refs    []string // the Message-IDs it refers to, oldest first; none for a digest of several threads
	to      reader
	from    string // with the name, as a header
	sender  string // the bare address of the envelope; empty: nobody may answer
	replyTo string // where replies go; empty: to the sender
	subject string
	text    string
	html    string // empty: text alone
	stop    string // the link that turns mail off; empty for letters of the house
	auto    string // auto-generated, or auto-replied
	at      clock.Instant

	files  []enclosure // that go with it
	weight int64       // bytes that were set aside for these
	alone  *bodies     // what it says without them; nil when there are none
}

// bodies are what a mail says.
type bodies struct{ text, html string }

// withoutFiles is the mail with links in place of the files.
func (m message) withoutFiles() message {
	m.files, m.text, m.html = nil, m.alone.text, m.alone.html
	return m
}

func (m message) parents() string { return strings.Join(m.refs, " ") }

// page is what the templates see.
type page struct {
	Marker   string
	Name     string
	Heading  string
	Lines    []line
	Sections []string // what each line begins; empty for most
	Zone     string
	Urgent   bool
	Reply    string // how the mail is answered, in a sentence
	Files    string // what its links to files are, in a sentence
	Inbox    string
	Schedule string
	Stop     string
	now      clock.Instant
}

type line struct {
	Title, Excerpt, Due, Link string
	Said                      []said // all of it, in place of the excerpt
	How                       string // a reply is written
	Acts                      []actLink
	Address                   string // where a reply to this line goes, when the mail has several
	Mailto                    string
}

// compose writes a digest, or one part of it, as a mail to its reader.
func (s *Service) compose(ctx context.Context, tx *db.Tx, d part, name string, to reader, w ways, files enclosures) (message, error) {
	token, err := tokenOf(ctx, tx, d.Person)
	if err != nil {
		return message{}, err
	}
	p := page{
		Name: oneLine(to.name, 80), Heading: heading(len(d.Items), d.Urgency), Zone: zoneName(to.zone, tx.Now),
		Urgent: d.Urgency == worktime.Urgent, now: tx.Now,
		Inbox: s.link("/inbox"), Schedule: s.link("/hours"), Stop: s.stopLink(token),
	}
	if p.Sections = sections(d.Items); d.Heading != "" {
		p.Heading = oneLine(d.Heading, 120)
	}
	m := message{
		id: name, to: to, from: s.from.String(), sender: s.from.Address, stop: p.Stop, at: tx.Now, subject: subject(d.Digest), auto: "auto-generated",
	}
	if s.box.open() {
		p.Marker, p.Reply, m.sender, m.replyTo = letter.Marker, answering(d.Items, w.lines), w.bounce, w.whole
	}
	if thread, one := single(d.Items); one {
		if m.refs, err = s.threadRefs(ctx, tx, thread, d.Person); err != nil {
			return m, err
		}
	}
	if m.text, m.html, err = s.bodies(p, d, to, w, files); err != nil || len(files.with) == 0 {
		return m, err
	}
	m.files, m.alone = files.with, &bodies{}
	m.alone.text, m.alone.html, err = s.bodies(p, d, to, w, files.alone())
	return m, err
}

// bodies writes the mail as text, and as HTML for those who want it.
func (s *Service) bodies(p page, d part, to reader, w ways, files enclosures) (text, html string, err error) {
	p.Lines = nil
	for i, it := range d.Items {
		l := line{
			Title: oneLine(it.Title, 160), Excerpt: oneLine(it.Excerpt, mostExcerpt), Due: dueIn(it.Due, p.now, to.zone), Link: s.link(it.Path), Acts: w.lines[i].acts,
			Said: s.said(it, bodyOf(it, w.lines[i]), mostSaid/len(d.Items), to.wish.Plain, files, s.fileLink(w)), How: w.lines[i].how,
		}
		if w.lines[i].address != "" && len(d.Items) > 1 {
			l.Address = w.lines[i].address
			l.Mailto = "mailto:" + l.Address + "?subject=" + url.PathEscape("Re: "+l.Title)
		}
		for _, x := range l.Said {
			if slices.ContainsFunc(x.Files, func(f fileLine) bool { return !f.Enclosed }) {
				p.Files = "Links to files open without signing in, for 60 days; they are yours alone."
			}
		}
		p.Lines = append(p.Lines, l)
	}
	if text = p.text(); !to.wish.Plain {
		html, err = p.html()
	}
	return text, html, err
}

// sections says of each item which section it is the first of.
func sections(items []Item) []string {
	out, last := make([]string, len(items)), ""
	for i, it := range items {
		if it.Section != last {
			out[i], last = oneLine(it.Section, 80), it.Section
		}
	}
	return out
}

// answering says how a mail is answered; nothing where none of it can be.
func answering(items []Item, lines []way) string {
	takes, asks := 0, false
	for i, w := range lines {
		if w.address != "" {
			takes, asks = takes+1, asks || items[i].Sort == Asks && w.how == ""
		}
	}
	how := ""
	if asks {
		how = " A first line such as “ack by Friday” or “decline: why” does just that."
	}
	switch {
	case takes == 0:
		return ""
	case len(items) == 1:
		return "Reply to this mail to answer." + how
	case takes < len(items):
		return "Lines that can be answered have an address of their own for replies." + how
	}
	return "Each line has its own address for replies." + how
}

// threadRefs are the Message-IDs that a mail about one thread refers to: the thread's
// own, and what its reader last wrote there by mail, so that their program keeps them
// together.
func (s *Service) threadRefs(ctx context.Context, tx *db.Tx, thread, person id.ID) ([]string, error) {
	refs := []string{s.threadID(thread)}
	last, err := lastMessage(ctx, tx, tx.Workspace, thread, person)
	if last != "" {
		refs = append(refs, last)
	}
	return refs, err
}

// single says whether all items belong to one thread.
func single(items []Item) (thread id.ID, one bool) {
	for _, it := range items {
		if it.Thread.IsZero() || (!thread.IsZero() && it.Thread != thread) {
			return id.ID{}, false
		}
		thread = it.Thread
	}
	return thread, !thread.IsZero()
}

// subject is the thread's title where there is but one: mail programs that look
// at subjects then keep its mails together.
func subject(d Digest) string {
	mark := ""
	if d.Urgency == worktime.Urgent {
		mark = "Urgent: "
	}
	if d.Heading != "" {
		return mark + oneLine(d.Heading, 120)
	}
	if _, one := single(d.Items); one && d.Items[0].Subject != "" {
		return mark + oneLine(d.Items[0].Subject, 120)
	}
	if len(d.Items) == 1 {
		return mark + oneLine(d.Items[0].Title, 120)
	}
	return fmt.Sprintf("%s%d things for you", mark, len(d.Items))
}

func heading(n int, u worktime.Urgency) string {
	switch {
	case u == worktime.Urgent:
		return "This is urgent, and somebody asked for you."
	case n == 1:
		return "One thing for you."
	}
	return fmt.Sprintf("%d things for you.", n)
}

// link leads to our own origin, whatever the path says.
func (s *Service) link(path string) string {
	u, err := url.Parse(path)
	if err != nil || !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") {
		return s.origin.JoinPath("/inbox").String()
	}
	link := s.origin.JoinPath(u.Path)
	link.RawQuery, link.Fragment = u.RawQuery, u.Fragment
	return link.String()
}

func (s *Service) stopLink(token string) string { return s.link("/api/v1/mail/off/" + token) }

// dueIn is a due in the reader's own clock: "today 18:00", "Tue 6 Oct, 18:00".
func dueIn(due, now clock.Instant, zone *time.Location) string {
	if due.IsZero() {
		return ""
	}
	at, today := due.Time().In(zone), now.Time().In(zone)
	word := "due"
	if due <= now {
		word = "was due"
	}
	if at.YearDay() == today.YearDay() && at.Year() == today.Year() {
		return word + " today, " + at.Format("15:04")
	}
	if at.Year() != today.Year() {
		return word + at.Format(" Mon 2 Jan 2006, 15:04")
	}
	return word + at.Format(" Mon 2 Jan, 15:04")
}

// zoneName is "Asia/Taipei, UTC+08:00".
func zoneName(zone *time.Location, at clock.Instant) string {
	return zone.String() + ", UTC" + at.Time().In(zone).Format("-07:00")
}

// oneLine makes any text fit for one line of a mail or a header: no control or
// direction characters, no runs of space, at most limit letters.
func oneLine(s string, limit int) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.IsControl(r):
			return ' '
		case unicode.Is(unicode.Cf, r) && r != '\u200d' && r != '\u200c': // joiners are part of words and emoji
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "�"))
	s = strings.Join(strings.Fields(s), " ")
	if letters := []rune(s); len(letters) > limit {
		s = strings.TrimSpace(string(letters[:limit-1])) + "…"
	}
	return s
}
