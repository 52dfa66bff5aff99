package mail

import (
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// message is a mail as it leaves.
type message struct {
	id      string // without angle brackets
	parent  string // the thread's root; empty for a digest of several threads
	to      reader
	from    string // with the name, as a header
	sender  string // the bare address
	subject string
	text    string
	html    string
	stop    string // the link that turns mail off
	at      clock.Instant
}

// page is what the templates see.
type page struct {
	Name     string
	Heading  string
	Lines    []line
	Zone     string
	Urgent   bool
	Inbox    string
	Schedule string
	Stop     string
}

type line struct{ Title, Excerpt, Due, Link string }

// compose writes a digest as a mail to its reader.
func (s *Service) compose(d Digest, to reader, token string, now clock.Instant) (message, error) {
	p := page{
		Name: oneLine(to.name, 80), Heading: heading(len(d.Items), d.Urgency), Zone: zoneName(to.zone, now),
		Urgent: d.Urgency == worktime.Urgent,
		Inbox:  s.link("/inbox"), Schedule: s.link("/hours"), Stop: s.stopLink(token),
	}
	for _, it := range d.Items {
		p.Lines = append(p.Lines, line{
			Title: oneLine(it.Title, 160), Excerpt: oneLine(it.Excerpt, 200), Due: dueIn(it.Due, now, to.zone), Link: s.link(it.Path),
		})
	}
	m := message{
		id: s.messageID(d.ID), to: to, from: s.from.String(), sender: s.from.Address, stop: p.Stop, at: now,
		subject: subject(d), text: p.text(),
	}
	if thread, one := single(d.Items); one {
		m.parent = s.threadID(thread)
	}
	var err error
	m.html, err = p.html()
	return m, err
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
