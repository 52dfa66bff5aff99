package people

import (
	"context"
	"slices"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// Overlap says who works when, and where people meet.
type Overlap struct {
	People     []OverlapPerson `json:"people" nullable:"false"`
	Common     []CommonRange   `json:"common" nullable:"false" doc:"Where at least two of them work at once."`
	NextCommon *Range          `json:"next_common" doc:"The next time at which all of them work; null when there is none within five weeks."`
}

// OverlapPerson is one line of the map.
type OverlapPerson struct {
	Person PersonRef `json:"person"`
	Ranges []Range   `json:"ranges" nullable:"false"`
	Absent bool      `json:"absent" doc:"Away at the beginning of the map."`
}

// CommonRange is a time at which n of the people work.
type CommonRange struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
	N    int       `json:"n"`
}

const (
	mostOverlap = 100 // people
	mostDaysMap = 31
	commonAhead = 35 * 24 * time.Hour
)

// Overlap maps the hours of people (and a team's members) over some days from an
// instant on; from zero is now. Whom the actor may not see is a not_found fault.
func (s *Service) Overlap(ctx context.Context, q db.Queryer, a actor.Actor, people []id.ID, team id.ID, from clock.Instant, days int) (Overlap, error) {
	out := Overlap{People: []OverlapPerson{}, Common: []CommonRange{}}
	list, err := s.overlapPeople(ctx, q, a, people, team)
	if err != nil {
		return out, err
	}
	if from.IsZero() {
		from = s.now()
	}
	days = min(max(days, 1), mostDaysMap)
	hours, err := s.HoursOf(ctx, q, a.Workspace, idsOf(list))
	if err != nil {
		return out, err
	}
	start, end := from.Time(), from.Time().AddDate(0, 0, days)
	var all []*worktime.Schedule
	for _, p := range list {
		h := hours[p.ID]
		all = append(all, h)
		_, absent := h.Absent(start)
		out.People = append(out.People, OverlapPerson{Person: p.Ref(s.now()), Ranges: ranges(h.Ranges(start, end)), Absent: absent})
	}
	out.Common = common(out.People)
	if len(all) > 1 {
		if next := worktime.Overlap(all, start, start.Add(commonAhead), len(all)); len(next) > 0 {
			out.NextCommon = &Range{next[0].From, next[0].To}
		}
	}
	return out, nil
}

func (s *Service) overlapPeople(ctx context.Context, q db.Queryer, a actor.Actor, people []id.ID, team id.ID) ([]Person, error) {
	people = unique(people)
	if !team.IsZero() {
		t, err := s.Team(ctx, q, a, team)
		if err != nil {
			return nil, err
		}
		people = unique(append(people, idsOf(t.Members)...))
	}
	if len(people) > mostOverlap {
		return nil, fault.Newf(fault.Invalid, "too_many_people", "Choose at most %d people.", mostOverlap).At("people")
	}
	seen, err := s.Visible(ctx, q, a, people)
	if err != nil {
		return nil, err
	}
	known, err := s.ByIDs(ctx, q, a.Workspace, seen)
	if err != nil {
		return nil, err
	}
	out := make([]Person, 0, len(people))
	for _, x := range people {
		p, ok := known[x]
		if !ok {
			return nil, fault.Missing("person")
		}
		out = append(out, p)
	}
	return out, nil
}

// common cuts the map where somebody starts or stops, and keeps where two or
// more work. It is pure.
func common(people []OverlapPerson) []CommonRange {
	type edge struct {
		at    time.Time
		delta int
	}
	var edges []edge
	for _, p := range people {
		for _, r := range p.Ranges {
			edges = append(edges, edge{r.From, 1}, edge{r.To, -1})
		}
	}
	slices.SortFunc(edges, func(a, b edge) int { return a.at.Compare(b.at) })
	out, n := []CommonRange{}, 0
	for i, e := range edges {
		n += e.delta
		if i+1 == len(edges) || edges[i+1].at.Equal(e.at) || n < 2 {
			continue
		}
		if last := len(out) - 1; last >= 0 && out[last].N == n && out[last].To.Equal(e.at) {
			out[last].To = edges[i+1].at
			continue
		}
		out = append(out, CommonRange{e.at, edges[i+1].at, n})
	}
	return out
}
