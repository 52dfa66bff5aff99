package calendars_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"example.org/meantime/internal/core/coretest"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/feature/calendars"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/outside"
	"example.org/meantime/internal/platform/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// house is a workspace with Ana in London, Kofi in Berlin and the guest Gus, from
// nine to five, on Monday 5 October 2026 at 07:00 UTC: eight in London, nine in Berlin.
type house struct {
	*coretest.World
	c              *calendars.Service
	mux            *http.ServeMux
	space          id.ID
	ana, kofi, gus actor.Actor
}

func engines(t *testing.T, f func(t *testing.T, h *house)) {
	t.Helper()
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) { f(t, build(t, d, c)) })
}

func build(t *testing.T, d *db.DB, c *clock.Machine) *house {
	t.Helper()
	out := outside.New(outside.Options{Allow: outside.MustAllow("127.0.0.1:*")})
	t.Cleanup(out.Close)
	h := &house{World: coretest.New(t, d, c, coretest.Options{People: people.Options{Outside: out}}), mux: http.NewServeMux()}
	h.c = calendars.New(d, h.People, h.Asks, out, calendars.Options{Origin: "https://meantime.example"})
	h.c.Mount(h.mux)
	h.c.Jobs(h.Jobs)
	h.Follow(h.c.Followers()...)
	h.Furnish()
	h.ana = h.Person(people.NewPerson{Name: "Ana Petrova", Email: "ana@harbour.example", Role: actor.Owner, Zone: "Europe/London"})
	h.kofi = h.Person(people.NewPerson{Name: "Kofi Mensah", Email: "kofi@harbour.example", Zone: "Europe/Berlin"})
	h.gus = h.Person(people.NewPerson{Name: "Gus Guest", Email: "gus@elsewhere.example", Role: actor.Guest, Zone: "UTC"})
	h.space = h.Space(h.ana, spaces.NewSpace{Name: "Launch"}).ID
	return h
}

// refused wants a fault of a code.
func refused(t *testing.T, err error, code string) {
	t.Helper()
	if !fault.Is(err, code) {
		t.Errorf("got %v, want %s", err, code)
	}
}

// elsewhere is a calendar on another server.
type elsewhere struct {
	*httptest.Server
	text    atomic.Value // string; "" fails with status
	status  atomic.Int32
	asked   atomic.Int32
	whole   atomic.Int32 // answers with a body
	sign    atomic.Value // the last Authorization
	current atomic.Value // the ETag
}

func away(t *testing.T, text string) *elsewhere {
	t.Helper()
	e := &elsewhere{}
	e.text.Store(text)
	e.current.Store(`"1"`)
	e.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		e.asked.Add(1)
		e.sign.Store(r.Header.Get("Authorization"))
		tag := e.current.Load().(string)
		w.Header().Set("ETag", tag)
		switch text := e.text.Load().(string); {
		case e.status.Load() != 0:
			w.Header().Set("Retry-After", "7200")
			w.WriteHeader(int(e.status.Load()))
		case r.Header.Get("If-None-Match") == tag:
			w.WriteHeader(http.StatusNotModified)
		default:
			e.whole.Add(1)
			_, _ = w.Write([]byte(text))
		}
	}))
	t.Cleanup(e.Close)
	return e
}

func (e *elsewhere) becomes(text, tag string) {
	e.text.Store(text)
	e.current.Store(tag)
}

// ics makes a calendar of events, each a list of lines.
func ics(events ...string) string {
	var b strings.Builder
	b.WriteString("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
	for _, e := range events {
		b.WriteString("BEGIN:VEVENT\r\n" + strings.ReplaceAll(e, "\n", "\r\n") + "\r\nEND:VEVENT\r\n")
	}
	return b.String() + "END:VCALENDAR\r\n"
}
