package bench

import (
	"context"
	"flag"
	"net"
	"os"
	"strings"
	"testing"

	"example.org/meantime/internal/app"
	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/auth"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

func TestMain(m *testing.M) {
	if file := os.Getenv(bareServer); file != "" {
		serveBare(file, os.Args[len(os.Args)-1])
	}
	if at := os.Getenv(listenersAt); at != "" {
		listenAt(at)
		return
	}
	flag.Parse()
	if f := flag.Lookup("test.bench"); f != nil && f.Value.String() != "" {
		testkit.Durable() // a benchmark of durable work needs a disk that is waited for
	}
	testkit.Main(m)
}

// house is a workspace with Ana, its owner, and one public space.
type house struct {
	t     testing.TB
	app   *app.App
	dir   string
	owner actor.Actor
	token string
	space id.ID
	dial  string // where it answers, once served
}

func open(t testing.TB, engine db.Engine, c clock.Clock) *house {
	t.Helper()
	h := &house{t: t, dir: t.TempDir()}
	o := app.Options{Data: h.dir, Origin: "http://meantime.test", Version: "bench", Clock: c, Cost: auth.Cost{Memory: 64, Passes: 1}}
	if engine == db.Postgres {
		o.Database = testkit.PostgresURL(t)
	}
	var err error
	h.app, err = app.Open(context.Background(), o)
	h.must(err)
	t.Cleanup(func() { h.must(h.app.Close()) })
	h.owner, err = h.app.Auth.CreateOwner(context.Background(), auth.NewOwner{
		Workspace: "Northwind", Name: "Ana Lima", Email: "ana@northwind.example", Password: "correct horse battery", Zone: "Europe/Lisbon",
	})
	h.must(err)
	made, err := h.app.Auth.MakeToken(context.Background(), h.owner, "benchmarks")
	h.must(err)
	h.token = made.Token
	sp, err := h.app.Spaces.OpenSpace(context.Background(), h.owner, spaces.NewSpace{Name: "Product"})
	h.must(err)
	h.space = sp.ID
	return h
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) write(f func(context.Context, *db.Tx) error) {
	h.t.Helper()
	h.must(h.app.DB.Write(context.Background(), h.owner.Workspace, f))
}

// serve answers on a socket and follows the log, as the program does.
func (h *house) serve() {
	h.t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	h.must(err)
	h.dial = l.Addr().String()
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- h.app.Serve(ctx, l) }()
	h.t.Cleanup(func() { stop(); h.must(<-done) })
}

// thread opens a thread with so many posts and gives its name at the edge.
func (h *house) thread(posts int) string {
	h.t.Helper()
	ctx := context.Background()
	t, _, err := h.app.Asks.OpenThread(ctx, h.owner, spaces.NewThread{Space: h.space, Title: "Which date suits the release?"}, asks.NewReply{Markdown: prose})
	h.must(err)
	for posts--; posts > 0; posts -= 100 {
		h.write(func(ctx context.Context, tx *db.Tx) error {
			for range min(posts, 100) {
				if _, err := h.app.Spaces.PostTx(ctx, tx, h.owner, spaces.NewPost{Thread: t.ID, Markdown: prose}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return id.Encode("thr", t.ID)
}

// persons adds members who work nine to five in Berlin.
func (h *house) persons(n int) []actor.Actor {
	h.t.Helper()
	var out []actor.Actor
	for len(out) < n {
		h.write(func(ctx context.Context, tx *db.Tx) error {
			for range min(100, n-len(out)) {
				p, err := h.app.People.AddTx(ctx, tx, people.NewPerson{Name: "Person " + words(len(out)), Zone: "Europe/Berlin", Role: actor.Member})
				if err != nil {
					return err
				}
				out = append(out, p.Actor())
			}
			return nil
		})
	}
	return out
}

// ask asks each group of people in turn, in the same thread.
func (h *house) ask(thread string, groups [][]id.ID) {
	h.t.Helper()
	x, err := id.Decode("thr", thread)
	h.must(err)
	for len(groups) > 0 {
		n := min(len(groups), 50)
		h.write(func(ctx context.Context, tx *db.Tx) error {
			p, err := h.app.Spaces.PostTx(ctx, tx, h.owner, spaces.NewPost{Thread: x, Markdown: "Please."})
			if err != nil {
				return err
			}
			for _, g := range groups[:n] {
				if _, err := h.app.Asks.AskTx(ctx, tx, h.owner, asks.NewAsk{Thread: x, Post: p.ID, Kind: asks.Reply, People: g, Window: "1d"}); err != nil {
					return err
				}
			}
			return nil
		})
		groups = groups[n:]
	}
}

// as makes a token for somebody without a password: their session is written down.
func (h *house) as(a actor.Actor) string {
	h.t.Helper()
	h.write(func(ctx context.Context, tx *db.Tx) error {
		return h.app.Auth.AddAccountTx(ctx, tx, a.Person, strings.ToLower(a.Person.String())+"@northwind.example", "correct horse battery")
	})
	made, err := h.app.Auth.MakeToken(context.Background(), a, "benchmarks")
	h.must(err)
	return made.Token
}

// both runs on SQLite and, unless the run is short, on PostgreSQL.
func both[T interface {
	testing.TB
	Run(string, func(T)) bool
}](t T, f func(T, db.Engine)) {
	t.Run("sqlite", func(t T) { f(t, db.SQLite) })
	if !testing.Short() {
		t.Run("postgres", func(t T) { f(t, db.Postgres) })
	}
}

const prose = "I would rather take **Thursday**: the export is in by then, and nobody in Taipei has to stay up for it. " +
	"The list of what is left is short, see the table of last week."

// words writes a number in letters, so that names and words differ.
func words(n int) string {
	out := []byte{byte('a' + n%26)}
	for n /= 26; n > 0; n /= 26 {
		out = append(out, byte('a'+n%26))
	}
	return string(out)
}
