package db_test

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

// A database of several parts comes back the same, into a place that nobody uses.
func TestPagesComeBack(t *testing.T) {
	d := testkit.SQLite(t, clock.Still(testkit.Monday))
	w := fill(t, d)
	for range 10 {
		big(t, d, w)
	}
	var b bytes.Buffer
	to := tar.NewWriter(&b)
	m, err := d.DumpPages(t.Context(), to, func(int64) {})
	if err != nil || m.Pages <= 1024 || to.Close() != nil {
		t.Fatalf("%+v, %v", m, err)
	}
	file := filepath.Join(t.TempDir(), "part")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	l := db.NewPageLoader(f)
	for r := tar.NewReader(&b); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := l.Load(r, h.Size); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Close(); err != nil || l.Pages != m.Pages || l.PageSize != m.PageSize {
		t.Fatalf("%d pages of %d, want %+v (%v)", l.Pages, l.PageSize, m, err)
	}
	if err := db.Replace(t.Context(), d.URL, file); err == nil || !strings.Contains(err.Error(), "in use") {
		t.Errorf("a database in use was replaced: %v", err)
	}
	place := filepath.Join(t.TempDir(), "meantime.db")
	if err := db.Replace(t.Context(), "sqlite:"+place, file); err != nil {
		t.Fatal(err)
	}
	back, err := db.Open(t.Context(), place, db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = back.Close() }()
	problem, err := back.Check(t.Context())
	list, lerr := event.After(t.Context(), back, w, 0, 1000)
	if problem != "" || errors.Join(err, lerr) != nil || len(list) != 60 {
		t.Errorf("it has %d events, %q, %v", len(list), problem, errors.Join(err, lerr))
	}
}

// big tells the log something of a megabyte.
func big(t *testing.T, d *db.DB, w id.ID) {
	t.Helper()
	if err := d.Write(t.Context(), w, bigEvent(w)); err != nil {
		t.Fatal(err)
	}
}

func bigEvent(w id.ID) func(context.Context, *db.Tx) error {
	return func(_ context.Context, tx *db.Tx) error {
		event.Append(tx, event.New{Kind: "test.said", Subject: event.Ref{Kind: "thing", ID: w}, Data: map[string]string{"text": strings.Repeat("heron ", 1<<18)}})
		return nil
	}
}
