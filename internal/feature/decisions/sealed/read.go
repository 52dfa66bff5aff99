package sealed

import (
	"context"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// Ballots reads the opened ballots after the n-th; none when the box was not opened.
// The caller has checked that they may be read.
func (b *Boxes) Ballots(ctx context.Context, q db.Queryer, workspace, box id.ID, after, limit int) ([][]byte, error) {
	return ballots(ctx, q, workspace, box, after, limit)
}

// Codes reads the codes of the receipts after the n-th. Whoever looks for their own
// reads all of them, so that nobody learns which one was looked for.
func (b *Boxes) Codes(ctx context.Context, q db.Queryer, workspace, box id.ID, after, limit int) ([]string, error) {
	return codes(ctx, q, workspace, box, after, limit)
}
