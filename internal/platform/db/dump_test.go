package db_test

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

func fill(t *testing.T, d *db.DB) id.ID {
	t.Helper()
	w := id.New(d.Clock().Now())
	err := d.Write(t.Context(), w, func(ctx context.Context, tx *db.Tx) error {
		if err := event.Open(ctx, tx); err != nil {
			return err
		}
		for range 50 {
			event.Append(tx, event.New{Kind: "test.said", Subject: event.Ref{Kind: "thing", ID: w}, Concerns: []id.ID{w}, Data: map[string]string{"text": "naïve \"quotes\" \n 漢字"}})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func dump(t *testing.T, d *db.DB) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	m, err := d.Dump(t.Context(), w, func(table string) bool { return strings.HasPrefix(table, "search_") }, func(int64) {})
	if err != nil {
		t.Fatal(err)
	}
	if m.Rows["event_log"] != 50 || m.Schema == 0 {
		t.Errorf("manifest %+v", m)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func load(t *testing.T, d *db.DB, archive []byte) error {
	t.Helper()
	r := tar.NewReader(bytes.NewReader(archive))
	for {
		_, err := r.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if _, _, err := d.LoadPart(t.Context(), r); err != nil {
			return err
		}
	}
}

func TestABackupOfEitherEngineFillsEither(t *testing.T) {
	if testing.Short() {
		t.Skip("PostgreSQL is left out of the quick loop")
	}
	c := clock.Still(testkit.Monday)
	for _, from := range []*db.DB{testkit.SQLite(t, c), testkit.Postgres(t, c)} {
		w := fill(t, from)
		archive := dump(t, from)
		want, err := event.After(t.Context(), from, w, 0, 100)
		if err != nil {
			t.Fatal(err)
		}
		for _, to := range []*db.DB{testkit.SQLite(t, c), testkit.Postgres(t, c)} {
			if err := load(t, to, archive); err != nil {
				t.Fatalf("%s into %s: %v", from.Engine, to.Engine, err)
			}
			got, err := event.After(t.Context(), to, w, 0, 100)
			if err != nil || len(got) != 50 {
				t.Fatalf("%s into %s: %d events (%v)", from.Engine, to.Engine, len(got), err)
			}
			for i := range got {
				var x, y struct{ Text string }
				if got[i].Decode(&x) != nil || want[i].Decode(&y) != nil || x != y || got[i].Subject != want[i].Subject || got[i].At != want[i].At {
					t.Errorf("%s into %s: event %d is %+v, want %+v", from.Engine, to.Engine, i, got[i], want[i])
				}
			}
		}
	}
}

func TestADamagedRowIsNoticed(t *testing.T) {
	c := clock.Still(testkit.Monday)
	d := testkit.SQLite(t, c)
	fill(t, d)
	archive := dump(t, d)
	at := bytes.Index(archive, []byte("test.said"))
	archive[at] = 'T'
	if err := load(t, testkit.SQLite(t, c), archive); err == nil {
		t.Error("a changed letter went unnoticed")
	}
}
