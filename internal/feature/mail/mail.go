// Package mail sends each digest to its reader as an e-mail, in text and HTML,
// through any SMTP server. Where none is set, the mail is kept in the outbox,
// where a demo shows it. What goes out is checked again at the last moment: the
// reader is still there, wants mail, is at work, and may still read each item.
package mail

import (
	"context"
	"fmt"
	"net/mail"
	"net/url"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// The kinds of event that this package tells.
var (
	Sent   = event.Declare("mail.sent", "a digest went out by e-mail, or lies in the outbox where no mail server is set")
	Failed = event.Declare("mail.failed", "a digest could not be sent by e-mail")
)

// Digest is a bundle of things for one reader, without what they may not see.
type Digest struct {
	ID      id.ID
	Person  id.ID
	At      clock.Instant
	Urgency worktime.Urgency
	Items   []Item
}

// Item is one line of a digest.
type Item struct {
	Title   string        // one line: what it is, who it is from
	Excerpt string        // a line of the thing itself; may be empty
	Path    string        // "/threads/thr_…#post_…", on our own origin
	Due     clock.Instant // the reader's own; zero for none
	Thread  id.ID         // the thread it belongs to; zero for none
	Subject string        // that thread's title
}

// Digests finds a digest with the items that its reader may see now.
type Digests interface {
	Digest(ctx context.Context, workspace, digest id.ID) (Digest, error)
}

// Wishes knows who wants mail.
type Wishes interface {
	WantsMail(ctx context.Context, workspace, person id.ID) (bool, error)
	StopMail(ctx context.Context, workspace, person id.ID) error
}

// Options say how mail leaves the house.
type Options struct {
	SMTP     string // "host:port"; empty keeps mail in the outbox
	User     string // empty: no sign-in
	Password string
	From     string // "Meantime <meantime@example.org>"
	TLS      string // "starttls" (when empty), "opportunistic", "tls" from the first byte, or "none"
	Origin   string // "https://meantime.example.org": where links lead, and the host of Message-IDs
	Demo     bool   // everybody may read the outbox
}

// Service writes and sends mail.
type Service struct {
	db      *db.DB
	people  *people.Service
	digests Digests
	wishes  Wishes
	opt     Options
	from    *mail.Address
	origin  *url.URL
	client  sender // nil: the outbox keeps everything
}

// sender hands one written mail to a server; see smtp.go.
type sender interface {
	send(ctx context.Context, m message) error
}

// New makes the service. It fails when the options cannot work, and says which.
func New(d *db.DB, p *people.Service, digests Digests, wishes Wishes, opt Options) (*Service, error) {
	s := &Service{db: d, people: p, digests: digests, wishes: wishes, opt: opt}
	var err error
	if s.origin, err = url.Parse(opt.Origin); err != nil || s.origin.Hostname() == "" {
		return nil, fmt.Errorf("mail: the origin %q is not an address such as https://meantime.example.org", opt.Origin)
	}
	from := opt.From
	if from == "" {
		from = "Meantime <meantime@" + s.host() + ">"
	}
	if s.from, err = mail.ParseAddress(from); err != nil {
		return nil, fmt.Errorf("mail: the sender %q is not an address such as Meantime <meantime@example.org>", opt.From)
	}
	if opt.SMTP == "" {
		return s, nil
	}
	s.client, err = newSMTP(opt, s.host())
	return s, err
}

// host is what stands after the @ of Message-IDs.
func (s *Service) host() string { return s.origin.Hostname() }

// reader is to whom a mail goes.
type reader struct {
	name, address string
	zone          *time.Location
}

// messageID is the same for every try of a digest, so that a mail taken twice is
// shown once.
func (s *Service) messageID(digest id.ID) string { return id.Encode("dig", digest) + "@" + s.host() }

// threadID is the root that the mails about one thread refer to.
func (s *Service) threadID(thread id.ID) string { return id.Encode("thr", thread) + "@" + s.host() }
