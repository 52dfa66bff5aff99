package asks

import (
	"context"
	"slices"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// Pair is an ask and one of its addressees.
type Pair struct {
	AskID    id.ID
	PersonID id.ID
}

// Pending says who of some people is expected to act on which of some asks now:
// the ask is open, and they have neither answered nor been let off. It does not
// check who asks.
func (s *Service) Pending(ctx context.Context, q db.Queryer, ws id.ID, asks, persons []id.ID) (map[Pair]bool, error) {
	out := map[Pair]bool{}
	for some := range slices.Chunk(asks, 500) {
		for whom := range slices.Chunk(persons, 500) {
			rows, err := pendingOf(ctx, q, ws, some, whom)
			if err != nil {
				return nil, err
			}
			for _, r := range rows {
				out[r] = true
			}
		}
	}
	return out, nil
}
