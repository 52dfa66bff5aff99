package checkins

import (
	"context"
	"strings"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// Change is a check-in as it is to be from now on.
type Change struct {
	Version int64 // the one that was changed
	NewCheckin
}

// Set changes a check-in. What is asked already stays as it was asked.
func (s *Service) Set(ctx context.Context, a actor.Actor, checkin id.ID, n Change) (c Checkin, err error) {
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		if c, err = s.changing(ctx, tx, a, checkin); err != nil {
			return err
		}
		if n.Version != c.Version {
			return fault.New(fault.Conflict, "changed_meanwhile", "Somebody changed this check-in meanwhile. Look at it again, and change it then.")
		}
		was := c
		c.Name, c.Purpose, c.Team, c.People.V, c.Questions.V = n.Name, n.Purpose, n.Team, unique(n.People), n.Questions
		c.Rhythm.V, c.Hidden, c.BlockerWindow = n.Rhythm, n.Hidden, n.BlockerWindow
		if c, err = s.checked(ctx, tx, a, c); err != nil {
			return err
		}
		if err := s.unhideTx(ctx, tx, was, c); err != nil {
			return err
		}
		return s.putTx(ctx, tx, a, c)
	})
	return c, err
}

// unhideTx opens what was hidden when the check-in hides no more.
func (s *Service) unhideTx(ctx context.Context, tx *db.Tx, was, is Checkin) error {
	if !was.Hidden || is.Hidden {
		return nil
	}
	list, err := turnsBetween(ctx, tx, tx.Workspace, is.ID, dateIn(tx.Now).AddDays(-4).String(), dateIn(tx.Now).AddDays(4).String())
	if err != nil {
		return err
	}
	for _, t := range list {
		if t.PublishedAt.IsZero() || t.PublicAt <= tx.Now {
			continue
		}
		t.PublicAt = tx.Now
		if err := updateTurn(ctx, tx, t); err != nil {
			return err
		}
		if err := putDue(ctx, tx, dueReveal, is.ID, t.ID, tx.Now); err != nil {
			return err
		}
	}
	return nil
}

// putTx writes a changed check-in, and plans anew.
func (s *Service) putTx(ctx context.Context, tx *db.Tx, a actor.Actor, c Checkin) error {
	c.Version++
	event.Append(tx, c.told(EventChanged, a.Person, c.ref()))
	if err := updateCheckin(ctx, tx, c); err != nil {
		return err
	}
	return s.syncTx(ctx, tx, c)
}

// Pause asks nobody any more: until a local date of each person, or until it is taken
// up when there is none. Who is asked already may answer.
func (s *Service) Pause(ctx context.Context, a actor.Actor, checkin id.ID, until string) (c Checkin, err error) {
	if until != "" {
		d, err := worktime.ParseDate(until)
		if err != nil || d.Before(dateIn(s.now())) {
			return c, wrong("bad_date", "until", "Write the date from which to ask again as year-month-day, from today on; or leave it out.")
		}
	}
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		if c, err = s.changing(ctx, tx, a, checkin); err != nil {
			return err
		}
		if c.State, c.PauseUntil = Paused, ""; until != "" {
			c.State, c.PauseUntil = Active, until
		}
		return s.putTx(ctx, tx, a, c)
	})
	return c, err
}

// Resume takes a paused check-in up: everybody is asked from their next time on.
func (s *Service) Resume(ctx context.Context, a actor.Actor, checkin id.ID) (c Checkin, err error) {
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		if c, err = s.changing(ctx, tx, a, checkin); err != nil {
			return err
		}
		if c.State != Paused && c.PauseUntil == "" {
			return fault.New(fault.Conflict, "not_paused", "This check-in is not paused.")
		}
		c.State, c.PauseUntil = Active, ""
		parts, err := peopleOf(ctx, tx, tx.Workspace, c.ID)
		if err != nil {
			return err
		}
		for _, p := range parts {
			if p.SinceAt = tx.Now; p.Asked {
				if err := putPerson(ctx, tx, p); err != nil {
					return err
				}
			}
		}
		return s.putTx(ctx, tx, a, c)
	})
	return c, err
}

const longestOutcome = 10_000

// End ends a check-in for good: its thread is concluded with what came of it, and
// nobody is expected to answer any more. What was said stays.
func (s *Service) End(ctx context.Context, a actor.Actor, checkin id.ID, outcome string) (c Checkin, err error) {
	if outcome = strings.TrimSpace(outcome); outcome == "" {
		outcome = "This check-in has ended."
	}
	if err := fits("outcome", outcome, longestOutcome); err != nil {
		return c, err
	}
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		if c, err = s.changing(ctx, tx, a, checkin); err != nil {
			return err
		}
		c, err = s.endTx(ctx, tx, a.Person, c, outcome)
		if err != nil {
			return err
		}
		err = s.spaces.ConcludeTx(ctx, tx, a, c.Thread, outcome)
		if fault.Is(err, "already_concluded") {
			err = nil
		}
		return err
	})
	return c, err
}

func (s *Service) endTx(ctx context.Context, tx *db.Tx, by id.ID, c Checkin, outcome string) (Checkin, error) {
	turns, err := openOf(ctx, tx, tx.Workspace, c.ID)
	if err != nil {
		return c, err
	}
	for _, t := range turns {
		if err := s.overTx(ctx, tx, c, t, "This check-in has ended."); err != nil {
			return c, err
		}
	}
	c.State, c.EndedAt, c.Outcome = Ended, tx.Now, outcome
	c.Version++
	event.Append(tx, c.told(EventEnded, by, c.ref()))
	if err := dropDue(ctx, tx, c.ID); err != nil {
		return c, err
	}
	parts, err := peopleOf(ctx, tx, tx.Workspace, c.ID)
	if err != nil {
		return c, err
	}
	for _, p := range parts {
		p.NextAt, p.NextDate = 0, ""
		if err := putPerson(ctx, tx, p); err != nil {
			return c, err
		}
	}
	return c, updateCheckin(ctx, tx, c)
}

// List pages through the check-ins of the spaces that the actor may read, newest first.
func (s *Service) List(ctx context.Context, q db.Queryer, a actor.Actor, space, before id.ID, ended bool, limit int) ([]Checkin, error) {
	in := []id.ID{space}
	if space.IsZero() {
		var err error
		if in, err = s.spaces.Readable(ctx, q, a); err != nil {
			return nil, err
		}
	} else if err := s.spaces.MayRead(ctx, q, a, space); err != nil {
		return nil, err
	}
	if len(in) == 0 {
		return []Checkin{}, nil
	}
	return checkinsIn(ctx, q, a.Workspace, in, before, ended, limit)
}

// Mine lists what is expected of the actor now, the earliest due first.
func (s *Service) Mine(ctx context.Context, q db.Queryer, a actor.Actor) ([]Turn, map[id.ID]Checkin, error) {
	turns, err := openTurns(ctx, q, a.Workspace, a.Person)
	if err != nil || len(turns) == 0 {
		return []Turn{}, nil, err
	}
	var of []id.ID
	for _, t := range turns {
		of = append(of, t.Checkin)
	}
	known, err := checkinsByID(ctx, q, a.Workspace, of)
	if err != nil {
		return nil, nil, err
	}
	out := []Turn{}
	for _, t := range turns {
		c, ok := known[t.Checkin]
		if !ok {
			continue
		}
		if err := s.spaces.MayRead(ctx, q, a, c.Space); fault.IsKind(err, fault.NotFound) {
			continue
		} else if err != nil {
			return nil, nil, err
		}
		out = append(out, t)
	}
	return out, known, nil
}

// before finds what somebody did since they were last asked, as lines to begin a draft
// with. Things of private spaces stay out of the check-ins of others.
func (s *Service) before(ctx context.Context, q db.Queryer, a actor.Actor, c Checkin, t Turn) ([]Doing, error) {
	if s.doings == nil {
		return []Doing{}, nil
	}
	last, ok, err := lastTurn(ctx, q, a.Workspace, c.ID, a.Person, t.AskedAt)
	if err != nil {
		return nil, err
	}
	from := t.AskedAt.Add(-lookBack)
	if ok {
		from = max(from, last.AskedAt)
		if !last.PublishedAt.IsZero() {
			from = max(from, min(last.PublishedAt, t.AskedAt))
		}
	}
	list, err := s.doings(ctx, q, a, from, s.now())
	if err != nil {
		return nil, err
	}
	var in []id.ID
	for _, d := range list {
		in = append(in, d.Space)
	}
	known, err := s.spaces.SpacesByID(ctx, q, a, unique(in))
	out := []Doing{}
	for _, d := range list {
		if sp, ok := known[d.Space]; ok && (!sp.Private || sp.ID == c.Space) {
			out = append(out, d)
		}
	}
	return out, err
}

// lookBack is how far back a draft begins at most.
const lookBack = 14 * 24 * time.Hour
