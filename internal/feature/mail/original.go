package mail

import (
	"context"
	"strings"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Original is the mail that a post was made of.
type Original struct {
	Row    receivedRow
	Letter Letter
	Wrote  bool // the reader wrote it
	raw    []byte
}

// Header is a line of a mail's head.
type Header struct{ Name, Value string }

// Original reads the whole mail that a post was made of, for those who may read the
// post. Addresses and links of ours in it are taken out: they were for its writer.
func (s *Service) Original(ctx context.Context, a actor.Actor, post id.ID) (o Original, err error) {
	p, err := s.near.Spaces.Post(ctx, s.db, a, post)
	if err != nil {
		return o, err
	}
	row, ok, err := receivedFor(ctx, s.db, a.Workspace, post)
	if err != nil {
		return o, err
	}
	if !ok || p.Deleted() {
		return o, fault.New(fault.NotFound, "not_found", "This post did not come by mail.")
	}
	if o.raw, err = s.raw(ctx, row); err != nil {
		return o, err
	}
	h := handling{Service: s, row: row, raw: o.raw}
	if o.Letter, err = h.read(); err != nil {
		return o, err
	}
	o.Row, o.Wrote = row, row.PersonID == a.Person
	o.Letter.Whole = redact(o.Letter.Whole)
	return o, nil
}

// OriginalBytes is the mail as it came, byte for byte, for whoever wrote it: it holds
// the reply addresses and links that were theirs alone. Other readers are refused.
func (s *Service) OriginalBytes(ctx context.Context, a actor.Actor, post id.ID) ([]byte, error) {
	o, err := s.Original(ctx, a, post)
	if err != nil {
		return nil, err
	}
	if !o.Wrote {
		return nil, fault.New(fault.Forbidden, "writer_only", "Only whoever wrote this mail can download it: it holds addresses and links that were made for them. You can read it here.")
	}
	return o.raw, nil
}

// Headers are the lines of the mail's head that readers understand, tokens of ours
// taken out. Guests, who see nobody's address, are shown names where there are any.
func (o Original) Headers(a actor.Actor) (out []Header) {
	bare := a.Role == actor.Guest && !o.Wrote
	put := func(name, value string) {
		if value != "" {
			out = append(out, Header{name, oneLine(redact(value), 2000)})
		}
	}
	put("From", named(o.Letter.From, bare))
	put("To", named(o.Letter.To, bare))
	put("Cc", named(o.Letter.Cc, bare))
	put("Subject", o.Letter.Subject)
	if !o.Letter.Date.IsZero() {
		put("Date", o.Letter.Date.UTC().Format(time.RFC1123Z))
	}
	put("Message-ID", o.Letter.MessageID)
	return out
}

func named(list []Address, bare bool) string {
	var out []string
	for _, x := range list {
		switch {
		case bare && x.Name == "":
			out = append(out, "…")
		case bare:
			out = append(out, x.Name)
		case x.Name == "":
			out = append(out, x.Mail)
		default:
			out = append(out, x.Name+" <"+x.Mail+">")
		}
	}
	return strings.Join(out, ", ")
}

// ByMail says which of some posts were made of a mail. It does not check who asks.
func (s *Service) ByMail(ctx context.Context, q db.Queryer, workspace id.ID, posts []id.ID) (map[id.ID]bool, error) {
	return mailed(ctx, q, workspace, posts)
}
