package mail

import (
	"context"
	"errors"
	"fmt"
	netmail "net/mail"
	"time"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
	"example.org/meantime/worktime"
)

// giveUp is for how long a mail is tried again while the server does not take it.
const giveUp = 24 * time.Hour

// kindOfDigest is the kind of outbox row that a digest's mails are.
const kindOfDigest = "digest"

// Deliver sends one digest to its reader, once: as one mail, or with each ask in a
// mail by itself, as they wish. It comes again later, in the reader's hours, while the
// server asks for patience; it is dead when the server refuses for good. A digest whose
// reader left, wants no mail, or may see none of it any more is let go.
func (s *Service) Deliver(ctx context.Context, workspace, digest, person id.ID) error {
	d, to, err := s.wanted(ctx, workspace, digest, person)
	if err != nil || len(d.Items) == 0 {
		return err
	}
	if later, err := s.later(ctx, workspace, d.Person, d.Urgency == worktime.Urgent, to.wish.Nights); err != nil || later != 0 {
		return errors.Join(err, again(later))
	}
	var out outcome
	for _, p := range s.parts(d, to.wish) {
		out = out.and(s.deliver(ctx, workspace, p, to))
	}
	return out.err()
}

// part is one mail of a digest.
type part struct {
	Digest
	name string // which; empty for the digest itself
}

// parts are the mails that a digest becomes for somebody who wishes so.
func (s *Service) parts(d Digest, w Wish) (out []part) {
	rest := d
	rest.Items = nil
	for _, it := range d.Items {
		switch {
		case w.Leave[it.Sort]:
		case w.Each && d.Heading == "" && it.Sort == Asks && !it.Ref.ID.IsZero():
			one := d
			one.Items = []Item{it}
			out = append(out, part{one, it.Ref.Kind + ":" + it.Ref.ID.String()})
		default:
			rest.Items = append(rest.Items, it)
		}
	}
	if len(rest.Items) > 0 {
		out = append(out, part{rest, ""})
	}
	return out
}

// outcome is what came of sending: when to come again, or why never.
type outcome struct {
	again clock.Instant
	dead  error
	other error
}

func (o outcome) and(p outcome) outcome {
	if o.again == 0 || p.again != 0 && p.again < o.again {
		o.again = p.again
	}
	o.dead, o.other = errors.Join(o.dead, p.dead), errors.Join(o.other, p.other)
	return o
}

func (o outcome) err() error {
	switch {
	case o.other != nil:
		return o.other
	case o.again != 0:
		return job.Again(o.again)
	case o.dead != nil:
		return job.Dead(o.dead)
	}
	return nil
}

func (s *Service) deliver(ctx context.Context, workspace id.ID, p part, to reader) outcome {
	row, known, err := outboxOf(ctx, s.db, workspace, p.ID, kindOfDigest, p.name)
	if err != nil || known && row.ended() {
		return outcome{other: err}
	}
	if wait := s.lanes.busy(row.ID, to.address, s.db.Clock().Now()); wait != 0 {
		return outcome{again: wait}
	}
	offers, err := s.offers(ctx, to.actor, p.Items)
	if err != nil {
		return outcome{other: err}
	}
	files, err := s.enclosing(ctx, to.actor, p.Items, offers)
	if err != nil {
		return outcome{other: err}
	}
	if row.Tries >= triesWithFiles {
		files = files.alone()
	}
	if !s.lanes.carry(files.weight) {
		return outcome{again: s.db.Clock().Now().Add(time.Minute)}
	}
	if err = s.load(ctx, &files); err == nil {
		var m message
		if m, row, err = s.write(ctx, workspace, p, to, offers, files); err == nil && row.State != held {
			return s.hand(ctx, row, m)
		}
	}
	s.lanes.drop(files.weight)
	return outcome{other: err}
}

// wanted finds the digest and its reader; no items means that nothing is to be sent.
func (s *Service) wanted(ctx context.Context, workspace, digest, person id.ID) (d Digest, to reader, err error) {
	to, ok, err := s.reader(ctx, workspace, person)
	if err != nil || !ok || !to.wish.Mail {
		return d, to, err
	}
	d, err = s.digests.Digest(ctx, workspace, digest)
	if fault.IsKind(err, fault.NotFound) {
		return Digest{}, to, nil
	}
	return d, to, err
}

// reader is a person as somebody who can be written to now; false when they left, have
// no address, or mail to it came back.
func (s *Service) reader(ctx context.Context, workspace, person id.ID) (to reader, ok bool, err error) {
	p, err := s.people.Get(ctx, s.db, workspace, person)
	if fault.IsKind(err, fault.NotFound) {
		return to, false, nil
	}
	if err != nil || !p.Active(s.db.Clock().Now()) || p.Bot {
		return to, false, err
	}
	if _, err := netmail.ParseAddress(p.Email); err != nil {
		return to, false, nil // somebody without an address reads in the app
	}
	st, err := standingOf(ctx, s.db, workspace, person)
	if err != nil || !st.PausedAt.IsZero() && st.Address == p.Email {
		return to, false, err
	}
	hours, err := s.people.Hours(ctx, s.db, workspace, person)
	if err != nil {
		return to, false, err
	}
	to = reader{name: p.Name, address: p.Email, zone: hours.Zone(s.db.Clock().Now().Time()), actor: p.Actor()}
	to.wish, err = s.wishes.MailWish(ctx, workspace, person)
	return to, err == nil, err
}

// later is the instant to wait for when the reader is not at work just now: a
// mail that was held up must not ring at night either. What is urgent rings in a focus
// block too, and at night for whoever agreed to it. Zero is now.
func (s *Service) later(ctx context.Context, workspace, person id.ID, urgent, nights bool) (clock.Instant, error) {
	if urgent && nights {
		return 0, nil
	}
	hours, err := s.people.Hours(ctx, s.db, workspace, person)
	if err != nil {
		return 0, err
	}
	now := s.db.Clock().Now()
	if hours.Interruptible(now.Time()) || urgent && hours.Working(now.Time()) {
		return 0, nil
	}
	at, err := hours.Reach(now.Time(), worktime.Soon)
	if errors.Is(err, worktime.ErrUnreachable) {
		return now.Add(24 * time.Hour), nil
	}
	return clock.At(at), err
}

func again(at clock.Instant) error {
	if at == 0 {
		return nil
	}
	return job.Again(at)
}

// write puts the mail into the outbox. Without a server that is where it stays.
func (s *Service) write(ctx context.Context, workspace id.ID, p part, to reader, offers map[event.Ref]describe.Offer, files enclosures) (m message, row outboxRow, err error) {
	k, err := s.tokens(ctx)
	if err != nil {
		return m, row, err
	}
	err = s.db.Write(ctx, workspace, func(ctx context.Context, tx *db.Tx) error {
		var known bool
		if row, known, err = outboxOf(ctx, tx, workspace, p.ID, kindOfDigest, p.name); err != nil {
			return err
		}
		if !known {
			row = outboxRow{ID: id.New(tx.Now), Kind: kindOfDigest, DigestID: p.ID, Part: p.name, PersonID: p.Person, MessageID: s.messageID(p)}
		}
		ways, err := s.ways(ctx, tx, k, row, p.Items, offers, files)
		if err != nil {
			return err
		}
		if m, err = s.compose(ctx, tx, p, row.MessageID, to, ways, files); err != nil {
			return err
		}
		row.Parent, row.Address, row.Subject, row.BodyText, row.BodyHTML = m.parents(), to.address, m.subject, m.text, m.html
		row.ReplyTo, row.State = m.replyTo, sending
		if s.client == nil {
			row.State = held
			event.Append(tx, told(Sent, p.ID, p.Person, held))
		} else {
			tx.Quiet("a mail is about to leave")
		}
		row, err = putOutbox(ctx, tx, row)
		return err
	})
	m.weight = files.weight
	return m, row, err
}

// hand gives the mail to the server and writes down what came of it. A server that is
// slow is waited for beside the queue, so that nobody else waits for it.
func (s *Service) hand(ctx context.Context, row outboxRow, m message) outcome {
	return s.lanes.run(ctx, s.opt.Hold, row, s.db.Clock(), func(ctx context.Context) outcome {
		defer s.lanes.drop(m.weight)
		return s.attempt(ctx, row, m)
	})
}

// triesWithFiles is how often a mail is tried with its files. After that they are links:
// what breaks off each time may do so because of them.
const triesWithFiles = 3

func (s *Service) attempt(ctx context.Context, row outboxRow, m message) outcome {
	err := s.client.send(ctx, m)
	var no refusal
	if len(m.files) > 0 && errors.As(err, &no) && no.content {
		// It may mind the files alone, for their size or their kind. The words must come.
		err, no = s.client.send(ctx, m.withoutFiles()), refusal{}
	}
	switch now := s.db.Clock().Now(); {
	case err == nil:
		return outcome{other: s.end(ctx, row, sent, "", Sent)}
	case errors.As(err, &no), now.Sub(row.CreatedAt) > giveUp:
		werr := s.end(ctx, row, failed, err.Error(), Failed)
		if werr == nil && no.address {
			werr = s.cameBack(ctx, row.WorkspaceID, row.PersonID, row.Address, true, err.Error())
		}
		return outcome{other: werr, dead: fmt.Errorf("mail: %s was not taken: %w", row.MessageID, err)}
	default:
		return outcome{other: s.end(ctx, row, waiting, err.Error(), ""), again: now.Add(pause(row.Tries))}
	}
}

func (s *Service) end(ctx context.Context, row outboxRow, state, problem, kind string) error {
	return s.db.Write(context.WithoutCancel(ctx), row.WorkspaceID, func(ctx context.Context, tx *db.Tx) error {
		if kind == "" || row.Kind != kindOfDigest {
			tx.Quiet("a mail waits for another try, or a letter of the house ends")
		} else {
			event.Append(tx, told(kind, row.DigestID, row.PersonID, state))
		}
		if state == failed {
			if err := s.lost(ctx, tx, row, problem); err != nil {
				return err
			}
		}
		// Its link lets somebody in, and has no business here once the mail is out.
		if row.Kind == kindInvitation && (state == sent || state == failed) {
			if err := forgetText(ctx, tx, row.ID); err != nil {
				return err
			}
		}
		return endOutbox(ctx, tx, row.ID, state, problem)
	})
}

func told(kind string, digest, person id.ID, state string) event.New {
	return event.New{
		Kind: kind, Subject: event.Ref{Kind: "digest", ID: digest}, Concerns: []id.ID{person},
		Data: map[string]string{"state": state},
	}
}

// pause is the wait before the next try: a minute, then longer, at most an hour.
// Servers that put strangers off at first take them after some minutes.
func pause(tries int) time.Duration {
	return min(time.Duration(tries*tries)*time.Minute, time.Hour)
}
