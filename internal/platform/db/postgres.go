package db

import (
	"bytes"
	"context"
	"database/sql/driver"
	"fmt"
	"io"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/stdlib"
)

// send sends what waits, in one trip. An error is that of the first statement that
// failed; those after it were not run.
func (t *transaction) send(ctx context.Context) error {
	if len(t.queue) == 0 {
		return nil
	}
	_, err := t.trip(ctx, nil)
	return err
}

// ask sends what waits and a query behind it, in one trip, and gives its rows: all of
// them, since the connection is needed for what comes next.
func (t *transaction) ask(ctx context.Context, text string, args []any) (driver.Rows, error) {
	return t.trip(ctx, &command{text, args})
}

// trip is one journey to PostgreSQL and back.
func (t *transaction) trip(ctx context.Context, query *command) (out *table, err error) {
	waiting := t.queue
	t.queue = nil
	t.sends++
	b := &pgx.Batch{}
	for _, c := range waiting {
		t.db.sent(c.text, c.args)
		if err := queueIn(b, c); err != nil {
			t.broken = err
			return nil, err
		}
	}
	if query != nil {
		t.db.sent(query.text, query.args)
		if err := queueIn(b, *query); err != nil {
			t.broken = err // what waited before it was not sent
			return nil, err
		}
	}
	err = t.conn.Raw(func(dc any) error {
		results := dc.(*stdlib.Conn).Conn().SendBatch(ctx, b)
		for _, c := range waiting {
			if _, err := results.Exec(); err != nil {
				_ = results.Close()
				t.broken = fmt.Errorf("db: %w in %s", err, short(c.text))
				return t.broken
			}
		}
		if query != nil {
			if out, err = readTable(results); err != nil {
				_ = results.Close()
				return err
			}
		}
		return results.Close()
	})
	return out, err
}

func queueIn(b *pgx.Batch, c command) error {
	args := make([]any, len(c.args))
	for i, a := range c.args {
		v, err := argument(a)
		if err != nil {
			return fmt.Errorf("db: %w in %s", err, short(c.text))
		}
		args[i] = v
	}
	b.Queue(c.text, args...)
	return nil
}

// table is the answer of a query, as driver values.
type table struct {
	columns []string
	rows    [][]driver.Value
}

func (t *table) Columns() []string { return t.columns }
func (t *table) Close() error      { return nil }

func (t *table) Next(into []driver.Value) error {
	if len(t.rows) == 0 {
		return io.EOF
	}
	copy(into, t.rows[0])
	t.rows = t.rows[1:]
	return nil
}

func readTable(results pgx.BatchResults) (*table, error) {
	rows, err := results.Query()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := &table{}
	fields := rows.FieldDescriptions()
	for _, f := range fields {
		out.columns = append(out.columns, f.Name)
	}
	for rows.Next() {
		row := make([]driver.Value, len(fields))
		for i, raw := range rows.RawValues() {
			if raw == nil {
				continue
			}
			if row[i], err = value(rows.Conn().TypeMap(), fields[i], raw); err != nil {
				return nil, fmt.Errorf("cannot read column %s: %w", fields[i].Name, err)
			}
		}
		out.rows = append(out.rows, row)
	}
	return out, rows.Err()
}

// value makes a driver value of a column as PostgreSQL sent it. The bytes are copied:
// they are the connection's.
func value(m *pgtype.Map, f pgconn.FieldDescription, raw []byte) (driver.Value, error) {
	switch f.DataTypeOID {
	case pgtype.Int8OID, pgtype.Int4OID, pgtype.Int2OID:
		return scan[int64](m, f, raw)
	case pgtype.BoolOID:
		return scan[bool](m, f, raw)
	case pgtype.Float8OID, pgtype.Float4OID:
		return scan[float64](m, f, raw)
	case pgtype.ByteaOID, pgtype.UUIDOID:
		if f.Format == pgtype.BinaryFormatCode {
			return bytes.Clone(raw), nil
		}
		return scan[[]byte](m, f, raw)
	case pgtype.JSONBOID:
		if f.Format == pgtype.BinaryFormatCode {
			return string(raw[1:]), nil // after the version of the format
		}
	}
	if f.Format == pgtype.TextFormatCode || f.DataTypeOID == pgtype.TextOID || f.DataTypeOID == pgtype.VarcharOID || f.DataTypeOID == pgtype.JSONOID {
		return string(raw), nil
	}
	return scan[string](m, f, raw)
}

func scan[T any](m *pgtype.Map, f pgconn.FieldDescription, raw []byte) (out T, err error) {
	return out, m.Scan(f.DataTypeOID, f.Format, raw, &out)
}
