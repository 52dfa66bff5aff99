package db

import (
	"bytes"
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

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
	return t.trip(ctx)
}

// ask sends what waits and a query behind it, in one trip, and gives its rows: all of
// them, since the connection is needed for what comes next.
func (t *transaction) ask(ctx context.Context, text string, args []any) (rows driver.Rows, err error) {
	return rows, t.trip(ctx, command{text: text, args: args, read: func(r pgx.BatchResults) (err error) {
		rows, err = readTable(r)
		return err
	}})
}

// tell sends what waits and a statement behind it, in one trip, and says how many rows
// that changed.
func (t *transaction) tell(ctx context.Context, text string, args []any) (n int64, err error) {
	return n, t.trip(ctx, command{text: text, args: args, read: func(r pgx.BatchResults) error {
		tag, err := r.Exec()
		n = tag.RowsAffected()
		return err
	}})
}

// commit sends what waits and COMMIT behind it. An error that PostgreSQL itself tells
// of means that nothing was committed; after another, that is not known.
func (t *transaction) commit(ctx context.Context) error {
	t.queue = append(t.queue, command{text: "COMMIT", read: func(r pgx.BatchResults) error {
		tag, err := r.Exec()
		if err == nil && tag.String() != "COMMIT" { // a statement failed, and nobody said so
			err = errors.New("nothing was committed after an error that was passed over")
		}
		return err
	}})
	err := t.trip(ctx)
	var told *pgconn.PgError
	if err == nil || errors.As(err, &told) && told.SeverityUnlocalized == "ERROR" {
		return err
	}
	return unsure{err}
}

// trip is one journey to PostgreSQL and back: with what waits, and then with what
// somebody asks now, whose errors are theirs.
func (t *transaction) trip(ctx context.Context, asked ...command) error {
	waiting := t.queue
	t.queue = nil
	t.sends++
	b := &pgx.Batch{}
	for _, c := range slices.Concat(waiting, asked) {
		if !c.frames() {
			t.db.sent(c.text, c.args)
		}
		if err := queueIn(b, c); err != nil {
			t.broken = err // what waited before it was not sent
			return err
		}
	}
	return t.conn.Raw(func(dc any) error {
		results := dc.(*stdlib.Conn).Conn().SendBatch(ctx, b)
		for _, c := range waiting {
			if err := c.answer(results); err != nil {
				_ = results.Close()
				t.broken = fmt.Errorf("db: %w in %s", err, short(c.text))
				return t.broken
			}
		}
		for _, c := range asked {
			if err := c.answer(results); err != nil {
				_ = results.Close()
				return err
			}
		}
		return results.Close()
	})
}

// answer takes what came back for a command.
func (c command) answer(results pgx.BatchResults) error {
	if c.read != nil {
		return c.read(results)
	}
	_, err := results.Exec()
	return err
}

// frames says that a command begins or ends a transaction, which is not counted.
func (c command) frames() bool {
	return c.text == "COMMIT" || strings.HasPrefix(c.text, "BEGIN ")
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
