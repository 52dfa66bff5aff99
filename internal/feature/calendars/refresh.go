package calendars

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// TryAgain reads one of the actor's calendars at once, and says how it went in the
// calendar's problem. Asked too often it is a limited fault: the other server is not ours.
func (s *Service) TryAgain(ctx context.Context, a actor.Actor, sub id.ID) error {
	c, err := s.Subscription(ctx, s.db, a, sub)
	if err != nil {
		return err
	}
	mine := false
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("a calendar will be read")
		mine, err = takeTry(ctx, tx, sub, tx.Now, shortestPause, refreshEvery)
		return err
	})
	if err != nil {
		return err
	}
	if !mine {
		f := fault.New(fault.Limited, "too_soon", "This calendar was tried a moment ago. Wait half a minute.")
		f.Retry = int(shortestPause / time.Second)
		return f
	}
	return s.Refresh(ctx, c.WorkspaceID, sub)
}

// Refresh reads a calendar anew. When that fails, what was read before stays, the
// problem is shown to the owner, and the next try comes later each time. A calendar
// that is gone, or whose owner is, is left alone.
func (s *Service) Refresh(ctx context.Context, workspace, sub id.ID) error {
	c, ok, err := loadSubscription(ctx, s.db, workspace, sub)
	if err != nil || !ok {
		return err
	}
	owner, err := s.people.ByIDs(ctx, s.db, workspace, []id.ID{c.PersonID})
	if p, ok := owner[c.PersonID]; err != nil || !ok || !p.Active(s.now()) {
		return err
	}
	got, problem := s.read(ctx, c)
	if problem != nil && fault.As(problem) == nil {
		return problem
	}
	return s.db.Write(ctx, workspace, func(ctx context.Context, tx *db.Tx) error {
		c, ok, err := loadSubscription(ctx, tx, workspace, sub)
		if err != nil || !ok {
			return err
		}
		if problem != nil {
			return s.failed(ctx, tx, c, problem)
		}
		return s.refreshed(ctx, tx, c, got)
	})
}

func (s *Service) failed(ctx context.Context, tx *db.Tx, c Subscription, problem error) error {
	before := c.Problem
	c.Fails++
	c.Problem = fault.As(problem).Sentence
	var later laterError
	wait := backoff(c.Fails)
	if errors.As(problem, &later) {
		wait = max(wait, later.wait)
	}
	c.RefreshAt = tx.Now.Add(wait)
	if err := updateSubscription(ctx, tx, c); err != nil {
		return err
	}
	if before == c.Problem {
		tx.Quiet("a calendar could still not be read")
		return nil
	}
	event.Append(tx, event.New{Kind: EventFailed, Subject: subject(c.ID), Concerns: []id.ID{c.PersonID}})
	return nil
}

func (s *Service) refreshed(ctx context.Context, tx *db.Tx, c Subscription, got reading) error {
	mended := c.Problem != ""
	s.settle(&c, got, tx.Now)
	same := got.unchanged
	if !same {
		old, err := allEvents(ctx, tx, c.ID)
		if err != nil {
			return err
		}
		same = sameEvents(ahead(old, tx.Now), ahead(got.events, tx.Now))
		if err := replaceEvents(ctx, tx, c, got.events); err != nil {
			return err
		}
	}
	if err := updateSubscription(ctx, tx, c); err != nil {
		return err
	}
	if same && !mended {
		tx.Quiet("a calendar was read and is as it was")
	} else {
		event.Append(tx, event.New{Kind: EventRefreshed, Subject: subject(c.ID), Concerns: []id.ID{c.PersonID}})
	}
	return s.recountTx(ctx, tx, c.PersonID)
}

// settle notes that a calendar was read.
func (s *Service) settle(c *Subscription, got reading, now clock.Instant) {
	c.Problem, c.Fails, c.RefreshedAt, c.RefreshAt = "", 0, now, now.Add(spread(refreshEvery))
	if got.unchanged {
		return
	}
	c.Etag, c.Modified, c.Note, c.WholeAt, c.Events = got.version.ETag, got.version.Modified, got.note, now, int64(len(got.events))
}

// ahead are the events that are not over; the past moves out of sight by itself.
func ahead(list []Event, now clock.Instant) []Event {
	return slices.DeleteFunc(slices.Clone(list), func(e Event) bool { return e.EndAt <= now })
}

func sameEvents(a, b []Event) bool {
	return slices.EqualFunc(a, b, func(x, y Event) bool {
		x.N, y.N = 0, 0
		return x == y
	})
}

// backoff is the wait after so many failures in a row: half an hour, an hour, two … a day.
func backoff(fails int64) time.Duration {
	return spread(min(30*time.Minute<<min(fails-1, 10), 24*time.Hour))
}

// spread is a wait or up to a tenth more or less, so that not everybody asks at once.
func spread(d time.Duration) time.Duration {
	return d + time.Duration((rand.Float64()-0.5)*0.2*float64(d)) //nolint:gosec // not a secret
}
