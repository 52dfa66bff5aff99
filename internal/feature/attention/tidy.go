package attention

import (
	"context"
	"strings"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// row is a row of the actor's own inbox, found by its key.
type row struct {
	id     id.ID
	isAsk  bool
	thread id.ID
}

// find reads a key of an inbox; what is not in the actor's own is not found.
func (s *Service) find(ctx context.Context, tx *db.Tx, a actor.Actor, key string) (row, error) {
	if strings.HasPrefix(key, "ask_") {
		ask, err := id.Decode("ask", key)
		if err != nil {
			return row{}, err
		}
		found, err := s.asks.Ask(ctx, tx, a, ask)
		if err != nil {
			return row{}, err
		}
		if found.AskerID != a.Person && found.Of(a.Person) == nil {
			return row{}, fault.Missing("inbox item")
		}
		return row{id: ask, isAsk: true, thread: found.ThreadID}, nil
	}
	x, err := id.Decode("item", key)
	if err != nil {
		return row{}, err
	}
	it, ok, err := itemOf(ctx, tx, a.Workspace, a.Person, x)
	if err == nil && !ok {
		err = fault.Missing("inbox item")
	}
	return row{id: x, thread: it.ThreadID}, err
}

// tidied tells the actor's own other screens.
func tidied(a actor.Actor, r row, what string) event.New {
	kind := "item"
	if r.isAsk {
		kind = "ask"
	}
	return event.New{
		Kind: Tidied, Actor: a.Person, Subject: event.Ref{Kind: kind, ID: r.id}, Concerns: []id.ID{a.Person},
		Data: map[string]string{"what": what},
	}
}

// Done puts a row away, or brings it back. What somebody owes is not put away: it
// is answered, declined, passed on or put off.
func (s *Service) Done(ctx context.Context, a actor.Actor, key string, done bool) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		r, err := s.find(ctx, tx, a, key)
		if err != nil {
			return err
		}
		if r.isAsk {
			return fault.New(fault.Conflict, "asks_are_answered", "Somebody waits for this, so it cannot be put away. Answer, decline or pass it on, or put it off.")
		}
		at, what := tx.Now, "done"
		if !done {
			at, what = clock.Instant(0), "back"
		}
		event.Append(tx, tidied(a, r, what))
		return setDone(ctx, tx, r.id, at)
	})
}

// Until says how long a row is put off: until a moment, until the actor's next
// working day begins, or until somebody posts in its thread.
type Until struct {
	At        clock.Instant
	NextStart bool
	ReplyBy   id.ID
}

// Snooze puts a row off and says until when; zero when it waits for a reply.
func (s *Service) Snooze(ctx context.Context, a actor.Actor, key string, u Until) (until clock.Instant, err error) {
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		r, err := s.find(ctx, tx, a, key)
		if err != nil {
			return err
		}
		if until, err = s.until(ctx, tx, a, u); err != nil {
			return err
		}
		if !u.ReplyBy.IsZero() && r.thread.IsZero() {
			return fault.New(fault.Invalid, "no_thread", "This has no thread in which anybody could reply. Pick a time instead.").At("on_reply_by")
		}
		event.Append(tx, tidied(a, r, "snoozed"))
		return putSnooze(ctx, tx, a.Person, snooze{RowID: r.id, Until: until, ReplyBy: u.ReplyBy, ThreadID: r.thread})
	})
	return until, err
}

func (s *Service) until(ctx context.Context, tx *db.Tx, a actor.Actor, u Until) (clock.Instant, error) {
	switch {
	case u.NextStart:
		return s.nextStart(ctx, tx, a)
	case u.At != 0 && u.At <= tx.Now:
		return 0, fault.New(fault.Invalid, "due_in_past", "Pick a time in the future.").At("until")
	case u.At != 0:
		return u.At, nil
	case u.ReplyBy.IsZero():
		return 0, fault.New(fault.Invalid, "until_needed", "Say until when: a time, your next start, or a reply by somebody.").At("until")
	case u.ReplyBy == a.Person:
		return 0, fault.New(fault.Invalid, "own_reply", "Name somebody else; you know yourself when you reply.").At("on_reply_by")
	}
	p, err := s.people.Get(ctx, tx, a.Workspace, u.ReplyBy)
	if err == nil && !p.Active(tx.Now) {
		err = fault.New(fault.Invalid, "not_active", "This person is no longer here to reply.").At("on_reply_by")
	}
	return 0, err
}

// nextStart is when the actor's next working day begins.
func (s *Service) nextStart(ctx context.Context, tx *db.Tx, a actor.Actor) (clock.Instant, error) {
	h, err := s.people.Hours(ctx, tx, a.Workspace, a.Person)
	if err != nil {
		return 0, err
	}
	from := tx.Now.Time()
	if h.Working(from) {
		if from, err = h.EndOfDay(from, 0); err != nil {
			return 0, noStart()
		}
	}
	at, err := h.Next(from)
	if err != nil {
		return 0, noStart()
	}
	return clock.At(at), nil
}

func noStart() error {
	return fault.New(fault.Invalid, "no_hours", "Your hours have no next start. Check your schedule, or pick a time.").At("next_start")
}

// Unsnooze brings a row back now.
func (s *Service) Unsnooze(ctx context.Context, a actor.Actor, key string) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		r, err := s.find(ctx, tx, a, key)
		if err != nil {
			return err
		}
		event.Append(tx, tidied(a, r, "back"))
		return endSnooze(ctx, tx, a.Person, r.id)
	})
}
