package asks

import (
	"context"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// pendingOf reads who of some people is expected to act on which of some asks.
func pendingOf(ctx context.Context, q db.Queryer, ws id.ID, asks, persons []id.ID) ([]Pair, error) {
	return db.All[Pair](ctx, q, `
		SELECT o.ask_id, o.person_id FROM asks_owed o
		JOIN asks a ON a.workspace_id = o.workspace_id AND a.id = o.ask_id AND a.state = 'open'
		WHERE o.workspace_id = $1 AND o.state IN ('waiting', 'acknowledged')
			AND o.ask_id IN (`+db.In(2, len(asks))+`) AND o.person_id IN (`+db.In(2+len(asks), len(persons))+`)`,
		db.Args(persons, db.Args(asks, any(ws))...)...)
}
