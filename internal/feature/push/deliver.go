package push

import (
	"context"
	"errors"
	"time"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
	"example.org/meantime/worktime"
)

const (
	giveUp      = 24 * time.Hour      // for how long a push is tried
	freshUrgent = time.Hour           // how long a page waits at the service for a device that is off
	removeAfter = 30 * 24 * time.Hour // of failing
	keepSends   = 30 * 24 * time.Hour
)

// Deliver tells one device of a digest, once. It comes again later while its person
// is not to be disturbed or the service asks for patience, for a day. A digest of
// which nothing may be seen any more, or whose person left or signed out on the
// device, is let go.
func (s *Service) Deliver(ctx context.Context, workspace, digest, device id.ID) error {
	row, known, err := sendOf(ctx, s.db, workspace, device, digest)
	if err != nil || (known && row.State != waiting) {
		return err
	}
	d, ok, err := deviceByID(ctx, s.db, workspace, device)
	if err != nil || !ok {
		return err
	}
	g, err := s.wanted(ctx, workspace, digest, d)
	if err != nil || len(g.Items) == 0 {
		return err
	}
	ttl, wait, err := s.moment(ctx, workspace, g)
	if err != nil {
		return err
	}
	if wait != 0 {
		return job.Again(wait)
	}
	n := noteOf(g)
	if n.Acts, err = s.acts(ctx, workspace, g); err != nil {
		return err
	}
	leave, turn := s.gate.enter(d.Endpoint)
	if turn != 0 {
		return job.Again(s.db.Clock().Now().Add(turn))
	}
	r, err := s.push(ctx, d, n, ttl, urgencyOf(g.Urgency))
	leave(r.answered, r.slow)
	if err != nil {
		return err
	}
	return s.settle(ctx, workspace, digest, d, row, r)
}

// wanted finds what a device may be told; no items means nothing.
func (s *Service) wanted(ctx context.Context, workspace, digest id.ID, d Device) (g Digest, err error) {
	p, err := s.people.Get(ctx, s.db, workspace, d.PersonID)
	if fault.IsKind(err, fault.NotFound) {
		return g, nil
	}
	if err != nil || !p.Active(s.db.Clock().Now()) || p.Bot {
		return g, err
	}
	holds, err := s.sessions.Holds(ctx, workspace, d.PersonID, d.SessionID)
	if err != nil {
		return g, err
	}
	if !holds {
		return g, s.signedOut(ctx, workspace, d)
	}
	g, err = s.digests.Digest(ctx, workspace, digest)
	if fault.IsKind(err, fault.NotFound) || (err == nil && g.Person != d.PersonID) {
		return Digest{}, nil
	}
	return g, err
}

// moment says for how long a note may wait at the service, or until when it waits
// here. At the service it waits no longer than its person is at work: a laptop that
// is opened in the evening stays quiet.
func (s *Service) moment(ctx context.Context, workspace id.ID, g Digest) (ttl time.Duration, wait clock.Instant, err error) {
	hours, err := s.people.Hours(ctx, s.db, workspace, g.Person)
	if err != nil {
		return 0, 0, err
	}
	now := s.db.Clock().Now()
	if g.Urgency == worktime.Urgent {
		agreed, err := s.wishes.Consents(ctx, s.db, workspace, []id.ID{g.Person})
		if err != nil || agreed[g.Person] {
			return freshUrgent, 0, err
		}
	}
	if left := quietIn(hours, now.Time()); left > 0 {
		if g.Urgency == worktime.Urgent {
			left = min(left, freshUrgent)
		}
		return left, 0, nil
	}
	at, err := hours.Reach(now.Time(), worktime.Soon)
	if errors.Is(err, worktime.ErrUnreachable) {
		return 0, now.Add(24 * time.Hour), nil
	}
	return 0, clock.At(at), err
}

// quietIn is for how long somebody may be disturbed from now on without a break, at
// most a day; 0 when they may not be now.
func quietIn(hours *worktime.Schedule, now time.Time) time.Duration {
	if !hours.Interruptible(now) {
		return 0
	}
	until := now.Add(24 * time.Hour)
	if work := hours.Ranges(now, until); len(work) > 0 {
		until = work[0].To
	}
	if focus := hours.FocusRanges(now, until); len(focus) > 0 {
		until = focus[0].From
	}
	return until.Sub(now)
}

// failedLong says that a device was not reached for so long that nobody misses it.
func (d Device) failedLong(now clock.Instant) bool {
	return !d.FailingSince.IsZero() && now.Sub(d.FailingSince) > removeAfter
}

// signedOut leaves a device silent until its owner signs in there again.
func (s *Service) signedOut(ctx context.Context, workspace id.ID, d Device) error {
	const words = "You are signed out on this device. It is told again once you sign in there."
	if d.failedLong(s.db.Clock().Now()) {
		return s.drop(ctx, workspace, d)
	}
	if d.Problem == words {
		return nil
	}
	return s.db.Write(ctx, workspace, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("somebody signed out on a device")
		return deviceFailed(ctx, tx, d.ID, words)
	})
}

// settle writes down what came of a try.
func (s *Service) settle(ctx context.Context, workspace, digest id.ID, d Device, row sendRow, r reply) error {
	now := s.db.Clock().Now()
	first := row.CreatedAt
	if first.IsZero() {
		first = now
	}
	switch {
	case r.outcome == taken:
		return s.end(ctx, workspace, digest, d, sent, "", Sent)
	case r.outcome == gone, d.failedLong(now):
		return s.drop(ctx, workspace, d)
	case r.outcome == refused, now.Sub(first) >= giveUp:
		return s.end(ctx, workspace, digest, d, failed, r.problem, Failed)
	}
	if err := s.end(ctx, workspace, digest, d, waiting, r.problem, ""); err != nil {
		return err
	}
	return job.Again(now.Add(max(pause(row.Tries), r.wait)))
}

func (s *Service) end(ctx context.Context, workspace, digest id.ID, d Device, state, problem, kind string) error {
	return s.db.Write(context.WithoutCancel(ctx), workspace, func(ctx context.Context, tx *db.Tx) error {
		if kind == "" {
			tx.Quiet("a push waits for another try")
		} else {
			event.Append(tx, event.New{
				Kind: kind, Subject: event.Ref{Kind: "digest", ID: digest}, Concerns: []id.ID{d.PersonID},
				Data: map[string]string{"device": id.Encode("dev", d.ID)},
			})
		}
		if err := tidySends(ctx, tx, d.ID, tx.Now.Add(-keepSends)); err != nil {
			return err
		}
		if err := putSend(ctx, tx, d.ID, digest, state); err != nil {
			return err
		}
		if state == sent {
			return deviceReached(ctx, tx, d.ID)
		}
		return deviceFailed(ctx, tx, d.ID, problem)
	})
}

// drop removes a device that is no more, unless it was subscribed anew meanwhile.
func (s *Service) drop(ctx context.Context, workspace id.ID, d Device) error {
	return s.db.Write(context.WithoutCancel(ctx), workspace, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("the device may be gone already")
		now, ok, err := deviceByID(ctx, tx, workspace, d.ID)
		if err != nil || !ok || now.EndpointHash != d.EndpointHash || now.SessionID != d.SessionID {
			return err
		}
		return removeTx(ctx, tx, id.ID{}, d)
	})
}

// pause is the wait before the next try: half a minute, then longer, at most an hour.
func pause(tries int) time.Duration {
	return min(30*time.Second<<min(tries, 10), time.Hour)
}
