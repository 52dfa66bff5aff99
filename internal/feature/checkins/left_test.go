package checkins_test

import (
	"slices"
	"testing"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/feature/checkins"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Kofi's check-in goes on when he has left, or is a guest: whoever leads the space is told
// once, and takes it over.
func TestACheckinGoesOnWithoutItsOwner(t *testing.T) {
	for name, goes := range map[string]func(h *house){
		"who leaves the workspace": func(h *house) { h.must(h.people.Remove(h.t.Context(), h.kofi, h.kofi.Person)) },
		"who becomes a guest":      func(h *house) { h.must(h.role(h.kofi, actor.Guest)) },
	} {
		t.Run(name, func(t *testing.T) {
			engines(t, func(t *testing.T, h *house) {
				c, err := h.checkins.Make(t.Context(), h.kofi, checkins.NewCheckin{Space: h.space, Template: "standup", Team: h.team})
				h.must(err)
				h.until(0, "06:00")
				goes(h)
				h.settle()
				name := "Ben of the harbour"
				h.must(h.people.ChangeMe(t.Context(), h.ben, people.Profile{Name: &name})) // somebody else changes: no news
				h.settle()
				news := h.heard(checkins.EventLeft)
				if len(news) != 1 || !slices.Equal(news[0].Concerns, []id.ID{h.ana.Person}) {
					t.Fatalf("told: %v", news)
				}
				thing, err := h.things.Describe(t.Context(), h.db, h.ana, "checkin_left", c.ID)
				h.must(err)
				if thing.Path != checkins.Path(c.ID) {
					t.Errorf("the news leads to %s", thing.Path)
				}
				h.until(1, "08:30") // it goes on, and does not ask Kofi
				if h.waits(h.mei).ID.IsZero() || !h.waits(h.kofi).ID.IsZero() {
					t.Error("Mei is not asked, or Kofi still is")
				}
				c, err = h.checkins.TakeOver(t.Context(), h.ana, c.ID)
				h.must(err)
				if c.Owner != h.ana.Person || !c.LeftAt.IsZero() {
					t.Errorf("taken over: %v", c)
				}
				if _, err := h.things.Describe(t.Context(), h.db, h.ana, "checkin_left", c.ID); !fault.IsKind(err, fault.NotFound) {
					t.Errorf("the news stays: %v", err)
				}
			})
		})
	}
}

func (h *house) role(a actor.Actor, role actor.Role) error {
	return h.people.ChangeStanding(h.t.Context(), h.ana, a.Person, people.Standing{Role: &role})
}

// While its owner is there only leads take a check-in over; without one whoever writes
// in the space does, but guests.
func TestWhoTakesOver(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		c, err := h.checkins.Make(t.Context(), h.kofi, checkins.NewCheckin{Space: h.space, Template: "standup", Team: h.team})
		h.must(err)
		guest := h.person(people.NewPerson{Name: "Vera Costa", Role: actor.Guest, Zone: "Europe/Lisbon"})
		h.must(h.spaces.AddMember(t.Context(), h.ana, h.space, guest.Person))
		take := func(a actor.Actor) string {
			_, err := h.checkins.TakeOver(t.Context(), a, c.ID)
			if f := fault.As(err); f != nil {
				return f.Code
			}
			h.must(err)
			return "taken"
		}
		if got := take(h.ben); got != "not_yours" {
			t.Errorf("from an owner who is there: %s", got)
		}
		h.must(h.role(h.kofi, actor.Guest))
		h.settle()
		if got := take(guest); got != "not_yours" {
			t.Errorf("by a guest: %s", got)
		}
		h.must(h.role(h.kofi, actor.Member)) // he is back
		h.settle()
		if got := take(h.ben); got != "not_yours" {
			t.Errorf("from an owner who is back: %s", got)
		}
		h.must(h.role(h.kofi, actor.Guest))
		h.settle()
		if got := take(h.ben); got != "taken" {
			t.Errorf("by a member: %s", got)
		}
	})
}

// What somebody waits for is between people: it stays open when the check-in ends, and
// whoever was asked answers; what is asked of the team is let go.
func TestBlockersOutliveTheirCheckin(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		c := h.standup()
		h.until(0, "08:30")
		_, err := h.checkins.Answer(t.Context(), h.ana, h.waits(h.ana).ID, checkins.Given{Blockers: []checkins.NewBlocker{{Words: "The key", Person: h.ben.Person}}})
		h.must(err)
		_, err = h.checkins.End(t.Context(), h.ana, c.ID, "Enough.")
		h.must(err)
		h.settle()
		if !h.waits(h.kofi).ID.IsZero() {
			t.Error("Kofi is still asked")
		}
		list, err := h.checkins.Blockers(t.Context(), h.db, h.ana, c.ID, id.ID{}, 10)
		h.must(err)
		if len(list) != 1 || !list[0].SettledAt.IsZero() {
			t.Fatalf("waited for: %v", list)
		}
		_, err = h.asks.Answer(t.Context(), h.ben, list[0].Ask, asks.Given{Value: "done"})
		h.must(err)
		h.settle()
		if list, err = h.checkins.Blockers(t.Context(), h.db, h.ana, c.ID, id.ID{}, 10); err != nil || len(list) != 0 {
			t.Errorf("waited for after the answer: %v, %v", list, err)
		}
	})
}
