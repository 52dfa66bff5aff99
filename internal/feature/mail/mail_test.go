package mail_test

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/jhillyerd/enmime/v2"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/feature/mail"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/blob"
	"example.org/meantime/internal/platform/bus"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
	"example.org/meantime/internal/platform/testkit"
	"example.org/meantime/worktime"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// house is a workspace with one reader, Mei, at work in UTC, and a mail server.
type house struct {
	heading   string // of the digests to come
	urgency   worktime.Urgency
	t         *testing.T
	db        *db.DB
	clock     *clock.Machine
	people    *people.Service
	spaces    *spaces.Service
	mail      *mail.Service
	jobs      *job.Runner
	followers *event.Followers
	workspace id.ID
	mei       id.ID

	mu      sync.Mutex
	digests map[id.ID]mail.Digest
	off     map[id.ID]bool
	wish    mail.Wish
	said    []describe.Words
	noWords string // why the thing takes none
	files   string // where they lie
}

func nobody(context.Context, db.Queryer, string) ([]people.Person, error) { return nil, nil }

// Offer and ReplyTx play a feature whose things can be answered.
func (h *house) Offer(context.Context, db.Queryer, actor.Actor, id.ID) (describe.Offer, error) {
	return describe.Offer{NoWords: h.noWords, Title: "A thing", Path: "/things/1", Acts: []describe.Act{{Do: describe.Yes, Label: "Approve", Says: "It will be approved."}}}, nil
}

func (h *house) ReplyTx(_ context.Context, tx *db.Tx, _ actor.Actor, _ id.ID, w describe.Words) (describe.Did, error) {
	tx.After(func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.said = append(h.said, w)
	})
	return describe.Did{Said: "Done.", Repeat: w.Line == "B > A"}, nil
}

func (h *house) heard() []describe.Words {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]describe.Words(nil), h.said...)
}

// thing is a line that can be answered.
func (h *house) thing() mail.Item {
	it := item(id.ID{})
	it.Thread, it.Sort, it.Ref = id.New(h.clock.Now()), mail.Asks, event.Ref{Kind: "thing", ID: id.New(h.clock.Now())}
	return it
}

func build(t *testing.T, d *db.DB, c *clock.Machine, opt mail.Options) *house {
	t.Helper()
	h := &house{t: t, db: d, clock: c, digests: map[id.ID]mail.Digest{}, off: map[id.ID]bool{}, workspace: id.New(c.Now())}
	h.people = people.New(d, people.Options{})
	h.files = t.TempDir()
	files, err := blob.NewFolder(h.files)
	if err != nil {
		t.Fatal(err)
	}
	h.spaces = spaces.New(d, h.people, files, spaces.Options{})
	if opt.Origin == "" {
		opt.Origin = "https://meantime.example"
	}
	if h.mail, err = mail.New(d, h.people, h, h, opt); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.mail.Close)
	h.mail.Introduce(mail.Neighbours{Spaces: h.spaces, Asks: asks.New(d, h.people, h.spaces), Files: files, Repliers: describe.Repliers{"thing": h}, Members: nobody})
	b := bus.NewLocal()
	h.jobs = job.NewRunner(d, b)
	h.mail.Jobs(h.jobs)
	h.followers = event.NewFollowers(d, b, h.mail.Followers()...)
	c.Set(clock.At(testkit.Monday.Add(3 * time.Hour))) // 10:00 UTC
	h.write(func(ctx context.Context, tx *db.Tx) error {
		return h.people.CreateWorkspaceTx(ctx, tx, "Harbour")
	})
	h.mei = h.person("Mei Lin", "mei@example.org")
	return h
}

func (h *house) write(f func(context.Context, *db.Tx) error) {
	h.t.Helper()
	if err := h.db.Write(h.t.Context(), h.workspace, f); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) person(name, address string) (person id.ID) {
	h.t.Helper()
	h.write(func(ctx context.Context, tx *db.Tx) error {
		p, err := h.people.AddTx(ctx, tx, people.NewPerson{Name: name, Email: address, Zone: "UTC"})
		person = p.ID
		return err
	})
	return person
}

// Digest and the two below play the neighbour who keeps digests and settings.
func (h *house) Digest(_ context.Context, _, digest id.ID) (mail.Digest, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	d, ok := h.digests[digest]
	if !ok {
		return d, fault.Missing("digest")
	}
	return d, nil
}

func (h *house) MailWish(_ context.Context, _, person id.ID) (mail.Wish, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	w := h.wish
	w.Mail = !h.off[person]
	return w, nil
}

func (h *house) StopMail(_ context.Context, _, person id.ID) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.off[person] = true
	return nil
}

// digest tells the log that a bundle is ready and lets everything settle.
func (h *house) digest(person id.ID, items ...mail.Item) mail.Digest {
	h.t.Helper()
	d := mail.Digest{ID: id.New(h.clock.Now()), Person: person, At: h.clock.Now(), Urgency: cmp.Or(h.urgency, worktime.Routine), Heading: h.heading, Items: items}
	h.mu.Lock()
	h.digests[d.ID] = d
	h.mu.Unlock()
	h.write(func(_ context.Context, tx *db.Tx) error {
		event.Append(tx, event.New{
			Kind: "attention.digested", Subject: event.Ref{Kind: "digests", ID: d.ID}, Concerns: []id.ID{person},
			Data: map[string]any{"digests": []id.ID{d.ID}},
		})
		return nil
	})
	h.settle()
	return d
}

func (h *house) settle() {
	h.t.Helper()
	if err := errors.Join(h.followers.Settle(h.t.Context()), h.jobs.Settle(h.t.Context())); err != nil {
		h.t.Fatal(err)
	}
}

// item is one thing asked in a thread.
func item(thread id.ID) mail.Item {
	return mail.Item{
		Title: "Ana Petrova asks you to review: the pricing page", Excerpt: "Could you look at the second tier?",
		Path: "/threads/" + id.Encode("thr", thread), Due: clock.At(testkit.Monday.Add(9 * time.Hour)), Thread: thread, Subject: "Pricing page",
	}
}

// server is a mail server on loopback: it takes what answer lets through.
type server struct {
	t      *testing.T
	addr   string
	mu     sync.Mutex
	answer func(try int) error
	hang   func(to string)
	rcpt   func(to string, try int) error // by recipient
	mind   func(e *enmime.Envelope) error // says whether a mail is taken, once it was read
	late   func(to string)                // holds the answer to a mail that is taken
	to     map[string]int                 // tries by recipient
	from   []string                       // of the envelopes, beside got
	keep   bool
	raw    []string
	tries  int
	got    []*enmime.Envelope
}

func serve(t *testing.T) *server { return serveWith(t, func(*smtp.Server) {}) }

// serveWith is serve with a say in how the server stands.
func serveWith(t *testing.T, more func(*smtp.Server)) *server {
	t.Helper()
	s := &server{t: t}
	back := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &session{server: s}, nil }))
	back.Domain, back.AllowInsecureAuth = "localhost", true
	more(back)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.addr = l.Addr().String()
	done := make(chan struct{})
	go func() { defer close(done); _ = back.Serve(l) }()
	t.Cleanup(func() { _ = back.Close(); <-done })
	return s
}

// hangOn has the server say nothing to recipients whose address begins so, until the
// channel is closed.
func (s *server) hangOn(begins string) chan struct{} {
	let := make(chan struct{})
	s.hang = func(to string) {
		if strings.HasPrefix(to, begins) {
			<-let
		}
	}
	return let
}

func (s *server) mails() []*enmime.Envelope {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]*enmime.Envelope(nil), s.got...)
}

type session struct {
	*server
	sender, to string
}

func (*session) Reset()        {}
func (*session) Logout() error { return nil }
func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.sender = from
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if s.hang != nil {
		s.hang(to)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tries++
	if s.server.to == nil {
		s.server.to = map[string]int{}
	}
	s.server.to[to]++
	s.to = to
	switch {
	case s.answer != nil:
		return s.answer(s.tries)
	case s.rcpt != nil:
		return s.rcpt(to, s.server.to[to])
	}
	return nil
}

func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	e, err := enmime.ReadEnvelope(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	if s.mind != nil {
		if err := s.mind(e); err != nil {
			return err
		}
	}
	if s.late != nil {
		defer s.late(s.to)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.got, s.from = append(s.got, e), append(s.from, s.sender)
	if s.keep {
		s.raw = append(s.raw, string(raw))
	}
	return nil
}
