package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/id"
)

// Tx is one write under way. It is used by the function it was given to, and by
// nothing after that.
type Tx struct {
	Now       clock.Instant // the one instant of this transaction
	Workspace id.ID

	db    *DB
	conn  *sql.Conn
	cache map[string]*sql.Stmt
	wrote bool
	told  bool
	quiet string
	last  []func(context.Context) error
	after []func()
	local map[any]any
}

// Engine says which database this is.
func (tx *Tx) Engine() Engine { return tx.db.Engine }

func (tx *Tx) rows(ctx context.Context, text string, args []any) (*sql.Rows, error) {
	tx.db.statements.Add(1)
	if verb(text) != "SELECT" {
		tx.wrote = true
	}
	if s, err := tx.prepared(ctx, text); s != nil || err != nil {
		if err != nil {
			return nil, err
		}
		return s.QueryContext(ctx, args...)
	}
	return tx.conn.QueryContext(ctx, text, args...)
}

// Exec runs one statement and says how many rows it changed.
func (tx *Tx) Exec(ctx context.Context, text string, args ...any) (int64, error) {
	tx.wrote = true
	tx.db.statements.Add(1)
	var r sql.Result
	s, err := tx.prepared(ctx, text)
	if err != nil {
		return 0, fmt.Errorf("db: %w in %s", err, short(text))
	}
	if s != nil {
		r, err = s.ExecContext(ctx, args...)
	} else {
		r, err = tx.conn.ExecContext(ctx, text, args...)
	}
	if err != nil {
		return 0, fmt.Errorf("db: %w in %s", err, short(text))
	}
	return r.RowsAffected()
}

func (tx *Tx) prepared(ctx context.Context, text string) (*sql.Stmt, error) {
	if tx.cache == nil {
		return nil, nil
	}
	if s, ok := tx.cache[text]; ok {
		return s, nil
	}
	if len(tx.cache) >= maxCached || strings.Contains(text, "$25") {
		return nil, nil
	}
	s, err := tx.conn.PrepareContext(ctx, text)
	if err == nil {
		tx.cache[text] = s
	}
	return s, err
}

// Last adds work for the end of the transaction, just before it commits.
func (tx *Tx) Last(f func(context.Context) error) { tx.last = append(tx.last, f) }

// After adds work for the moment after the commit; it is not run when there is none.
func (tx *Tx) After(f func()) { tx.after = append(tx.after, f) }

// AfterTold is called after each commit that told the log, with its workspace.
func (d *DB) AfterTold(f func(workspace id.ID)) { d.afterTold = f }

// Local is a place for a platform package to keep something for this transaction.
func (tx *Tx) Local() map[any]any {
	if tx.local == nil {
		tx.local = map[any]any{}
	}
	return tx.local
}

// Told says that an event goes with this write; the event package calls it.
func (tx *Tx) Told() { tx.told = true }

// Quiet says why this write needs no event (a cursor, a cache, a session's use).
func (tx *Tx) Quiet(why string) { tx.quiet = why }

// NextSeq takes the next n numbers of the workspace's sequence and returns the first.
func (tx *Tx) NextSeq(ctx context.Context, n int) (int64, error) {
	seq, ok, err := One[int64](ctx, tx, `UPDATE db_workspaces SET seq = seq + $2 WHERE workspace_id = $1 RETURNING seq`, tx.Workspace, int64(n))
	if err == nil && !ok {
		err = errors.New("db: an event needs a workspace")
	}
	return seq - int64(n) + 1, err
}

// Write runs f in one transaction and returns when it is durable. Writes of one
// workspace never overlap: they see each other's effects, and those that wait
// together are committed together, each in a savepoint of its own. The zero
// workspace stands for what belongs to none. f may be run again when the engine
// asks for it, so it has no effects outside the database; use tx.After for those.
func (d *DB) Write(ctx context.Context, workspace id.ID, f func(context.Context, *Tx) error) error {
	r := &request{ctx: context.WithoutCancel(ctx), workspace: workspace, f: f, done: make(chan outcome, 1)}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := d.enqueue(r); err != nil {
		return err
	}
	o := <-r.done
	if o.panicked != nil {
		panic(o.panicked)
	}
	if o.err == nil {
		for _, f := range o.after {
			f()
		}
	}
	return o.err
}

type request struct {
	ctx       context.Context
	workspace id.ID
	f         func(context.Context, *Tx) error
	done      chan outcome
}

type outcome struct {
	err      error
	panicked any
	after    []func()
}

// lane is the queue of one workspace's writes (of all workspaces on SQLite).
type lane struct{ waiting []*request }

// maxTogether bounds how many writes share one commit.
const maxTogether = 128

func (d *DB) enqueue(r *request) error {
	key := r.workspace
	if d.Engine == SQLite {
		key = id.ID{}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return errors.New("db: closed")
	}
	l, running := d.lanes[key]
	if !running {
		l = &lane{}
		d.lanes[key] = l
		d.busy.Add(1)
		go d.drive(key, l)
	}
	l.waiting = append(l.waiting, r)
	return nil
}

// drive commits what waits in a lane until nothing does.
func (d *DB) drive(key id.ID, l *lane) {
	defer d.busy.Done()
	for {
		d.mu.Lock()
		n := min(len(l.waiting), maxTogether)
		if n == 0 {
			delete(d.lanes, key)
			d.mu.Unlock()
			return
		}
		batch := l.waiting[:n:n]
		l.waiting = l.waiting[n:]
		d.mu.Unlock()
		d.commit(batch)
	}
}

// unsure is an error of COMMIT itself: what it should have made durable may be
// there or not, so nothing of it is run again.
type unsure struct{ error }

func (u unsure) Unwrap() error { return u.error }

// commit runs a batch in one transaction; when the transaction fails before its
// end, each write is tried alone.
func (d *DB) commit(batch []*request) {
	for try := 0; ; try++ {
		outcomes, err := d.together(batch)
		if err == nil {
			for i, r := range batch {
				r.done <- outcomes[i]
			}
			return
		}
		if lost := (unsure{}); errors.As(err, &lost) && !retryable(err) {
			for _, r := range batch {
				r.done <- outcome{err: fmt.Errorf("db: commit: %w", err)}
			}
			return
		}
		if len(batch) > 1 {
			for i := range batch {
				d.commit(batch[i : i+1])
			}
			return
		}
		if !retryable(err) || try == 5 {
			batch[0].done <- outcome{err: err}
			return
		}
		_ = clock.System{}.Wait(batch[0].ctx, clock.System{}.Now().Add(time.Duration(rand.IntN(10<<try))*time.Millisecond))
	}
}

func (d *DB) together(batch []*request) (outcomes []outcome, err error) {
	ctx := context.Background()
	conn := d.single
	begin := "BEGIN IMMEDIATE"
	if d.Engine == Postgres {
		begin = "BEGIN ISOLATION LEVEL READ COMMITTED"
		if conn, err = d.write.Conn(ctx); err != nil {
			return nil, err
		}
		defer func() { _ = conn.Close() }()
	}
	if _, err := conn.ExecContext(ctx, begin); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			_, _ = conn.ExecContext(ctx, "ROLLBACK")
		}
	}()
	now := d.clock.Now()
	locked := map[id.ID]bool{}
	for _, r := range batch {
		o, err := d.one(conn, r, now, locked)
		if err != nil {
			return nil, err
		}
		outcomes = append(outcomes, o)
	}
	if _, err = conn.ExecContext(ctx, "COMMIT"); err != nil {
		return nil, unsure{err}
	}
	return outcomes, nil
}

// one runs a single write inside a savepoint. Its error is the transaction's:
// the write's own failure is in the outcome.
func (d *DB) one(conn *sql.Conn, r *request, now clock.Instant, locked map[id.ID]bool) (o outcome, err error) {
	tx := &Tx{Now: now, Workspace: r.workspace, db: d, conn: conn, cache: d.cache}
	if d.Engine == Postgres && !r.workspace.IsZero() && !locked[r.workspace] {
		// The counter row is the workspace's lock: who holds it is the only writer there.
		if _, err := conn.ExecContext(r.ctx, `SELECT seq FROM db_workspaces WHERE workspace_id = $1 FOR UPDATE`, r.workspace); err != nil {
			return o, err
		}
		locked[r.workspace] = true
	}
	if _, err := conn.ExecContext(r.ctx, "SAVEPOINT one"); err != nil {
		return o, err
	}
	o.panicked, o.err = tx.run(r)
	o.after = tx.after
	if tx.told && d.afterTold != nil {
		o.after = append(o.after, func() { d.afterTold(r.workspace) })
	}
	if o.err == nil && o.panicked == nil {
		_, err = conn.ExecContext(r.ctx, "RELEASE SAVEPOINT one")
		return o, err
	}
	if o.err != nil && retryable(o.err) {
		return o, o.err
	}
	if _, err := conn.ExecContext(r.ctx, "ROLLBACK TO SAVEPOINT one"); err != nil {
		return o, err
	}
	_, err = conn.ExecContext(r.ctx, "RELEASE SAVEPOINT one")
	return o, err
}

type onWriteKey struct{}

// OnWrite makes every write under this context run f too, in its transaction: how
// a request's idempotency key is kept with its effect. A transaction that only
// looked, and told the log nothing, is none.
func OnWrite(ctx context.Context, f func(context.Context, *Tx) error) context.Context {
	return context.WithValue(ctx, onWriteKey{}, f)
}

func (tx *Tx) run(r *request) (panicked any, err error) {
	defer func() { panicked = recover() }()
	if err := r.f(r.ctx, tx); err != nil {
		return nil, err
	}
	if f, ok := r.ctx.Value(onWriteKey{}).(func(context.Context, *Tx) error); ok && (tx.told || tx.wrote) {
		if err := f(r.ctx, tx); err != nil {
			return nil, err
		}
	}
	for len(tx.last) > 0 {
		f := tx.last[0]
		tx.last = tx.last[1:]
		if err := f(r.ctx); err != nil {
			return nil, err
		}
	}
	if tx.db.strict && tx.wrote && !tx.told && tx.quiet == "" {
		return nil, errors.New(`db: a write without an event; append one, or say why not with tx.Quiet("…")`)
	}
	return nil, nil
}

// Snapshot runs f over one consistent state of the database, reading only.
func (d *DB) Snapshot(ctx context.Context, f func(context.Context, Queryer) error) error {
	if d.readers != nil {
		return d.snapshotDirect(ctx, f)
	}
	return d.pooled(ctx, f)
}

// pooled is a snapshot by way of database/sql.
func (d *DB) pooled(ctx context.Context, f func(context.Context, Queryer) error) error {
	isolation := sql.LevelDefault
	if d.Engine == Postgres {
		isolation = sql.LevelRepeatableRead
	}
	tx, err := d.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: d.Engine == Postgres, Isolation: isolation})
	if err != nil {
		return fmt.Errorf("db: begin a snapshot: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	return f(ctx, snapshot{db: d, tx: tx})
}

// snapshot reads one state: in a transaction of database/sql, or by one reader.
type snapshot struct {
	db     *DB
	tx     *sql.Tx
	reader *reader
}

func (s snapshot) rows(ctx context.Context, text string, args []any) (*sql.Rows, error) {
	s.db.statements.Add(1)
	return s.tx.QueryContext(ctx, text, args...)
}

// retryable says whether the engine asks for the transaction to be run again.
func retryable(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "40001" || pg.Code == "40P01"
	}
	return busy(err)
}

// Duplicate says that a unique key exists already.
func Duplicate(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "23505"
	}
	return unique(err)
}

func verb(text string) string {
	text = strings.TrimLeft(text, " \t\n")
	if i := strings.IndexAny(text, " \t\n"); i > 0 {
		return strings.ToUpper(text[:i])
	}
	return ""
}
