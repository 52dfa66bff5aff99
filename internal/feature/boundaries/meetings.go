package boundaries

import (
	"cmp"
	"context"
	"slices"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// aheadDays is how far meetings to come are looked at; the past is the mirror's.
const aheadDays = 14

// Meeting is something of one's own calendars.
type Meeting struct {
	Start, End clock.Instant
	Title      string
}

// Agreed is when a team of somebody agreed that nobody meets: weekday (mon … sun) to
// ranges on each member's own clock.
type Agreed struct {
	Team   id.ID
	Name   string
	Ranges map[string][]string
}

// Neighbours are what others know; app fills them.
type Neighbours struct {
	// Meetings are those in somebody's own calendars that take up their time in [from, to).
	Meetings func(ctx context.Context, q db.Queryer, workspace, person id.ID, from, to clock.Instant) ([]Meeting, error)
	// MeetingFree is what the teams of somebody agreed on.
	MeetingFree func(ctx context.Context, q db.Queryer, workspace, person id.ID) ([]Agreed, error)
}

// Introduce fills in what others know; until then there are no meetings.
func (s *Service) Introduce(n Neighbours) { s.near = n }

// Clash is what of one's meetings lies in time that a team keeps free of them.
type Clash struct {
	Team        id.ID
	Name        string
	Past, Ahead []Meeting
}

// Clashes shows the actor which of their own meetings lie in time that their teams keep
// free of meetings, in the fourteen days before and after now: one clash for each team
// that keeps any. All is how many meetings there were in the days before. Meetings on
// days off do not count. Nothing of it is told to anybody else, or kept.
func (s *Service) Clashes(ctx context.Context, q db.Queryer, a actor.Actor) (list []Clash, all int, err error) {
	if s.near.MeetingFree == nil || s.near.Meetings == nil {
		return nil, 0, nil
	}
	agreed, err := s.near.MeetingFree(ctx, q, a.Workspace, a.Person)
	if err != nil || len(agreed) == 0 {
		return nil, 0, err
	}
	h, err := s.people.Hours(ctx, q, a.Workspace, a.Person)
	if err != nil {
		return nil, 0, err
	}
	now := s.db.Clock().Now()
	met, err := s.near.Meetings(ctx, q, a.Workspace, a.Person, now.Add(-days(mirrorDays)), now.Add(days(aheadDays)))
	if err != nil {
		return nil, 0, err
	}
	return clash(met, agreed, h, now)
}

// clash is pure.
func clash(met []Meeting, agreed []Agreed, h *worktime.Schedule, now clock.Instant) (list []Clash, all int, err error) {
	met = slices.DeleteFunc(slices.Clone(met), func(m Meeting) bool {
		_, away := h.Absent(m.Start.Time())
		return away || m.End <= m.Start
	})
	slices.SortFunc(met, func(x, y Meeting) int {
		return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(x.End, y.End), cmp.Compare(x.Title, y.Title))
	})
	met = slices.Compact(met) // the same one may be in two calendars
	for _, m := range met {
		if m.Start <= now {
			all++
		}
	}
	for _, one := range agreed {
		c, zones := Clash{Team: one.Team, Name: one.Name}, map[string]*worktime.Schedule{}
		for _, m := range met {
			free, err := freeIn(zones, h.Zone(m.Start.Time()), one.Ranges)
			if err != nil {
				return nil, 0, err
			}
			switch {
			case free.Between(m.Start.Time(), m.End.Time()) <= 0:
			case m.Start <= now:
				c.Past = append(c.Past, m)
			default:
				c.Ahead = append(c.Ahead, m)
			}
		}
		list = append(list, c)
	}
	return list, all, nil
}

// freeIn reads the ranges on the clock of a zone, as if they were somebody's hours.
func freeIn(known map[string]*worktime.Schedule, zone *time.Location, ranges map[string][]string) (*worktime.Schedule, error) {
	if h, ok := known[zone.String()]; ok {
		return h, nil
	}
	h, err := worktime.Spec{Zone: zone.String(), Weekly: ranges}.Compile()
	known[zone.String()] = h
	return h, err
}
