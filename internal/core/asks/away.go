package asks

import (
	"context"
	"slices"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// mostAway bounds what is listed about one absence.
const mostAway = 200

// AwayOwing is an ask that would have been dealt with during an absence.
type AwayOwing struct {
	Ask      Ask
	Mine     Owed
	Due      clock.Instant // as it would be without the absence
	Moved    bool          // the absence moved the due, of which the asker was told
	Told     bool          // the actor told the asker
	MayStand bool          // the stand-in may be asked in one's place
}

// DueWhileAway lists what the actor owes that would be due during one of their own
// absences, by that due: what cannot wait may be passed on before one leaves. What
// was promised for before, or is due before, is not in it.
func (s *Service) DueWhileAway(ctx context.Context, q db.Queryer, a actor.Actor, absence id.ID) (people.Absence, []AwayOwing, error) {
	x, err := s.people.AbsenceOf(ctx, q, a.Workspace, a.Person, absence)
	if err != nil {
		return x, nil, err
	}
	hours, err := s.people.HoursWithout(ctx, q, a.Workspace, a.Person, absence)
	if err != nil {
		return x, nil, err
	}
	list, err := s.Owe(ctx, q, a, a.Person, Cursor{}, mostAway)
	if err != nil {
		return x, nil, err
	}
	now, out := s.db.Clock().Now(), []AwayOwing{}
	for _, o := range list {
		if o.Gone {
			continue
		}
		due := dueWithout(hours, &o.Ask, o.Mine, now)
		if due.IsZero() || due < x.From || due >= x.To {
			continue
		}
		out = append(out, AwayOwing{Ask: o.Ask, Mine: o.Mine, Due: due, Moved: o.Mine.By() > due.Add(time.Hour)})
	}
	slices.SortStableFunc(out, func(m, n AwayOwing) int { return int(m.Due - n.Due) })
	return x, out, s.standing(ctx, q, a, x, out)
}

// dueWithout is when a row would be due if its person worked by other hours.
func dueWithout(h *worktime.Schedule, ask *Ask, o Owed, now clock.Instant) clock.Instant {
	if o.State == Acknowledged && !o.PromisedAt.IsZero() {
		return o.PromisedAt
	}
	return replan(h, o, now, ask.termsFor(o.AskedAt), ask.ExtendedAt, false).Due
}

// standing says where the stand-in could be asked, and where the asker was told.
func (s *Service) standing(ctx context.Context, q db.Queryer, a actor.Actor, x people.Absence, list []AwayOwing) error {
	told, err := s.toldAway(ctx, q, a, x, list)
	if err != nil {
		return err
	}
	for i := range list {
		list[i].Told = told[list[i].Ask.ID]
		if x.StandIn.IsZero() {
			continue
		}
		if list[i].MayStand, err = s.mayStand(ctx, q, &list[i].Ask, x.StandIn); err != nil {
			return err
		}
	}
	return nil
}

// mayStand says whether somebody could be asked in another's place: neither asker
// nor asked already, active, and a reader of the thread.
func (s *Service) mayStand(ctx context.Context, q db.Queryer, ask *Ask, standIn id.ID) (bool, error) {
	if standIn == ask.AskerID || ask.Of(standIn) != nil || ask.held() {
		return false, nil
	}
	p, err := s.people.Get(ctx, q, ask.WorkspaceID, standIn)
	if none, err := gone(err); none || err != nil {
		return false, err
	}
	if !p.Active(s.db.Clock().Now()) || p.Bot {
		return false, nil
	}
	_, err = s.spaces.Thread(ctx, q, p.Actor(), ask.ThreadID)
	none, err := gone(err)
	return !none && err == nil, err
}

// Ended lists the asks that the actor owed and was released from in [from, to),
// because others had answered or the asker let it be; newest first, at most limit.
// What they may not see is left out.
func (s *Service) Ended(ctx context.Context, q db.Queryer, a actor.Actor, from, to clock.Instant, limit int) ([]Ask, error) {
	ids, err := releasedBetween(ctx, q, a.Workspace, a.Person, from, to, limit)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	return s.Asks(ctx, q, a, ids)
}
