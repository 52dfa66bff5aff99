// Package db is the one door to the database. The same SQL text and the same
// migrations run on SQLite (embedded) and PostgreSQL; the few differences live
// here. Writing is one queue per workspace: see Write.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the PostgreSQL driver

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/id"
)

// Engine is the kind of database behind a DB.
type Engine string

// The engines.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// Options are what Open may be told.
type Options struct {
	Clock   clock.Clock // the system's when nil
	Readers int         // connections that only read; 8 when zero
	Strict  bool        // refuse a write without an event (tests)
	Hasty   bool        // what is written is durable once the database is closed, and no sooner: for generated data (SQLite)
}

// DB is an open database.
type DB struct {
	Engine Engine
	URL    string

	clock     clock.Clock
	strict    bool
	write     *sql.DB
	read      *sql.DB
	readers   *readers // of SQLite
	single    *sql.Conn
	writer    *reader // single's own
	unhurried bool    // single commits without waiting for the disk

	hasty      bool // the disk is waited for at the end, on SQLite
	afterTold  func(id.ID)
	statements atomic.Int64
	listener   atomic.Pointer[func(string, []any)]

	mu      sync.Mutex
	onClose []func()
	lanes   map[id.ID]*lane
	closed  bool
	moves   checkpointer
	busy    sync.WaitGroup
}

const pragmas = "?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)" +
	"&_pragma=foreign_keys(1)&_pragma=wal_autocheckpoint(16000)&_pragma=cache_size(-16000)&_pragma=temp_store(MEMORY)&_dqs=0"

// Open connects to "postgres://…", or to a SQLite file ("sqlite:PATH" or a bare
// path), whose folder it makes. It does not migrate.
func Open(ctx context.Context, url string, opt Options) (*DB, error) {
	d := &DB{URL: url, clock: opt.Clock, strict: opt.Strict, lanes: map[id.ID]*lane{}}
	if d.clock == nil {
		d.clock = clock.System{}
	}
	readers := opt.Readers
	if readers == 0 {
		readers = 8
	}
	if strings.HasPrefix(url, "postgres://") || strings.HasPrefix(url, "postgresql://") {
		return d, d.openPostgres(ctx, readers)
	}
	return d, d.openSQLite(ctx, strings.TrimPrefix(url, "sqlite:"), readers, opt.Hasty)
}

func (d *DB) openPostgres(ctx context.Context, readers int) (err error) {
	d.Engine = Postgres
	if d.read, err = sql.Open("pgx", d.URL); err != nil {
		return fmt.Errorf("db: open PostgreSQL: %w", err)
	}
	d.read.SetMaxOpenConns(readers + 8)
	d.read.SetMaxIdleConns(readers + 8) // to open one takes as long as twenty posts
	d.read.SetConnMaxIdleTime(5 * time.Minute)
	d.write = d.read
	if err := d.read.PingContext(ctx); err != nil {
		return fmt.Errorf("db: reach PostgreSQL: %w", err)
	}
	return nil
}

func (d *DB) openSQLite(ctx context.Context, path string, readers int, hasty bool) (err error) {
	d.Engine = SQLite
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("db: make the data folder: %w", err)
	}
	dsn := "file:" + path + pragmas
	if d.write, err = sql.Open("sqlite", dsn); err != nil {
		return fmt.Errorf("db: open %s: %w", path, err)
	}
	d.write.SetMaxOpenConns(1)
	// The writer comes first: it makes the file and its write-ahead log.
	if d.single, err = d.write.Conn(ctx); err != nil {
		return fmt.Errorf("db: open %s: %w", path, err)
	}
	if hasty {
		if err := d.hurry(ctx); err != nil {
			return err
		}
	}
	if d.read, err = sql.Open("sqlite", dsn+"&_pragma=query_only(1)"); err != nil {
		return fmt.Errorf("db: open %s: %w", path, err)
	}
	d.read.SetMaxIdleConns(-1) // a backup opens one for itself; all else goes by the readers
	d.readers = newReaders(d.write.Driver(), dsn+"&_pragma=query_only(1)", readers)
	if err := d.Ping(ctx); err != nil {
		return fmt.Errorf("db: open %s: %w", path, err)
	}
	d.startCheckpoints()
	return nil
}

// Clock is the clock the database stamps with.
func (d *DB) Clock() clock.Clock { return d.clock }

// Ping says whether the database answers.
func (d *DB) Ping(ctx context.Context) error {
	if d.readers == nil {
		return d.read.PingContext(ctx)
	}
	r, err := d.readers.take(ctx)
	if err != nil {
		return err
	}
	defer d.readers.give(r)
	return r.run(ctx, "SELECT 1")
}

// Statements is how many statements were sent so far, besides those that begin
// and end transactions: what a request costs is the difference.
func (d *DB) Statements() int64 { return d.statements.Load() }

// OnClose adds work that Close begins with, while the database can still be used.
func (d *DB) OnClose(f func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.onClose = append(d.onClose, f)
}

// Listen hears every statement before it is sent, until it is given nil: how tests
// ask for the plan of what a request really did. One listens at a time.
func (d *DB) Listen(f func(text string, args []any)) { d.listener.Store(&f) }

// sent counts a statement, and lets a listener hear it.
func (d *DB) sent(text string, args []any) {
	d.statements.Add(1)
	if f := d.listener.Load(); f != nil && *f != nil {
		(*f)(text, args)
	}
}

// Drain finishes what was put off (see OnClose).
func (d *DB) Drain() {
	d.mu.Lock()
	last := slices.Clone(d.onClose)
	d.mu.Unlock()
	for _, f := range last {
		f()
	}
}

// Close waits for the writers under way and closes every connection.
func (d *DB) Close() error {
	d.Drain()
	d.mu.Lock()
	if d.closed {
		d.mu.Unlock()
		return nil
	}
	d.closed = true
	d.mu.Unlock()
	d.busy.Wait()
	d.moves.stop()
	var errs []error
	errs = append(errs, d.rest())
	if d.writer != nil {
		errs = append(errs, d.writer.forget())
	}
	if d.single != nil {
		errs = append(errs, d.single.Close())
	}
	if d.readers != nil {
		errs = append(errs, d.readers.close())
	}
	errs = append(errs, d.read.Close())
	if d.write != d.read {
		errs = append(errs, d.write.Close())
	}
	return errors.Join(errs...)
}

// Check looks for damage; the answer is empty when there is none. PostgreSQL
// checks its own pages as it reads them, so there it only asks.
func (d *DB) Check(ctx context.Context) (problem string, err error) {
	if d.Engine == Postgres {
		_, _, err := One[int64](ctx, d, `SELECT COUNT(*) AS n FROM db_workspaces`)
		return "", err
	}
	problem, _, err = One[string](ctx, d, `PRAGMA quick_check(1)`)
	if problem == "ok" {
		problem = ""
	}
	return problem, err
}
