// Package mail lets people take part from a mail program. Each digest goes to its
// reader as an e-mail whose lines can be answered by reply or by a link; what comes in
// by SMTP, IMAP or a provider's hook is an answer, a post or a new thread, once. What
// goes out is checked again at the last moment: the reader is still there, wants mail,
// is at work, and may still read each item. Where no server is set, mail is kept in
// the outbox, where a demo shows it.
package mail

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/mail"
	"net/url"
	"strings"
	"sync"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/blob"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// The kinds of event that this package tells.
var (
	Sent     = event.Declare("mail.sent", "a digest went out by e-mail, or lies in the outbox where no mail server is set")
	Failed   = event.Declare("mail.failed", "a digest could not be sent by e-mail")
	Taken    = event.Declare("mail.taken", "something that somebody sent by e-mail was done: an answer, a post, a thread")
	Held     = event.Declare("mail.held", "a mail came in somebody's name from another address; they are asked whether they wrote it")
	Decided  = event.Declare("mail.decided", "somebody said whether a mail in their name was theirs")
	Refused  = event.Declare("mail.refused", "a mail could not be taken; its writer is told why")
	Paused   = event.Declare("mail.paused", "mail to somebody came back; nothing is sent there until they say so")
	Resumed  = event.Declare("mail.resumed", "somebody wants mail to their address again")
	Rotated  = event.Declare("mail.rotated", "somebody made all reply addresses and links that they were sent good for nothing")
	Aliased  = event.Declare("mail.aliased", "somebody said that another address is theirs too, or no longer")
	Answered = event.Declare("mail.letter", "the house wrote somebody a letter: about a mail of theirs, or to invite them")
)

// Digest is a bundle of things for one reader, without what they may not see.
type Digest struct {
	ID      id.ID
	Person  id.ID
	At      clock.Instant
	Urgency worktime.Urgency
	Heading string // of a digest that has one of its own; empty otherwise
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
	Section string        // what it stands under, in words; empty for nothing
	Sort    Sort
	Ref     event.Ref // what a reply to the line is about; none when it takes none
	Said    []Said    // all that was written; none where the excerpt is all
}

// Said is what somebody wrote, whole.
type Said struct {
	Who      string // whose words; empty where the title says it
	Markdown string
	HTML     string // of the Markdown, safe; empty where nobody rendered it yet
	Post     id.ID  // whose files go with the words; zero for none
}

// Sort is what a person chooses by how they want it.
type Sort string

// The sorts of lines.
const (
	Asks Sort = "asks" // somebody waits for the reader
	News Sort = "news" // of what the reader asked
	Info Sort = "info" // mentions, posts, conclusions
)

// Wish is how somebody wants their mail.
type Wish struct {
	Mail   bool
	Each   bool          // each ask by itself, beside the digest
	Leave  map[Sort]bool // what does not come by mail
	Plain  bool          // without HTML
	Nights bool          // they agreed to be paged outside their hours
}

// Digests finds a digest with the items that its reader may see now.
type Digests interface {
	Digest(ctx context.Context, workspace, digest id.ID) (Digest, error)
}

// Wishes knows who wants mail.
type Wishes interface {
	MailWish(ctx context.Context, workspace, person id.ID) (Wish, error)
	StopMail(ctx context.Context, workspace, person id.ID) error
}

// Options say how mail leaves the house and how it comes in.
type Options struct {
	SMTP     string // "host:port"; empty keeps mail in the outbox
	User     string // empty: no sign-in
	Password string
	From     string // "Meantime <meantime@example.org>"
	TLS      string // "starttls" (when empty), "opportunistic", "tls" from the first byte, or "none"
	Origin   string // "https://meantime.example.org": where links lead, and the host of Message-IDs
	Demo     bool   // everybody may read the outbox
	DKIM     string // the selector under which mails are signed; empty: they are not
	Enclose  int64  // bytes of files that one mail holds at most; 5 MiB when zero, none when negative

	Domain  string // all mail to it comes here; replies and spaces have addresses in it
	Address string // instead: one mailbox, "meantime+{token}@example.org"
	Listen  string // "host:port" of the SMTP door; empty: closed
	LMTP    string // "host:port" or "unix:/path" of the LMTP door
	Cert    string // files of a certificate and its key, for STARTTLS
	Key     string
	MaxSize int64 // bytes of one mail; 25 MiB when zero
	IMAP    IMAP
	Hook    string // the secret that signs POST /api/v1/mail/in; empty: closed

	Lookup func(ctx context.Context, name string) ([]string, error) // TXT records, for signatures of others; the resolver's when nil
	Hold   time.Duration                                            // for which a slow server may hold up others; 2 s when zero
}

// Neighbours are what others in the house do for this package; app fills it.
type Neighbours struct {
	Spaces   *spaces.Service
	Asks     *asks.Service
	Files    blob.Store
	Repliers describe.Repliers
	// Members lists who has an address, in all workspaces.
	Members func(ctx context.Context, q db.Queryer, address string) ([]people.Person, error)
	// Undelivered hears, once or more, that the letter about an invitation did not arrive, and why.
	Undelivered func(ctx context.Context, tx *db.Tx, invitation id.ID, why string) error
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
	box     mailbox
	near    Neighbours
	reads   Reads
	lanes   lanes
	limits  limits

	keys struct {
		sync.Mutex
		tokens key
		sign   signer
	}
}

// sender hands one written mail to a server; see smtp.go.
type sender interface {
	send(ctx context.Context, m message) error
}

// New makes the service. It fails when the options cannot work, and says which.
func New(d *db.DB, p *people.Service, digests Digests, wishes Wishes, opt Options) (*Service, error) {
	s := &Service{db: d, people: p, digests: digests, wishes: wishes, opt: opt}
	if s.opt.MaxSize == 0 {
		s.opt.MaxSize = 25 << 20
	}
	s.reads = readLetter(s.opt.MaxSize)
	if s.opt.Enclose == 0 {
		s.opt.Enclose = usuallyEnclosed
	}
	if s.opt.Hold == 0 {
		s.opt.Hold = 2 * time.Second
	}
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
	if s.box, err = newMailbox(opt.Domain, opt.Address); err != nil {
		return nil, err
	}
	if !s.box.open() && opt.Listen+opt.LMTP+opt.IMAP.Server+opt.Hook != "" {
		return nil, fmt.Errorf("mail: say where mail comes in: a domain of its own (mail-domain), or one address (mail-address)")
	}
	if opt.SMTP == "" {
		return s, nil
	}
	s.client, err = newSMTP(opt, s.host(), s.signed)
	return s, err
}

// Introduce tells the service who its neighbours are; call it before serving.
func (s *Service) Introduce(n Neighbours) {
	s.near = n
	if s.near.Repliers != nil {
		s.near.Repliers.Add(describe.Repliers{kindReceived: doubtReplier{s}})
	}
}

// tokens is the key of reply addresses and links, made when first needed.
func (s *Service) tokens(ctx context.Context) (key, error) {
	s.keys.Lock()
	defer s.keys.Unlock()
	if s.keys.tokens != nil {
		return s.keys.tokens, nil
	}
	k, err := secretOf(ctx, s.db, "tokens", randomKey)
	if err == nil {
		s.keys.tokens = k
	}
	return k, err
}

// host is what stands after the @ of Message-IDs.
func (s *Service) host() string { return s.origin.Hostname() }

// reader is to whom a mail goes.
type reader struct {
	name, address string
	zone          *time.Location
	wish          Wish
	actor         actor.Actor
}

// messageID is the same for every try of a digest, so that a mail taken twice is
// shown once.
func (s *Service) messageID(p part) string {
	name := id.Encode("dig", p.ID)
	if p.name != "" {
		name += "." + strings.NewReplacer(":", ".", "-", "").Replace(p.name)
	}
	return name + "@" + s.host()
}

// threadID is the root that the mails about one thread refer to.
func (s *Service) threadID(thread id.ID) string { return id.Encode("thr", thread) + "@" + s.host() }

// Close waits a moment for mail that is on its way.
func (s *Service) Close() { s.lanes.close(5 * time.Second) }

func randomKey() []byte {
	b := make([]byte, 32)
	_, _ = rand.Read(b)
	return b
}
