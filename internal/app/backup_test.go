package app_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"example.org/meantime/internal/app"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/testkit"
)

func TestABackupUnderWritesComesBackOnTheOtherEngine(t *testing.T) {
	if testing.Short() {
		t.Skip("PostgreSQL is left out of the quick loop")
	}
	for name, engines := range map[string][2]string{
		"sqlite to postgres": {"", testkit.PostgresURL(t)}, "postgres to sqlite": {testkit.PostgresURL(t), ""}, "sqlite to sqlite": {"", ""},
		"postgres to postgres": {testkit.PostgresURL(t), testkit.PostgresURL(t)},
	} {
		t.Run(name, func(t *testing.T) {
			from := install(t, engines[0])
			for n := range 20 {
				from.post(t, fmt.Sprintf("before %d", n))
			}
			key, err := from.Push.PublicKey(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(t.TempDir(), "backup.tar")
			stop := make(chan struct{})
			var writers sync.WaitGroup
			for range 4 {
				writers.Go(func() {
					for {
						select {
						case <-stop:
							return
						default:
							from.post(t, "during")
						}
					}
				})
			}
			err = app.Backup(t.Context(), from.o, file, silent)
			close(stop)
			writers.Wait()
			if err != nil {
				t.Fatal(err)
			}
			into := options(t, engines[1])
			if err := app.Restore(t.Context(), into, file, silent); err != nil {
				t.Fatal(err)
			}
			back := open(t, into)
			comesBack(t, back)
			if again, err := back.Push.PublicKey(t.Context()); err != nil || again != key {
				t.Errorf("devices know another key now: %q, want %q (%v)", again, key, err)
			}
			if err := app.Restore(t.Context(), into, file, silent); !errors.Is(err, db.ErrNotEmpty) {
				t.Errorf("over what is there: %v", err)
			}
		})
	}
}

// comesBack holds that what was acknowledged before the backup is there, and works.
func comesBack(t *testing.T, a *app.App) {
	t.Helper()
	in, _ := ask(t, a, "POST", "/sessions", `{"email":"ana@northwind.example","password":"`+password+`"}`, nil, 201)
	cookie := in.Cookies()[0]
	for _, query := range []string{"heron", "cafe", "before+19"} {
		_, found := ask(t, a, "GET", "/search?q="+query, "", cookie, 200)
		var page struct{ Items []any }
		if err := json.Unmarshal([]byte(found), &page); err != nil || len(page.Items) == 0 {
			t.Errorf("%s is not found: %s, %v", query, found, err)
		}
	}
	r, _, err := a.Files.Open(t.Context(), "aa/heron.png", 0)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(r)
	if _ = r.Close(); err != nil || string(b) != "the bytes of a heron" {
		t.Errorf("the file is %q, %v", b, err)
	}
	if err := a.Settle(t.Context()); err != nil {
		t.Error(err)
	}
	_, threads := ask(t, a, "GET", "/threads", "", cookie, 200)
	var page struct{ Items []struct{ ID, Space any } }
	if err := json.Unmarshal([]byte(threads), &page); err != nil || len(page.Items) != 1 {
		t.Fatalf("%s, %v", threads, err)
	}
	ask(t, a, "POST", fmt.Sprintf("/threads/%v/posts", page.Items[0].ID), `{"markdown":"And it goes on."}`, cookie, 201)
	for _, f := range a.Doctor(t.Context(), true) {
		if f.State == "broken" {
			t.Errorf("doctor: %+v", f)
		}
	}
}

func TestABackupIsWholeOrNotThere(t *testing.T) {
	o := options(t, "")
	file := filepath.Join(t.TempDir(), "backup.tar")
	if err := app.Backup(t.Context(), o, file, silent); err == nil {
		t.Error("a folder without anything was backed up")
	}
	from := install(t, "")
	if err := app.Backup(t.Context(), from.o, filepath.Join(t.TempDir(), "no", "such", "folder.tar"), silent); err == nil {
		t.Error("it was written nowhere")
	}
	left, _ := filepath.Glob(filepath.Dir(file) + "/*")
	if len(left) > 0 {
		t.Errorf("left: %v", left)
	}
	if made, _ := os.ReadDir(o.Data); len(made) > 0 {
		t.Errorf("a folder that was only asked for now holds %v", made)
	}
}
