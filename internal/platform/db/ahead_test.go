package db_test

import (
	"context"
	"testing"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/testkit"
)

// What is asked ahead is sent once, in one journey; whoever asks it then has the
// answer, and may ask again. What was not foreseen is asked, of the same moment.
func TestWhatIsAskedAheadIsKnown(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, _ *clock.Machine) {
		one := func(ctx context.Context, q db.Queryer, n int) []int64 {
			list, err := db.All[int64](ctx, q, `SELECT CAST($1 AS BIGINT) AS n UNION ALL SELECT CAST($1 AS BIGINT) + 1`, int64(n))
			if err != nil {
				t.Error(err)
			}
			return list
		}
		before := d.Statements()
		err := d.Snapshot(t.Context(), func(ctx context.Context, q db.Queryer) error {
			q, err := db.Ahead(ctx, q,
				func(q db.Queryer) error { one(ctx, q, 1); return nil },
				func(q db.Queryer) error { one(ctx, q, 5); return context.Canceled })
			if err != nil {
				return err
			}
			if q, err = db.Ahead(ctx, q, func(q db.Queryer) error { one(ctx, q, 5); one(ctx, q, 7); return nil }); err != nil {
				return err
			}
			for _, n := range []int{1, 5, 7, 9} {
				if got := one(ctx, q, n); len(got) != 2 || got[0] != int64(n) || got[1] != int64(n+1) {
					t.Errorf("asked for %d, got %v", n, got)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := d.Statements() - before; got != 4 {
			t.Errorf("%d statements were sent, want 4", got)
		}
	})
}

// A question that fails ahead fails the whole, and the connection is as good as new.
func TestAQuestionThatFailsAhead(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, _ *clock.Machine) {
		err := d.Snapshot(t.Context(), func(ctx context.Context, q db.Queryer) error {
			ask := func(q db.Queryer) error { _, err := db.All[int64](ctx, q, `SELECT n FROM no_such_table`); return err }
			q, err := db.Ahead(ctx, q, ask)
			if err != nil {
				return err
			}
			return ask(q)
		})
		if err == nil {
			t.Error("a question that cannot be answered was")
		}
		if n, _, err := db.One[int64](t.Context(), d, `SELECT 1 AS n`); n != 1 || err != nil {
			t.Errorf("afterwards 1 is %d: %v", n, err)
		}
	})
}
