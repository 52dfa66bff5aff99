package app_test

import (
	"archive/tar"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"example.org/meantime/internal/app"
	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/auth"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/testkit"
)

func silent(string, int64, int64) {}

// installation is a house with one owner, a thread and a file.
type installation struct {
	*app.App
	o      app.Options
	owner  actor.Actor
	thread spaces.Thread
}

func options(t *testing.T, database string) app.Options {
	return app.Options{
		Data: t.TempDir(), Database: database, Origin: "http://meantime.test", Version: "test",
		Clock: clock.Still(testkit.Monday), Strict: true, Cost: auth.Cost{Memory: 64, Passes: 1},
	}
}

func open(t *testing.T, o app.Options) *app.App {
	t.Helper()
	a, err := app.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	return a
}

func install(t *testing.T, database string) *installation {
	t.Helper()
	i := &installation{o: options(t, database)}
	i.App = open(t, i.o)
	var err error
	if i.owner, err = i.Auth.CreateOwner(t.Context(), auth.NewOwner{Workspace: "Northwind", Name: "Ana", Email: "ana@northwind.example", Password: password, Zone: "Europe/Lisbon"}); err != nil {
		t.Fatal(err)
	}
	sp, err := i.Spaces.OpenSpace(t.Context(), i.owner, spaces.NewSpace{Name: "Product"})
	if err != nil {
		t.Fatal(err)
	}
	if i.thread, _, err = i.Asks.OpenThread(t.Context(), i.owner, spaces.NewThread{Space: sp.ID, Title: "Café"}, asks.NewReply{Markdown: "The heron stands."}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := i.Files.Put(t.Context(), "aa/heron.png", strings.NewReader("the bytes of a heron")); err != nil {
		t.Fatal(err)
	}
	return i
}

func (i *installation) post(t *testing.T, text string) {
	t.Helper()
	if _, err := i.Asks.Reply(t.Context(), i.owner, i.thread.ID, asks.NewReply{Markdown: text}); err != nil {
		t.Error(err)
	}
}

func ask(t *testing.T, a *app.App, method, path, body string, cookie *http.Cookie, want int) (*http.Response, string) {
	t.Helper()
	r := httptest.NewRequest(method, "/api/v1"+path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	if cookie != nil {
		r.AddCookie(cookie)
	}
	w := httptest.NewRecorder()
	a.Handler().ServeHTTP(w, r)
	if w.Code != want {
		t.Fatalf("%s %s: got %d, want %d: %s", method, path, w.Code, want, w.Body)
	}
	return w.Result(), w.Body.String()
}

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
			err := app.Backup(t.Context(), from.o, file, silent)
			close(stop)
			writers.Wait()
			if err != nil {
				t.Fatal(err)
			}
			into := options(t, engines[1])
			if err := app.Restore(t.Context(), into, file, silent); err != nil {
				t.Fatal(err)
			}
			comesBack(t, open(t, into))
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

// entry is a part of an archive.
type entry struct {
	name string
	body []byte
}

func unpack(t *testing.T, archive []byte) (out []entry) {
	t.Helper()
	r := tar.NewReader(bytes.NewReader(archive))
	for {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, entry{h.Name, b})
	}
}

func pack(t *testing.T, list []entry) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, e := range list {
		if err := w.WriteHeader(&tar.Header{Name: e.name, Mode: 0o600, Size: int64(len(e.body))}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(e.body); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestABadBackupLeavesNothing(t *testing.T) {
	from := install(t, "")
	for name, backup := range map[string]func(context.Context, app.Options, string, app.Progress) error{"rows": app.BackupRows, "pages": app.Backup} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "backup.tar")
			if err := backup(t.Context(), from.o, file, silent); err != nil {
				t.Fatal(err)
			}
			badBackups(t, file, name == "pages")
		})
	}
}

func badBackups(t *testing.T, file string, pages bool) {
	good, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	edit := func(f func(list []entry) []entry) []byte { return pack(t, f(unpack(t, good))) }
	first := func(list []entry, prefix string) *entry {
		for i := range list {
			if strings.HasPrefix(list[i].name, prefix) && bytes.Count(list[i].body, []byte("\n")) != 1 {
				return &list[i]
			}
		}
		t.Fatalf("no %s in the backup", prefix)
		return nil
	}
	with := func(name, body string) []byte {
		return edit(func(l []entry) []entry { return append([]entry{{name, []byte(body)}}, l...) })
	}
	atManifest := func(f func(map[string]any)) []byte {
		return edit(func(l []entry) []entry {
			m := map[string]any{}
			if err := json.Unmarshal(l[len(l)-1].body, &m); err != nil {
				t.Fatal(err)
			}
			f(m)
			l[len(l)-1].body, _ = json.Marshal(m)
			return l
		})
	}
	cases := map[string][]byte{
		"an empty file":               {},
		"no archive":                  []byte(strings.Repeat("not a tar ", 1000)),
		"cut in the middle":           good[:len(good)/2],
		"cut before its end":          good[:len(good)-2048],
		"without a manifest":          edit(func(l []entry) []entry { return l[:len(l)-1] }),
		"a file changed":              edit(func(l []entry) []entry { first(l, "files/").body[3] ^= 1; return l }),
		"a file missing":              edit(func(l []entry) []entry { return append(l[:len(l)-2], l[len(l)-1]) }),
		"a file upwards":              with("files/../../evil", "x"),
		"a file from the root":        with("files//tmp/evil", "x"),
		"a file by backslash":         with(`files/..\..\evil`, "x"),
		"a file without a name":       with("files", "x"),
		"something unknown":           with("notes.txt", "x"),
		"an unknown table":            with("rows/evil/000001", `{"table":"evil","columns":["a"]}`+"\n"),
		"SQL for a table":             with("rows/x/000001", `{"table":"db_workspaces; DROP TABLE event_log","columns":["a"]}`+"\n"),
		"SQL for a column":            with("rows/x/000001", `{"table":"db_workspaces","columns":["workspace_id) SELECT 1 --"]}`+"\n"),
		"a header without columns":    with("rows/x/000001", `{"table":"db_workspaces"}`+"\n"),
		"no header":                   with("rows/x/000001", ""),
		"pages without a size":        with("pages/000001", "x"),
		"pages that do not fill it":   with("pages/000001", "\x00\x00\x10\x00\x00\x00\x00\x01x"),
		"another format":              atManifest(func(m map[string]any) { m["format"] = 99 }),
		"the wrong format":            atManifest(func(m map[string]any) { m["format"] = 3 - m["format"].(float64) }),
		"a manifest that is not JSON": edit(func(l []entry) []entry { l[len(l)-1].body = []byte("{"); return l }),
	}
	if pages {
		cases["a page changed"] = edit(func(l []entry) []entry { e := first(l, "pages/"); e.body[len(e.body)/2] ^= 1; return l })
		cases["a part twice"] = edit(func(l []entry) []entry { return append([]entry{*first(l, "pages/")}, l...) })
		cases["a part missing"] = edit(func(l []entry) []entry { first(l, "pages/").name = "files/elsewhere"; return l })
		cases["fewer pages than told"] = atManifest(func(m map[string]any) { m["pages"] = m["pages"].(float64) + 1 })
	} else {
		cases["a table missing"] = edit(func(l []entry) []entry { first(l, "rows/event_log").name = "files/elsewhere"; return l })
		cases["a part twice"] = edit(func(l []entry) []entry { return append([]entry{*first(l, "rows/event_log")}, l...) })
		cases["a row changed"] = edit(func(l []entry) []entry { e := first(l, "rows/spaces_posts"); e.body[len(e.body)-5] ^= 1; return l })
		cases["rows the manifest hides"] = atManifest(func(m map[string]any) { delete(m["rows"].(map[string]any), "spaces_posts") })
	}
	for name, archive := range cases {
		t.Run(name, func(t *testing.T) {
			o := options(t, "")
			bad := filepath.Join(t.TempDir(), "bad.tar")
			if err := os.WriteFile(bad, archive, 0o600); err != nil {
				t.Fatal(err)
			}
			if err := app.Restore(t.Context(), o, bad, silent); err == nil {
				t.Fatal("it was restored")
			}
			nothing(t, o)
			if err := app.Restore(t.Context(), o, file, silent); err != nil {
				t.Errorf("the good one after it: %v", err)
			}
		})
	}
}

// nothing holds that a folder has an empty database and no files.
func nothing(t *testing.T, o app.Options) {
	t.Helper()
	d, err := db.Open(t.Context(), "sqlite:"+filepath.Join(o.Data, "meantime.db"), db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	if empty, err := d.Empty(t.Context()); err != nil || !empty {
		t.Errorf("the database is empty: %v, %v", empty, err)
	}
	_ = filepath.WalkDir(filepath.Dir(o.Data), func(path string, e fs.DirEntry, _ error) error {
		if e != nil && e.Type().IsRegular() && !strings.HasPrefix(e.Name(), "meantime.db") && e.Name() != "bad.tar" {
			t.Errorf("%s was left", path)
		}
		return nil
	})
	if _, err := os.Stat("/tmp/evil"); err == nil {
		t.Error("a file was written outside")
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

func TestTheSetupLinkWorksOnce(t *testing.T) {
	for name, database := range map[string]func() string{"sqlite": func() string { return "" }, "postgres": func() string { return testkit.PostgresURL(t) }} {
		t.Run(name, func(t *testing.T) {
			if name == "postgres" && testing.Short() {
				t.Skip("PostgreSQL is left out of the quick loop")
			}
			a := open(t, options(t, database()))
			var out strings.Builder
			if err := a.Greet(t.Context(), &out, "http://127.0.0.1:8080"); err != nil {
				t.Fatal(err)
			}
			_, rest, ok := strings.Cut(out.String(), "http://meantime.test/setup?token=")
			if !ok {
				t.Fatalf("no link in %s", out.String())
			}
			token := strings.Fields(rest)[0]
			body := func(token string) string {
				return `{"token":"` + token + `","workspace":"N","name":"Ana","email":"ana@northwind.example","password":"` + password + `","zone":"Europe/Lisbon"}`
			}
			r := httptest.NewRecorder()
			req := httptest.NewRequest("POST", "/api/v1/setup", strings.NewReader(body("guess"+token)))
			req.Header.Set("Content-Type", "application/json")
			if a.Handler().ServeHTTP(r, req); r.Code < 400 {
				t.Errorf("a guessed link: %d", r.Code)
			}
			ask(t, a, "POST", "/setup", body(token), nil, 201)
			r = httptest.NewRecorder()
			req = httptest.NewRequest("POST", "/api/v1/setup", strings.NewReader(body(token)))
			req.Header.Set("Content-Type", "application/json")
			if a.Handler().ServeHTTP(r, req); r.Code < 400 {
				t.Errorf("a second time: %d", r.Code)
			}
			out.Reset()
			if err := a.Greet(t.Context(), &out, "http://127.0.0.1:8080"); err != nil || strings.Contains(out.String(), "token=") {
				t.Errorf("the next start says %s, %v", out.String(), err)
			}
		})
	}
}

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
