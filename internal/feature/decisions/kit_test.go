package decisions_test

import (
	"testing"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/auth"
	"example.org/meantime/internal/core/coretest"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/feature/decisions"
	"example.org/meantime/internal/feature/decisions/sealed"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// house is a workspace with Ana in Berlin, Kofi in Accra and Mei in Taipei, a guest
// who is in no space, and a public and a private space. It is Monday 5 October 2026,
// 07:00 UTC: 09:00 for Ana, 07:00 for Kofi, 15:00 for Mei.
type house struct {
	*coretest.World
	t      testing.TB
	d      *db.DB
	clock  *clock.Machine
	people *people.Service
	spaces *spaces.Service
	asks   *asks.Service
	dec    *decisions.Service
	ws     id.ID

	ana, kofi, mei, gus actor.Actor
	boxes               *sealed.Boxes
	space, secret       id.ID
}

func engines(t *testing.T, f func(t *testing.T, h *house)) {
	t.Helper()
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) { f(t, build(t, d, c)) })
}

func build(t testing.TB, d *db.DB, c *clock.Machine) *house {
	t.Helper()
	w := coretest.New(t, d, c, coretest.Options{})
	w.Furnish()
	h := &house{World: w, t: t, d: d, clock: c, people: w.People, spaces: w.Spaces, asks: w.Asks, ws: w.WS}
	h.boxes = sealed.New(d, t.TempDir())
	h.dec = decisions.New(d, h.people, h.spaces, h.asks, auth.New(d, h.people, auth.Options{}), decisions.Options{Origin: "http://meantime.test", Boxes: h.boxes})
	h.asks.AnswerThere(h.dec.Repliers())
	h.dec.Jobs(h.Jobs)
	h.boxes.Jobs(h.Jobs)
	h.Follow(h.dec.Followers()...)
	h.ana = h.person("Ana Petrova", actor.Owner, "Europe/Berlin")
	h.kofi = h.person("Kofi Mensah", actor.Member, "Africa/Accra")
	h.mei = h.person("Mei Lin", actor.Member, "Asia/Taipei")
	h.gus = h.person("Gus Guest", actor.Guest, "Europe/Berlin")
	h.space = h.open(spaces.NewSpace{Name: "Product"})
	h.secret = h.open(spaces.NewSpace{Name: "Board", Private: true, Members: []id.ID{h.kofi.Person}})
	return h
}

func (h *house) must(err error)               { h.t.Helper(); h.Must(err) }
func (h *house) settle()                      { h.t.Helper(); h.Settle() }
func (h *house) until(end clock.Instant)      { h.t.Helper(); h.Until(end) }
func (h *house) open(n spaces.NewSpace) id.ID { h.t.Helper(); return h.Space(h.ana, n).ID }

func (h *house) person(name string, role actor.Role, zone string) actor.Actor {
	h.t.Helper()
	return h.Person(people.NewPerson{Name: name, Role: role, Zone: zone})
}

// all are Ana, Kofi and Mei.
func (h *house) all() decisions.Invited {
	return decisions.Invited{People: []id.ID{h.ana.Person, h.kofi.Person, h.mei.Person}}
}

// begin opens a decision of Ana's among all, with what is missing filled in.
func (h *house) begin(n decisions.NewDecision) id.ID {
	h.t.Helper()
	x, err := h.dec.MakeOpen(h.t.Context(), h.ana, h.filled(n), 0)
	h.must(err)
	h.settle()
	return x
}

func (h *house) filled(n decisions.NewDecision) decisions.NewDecision {
	if n.Space.IsZero() {
		n.Space = h.space
	}
	if n.Title == "" {
		n.Title = "Which logo?"
	}
	if n.Kind == "" {
		n.Kind = decisions.Approval
	}
	if n.Options == nil && n.Kind != decisions.Consent && n.Kind != decisions.Advice && n.Kind != decisions.Time {
		n.Options = []decisions.Option{{Name: "Anchor"}, {Name: "Boat"}, {Name: "Crane"}}
	}
	if n.Invited.People == nil && n.Invited.Teams == nil {
		n.Invited = h.all()
	}
	return n
}

func (h *house) see(a actor.Actor, x id.ID) decisions.Seen {
	h.t.Helper()
	v, err := h.dec.See(h.t.Context(), a, x)
	h.must(err)
	return v
}

func (h *house) vote(a actor.Actor, x id.ID, m decisions.Marks) {
	h.t.Helper()
	_, err := h.dec.Vote(h.t.Context(), a, x, m, decisions.Moved{})
	h.must(err)
}

func (h *house) refused(err error, code string) {
	h.t.Helper()
	if !fault.Is(err, code) {
		h.t.Errorf("got %v, want a refusal of code %s", err, code)
	}
}

// owes says what somebody is expected to do still, by the kinds of their held asks.
func (h *house) owes(a actor.Actor) (out []string) {
	h.t.Helper()
	list, err := h.asks.Owe(h.t.Context(), h.d, a, a.Person, asks.Cursor{}, 50)
	h.must(err)
	for _, o := range list {
		out = append(out, o.Ask.HeldKind)
	}
	return out
}

var at = coretest.October

func choose(keys ...string) decisions.Marks { return decisions.Marks{Approved: keys} }
