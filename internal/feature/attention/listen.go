package attention

import (
	"context"
	"strconv"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// Followers are what listens to the log here: one, that plans.
func (s *Service) Followers() []event.Follower {
	hears := s.hears()
	kinds := make([]string, 0, len(hears))
	for k := range hears {
		kinds = append(kinds, k)
	}
	return []event.Follower{{Name: "attention", Kinds: kinds, Handle: func(ctx context.Context, tx *db.Tx, e event.Event) error {
		return hears[e.Kind](ctx, tx, e)
	}}}
}

type hear func(context.Context, *db.Tx, event.Event) error

func (s *Service) hears() map[string]hear {
	all := map[string]hear{
		spaces.EventPosted:          s.heardPost,
		spaces.EventPostEdited:      s.heardEdit,
		spaces.EventThreadConcluded: s.heardConclusion,
		people.EventScheduleChanged: s.heardHours,
		asks.EventAsked:             s.heardAsked,
		asks.EventExtended:          s.heardExtended,
		asks.EventUndone:            s.heardUndone,
		asks.EventReminded:          s.heardReminded,
		asks.EventReleased:          s.heardReleased,
		asks.EventAcknowledged:      s.heardAcknowledged,
		asks.EventAnswered:          s.heardAnswered,
		asks.EventDeclined:          s.heardDeclined,
		asks.EventPassed:            s.heardPassed,
		asks.EventSettled:           s.heardSettled,
		asks.EventLapsed:            s.heardLapsed,
		asks.EventDueMoved:          s.heardDueMoved,
		asks.EventAway:              s.heardAway,
		mailSent:                    s.heardMailed,
	}
	for kind := range s.notices {
		all[kind] = s.heardNotice
	}
	return all
}

// mailSent tells that a digest went out by e-mail too, pushSent that a device was told.
const (
	mailSent = "mail.sent"
	pushSent = "push.sent"
)

func (s *Service) heardMailed(ctx context.Context, tx *db.Tx, e event.Event) error {
	return setMailed(ctx, tx, e.Subject.ID)
}

// plan fills in when each delivery that an event gives rise to reaches its person,
// and stores them all. Nothing is planned from before the event: a due that turns
// out to have passed already is told of at the next check time. People without
// hours here (they are gone) get none.
func (s *Service) plan(ctx context.Context, tx *db.Tx, e event.Event, rows []delivery) error {
	persons := make([]id.ID, 0, len(rows))
	urgent := false
	for _, r := range rows {
		persons = append(persons, r.PersonID)
		urgent = urgent || r.Urgency == worktime.Urgent
	}
	hours, err := s.people.HoursOf(ctx, tx, tx.Workspace, persons)
	if err != nil {
		return err
	}
	paged := map[id.ID]bool{}
	if urgent {
		if paged, err = pagedOf(ctx, tx, tx.Workspace, persons); err != nil {
			return err
		}
	}
	kept := rows[:0]
	for _, r := range rows {
		h, ok := hours[r.PersonID]
		if !ok {
			continue
		}
		r.AskedAt = max(r.AskedAt, e.At)
		r.DeliverAt = instant(h, r.AskedAt, r.Urgency, paged[r.PersonID])
		kept = append(kept, r)
	}
	return putDeliveries(ctx, tx, kept)
}

// once is a key that names an event: what it tells reaches each person once.
func once(kind Kind, e event.Event, person id.ID) string {
	return string(kind) + ":" + strconv.FormatInt(e.Seq, 10) + ":" + person.String()
}
