package attention

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// heardHours plans anew all that is planned for people whose hours changed: from
// when it was asked, but not before now. Absences bring something of their own.
func (s *Service) heardHours(ctx context.Context, tx *db.Tx, e event.Event) error {
	persons := e.Concerns
	if len(persons) == 0 && e.Subject.Kind == "person" {
		persons = []id.ID{e.Subject.ID}
	}
	if err := s.planAbsences(ctx, tx, e, persons); err != nil {
		return err
	}
	rows, err := plannedOf(ctx, tx, persons)
	if err != nil || len(rows) == 0 {
		return err
	}
	hours, err := s.people.HoursOf(ctx, tx, tx.Workspace, persons)
	if err != nil {
		return err
	}
	paged, err := pagedOf(ctx, tx, tx.Workspace, persons)
	if err != nil {
		return err
	}
	return move(ctx, tx, replanned(rows, hours, paged, tx.Now))
}

// replanned lists the rows that go to another instant, with that instant.
func replanned(rows []delivery, hours map[id.ID]*worktime.Schedule, paged map[id.ID]bool, now clock.Instant) []delivery {
	var out []delivery
	for _, r := range rows {
		h, ok := hours[r.PersonID]
		if !ok {
			continue
		}
		if at := instant(h, max(r.AskedAt, now), r.Urgency, paged[r.PersonID]); at != r.DeliverAt {
			r.DeliverAt = at
			out = append(out, r)
		}
	}
	return out
}
