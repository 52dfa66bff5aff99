package checkins

import (
	"context"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// Followers listen for other hours and teams, for what becomes of the asks of turns and
// blockers by other doors, and for what is done to the threads.
func (s *Service) Followers() []event.Follower {
	hears := map[string]func(context.Context, *db.Tx, event.Event) error{
		people.EventScheduleChanged: s.hearHours,
		people.EventTeamChanged:     s.hearTeam,
		people.EventRemoved:         s.hearRemoved,
		people.EventChanged:         s.hearPerson,
		people.EventJoined:          s.hearPerson,
		spaces.EventMemberAdded:     s.hearMember,
		spaces.EventMemberRemoved:   s.hearMember,
		spaces.EventSpaceChanged:    s.hearSpace,
		spaces.EventThreadChanged:   s.hearThread,
		spaces.EventThreadConcluded: s.hearConcluded,
		asks.EventDeclined:          s.hearDeclined,
		asks.EventSettled:           s.hearAsk,
		asks.EventReleased:          s.hearAsk,
		asks.EventLapsed:            s.hearAsk,
		asks.EventUndone:            s.hearAsk,
	}
	var kinds []string
	for k := range hears {
		kinds = append(kinds, k)
	}
	return []event.Follower{{Name: "checkins", Kinds: kinds, Handle: func(ctx context.Context, tx *db.Tx, e event.Event) error {
		tx.Quiet("most of what is heard changes nothing here")
		return hears[e.Kind](ctx, tx, e)
	}}}
}

// hearHours moves what is planned and what is due to somebody's new hours.
func (s *Service) hearHours(ctx context.Context, tx *db.Tx, e event.Event) error {
	hours, err := s.people.HoursOf(ctx, tx, tx.Workspace, e.Concerns)
	if err != nil {
		return err
	}
	for _, x := range e.Concerns {
		if h := hours[x]; h != nil {
			if err := s.replanTx(ctx, tx, x, h); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Service) replanTx(ctx context.Context, tx *db.Tx, person id.ID, h *worktime.Schedule) error {
	turns, err := openTurns(ctx, tx, tx.Workspace, person)
	if err != nil {
		return err
	}
	for _, t := range turns {
		if err := s.moveTx(ctx, tx, t, h); err != nil {
			return err
		}
	}
	return s.eachOf(ctx, tx, person, func(c Checkin, p Person) error { return s.planTx(ctx, tx, c, p, h) })
}

// around is how far from its due a turn's own date is looked for.
const around = 3 * 24 * time.Hour

// moveTx moves an open turn's end to the new end of its day, or lets it go when the
// date is not worked any more.
func (s *Service) moveTx(ctx context.Context, tx *db.Tx, t Turn, h *worktime.Schedule) error {
	c, ok, err := loadCheckin(ctx, tx, tx.Workspace, t.Checkin)
	if err != nil || !ok {
		return err
	}
	at := t.DueAt.Time()
	for _, d := range h.Days(at.Add(-around), at.Add(around)) {
		if d.Date.String() != t.Date {
			continue
		}
		end := clock.At(d.To)
		if end == t.DueAt {
			return nil
		}
		if end <= tx.Now {
			return s.overTx(ctx, tx, c, t, "The day is over; nothing is expected any more.")
		}
		t.DueAt = end
		if err := updateTurn(ctx, tx, t); err != nil {
			return err
		}
		if err := putDue(ctx, tx, dueOver, c.ID, t.ID, end); err != nil {
			return err
		}
		return s.asks.HeldMoveTx(ctx, tx, asks.Thing{Kind: ThingKind, ID: t.ID}, end)
	}
	return s.overTx(ctx, tx, c, t, "You are off; nothing is expected of you.")
}

// hearTeam asks whoever is in a team now.
func (s *Service) hearTeam(ctx context.Context, tx *db.Tx, e event.Event) error {
	list, err := checkinsOfTeam(ctx, tx, tx.Workspace, e.Subject.ID)
	if err != nil {
		return err
	}
	for _, c := range list {
		if err := s.resyncTx(ctx, tx, c); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) resyncTx(ctx context.Context, tx *db.Tx, c Checkin) error {
	if c.State == Ended {
		return nil
	}
	event.Append(tx, c.told(EventChanged, id.ID{}, c.ref()))
	return s.syncTx(ctx, tx, c)
}

// hearRemoved lets somebody go who left the workspace, and looks after what they held.
func (s *Service) hearRemoved(ctx context.Context, tx *db.Tx, e event.Event) error {
	if err := s.hearPerson(ctx, tx, e); err != nil {
		return err
	}
	return s.eachOf(ctx, tx, e.Subject.ID, func(c Checkin, p Person) error { return s.leaveTx(ctx, tx, c, p.Person) })
}

// eachOf goes through the check-ins that somebody takes part in.
func (s *Service) eachOf(ctx context.Context, tx *db.Tx, person id.ID, f func(Checkin, Person) error) error {
	parts, err := partsOf(ctx, tx, tx.Workspace, person)
	if err != nil {
		return err
	}
	for _, p := range parts {
		c, ok, err := loadCheckin(ctx, tx, tx.Workspace, p.Checkin)
		if err != nil {
			return err
		}
		if ok {
			if err := f(c, p); err != nil {
				return err
			}
		}
	}
	return nil
}

// hearMember asks whoever may read a space now, and lets go whoever may not any more.
func (s *Service) hearMember(ctx context.Context, tx *db.Tx, e event.Event) error {
	list, err := checkinsIn(ctx, tx, tx.Workspace, []id.ID{e.Space}, id.ID{}, false, mostLines)
	if err != nil || e.Space.IsZero() {
		return err
	}
	for _, c := range list {
		if err := s.resyncTx(ctx, tx, c); err != nil {
			return err
		}
		if err := s.lookAfterTx(ctx, tx, c); err != nil {
			return err
		}
	}
	return nil
}

// hearSpace does so when a space became private or open.
func (s *Service) hearSpace(ctx context.Context, tx *db.Tx, e event.Event) error {
	if turned, err := spaces.Turned(e); err != nil || turned == "" {
		return err
	}
	return s.hearMember(ctx, tx, e)
}

// hearThread follows a thread into another space.
func (s *Service) hearThread(ctx context.Context, tx *db.Tx, e event.Event) error {
	c, ok, err := checkinOfThread(ctx, tx, tx.Workspace, e.Subject.ID)
	if err != nil || !ok {
		return err
	}
	t, err := s.spaces.Thread(ctx, tx, actor.System(tx.Workspace), c.Thread)
	if err != nil || t.Space == c.Space {
		return err
	}
	c.Space = t.Space
	if err := updateCheckin(ctx, tx, c); err != nil {
		return err
	}
	if err := s.resyncTx(ctx, tx, c); err != nil {
		return err
	}
	return s.lookAfterTx(ctx, tx, c)
}

// hearConcluded ends a check-in whose thread somebody concluded.
func (s *Service) hearConcluded(ctx context.Context, tx *db.Tx, e event.Event) error {
	c, ok, err := checkinOfThread(ctx, tx, tx.Workspace, e.Subject.ID)
	if err != nil || !ok || c.State == Ended {
		return err
	}
	t, err := s.spaces.Thread(ctx, tx, actor.System(tx.Workspace), c.Thread)
	if err != nil || !t.Concluded() {
		return err
	}
	_, err = s.endTx(ctx, tx, e.Actor, c, t.ConclusionMarkdown)
	return err
}

// hearDeclined takes a declined ask of a turn as skipping it.
func (s *Service) hearDeclined(ctx context.Context, tx *db.Tx, e event.Event) error {
	var data asks.DeclinedData
	if err := e.Decode(&data); err != nil {
		return err
	}
	if data.Held != ThingKind {
		return s.hearAsk(ctx, tx, e)
	}
	ask, err := s.asks.Ask(ctx, tx, actor.System(tx.Workspace), data.Ask)
	if err != nil {
		return err
	}
	t, ok, err := loadTurn(ctx, tx, tx.Workspace, ask.HeldID)
	if err != nil || !ok || t.State != Open {
		return err
	}
	c, ok, err := loadCheckin(ctx, tx, tx.Workspace, t.Checkin)
	if err != nil || !ok {
		return err
	}
	return s.skipTx(ctx, tx, c, t)
}

// hearAsk settles a blocker when nobody is expected to act for it any more, and opens it
// again when an answer is taken back.
func (s *Service) hearAsk(ctx context.Context, tx *db.Tx, e event.Event) error {
	b, ok, err := blockerOfAsk(ctx, tx, tx.Workspace, e.Subject.ID)
	if err != nil || !ok {
		return err
	}
	c, ok, err := loadCheckin(ctx, tx, tx.Workspace, b.Checkin)
	if err != nil || !ok {
		return err
	}
	ask, err := s.asks.Ask(ctx, tx, actor.System(tx.Workspace), b.Ask)
	if err != nil {
		if fault.IsKind(err, fault.NotFound) {
			return nil
		}
		return err
	}
	if ask.State != asks.Open {
		return s.settleTx(ctx, tx, c, b, e.Actor)
	}
	if e.Kind == asks.EventUndone && !b.SettledAt.IsZero() {
		event.Append(tx, c.told(EventBlocked, e.Actor, event.Ref{Kind: "checkin_blocker", ID: b.ID}, b.Person))
		return unsettleBlocker(ctx, tx, b.ID)
	}
	return nil
}
