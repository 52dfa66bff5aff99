package journeys_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"example.org/meantime/internal/app"
	"example.org/meantime/internal/core/auth"
	"example.org/meantime/internal/platform/clock"
)

// build makes the real program.
func build(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "meantime")
	if out, err := exec.Command("go", "build", "-o", file, "example.org/meantime/cmd/meantime").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return file
}

// server is one run of the program, until it is killed.
type server struct {
	t    *testing.T
	cmd  *exec.Cmd
	url  string
	logs *logs
	dead sync.Once
}

// logs is what the program says on standard error.
type logs struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logs) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(b)
}

func (l *logs) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// readyWithin is how long a server that was killed may take to serve again.
const readyWithin = 5 * time.Second

// run starts the program and waits until it says where it is and that it is ready.
func run(t *testing.T, program string, args ...string) *server {
	t.Helper()
	watch := clock.Stopwatch()
	s := &server{t: t, logs: &logs{}, cmd: exec.Command(program, append(args, "--listen", "127.0.0.1:0", "--log", "error")...)}
	s.cmd.Stderr = s.logs
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.kill)
	lines := bufio.NewScanner(out)
	for s.url == "" && lines.Scan() {
		if _, at, ok := strings.Cut(lines.Text(), " is at "); ok {
			s.url = at
		}
	}
	if s.url == "" {
		s.kill()
		t.Fatalf("the server did not say where it is: %s", s.logs)
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	ctx, cancel := context.WithTimeout(context.Background(), readyWithin)
	defer cancel()
	if status, _, err := s.call(ctx, nil, "GET", "!/readyz", "", nil); err != nil || status != 200 {
		t.Fatalf("the server is not ready: %d %v\n%s", status, err, s.logs)
	}
	if took := clock.Since(watch); took > readyWithin {
		t.Errorf("ready after %s, want at most %s", took, readyWithin)
	}
	return s
}

// kill ends the program as a power cut would, and waits until it is gone.
func (s *server) kill() {
	s.dead.Do(func() {
		_ = s.cmd.Process.Signal(syscall.SIGKILL)
		_ = s.cmd.Wait()
	})
}

// call sends one request; an error means that nobody knows what became of it.
func (s *server) call(ctx context.Context, cookie *http.Cookie, method, path, key string, body any) (int, map[string]any, error) {
	var in io.Reader
	if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			return 0, nil, err
		}
		in = bytes.NewReader(b)
	}
	if plain, ok := strings.CutPrefix(path, "!"); ok {
		path = plain
	} else {
		path = "/api/v1" + path
	}
	req, err := http.NewRequestWithContext(ctx, method, s.url+path, in)
	if err != nil {
		return 0, nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	if key != "" {
		req.Header.Set("Idempotency-Key", key)
	}
	if cookie != nil {
		req.AddCookie(cookie)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		return 0, nil, err
	}
	out := map[string]any{}
	if len(b) > 0 {
		if err := json.Unmarshal(b, &out); err != nil {
			return 0, nil, errors.Join(err, errors.New(string(b)))
		}
	}
	return resp.StatusCode, out, nil
}

// get reads with a status of 200.
func (s *server) get(cookie *http.Cookie, path string) map[string]any {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	status, out, err := s.call(ctx, cookie, "GET", path, "", nil)
	if err != nil || status != 200 {
		s.t.Fatalf("GET %s: %d %v %v\n%s", path, status, err, out, s.logs)
	}
	return out
}

// listen signals each event of a kind that somebody's stream tells of, until the
// context or the server ends.
func (s *server) listen(ctx context.Context, cookie *http.Cookie, kind string, seen chan<- struct{}) {
	s.t.Helper()
	req, err := http.NewRequestWithContext(ctx, "GET", s.url+"/api/v1/stream", nil)
	if err != nil {
		s.t.Fatal(err)
	}
	req.AddCookie(cookie)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	go func() {
		defer func() { _ = resp.Body.Close() }()
		for lines := bufio.NewScanner(resp.Body); lines.Scan(); {
			if strings.Contains(lines.Text(), `"`+kind+`"`) {
				seen <- struct{}{}
			}
		}
	}()
}

// inside does something in a house within this process, before the program opens it.
func inside(t *testing.T, o app.Options, f func(w *world)) {
	t.Helper()
	o.Origin, o.Version, o.Cost = "http://meantime.test", "test", auth.Cost{Memory: 64, Passes: 1}
	a, err := app.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	front := httptest.NewServer(a.Handler())
	f(&world{t: t, app: a, url: front.URL})
	front.Close()
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
}
