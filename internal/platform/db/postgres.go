package db

import (
	"context"
	"database/sql/driver"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// send sends what waits, in one trip. An error is that of the first statement that
// failed; those after it were not run.
func (t *transaction) send(ctx context.Context) (err error) {
	if len(t.queue) == 0 {
		return nil
	}
	defer func() { t.broken = err }()
	waiting := t.queue
	t.queue = nil
	t.sends++
	for _, c := range waiting {
		t.db.sent(c.text, c.args)
	}
	b := &pgx.Batch{}
	for _, c := range waiting {
		args := make([]any, len(c.args))
		for i, a := range c.args {
			v, err := driver.DefaultParameterConverter.ConvertValue(a)
			if err != nil {
				return fmt.Errorf("db: %w in %s", err, short(c.text))
			}
			args[i] = v
		}
		b.Queue(c.text, args...)
	}
	return t.conn.Raw(func(dc any) error {
		results := dc.(*stdlib.Conn).Conn().SendBatch(ctx, b)
		for _, c := range waiting {
			if _, err := results.Exec(); err != nil {
				_ = results.Close()
				return fmt.Errorf("db: %w in %s", err, short(c.text))
			}
		}
		return results.Close()
	})
}
