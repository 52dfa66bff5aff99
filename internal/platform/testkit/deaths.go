package testkit

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
)

// Deaths is a story that is killed before its writes: one process a write, and another
// that goes on after it. Each part is given the database as it then stands and a clock
// that is still; S is what they need to know of the house, as JSON.
type Deaths[S any] struct {
	Least int               // the story has at least so many writes, or it shows nothing
	Every map[db.Engine]int // of how many writes one is tried; MEANTIME_KILLS=all tries each
	Begin func(t *testing.T, d *db.DB, c *clock.Machine) S
	Live  func(t *testing.T, d *db.DB, c *clock.Machine, s S)
	After func(t *testing.T, d *db.DB, c *clock.Machine, s S, died Death)
}

// Death is how a process ended.
type Death struct {
	At   int    // the write before which it died; 0 for one that was let live
	Said string // what it printed until then
}

// mortal is what a process is told that is to die.
type mortal[S any] struct {
	URL   string
	At    int
	Now   clock.Instant
	Scene S
}

const mortalEnv = "MEANTIME_TEST_SCENE"

// Run runs the story on both engines. The processes that die are the test that calls it,
// begun again; it must call nothing else.
func (k Deaths[S]) Run(t *testing.T) {
	if given := os.Getenv(mortalEnv); given != "" {
		k.die(t, given)
		return
	}
	if testing.Short() {
		t.Skip("many processes; left out of the quick loop")
	}
	urls := map[db.Engine]func() string{
		db.SQLite:   func() string { return "sqlite:" + SQLiteFile(t) },
		db.Postgres: func() string { return PostgresURL(t) },
	}
	name := t.Name()
	for engine, url := range urls {
		step := k.Every[engine]
		if os.Getenv("MEANTIME_KILLS") == "all" {
			step = 1
		}
		t.Run(string(engine), func(t *testing.T) {
			all := k.once(t, name, url(), 0)
			if all < k.Least {
				t.Fatalf("the story has %d writes; it shows nothing", all)
			}
			kills := 0
			for at := 1; at <= all; at += step {
				k.once(t, name, url(), at)
				kills++
			}
			t.Logf("%d kills over %d writes", kills, all)
		})
	}
}

var writing = regexp.MustCompile(`^\s*(INSERT|UPDATE|DELETE|COMMIT)`)

// die lives in a house until its write has come.
func (k Deaths[S]) die(t *testing.T, given string) {
	var m mortal[S]
	if err := json.Unmarshal([]byte(given), &m); err != nil {
		t.Fatal(err)
	}
	c := clock.Still(m.Now.Time())
	d := strict(t, m.URL, c)
	n := 0
	d.Listen(func(text string, _ []any) {
		if !writing.MatchString(text) {
			return
		}
		if n++; n == m.At {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
	})
	k.Live(t, d, c, m.Scene)
	fmt.Printf("writes=%d\n", n)
	_ = d.Close()
}

// once furnishes a house, has a process live in it until its death, and goes on after it.
func (k Deaths[S]) once(t *testing.T, name, url string, at int) (writes int) {
	t.Helper()
	c := clock.Still(Monday)
	d := strict(t, url, c)
	s := k.Begin(t, d, c)
	_ = d.Close()
	given, err := json.Marshal(mortal[S]{url, at, c.Now(), s})
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0], "-test.run=^"+name+"$", "-test.count=1")
	cmd.Env = append(os.Environ(), mortalEnv+"="+string(given))
	out, err := cmd.CombinedOutput()
	if (err == nil) != (at == 0) {
		t.Fatalf("killed at write %d, it ended with %v: %s", at, err, out)
	}
	if _, rest, ok := strings.Cut(string(out), "writes="); ok {
		writes, _ = strconv.Atoi(strings.Fields(rest)[0])
	}
	d = strict(t, url, c)
	defer func() { _ = d.Close() }()
	k.After(t, d, c, s, Death{at, string(out)})
	return writes
}

func strict(t *testing.T, url string, c clock.Clock) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), url, db.Options{Clock: c, Strict: true})
	if err != nil {
		t.Fatal(err)
	}
	return d
}
