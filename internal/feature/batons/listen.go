package batons

import (
	"context"
	"slices"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// Followers listen for what moves work by itself: hours and absences, people who
// leave, threads that end or move, and what becomes of the asks held for batons.
func (s *Service) Followers() []event.Follower {
	return []event.Follower{
		{Name: "batons.people", Kinds: []string{people.EventScheduleChanged, people.EventRemoved, people.EventChanged, spaces.EventMemberRemoved}, Handle: s.hearPeople},
		{Name: "batons.threads", Kinds: []string{spaces.EventThreadChanged, spaces.EventThreadConcluded}, Handle: s.hearThread},
		{Name: "batons.spaces", Kinds: []string{spaces.EventSpaceChanged}, Handle: s.hearSpace},
		{Name: "batons.asks", Kinds: []string{asks.EventDeclined, asks.EventReleased}, Handle: s.hearAsk},
	}
}

func (s *Service) hearPeople(ctx context.Context, tx *db.Tx, e event.Event) error {
	who := e.Concerns
	if e.Kind == people.EventRemoved || e.Kind == people.EventChanged {
		who = append([]id.ID{e.Subject.ID}, who...)
	}
	for _, p := range who {
		tx.Quiet("somebody's hours changed, and their batons may stay as they are")
		if err := s.reconsider(ctx, tx, p); err != nil {
			return err
		}
		if e.Kind != people.EventScheduleChanged {
			continue
		}
		if _, ok, err := loadEvening(ctx, tx, tx.Workspace, p); err != nil {
			return err
		} else if ok {
			if err := s.tonight(ctx, tx, p); err != nil {
				return err
			}
		}
	}
	return nil
}

// reconsider takes the batons that somebody has or is offered to the present.
func (s *Service) reconsider(ctx context.Context, tx *db.Tx, person id.ID) error {
	for after := (id.ID{}); ; {
		list, err := withPerson(ctx, tx, tx.Workspace, person, after, bunch)
		if err != nil {
			return err
		}
		for i := range list {
			if err := s.replan(ctx, tx, &list[i], person); err != nil {
				return err
			}
			if err := s.onward(ctx, tx, &list[i]); err != nil {
				return err
			}
		}
		if len(list) < bunch {
			return nil
		}
		after = list[len(list)-1].ID
	}
}

// replan counts anew by when somebody should take what they are offered. Whoever will
// be away for more than a day longer than that is not waited for.
func (s *Service) replan(ctx context.Context, tx *db.Tx, b *Baton, person id.ID) error {
	if b.State != Offered || b.OfferedTo != person {
		return nil
	}
	hours, err := s.people.HoursOf(ctx, tx, tx.Workspace, []id.ID{person})
	if err != nil {
		return err
	}
	w, ok := wakes(person, hours[person], tx.Now, b.Window)
	if b.Reach <= tx.Now { // they have seen it: the window goes on from there
		w, ok = rewakes(w, hours[person], b.Reach, b.Window)
	}
	switch {
	case !ok || w.Due > b.Due.Add(longAway):
		return s.lapse(ctx, tx, b, away, "You are away; it went on without you.")
	case w.Due == b.Due:
		return nil
	}
	b.Reach, b.Due = w.Reach, w.Due
	if err := moveLeg(ctx, tx, b.ID, b.Legs, b.Due); err != nil || b.Due <= tx.Now {
		return err
	}
	return s.asks.HeldMoveTx(ctx, tx, thing(b), b.Due)
}

// rewakes counts the window of an offer from when it reached somebody.
func rewakes(w Wake, h *worktime.Schedule, reach clock.Instant, window string) (Wake, bool) {
	win, err := worktime.ParseWindow(window)
	if h == nil || err != nil {
		return w, false
	}
	w.Reach, w.Due = reach, asks.Plan(h, reach, asks.Terms{Urgency: worktime.Soon, Window: win}, false).Due
	return w, !w.Due.IsZero()
}

func (s *Service) hearThread(ctx context.Context, tx *db.Tx, e event.Event) error {
	list, err := inThread(ctx, tx, tx.Workspace, e.Subject.ID)
	if err != nil {
		return err
	}
	for i := range list {
		b := &list[i]
		if b.State == Ended {
			continue
		}
		tx.Quiet("a baton follows its thread")
		if e.Kind == spaces.EventThreadConcluded {
			t, err := s.spaces.Thread(ctx, tx, house(tx.Workspace), b.Thread)
			if err != nil || !t.Concluded() {
				return err // reopened since: the work goes on
			}
			var data spaces.Concluded
			if err := e.Decode(&data); err != nil {
				return err
			}
			if err := s.end(ctx, tx, b, e.Actor, "The thread was concluded: "+data.Excerpt); err != nil {
				return err
			}
		} else if err := s.follow(ctx, tx, b); err != nil {
			return err
		}
		if err := s.onward(ctx, tx, b); err != nil {
			return err
		}
	}
	return nil
}

// hearSpace gives on what people carried in a space that became private without them.
func (s *Service) hearSpace(ctx context.Context, tx *db.Tx, e event.Event) error {
	shut, err := spaces.Shut(e)
	if err != nil || !shut {
		return err
	}
	for after := (id.ID{}); ; {
		list, err := inSpaces(ctx, tx, tx.Workspace, []id.ID{e.Subject.ID}, true, after, bunch)
		if err != nil {
			return err
		}
		for i := range list {
			tx.Quiet("most batons of a space stay with those who carry them")
			if err := s.onward(ctx, tx, &list[i]); err != nil {
				return err
			}
		}
		if len(list) < bunch {
			return nil
		}
		after = list[len(list)-1].ID
	}
}

// follow moves a baton to the space that its thread moved to. A chain stays behind.
func (s *Service) follow(ctx context.Context, tx *db.Tx, b *Baton) error {
	t, err := s.spaces.Thread(ctx, tx, house(tx.Workspace), b.Thread)
	if err == nil && t.Space != b.Space {
		b.Space, b.Chain = t.Space, id.ID{}
	}
	return err
}

// hearAsk moves a baton on whose ask was declined, or of which somebody was let off
// because they cannot see it any more.
func (s *Service) hearAsk(ctx context.Context, tx *db.Tx, e event.Event) error {
	var data struct {
		asks.About
		Person id.ID   `json:"person"`
		Reason string  `json:"reason"`
		People []id.ID `json:"people"`
	}
	if err := e.Decode(&data); err != nil {
		return err
	}
	list, err := inThread(ctx, tx, tx.Workspace, data.Thread)
	if err != nil {
		return err
	}
	for i := range list {
		b := &list[i]
		if b.State != Offered || b.HeldAsk != data.Ask {
			continue
		}
		switch {
		case e.Kind == asks.EventDeclined && b.OfferedTo == data.Person:
			if err = s.over(ctx, tx, b, declined, data.Reason, ""); err == nil {
				err = s.moveOn(ctx, tx, b, declined, data.Person) // its giver knows from the ask
			}
		case e.Kind == asks.EventReleased && slices.Contains(data.People, b.OfferedTo):
			err = s.lapse(ctx, tx, b, away, "")
		default:
			continue
		}
		if err != nil {
			return err
		}
		return s.onward(ctx, tx, b)
	}
	return nil
}
