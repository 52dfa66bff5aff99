package attention_test

import (
	"testing"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/coretest"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/feature/attention"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
	"example.org/meantime/worktime"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// house is a workspace with Ana in London, Kofi in Berlin and Mei in Taipei, all
// from nine to five, and one public space. It is Monday, 07:00 UTC: eight in
// London, nine in Berlin, three in the afternoon in Taipei.
type house struct {
	*coretest.World
	attention *attention.Service
	things    map[id.ID]string // titles of what is told of; what has none is over

	space          id.ID
	ana, kofi, mei actor.Actor
}

func engines(t *testing.T, f func(t *testing.T, h *house)) {
	t.Helper()
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) { f(t, build(t, d, c)) })
}

func build(t testing.TB, d *db.DB, c *clock.Machine) *house {
	t.Helper()
	h := &house{World: coretest.New(t, d, c, coretest.Options{}), things: map[id.ID]string{}}
	h.attention = attention.New(d, h.People, h.Spaces, h.Asks, describe.Registry{"thing": h.describe})
	h.attention.Tell(eventTold, worktime.Routine)
	h.Asks.PageOutsideHours(h.attention.Consents)
	h.attention.Jobs(h.Jobs)
	h.Follow(h.attention.Followers()...)
	h.Furnish()
	h.ana, h.kofi, h.mei = h.Person(coretest.Ana), h.Person(coretest.Kofi), h.Person(coretest.Mei)
	h.space = h.Space(h.ana, spaces.NewSpace{Name: "Launch"}).ID
	return h
}

// thread opens a thread whose first post asks things.
func (h *house) thread(a actor.Actor, title, markdown string, ask ...asks.NewAsk) (spaces.Thread, []asks.AskView) {
	h.T.Helper()
	t, views := h.Thread(a, h.space, title, markdown, ask...)
	h.Settle()
	return t, views
}

func (h *house) reply(a actor.Actor, thread id.ID, markdown string) {
	h.T.Helper()
	_, err := h.Asks.Reply(h.T.Context(), a, thread, asks.NewReply{Markdown: markdown})
	h.Must(err)
	h.Settle()
}

// to lets time pass, with all that is due in it.
func (h *house) to(at time.Time) {
	h.T.Helper()
	h.Until(clock.At(at))
}

// got lists a person's digests in words, oldest first: "Mon 09:00 London: …".
func (h *house) got(a actor.Actor) []string {
	h.T.Helper()
	list, err := h.attention.Digests(h.T.Context(), a, id.ID{}, 100)
	h.Must(err)
	hours, err := h.People.Hours(h.T.Context(), h.DB, h.WS, a.Person)
	h.Must(err)
	out := []string{}
	for i := len(list) - 1; i >= 0; i-- {
		d := list[i]
		_, lines, err := h.attention.Digest(h.T.Context(), a, d.ID)
		h.Must(err)
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

var to = coretest.IDs

func (h *house) inbox(a actor.Actor, tab string) attention.Inbox {
	h.T.Helper()
	page, err := h.attention.Inbox(h.T.Context(), a, tab, "", 50)
	h.Must(err)
	return page
}

func newGuest() people.NewPerson { return people.NewPerson{Name: "Gus", Role: actor.Guest} }

func (h *house) private(by actor.Actor, members ...actor.Actor) id.ID {
	h.T.Helper()
	return h.Space(by, spaces.NewSpace{Name: "Board", Private: true, Members: to(members...)}).ID
}
