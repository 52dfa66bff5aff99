package asks

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// releasedBetween lists the asks from which a person was released in [from, to),
// newest first.
func releasedBetween(ctx context.Context, q db.Queryer, ws, person id.ID, from, to clock.Instant, limit int) ([]id.ID, error) {
	return db.All[id.ID](ctx, q, `
		SELECT ask_id FROM asks_owed
		WHERE workspace_id = $1 AND person_id = $2 AND state = 'released' AND changed_at >= $3 AND changed_at < $4
		ORDER BY changed_at DESC, ask_id DESC LIMIT $5`, ws, person, int64(from), int64(to), limit)
}
