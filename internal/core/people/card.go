package people

import (
	"context"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// Range is a span of time in the API, [from, to).
type Range struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
}

// TeamRef names a team in the API.
type TeamRef struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Reach says when something of an urgency would reach a person; null when it never would.
type Reach struct {
	Routine *time.Time `json:"routine"`
	Soon    *time.Time `json:"soon"`
}

// Away is an absence as others see it.
type Away struct {
	From    time.Time  `json:"from"`
	To      time.Time  `json:"to"`
	Reason  string     `json:"reason"`
	StandIn *PersonRef `json:"stand_in"`
}

// PersonCard is what the workspace knows about somebody. Nothing in it tells
// whether they are there: only when they work.
type PersonCard struct {
	PersonRef
	Email            string     `json:"email"`
	Role             actor.Role `json:"role" enum:"owner,admin,member,guest"`
	Title            string     `json:"title"`
	State            string     `json:"state" enum:"active,removed,placeholder"`
	GuestUntil       *time.Time `json:"guest_until"`
	Teams            []TeamRef  `json:"teams" nullable:"false"`
	LocalTime        string     `json:"local_time" doc:"HH:MM on their clock."`
	UTCOffsetMinutes int        `json:"utc_offset_minutes"`
	Reach            Reach      `json:"reach"`
	Working          bool       `json:"working" doc:"Inside their hours now, by their schedule."`
	Day              []Range    `json:"day" nullable:"false" doc:"Their hours of today, on their date."`
	Absence          *Away      `json:"absence" doc:"The absence that covers now, or else the next within a week."`
}

// Cards describes people to somebody, with a constant number of queries.
func (s *Service) Cards(ctx context.Context, q db.Queryer, a actor.Actor, list []Person) ([]PersonCard, error) {
	now := s.now()
	ids := idsOf(list)
	hours, err := s.HoursOf(ctx, q, a.Workspace, ids)
	if err != nil {
		return nil, err
	}
	away, err := s.AbsencesBetween(ctx, q, a.Workspace, ids, now, now.Add(7*24*time.Hour))
	if err != nil {
		return nil, err
	}
	teams, err := teamsOf(ctx, q, a.Workspace, ids)
	if err != nil {
		return nil, err
	}
	var standIns []id.ID
	for _, l := range away {
		standIns = append(standIns, l[0].StandIn)
	}
	refs, err := s.Refs(ctx, q, a.Workspace, standIns)
	if err != nil {
		return nil, err
	}
	out := make([]PersonCard, 0, len(list))
	for _, p := range list {
		c := p.card(now, hours[p.ID])
		if a.Role == actor.Guest && p.ID != a.Person {
			c.Email = ""
		}
		for _, t := range teams[p.ID] {
			c.Teams = append(c.Teams, TeamRef{id.Encode("team", t.TeamID), t.Name})
		}
		if l := away[p.ID]; len(l) > 0 {
			c.Absence = l[0].away(refs)
		}
		out = append(out, c)
	}
	return out, nil
}

// card is all that follows from the person and their hours.
func (p Person) card(now clock.Instant, h *worktime.Schedule) PersonCard {
	c := PersonCard{
		PersonRef: p.Ref(now), Email: p.Email, Role: p.Role, Title: p.Title, State: p.State, GuestUntil: p.GuestUntil.Pointer(),
		Teams: []TeamRef{}, Day: []Range{},
	}
	if h == nil {
		return c
	}
	t := now.Time()
	local := t.In(h.Zone(t))
	_, offset := local.Zone()
	c.LocalTime, c.UTCOffsetMinutes = local.Format("15:04"), offset/60
	c.Reach = Reach{reach(h, t, worktime.Routine), reach(h, t, worktime.Soon)}
	c.Working = h.Working(t)
	c.Day = ranges(h.Ranges(dayBounds(h, h.LocalDate(t))))
	return c
}

func (a Absence) away(refs map[id.ID]PersonRef) *Away {
	out := &Away{From: a.From.Time(), To: a.To.Time(), Reason: a.Reason}
	if r, ok := refs[a.StandIn]; ok {
		out.StandIn = &r
	}
	return out
}

func reach(h *worktime.Schedule, t time.Time, u worktime.Urgency) *time.Time {
	at, err := h.Reach(t, u)
	if err != nil { // unreachable: that is the answer
		return nil
	}
	return &at
}

// dayBounds are the instants at which a date begins and ends on a person's clock.
func dayBounds(h *worktime.Schedule, d worktime.Date) (from, to time.Time) {
	at := func(d worktime.Date) time.Time {
		noon := time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, time.UTC)
		return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, h.Zone(noon)).UTC()
	}
	return at(d), at(d.AddDays(1))
}

func ranges(list []worktime.Range) []Range {
	out := make([]Range, 0, len(list))
	for _, r := range list {
		out = append(out, Range(r))
	}
	return out
}

func idsOf(list []Person) []id.ID {
	out := make([]id.ID, 0, len(list))
	for _, p := range list {
		out = append(out, p.ID)
	}
	return out
}
