// Package letter says what a received mail says: who wrote it to whom, the author's
// own words without the quotes beneath them, what is enclosed, and whether a person,
// a machine or a mailing list sent it. It reads bytes from strangers, so it never
// panics, and what it spends is bounded by Limits.
package letter

import (
	"bytes"
	"fmt"
	"time"

	"example.org/meantime/internal/platform/fault"
)

// Marker is the line that mails of ours begin with. Whatever stands beneath it in an
// answer is ours, and is cut first.
const Marker = "– Reply above this line –"

// Limits bound what reading one mail may cost. A field left at zero takes its default.
type Limits struct {
	Bytes       int // of the raw mail; a longer one is refused (default 20 MiB; reading takes about four times as much)
	Text        int // bytes of text kept from one part; the rest is left out (default 1 MiB)
	Parts       int // parts looked at; more are left out (default 500)
	Attachments int // enclosed files kept (default 100)
}

func (l Limits) filled() Limits {
	fill := func(n *int, usual int) {
		if *n <= 0 {
			*n = usual
		}
	}
	fill(&l.Bytes, 20<<20)
	fill(&l.Text, 1<<20)
	fill(&l.Parts, 500)
	fill(&l.Attachments, 100)
	return l
}

// Address is a mailbox and the name that was written beside it.
type Address struct {
	Name string
	Mail string // as written; compare it without regard to case
}

// Kind says who or what wrote.
type Kind string

// The kinds of letter. Only a Person's is meant to be posted.
const (
	Person    Kind = "person"
	AutoReply Kind = "auto_reply" // out of office, receipts, and whatever else a machine answers
	Bounce    Kind = "bounce"     // a report about a mail of ours that was (or was not) delivered
	Complaint Kind = "complaint"  // a reader called our mail unwanted
	List      Kind = "list"       // mailing lists and bulk mail
)

// Why says why something was left out of Said.
type Why string

// The reasons for hiding something.
const (
	Quote     Why = "quote"     // what the author answers to
	Forward   Why = "forward"   // another's letter passed on
	Signature Why = "signature" // beneath "-- ", "Sent from my …"
	Footer    Why = "footer"    // what a mailing list or a provider adds
)

// Hidden is a piece of the letter that is not in Said.
type Hidden struct {
	Why  Why
	Text string
}

// Attachment is an enclosed file.
type Attachment struct {
	Name      string // a bare file name, never a path; never empty
	Type      string // media type without parameters, lower case
	ContentID string // without angle brackets; "" unless the text may show it
	Inline    bool   // the text of the letter shows it, as ![name](cid:…)
	Content   []byte // nil for what could not be decoded
}

// Letter is a mail that was read.
type Letter struct {
	MessageID  string   // without angle brackets, like the two below
	InReplyTo  []string // usually one
	References []string // oldest first

	From     []Address
	Sender   []Address
	ReplyTo  []Address
	To       []Address
	Cc       []Address
	Envelope []string // mailboxes from Delivered-To, X-Original-To and their like, in that order
	Return   string   // the mailbox of Return-Path; "" if it is absent or "<>"
	NullPath bool     // Return-Path is "<>": nobody may answer

	Subject string    // decoded, on one line
	Title   string    // Subject without Re:, Fwd:, AW: and their like
	Date    time.Time // UTC; zero when it cannot be read

	Said        string   // the author's own words as Markdown, without blank lines at either end
	Whole       string   // everything readable, nothing cut
	Cut         []Hidden // what Whole has and Said has not, in its order
	Attachments []Attachment

	Kind     Kind
	Reasons  []string // why Kind is not Person, in words for operators
	Report   *Report  // of a Bounce or Complaint; nil otherwise
	Warnings []string // what was wrong with the mail and was read around
}

// Read reads one mail as it came off the wire. It fails with a fault for a mail that
// is empty (letter_empty) or beyond the limits (letter_too_large); anything else, however
// broken, gives as much of a letter as there is, with what was wrong in Warnings.
func Read(raw []byte, limits Limits) (l Letter, err error) {
	limits = limits.filled()
	if len(raw) > limits.Bytes {
		return Letter{}, fault.Newf(fault.TooLarge, "letter_too_large",
			"This mail has %d bytes; at most %d are read. Send large files another way.", len(raw), limits.Bytes)
	}
	if len(bytes.TrimSpace(raw)) == 0 {
		return Letter{}, fault.New(fault.Invalid, "letter_empty", "This mail is empty.")
	}
	opened := open(raw, limits)
	l = opened.envelope()
	b := opened.body()
	l.Attachments = opened.attachments(b.shown)
	l.Warnings = opened.warnings
	l.Whole = b.whole
	l.Said, l.Cut = b.said(l.author())
	opened.judge(&l)
	return l, nil
}

// author is the name that the author signs with, as far as the header tells.
func (l *Letter) author() string {
	if len(l.From) == 0 {
		return ""
	}
	return l.From[0].Name
}

func (a Address) String() string {
	if a.Name == "" {
		return a.Mail
	}
	return fmt.Sprintf("%s <%s>", a.Name, a.Mail)
}
