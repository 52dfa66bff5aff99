package testkit

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	"example.org/meantime/internal/platform/clock"
)

// pg is the PostgreSQL server of one test process.
type pg struct {
	mu     sync.Mutex
	socket string
	admin  *sql.DB
}

func (p *pg) url(name string) string { return pgURL(p.socket, name) }

var (
	once    sync.Once
	started *pg
	failed  error

	fileOnce sync.Once
	file     string
	fileErr  error
)

func sqliteTemplate(t testing.TB) string {
	t.Helper()
	fileOnce.Do(func() {
		dir, err := os.MkdirTemp("", "meantime-sqlite-")
		if err != nil {
			fileErr = err
			return
		}
		atExit = append(atExit, func() { _ = os.RemoveAll(dir) })
		file = filepath.Join(dir, "template.db")
		fileErr = migrated("sqlite:" + file)
	})
	if fileErr != nil {
		t.Fatalf("testkit: migrate SQLite: %v", fileErr)
	}
	return file
}

func server(t testing.TB) *pg {
	t.Helper()
	once.Do(func() { started, failed = start() })
	if failed != nil {
		t.Fatalf("testkit: PostgreSQL does not start (make test installs it): %v", failed)
	}
	return started
}

// atExit is run by Main after the last test.
var atExit []func()

// Main runs a package's tests and then stops what they started. Packages that
// use a database have: func TestMain(m *testing.M) { testkit.Main(m) }.
func Main(m *testing.M) {
	result := m.Run()
	for _, f := range slices.Backward(atExit) {
		f()
	}
	os.Exit(result)
}

// durable is whether the server waits for the disk.
var durable bool

// Durable makes the test server wait for the disk, as a real one does; for
// benchmarks. It is called before the first database is made.
func Durable() { durable = true }

// careless makes tests quick: nothing in them outlives the power.
var careless = []string{"-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"}

// start runs a PostgreSQL on a Unix socket in a temporary folder.
func start() (*pg, error) {
	bin, err := binaries()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "meantime-pg-")
	if err != nil {
		return nil, err
	}
	atExit = append(atExit, func() { _ = os.RemoveAll(dir) })
	attr, err := otherUser(dir)
	if err != nil {
		return nil, err
	}
	data := filepath.Join(dir, "data")
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-U", "postgres", "--auth=trust", "--no-sync", "--locale=C", "--encoding=UTF8") //nolint:gosec // our own arguments
	initdb.SysProcAttr, initdb.Dir = attr, dir
	if out, err := initdb.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w: %s", err, out)
	}
	args := []string{"-D", data, "-k", dir, "-c", "listen_addresses=", "-c", "max_connections=400", "-c", "shared_buffers=64MB"}
	if !durable {
		args = append(args, careless...)
	}
	run := exec.Command(filepath.Join(bin, "postgres"), args...) //nolint:gosec // our own arguments
	run.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if attr != nil {
		run.SysProcAttr.Credential = attr.Credential
	}
	run.Dir = dir
	if err := run.Start(); err != nil {
		return nil, err
	}
	atExit = append(atExit, func() { _ = run.Process.Signal(syscall.SIGINT); _ = run.Wait() })
	p := &pg{socket: dir}
	if p.admin, err = sql.Open("pgx", p.url("postgres")); err != nil {
		return nil, err
	}
	atExit = append(atExit, func() { _ = p.admin.Close() })
	if err := ready(p.admin); err != nil {
		return nil, err
	}
	if _, err := p.admin.Exec(`CREATE DATABASE meantime_template`); err != nil {
		return nil, err
	}
	return p, migrated(p.url("meantime_template"))
}

// ready asks until the server answers; starting takes half a second.
func ready(d *sql.DB) error {
	watch := clock.Stopwatch()
	for {
		err := d.Ping()
		if err == nil {
			return nil
		}
		if clock.Since(watch) > 30e9 {
			return err
		}
	}
}

func binaries() (string, error) {
	if p, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(p), nil
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) == 0 {
		return "", errors.New("no initdb on this machine")
	}
	slices.SortFunc(found, func(a, b string) int { return version(a) - version(b) })
	return filepath.Dir(found[len(found)-1]), nil
}

func version(path string) int {
	n, _ := strconv.Atoi(strings.Split(path, "/")[4])
	return n
}

// otherUser lets root start the server as somebody else, as PostgreSQL demands.
func otherUser(dir string) (*syscall.SysProcAttr, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		if err := os.Chown(dir, uid, gid); err != nil {
			return nil, err
		}
		return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil //nolint:gosec // ids are small
	}
	return nil, errors.New("root needs a user postgres or nobody to start PostgreSQL as")
}
