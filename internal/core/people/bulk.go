package people

import (
	"context"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
)

// BulkTx adds many active people at once and tells the log of each. It is for
// generated data: every one has a handle, and neither handles nor e-mail addresses
// are looked up; one that is taken is the engine's error.
func (s *Service) BulkTx(ctx context.Context, tx *db.Tx, list []NewPerson) ([]Person, error) {
	rows := make([]bulkPerson, 0, len(list))
	out := make([]Person, 0, len(list))
	for _, n := range list {
		p, spec, err := newPerson(n, tx.Now)
		if err != nil {
			return nil, err
		}
		p.WorkspaceID, p.Handle = tx.Workspace, n.Handle
		rows, out = append(rows, bulkPerson{p, spec}), append(out, p)
		event.Append(tx, event.New{Kind: EventJoined, Subject: personRef(p.ID), Data: map[string]string{"name": p.Name, "role": string(p.Role)}})
	}
	return out, insertBulk(ctx, tx, rows)
}
