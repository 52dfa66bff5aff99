package db_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/testkit"
)

// mark writes a row that no other may write again.
func mark(ctx context.Context, tx *db.Tx, name string) error {
	tx.Quiet("a test marks something")
	return tx.Do(ctx, `INSERT INTO event_cursors (workspace_id, follower, seq, tries) VALUES ($1, $2, 0, 0)`, tx.Workspace, name)
}

func marked(t *testing.T, d *db.DB) []string {
	t.Helper()
	list, err := db.All[string](t.Context(), d, `SELECT follower FROM event_cursors ORDER BY follower`)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// The last statement of a write may travel with COMMIT. When it fails nothing of the
// write is there, and whoever wrote is told; the next write is none the worse.
func TestAWriteWhoseLastStatementFailsLeavesNothing(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, _ *clock.Machine) {
		w := fill(t, d)
		before := marked(t, d)
		err := d.Write(t.Context(), w, func(ctx context.Context, tx *db.Tx) error {
			return errors.Join(mark(ctx, tx, "once"), mark(ctx, tx, "twice"), mark(ctx, tx, "twice"))
		})
		if !db.Duplicate(err) {
			t.Errorf("got %v, want a duplicate", err)
		}
		if got := marked(t, d); !slices.Equal(got, before) {
			t.Errorf("%v is left of a write that failed, want %v", got, before)
		}
		if err := d.Write(t.Context(), w, func(ctx context.Context, tx *db.Tx) error { return mark(ctx, tx, "once") }); err != nil {
			t.Error(err)
		}
	})
}

// On PostgreSQL a statement that failed undoes the whole transaction, even when the
// write passes over the error: nobody is told that it stands.
func TestAnErrorThatIsPassedOverIsNotACommit(t *testing.T) {
	if testing.Short() {
		t.Skip("PostgreSQL is left out of the quick loop")
	}
	d := testkit.Postgres(t, clock.Still(testkit.Monday))
	err := d.Write(t.Context(), fill(t, d), func(ctx context.Context, tx *db.Tx) error {
		if err := mark(ctx, tx, "lost"); err != nil {
			return err
		}
		_, _ = tx.Exec(ctx, `INSERT INTO event_cursors (workspace_id, follower, seq, tries) VALUES ($1, 'x', NULL, NULL)`, tx.Workspace)
		return nil
	})
	if err == nil || slices.Contains(marked(t, d), "lost") {
		t.Errorf("got %v and %v, want an error and nothing written", err, marked(t, d))
	}
}

// Writes that are waited for and writes that are only to be seen share commits; one
// that fails among them takes no other with it.
func TestWritesOfBothKindsShareACommit(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, _ *clock.Machine) {
		w := fill(t, d)
		before := marked(t, d)
		var wg sync.WaitGroup
		var want []string
		for i := range 60 {
			write, name := d.Write, fmt.Sprintf("mark%02d", i)
			if i%3 == 0 {
				write = d.WriteSoon
			}
			fails := i%7 == 0
			if !fails {
				want = append(want, name)
			}
			wg.Go(func() {
				err := write(t.Context(), w, func(ctx context.Context, tx *db.Tx) error {
					if err := mark(ctx, tx, name); err != nil || !fails {
						return err
					}
					return errors.New("changed my mind")
				})
				if (err != nil) != fails {
					t.Errorf("%s: %v", name, err)
				}
			})
		}
		wg.Wait()
		want = append(want, before...)
		slices.Sort(want)
		if got := marked(t, d); !slices.Equal(got, want) {
			t.Errorf("written are %v, want %v", got, want)
		}
	})
}
