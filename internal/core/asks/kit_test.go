package asks_test

import (
	"testing"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/coretest"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// house is a workspace with people in three time zones, and a neighbouring one.
// It is Monday 5 October 2026, 07:00 UTC: 09:00 for Ana in Berlin, 07:00 for Kofi
// in Accra, 15:00 for Mei in Taipei.
type house struct {
	*coretest.World

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
	h := &house{World: coretest.New(t, d, c, coretest.Options{})}
	h.Furnish()
	person := func(name string, role actor.Role, zone string) actor.Actor {
		return h.Person(people.NewPerson{Name: name, Role: role, Zone: zone})
	}
	h.ana = person("Ana", actor.Owner, "Europe/Berlin")
	h.ben = person("Ben", actor.Member, "Europe/Berlin")
	h.kofi = person("Kofi", actor.Member, "Africa/Accra")
	h.mei = person("Mei", actor.Member, "Asia/Taipei")
	h.guest = person("Gus", actor.Guest, "Europe/Berlin")
	h.outsider = person("Otto", actor.Guest, "Europe/Berlin")
	h.other = h.Elsewhere(people.NewPerson{Name: "Olga", Role: actor.Owner, Zone: "UTC"})
	h.open = h.Space(h.ana, spaces.NewSpace{Name: "Product", Members: ids(h.guest)})
	h.closed = h.Space(h.ana, spaces.NewSpace{Name: "Board", Private: true, Members: ids(h.kofi, h.ben)})
	h.thread, _ = h.begin(h.ana, h.open.ID)
	h.secret, _ = h.begin(h.ana, h.closed.ID)
	return h
}

func (h *house) begin(a actor.Actor, space id.ID) (spaces.Thread, spaces.Post) {
	h.T.Helper()
	t, p, err := h.Asks.OpenThread(h.T.Context(), a, spaces.NewThread{Space: space, Title: "Pricing"}, asks.NewReply{Markdown: "To begin with."})
	h.Must(err)
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
	return h.Asks.AskOn(h.T.Context(), a, n)
}

func (h *house) ask(a actor.Actor, n asks.NewAsk) asks.Ask {
	h.T.Helper()
	x, err := h.try(a, n)
	h.Must(err)
	return x
}

// as reads an ask again as somebody.
func (h *house) as(a actor.Actor, ask id.ID) asks.Ask {
	h.T.Helper()
	x, err := h.Asks.Ask(h.T.Context(), h.DB, a, ask)
	h.Must(err)
	return x
}

// until moves the clock to a wall time in UTC.
func (h *house) until(day, hour, minute int) {
	h.Clock.Set(utc(day, hour, minute))
}

var (
	utc = coretest.October
	ids = coretest.IDs
)

// states writes where an ask stands with everybody, in order.
func states(a asks.Ask) string {
	out := string(a.State) + ":"
	for _, o := range a.Owed {
		out += " " + string(o.State)
	}
	return out
}

func (h *house) stands(what string, a asks.Ask, want string) {
	h.T.Helper()
	if got := states(a); got != want {
		h.T.Errorf("%s: %s, want %s", what, got, want)
	}
}
