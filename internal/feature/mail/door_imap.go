package mail

import (
	"context"
	"crypto/tls"
	"fmt"
	"log/slog"
	"net"
	netmail "net/mail"
	"slices"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/fault"
)

// IMAP is a mailbox that is looked into for mail.
type IMAP struct {
	Server   string // "host:port"; empty: none is looked into
	User     string
	Password string
	TLS      string        // "tls" (when empty), "starttls" or "none"
	Folder   string        // INBOX when empty
	Done     string        // where mail goes once it was taken; empty leaves it, marked as read
	Every    time.Duration // a minute when zero
}

const (
	imapWithin = 2 * time.Minute // one look, from dialling to the end
	imapMost   = 50              // mails in one look
)

// Poll looks into the mailbox now and then until the context ends. What goes wrong is
// logged, and tried again.
func (s *Service) Poll(ctx context.Context) error {
	every := s.opt.IMAP.Every
	if every == 0 {
		every = time.Minute
	}
	c := clock.System{}
	for failed := 0; ctx.Err() == nil; {
		n, err := s.Look(ctx)
		wait := every
		switch {
		case err != nil && ctx.Err() == nil:
			failed = min(failed+1, 10)
			wait += time.Duration(failed*failed) * 10 * time.Second
			slog.Warn("mail: the mailbox could not be read and is tried again", "server", s.opt.IMAP.Server, "error", err)
		case n == imapMost:
			failed, wait = 0, 0
		default:
			failed = 0
		}
		_ = c.Wait(ctx, c.Now().Add(wait))
	}
	return nil
}

// Look takes in what lies unread in the mailbox, and says how much that was. A mail is
// marked after it is safe here; when the server dies in between it is seen again, and
// known.
func (s *Service) Look(ctx context.Context) (n int, err error) {
	ctx, cancel := context.WithTimeout(ctx, imapWithin)
	defer cancel()
	c, err := s.dialIMAP(ctx)
	if err != nil {
		return 0, err
	}
	defer context.AfterFunc(ctx, func() { _ = c.Close() })()
	defer func() { _ = c.Close() }()
	if err := c.Login(s.opt.IMAP.User, s.opt.IMAP.Password).Wait(); err != nil {
		return 0, fmt.Errorf("mail: sign in to the mailbox: %w", err)
	}
	folder := firstOf(s.opt.IMAP.Folder, "INBOX")
	if _, err := c.Select(folder, nil).Wait(); err != nil {
		return 0, fmt.Errorf("mail: open the folder %q: %w", folder, err)
	}
	found, err := c.UIDSearch(&imap.SearchCriteria{NotFlag: []imap.Flag{imap.FlagSeen, imap.FlagDeleted}}, nil).Wait()
	if err != nil {
		return 0, fmt.Errorf("mail: look for unread mail: %w", err)
	}
	for _, uid := range found.AllUIDs() {
		if n == imapMost {
			break
		}
		if err := s.fetch(ctx, c, uid); err != nil {
			return n, err
		}
		n++
	}
	return n, c.Logout().Wait()
}

func (s *Service) dialIMAP(ctx context.Context) (*imapclient.Client, error) {
	host, _, err := net.SplitHostPort(s.opt.IMAP.Server)
	if err != nil {
		return nil, fmt.Errorf("mail: the IMAP server %q is not host:port, such as imap.example.org:993", s.opt.IMAP.Server)
	}
	conn, err := (&net.Dialer{Timeout: patience}).DialContext(ctx, "tcp", s.opt.IMAP.Server)
	if err != nil {
		return nil, fmt.Errorf("mail: reach the mailbox: %w", err)
	}
	secure := &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12}
	switch s.opt.IMAP.TLS {
	case "", "tls":
		return imapclient.New(tls.Client(conn, secure), nil), nil
	case "starttls":
		return imapclient.NewStartTLS(conn, &imapclient.Options{TLSConfig: secure})
	case "none":
		return imapclient.New(conn, nil), nil
	}
	_ = conn.Close()
	return nil, fmt.Errorf("mail: %q is no way to encrypt; use tls, starttls or none", s.opt.IMAP.TLS)
}

// fetch takes one mail in for each address of ours that it was sent to.
func (s *Service) fetch(ctx context.Context, c *imapclient.Client, uid imap.UID) error {
	one := imap.UIDSetNum(uid)
	size, err := c.Fetch(one, &imap.FetchOptions{RFC822Size: true}).Collect()
	if err != nil {
		return fmt.Errorf("mail: ask for a mail's size: %w", err)
	}
	if len(size) == 1 && size[0].RFC822Size <= s.opt.MaxSize {
		all := &imap.FetchItemBodySection{Peek: true}
		got, err := c.Fetch(one, &imap.FetchOptions{BodySection: []*imap.FetchItemBodySection{all}}).Collect()
		if err != nil {
			return fmt.Errorf("mail: fetch a mail: %w", err)
		}
		if len(got) == 1 {
			if err := s.takeFetched(ctx, got[0].FindBodySection(all)); err != nil {
				return err
			}
		}
	} else if len(size) == 1 {
		slog.Warn("mail: a mail in the mailbox is too large and is passed over", "bytes", size[0].RFC822Size)
	}
	if s.opt.IMAP.Done != "" {
		_, err := c.Move(one, s.opt.IMAP.Done).Wait()
		if err != nil {
			err = fmt.Errorf("mail: move a mail to %q: %w", s.opt.IMAP.Done, err)
		}
		return err
	}
	return c.Store(one, &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{imap.FlagSeen}}, nil).Close()
}

func (s *Service) takeFetched(ctx context.Context, raw []byte) error {
	sender, to := s.addressed(raw)
	for _, address := range to {
		err := s.Accept(ctx, Envelope{Door: "imap", Sender: sender, Recipient: address}, raw)
		if err != nil && fault.As(err) == nil {
			return err
		}
	}
	return nil
}

// addressed finds in a mail's header whom it was sent to among the addresses of ours:
// where it was delivered first, and what its writer wrote only where that says nothing.
func (s *Service) addressed(raw []byte) (sender string, to []string) {
	m, err := netmail.ReadMessage(strings.NewReader(string(raw)))
	if err != nil {
		return "", nil
	}
	sender = strings.Trim(m.Header.Get("Return-Path"), "<> ")
	for _, names := range [][]string{{"Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To"}, {"To", "Cc"}} {
		for _, name := range names {
			for _, line := range m.Header[name] {
				list, err := netmail.ParseAddressList(line)
				if err != nil {
					continue
				}
				for _, a := range list {
					address := strings.ToLower(a.Address)
					if _, _, ok := s.box.read(address); ok && !slices.Contains(to, address) {
						to = append(to, address)
					}
				}
			}
		}
		if len(to) > 0 {
			break
		}
	}
	return sender, to[:min(len(to), mostRecipients)]
}
