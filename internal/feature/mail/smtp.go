package mail

import (
	"context"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"strconv"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// patience bounds each step of a conversation with the server.
const patience = 20 * time.Second

// refusal is a server's last word on a message: trying again will not help.
type refusal struct{ error }

func (r refusal) Unwrap() error { return r.error }

type smtp struct{ client *gomail.Client }

func newSMTP(opt Options, helo string) (sender, error) {
	host, p, err := net.SplitHostPort(opt.SMTP)
	port, perr := strconv.Atoi(p)
	if err != nil || perr != nil || host == "" {
		return nil, fmt.Errorf("mail: the SMTP server %q is not host:port, such as mail.example.org:587", opt.SMTP)
	}
	options := []gomail.Option{
		gomail.WithPort(port), gomail.WithTimeout(patience), gomail.WithHELO(helo),
		// One message a connection: what the server says after taking it changes nothing.
		gomail.WithoutNoop(), gomail.WithoutRset(),
	}
	switch opt.TLS {
	case "", "starttls":
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case "opportunistic":
		options = append(options, gomail.WithTLSPolicy(gomail.TLSOpportunistic))
	case "tls":
		options = append(options, gomail.WithSSL())
	case "none":
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	default:
		return nil, fmt.Errorf("mail: %q is no way to encrypt; use starttls, opportunistic, tls or none", opt.TLS)
	}
	if opt.User != "" {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover),
			gomail.WithUsername(opt.User), gomail.WithPassword(opt.Password))
	}
	client, err := gomail.NewClient(host, options...)
	if err != nil {
		return nil, fmt.Errorf("mail: set up SMTP: %w", err)
	}
	return smtp{client}, nil
}

// send hands one message over. A refusal is final; any other error is worth
// another try.
func (s smtp) send(ctx context.Context, m message) error {
	msg, err := m.mime()
	if err != nil {
		return refusal{err}
	}
	conn, err := s.client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return fmt.Errorf("mail: reach the SMTP server: %w", err)
	}
	// The server's answer to the message is what counts, not how we part.
	defer func() { _ = s.client.CloseWithSMTPClient(conn) }()
	err = s.client.SendWithSMTPClient(conn, msg)
	var failed *gomail.SendError
	if errors.As(err, &failed) && failed.ErrorCode() >= 500 {
		return refusal{err}
	}
	return err
}

// mime writes the message with its headers. Everything a person wrote goes in as
// a value, never as part of a header's text.
func (m message) mime() (*gomail.Msg, error) {
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	if err := msg.EnvelopeFrom(m.sender); err != nil {
		return nil, err
	}
	if err := msg.From(m.from); err != nil {
		return nil, err
	}
	to, err := netmail.ParseAddress(m.to.address)
	if err != nil {
		return nil, err
	}
	to.Name = oneLine(m.to.name, 80)
	msg.ToMailAddress(to)
	msg.Subject(m.subject)
	msg.SetMessageIDWithValue(m.id)
	msg.SetDateWithValue(m.at.Time())
	if m.parent != "" {
		msg.SetGenHeader(gomail.HeaderInReplyTo, "<"+m.parent+">")
		msg.SetGenHeader(gomail.HeaderReferences, "<"+m.parent+">")
	}
	msg.SetGenHeaderPreformatted("List-Unsubscribe", "<"+m.stop+">")
	msg.SetGenHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetBodyString(gomail.TypeTextPlain, m.text)
	msg.AddAlternativeString(gomail.TypeTextHTML, m.html)
	return msg, nil
}
