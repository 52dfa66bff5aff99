package people

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// Recipient is what decides whether somebody may be reached now: of the person no
// more than that (no name, no address), and their hours.
type Recipient struct {
	Person Person
	Hours  *worktime.Schedule
}

// recipientRow is the slim row behind a Recipient.
type recipientRow struct {
	PersonID   id.ID
	Role       actor.Role
	State      string
	Bot        bool
	GuestUntil clock.Instant
	Stamp      id.ID
}

// Recipients reads many people, in one query where their hours are in
// the cache. Who is not there is left out.
func (s *Service) Recipients(ctx context.Context, q db.Queryer, workspace id.ID, persons []id.ID) (map[id.ID]Recipient, error) {
	out := make(map[id.ID]Recipient, len(persons))
	for _, part := range chunks(persons) {
		rows, err := loadRecipients(ctx, q, workspace, part)
		if err != nil {
			return nil, err
		}
		stamps := make([]stampRow, len(rows))
		for i, r := range rows {
			stamps[i] = stampRow{r.PersonID, r.Stamp}
		}
		hours := make(map[id.ID]*worktime.Schedule, len(rows))
		if err := s.compiled(ctx, q, workspace, stamps, hours); err != nil {
			return nil, err
		}
		for _, r := range rows {
			p := Person{WorkspaceID: workspace, ID: r.PersonID, Role: r.Role, State: r.State, Bot: r.Bot, GuestUntil: r.GuestUntil}
			out[r.PersonID] = Recipient{Person: p, Hours: hours[r.PersonID]}
		}
	}
	return out, nil
}
