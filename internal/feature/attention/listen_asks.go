package attention

import (
	"context"
	"fmt"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// heardAsked plans the ask itself and its reminders for each addressee.
func (s *Service) heardAsked(ctx context.Context, tx *db.Tx, e event.Event) error {
	var data asks.Asked
	if err := e.Decode(&data); err != nil {
		return err
	}
	var rows []delivery
	for _, o := range data.Owed {
		rows = append(rows, aboutAsk(e, data.About, o, Asked))
	}
	if err := heardOtherwise(ctx, tx, data.Post, e.Concerns); err != nil {
		return err
	}
	if err := s.plan(ctx, tx, e, rows); err != nil {
		return err
	}
	return s.watch(ctx, tx, e, data.About, data.Owed)
}

// heardExtended moves reminders to the new dues.
func (s *Service) heardExtended(ctx context.Context, tx *db.Tx, e event.Event) error {
	var data asks.Asked
	if err := e.Decode(&data); err != nil {
		return err
	}
	return s.watch(ctx, tx, e, data.About, data.Owed)
}

// heardUndone brings back what an answer had let go.
func (s *Service) heardUndone(ctx context.Context, tx *db.Tx, e event.Event) error {
	var data asks.UndoneData
	if err := e.Decode(&data); err != nil {
		return err
	}
	var rows []delivery
	for _, o := range data.Owed {
		rows = append(rows, aboutAsk(e, data.About, o, Asked))
	}
	if err := s.plan(ctx, tx, e, rows); err != nil {
		return err
	}
	return s.watch(ctx, tx, e, data.About, data.Owed)
}

// heardReminded lets the asker's own reminder reach those it is for.
func (s *Service) heardReminded(ctx context.Context, tx *db.Tx, e event.Event) error {
	var data asks.RemindedData
	if err := e.Decode(&data); err != nil {
		return err
	}
	var rows []delivery
	for _, p := range data.People {
		r := aboutAsk(e, data.About, asks.OwedSlot{Person: p, Asked: e.At}, Reminded)
		r.Dedup = once(Reminded, e, p)
		rows = append(rows, r)
	}
	return s.plan(ctx, tx, e, rows)
}

// heardReleased silently lets go what was planned for whoever need not act.
func (s *Service) heardReleased(ctx context.Context, tx *db.Tx, e event.Event) error {
	var data asks.ReleasedData
	if err := e.Decode(&data); err != nil {
		return err
	}
	return dropAsked(ctx, tx, data.Ask, data.People)
}

// heardDueMoved moves reminders, and tells the asker.
func (s *Service) heardDueMoved(ctx context.Context, tx *db.Tx, e event.Event) error {
	var data asks.DueMovedData
	if err := e.Decode(&data); err != nil {
		return err
	}
	slot := asks.OwedSlot{Person: data.Person, Reach: data.Reach, Due: data.To}
	if err := s.watch(ctx, tx, e, data.About, []asks.OwedSlot{slot}); err != nil {
		return err
	}
	return s.tellAsker(ctx, tx, e, data.About, DueMoved, data.Person)
}

// watch plans the reminders of dues (once before, once when late, and then the
// asker too) and notes when silence may have to speak.
func (s *Service) watch(ctx context.Context, tx *db.Tx, e event.Event, about asks.About, owed []asks.OwedSlot) error {
	persons := make([]id.ID, 0, len(owed))
	for _, o := range owed {
		persons = append(persons, o.Person)
	}
	hours, err := s.people.HoursOf(ctx, tx, tx.Workspace, persons)
	if err != nil {
		return err
	}
	var rows []delivery
	for _, o := range owed {
		if err := dropReminders(ctx, tx, about.Ask, o.Person); err != nil {
			return err
		}
		if h, ok := hours[o.Person]; ok && o.Due != 0 {
			rows = append(rows, reminders(h, e, about, o, tx.Now)...)
		}
	}
	if err := s.plan(ctx, tx, e, rows); err != nil {
		return err
	}
	if e.Due == 0 {
		return endSilence(ctx, tx, about.Ask)
	}
	return putSilence(ctx, tx, about.Ask, after(e.Due))
}

// reminders are what a due brings with it. A window counts from the moment it is
// known, when that is later than the reach.
func reminders(h *worktime.Schedule, e event.Event, about asks.About, o asks.OwedSlot, known clock.Instant) []delivery {
	var rows []delivery
	told := o.Reach
	if told == 0 {
		told = known
	}
	if at := remindAt(h, told, known, o.Due); at != 0 {
		r := aboutAsk(e, about, o, DueSoon)
		r.AskedAt, r.Urgency = at, worktime.Soon
		rows = append(rows, r)
	}
	if about.Quiet {
		return rows // one reminder, and nobody is called late
	}
	late := aboutAsk(e, about, o, Late)
	late.AskedAt, late.Urgency = after(o.Due), worktime.Routine
	return append(rows, late, lateFor(e, about, o))
}

// lateFor tells the asker who is late.
func lateFor(e event.Event, about asks.About, o asks.OwedSlot) delivery {
	r := aboutAsk(e, about, o, LateFor)
	r.PersonID, r.WhoID, r.AskedAt, r.Urgency = about.Asker, o.Person, after(o.Due), worktime.Routine
	return r
}

// aboutAsk is a delivery to an addressee.
func aboutAsk(e event.Event, about asks.About, o asks.OwedSlot, kind Kind) delivery {
	r := delivery{
		PersonID: o.Person, AskedAt: o.Asked, Urgency: worktime.Urgency(about.Urgency), Kind: kind, RefKind: "ask", RefID: about.Ask,
		AskID: about.Ask, ThreadID: about.Thread, SpaceID: e.Space, WhoID: about.Asker, AboutID: about.Ask, Due: o.Due,
	}
	if r.AskedAt == 0 {
		r.AskedAt = e.At
	}
	if kind == Asked {
		r.Dedup = fmt.Sprintf("%s:%s:%s:%d", kind, about.Ask, o.Person, int64(o.Asked))
	} else {
		r.Dedup = fmt.Sprintf("%s:%s:%s:%d", kind, about.Ask, o.Person, int64(o.Due))
	}
	return r
}
