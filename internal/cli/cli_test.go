package cli_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"image"
	"image/png"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"example.org/meantime/internal/app"
	"example.org/meantime/internal/cli"
	"example.org/meantime/internal/platform/clock"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"meantime": func() { os.Exit(cli.Main(cli.Server("1.2.3"))) }})
}

// demo is a server with the demo company, and the work that happens by itself.
func demo(t *testing.T) string {
	t.Helper()
	slog.SetDefault(slog.New(slog.DiscardHandler))
	o := app.Options{Data: t.TempDir(), Origin: "http://meantime.test", Version: "test", Demo: true, Clock: clock.Running(0)}
	o.Cost.Memory, o.Cost.Passes = 64, 1
	a, err := app.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.SeedDemo(t.Context(), io.Discard); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	over := make(chan error, 1)
	go func() { over <- a.Serve(t.Context(), l) }() // the test's context ends before its cleanups run
	t.Cleanup(func() {
		if err := <-over; err != nil {
			t.Error(err)
		}
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return "http://" + l.Addr().String()
}

// wicked is a server whose names and titles try to command the terminal.
func wicked(t *testing.T) string {
	t.Helper()
	const evil = "Eve\x1b]0;owned\x07\x1b[2J\u202egnp.exe\r\u0085\u2066"
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var v any = map[string]any{"next": "", "line": evil, "items": []any{map[string]any{
			"key": "ask_1" + evil, "kind": "reply", "title": evil, "name": evil, "handle": evil, "path": evil, "who": map[string]any{"name": evil},
		}}}
		if r.Method == http.MethodPost {
			w.WriteHeader(http.StatusConflict)
			v = map[string]any{"status": 409, "detail": evil}
		}
		_ = json.NewEncoder(w).Encode(v)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func TestCommands(t *testing.T) {
	server, evil := demo(t), wicked(t)
	export := slackExport(t)
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(e *testscript.Env) error {
			e.Setenv("SERVER", server)
			e.Setenv("WICKED", evil)
			e.Setenv("HOME", e.WorkDir)
			e.Setenv("XDG_CONFIG_HOME", filepath.Join(e.WorkDir, "config"))
			e.Setenv("TZ", "Pacific/Kiritimati") // far from whoever signs in: the machine's clock counts for nothing
			e.Setenv("SOON", clock.Running(30*24*time.Hour).Now().Time().UTC().Format(time.DateOnly))
			if err := os.WriteFile(filepath.Join(e.WorkDir, "drawing.png"), drawing(t), 0o600); err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(e.WorkDir, "export.zip"), export, 0o600)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"keep": keep, "json": isJSON, "clean": isClean, "sentence": isSentence},
	})
}

// keep NAME REGEXP sets a variable to the first group found in the last output.
func keep(ts *testscript.TestScript, _ bool, args []string) {
	found := regexp.MustCompile(args[1]).FindStringSubmatch(ts.ReadFile("stdout"))
	if found == nil {
		ts.Fatalf("%s is not in the output", args[1])
	}
	ts.Setenv(args[0], found[1])
}

// json holds that the last output is JSON.
func isJSON(ts *testscript.TestScript, _ bool, _ []string) {
	if out := ts.ReadFile("stdout"); !json.Valid([]byte(out)) {
		ts.Fatalf("this is not JSON: %s", out)
	}
}

// clean holds that a terminal obeys nothing in the last output.
func isClean(ts *testscript.TestScript, _ bool, _ []string) {
	for _, r := range ts.ReadFile("stdout") + ts.ReadFile("stderr") {
		if (r < ' ' && r != '\n' && r != '\t') || (r >= 0x7f && r < 0xa0) || (r >= 0x202a && r <= 0x202e) || (r >= 0x2066 && r <= 0x2069) {
			ts.Fatalf("the output holds %U", r)
		}
	}
}

// sentence holds that the last command said nothing but one line of what is wrong.
func isSentence(ts *testscript.TestScript, _ bool, _ []string) {
	said := ts.ReadFile("stderr")
	if !strings.HasPrefix(said, "meantime: ") || strings.Count(said, "\n") != 1 || strings.Contains(said, "goroutine") || strings.Contains(said, "Usage:") {
		ts.Fatalf("not a sentence: %s", said)
	}
	if out := ts.ReadFile("stdout"); out != "" {
		ts.Fatalf("an error wrote to standard output: %s", out)
	}
}

// drawing is a small picture.
func drawing(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func slackExport(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range []struct{ name, body string }{
		{"users.json", `[{"id":"U1","name":"grace","profile":{"real_name":"Grace Hopper","email":"grace@elsewhere.example"},"tz":"America/New_York"}]`},
		{"channels.json", `[{"id":"C1","name":"nanoseconds","creator":"U1","created":1700000000,"members":["U1"],"topic":{"value":"Wires"},"purpose":{"value":"Lengths"}}]`},
		{"nanoseconds/2024-01-02.json", `[{"type":"message","user":"U1","text":"A nanosecond is *eleven* inches of wire.","ts":"1704186000.000100"}]`},
	} {
		w, err := z.Create(f.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, f.body); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
