package db

import (
	"context"
	"errors"
	"fmt"
)

// Scrub has the engine give up what it still keeps of rows of a table that were
// changed and deleted: the write-ahead log is moved into the database and emptied, or
// the table is vacuumed. It does its best: whoever reads just then keeps the log, and
// what a disk kept elsewhere is not reached. Secrets do not rest on it.
func (d *DB) Scrub(ctx context.Context, table string) (err error) {
	c, err := d.read.Conn(ctx)
	if err != nil {
		return fmt.Errorf("db: scrub %s: %w", table, err)
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	// The log is emptied under the writer's lock: readers are waited for a moment, no longer.
	steps := []string{"PRAGMA busy_timeout = 100", "PRAGMA wal_checkpoint(TRUNCATE)"}
	if d.Engine == Postgres {
		steps = []string{"VACUUM " + table}
	}
	for _, text := range steps {
		if _, err := c.ExecContext(ctx, text); err != nil {
			return fmt.Errorf("db: scrub %s: %w", table, err)
		}
	}
	return nil
}
