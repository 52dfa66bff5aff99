package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"io"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

// PostgreSQL is read past database/sql too: the pool stays, but questions and their
// answers go to and from its connections directly.

// pgReader is a connection of the pool, kept for a while. In a snapshot the first
// question takes the beginning of the transaction along, in one trip.
type pgReader struct {
	pooled   *sql.Conn
	conn     *pgx.Conn
	snapshot bool
	begun    bool
}

const beginSnapshot = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

// pgReader takes a connection out of the pool.
func (d *DB) pgReader(ctx context.Context, snapshot bool) (*pgReader, error) {
	pooled, err := d.read.Conn(ctx)
	if err != nil {
		return nil, err
	}
	r := &pgReader{pooled: pooled, snapshot: snapshot}
	err = pooled.Raw(func(c any) error {
		r.conn = c.(*stdlib.Conn).Conn() // ours alone until it is given back
		return nil
	})
	if err != nil {
		_ = pooled.Close()
		return nil, err
	}
	return r, nil
}

// give ends the transaction, if there is one, and gives the connection back. The
// pool throws away what is closed or in the middle of something.
func (r *pgReader) give(ctx context.Context) {
	if r.begun {
		_, _ = r.conn.Exec(context.WithoutCancel(ctx), "ROLLBACK")
	}
	_ = r.pooled.Close()
}

// query asks one question. The rows are closed before the next is asked.
func (r *pgReader) query(ctx context.Context, text string, args []any) (driver.Rows, error) {
	values := make([]any, len(args))
	for i, a := range args {
		v, err := argument(a)
		if err != nil {
			return nil, err
		}
		values[i] = v
	}
	if r.snapshot && !r.begun {
		return r.begin(ctx, text, values)
	}
	rows, err := r.conn.Query(ctx, text, values...)
	if err != nil {
		return nil, err
	}
	return pgRowsOf(rows, nil)
}

// begin asks the first question of a snapshot.
func (r *pgReader) begin(ctx context.Context, text string, values []any) (driver.Rows, error) {
	b := &pgx.Batch{}
	b.Queue(beginSnapshot)
	b.Queue(text, values...)
	r.begun = true
	results := r.conn.SendBatch(ctx, b)
	if _, err := results.Exec(); err != nil {
		_ = results.Close() // with the same error
		return nil, err
	}
	rows, err := results.Query()
	if err != nil {
		_ = results.Close()
		return nil, err
	}
	return pgRowsOf(rows, results)
}

// pgRows are the rows of a question as they come.
type pgRows struct {
	rows    pgx.Rows
	batch   pgx.BatchResults // that they are the last of, or nil
	fields  []pgconn.FieldDescription
	columns []string
	first   bool // the first row was read and not asked for
}

// pgRowsOf reads the first row: before it, nobody knows the columns.
func pgRowsOf(rows pgx.Rows, batch pgx.BatchResults) (*pgRows, error) {
	out := &pgRows{rows: rows, batch: batch}
	out.first = rows.Next()
	if err := rows.Err(); err != nil {
		_ = out.Close()
		return nil, err
	}
	out.fields = rows.FieldDescriptions()
	for _, f := range out.fields {
		out.columns = append(out.columns, f.Name)
	}
	return out, nil
}

func (r *pgRows) Columns() []string { return r.columns }

func (r *pgRows) Close() error {
	r.rows.Close()
	if r.batch != nil {
		return r.batch.Close()
	}
	return nil
}

func (r *pgRows) Next(into []driver.Value) (err error) {
	if !r.first && !r.rows.Next() {
		if err := r.rows.Err(); err != nil {
			return err
		}
		return io.EOF
	}
	r.first = false
	for i, raw := range r.rows.RawValues() {
		into[i] = nil
		if raw == nil {
			continue
		}
		if into[i], err = value(r.rows.Conn().TypeMap(), r.fields[i], raw); err != nil {
			return fmt.Errorf("cannot read column %s: %w", r.columns[i], err)
		}
	}
	return nil
}

// directPG asks by a connection of the pool. ok is false where the connection turned
// out to be dead before anything was sent: database/sql knows how to find another.
func (d *DB) directPG(ctx context.Context, text string, args []any) (driver.Rows, func(), bool, error) {
	r, err := d.pgReader(ctx, false)
	if err != nil {
		return nil, nil, true, err
	}
	rows, err := r.query(ctx, text, args)
	if err != nil {
		r.give(ctx)
		if pgconn.SafeToRetry(err) && ctx.Err() == nil {
			return nil, nil, false, nil
		}
		d.sent(text, args)
		return nil, nil, true, err
	}
	d.sent(text, args)
	return rows, func() { _ = rows.Close(); r.give(ctx) }, true, nil
}

// snapshotPG keeps one connection, and with it one state of the database from the
// first question on.
func (d *DB) snapshotPG(ctx context.Context, f func(context.Context, Queryer) error) error {
	r, err := d.pgReader(ctx, true)
	if err != nil {
		return fmt.Errorf("db: begin a snapshot: %w", err)
	}
	defer r.give(ctx)
	return f(ctx, snapshot{db: d, pg: r})
}
