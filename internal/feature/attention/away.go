package attention

import (
	"context"
	"slices"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// What an absence brings with it, for whoever is away.
const (
	CatchUp Kind = "catch_up" // at the first check time after it: what happened meanwhile, in one digest
	Leaving Kind = "leaving"  // at the last check time before it: what is due meanwhile
)

// ofAbsence says that the delivery is about an absence of its reader's own.
func (k Kind) ofAbsence() bool { return k == CatchUp || k == Leaving }

// leastAbsence is how long an absence lasts, by the clock, that has a catch-up: a
// whole day, even one that summer time makes shorter, and no dentist's appointment.
const leastAbsence = 20 * time.Hour

// planAbsences plans what goes with the absences ahead of people whose hours changed.
// What is planned for an absence that is gone, or has moved since, is let go when its
// instant comes.
func (s *Service) planAbsences(ctx context.Context, tx *db.Tx, e event.Event, persons []id.ID) error {
	all, err := s.people.AbsencesBetween(ctx, tx, tx.Workspace, persons, tx.Now, never)
	if err != nil || len(all) == 0 {
		return err
	}
	hours, err := s.people.HoursOf(ctx, tx, tx.Workspace, persons)
	if err != nil {
		return err
	}
	var rows []delivery
	for _, p := range persons {
		for _, x := range all[p] {
			if x.To.Sub(x.From) < leastAbsence || hours[p] == nil {
				continue
			}
			rows = append(rows, aboutAbsence(x, CatchUp, x.To, x.To))
			if at := lastCheck(hours[p], tx.Now, x.From); at != 0 {
				rows = append(rows, aboutAbsence(x, Leaving, at, x.From))
			}
		}
	}
	return s.plan(ctx, tx, e, rows)
}

func aboutAbsence(x people.Absence, kind Kind, asked, of clock.Instant) delivery {
	return delivery{
		PersonID: x.Person, AskedAt: asked, Urgency: worktime.Routine, Kind: kind, RefKind: "absence", RefID: x.ID,
		WhoID: x.Person, AboutID: x.ID, Due: of, Dedup: string(kind) + ":" + x.ID.String() + ":" + of.String(),
	}
}

// lookedBefore is how long before an absence its last check time is looked for.
const lookedBefore = 7 * 24 * time.Hour

// lastCheck is the last check time after now and before an absence begins; zero for none.
func lastCheck(h *worktime.Schedule, now, from clock.Instant) (last clock.Instant) {
	for at := max(now+1, from.Add(-lookedBefore)); ; {
		next, err := h.Reach(at.Time(), worktime.Routine)
		if err != nil || clock.Up(next) >= from {
			return last
		}
		last = clock.Up(next)
		at = last + 1
	}
}

// judgeAbsence lets go what is planned for an absence that is no more, or is another
// now, and keeps the rest to the hours of its reader.
func (f facts) judgeAbsence(r delivery, h *worktime.Schedule) (verdict, clock.Instant) {
	x, ok := f.absences[r.RefID]
	switch {
	case !ok, r.Kind == CatchUp && x.To != r.Due, r.Kind == Leaving && (x.From != r.Due || f.now >= x.From):
		return letGo, 0
	}
	if at := instant(h, r.AskedAt, r.Urgency, false); at == 0 || at > f.now {
		return wait, at
	}
	if disturbs(h, f.now, r.Urgency, false) {
		return wait, instant(h, f.now, r.Urgency, false)
	}
	return deliverNow, 0
}

// gatherAbsences looks up the absences that deliveries are about.
func (s *Service) gatherAbsences(ctx context.Context, q db.Queryer, workspace id.ID, rows []delivery) (map[id.ID]people.Absence, error) {
	var persons []id.ID
	for _, r := range rows {
		if r.Kind.ofAbsence() {
			persons = append(persons, r.PersonID)
		}
	}
	if len(persons) == 0 {
		return nil, nil
	}
	all, err := s.people.AbsencesBetween(ctx, q, workspace, persons, -never, never)
	out := map[id.ID]people.Absence{}
	for _, list := range all {
		for _, x := range list {
			out[x.ID] = x
		}
	}
	return out, err
}

// weighAbsences lets go what would say nothing, and says of how many lines each
// catch-up is, by its reader.
func (s *Service) weighAbsences(ctx context.Context, tx *db.Tx, f facts, rows []delivery) (now []delivery, gone []id.ID, size map[id.ID]int64, err error) {
	size = map[id.ID]int64{}
	for _, r := range rows {
		n := 1
		switch r.Kind {
		case CatchUp:
			var c Caught
			x := f.absences[r.RefID]
			c, err = s.caught(ctx, tx, f.people[r.PersonID].Actor(), x.From, tx.Now, func(d delivery) bool {
				return !slices.ContainsFunc(rows, func(r delivery) bool { return r.ID == d.ID }) && d.DeliverAt >= x.To && d.DeliverAt <= tx.Now
			})
			n = c.size()
			size[r.PersonID] = max(size[r.PersonID], int64(n))
		case Leaving:
			n, err = s.dueMeanwhile(ctx, tx, f.people[r.PersonID].Actor(), r.RefID)
		}
		if err != nil {
			return nil, nil, nil, err
		}
		if n == 0 {
			gone = append(gone, r.ID)
			continue
		}
		now = append(now, r)
	}
	return now, gone, size, nil
}

// inOne says of each delivery that goes out now to whoever is back from an absence
// that it comes with the catch-up, whether it could have come sooner or not.
func inOne(rows []delivery) map[id.ID]bool {
	out := map[id.ID]bool{}
	for _, r := range rows {
		if r.Kind == CatchUp {
			out[r.PersonID] = true
		}
	}
	return out
}

func hasKind(rows []delivery, k Kind) bool {
	return slices.ContainsFunc(rows, func(r delivery) bool { return r.Kind == k })
}
