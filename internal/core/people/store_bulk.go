package people

import (
	"context"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

type bulkPerson struct {
	Person
	spec worktime.Spec
}

func insertBulk(ctx context.Context, tx *db.Tx, list []bulkPerson) error {
	err := db.Bulk(ctx, tx, list, `
		INSERT INTO people_handles (workspace_id, handle, kind, of_id)
		VALUES `, 4, ``, func(args []any, p bulkPerson) []any {
		return append(args, tx.Workspace, p.Handle, "person", p.ID)
	})
	if err != nil {
		return err
	}
	return db.Bulk(ctx, tx, list, `
		INSERT INTO people_persons (workspace_id, person_id, name, name_fold, handle, email, role, title, state, bot, guest_until, created_at, zone, moves, spec, version, stamp)
		VALUES `, 17, ``, func(args []any, p bulkPerson) []any {
		return append(args, tx.Workspace, p.ID, p.Name, fold(p.Name), p.Handle, p.Email, string(p.Role), p.Title, p.State, p.Bot, p.GuestUntil,
			p.CreatedAt, p.Zone, p.Moves, db.JSON[worktime.Spec]{V: p.spec}, int64(1), id.New(tx.Now))
	})
}
