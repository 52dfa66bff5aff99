package journeys_test

import (
	"fmt"
	"io"
	"net"
	netsmtp "net/smtp"
	"strings"
	"sync"
	"testing"
	"time"

	gosmtp "github.com/emersion/go-smtp"
	"github.com/jhillyerd/enmime/v2"

	"example.org/meantime/internal/app"
	"example.org/meantime/internal/platform/clock"
)

// postOffice is the rest of the world's mail: a server that takes what the house
// sends, and a way to send mail to the house's own door.
type postOffice struct {
	t    *testing.T
	door string // where the house takes mail

	mu   sync.Mutex
	got  []*enmime.Envelope
	from []string // of the envelopes, beside got
	at   []time.Time
	next int

	clock *clock.Machine
	later func() bool // says whether the server puts a mail off

	unknown string // whom the server has no mailbox for
}

// byMail opens the house's door for mail and takes what it sends.
func byMail(t *testing.T, o *app.Options) *postOffice {
	t.Helper()
	p := &postOffice{t: t}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := gosmtp.NewServer(gosmtp.BackendFunc(func(*gosmtp.Conn) (gosmtp.Session, error) { return &letterbox{postOffice: p}, nil }))
	server.Domain = "world.example"
	done := make(chan struct{})
	go func() { defer close(done); _ = server.Serve(l) }()
	t.Cleanup(func() { _ = server.Close(); <-done })
	o.SMTP = app.SMTP{SMTP: l.Addr().String(), TLS: "none", Domain: "in.northwind.example"}
	return p
}

// open lets mail in to a house that stands.
func (p *postOffice) open(w *world) {
	p.t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		p.t.Fatal(err)
	}
	p.door, p.clock = l.Addr().String(), w.clock
	ctx, done := w.t.Context(), make(chan struct{})
	go func() { defer close(done); _ = w.app.Mail.ServeSMTP(ctx, l, false) }()
	w.t.Cleanup(func() { _ = l.Close(); <-done })
}

type letterbox struct {
	*postOffice
	sender string
}

func (*letterbox) Reset()        {}
func (*letterbox) Logout() error { return nil }
func (b *letterbox) Mail(from string, _ *gosmtp.MailOptions) error {
	b.sender = from
	return nil
}

func (b *letterbox) Rcpt(to string, _ *gosmtp.RcptOptions) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if to == b.unknown {
		return &gosmtp.SMTPError{Code: 550, EnhancedCode: gosmtp.EnhancedCode{5, 1, 1}, Message: "No such user"}
	}
	if b.later != nil && b.later() {
		return &gosmtp.SMTPError{Code: 451, EnhancedCode: gosmtp.EnhancedCode{4, 7, 1}, Message: "Greylisted"}
	}
	return nil
}

func (b *letterbox) Data(r io.Reader) error {
	e, err := enmime.ReadEnvelope(r)
	if err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.got, b.from = append(b.got, e), append(b.from, b.sender)
	if b.clock != nil {
		b.at = append(b.at, b.clock.Now().Time())
	}
	return nil
}

// to lists what was sent to somebody, oldest first.
func (p *postOffice) to(address string) (out []*enmime.Envelope) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, e := range p.got {
		if to := e.GetHeader("To"); strings.HasPrefix(to, address) || strings.Contains(to, "<"+address) {
			out = append(out, e)
		}
	}
	return out
}

// last is the newest mail to somebody.
func (p *postOffice) last(address string) *enmime.Envelope {
	p.t.Helper()
	list := p.to(address)
	if len(list) == 0 {
		p.t.Fatalf("there is no mail to %s", address)
	}
	return list[len(list)-1]
}

// draft is a mail as a mail program writes it.
type draft struct {
	from, to, cc, subject, text string
	answers                     *enmime.Envelope
	id                          string
	header                      string // more of it, each line ended
}

func (p *postOffice) raw(d draft) string {
	p.mu.Lock()
	p.next++
	if d.id == "" {
		d.id = fmt.Sprintf("m%d@northwind.example", p.next)
	}
	p.mu.Unlock()
	var b strings.Builder
	fmt.Fprintf(&b, "From: %s\r\nTo: %s\r\n", d.from, d.to)
	if d.cc != "" {
		fmt.Fprintf(&b, "Cc: %s\r\n", d.cc)
	}
	if d.answers != nil {
		id := d.answers.GetHeader("Message-Id")
		fmt.Fprintf(&b, "In-Reply-To: %s\r\nReferences: %s %s\r\n", id, d.answers.GetHeader("References"), id)
		if d.subject == "" {
			d.subject = "Re: " + d.answers.GetHeader("Subject")
		}
	}
	fmt.Fprintf(&b, "Subject: %s\r\nMessage-ID: <%s>\r\nDate: Fri, 09 Oct 2026 15:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n%s\r\n%s\r\n", d.subject, d.id, d.header, strings.ReplaceAll(d.text, "\n", "\r\n"))
	return b.String()
}

// send hands a mail to the house's door, as a mail server does.
func (p *postOffice) send(d draft) error {
	p.t.Helper()
	if d.answers != nil && d.to == "" {
		d.to = d.answers.GetHeader("Reply-To")
	}
	to := strings.Trim(d.to[strings.LastIndexByte(d.to, ' ')+1:], "<>")
	sender := strings.Trim(d.from[strings.LastIndexByte(d.from, ' ')+1:], "<>")
	return netsmtp.SendMail(p.door, nil, sender, []string{to}, []byte(p.raw(d)))
}

func (p *postOffice) sent(d draft) {
	p.t.Helper()
	if err := p.send(d); err != nil {
		p.t.Fatal(err)
	}
}
