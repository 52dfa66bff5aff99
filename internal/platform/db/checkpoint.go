package db

import (
	"context"
	"log/slog"
	"sync"
)

// checkpointer moves SQLite's write-ahead log into the database beside the writer,
// who would otherwise do it in the middle of somebody's commit, and wait for the
// disk twice. The writer does it only where this one cannot keep up
// (wal_autocheckpoint).
type checkpointer struct {
	since int // statements written since the last; the lane's own
	due   chan struct{}
	done  sync.WaitGroup
}

// checkpointAfter is how many written statements make a checkpoint worthwhile.
const checkpointAfter = 2000

func (d *DB) startCheckpoints() {
	d.moves.due = make(chan struct{}, 1)
	d.moves.done.Go(func() {
		for range d.moves.due {
			if err := d.checkpoint(context.Background()); err != nil {
				slog.Warn("db: the log was not moved into the database; the writer will", "error", err)
			}
		}
	})
}

// wrote counts what a commit wrote; the lane calls it.
func (c *checkpointer) wrote(statements int) {
	if c.since += statements; c.since < checkpointAfter {
		return
	}
	c.since = 0
	select {
	case c.due <- struct{}{}:
	default: // one is under way, and another waits
	}
}

func (c *checkpointer) stop() {
	if c.due != nil {
		close(c.due)
		c.done.Wait()
	}
}

// checkpoint moves what it can without holding anybody up.
func (d *DB) checkpoint(ctx context.Context) error {
	_, err := d.read.ExecContext(ctx, `PRAGMA wal_checkpoint(PASSIVE)`)
	return err
}
