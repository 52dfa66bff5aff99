package demo

import (
	"context"
	"time"

	"example.org/meantime/internal/platform/db"
)

func ahead(ctx context.Context, q db.Queryer) (time.Duration, bool, error) {
	us, ok, err := db.One[int64](ctx, q, `SELECT ahead FROM demo_clock WHERE one = 1`)
	return time.Duration(us) * time.Microsecond, ok, err
}

func setAhead(ctx context.Context, tx *db.Tx, d time.Duration) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO demo_clock (one, ahead) VALUES (1, $1) ON CONFLICT (one) DO UPDATE SET ahead = $1`, d.Microseconds())
	return err
}
