package batons_test

import (
	"testing"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/coretest"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/feature/batons"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// house is a workspace with Ana in London, Kofi in Berlin, Mei in Taipei and Liam in
// New York, all from nine to five, in one chain. It is Monday.
type house struct {
	*coretest.World
	t      testing.TB
	db     *db.DB
	clock  *clock.Machine
	people *people.Service
	spaces *spaces.Service
	asks   *asks.Service
	batons *batons.Service

	ws, space, chain     id.ID
	ana, kofi, mei, liam actor.Actor
}

// stand puts the services over a database.
func stand(t testing.TB, d *db.DB, c *clock.Machine) *house {
	t.Helper()
	w := coretest.New(t, d, c, coretest.Options{})
	h := &house{World: w, t: t, db: d, clock: c, people: w.People, spaces: w.Spaces, asks: w.Asks}
	h.batons = batons.New(d, h.people, h.spaces, h.asks)
	h.asks.AnswerThere(h.batons.Repliers())
	h.batons.Jobs(h.Jobs)
	h.Follow(h.batons.Followers()...)
	return h
}

// furnish lets the people in.
func (h *house) furnish() *house {
	h.t.Helper()
	h.Furnish()
	h.ws = h.WS
	h.ana, h.kofi, h.mei, h.liam = h.Person(coretest.Ana), h.Person(coretest.Kofi), h.Person(coretest.Mei), h.Person(coretest.Liam)
	h.space = h.Space(h.ana, spaces.NewSpace{Name: "Launch"}).ID
	chain, err := h.batons.MakeChain(h.t.Context(), h.ana, h.space, batons.NewChain{Name: "Around the clock", Steps: []batons.Step{
		{Person: h.ana.Person}, {Person: h.kofi.Person}, {Person: h.mei.Person}, {Person: h.liam.Person},
	}})
	h.must(err)
	h.chain = chain.ID
	return h
}

func engines(t *testing.T, f func(t *testing.T, h *house)) {
	t.Helper()
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) { f(t, stand(t, d, c).furnish()) })
}

func (h *house) must(err error)                        { h.t.Helper(); h.Must(err) }
func (h *house) person(n people.NewPerson) actor.Actor { h.t.Helper(); return h.Person(n) }
func (h *house) settle()                               { h.t.Helper(); h.Settle() }
func (h *house) until(end clock.Instant)               { h.t.Helper(); h.Until(end) }

// at sets the clock to an instant of the week: "Mon 16:00", by UTC.
func (h *house) at(weekday string) {
	h.t.Helper()
	h.until(h.after(h.clock.Now(), weekday))
}

// after is the next such time of a week from an instant on, or that of its day.
func (h *house) after(from clock.Instant, weekday string) clock.Instant {
	h.t.Helper()
	day, err := time.Parse("Mon 15:04", weekday)
	h.must(err)
	now := from.Time()
	for now.Format("Mon") != weekday[:3] {
		now = now.Add(24 * time.Hour)
	}
	return clock.At(time.Date(now.Year(), now.Month(), now.Day(), day.Hour(), day.Minute(), 0, 0, time.UTC))
}

func (h *house) open(a actor.Actor, w batons.Whom) *batons.Baton {
	h.t.Helper()
	b, err := h.batons.Open(h.t.Context(), a, batons.NewBaton{
		Space: h.space, Title: "Move the gateway", Note: batons.Note{Stands: "Half of the hosts are moved.", NextStep: "Move the other half.", Traps: "Host 7 hangs."}, Whom: w,
	})
	h.must(err)
	return b
}

func (h *house) byChain() batons.Whom { return batons.Whom{Chain: h.chain} }

// is fails unless a baton is with somebody, and offered to somebody or (zero) nobody.
func (h *house) is(b *batons.Baton, holder, offered actor.Actor) *batons.Baton {
	h.t.Helper()
	found, _, err := h.batons.Read(h.t.Context(), h.db, h.ana, b.ID)
	h.must(err)
	if found.Holder != holder.Person || found.OfferedTo != offered.Person {
		h.t.Fatalf("it is with %s and offered to %s, want %s and %s", h.name(found.Holder), h.name(found.OfferedTo), h.name(holder.Person), h.name(offered.Person))
	}
	waiting, err := h.asks.HeldWaiting(h.t.Context(), h.db, h.ws, asks.Thing{Kind: "baton", ID: b.ID})
	h.must(err)
	switch {
	case offered.Person.IsZero() && len(waiting) > 0:
		h.t.Fatalf("%s is asked for it still", h.name(waiting[0]))
	case !offered.Person.IsZero() && (len(waiting) != 1 || waiting[0] != offered.Person):
		h.t.Fatalf("asked are %v, want %s alone", waiting, h.name(offered.Person))
	}
	return found
}

func (h *house) name(x id.ID) string {
	if x.IsZero() {
		return "nobody"
	}
	p, err := h.people.Get(h.t.Context(), h.db, h.ws, x)
	h.must(err)
	return p.Name
}

// fate lists what came of each offer.
func (h *house) fate(b *batons.Baton) (out string) {
	h.t.Helper()
	_, legs, err := h.batons.Read(h.t.Context(), h.db, h.ana, b.ID)
	h.must(err)
	for i, l := range legs {
		if i > 0 {
			out += ", "
		}
		out += h.name(l.To)[:3] + " " + l.State
	}
	return out
}

// told lists whom events of a kind concerned.
func (h *house) told(kind string) []id.ID { h.t.Helper(); return h.Told(kind) }

func refused(t *testing.T, err error, code string) {
	t.Helper()
	if !fault.Is(err, code) {
		t.Errorf("got %v, want a fault %q", err, code)
	}
}

func nobody() actor.Actor { return actor.Actor{} }
