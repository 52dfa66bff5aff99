package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/id"
)

// Tx is one write under way. It is used by the function it was given to, and by
// nothing after that.
type Tx struct {
	Now       clock.Instant // the one instant of this transaction
	Workspace id.ID

	group  *group // of its workspace, among the writes that share the commit
	marked bool   // its first effect is known: a savepoint on SQLite, a place in the queue on PostgreSQL
	mark   int    // that place
	sends  int    // how often the queue had been sent by then
	failed bool   // a statement failed, after which PostgreSQL takes no other
	wrote  bool
	told   bool
	quiet  string
	last   []func(context.Context) error
	kept   []func()
	after  []func()
	local  map[any]any
}

// Engine says which database this is.
func (tx *Tx) Engine() Engine { return tx.group.db.Engine }

// rows is not used: a Tx reads directly.
func (tx *Tx) rows(context.Context, string, []any) (*sql.Rows, error) {
	return nil, errors.New("db: a write reads directly")
}

// Exec runs one statement and says how many rows it changed.
func (tx *Tx) Exec(ctx context.Context, text string, args ...any) (int64, error) {
	if err := tx.writes(ctx); err != nil {
		return 0, err
	}
	n, err := tx.group.exec(ctx, text, args)
	if err != nil {
		tx.failed = true
		return 0, fmt.Errorf("db: %w in %s", err, short(text))
	}
	return n, nil
}

// Do runs one statement of which nothing is to be known. It may be sent with those
// that follow, in one trip to the engine: an error may come from a later call, or
// from Write itself. Who looks at the error (Duplicate) uses Exec.
func (tx *Tx) Do(ctx context.Context, text string, args ...any) error {
	if err := tx.writes(ctx); err != nil {
		return err
	}
	if err := tx.group.do(ctx, text, args); err != nil {
		tx.failed = true
		return fmt.Errorf("db: %w in %s", err, short(text))
	}
	return nil
}

// writes marks the first effect of a write that shares its commit, so that it can
// be taken back alone.
func (tx *Tx) writes(ctx context.Context) error {
	tx.wrote = true
	if !tx.group.many || tx.marked {
		return nil
	}
	tx.marked, tx.mark, tx.sends = true, len(tx.group.queue), tx.group.sends
	if tx.Engine() == Postgres {
		return nil // what is taken back is mostly still waiting to be sent
	}
	return tx.group.plain(ctx, "SAVEPOINT one")
}

// Last adds work for the end of this write.
func (tx *Tx) Last(f func(context.Context) error) { tx.last = append(tx.last, f) }

// Kept adds work for the moment when this write will stand, if the commit does:
// it hands to Shared what is to be written once for all that commit together.
func (tx *Tx) Kept(f func()) { tx.kept = append(tx.kept, f) }

// After adds work for the moment after the commit; it is not run when there is none.
func (tx *Tx) After(f func()) { tx.after = append(tx.after, f) }

// AfterTold is called after each commit that told the log, with its workspace.
func (d *DB) AfterTold(f func(workspace id.ID)) { d.afterTold = f }

// Local is a place for a platform package to keep something for this write.
func (tx *Tx) Local() map[any]any {
	if tx.local == nil {
		tx.local = map[any]any{}
	}
	return tx.local
}

// Shared is a place for what the writes of a workspace that commit together have in
// common; finally is called with it once, before the commit.
func (tx *Tx) Shared(key any, start func() any, finally func(context.Context, *Tx) error) any {
	return tx.group.share(key, start, finally)
}

// Told says that an event goes with this write; the event package calls it.
func (tx *Tx) Told() { tx.told = true }

// Quiet says why this write needs no event (a cursor, a cache, a session's use).
func (tx *Tx) Quiet(why string) { tx.quiet = why }

// NextSeq takes the next n numbers of the workspace's sequence and returns the first.
func (tx *Tx) NextSeq(ctx context.Context, n int) (int64, error) { return tx.group.nextSeq(ctx, n) }

// Write runs f in one transaction and returns when it is durable. Writes of one
// workspace never overlap: they see each other's effects, and those that wait
// together are committed together, each as if alone. The zero workspace stands for
// what belongs to none. f may be run again when the engine asks for it, so it has no
// effects outside the database; use tx.After for those.
func (d *DB) Write(ctx context.Context, workspace id.ID, f func(context.Context, *Tx) error) error {
	return d.submit(ctx, workspace, f, false)
}

// WriteSoon is Write for what could be made again from what is durable, such as a
// listener's share of the log: it returns when the effect can be seen, and the disk
// has it with the next commit of Write. Nobody is answered on the strength of it. A
// process that dies loses nothing of it; a machine that does may, and then all that
// was written after it as well.
func (d *DB) WriteSoon(ctx context.Context, workspace id.ID, f func(context.Context, *Tx) error) error {
	return d.submit(ctx, workspace, f, true)
}

func (d *DB) submit(ctx context.Context, workspace id.ID, f func(context.Context, *Tx) error, soon bool) error {
	r := &request{ctx: context.WithoutCancel(ctx), workspace: workspace, f: f, soon: soon, done: make(chan outcome, 1)}
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
	if tx.group.db.strict && tx.wrote && !tx.told && tx.quiet == "" {
		return nil, errors.New(`db: a write without an event; append one, or say why not with tx.Quiet("…")`)
	}
	return nil, nil
}

// Snapshot runs f over one consistent state of the database, reading only.
func (d *DB) Snapshot(ctx context.Context, f func(context.Context, Queryer) error) error {
	if d.readers != nil {
		return d.snapshotDirect(ctx, f)
	}
	return d.snapshotPG(ctx, f)
}

// pooled is a snapshot by way of database/sql, whose rows say what types they are of.
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
	reader *reader   // of SQLite
	pg     *pgReader // of PostgreSQL
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
