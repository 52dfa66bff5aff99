package checkins

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
	"example.org/meantime/worktime"
)

// Jobs enters the work of this package: one pulse, which does what is due in order.
func (s *Service) Jobs(r *job.Runner) {
	r.Beat(job.Pulse{
		Name: "checkins",
		Next: func(ctx context.Context) (clock.Instant, error) { return nextDue(ctx, s.db) },
		Run:  s.Look,
	})
}

const (
	bunch    = 100
	tryAgain = 10 * time.Minute
)

// Look does all that is due in all workspaces, each in a transaction of its own with
// the mark that it is done. What fails is tried again later, and holds up nothing.
func (s *Service) Look(ctx context.Context) error {
	var at due
	var errs []error
	now := s.now()
	for {
		list, err := dueBy(ctx, s.db, now, at, bunch)
		if err != nil {
			return errors.Join(append(errs, err)...)
		}
		for _, d := range list {
			if err := s.look(ctx, d); err != nil {
				errs = append(errs, fmt.Errorf("checkins: %s of %s: %w", d.Kind, d.Checkin, err), s.later(ctx, d))
			}
		}
		if len(list) < bunch {
			return errors.Join(errs...)
		}
		at = list[len(list)-1]
	}
}

func (s *Service) look(ctx context.Context, d due) error {
	do := map[string]func(context.Context, *db.Tx, Checkin, due) error{
		dueAsk: s.askTx, dueOver: s.endTurnTx, dueReport: s.reportTx, dueReveal: s.revealTx, dueWeek: s.weekTx,
	}[d.Kind]
	return s.db.Write(ctx, d.WorkspaceID, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("what is due may turn out to be nothing")
		still, err := isDue(ctx, tx, d)
		if err != nil || !still {
			return err
		}
		c, ok, err := loadCheckin(ctx, tx, tx.Workspace, d.Checkin)
		if err != nil {
			return err
		}
		if !ok {
			return putDue(ctx, tx, d.Kind, d.Checkin, d.Ref, 0)
		}
		return do(ctx, tx, c, d)
	})
}

func (s *Service) later(ctx context.Context, d due) error {
	return s.db.Write(ctx, d.WorkspaceID, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("what failed is tried again later")
		return putDue(ctx, tx, d.Kind, d.Checkin, d.Ref, tx.Now.Add(tryAgain))
	})
}

// planTx writes down when somebody is asked next, and when their next report is made.
func (s *Service) planTx(ctx context.Context, tx *db.Tx, c Checkin, p Person, h *worktime.Schedule, but ...worktime.Date) error {
	slot, ok, err := s.slotOf(ctx, tx, c, p, h, but...)
	if err != nil {
		return err
	}
	p.NextAt, p.NextDate = 0, ""
	if ok {
		p.NextAt, p.NextDate = slot.At, slot.Date.String()
	}
	if err := putPerson(ctx, tx, p); err != nil {
		return err
	}
	if err := putDue(ctx, tx, dueAsk, c.ID, p.Person, p.NextAt); err != nil {
		return err
	}
	// A report that is due by now is made first, and plans the next.
	if at, err := dueAt(ctx, tx, dueReport, c.ID, p.Person); err != nil || at != 0 && at <= tx.Now && p.Reads {
		return err
	}
	return putDue(ctx, tx, dueReport, c.ID, p.Person, c.morning(p, h, tx.Now))
}

// slotOf finds the next slot of somebody, without those of some dates.
func (s *Service) slotOf(ctx context.Context, tx *db.Tx, c Checkin, p Person, h *worktime.Schedule, but ...worktime.Date) (Slot, bool, error) {
	if c.State != Active || !p.Asked || h == nil {
		return Slot{}, false, nil
	}
	dates, err := datesOf(ctx, tx, tx.Workspace, c.ID, p.Person, h.LocalDate(tx.Now.Time()).AddDays(-4).String())
	if err != nil {
		return Slot{}, false, err
	}
	slot, ok := Next(h, c.Rhythm.V, p.SinceAt, tx.Now, func(d worktime.Date) bool {
		return slices.Contains(dates, d.String()) || slices.Contains(but, d) || d.String() < c.PauseUntil
	})
	return slot, ok, nil
}

// morning is the next start of a reader's working day; zero for who reads none.
func (c Checkin) morning(p Person, h *worktime.Schedule, now clock.Instant) clock.Instant {
	if !p.Reads || h == nil || c.State == Ended && now > c.EndedAt.Add(lastReports) {
		return 0
	}
	for from, end := now.Time(), now.Time().Add(sight); from.Before(end); from = from.Add(32 * 24 * time.Hour) {
		for _, d := range h.Days(from, from.Add(32*24*time.Hour)) {
			if at := clock.Up(d.From); at > now {
				return at
			}
		}
	}
	return 0
}

// lastReports is how long after its end reports of a check-in are made.
const lastReports = 7 * 24 * time.Hour

// askTx asks somebody, if it is time by the hours that they have now.
func (s *Service) askTx(ctx context.Context, tx *db.Tx, c Checkin, d due) error {
	p, ok, err := partOf(ctx, tx, tx.Workspace, c.ID, d.Ref)
	if err != nil {
		return err
	}
	if !ok || !p.Asked || c.State != Active {
		return putDue(ctx, tx, dueAsk, c.ID, d.Ref, 0)
	}
	hours, err := s.people.HoursOf(ctx, tx, tx.Workspace, []id.ID{p.Person})
	if err != nil {
		return err
	}
	h := hours[p.Person]
	slot, ok, err := s.slotOf(ctx, tx, c, p, h)
	if err != nil {
		return err
	}
	if !ok || slot.At > tx.Now {
		return s.planTx(ctx, tx, c, p, h)
	}
	can, err := s.canBeAsked(ctx, tx, c, p.Person)
	if err != nil {
		return err
	}
	if !can {
		return s.planTx(ctx, tx, c, p, h, slot.Date)
	}
	if err := s.openTx(ctx, tx, c, p.Person, slot); err != nil {
		return err
	}
	return s.planTx(ctx, tx, c, p, h)
}

// canBeAsked says whether somebody reads the space still, and it can be written in.
func (s *Service) canBeAsked(ctx context.Context, tx *db.Tx, c Checkin, person id.ID) (bool, error) {
	known, err := s.people.ByIDs(ctx, tx, tx.Workspace, []id.ID{person})
	if err != nil {
		return false, err
	}
	who, ok := known[person]
	if !ok || !who.Active(tx.Now) {
		return false, nil
	}
	err = s.spaces.MayPost(ctx, tx, who.Actor(), c.Space)
	if fault.As(err) != nil {
		return false, nil
	}
	return err == nil, err
}

// openTx opens a turn and holds the ask for it.
func (s *Service) openTx(ctx context.Context, tx *db.Tx, c Checkin, person id.ID, slot Slot) error {
	t := Turn{
		ID: id.New(tx.Now), Checkin: c.ID, Person: person, Date: slot.Date.String(), AskedAt: tx.Now, DueAt: slot.Due, State: Open,
		Questions: db.JSON[[]Question]{V: c.asking(slot.Date)}, Answers: db.JSON[[]Answer]{V: []Answer{}}, Draft: db.JSON[Draft]{V: Draft{Answers: []Answer{}}},
	}
	if err := insertTurn(ctx, tx, t); err != nil {
		return err
	}
	event.Append(tx, c.told(EventOpened, id.ID{}, turnRef(t.ID), person))
	if err := putDue(ctx, tx, dueOver, c.ID, t.ID, t.DueAt); err != nil {
		return err
	}
	return s.holdTx(ctx, tx, c, t)
}

func (s *Service) holdTx(ctx context.Context, tx *db.Tx, c Checkin, t Turn) error {
	_, err := s.asks.HoldTx(ctx, tx, asks.Held{
		Thing: asks.Thing{Kind: ThingKind, ID: t.ID}, Path: TurnPath(t.ID), Kind: asks.CheckIn, Thread: c.Thread, Post: c.Post, By: c.Owner,
		Text: t.line(c), People: []id.ID{t.Person}, Urgency: worktime.Soon, Deadline: t.DueAt, Quiet: true,
	})
	return err
}

// asking are the questions for a date: the team question is that week's.
func (c Checkin) asking(d worktime.Date) []Question {
	out := slices.Clone(c.Questions.V)
	for i, q := range out {
		if q.Kind == OfWeek {
			out[i].Text = questionOf(c.ID, d)
		}
	}
	return out
}

// endTurnTx lets a turn go when the day is over.
func (s *Service) endTurnTx(ctx context.Context, tx *db.Tx, c Checkin, d due) error {
	t, ok, err := loadTurn(ctx, tx, tx.Workspace, d.Ref)
	if err != nil {
		return err
	}
	if !ok || t.State != Open {
		return putDue(ctx, tx, dueOver, c.ID, d.Ref, 0)
	}
	return s.overTx(ctx, tx, c, t, "The day is over; nothing is expected any more.")
}

// overTx lets an open turn go without blame. It can be answered still.
func (s *Service) overTx(ctx context.Context, tx *db.Tx, c Checkin, t Turn, why string) error {
	t.State = Over
	event.Append(tx, c.told(EventReleased, id.ID{}, turnRef(t.ID), t.Person))
	if err := putDue(ctx, tx, dueOver, c.ID, t.ID, 0); err != nil {
		return err
	}
	if err := s.asks.HeldOverTx(ctx, tx, asks.Thing{Kind: ThingKind, ID: t.ID}, why); err != nil {
		return err
	}
	return updateTurn(ctx, tx, t)
}

// revealTx tells that a hidden answer can be read by everybody.
func (s *Service) revealTx(ctx context.Context, tx *db.Tx, c Checkin, d due) error {
	t, ok, err := loadTurn(ctx, tx, tx.Workspace, d.Ref)
	if err != nil {
		return err
	}
	if ok && !t.PublishedAt.IsZero() && t.PublicAt <= tx.Now {
		event.Append(tx, c.told(EventRevealed, id.ID{}, answerRef(t.ID)))
	}
	return putDue(ctx, tx, dueReveal, c.ID, d.Ref, 0)
}

func sorted(list []id.ID) []id.ID {
	slices.SortFunc(list, func(a, b id.ID) int { return bytes.Compare(a[:], b[:]) })
	return list
}

func unique(list []id.ID) []id.ID {
	out := []id.ID{}
	for _, x := range list {
		if !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}
