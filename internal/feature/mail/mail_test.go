package mail_test

import (
	"context"
	"errors"
	"io"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/jhillyerd/enmime/v2"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/feature/mail"
	"example.org/meantime/internal/platform/bus"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
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
	t         *testing.T
	db        *db.DB
	clock     *clock.Machine
	people    *people.Service
	mail      *mail.Service
	jobs      *job.Runner
	followers *event.Followers
	workspace id.ID
	mei       id.ID

	mu      sync.Mutex
	digests map[id.ID]mail.Digest
	off     map[id.ID]bool
}

func build(t *testing.T, d *db.DB, c *clock.Machine, opt mail.Options) *house {
	t.Helper()
	h := &house{t: t, db: d, clock: c, digests: map[id.ID]mail.Digest{}, off: map[id.ID]bool{}, workspace: id.New(c.Now())}
	h.people = people.New(d, people.Options{})
	if opt.Origin == "" {
		opt.Origin = "https://meantime.example"
	}
	var err error
	if h.mail, err = mail.New(d, h.people, h, h, opt); err != nil {
		t.Fatal(err)
	}
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

func (h *house) WantsMail(_ context.Context, _, person id.ID) (bool, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return !h.off[person], nil
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
	d := mail.Digest{ID: id.New(h.clock.Now()), Person: person, At: h.clock.Now(), Urgency: worktime.Routine, Items: items}
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
	tries  int
	got    []*enmime.Envelope
}

func serve(t *testing.T) *server {
	t.Helper()
	s := &server{t: t}
	back := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return session{s}, nil }))
	back.Domain, back.AllowInsecureAuth = "localhost", true
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

func (s *server) mails() []*enmime.Envelope {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]*enmime.Envelope(nil), s.got...)
}

type session struct{ *server }

func (session) Reset()                               {}
func (session) Logout() error                        { return nil }
func (session) Mail(string, *smtp.MailOptions) error { return nil }
func (s session) Rcpt(_ string, _ *smtp.RcptOptions) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tries++
	if s.answer != nil {
		return s.answer(s.tries)
	}
	return nil
}

func (s session) Data(r io.Reader) error {
	e, err := enmime.ReadEnvelope(r)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.got = append(s.got, e)
	return nil
}
