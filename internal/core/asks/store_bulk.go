package asks

import (
	"context"

	"example.org/meantime/internal/platform/db"
)

// insertBulk writes as AskTx does, so that the two can never differ.
func insertBulk(ctx context.Context, tx *db.Tx, list []*Bulk) error {
	for _, a := range list {
		if err := insertAsk(ctx, tx, &a.Ask); err != nil {
			return err
		}
		if err := insertOwed(ctx, tx, a.Owed); err != nil {
			return err
		}
	}
	return nil
}
