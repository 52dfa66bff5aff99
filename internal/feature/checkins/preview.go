package checkins

import (
	"context"
	"slices"
	"strings"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

const (
	// foreseenTimes is how many times are shown of each person,
	foreseenTimes = 5
	// and foreseenPeople of how many people, by name.
	foreseenPeople = 40
)

// Foreseen is when one person would be asked next, by the hours that they have now.
type Foreseen struct {
	Person people.PersonRef
	Slots  []Slot
}

// Foresee says when the people of a check-in would be asked, before it is begun or
// changed: the first of them by name, and how many there are in all. Those of a team
// who may not read the space are left out, as they will be.
func (s *Service) Foresee(ctx context.Context, q db.Queryer, a actor.Actor, n NewCheckin) (out []Foreseen, all int, err error) {
	if err := s.spaces.MayPost(ctx, q, a, n.Space); err != nil {
		return nil, 0, err
	}
	if a.Role == actor.Guest {
		return nil, 0, fault.New(fault.Forbidden, "not_for_guests", "Guests cannot begin a check-in. Ask somebody in the workspace.")
	}
	c := Checkin{Space: n.Space, Team: n.Team, People: db.JSON[[]id.ID]{V: unique(n.People)}}
	hours, err := s.people.Hours(ctx, q, a.Workspace, a.Person)
	if err != nil {
		return nil, 0, err
	}
	if c.Rhythm.V, err = n.Rhythm.tidy(hours.LocalDate(s.now().Time())); err != nil {
		return nil, 0, err
	}
	if err := s.checkPeople(ctx, q, a, c); err != nil {
		return nil, 0, err
	}
	who, err := s.readersOf(ctx, q, a, c)
	if err != nil {
		return nil, 0, err
	}
	out, err = s.foreseen(ctx, q, a, c, who[:min(len(who), foreseenPeople)])
	return out, len(who), err
}

// readersOf lists whom a check-in asks, by name.
func (s *Service) readersOf(ctx context.Context, q db.Queryer, a actor.Actor, c Checkin) ([]people.Person, error) {
	list, err := s.people.Expand(ctx, q, a.Workspace, c.People.V, c.teams())
	if err != nil {
		return nil, err
	}
	known, err := s.people.ByIDs(ctx, q, a.Workspace, list)
	if err != nil {
		return nil, err
	}
	reads, err := s.spaces.Readers(ctx, q, a.Workspace, c.Space)
	if err != nil {
		return nil, err
	}
	var out []people.Person
	for _, x := range list {
		if p := known[x]; reads(p) {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(x, y people.Person) int { return strings.Compare(strings.ToLower(x.Name), strings.ToLower(y.Name)) })
	return out, nil
}

func (s *Service) foreseen(ctx context.Context, q db.Queryer, a actor.Actor, c Checkin, who []people.Person) ([]Foreseen, error) {
	var ids []id.ID
	for _, p := range who {
		ids = append(ids, p.ID)
	}
	hours, err := s.people.HoursOf(ctx, q, a.Workspace, ids)
	if err != nil {
		return nil, err
	}
	refs, err := s.refsOf(ctx, a, ids)
	if err != nil {
		return nil, err
	}
	out := []Foreseen{}
	for _, x := range ids {
		out = append(out, Foreseen{refs[x], slotsAhead(hours[x], c.Rhythm.V, s.now())})
	}
	return out, nil
}

// slotsAhead are the next times at which somebody is asked.
func slotsAhead(h *worktime.Schedule, r Rhythm, now clock.Instant) []Slot {
	out := []Slot{}
	if h == nil {
		return out
	}
	since := now
	for len(out) < foreseenTimes {
		slot, ok := Next(h, r, now, since, func(d worktime.Date) bool {
			return slices.ContainsFunc(out, func(s Slot) bool { return s.Date == d })
		})
		if !ok {
			break
		}
		out, since = append(out, slot), max(now, slot.At)
	}
	return out
}
