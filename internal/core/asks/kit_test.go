package asks_test

import (
	"context"
	"testing"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/blob"
	"example.org/meantime/internal/platform/bus"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// house is a workspace with people in three time zones, and a neighbouring one.
// It is Monday 5 October 2026, 07:00 UTC: 09:00 for Ana in Berlin, 07:00 for Kofi
// in Accra, 15:00 for Mei in Taipei.
type house struct {
	t      testing.TB
	ctx    context.Context
	d      *db.DB
	clock  *clock.Machine
	people *people.Service
	spaces *spaces.Service
	asks   *asks.Service
	ws     id.ID

	ana, ben, kofi, mei actor.Actor // ana is the owner, the others are members
	guest               actor.Actor // in the public space only
	outsider            actor.Actor // a guest of no space
	other               actor.Actor // owner of another workspace
	open, closed        spaces.Space
	thread, secret      spaces.Thread
}

func engines(t *testing.T, f func(t *testing.T, h *house)) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) { f(t, newHouse(t, d, c)) })
}

func newHouse(t testing.TB, d *db.DB, c *clock.Machine) *house {
	t.Helper()
	files, err := blob.NewFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = files.Close() })
	h := &house{t: t, ctx: context.Background(), d: d, clock: c}
	h.people = people.New(d, people.Options{})
	h.spaces = spaces.New(d, h.people, files, spaces.Options{})
	h.asks = asks.New(d, h.people, h.spaces)
	h.people.Introduce(people.Neighbours{Shares: h.spaces.Shares})
	h.spaces.Introduce(spaces.Neighbours{OpenAsks: h.asks.OpenAsks, PostAsks: h.asks.PostAsks})
	h.ws = h.workspace(func(ctx context.Context, tx *db.Tx) {
		h.ana = h.person(ctx, tx, "Ana", actor.Owner, "Europe/Berlin")
		h.ben = h.person(ctx, tx, "Ben", actor.Member, "Europe/Berlin")
		h.kofi = h.person(ctx, tx, "Kofi", actor.Member, "Africa/Accra")
		h.mei = h.person(ctx, tx, "Mei", actor.Member, "Asia/Taipei")
		h.guest = h.person(ctx, tx, "Gus", actor.Guest, "Europe/Berlin")
		h.outsider = h.person(ctx, tx, "Otto", actor.Guest, "Europe/Berlin")
	})
	h.workspace(func(ctx context.Context, tx *db.Tx) { h.other = h.person(ctx, tx, "Olga", actor.Owner, "UTC") })
	h.open = h.space(h.ana, spaces.NewSpace{Name: "Product", Members: []id.ID{h.guest.Person}})
	h.closed = h.space(h.ana, spaces.NewSpace{Name: "Board", Private: true, Members: []id.ID{h.kofi.Person, h.ben.Person}})
	h.thread, _ = h.begin(h.ana, h.open.ID)
	h.secret, _ = h.begin(h.ana, h.closed.ID)
	return h
}

func (h *house) workspace(fill func(context.Context, *db.Tx)) id.ID {
	h.t.Helper()
	ws := id.New(h.clock.Now())
	h.must(h.d.Write(h.ctx, ws, func(ctx context.Context, tx *db.Tx) error {
		if err := h.people.CreateWorkspaceTx(ctx, tx, "Meantime"); err != nil {
			return err
		}
		fill(ctx, tx)
		return nil
	}))
	return ws
}

func (h *house) person(ctx context.Context, tx *db.Tx, name string, role actor.Role, zone string) actor.Actor {
	h.t.Helper()
	p, err := h.people.AddTx(ctx, tx, people.NewPerson{Name: name, Role: role, Zone: zone})
	h.must(err)
	return p.Actor()
}

func (h *house) space(a actor.Actor, n spaces.NewSpace) spaces.Space {
	h.t.Helper()
	sp, err := h.spaces.OpenSpace(h.ctx, a, n)
	h.must(err)
	return sp
}

func (h *house) begin(a actor.Actor, space id.ID) (spaces.Thread, spaces.Post) {
	h.t.Helper()
	t, p, err := h.asks.OpenThread(h.ctx, a, spaces.NewThread{Space: space, Title: "Pricing"}, asks.NewReply{Markdown: "To begin with."})
	h.must(err)
	return t, p
}

// try asks in the public thread, or wherever n says.
func (h *house) try(a actor.Actor, n asks.NewAsk) (asks.Ask, error) {
	if n.Thread.IsZero() {
		n.Thread = h.thread.ID
	}
	if n.Text == "" {
		n.Text = "Does this look right?"
	}
	if n.Kind == "" {
		n.Kind = asks.Reply
	}
	return h.asks.AskOn(h.ctx, a, n)
}

func (h *house) ask(a actor.Actor, n asks.NewAsk) asks.Ask {
	h.t.Helper()
	x, err := h.try(a, n)
	h.must(err)
	return x
}

// as reads an ask again as somebody.
func (h *house) as(a actor.Actor, ask id.ID) asks.Ask {
	h.t.Helper()
	x, err := h.asks.Ask(h.ctx, h.d, a, ask)
	h.must(err)
	return x
}

// until moves the clock to a wall time in UTC.
func (h *house) until(day, hour, minute int) {
	h.clock.Set(utc(day, hour, minute))
}

// utc is a moment of October 2026.
func utc(day, hour, minute int) clock.Instant {
	return clock.At(time.Date(2026, 10, day, hour, minute, 0, 0, time.UTC))
}

// settle lets the package hear what happened.
func (h *house) settle() {
	h.t.Helper()
	h.must(event.NewFollowers(h.d, bus.NewLocal(), h.asks.Followers()...).Settle(h.ctx))
}

func (h *house) events(kind string) []event.Event {
	h.t.Helper()
	all, err := event.After(h.ctx, h.d, h.ws, 0, 10_000)
	h.must(err)
	out := []event.Event{}
	for _, e := range all {
		if e.Kind == kind {
			out = append(out, e)
		}
	}
	return out
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) refused(what string, err error, code string) {
	h.t.Helper()
	if !fault.Is(err, code) {
		h.t.Errorf("%s: %v, want %s", what, err, code)
	}
}

func ids(list ...actor.Actor) []id.ID {
	out := []id.ID{}
	for _, a := range list {
		out = append(out, a.Person)
	}
	return out
}

// states writes where an ask stands with everybody, in order.
func states(a asks.Ask) string {
	out := string(a.State) + ":"
	for _, o := range a.Owed {
		out += " " + string(o.State)
	}
	return out
}

func (h *house) stands(what string, a asks.Ask, want string) {
	h.t.Helper()
	if got := states(a); got != want {
		h.t.Errorf("%s: %s, want %s", what, got, want)
	}
}
