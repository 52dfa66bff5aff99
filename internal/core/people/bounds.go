package people

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// HoursBound is between which clock times, on their own clock, the members of a team
// may have hours: "07:00" and "20:00".
type HoursBound struct {
	Team             string // its name
	Earliest, Latest string
}

// TeamsWith lists the teams that have all of some people in them, by name.
func (s *Service) TeamsWith(ctx context.Context, q db.Queryer, workspace id.ID, persons ...id.ID) ([]id.ID, error) {
	persons = unique(persons)
	all, err := teamsOf(ctx, q, workspace, persons)
	if err != nil || len(persons) == 0 {
		return nil, err
	}
	var out []id.ID
	for _, r := range all[persons[0]] {
		in := func(p id.ID) bool {
			return slices.ContainsFunc(all[p], func(o teamRow) bool { return o.TeamID == r.TeamID })
		}
		if !slices.ContainsFunc(persons, func(p id.ID) bool { return !in(p) }) {
			out = append(out, r.TeamID)
		}
	}
	return out, nil
}

// withinBounds refuses hours outside of what somebody's teams agreed on. What they
// had before stays allowed: a new bound rewrites nobody's week.
func (s *Service) withinBounds(ctx context.Context, q db.Queryer, workspace, person id.ID, was, spec worktime.Spec) error {
	if s.near.Bounds == nil {
		return nil
	}
	bounds, err := s.near.Bounds(ctx, q, workspace, person)
	if err != nil {
		return err
	}
	for _, b := range bounds {
		for _, part := range []struct {
			name    string
			was, is map[string][]string
		}{{"weekly", was.Weekly, spec.Weekly}, {"overrides", was.Overrides, spec.Overrides}} {
			if err := b.check(part.name, part.was, part.is); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b HoursBound) check(part string, was, is map[string][]string) error {
	days := make([]string, 0, len(is))
	for day := range is {
		days = append(days, day)
	}
	slices.Sort(days)
	for _, day := range days {
		for i, r := range is[day] {
			if !b.holds(r) && !slices.Contains(was[day], r) {
				return fault.Newf(fault.Invalid, "outside_bounds", "%s agreed on hours between %s and %s, and %s is outside of them. Change it, or talk to an admin about the working agreement.", b.Team, b.Earliest, b.Latest, r).
					At(fmt.Sprintf("%s.%s[%d]", part, day, i))
			}
		}
	}
	return nil
}

// holds says whether a range is within the bounds. One that runs past midnight is not.
func (b HoursBound) holds(r string) bool {
	from, to, ok := strings.Cut(r, "-")
	return ok && from < to && b.Earliest <= from && to <= b.Latest
}
