// Package testkit gives tests real parts: a fresh database on each engine, a
// clock that stands still until it is moved, and nothing faked inside the house.
package testkit

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"example.org/meantime/db/migrations"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
)

// Monday is when the clocks of most tests start: Monday 5 October 2026, 07:00 UTC.
var Monday = time.Date(2026, 10, 5, 7, 0, 0, 0, time.UTC)

// NotRaced leaves out a test that takes minutes with the race detector and is about what
// comes out, not about who meets whom: scripts/test runs it without.
func NotRaced(t *testing.T) {
	t.Helper()
	if Raced {
		t.Skip("takes minutes with the race detector; make test runs this without it")
	}
}

// Engines runs a test on SQLite and on PostgreSQL, each with a fresh, migrated
// database and a still clock at Monday. With -short only SQLite is used.
func Engines(t *testing.T, f func(t *testing.T, d *db.DB, c *clock.Machine)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		c := clock.Still(Monday)
		f(t, SQLite(t, c), c)
	})
	t.Run("postgres", func(t *testing.T) {
		if testing.Short() {
			t.Skip("PostgreSQL is left out of the quick loop")
		}
		c := clock.Still(Monday)
		f(t, Postgres(t, c), c)
	})
}

// SQLite opens a fresh, migrated database in a file of its own.
func SQLite(t testing.TB, c clock.Clock) *db.DB {
	t.Helper()
	return open(t, "sqlite:"+SQLiteFile(t), c)
}

// SQLiteFile is a copy of a migrated, empty database file.
func SQLiteFile(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "meantime.db")
	b, err := os.ReadFile(sqliteTemplate(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Postgres opens a fresh, migrated database on the test server, which it starts
// when it is the first to ask.
func Postgres(t testing.TB, c clock.Clock) *db.DB {
	t.Helper()
	return open(t, PostgresURL(t), c)
}

var count atomic.Int64

// PostgresURL makes a fresh, migrated database on the test server.
func PostgresURL(t testing.TB) string {
	t.Helper()
	s := server(t)
	name := fmt.Sprintf("t%d_%d", os.Getpid(), count.Add(1))
	s.mu.Lock()
	_, err := s.admin.Exec(`CREATE DATABASE ` + name + ` TEMPLATE meantime_template STRATEGY FILE_COPY`)
	s.mu.Unlock()
	if err != nil {
		t.Fatalf("testkit: make a database: %v", err)
	}
	t.Cleanup(func() {
		_, _ = s.admin.Exec(`DROP DATABASE IF EXISTS ` + name + ` WITH (FORCE)`)
	})
	return s.url(name)
}

func open(t testing.TB, url string, c clock.Clock) *db.DB {
	t.Helper()
	d, err := db.Open(context.Background(), url, db.Options{Clock: c, Strict: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Errorf("close the database: %v", err)
		}
	})
	return d
}

func migrated(url string) error {
	ctx := context.Background()
	d, err := db.Open(ctx, url, db.Options{})
	if err != nil {
		return err
	}
	if err := d.Migrate(ctx, migrations.Files); err != nil {
		return err
	}
	return d.Close()
}

func pgURL(socket, name string) string {
	q := url.Values{"host": {socket}, "user": {"postgres"}, "sslmode": {"disable"}}
	return "postgres:///" + name + "?" + q.Encode()
}
