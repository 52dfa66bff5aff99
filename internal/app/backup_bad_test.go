package app_test

import (
	"archive/tar"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/meantime/internal/app"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/testkit"
)

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
	testkit.NotRaced(t)
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
