package mail

import (
	"regexp"
	"strings"
	"time"

	"example.org/meantime/internal/platform/letter"
)

// Kind says what sort of mail came in.
type Kind string

// The sorts of mail. Only what a Person wrote ever becomes a post.
const (
	Person    Kind = "person"
	AutoReply Kind = "auto_reply"
	Bounce    Kind = "bounce"
	Complaint Kind = "complaint"
	List      Kind = "list"
)

// Letter is a mail that came in, read.
type Letter struct {
	MessageID   string   // without angle brackets, like the two below
	InReplyTo   []string // usually one
	References  []string // oldest first
	From        []Address
	To, Cc      []Address
	Envelope    []string // where it was delivered to, from Delivered-To and the like
	Subject     string
	Date        time.Time // zero when it cannot be read
	Title       string    // Subject without Re: and its like
	Said        string    // the writer's own words as Markdown, quotes and signature cut
	Whole       string    // everything readable
	Passed      string    // of Whole: another's letter that the writer passes on
	Attachments []Attachment
	Kind        Kind
	Hard        bool     // of a Bounce: it will never arrive
	Status      string   // of a Bounce: what the other server said
	Failed      []string // of a Bounce: the addresses that it is about
}

// Address is an address with the name beside it.
type Address struct{ Name, Mail string }

// Attachment is a file in a mail.
type Attachment struct {
	Name, Type string
	ContentID  string // of a picture that the text shows as ![name](cid:…)
	Content    []byte
}

// Reads makes a Letter of the bytes of a mail. What cannot be read at all is a fault.
type Reads func(raw []byte) (Letter, error)

// writer is the address that the mail says it is from; empty when it names none or
// several.
func (l Letter) writer() string {
	if len(l.From) != 1 {
		return ""
	}
	return l.From[0].Mail
}

// readLetter reads a mail with platform/letter, within limits that one mail of most
// bytes may cost.
func readLetter(most int64) Reads {
	return func(raw []byte) (Letter, error) {
		l, err := letter.Read(raw, letter.Limits{Bytes: int(most)})
		if err != nil {
			return Letter{}, err
		}
		out := Letter{
			MessageID: l.MessageID, InReplyTo: l.InReplyTo, References: l.References, From: addresses(l.From), To: addresses(l.To), Cc: addresses(l.Cc),
			Envelope: l.Envelope, Subject: l.Subject, Date: l.Date, Title: l.Title, Said: l.Said, Whole: l.Whole, Kind: Kind(l.Kind),
		}
		out.Passed = passed(l)
		for _, a := range l.Attachments {
			if a.Content != nil {
				out.Attachments = append(out.Attachments, Attachment{a.Name, a.Type, a.ContentID, a.Content})
			}
		}
		if l.Report != nil {
			out.Hard = l.Report.Hard()
			for _, r := range l.Report.Recipients {
				if r.Action != "failed" && l.Kind == letter.Bounce {
					continue // it arrived, or may still
				}
				out.Failed = append(out.Failed, r.Mail)
				out.Status = firstOf(r.Diagnostic, r.Status, out.Status)
			}
			if len(l.Report.Recipients) > 0 && len(out.Failed) == 0 {
				out.Kind = AutoReply
			}
		}
		return out, nil
	}
}

var forwarded = regexp.MustCompile(`(?i)^\s*(?:re:\s*)*(?:fwd?|wg|tr|rv|i|enc|doorst|vb|vs|pd|转发|轉寄|転送)\s*:`)

// passed is what was cut because it is somebody else's letter. Some programs set it in
// like a quote: then the subject says that it is passed on.
func passed(l letter.Letter) string {
	var out []string
	for _, c := range l.Cut {
		if c.Why == letter.Forward || c.Why == letter.Quote && forwarded.MatchString(l.Subject) {
			out = append(out, strings.Trim(c.Text, "\n"))
		}
	}
	return strings.TrimSpace(strings.Join(out, "\n\n"))
}

func addresses(list []letter.Address) (out []Address) {
	for _, a := range list {
		out = append(out, Address{a.Name, a.Mail})
	}
	return out
}
