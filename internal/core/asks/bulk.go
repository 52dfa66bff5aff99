package asks

import (
	"context"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Bulk is an ask of generated data as it stands: its states and the moments of
// what was done are given, its addressees by person alone.
type Bulk struct {
	Ask
	Space id.ID
}

// BulkTx writes asks of generated data. Each addressee's reach and due are planned
// from when it was asked, as AskTx plans them; nothing is checked. The log hears
// that it was asked, and that it was settled, released or has lapsed.
func (s *Service) BulkTx(ctx context.Context, tx *db.Tx, list []*Bulk) error {
	var persons []id.ID
	for _, a := range list {
		for _, o := range a.Owed {
			persons = append(persons, o.PersonID)
		}
	}
	hours, err := s.people.HoursOf(ctx, tx, tx.Workspace, persons)
	if err != nil {
		return err
	}
	for _, a := range list {
		a.WorkspaceID, a.ID = tx.Workspace, id.New(tx.Now)
		for i := range a.Owed {
			o := &a.Owed[i]
			h, ok := hours[o.PersonID]
			if !ok {
				return fault.Missing("person")
			}
			slot := Plan(h, a.CreatedAt, a.termsFor(a.CreatedAt), false)
			o.AskID, o.N, o.AskedAt, o.Reach, o.Due = a.ID, int64(i+1), a.CreatedAt, slot.Reach, slot.Due
			o.DueOrder = order(o.By())
			o.ChangedAt = max(a.CreatedAt, o.AnsweredAt)
		}
		a.remeasure()
		s.tellBulk(tx, a)
	}
	return insertBulk(ctx, tx, list)
}

func (s *Service) tellBulk(tx *db.Tx, a *Bulk) {
	s.tellAsked(tx, &a.Ask, a.AskerID, a.Space, a.Owed)
	switch a.State {
	case Settled:
		answered, _ := a.needed()
		event.Append(tx, a.told(EventSettled, a.SettledBy, a.Space, SettledData{About: a.about(), Answered: answered}, a.AskerID))
	case ReleasedAsk:
		concerns := []id.ID{}
		for _, o := range a.Owed {
			concerns = append(concerns, o.PersonID)
		}
		event.Append(tx, a.told(EventReleased, a.AskerID, a.Space, ReleasedData{About: a.about(), People: concerns}, concerns...))
	case Lapsed:
		event.Append(tx, a.told(EventLapsed, id.ID{}, a.Space, LapsedData{About: a.about(), Then: a.Silence, Note: a.Note}, a.AskerID))
	}
}
