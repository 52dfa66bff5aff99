package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strings"
	"sync/atomic"
	"time"

	gosmtp "github.com/emersion/go-smtp"

	"example.org/meantime/internal/platform/fault"
)

const (
	mostRecipients = 50
	mostSessions   = 200 // at once, at one door
)

// ServeSMTP takes mail on a listener by SMTP, or by LMTP, until the context ends. Only
// addresses of ours are taken, and no mail is passed on anywhere.
func (s *Service) ServeSMTP(ctx context.Context, l net.Listener, lmtp bool) error {
	door := &smtpDoor{Service: s, ctx: ctx, name: "smtp"}
	server := gosmtp.NewServer(door)
	server.Domain, server.LMTP = s.host(), lmtp
	server.MaxMessageBytes, server.MaxRecipients = s.opt.MaxSize, mostRecipients
	server.ReadTimeout, server.WriteTimeout = 5*time.Minute, time.Minute
	server.ErrorLog = slog.NewLogLogger(slog.Default().Handler(), slog.LevelDebug)
	if lmtp {
		door.name = "lmtp"
	}
	if s.opt.Cert != "" {
		pair, err := tls.LoadX509KeyPair(s.opt.Cert, s.opt.Key)
		if err != nil {
			return fmt.Errorf("mail: the certificate for STARTTLS cannot be read: %w", err)
		}
		server.TLSConfig = &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}
	}
	ended := make(chan struct{})
	defer close(ended)
	go func() {
		select {
		case <-ctx.Done():
			down, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
			defer cancel()
			if server.Shutdown(down) != nil {
				_ = server.Close()
			}
		case <-ended:
		}
	}()
	err := server.Serve(l)
	if ctx.Err() != nil || errors.Is(err, gosmtp.ErrServerClosed) {
		return nil
	}
	return fmt.Errorf("mail: %s: %w", door.name, err)
}

type smtpDoor struct {
	*Service
	ctx      context.Context //nolint:containedctx // of the door, for its sessions
	name     string
	sessions atomic.Int64
}

// NewSession begins a conversation.
func (d *smtpDoor) NewSession(c *gosmtp.Conn) (gosmtp.Session, error) {
	host, _, err := net.SplitHostPort(c.Conn().RemoteAddr().String())
	if err != nil || d.name == "lmtp" {
		host = "" // a mail server of our own; it has limits itself
	}
	if d.sessions.Add(1) > mostSessions {
		d.sessions.Add(-1)
		return nil, later("4.3.2", "Too many connections; come back in a while")
	}
	return &smtpSession{door: d, host: host}, nil
}

func later(status, words string) error {
	var s gosmtp.EnhancedCode
	_, _ = fmt.Sscanf(status, "%d.%d.%d", &s[0], &s[1], &s[2])
	code := 450
	if status == "4.3.2" {
		code = 421
	}
	return &gosmtp.SMTPError{Code: code, EnhancedCode: s, Message: words}
}

type smtpSession struct {
	door *smtpDoor
	host string
	from string
	to   []string
	over bool
}

// Mail notes who sends.
func (s *smtpSession) Mail(from string, _ *gosmtp.MailOptions) error {
	now := s.door.db.Clock().Now()
	if s.host != "" && !s.door.limits.take(now, "machine "+s.host, mostFromMachine) ||
		from != "" && !s.door.limits.take(now, "sender "+strings.ToLower(from), mostFromSender) {
		return later("4.7.1", "Too much mail in an hour; come back later")
	}
	s.from = from
	return nil
}

// Rcpt takes addresses of ours and no others.
func (s *smtpSession) Rcpt(to string, _ *gosmtp.RcptOptions) error {
	if err := s.door.Recipient(s.door.ctx, to); err != nil {
		return reply(err)
	}
	s.to = append(s.to, to)
	return nil
}

// Data takes the mail: the answer is yes once it is on the disk for every recipient.
func (s *smtpSession) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	for _, to := range s.to {
		if err := s.take(to, raw); err != nil {
			return err
		}
	}
	return nil
}

// LMTPData is Data with an answer for each recipient.
func (s *smtpSession) LMTPData(r io.Reader, status gosmtp.StatusCollector) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	for _, to := range s.to {
		status.SetStatus(to, s.take(to, raw))
	}
	return nil
}

func (s *smtpSession) take(to string, raw []byte) error {
	return reply(s.door.Accept(s.door.ctx, Envelope{Door: s.door.name, Sender: s.from, Recipient: to}, raw))
}

// Reset forgets the mail under way.
func (s *smtpSession) Reset() { s.from, s.to = "", nil }

// Logout ends the conversation.
func (s *smtpSession) Logout() error {
	if !s.over {
		s.over = true
		s.door.sessions.Add(-1)
	}
	return nil
}

// reply says in SMTP's words what became of a mail.
func reply(err error) error {
	switch f := fault.As(err); {
	case err == nil:
		return nil
	case f == nil:
		slog.Error("mail: a mail could not be taken in", "error", err)
		return &gosmtp.SMTPError{Code: 451, EnhancedCode: gosmtp.EnhancedCode{4, 3, 0}, Message: "Not now; please try again later"}
	case f.Kind == fault.TooLarge:
		return &gosmtp.SMTPError{Code: 552, EnhancedCode: gosmtp.EnhancedCode{5, 3, 4}, Message: f.Sentence}
	default:
		return &gosmtp.SMTPError{Code: 550, EnhancedCode: gosmtp.EnhancedCode{5, 1, 1}, Message: f.Sentence}
	}
}
