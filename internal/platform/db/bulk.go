package db

import (
	"context"
	"fmt"
)

// bulkSteps are how many rows one INSERT brings. SQLite is quickest with one row
// and a statement that is kept, because it looks its arguments up by name;
// PostgreSQL with many rows to a journey, of few different texts.
var bulkSteps = map[Engine][]int{SQLite: {1}, Postgres: {100, 20, 5, 1}}

// Bulk writes many rows: before is the statement up to VALUES, after what follows
// the rows, and row appends the values of one, which are as many as columns says
// (at most 24, or the statement is not kept on SQLite).
func Bulk[T any](ctx context.Context, tx *Tx, list []T, before string, columns int, after string, row func([]any, T) []any) error {
	for _, step := range bulkSteps[tx.Engine()] {
		if len(list) < step {
			continue
		}
		text := before + Values(step, columns) + after
		for len(list) >= step {
			args := make([]any, 0, step*columns)
			for _, x := range list[:step] {
				args = row(args, x)
			}
			if err := tx.Do(ctx, text, args...); err != nil {
				return err
			}
			list = list[step:]
		}
	}
	return nil
}

// hurry lets SQLite write without waiting for the disk.
func (d *DB) hurry(ctx context.Context) error {
	for _, p := range []string{`PRAGMA synchronous = OFF`, `PRAGMA cache_size = -256000`, `PRAGMA wal_autocheckpoint = 50000`} {
		if _, err := d.single.ExecContext(ctx, p); err != nil {
			return fmt.Errorf("db: %w in %s", err, p)
		}
	}
	d.hasty = true
	return nil
}

// rest waits for the disk after haste.
func (d *DB) rest() error {
	if !d.hasty {
		return nil
	}
	_, err := d.single.ExecContext(context.Background(), `PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(TRUNCATE)`)
	return err
}

// TakeStock lets PostgreSQL look at what a bulk wrote now, and not in a minute, so
// that it plans queries for it. SQLite's plans do not depend on it.
func (d *DB) TakeStock(ctx context.Context) error {
	if d.Engine == SQLite {
		return nil
	}
	if _, err := d.write.ExecContext(ctx, `ANALYZE`); err != nil {
		return fmt.Errorf("db: take stock: %w", err)
	}
	return nil
}
