package attention_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/feature/attention"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/blob"
	"example.org/meantime/internal/platform/bus"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
	"example.org/meantime/internal/platform/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// house is a workspace with Ana in London, Kofi in Berlin and Mei in Taipei, all
// from nine to five, and one public space. It is Monday, 07:00 UTC: eight in
// London, nine in Berlin, three in the afternoon in Taipei.
type house struct {
	t         testing.TB
	db        *db.DB
	clock     *clock.Machine
	people    *people.Service
	spaces    *spaces.Service
	asks      *asks.Service
	attention *attention.Service
	jobs      *job.Runner
	followers *event.Followers

	ws, space      id.ID
	ana, kofi, mei actor.Actor
}

func engines(t *testing.T, f func(t *testing.T, h *house)) {
	t.Helper()
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) { f(t, build(t, d, c)) })
}

func build(t testing.TB, d *db.DB, c *clock.Machine) *house {
	t.Helper()
	h := &house{t: t, db: d, clock: c, ws: id.New(c.Now())}
	files, err := blob.NewFolder(t.TempDir())
	h.must(err)
	t.Cleanup(func() { _ = files.Close() })
	h.people = people.New(d, people.Options{})
	h.spaces = spaces.New(d, h.people, files, spaces.Options{})
	h.asks = asks.New(d, h.people, h.spaces)
	h.attention = attention.New(d, h.people, h.spaces, h.asks, describe.Registry{})
	h.asks.PageOutsideHours(h.attention.Consents)
	b := bus.NewLocal()
	h.jobs = job.NewRunner(d, b)
	h.attention.Jobs(h.jobs)
	h.followers = event.NewFollowers(d, b, append(h.asks.Followers(), h.attention.Followers()...)...)
	h.must(d.Write(t.Context(), h.ws, func(ctx context.Context, tx *db.Tx) error {
		return h.people.CreateWorkspaceTx(ctx, tx, "Harbour")
	}))
	h.ana = h.person(people.NewPerson{Name: "Ana Petrova", Role: actor.Owner, Zone: "Europe/London"})
	h.kofi = h.person(people.NewPerson{Name: "Kofi Mensah", Zone: "Europe/Berlin"})
	h.mei = h.person(people.NewPerson{Name: "Mei Lin", Zone: "Asia/Taipei"})
	sp, err := h.spaces.OpenSpace(t.Context(), h.ana, spaces.NewSpace{Name: "Launch"})
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

func (h *house) person(n people.NewPerson) (a actor.Actor) {
	h.t.Helper()
	h.must(h.db.Write(h.t.Context(), h.ws, func(ctx context.Context, tx *db.Tx) error {
		p, err := h.people.AddTx(ctx, tx, n)
		a = p.Actor()
		return err
	}))
	return a
}

// thread opens a thread whose first post asks things.
func (h *house) thread(a actor.Actor, title, markdown string, ask ...asks.NewAsk) (spaces.Thread, []asks.AskView) {
	h.t.Helper()
	t, p, err := h.asks.OpenThread(h.t.Context(), a, spaces.NewThread{Space: h.space, Title: title}, asks.NewReply{Markdown: markdown, Asks: ask})
	h.must(err)
	views, err := h.asks.OfPosts(h.t.Context(), h.db, a, []id.ID{p.ID})
	h.must(err)
	h.settle()
	return t, views[p.ID]
}

func (h *house) reply(a actor.Actor, thread id.ID, markdown string) {
	h.t.Helper()
	_, err := h.asks.Reply(h.t.Context(), a, thread, asks.NewReply{Markdown: markdown})
	h.must(err)
	h.settle()
}

func (h *house) askID(v asks.AskView) id.ID {
	h.t.Helper()
	x, err := id.Decode("ask", v.ID)
	h.must(err)
	return x
}

// settle follows the log and delivers what is due, until nothing is.
func (h *house) settle() {
	h.t.Helper()
	for range 3 {
		h.must(errors.Join(h.followers.Settle(h.t.Context()), h.jobs.Settle(h.t.Context())))
	}
}

// to moves the clock, stopping wherever something is due.
func (h *house) to(at time.Time) {
	h.t.Helper()
	for {
		h.settle()
		next, err := h.jobs.Next(h.t.Context())
		h.must(err)
		if next == 0 || next > clock.At(at) {
			break
		}
		h.clock.Set(next)
	}
	h.clock.Set(clock.At(at))
	h.settle()
}

// got lists a person's digests in words, oldest first: "Mon 09:00 London: …".
func (h *house) got(a actor.Actor) []string {
	h.t.Helper()
	list, err := h.attention.Digests(h.t.Context(), a, id.ID{}, 100)
	h.must(err)
	hours, err := h.people.Hours(h.t.Context(), h.db, h.ws, a.Person)
	h.must(err)
	out := []string{}
	for i := len(list) - 1; i >= 0; i-- {
		d := list[i]
		_, lines, err := h.attention.Digest(h.t.Context(), a, d.ID)
		h.must(err)
		at := d.At.Time().In(hours.Zone(d.At.Time())).Format("Mon 15:04")
		for _, l := range lines {
			out = append(out, at+" "+l.Title)
		}
	}
	return out
}

// in is a time of that week: in(1, "09:00") is Tuesday, 09:00 UTC.
func in(day int, wall string) time.Time {
	c, err := time.Parse("15:04", wall)
	if err != nil {
		panic(err)
	}
	return testkit.Monday.Truncate(24*time.Hour).AddDate(0, 0, day).Add(time.Duration(c.Hour())*time.Hour + time.Duration(c.Minute())*time.Minute)
}

func to(list ...actor.Actor) []id.ID {
	var out []id.ID
	for _, a := range list {
		out = append(out, a.Person)
	}
	return out
}

func (h *house) inbox(a actor.Actor, tab string) attention.Inbox {
	h.t.Helper()
	page, err := h.attention.Inbox(h.t.Context(), a, tab, "", 50)
	h.must(err)
	return page
}

func newGuest() people.NewPerson { return people.NewPerson{Name: "Gus", Role: actor.Guest} }

func (h *house) private(by actor.Actor, members ...actor.Actor) id.ID {
	h.t.Helper()
	sp, err := h.spaces.OpenSpace(h.t.Context(), by, spaces.NewSpace{Name: "Board", Private: true, Members: to(members...)})
	h.must(err)
	return sp.ID
}
