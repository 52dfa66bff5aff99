package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
	"sync"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/id"
)

// readers are the connections that read SQLite. They stand beside database/sql,
// whose pool cannot lend a prepared statement to a transaction: here a statement
// belongs to its connection, and a snapshot is a connection kept for a while.
type readers struct {
	dsn    string
	driver driver.Driver

	room chan struct{} // as many as may work at once

	mu     sync.Mutex
	free   []*reader // those that wait for work, the last used at the end
	closed bool
}

// reader is one connection with its statements; one goroutine uses it at a time.
type reader struct {
	conn  driver.Conn
	stmts map[string]driver.Stmt
}

func newReaders(d driver.Driver, dsn string, most int) *readers {
	return &readers{dsn: dsn, driver: d, room: make(chan struct{}, most)}
}

// take waits until another may read, and gives the reader that was used last, or opens
// one. Every commit empties the cache of a reader that comes after it, so the same few
// are used as long as they suffice.
func (p *readers) take(ctx context.Context) (*reader, error) {
	select {
	case p.room <- struct{}{}:
	default:
		select {
		case p.room <- struct{}{}:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	if r := p.last(); r != nil {
		return r, nil
	}
	conn, err := p.driver.Open(p.dsn)
	if err != nil {
		<-p.room
		return nil, fmt.Errorf("db: open a reader: %w", err)
	}
	return &reader{conn: conn, stmts: map[string]driver.Stmt{}}, nil
}

func (p *readers) last() *reader {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := len(p.free)
	if n == 0 {
		return nil
	}
	r := p.free[n-1]
	p.free = p.free[:n-1]
	return r
}

// give takes a reader back; once the database is closed, it is closed too.
func (p *readers) give(r *reader) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		_ = r.close()
	} else {
		p.free = append(p.free, r)
	}
	<-p.room
}

func (p *readers) close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	var errs []error
	for _, r := range p.free {
		errs = append(errs, r.close())
	}
	p.free = nil
	return errors.Join(errs...)
}

func (r *reader) close() error { return errors.Join(r.forget(), r.conn.Close()) }

// forget closes the statements that are kept.
func (r *reader) forget() error {
	var errs []error
	for _, s := range r.stmts {
		errs = append(errs, s.Close())
	}
	r.stmts = map[string]driver.Stmt{}
	return errors.Join(errs...)
}

// lend takes the statement of a text out of those that are kept, or prepares it, so
// that nobody else runs it until it is put back.
func (r *reader) lend(text string) (driver.Stmt, error) {
	if s, ok := r.stmts[text]; ok {
		delete(r.stmts, text)
		return s, nil
	}
	return r.conn.Prepare(text)
}

func (r *reader) putBack(text string, s driver.Stmt) {
	if _, ok := r.stmts[text]; ok {
		_ = s.Close()
		return
	}
	for old, drop := range r.stmts { // any will do: what is needed comes back by itself
		if len(r.stmts) < maxCached {
			break
		}
		_ = drop.Close()
		delete(r.stmts, old)
	}
	r.stmts[text] = s
}

// lent are the rows of a statement, which goes back when they are closed.
type lent struct {
	driver.Rows
	back func()
}

func (l lent) Close() error {
	err := l.Rows.Close()
	l.back()
	return err
}

// query runs a statement, which it keeps for the next time.
func (r *reader) query(ctx context.Context, text string, args []any) (driver.Rows, error) {
	values, err := named(args)
	if err != nil {
		return nil, err
	}
	text = limited(text, args)
	s, err := r.lend(text)
	if err != nil {
		return nil, err
	}
	rows, err := s.(driver.StmtQueryContext).QueryContext(ctx, values)
	if err != nil {
		r.putBack(text, s)
		return nil, err
	}
	return lent{rows, func() { r.putBack(text, s) }}, nil
}

// exec runs a statement that answers nothing and says how many rows it changed.
func (r *reader) exec(ctx context.Context, text string, args []any) (int64, error) {
	values, err := named(args)
	if err != nil {
		return 0, err
	}
	s, err := r.lend(text)
	if err != nil {
		return 0, err
	}
	defer r.putBack(text, s)
	result, err := s.(driver.StmtExecContext).ExecContext(ctx, values)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func named(args []any) ([]driver.NamedValue, error) {
	out := make([]driver.NamedValue, len(args))
	for i, a := range args {
		v, err := argument(a)
		if err != nil {
			return nil, err
		}
		out[i] = driver.NamedValue{Ordinal: i + 1, Value: v}
	}
	return out, nil
}

// limited writes the numbers of LIMIT into a text. SQLite plans a statement whose
// limit is a parameter anew each time that it is bound, which takes longer than to
// read a page; limits are few.
func limited(text string, args []any) string {
	const word = "LIMIT $"
	for from := 0; ; {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return text
		}
		i += from + len(word)
		end := i
		for end < len(text) && text[end] >= '0' && text[end] <= '9' {
			end++
		}
		from = end
		if n, err := strconv.Atoi(text[i:end]); err == nil && n >= 1 && n <= len(args) {
			if limit, ok := args[n-1].(int); ok {
				text = text[:i-1] + strconv.Itoa(limit) + text[end:]
				from = i
			}
		}
	}
}

// run executes a statement that answers nothing: the ends of a snapshot.
func (r *reader) run(ctx context.Context, text string) error {
	rows, err := r.query(ctx, text, nil)
	if err != nil {
		return err
	}
	return rows.Close()
}

func argument(a any) (driver.Value, error) {
	switch a := a.(type) {
	case int64, string, bool, []byte, nil:
		return a, nil
	case int:
		return int64(a), nil
	}
	return driver.DefaultParameterConverter.ConvertValue(a)
}

// direct is a Queryer that can read past database/sql. ok is false where it cannot.
type direct interface {
	direct(ctx context.Context, text string, args []any) (rows driver.Rows, end func(), ok bool, err error)
}

func (d *DB) direct(ctx context.Context, text string, args []any) (driver.Rows, func(), bool, error) {
	if d.readers == nil {
		return d.directPG(ctx, text, args)
	}
	d.sent(text, args)
	r, err := d.readers.take(ctx)
	if err != nil {
		return nil, nil, true, err
	}
	rows, err := r.query(ctx, text, args)
	if err != nil {
		d.readers.give(r)
		return nil, nil, true, err
	}
	return rows, func() { _ = rows.Close(); d.readers.give(r) }, true, nil
}

func (tx *Tx) direct(ctx context.Context, text string, args []any) (driver.Rows, func(), bool, error) {
	t := tx.group.transaction
	if verb(text) != "SELECT" {
		if err := tx.writes(ctx); err != nil {
			return nil, nil, true, err
		}
	}
	var rows driver.Rows
	var err error
	if t.writer != nil {
		t.db.sent(text, args)
		rows, err = t.writer.query(ctx, text, args)
	} else {
		rows, err = t.ask(ctx, text, args)
	}
	if err != nil {
		tx.failed = true
		return nil, nil, true, err
	}
	return rows, func() { _ = rows.Close() }, true, nil
}

func (s snapshot) direct(ctx context.Context, text string, args []any) (driver.Rows, func(), bool, error) {
	var asks interface {
		query(ctx context.Context, text string, args []any) (driver.Rows, error)
	}
	switch {
	case s.reader != nil:
		asks = s.reader
	case s.pg != nil:
		asks = s.pg
	default:
		return nil, nil, false, nil
	}
	s.db.sent(text, args)
	rows, err := asks.query(ctx, text, args)
	if err != nil {
		return nil, nil, true, err
	}
	return rows, func() { _ = rows.Close() }, true, nil
}

// snapshotDirect keeps one reader, and with it one state of the database.
func (d *DB) snapshotDirect(ctx context.Context, f func(context.Context, Queryer) error) error {
	r, err := d.readers.take(ctx)
	if err != nil {
		return fmt.Errorf("db: begin a snapshot: %w", err)
	}
	defer d.readers.give(r)
	if err := r.run(ctx, "BEGIN"); err != nil {
		return fmt.Errorf("db: begin a snapshot: %w", err)
	}
	defer func() { _ = r.run(context.WithoutCancel(ctx), "ROLLBACK") }()
	return f(ctx, snapshot{db: d, reader: r})
}

// eachDirect is Each on a reader of our own. Values are put into the fields
// without the detours of database/sql, which took a third of a page.
func eachDirect[T any](ctx context.Context, rows driver.Rows, text string, yield func(T, error) bool) {
	var row T
	v := reflect.ValueOf(&row).Elem()
	cols := rows.Columns()
	dst, err := destinations(cols, v)
	for i := range dst {
		dst[i] = directly(dst[i])
	}
	values := make([]driver.Value, len(cols))
	for err == nil {
		if err = rows.Next(values); err == nil {
			err = ctx.Err()
		}
		for i := 0; err == nil && i < len(dst); i++ {
			err = put(dst[i], values[i], cols[i])
		}
		if err == nil && !yield(row, nil) {
			return
		}
	}
	if !errors.Is(err, io.EOF) {
		yield(row, fmt.Errorf("db: %w in %s", err, short(text)))
	}
}

// kinded is a field whose type is made of a plain one: asks.State of string.
type kinded struct{ reflect.Value }

// directly prepares a field for put.
func directly(field any) any {
	switch field.(type) {
	case *id.ID, *clock.Instant, *string, *int64, *bool, *[]byte, sql.Scanner:
		return field
	}
	return kinded{reflect.ValueOf(field).Elem()}
}

// put writes what the driver read into a field; NULL is its zero.
func put(field any, v driver.Value, column string) error {
	switch f := field.(type) {
	case *id.ID:
		return f.Scan(v)
	case *clock.Instant:
		return f.Scan(v)
	case *string:
		if s, ok := v.(string); ok {
			*f = s
			return nil
		}
	case *int64:
		if n, ok := v.(int64); ok {
			*f = n
			return nil
		}
	case *bool:
		switch n := v.(type) {
		case int64: // of SQLite
			*f = n != 0
			return nil
		case bool:
			*f = n
			return nil
		}
	case *[]byte:
		if b, ok := v.([]byte); ok || v == nil {
			*f = b
			return nil
		}
	case sql.Scanner:
		return f.Scan(v)
	case kinded:
		switch s := v.(type) {
		case string:
			if f.Kind() == reflect.String {
				f.SetString(s)
				return nil
			}
		case int64:
			if f.CanInt() {
				f.SetInt(s)
				return nil
			}
		}
	}
	return fmt.Errorf("cannot read %T for column %s", v, column)
}
