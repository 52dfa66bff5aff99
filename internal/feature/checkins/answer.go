package checkins

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// Given is what somebody says in a turn of theirs.
type Given struct {
	Answers  []Answer
	Nothing  bool // they have nothing to say, and that is fine
	Blockers []NewBlocker
}

// stale is how long after its day a turn can be answered for the first time.
const stale = 14 * 24 * time.Hour

// mostBlockers is how many one answer may name.
const mostBlockers = 10

// Answer publishes what somebody says for a date of theirs, or changes it. Until it
// stood in another reader's report a change leaves no mark.
func (s *Service) Answer(ctx context.Context, a actor.Actor, turn id.ID, g Given) (t Turn, err error) {
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		t, err = s.AnswerTx(ctx, tx, a, turn, g)
		return err
	})
	return t, err
}

// AnswerTx is Answer in a transaction already open.
func (s *Service) AnswerTx(ctx context.Context, tx *db.Tx, a actor.Actor, turn id.ID, g Given) (Turn, error) {
	c, t, err := s.ownTurn(ctx, tx, a, turn)
	if err != nil {
		return t, err
	}
	if t.PublishedAt.IsZero() && tx.Now > t.DueAt.Add(stale) {
		return t, fault.New(fault.Conflict, "too_late", "This was asked more than two weeks ago. Say it in your next answer, or in the thread.")
	}
	said, err := g.check(t)
	if err != nil {
		return t, err
	}
	var blockers []NewBlocker
	if said, blockers, err = s.spokenBlockers(ctx, tx, t, said); err != nil {
		return t, err
	}
	blockers = append(blockers, g.Blockers...)
	if err := s.sayable(ctx, tx, g, t, said, blockers); err != nil {
		return t, err
	}
	t.publish(c, tx.Now, said, g.Nothing)
	event.Append(tx, c.told(EventAnswered, a.Person, answerRef(t.ID)))
	for _, b := range blockers {
		if err := s.blockTx(ctx, tx, a, c, t, b); err != nil {
			return t, err
		}
	}
	if err := s.closeTx(ctx, tx, c, t); err != nil {
		return t, err
	}
	return t, updateTurn(ctx, tx, t)
}

// check reads the answers; nothing to say needs none.
func (g Given) check(t Turn) ([]Answer, error) {
	if g.Nothing && len(g.Answers)+len(g.Blockers) > 0 {
		return nil, wrong("nothing_and_more", "nothing", "You either have nothing to say or you say something; leave one of them out.")
	}
	if len(g.Blockers) > mostBlockers {
		return nil, wrong("too_many", "blockers", "Name at most ten things that you wait for.")
	}
	if g.Nothing {
		return []Answer{}, nil
	}
	return check(t.Questions.V, g.Answers, false)
}

// sayable refuses an answer that says nothing at all without saying so.
func (s *Service) sayable(ctx context.Context, tx *db.Tx, g Given, t Turn, said []Answer, blockers []NewBlocker) error {
	if g.Nothing || len(said)+len(blockers) > 0 {
		return nil
	}
	have, err := blockersOfTurns(ctx, tx, tx.Workspace, []id.ID{t.ID})
	if err == nil && len(have) == 0 {
		err = wrong("empty", "answers", "Write something, or say that you have nothing to say.")
	}
	return err
}

// publish puts the answer in. In a hidden check-in, where whoever answered reads the
// others, every later change leaves a mark.
func (t *Turn) publish(c Checkin, now clock.Instant, said []Answer, nothing bool) {
	first := t.PublishedAt.IsZero()
	if !first {
		t.Edits++
	}
	if !first && (c.Hidden || !t.DeliveredAt.IsZero()) || first && c.Hidden && t.State == Skipped {
		t.EditedAt = now
	}
	if first {
		t.PublishedAt, t.PublicAt = now, now
		if d, err := worktime.ParseDate(t.Date); err == nil && c.Hidden {
			t.PublicAt = max(now, clock.At(midnight(d).Add(settles)))
		}
	}
	t.State, t.Answers.V, t.Nothing = Answered, said, nothing
	t.Draft.V, t.DraftAt = Draft{Answers: []Answer{}}, 0
}

// closeTx ends what the turn expected.
func (s *Service) closeTx(ctx context.Context, tx *db.Tx, c Checkin, t Turn) error {
	if err := putDue(ctx, tx, dueOver, c.ID, t.ID, 0); err != nil {
		return err
	}
	if t.PublicAt > tx.Now {
		if err := putDue(ctx, tx, dueReveal, c.ID, t.ID, t.PublicAt); err != nil {
			return err
		}
	}
	return s.asks.HeldDoneTx(ctx, tx, asks.Thing{Kind: ThingKind, ID: t.ID}, t.Person, "")
}

// ownTurn finds a turn of the actor's own in a check-in that goes on.
func (s *Service) ownTurn(ctx context.Context, q db.Queryer, a actor.Actor, turn id.ID) (Checkin, Turn, error) {
	c, t, err := s.turn(ctx, q, a, turn)
	if err != nil {
		return c, t, err
	}
	if t.Person != a.Person {
		return c, t, fault.New(fault.Forbidden, "not_yours", "Only whoever was asked can answer this.")
	}
	if c.State == Ended {
		return c, t, fault.New(fault.Conflict, "ended", "This check-in has ended; what was said stays as it is.")
	}
	return c, t, s.spaces.MayPost(ctx, q, a, c.Space)
}

// turn finds a turn that the actor may know of: their own, or a published answer that
// is not hidden from them.
func (s *Service) turn(ctx context.Context, q db.Queryer, a actor.Actor, turn id.ID) (Checkin, Turn, error) {
	t, ok, err := loadTurn(ctx, q, a.Workspace, turn)
	if err == nil && !ok {
		err = fault.Missing("check-in")
	}
	if err != nil {
		return Checkin{}, t, err
	}
	c, err := s.find(ctx, q, a, t.Checkin)
	if err != nil || t.Person == a.Person {
		return c, t, err
	}
	seen, err := s.readable(ctx, q, a, c, []Turn{t})
	if err == nil && len(seen) == 0 {
		err = fault.Missing("check-in")
	}
	return c, t, err
}

// readable keeps, of turns of one check-in, the published answers that a reader of its
// space may read: all that are public, one's own, and those for a date on which the
// reader answered, was let off, or is not asked.
func (s *Service) readable(ctx context.Context, q db.Queryer, a actor.Actor, c Checkin, list []Turn) ([]Turn, error) {
	now := s.now()
	dates := []string{}
	for _, t := range list {
		if t.PublicAt > now && t.Person != a.Person && !slices.Contains(dates, t.Date) {
			dates = append(dates, t.Date)
		}
	}
	open, err := s.openDates(ctx, q, a, c, dates)
	if err != nil {
		return nil, err
	}
	out := []Turn{}
	for _, t := range list {
		if !t.PublishedAt.IsZero() && (t.Person == a.Person || t.PublicAt <= now || open[t.Date]) {
			out = append(out, t)
		}
	}
	return out, nil
}

// openDates says for which dates the hidden answers of others are open to somebody.
func (s *Service) openDates(ctx context.Context, q db.Queryer, a actor.Actor, c Checkin, dates []string) (map[string]bool, error) {
	out := map[string]bool{}
	if len(dates) == 0 {
		return out, nil
	}
	part, ok, err := partOf(ctx, q, a.Workspace, c.ID, a.Person)
	if err != nil {
		return nil, err
	}
	stands, err := standingsOf(ctx, q, a.Workspace, c.ID, a.Person, dates)
	if err != nil {
		return nil, err
	}
	for _, d := range dates {
		// A date that somebody is asked for yet, or could be, stays shut to them.
		out[d] = !ok || !part.Asked || part.NextDate == "" || part.NextDate > d
	}
	for _, x := range stands {
		out[x.Date] = x.State != Open
	}
	return out, nil
}

// Withdraw takes an answer back that stood in nobody's report yet: the turn is open
// again while its day lasts.
func (s *Service) Withdraw(ctx context.Context, a actor.Actor, turn id.ID) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		c, t, err := s.ownTurn(ctx, tx, a, turn)
		if err != nil {
			return err
		}
		switch {
		case t.PublishedAt.IsZero():
			return fault.New(fault.Conflict, "not_answered", "There is no answer to take back.")
		case c.Hidden:
			return fault.New(fault.Conflict, "hidden", "You may have read the others' answers by now, so yours stays. You can change it.")
		case !t.DeliveredAt.IsZero():
			return fault.New(fault.Conflict, "read", "Your answer stands in a report already. You can change it; that is marked.")
		}
		t.Draft.V, t.DraftAt = Draft{Answers: t.Answers.V}, tx.Now
		t.Answers.V, t.Nothing, t.PublishedAt, t.PublicAt, t.EditedAt, t.Edits, t.State = []Answer{}, false, 0, 0, 0, 0, Over
		event.Append(tx, c.told(EventAnswered, a.Person, answerRef(t.ID)))
		if t.DueAt > tx.Now {
			t.State = Open
			if err := putDue(ctx, tx, dueOver, c.ID, t.ID, t.DueAt); err != nil {
				return err
			}
			if err := s.holdTx(ctx, tx, c, t); err != nil {
				return err
			}
		}
		return updateTurn(ctx, tx, t)
	})
}

// Skip lets oneself off for one date.
func (s *Service) Skip(ctx context.Context, a actor.Actor, turn id.ID) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		c, t, err := s.ownTurn(ctx, tx, a, turn)
		if err != nil {
			return err
		}
		if t.State != Open {
			return fault.New(fault.Conflict, "not_open", "Nothing is expected of you for this date; there is nothing to skip.")
		}
		return s.skipTx(ctx, tx, c, t)
	})
}

func (s *Service) skipTx(ctx context.Context, tx *db.Tx, c Checkin, t Turn) error {
	if err := s.overTx(ctx, tx, c, t, "Skipped."); err != nil {
		return err
	}
	t.State = Skipped
	return updateTurn(ctx, tx, t)
}

// Keep keeps a draft for its writer alone.
func (s *Service) Keep(ctx context.Context, a actor.Actor, turn id.ID, answers []Answer) (t Turn, err error) {
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("a draft is nobody's but its writer's")
		if _, t, err = s.ownTurn(ctx, tx, a, turn); err != nil {
			return err
		}
		if answers, err = check(t.Questions.V, answers, true); err != nil {
			return err
		}
		t.Draft.V, t.DraftAt = Draft{Answers: answers}, tx.Now
		return updateTurn(ctx, tx, t)
	})
	return t, err
}

// line says in a line what is asked. The questions themselves stand where they are
// answered: on the page, and in a mail.
func (t Turn) line(c Checkin) string {
	words := "1 question"
	if n := len(t.Questions.V); n != 1 {
		words = fmt.Sprintf("%d questions", n)
	}
	return c.Name + ", " + t.day() + ": " + words
}

// day is the date as people write it.
func (t Turn) day() string {
	d, err := worktime.ParseDate(t.Date)
	if err != nil {
		return t.Date
	}
	return midnight(d).Format("Mon 2 Jan")
}

func cut(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return strings.TrimSpace(string(r[:most-1])) + "…"
	}
	return s
}

// Turn reads a turn of the actor's own, or the published answer of another.
func (s *Service) Turn(ctx context.Context, q db.Queryer, a actor.Actor, turn id.ID) (Turn, error) {
	_, t, err := s.turn(ctx, q, a, turn)
	return t, err
}
