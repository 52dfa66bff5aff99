package journeys_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	netmail "net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	gosmtp "github.com/emersion/go-smtp"

	"example.org/meantime/internal/app"
	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/feature/demo"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

// twelve zones, from the first morning of a day to its last.
var twelve = []string{
	"Pacific/Auckland", "Australia/Sydney", "Asia/Tokyo", "Asia/Taipei", "Asia/Kolkata", "Asia/Dubai",
	"Africa/Nairobi", "Europe/Berlin", "Europe/London", "America/Sao_Paulo", "America/New_York", "America/Los_Angeles",
}

// most mails that a server has on their way at once: as many as jobs run beside each
// other.
const underWay = 8

// sizeOr is how much of something a test does: all of it with MEANTIME_FULL=1.
func sizeOr(full, quick int) int {
	if testkit.Full() {
		return full
	}
	return quick
}

// Everybody has a digest due at nine in the morning, in twelve zones, and the server is
// killed when a tenth, half and nine tenths of their mails are out. In the end everybody
// got the one digest; the mails that came twice were under way at a kill, and bear the
// same Message-ID both times.
func TestNineOClockSurvivesBeingKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("real processes are killed in the long run")
	}
	program, n := build(t), sizeOr(10_000, 500)
	t.Run("sqlite", func(t *testing.T) { nine(t, program, "", n) })
	t.Run("postgres", func(t *testing.T) { nine(t, program, testkit.PostgresURL(t), n) })
}

func nine(t *testing.T, program, database string, n int) {
	data := t.TempDir()
	if err := demo.Mark(data); err != nil {
		t.Fatal(err)
	}
	m := newMTA(t)
	var cookie *http.Cookie
	o := app.Options{Data: data, Database: database, Demo: true}
	o.SMTP = app.SMTP{SMTP: m.address, TLS: "none", Domain: "in.northwind.example"}
	inside(t, o, func(w *world) {
		ana := w.owner()
		ana.do("POST", "/clock/advance", map[string]any{"to": w.saturday()}, 200)
		w.askAll(ana, w.hireAll(ana, n))
		if err := w.app.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
		cookie = ana.cookie
	})
	if len(m.list()) != 0 {
		t.Fatalf("%d mails went out on a Saturday", len(m.list()))
	}
	args := []string{"demo", "--data", data, "--smtp", m.address, "--smtp-tls", "none", "--mail-domain", "in.northwind.example"}
	if database != "" {
		args = append(args, "--database", database)
	}
	watch := clock.Stopwatch()
	var kills []int
	for _, at := range []int{n / 10, n / 2, n * 9 / 10} {
		s := run(t, program, args...)
		m.at(at, s.kill)
		if err := s.goOn(cookie); err == nil {
			t.Fatalf("the server outlived %d mails of %d: %d came", at, n, len(m.list()))
		}
		s.kill()
		kills = append(kills, len(m.list()))
	}
	s := run(t, program, args...)
	if err := s.goOn(cookie); err != nil {
		t.Fatalf("%v\n%s", err, s.logs)
	}
	took := clock.Since(watch)
	repeats := m.once(t, n, kills)
	t.Logf("%d digests with kills after %v mails: %d mails, %d of them repeats, in %s (%.0f digests/s)",
		n, kills, len(m.list()), repeats, took.Round(100*time.Millisecond), float64(n)/took.Seconds())
}

// goOn moves the clock over Monday, wherever it stands; the error is the connection's.
func (s *server) goOn(cookie *http.Cookie) error {
	s.t.Helper()
	ctx, stop := context.WithTimeout(s.t.Context(), 30*time.Minute)
	defer stop()
	status, out, err := s.call(ctx, cookie, "POST", "/clock/advance", "", map[string]any{"by": "3d"})
	if err == nil && status != 200 {
		s.t.Fatalf("advance: %d %v", status, out)
	}
	return err
}

// saturday is the next one, at noon in UTC: everybody is asked at the weekend, wherever
// they are.
func (w *world) saturday() string {
	at := w.app.DB.Clock().Now().Time().Truncate(24 * time.Hour).Add(12 * time.Hour)
	for at = at.AddDate(0, 0, 1); at.Weekday() != time.Saturday; at = at.AddDate(0, 0, 1) {
	}
	return at.Format(time.RFC3339)
}

// hireAll adds people at once, in the twelve zones in turn.
func (w *world) hireAll(ana *visitor, n int) (out []people.Person) {
	w.t.Helper()
	ws, err := id.Decode("ws", str(ana.get("/workspace"), "id"))
	if err != nil {
		w.t.Fatal(err)
	}
	var list []people.NewPerson
	for i := range n {
		list = append(list, people.NewPerson{
			Name: fmt.Sprintf("Person %d", i), Handle: fmt.Sprintf("p%d", i), Email: fmt.Sprintf("p%d@northwind.example", i), Zone: twelve[i%len(twelve)],
		})
	}
	err = w.app.DB.Write(w.t.Context(), ws, func(ctx context.Context, tx *db.Tx) error {
		out, err = w.app.People.BulkTx(ctx, tx, list)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return out
}

// askAll asks everybody one thing, in threads of a hundred.
func (w *world) askAll(ana *visitor, list []people.Person) {
	w.t.Helper()
	space := str(ana.do("POST", "/spaces", map[string]any{"name": "Product"}, 201), "id")
	sp, err := id.Decode("sp", space)
	if err != nil {
		w.t.Fatal(err)
	}
	me, err := id.Decode("per", str(ana.get("/me"), "person", "id"))
	if err != nil {
		w.t.Fatal(err)
	}
	by := actor.Actor{Workspace: list[0].WorkspaceID, Person: me, Role: actor.Owner}
	for len(list) > 0 {
		k := min(100, len(list))
		ask := asks.NewAsk{Kind: asks.Reply, Window: "10d"}
		for _, p := range list[:k] {
			ask.People = append(ask.People, p.ID)
		}
		list = list[k:]
		_, _, err := w.app.Asks.OpenThread(w.t.Context(), by, spaces.NewThread{Space: sp, Title: "A question"}, asks.NewReply{Markdown: "What do you think?", Asks: []asks.NewAsk{ask}})
		if err != nil {
			w.t.Fatal(err)
		}
	}
}

// mta takes mail for everybody, and does something when so many came.
type mta struct {
	address string
	first   func(*gosmtp.Conn) error // says no to a conversation that begins a mail
	mu      sync.Mutex
	got     []taken
	limit   int
	then    func()
}

// taken is a mail that was taken: the whole of what a recipient would tell apart.
type taken struct{ id, to string }

func newMTA(t *testing.T) *mta {
	t.Helper()
	return newMTAWith(t, func(*mta, *gosmtp.Server) {})
}

// newMTAWith is newMTA with a say in how the server stands.
func newMTAWith(t *testing.T, more func(*mta, *gosmtp.Server)) *mta {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	m := &mta{address: l.Addr().String()}
	server := gosmtp.NewServer(gosmtp.BackendFunc(func(c *gosmtp.Conn) (gosmtp.Session, error) { return &mtaSession{mta: m, conn: c}, nil }))
	server.Domain, server.ErrorLog = "world.example", log.New(io.Discard, "", 0)
	more(m, server)
	done := make(chan struct{})
	go func() { defer close(done); _ = server.Serve(l) }()
	t.Cleanup(func() { _ = server.Close(); <-done })
	return m
}

// at does something once when so many mails have come.
func (m *mta) at(n int, then func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.limit, m.then = n, then
}

func (m *mta) list() []taken {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([]taken(nil), m.got...)
}

type mtaSession struct {
	*mta
	conn *gosmtp.Conn
	to   string
}

func (*mtaSession) Reset()        {}
func (*mtaSession) Logout() error { return nil }
func (s *mtaSession) Mail(string, *gosmtp.MailOptions) error {
	if s.first != nil {
		return s.first(s.conn)
	}
	return nil
}

func (s *mtaSession) Rcpt(to string, _ *gosmtp.RcptOptions) error {
	s.to = to
	return nil
}

func (s *mtaSession) Data(r io.Reader) error {
	msg, err := netmail.ReadMessage(r)
	if err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, msg.Body); err != nil {
		return err
	}
	name := strings.Trim(msg.Header.Get("Message-Id"), "<>")
	if name == "" {
		return errors.New("a mail without a name")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.got = append(s.got, taken{name, s.to})
	if s.then != nil && len(s.got) >= s.limit {
		go s.then()
		s.then = nil
	}
	return nil
}

// once holds that n people got one mail each, and that what came twice was under way at
// a kill, when so many had come; it counts those.
func (m *mta) once(t *testing.T, n int, kills []int) (repeats int) {
	t.Helper()
	first, names, times := map[string]int{}, map[string]string{}, map[string]int{}
	for i, x := range m.list() {
		if was, ok := names[x.to]; ok && was != x.id {
			t.Errorf("%s got two digests: %s and %s", x.to, was, x.id)
		}
		names[x.to] = x.id
		if times[x.id]++; times[x.id] == 1 {
			first[x.id] = i
			continue
		}
		repeats++
		atKill := false
		for _, k := range kills {
			atKill = atKill || first[x.id] < k && first[x.id] >= k-4*underWay
		}
		if !atKill || times[x.id] > 2 {
			t.Errorf("%s to %s was sent %d times, first as number %d; kills were after %v", x.id, x.to, times[x.id], first[x.id], kills)
		}
	}
	if len(names) != n || len(first) != n {
		t.Errorf("%d people got %d different digests, want %d", len(names), len(first), n)
	}
	if most := underWay * len(kills); repeats > most {
		t.Errorf("%d mails came twice, want at most %d", repeats, most)
	}
	return repeats
}
