package bench

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"example.org/meantime/internal/platform/db"
)

// prepared names a data folder made with "meantime bench seed", and its token:
// the figures of a large company, where there is the time to make one.
const (
	preparedFolder = "MEANTIME_BENCH_DATA"
	preparedToken  = "MEANTIME_BENCH_TOKEN"
)

var built sync.Once

// binary builds the program, once a run and only when it has changed.
func binary(t testing.TB) string {
	t.Helper()
	path, err := filepath.Abs("../../.cache/bench/meantime")
	if err != nil {
		t.Fatal(err)
	}
	built.Do(func() {
		c := exec.Command("go", "build", "-trimpath", "-o", path, "example.org/meantime/cmd/meantime")
		c.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	})
	return path
}

// program is a process of its own.
type program struct {
	t    testing.TB
	cmd  *exec.Cmd
	dial string
	over bool
}

// start runs a program that answers on an address, and waits for its first answer.
func start(t testing.TB, path string, env []string, args ...string) (*program, time.Duration) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0") // a port that is free
	if err != nil {
		t.Fatal(err)
	}
	p := &program{t: t, dial: l.Addr().String()}
	_ = l.Close()
	p.cmd = exec.CommandContext(context.Background(), path, append(args, "--listen", p.dial)...)
	p.cmd.Env = append(os.Environ(), env...)
	begun := time.Now()
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.end)
	for time.Since(begun) < 30*time.Second {
		conn, err := net.Dial("tcp", p.dial)
		if err != nil {
			time.Sleep(200 * time.Microsecond)
			continue
		}
		_, _ = io.WriteString(conn, "GET /readyz HTTP/1.0\r\n\r\n")
		b, _ := io.ReadAll(conn)
		_ = conn.Close()
		if took := time.Since(begun); strings.Contains(string(b), " 200 ") {
			return p, took
		}
		break
	}
	t.Fatal("the program did not answer")
	return nil, 0
}

func (p *program) end() {
	if !p.over {
		p.over = true
		_ = p.cmd.Process.Signal(syscall.SIGTERM)
		_ = p.cmd.Wait()
	}
}

// rss is how much memory the process has in use, in bytes.
func (p *program) rss() int64 {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		p.t.Skip("memory is read from /proc")
	}
	_, rest, _ := strings.Cut(string(b), "VmRSS:")
	n, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
	if err != nil {
		p.t.Fatal(err)
	}
	return n << 10
}

// company is a data folder that nobody has open, a token for it, and where to post.
type company struct{ dir, token, path string }

// found makes a company of so many posts, or takes the prepared one.
func found(t testing.TB, posts int) company {
	if dir := os.Getenv(preparedFolder); dir != "" && posts > 0 {
		return company{dir, os.Getenv(preparedToken), ""}
	}
	h := open(t, db.SQLite, nil)
	thread := h.thread(max(posts, 1))
	h.must(h.app.Settle(context.Background()))
	h.must(h.app.Close())
	return company{h.dir, h.token, "/api/v1/threads/" + thread + "/posts"}
}

// bareServer is the floor of a program: a socket, an embedded database, one answer.
const bareServer = "MEANTIME_BENCH_BARE"

// serveBare answers until it is killed: health by HTTP, streams by holding on to
// the connection.
func serveBare(file, address string) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		panic(err)
	}
	d, err := openBare(file)
	if err != nil {
		panic(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ready") })
	mux.HandleFunc("GET /api/v1/stream", func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			panic(err)
		}
		_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nevent: hello\n\n")
		held.Store(conn, true)
	})
	server := &http.Server{Handler: mux, ReadHeaderTimeout: time.Minute}
	if err := server.Serve(l); err != nil {
		panic(err)
	}
	runtime.KeepAlive(d)
}

var held sync.Map
