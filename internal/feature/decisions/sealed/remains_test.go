package sealed_test

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/testkit"
)

// What was sealed is gone from the embedded database's files once the box has ended,
// and what it said was never there before.
func TestWhatRemainsInTheFiles(t *testing.T) {
	c := clock.Still(testkit.Monday)
	h := newHall(t, testkit.SQLite(t, c), c)
	box := h.box(small)
	var pages [][]byte
	for range 5 {
		h.vote(box, "said by nobody else")
		pages = append(pages, h.read(`SELECT '' AS k, sealed AS b FROM decisions_sealed_pages`)[0].b)
	}
	if before := h.files(); bytes.Contains(before, []byte("said by nobody")) {
		t.Error("the files hold what a ballot says before its box is opened")
	} else if !bytes.Contains(before, pages[4][100:160]) {
		t.Fatal("the files do not hold the sealed page where this test looks for it")
	}
	h.close(box)
	h.settle()
	after := h.files()
	for i, p := range pages {
		if bytes.Contains(after, p[100:160]) {
			t.Errorf("the files hold the page as it was sealed at vote %d", i+1)
		}
	}
	if !bytes.Contains(after, []byte("said by nobody")) {
		t.Error("the files do not hold what was opened")
	}
}

// PostgreSQL's files, its own log among them, do not hold what a ballot says either.
func TestPostgresFilesHoldNoBallot(t *testing.T) {
	if testing.Short() {
		t.Skip("PostgreSQL is left out of the quick loop")
	}
	c := clock.Still(testkit.Monday)
	h := newHall(t, testkit.Postgres(t, c), c)
	box := h.box(small)
	for range 5 {
		h.vote(box, "said by nobody else")
	}
	if n := h.server("said by nobody"); n != 0 {
		t.Errorf("%d files hold what a ballot says before its box is opened", n)
	}
	h.close(box)
	h.settle()
	if n := h.server("said by nobody"); n == 0 {
		t.Error("no file holds what was opened: this test looks in the wrong place")
	}
}

// server counts the files of the database server that hold a text.
func (h *hall) server(text string) (n int) {
	h.t.Helper()
	folder, _, err := db.One[string](context.Background(), h.db, `SELECT setting FROM pg_settings WHERE name = 'data_directory'`)
	if err != nil {
		h.t.Fatal(err)
	}
	h.write(func(ctx context.Context, tx *db.Tx) error { // what goes before is in the log by now
		_, err := tx.Exec(ctx, `SELECT pg_switch_wal()`)
		return err
	})
	err = filepath.WalkDir(strings.TrimSpace(folder), func(path string, f fs.DirEntry, err error) error {
		if err != nil || !f.Type().IsRegular() {
			return nil
		}
		b, _ := os.ReadFile(path)
		if bytes.Contains(b, []byte(text)) {
			n++
		}
		return nil
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return n
}
