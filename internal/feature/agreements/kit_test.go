package agreements_test

import (
	"slices"
	"testing"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/coretest"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/feature/agreements"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// house is a workspace with a team, Harbour: Kofi and Mei. Ana owns the workspace and
// is not in it, nor is Ben. It is Monday, 07:00 UTC.
type house struct {
	*coretest.World
	agreed *agreements.Service
	things describe.Registry

	harbour             id.ID
	open, closed        id.ID // spaces; Ben is not in the closed one
	ana, ben, kofi, mei actor.Actor
}

func engines(t *testing.T, f func(t *testing.T, h *house)) {
	t.Helper()
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) { f(t, build(t, d, c)) })
}

func build(t *testing.T, d *db.DB, c *clock.Machine) *house {
	t.Helper()
	h := &house{World: coretest.New(t, d, c, coretest.Options{})}
	h.agreed = agreements.New(d, h.People, h.Spaces)
	h.things = describe.Registry(h.agreed.Describe())
	h.People.Introduce(people.Neighbours{Shares: h.Spaces.Shares, Bounds: h.agreed.Bounds})
	h.Asks.AgreedOn(h.agreed)
	h.Follow(h.agreed.Followers()...)
	h.Furnish()
	h.ana, h.ben, h.kofi, h.mei = h.Person(coretest.Ana), h.Person(coretest.Ben), h.Person(coretest.Kofi), h.Person(coretest.Mei)
	h.harbour = h.Team(h.kofi, "Harbour", h.kofi, h.mei)
	h.open = h.Space(h.ana, spaces.NewSpace{Name: "Launch", WindowDefault: "3d"}).ID
	h.closed = h.Space(h.kofi, spaces.NewSpace{Name: "Board", Private: true, Members: coretest.IDs(h.mei)}).ID
	h.Settle()
	return h
}

// set changes what Harbour agreed on, from what holds.
func (h *house) set(a actor.Actor, f agreements.Fields, prose, reason string) error {
	h.T.Helper()
	now, err := h.agreed.Of(h.T.Context(), h.DB, actor.System(h.WS), h.harbour)
	h.Must(err)
	return h.agreed.Set(h.T.Context(), a, h.harbour, agreements.Change{From: now.Version.Version, Fields: f, Prose: prose, Reason: reason})
}

// ask opens a thread with one ask and gives the ask.
func (h *house) ask(a actor.Actor, space id.ID, n asks.NewAsk) (asks.AskView, error) {
	h.T.Helper()
	_, p, err := h.Asks.OpenThread(h.T.Context(), a, spaces.NewThread{Space: space, Title: "Roof"}, asks.NewReply{Markdown: "Please.", Asks: []asks.NewAsk{n}})
	if err != nil {
		return asks.AskView{}, err
	}
	views, err := h.Asks.OfPosts(h.T.Context(), h.DB, a, []id.ID{p.ID})
	h.Must(err)
	return views[p.ID][0], nil
}

// told lists whom the last change was told to, and how it looks to one of them.
func (h *house) told(reader actor.Actor) (concerns []id.ID, title, excerpt, path string) {
	h.T.Helper()
	for _, e := range slices.Backward(h.Heard(agreements.EventChanged)) {
		t, err := h.things.Describe(h.T.Context(), h.DB, reader, e.Subject.Kind, e.Subject.ID)
		h.Must(err)
		return e.Concerns, t.Title, t.Excerpt, t.Path
	}
	h.T.Fatal("nothing changed")
	return nil, "", "", ""
}
