package mail

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	netmail "net/mail"
	"strings"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
)

// Envelope is what a door knows of a mail besides its bytes.
type Envelope struct {
	Door      string // smtp, lmtp, imap, hook
	Sender    string // of the envelope; empty for a bounce
	Recipient string // an address of ours
}

// kindReceivedJob is the job that handles one mail.
const kindReceivedJob = "mail.received"

type receivedJob struct {
	Mail id.ID `json:"mail"`
}

// Recipient says whether an address is one of ours, without being asked who asks: a
// token is checked without the database. Anything else is a not_found fault.
func (s *Service) Recipient(ctx context.Context, address string) error {
	sealed, handle, ok := s.box.read(address)
	switch {
	case !ok:
	case sealed != "":
		k, err := s.tokens(ctx)
		if err != nil {
			return err
		}
		if _, err := k.open(sealed); err == nil {
			return nil
		}
	default:
		places, err := s.near.Spaces.Anywhere(ctx, s.db, handle)
		if err != nil || len(places) > 0 {
			return err
		}
	}
	return fault.New(fault.NotFound, "no_such_address", "There is no such address here.")
}

// Accept takes a mail in: when it returns nil, the mail is on the disk and will be
// handled, once, whatever happens to the server. The same mail to the same recipient
// is taken once. A recipient that is not ours is a not_found fault.
func (s *Service) Accept(ctx context.Context, env Envelope, raw []byte) error {
	if int64(len(raw)) > s.opt.MaxSize {
		return fault.Newf(fault.TooLarge, "mail_too_large", "Mails may have at most %d MiB.", s.opt.MaxSize>>20)
	}
	if err := s.Recipient(ctx, env.Recipient); err != nil {
		return err
	}
	sum := sha256.Sum256(raw)
	row := receivedRow{
		Door: env.Door, Recipient: strings.ToLower(env.Recipient), Sender: cutTo(env.Sender, 320), Size: int64(len(raw)),
		Blob: "mail/in/" + hex.EncodeToString(sum[:]),
	}
	row.MessageID, row.FromAddress, row.Subject = glance(raw)
	row.Dedup = dedupOf(row)
	if _, _, err := s.near.Files.Put(ctx, row.Blob, bytes.NewReader(raw)); err != nil {
		return err
	}
	return s.db.Write(ctx, id.ID{}, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("a mail waits to be read; what it does is told then")
		row.ID = id.New(tx.Now)
		added, err := putReceived(ctx, tx, row)
		if err != nil || !added {
			return err
		}
		return job.Enqueue(ctx, tx, kindReceivedJob, receivedJob{row.ID}, job.Options{})
	})
}

// dedupOf is the same for the same mail to the same recipient; a mail without a name
// of its own is known by its bytes.
func dedupOf(r receivedRow) string {
	name := r.MessageID
	if name == "" {
		name = r.Blob
	}
	sum := sha256.Sum256([]byte(name + "\n" + r.Recipient + "\n" + r.FromAddress))
	return hex.EncodeToString(sum[:])
}

// glance reads the few headers by which a mail is known, before it is read in earnest.
func glance(raw []byte) (messageID, from, subject string) {
	head := raw
	if i := bytes.Index(raw, []byte("\r\n\r\n")); i >= 0 {
		head = raw[:i+4]
	} else if i := bytes.Index(raw, []byte("\n\n")); i >= 0 {
		head = raw[:i+2]
	}
	m, err := netmail.ReadMessage(bytes.NewReader(head))
	if err != nil {
		return "", "", ""
	}
	messageID = strings.Trim(strings.TrimSpace(m.Header.Get("Message-Id")), "<>")
	if a, err := netmail.ParseAddress(m.Header.Get("From")); err == nil {
		from = people.FoldEmail(a.Address)
	}
	return printable(messageID, 250), printable(from, 320), oneLine(m.Header.Get("Subject"), 200)
}

// printable drops what neither engine stores.
func printable(s string, most int) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	return cutTo(s, most)
}

func cutTo(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most])
	}
	return s
}

// raw is the mail's bytes.
func (s *Service) raw(ctx context.Context, row receivedRow) ([]byte, error) {
	r, _, err := s.near.Files.Open(ctx, row.Blob, 0)
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }()
	return io.ReadAll(io.LimitReader(r, s.opt.MaxSize+1))
}
