package letter

import (
	"net/mail"
	"net/textproto"
	"strings"
	"time"
	"unicode"
)

// maxHeader is how many bytes of one header line are read, and maxPeople how many
// addresses of it.
const (
	maxHeader = 64 << 10
	maxPeople = 1000
)

// head is the header of a mail, as it came.
type head textproto.MIMEHeader

func (h head) raw(name string) string {
	for _, v := range h[textproto.CanonicalMIMEHeaderKey(name)] {
		if v = strings.TrimSpace(v); v != "" {
			return clip(v)
		}
	}
	return ""
}

func clip(s string) string {
	if len(s) > maxHeader {
		return s[:maxHeader]
	}
	return s
}

func (h head) has(name string) bool { return len(h[textproto.CanonicalMIMEHeaderKey(name)]) > 0 }

func (h head) text(name string) string { return decoded(h.raw(name)) }

// low is a header in lower case, for comparing.
func (h head) low(name string) string { return strings.ToLower(h.text(name)) }

// envelope reads what the header says about who, whom, when and what.
func (o *opened) envelope() Letter {
	h := o.head
	l := Letter{
		InReplyTo:  ids(h.raw("In-Reply-To")),
		References: ids(h.raw("References")),
		From:       people(h.raw("From")),
		Sender:     people(h.raw("Sender")),
		ReplyTo:    people(h.raw("Reply-To")),
		To:         people(strings.Join(h[textproto.CanonicalMIMEHeaderKey("To")], ", ")),
		Cc:         people(strings.Join(h[textproto.CanonicalMIMEHeaderKey("Cc")], ", ")),
		Subject:    h.text("Subject"),
		Kind:       Person,
	}
	if own := ids(h.raw("Message-Id")); len(own) > 0 {
		l.MessageID = own[0]
	}
	l.Title = Title(l.Subject)
	l.Date = dateOf(h.raw("Date"))
	path := h.raw("Return-Path")
	l.NullPath = strings.ReplaceAll(path, " ", "") == "<>"
	l.Return = firstMailbox(path)
	for _, name := range []string{"Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Delivered-To", "X-Rcpt-To", "X-Forwarded-To"} {
		for _, v := range h[textproto.CanonicalMIMEHeaderKey(name)] {
			if m := firstMailbox(clip(v)); m != "" && len(l.Envelope) < maxPeople {
				l.Envelope = append(l.Envelope, m)
			}
		}
	}
	return l
}

var identity = later(`<\s*([^<>\s]{1,995})\s*>`)

// ids reads message ids; one without its angle brackets counts as well.
func ids(s string) []string {
	var all []string
	for _, m := range identity.FindAllStringSubmatch(s, maxPeople) {
		all = append(all, m[1])
	}
	if all == nil {
		for _, w := range strings.Fields(s) {
			if at := strings.IndexByte(w, '@'); at > 0 && at < len(w)-1 && len(all) < maxPeople {
				all = append(all, strings.Trim(w, "<>,;\"()"))
			}
		}
	}
	return all
}

func firstMailbox(s string) string { return mailbox.FindString(s) }

// people reads a list of addresses: strictly if it is well formed, and otherwise
// whatever looks like a mailbox, with the words before it as its name.
func people(s string) []Address {
	if strings.Trim(s, " ,;<>") == "" {
		return nil
	}
	s = clip(s)
	if len(s) < 8<<10 { // what is longer is read in one pass, loosely
		parser := mail.AddressParser{}
		if found, err := parser.ParseList(escaped(s)); err == nil {
			return proper(found)
		}
	}
	return loose(s)
}

// escaped leaves encoded words for ourselves to decode.
func escaped(s string) string { return strings.ReplaceAll(s, "=?", "=\u001a?") }

func proper(found []*mail.Address) []Address {
	var all []Address
	for _, a := range found {
		if len(all) < maxPeople {
			all = append(all, Address{Name: decoded(strings.ReplaceAll(a.Name, "\u001a", "")), Mail: strings.ReplaceAll(a.Address, "\u001a", "")})
		}
	}
	return all
}

func loose(s string) []Address {
	var all []Address
	seen := map[string]bool{}
	end := 0
	for _, m := range mailbox.FindAllStringIndex(s, maxPeople) {
		name := s[end:m[0]]
		if at := strings.LastIndexAny(name, ",;:>"); at >= 0 && !strings.Contains(name[at:], `"`) {
			name = name[at+1:]
		}
		end = m[1]
		address := strings.Trim(s[m[0]:m[1]], ".'`")
		if seen[address] || strings.IndexByte(address, '@') < 1 {
			continue
		}
		seen[address] = true
		name = decoded(strings.Trim(name, " \t\"'<>(,;"))
		if !strings.ContainsFunc(name, unicode.IsLetter) {
			name = ""
		}
		all = append(all, Address{Name: name, Mail: address})
	}
	return all
}

var (
	comment = later(`\([^()]*\)`)
	layouts = []string{
		"2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04:05 MST", "2 Jan 2006 15:04:05", "2 Jan 2006 15:04 -0700", "2 Jan 2006 15:04 MST",
		"2 Jan 06 15:04:05 -0700", "2 Jan 06 15:04:05 MST", "2-Jan-2006 15:04:05 -0700", "Jan 2 15:04:05 2006", "Jan 2 15:04:05 MST 2006", "Jan 2 2006 15:04:05 -0700",
		"2006-01-02T15:04:05Z07:00", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05", "2 January 2006 15:04:05 -0700", "2 Jan 2006 15.04.05 -0700", "2 Jan 2006",
	}
)

// dateOf reads a date as mails write it, and as they ought not to. Without a zone it is
// taken as UTC.
func dateOf(s string) time.Time {
	if len(s) > 200 {
		s = s[:200]
	}
	if t, err := mail.ParseDate(s); err == nil {
		return sane(t)
	}
	s = oneLine(comment.ReplaceAllString(s, " "))
	if at := strings.IndexByte(s, ','); at >= 0 && at < 12 {
		s = strings.TrimSpace(s[at+1:])
	} else if w, after, ok := strings.Cut(s, " "); ok && len(w) >= 3 && len(w) < 10 && strings.ContainsAny(after, "0123456789") && isDay(w) {
		s = after
	}
	for _, l := range layouts {
		if t, err := time.Parse(l, s); err == nil {
			return sane(t)
		}
	}
	return time.Time{}
}

func isDay(w string) bool {
	return strings.Contains("mon tue wed thu fri sat sun", strings.ToLower(w[:3]))
}

// sane refuses years that no mail was written in.
func sane(t time.Time) time.Time {
	if t = t.UTC(); t.Year() < 1970 || t.Year() > 9999 {
		return time.Time{}
	}
	return t
}
