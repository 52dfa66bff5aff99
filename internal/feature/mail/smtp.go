package mail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"net/textproto"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
	gosmtp "github.com/wneessen/go-mail/smtp"
)

// patience bounds each step of a conversation with the server.
const patience = 20 * time.Second

// slowLine is how many bytes a second the slowest line carries that we wait for.
const slowLine = 128 << 10

// refusal is a server's last word on a message: trying again will not help.
type refusal struct {
	error
	address bool // because of the address, not because of the mail
	content bool // once the mail itself lay before the server
}

func (r refusal) Unwrap() error { return r.error }

type smtp struct {
	client *gomail.Client
	sign   func(ctx context.Context, raw []byte) ([]byte, error)
}

func newSMTP(opt Options, helo string, sign func(context.Context, []byte) ([]byte, error)) (sender, error) {
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
	return smtp{client, sign}, nil
}

// send hands one message over. A refusal is final; any other error is worth
// another try.
func (s smtp) send(ctx context.Context, m message) error {
	to, err := netmail.ParseAddress(m.to.address)
	if err != nil {
		return refusal{error: err}
	}
	raw, err := m.bytes()
	if err != nil {
		return refusal{error: err}
	}
	if raw, err = s.sign(ctx, raw); err != nil {
		return err
	}
	conn, err := s.client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return fmt.Errorf("mail: reach the SMTP server: %w", err)
	}
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
	// The server's answer to the message is what counts, not how we part.
	defer func() {
		_ = conn.UpdateDeadline(2 * time.Second)
		_ = s.client.CloseWithSMTPClient(conn)
	}()
	return final(converse(conn, m.sender, to.Address, raw))
}

// converse says who, to whom and what; each step has its own patience. last is the
// step that an error came from.
func converse(conn *gosmtp.Client, from, to string, raw []byte) (last string, err error) {
	steps := []struct {
		name string
		do   func() error
	}{
		{"MAIL", func() error { return conn.Mail("<" + from + ">") }},
		{"RCPT", func() error { return conn.Rcpt("<" + to + ">") }},
		{"DATA", func() error {
			w, err := conn.Data()
			if err != nil {
				return err
			}
			if _, err := w.Write(raw); err != nil {
				return err
			}
			return w.Close()
		}},
	}
	for _, step := range steps {
		// A large mail on a slow line takes its time.
		if err := conn.UpdateDeadline(patience + time.Duration(len(raw)/slowLine)*time.Second); err != nil {
			return step.name, err
		}
		if err := step.do(); err != nil {
			return step.name, err
		}
	}
	return "", nil
}

// final says which errors are the server's last word.
func final(step string, err error) error {
	var said *textproto.Error
	if err == nil || !errors.As(err, &said) || said.Code < 500 {
		return err
	}
	return refusal{error: fmt.Errorf("%s: %w", step, err), address: aboutAddress(step, said), content: step == "DATA"}
}

// aboutAddress says whether a refusal means that nobody is there. Policies (5.7.x) and
// the mail's own faults are not about the address.
func aboutAddress(step string, e *textproto.Error) bool {
	status, _, _ := strings.Cut(strings.TrimSpace(e.Msg), " ")
	if strings.Count(status, ".") == 2 && strings.HasPrefix(status, "5.") {
		return strings.HasPrefix(status, "5.1.") && status != "5.1.7" && status != "5.1.8" || status == "5.2.1"
	}
	return step == "RCPT" && (e.Code == 550 || e.Code == 551 || e.Code == 553)
}

// bytes writes the message with its headers. Everything a person wrote goes in as
// a value, never as part of a header's text.
func (m message) bytes() ([]byte, error) {
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	if err := msg.From(m.from); err != nil {
		return nil, err
	}
	to, err := netmail.ParseAddress(m.to.address)
	if err != nil {
		return nil, err
	}
	to.Name = oneLine(m.to.name, 80)
	msg.ToMailAddress(to)
	if m.replyTo != "" {
		if err := msg.ReplyTo(m.replyTo); err != nil {
			return nil, err
		}
	}
	msg.Subject(m.subject)
	msg.SetMessageIDWithValue(m.id)
	msg.SetDateWithValue(m.at.Time())
	if n := len(m.refs); n > 0 {
		msg.SetGenHeader(gomail.HeaderInReplyTo, "<"+m.refs[n-1]+">")
		msg.SetGenHeader(gomail.HeaderReferences, "<"+strings.Join(m.refs, "> <")+">")
	}
	if m.stop != "" {
		msg.SetGenHeaderPreformatted("List-Unsubscribe", "<"+m.stop+">")
		msg.SetGenHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
	}
	msg.SetGenHeader("Auto-Submitted", m.auto)
	msg.SetBodyString(gomail.TypeTextPlain, m.text)
	if m.html != "" {
		msg.AddAlternativeString(gomail.TypeTextHTML, m.html)
	}
	for _, f := range m.files {
		if err := f.into(msg, m.html != ""); err != nil {
			return nil, err
		}
	}
	var b bytes.Buffer
	_, err = msg.WriteTo(&b)
	return b.Bytes(), err
}

// into puts a file into a mail: a picture that the text shows beside the text, any other
// at its end.
func (x enclosure) into(msg *gomail.Msg, html bool) error {
	options := []gomail.FileOption{gomail.WithFileContentType(gomail.ContentType(x.typeOf())), gomail.WithFileEncoding(gomail.EncodingB64)}
	if x.shown && html {
		return msg.EmbedReader(x.Name, bytes.NewReader(x.content), append(options, gomail.WithFileContentID(x.contentID))...)
	}
	return msg.AttachReader(x.Name, bytes.NewReader(x.content), options...)
}
