package mail

import (
	"context"
	"errors"
	"fmt"
	netmail "net/mail"
	"time"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
	"example.org/meantime/worktime"
)

// giveUp is for how long a mail is tried again while the server does not take it.
const giveUp = 48 * time.Hour

// Deliver sends one digest to its reader, once. It comes again later, in the
// reader's hours, while the server asks for patience; it is dead when the server
// refuses for good. A digest whose reader left, wants no mail, or may see none of
// it any more is let go.
func (s *Service) Deliver(ctx context.Context, workspace, digest, person id.ID) error {
	row, known, err := outboxOf(ctx, s.db, workspace, digest)
	if err != nil || (known && row.ended()) {
		return err
	}
	d, to, err := s.wanted(ctx, workspace, digest, person)
	if err != nil || len(d.Items) == 0 {
		return err
	}
	if later, err := s.later(ctx, workspace, d); err != nil || later != 0 {
		return errors.Join(err, again(later))
	}
	m, row, err := s.write(ctx, workspace, d, to)
	if err != nil || row.State == held {
		return err
	}
	return s.hand(ctx, row, m)
}

// wanted finds the digest and its reader; no items means that nothing is to be sent.
func (s *Service) wanted(ctx context.Context, workspace, digest, person id.ID) (d Digest, to reader, err error) {
	p, err := s.people.Get(ctx, s.db, workspace, person)
	if fault.IsKind(err, fault.NotFound) {
		return d, to, nil
	}
	if err != nil || !p.Active(s.db.Clock().Now()) || p.Bot {
		return d, to, err
	}
	if _, err := netmail.ParseAddress(p.Email); err != nil {
		return d, to, nil // somebody without an address reads in the app
	}
	wants, err := s.wishes.WantsMail(ctx, workspace, person)
	if err != nil || !wants {
		return d, to, err
	}
	hours, err := s.people.Hours(ctx, s.db, workspace, person)
	if err != nil {
		return d, to, err
	}
	d, err = s.digests.Digest(ctx, workspace, digest)
	if fault.IsKind(err, fault.NotFound) {
		return Digest{}, to, nil
	}
	to = reader{name: p.Name, address: p.Email, zone: hours.Zone(s.db.Clock().Now().Time())}
	return d, to, err
}

// later is the instant to wait for when the reader is not at work just now: a
// mail that was held up must not ring at night either. Zero is now.
func (s *Service) later(ctx context.Context, workspace id.ID, d Digest) (clock.Instant, error) {
	if d.Urgency == worktime.Urgent {
		return 0, nil
	}
	hours, err := s.people.Hours(ctx, s.db, workspace, d.Person)
	if err != nil {
		return 0, err
	}
	now := s.db.Clock().Now()
	if hours.Interruptible(now.Time()) {
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
func (s *Service) write(ctx context.Context, workspace id.ID, d Digest, to reader) (m message, row outboxRow, err error) {
	err = s.db.Write(ctx, workspace, func(ctx context.Context, tx *db.Tx) error {
		token, err := tokenOf(ctx, tx, d.Person)
		if err != nil {
			return err
		}
		if m, err = s.compose(d, to, token, tx.Now); err != nil {
			return err
		}
		state := sending
		if s.client == nil {
			state = held
			event.Append(tx, told(Sent, d.ID, d.Person, state))
		} else {
			tx.Quiet("a mail is about to leave")
		}
		row, err = putOutbox(ctx, tx, outboxRow{
			DigestID: d.ID, PersonID: d.Person, MessageID: m.id, Address: to.address, Subject: m.subject,
			BodyText: m.text, BodyHTML: m.html, State: state,
		})
		return err
	})
	return m, row, err
}

// hand gives the mail to the server and writes down what came of it.
func (s *Service) hand(ctx context.Context, row outboxRow, m message) error {
	err := s.client.send(ctx, m)
	var refused refusal
	switch now := s.db.Clock().Now(); {
	case err == nil:
		return s.end(ctx, row, sent, "", Sent)
	case errors.As(err, &refused), now.Sub(row.CreatedAt) > giveUp:
		if werr := s.end(ctx, row, failed, err.Error(), Failed); werr != nil {
			return werr
		}
		return job.Dead(fmt.Errorf("mail: %s was not taken: %w", row.MessageID, err))
	default:
		if werr := s.end(ctx, row, waiting, err.Error(), ""); werr != nil {
			return werr
		}
		return job.Again(now.Add(pause(row.Tries)))
	}
}

func (s *Service) end(ctx context.Context, row outboxRow, state, problem, kind string) error {
	return s.db.Write(context.WithoutCancel(ctx), row.WorkspaceID, func(ctx context.Context, tx *db.Tx) error {
		if kind == "" {
			tx.Quiet("a mail waits for another try")
		} else {
			event.Append(tx, told(kind, row.DigestID, row.PersonID, state))
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
