package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/id"
)

// together runs writes in one transaction of the engine and commits it.
func (d *DB) together(list []*request) (outcomes []outcome, err error) {
	ctx := context.Background()
	t, err := d.begin(ctx, len(list) > 1, list[0].soon)
	if err != nil {
		return nil, err
	}
	defer t.close()
	defer func() {
		if err != nil {
			_ = t.rollback(ctx)
		}
	}()
	for _, r := range list {
		o, err := t.one(r)
		if err != nil {
			return nil, err
		}
		outcomes = append(outcomes, o)
	}
	if !t.many && (outcomes[0].err != nil || outcomes[0].panicked != nil) {
		return outcomes, t.rollback(ctx)
	}
	if err := t.finish(ctx); err != nil {
		return nil, err
	}
	if t.writer == nil {
		return outcomes, t.commit(ctx)
	}
	if err = t.plain(ctx, "COMMIT"); err != nil {
		return nil, unsure{err}
	}
	d.moves.wrote(t.written)
	return outcomes, nil
}

// transaction is one of the engine, shared by the writes that wait together.
type transaction struct {
	db      *DB
	conn    *sql.Conn // of PostgreSQL
	writer  *reader   // of SQLite
	sends   int       // journeys of the queue, on PostgreSQL
	written int       // statements that wrote, on SQLite
	now     clock.Instant
	many    bool // more than one write: each can be taken back alone
	queue   []command
	groups  []*group
	broken  error // sending failed, for whomever it was
}

// command is a statement that waits to be sent, on PostgreSQL.
type command struct {
	text string
	args []any
	read func(pgx.BatchResults) error // takes the answer; nil: there is none
}

// group is what the writes of one workspace have in common in a transaction.
type group struct {
	*transaction
	workspace id.ID
	seq       int64 // the last number taken; -1 while unknown
	asked     bool  // the question for it waits to be sent, on PostgreSQL
	moved     bool
	shared    map[any]any
	finally   []func(context.Context, *Tx) error
}

func (d *DB) begin(ctx context.Context, many, soon bool) (t *transaction, err error) {
	t = &transaction{db: d, now: d.clock.Now(), many: many}
	if d.Engine == SQLite {
		if t.writer, err = d.writing(); err != nil {
			return nil, err
		}
		if err := d.waitForDisk(ctx, !soon); err != nil {
			return nil, err
		}
		return t, t.plain(ctx, "BEGIN IMMEDIATE")
	}
	if t.conn, err = d.write.Conn(ctx); err != nil {
		return nil, err
	}
	t.queue = append(t.queue, command{text: "BEGIN ISOLATION LEVEL READ COMMITTED"})
	if soon {
		t.queue = append(t.queue, command{text: "SET LOCAL synchronous_commit = off"})
	}
	return t, nil
}

// waitForDisk says whether commits from now on return when the disk has them.
func (d *DB) waitForDisk(ctx context.Context, wait bool) error {
	if d.hasty || d.unhurried == !wait {
		return nil
	}
	text := "PRAGMA synchronous = NORMAL"
	if wait {
		text = "PRAGMA synchronous = FULL"
	}
	_, err := d.writer.exec(ctx, text, nil)
	if err == nil {
		d.unhurried = !wait
	}
	return err
}

func (t *transaction) close() {
	if t.db.Engine == Postgres {
		_ = t.conn.Close()
	}
}

// one runs a single write. Its error is the transaction's: the write's own failure
// is in the outcome.
func (t *transaction) one(r *request) (o outcome, err error) {
	g := t.group(r.workspace)
	tx := &Tx{Now: t.now, Workspace: r.workspace, group: g}
	o.panicked, o.err = tx.run(r)
	if t.broken != nil {
		return o, t.broken
	}
	o.after = tx.after
	if tx.told && t.db.afterTold != nil {
		o.after = append(o.after, func() { t.db.afterTold(r.workspace) })
	}
	if o.err != nil || o.panicked != nil {
		if o.err != nil && retryable(o.err) {
			return o, o.err
		}
		return o, t.takeBack(r.ctx, tx, o.err)
	}
	for _, f := range tx.kept {
		f()
	}
	if tx.marked && t.writer != nil {
		return o, t.plain(r.ctx, "RELEASE SAVEPOINT one")
	}
	return o, nil
}

// takeBack undoes what a failed write did to a transaction that it shares.
func (t *transaction) takeBack(ctx context.Context, tx *Tx, why error) error {
	switch {
	case !t.many:
		return nil // there is nothing else in it
	case t.writer == nil && (tx.failed || tx.marked && tx.sends != t.sends):
		// PostgreSQL has some of it: the others are run again without it.
		return fmt.Errorf("db: a write that shared its commit failed: %w", why)
	case !tx.marked:
		return nil
	case t.writer == nil:
		t.queue = t.queue[:tx.mark]
		return nil
	}
	if err := t.plain(ctx, "ROLLBACK TO SAVEPOINT one"); err != nil {
		return err
	}
	return t.plain(ctx, "RELEASE SAVEPOINT one")
}

// group finds what the writes of a workspace share. On PostgreSQL the first of them
// locks the counter row, before anything else is sent: who holds it is the only writer
// of the workspace.
func (t *transaction) group(workspace id.ID) *group {
	for _, g := range t.groups {
		if g.workspace == workspace {
			return g
		}
	}
	g := &group{transaction: t, workspace: workspace, seq: -1}
	t.groups = append(t.groups, g)
	if t.db.Engine == Postgres && !workspace.IsZero() {
		g.asked = true
		t.queue = append(t.queue, command{
			text: `SELECT seq FROM db_workspaces WHERE workspace_id = $1 FOR UPDATE`, args: []any{workspace}, read: g.heard,
		})
	}
	return g
}

// heard takes the answer to the first question of a group.
func (g *group) heard(results pgx.BatchResults) error {
	rows, err := results.Query()
	if err != nil {
		return err
	}
	defer rows.Close()
	g.asked = false
	if rows.Next() {
		err = rows.Scan(&g.seq)
	}
	return errors.Join(err, rows.Err())
}

func (g *group) readSeq(ctx context.Context) error {
	if g.asked {
		return g.send(ctx)
	}
	seq, ok, err := One[int64](ctx, &Tx{group: g}, `SELECT seq FROM db_workspaces WHERE workspace_id = $1`, g.workspace)
	if ok {
		g.seq = seq
	}
	return err
}

func (g *group) nextSeq(ctx context.Context, n int) (int64, error) {
	if g.seq < 0 {
		if err := g.readSeq(ctx); err != nil {
			return 0, err
		}
		if g.seq < 0 {
			return 0, errors.New("db: an event needs a workspace")
		}
	}
	first := g.seq + 1
	g.seq, g.moved = g.seq+int64(n), true
	return first, nil
}

func (g *group) share(key any, start func() any, finally func(context.Context, *Tx) error) any {
	if v, ok := g.shared[key]; ok {
		return v
	}
	if g.shared == nil {
		g.shared = map[any]any{}
	}
	v := start()
	g.shared[key] = v
	g.finally = append(g.finally, finally)
	return v
}

// finish writes what the writes have in common.
func (t *transaction) finish(ctx context.Context) error {
	t.many = false // what fails now fails for all
	for _, g := range t.groups {
		for _, f := range g.finally {
			if err := f(ctx, &Tx{Now: t.now, Workspace: g.workspace, group: g}); err != nil {
				return err
			}
		}
		if g.moved {
			if err := g.do(ctx, `UPDATE db_workspaces SET seq = $2 WHERE workspace_id = $1`, []any{g.workspace, g.seq}); err != nil {
				return err
			}
		}
	}
	return nil
}

// writing is the one connection that writes to SQLite, past database/sql: like the
// readers, it keeps its statements itself. Only the lane uses it.
func (d *DB) writing() (*reader, error) {
	if d.writer != nil {
		return d.writer, nil
	}
	return d.writer, d.single.Raw(func(conn any) error {
		d.writer = &reader{conn: conn.(driver.Conn), stmts: map[string]driver.Stmt{}}
		return nil
	})
}

func (t *transaction) rollback(ctx context.Context) error {
	if t.writer == nil && t.sends == 0 {
		return nil // PostgreSQL has not heard of it
	}
	return t.plain(ctx, "ROLLBACK")
}

// plain runs a statement without arguments now, whatever waits.
func (t *transaction) plain(ctx context.Context, text string) (err error) {
	if t.writer != nil {
		_, err = t.writer.exec(ctx, text, nil)
	} else {
		_, err = t.conn.ExecContext(ctx, text)
	}
	return err
}

func (t *transaction) exec(ctx context.Context, text string, args []any) (int64, error) {
	if t.writer != nil {
		t.db.sent(text, args)
		t.written++
		return t.writer.exec(ctx, text, args)
	}
	return t.tell(ctx, text, args)
}

// do runs a statement without an answer: now on SQLite; on PostgreSQL it waits for
// company.
func (t *transaction) do(ctx context.Context, text string, args []any) error {
	if t.db.Engine == Postgres {
		t.queue = append(t.queue, command{text: text, args: args})
		return nil
	}
	_, err := t.exec(ctx, text, args)
	return err
}
