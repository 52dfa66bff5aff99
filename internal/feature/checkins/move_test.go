package checkins_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/feature/checkins"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// The server asks people who work around the clock once for each of their local dates,
// at half past two, midnight and nine, while clocks change in Europe, the Americas and
// the Pacific, people move between zones, and the house is built anew at any time.
func TestTheServerAsksOnceForEachDate(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		zones := []string{"Europe/Berlin", "America/New_York", "America/Havana", "Pacific/Auckland", "Asia/Kathmandu", "Atlantic/Azores"}
		around := func(zone string) worktime.Spec { return worktime.Spec{Zone: zone, Weekly: week("00:00-24:00")} }
		var folk []actor.Actor
		var ids []id.ID
		for _, z := range zones {
			a := h.person(people.NewPerson{Name: "In " + z[len(z)-5:], Zone: z})
			h.must(h.people.SetMySchedule(t.Context(), a, around(z), version(h, a)))
			folk, ids = append(folk, a), append(ids, a.Person)
		}
		h.passTo(clock.At(time.Date(2026, 10, 22, 12, 0, 0, 0, time.UTC)))
		faces := []string{"02:30", "00:00", "09:00"}
		made := map[id.ID]string{}
		for _, face := range faces {
			c := h.standup(func(n *checkins.NewCheckin) {
				n.Team, n.People = id.ID{}, ids
				n.Rhythm = checkins.Rhythm{Every: checkins.EveryDay, At: checkins.AtClock, Clock: face}
			})
			made[c.ID] = face
		}
		mover, moves := folk[4], map[int]string{5: "Asia/Tokyo", 8: "Europe/Berlin"}
		r := rand.New(rand.NewPCG(3, 5))
		end := clock.At(time.Date(2026, 11, 4, 12, 0, 0, 0, time.UTC))
		for step := 0; h.clock.Now() < end; step++ {
			h.passTo(h.clock.Now().Add(time.Duration(12+r.IntN(24)) * time.Hour))
			if z, ok := moves[step]; ok {
				h.must(h.people.SetMySchedule(t.Context(), mover, around(z), version(h, mover)))
			}
			if step%3 == 0 {
				again := stand(t, h.db, h.clock)
				again.WS = h.ws
				h.World, h.people, h.spaces, h.asks, h.checkins = again.World, again.people, again.spaces, again.asks, again.checkins
			}
		}
		times := map[id.ID]map[string]map[string]int{}
		for _, e := range h.heard(checkins.EventOpened) {
			x, err := h.checkins.Turn(t.Context(), h.db, who(h, e.Concerns[0]), e.Subject.ID)
			h.must(err)
			if times[x.Person] == nil {
				times[x.Person] = map[string]map[string]int{}
			}
			if times[x.Person][x.Date] == nil {
				times[x.Person][x.Date] = map[string]int{}
			}
			times[x.Person][x.Date][made[x.Checkin]]++
		}
		for i, a := range folk {
			for d := date(t, "2026-10-24"); d.Before(date(t, "2026-11-03")); d = d.AddDays(1) {
				for _, face := range faces {
					if n := times[a.Person][d.String()][face]; n != 1 {
						t.Errorf("%s was asked %d times for %s at %s", zones[i], n, d, face)
					}
				}
			}
		}
	})
}

func version(h *house, a actor.Actor) int64 {
	h.t.Helper()
	m, err := h.people.MySchedule(h.t.Context(), h.db, a)
	h.must(err)
	return m.Version
}
