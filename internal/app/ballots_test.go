package app_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/meantime/internal/app"
	"example.org/meantime/internal/feature/decisions/sealed"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

// A backup holds what is sealed and not the key: with both it could be read.
func TestABackupHoldsNoKeyOfABallot(t *testing.T) {
	for name, database := range engines(t) {
		t.Run(name, func(t *testing.T) {
			i := install(t, database)
			box := id.New(i.DB.Clock().Now())
			err := i.DB.Write(t.Context(), i.owner.Workspace, func(ctx context.Context, tx *db.Tx) error {
				tx.Quiet("a test")
				return i.Ballots.MakeTx(ctx, tx, box, sealed.Spec{Voters: 5, BallotBytes: 100})
			})
			if err != nil {
				t.Fatal(err)
			}
			kept, err := filepath.Glob(filepath.Join(i.o.Data, "keys", "*.key"))
			if err != nil || len(kept) != 1 {
				t.Fatalf("keys: %v, %v", kept, err)
			}
			text, err := os.ReadFile(kept[0])
			if err != nil {
				t.Fatal(err)
			}
			key := strings.TrimSpace(string(text))
			raw, err := hex.DecodeString(key)
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(t.TempDir(), "backup.tar")
			if err := app.Backup(t.Context(), i.o, file, silent); err != nil {
				t.Fatal(err)
			}
			b, err := os.ReadFile(file)
			if err != nil || bytes.Contains(b, []byte(key)) || bytes.Contains(b, raw) || bytes.Contains(b, []byte("ballot-")) {
				t.Errorf("the backup holds the key (%v)", err)
			}
			into := options(t, "")
			if err := app.Restore(t.Context(), into, file, silent); err != nil {
				t.Fatal(err)
			}
			if got := ballots(i.App, t); got.State != "ok" || got.Detail != "open votes: 1, brainstorms: 0" {
				t.Errorf("where it was made: %+v", got)
			}
			if got := ballots(open(t, into), t); got.State != "broken" || got.Remedy == "" {
				t.Errorf("where it was restored: %+v", got)
			}
		})
	}
}

func engines(t *testing.T) map[string]string {
	out := map[string]string{"sqlite": ""}
	if !testing.Short() {
		out["postgres"] = testkit.PostgresURL(t)
	}
	return out
}

func ballots(a *app.App, t *testing.T) app.Finding {
	for _, f := range a.Doctor(t.Context(), true) {
		if f.What == "anonymous ballots" {
			return f
		}
	}
	t.Fatal("the doctor does not look at ballots")
	return app.Finding{}
}
