package app_test

import (
	"context"
	"os"
	"testing"

	"example.org/meantime/internal/app"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

func TestDoctor(t *testing.T) {
	i := install(t, "")
	if err := i.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	state := func(findings []app.Finding) map[string]string {
		out := map[string]string{}
		for _, f := range findings {
			if out[f.What] = f.State; f.State != "ok" && f.Remedy == "" {
				t.Errorf("%s is %s, and nothing is said to be done", f.What, f.State)
			}
		}
		return out
	}
	for _, what := range []string{"database", "data folder", "listeners", "parked events", "jobs", "time zones", "address"} {
		if got := state(i.Doctor(t.Context(), true))[what]; got != "ok" {
			t.Errorf("%s is %q", what, got)
		}
	}
	if got := state(i.Doctor(t.Context(), false)); got["address"] != "warning" || got["mail"] != "warning" {
		t.Errorf("without an address and a mail server: %v", got)
	}
	if err := os.RemoveAll(i.o.Data); err != nil {
		t.Fatal(err)
	}
	if got := state(i.Doctor(t.Context(), true)); got["data folder"] != "broken" {
		t.Errorf("without its folder: %v", got)
	}
}

// A look at the installation of an older version leaves it as it is.
func TestDoctorChangesNothing(t *testing.T) {
	for name, database := range map[string]func() string{"sqlite": func() string { return "" }, "postgres": func() string { return testkit.PostgresURL(t) }} {
		t.Run(name, func(t *testing.T) {
			if name == "postgres" && testing.Short() {
				t.Skip("PostgreSQL is left out of the quick loop")
			}
			o := options(t, database())
			if name == "sqlite" { // the tests' PostgreSQL comes with its tables
				if f, outdated, err := app.Outdated(t.Context(), o); err != nil || !outdated || f.State != "broken" {
					t.Errorf("where nothing was made: %+v, %v, %v", f, outdated, err)
				}
			}
			a := open(t, o)
			if f, outdated, err := app.Outdated(t.Context(), o); err != nil || outdated {
				t.Errorf("of this version: %+v, %v, %v", f, outdated, err)
			}
			newest := `(SELECT MAX(version_id) FROM goose_db_version)`
			if err := a.DB.Write(t.Context(), id.ID{}, func(ctx context.Context, tx *db.Tx) error {
				tx.Quiet("as an older version left it")
				_, err := tx.Exec(ctx, `DELETE FROM goose_db_version WHERE version_id = `+newest)
				return err
			}); err != nil {
				t.Fatal(err)
			}
			for range 2 {
				f, outdated, err := app.Outdated(t.Context(), o)
				if err != nil || !outdated || f.State != "warning" || f.Remedy == "" {
					t.Errorf("of an older version: %+v, %v, %v", f, outdated, err)
				}
			}
		})
	}
}
