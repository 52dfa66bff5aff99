package duty

import (
	"context"
	"strings"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// nextWithin is how far ahead one looks for whoever comes next.
const nextWithin = 60 * 24 * time.Hour

// Now is who is on duty for a team and who comes next; zero shifts for nobody.
type Now struct {
	Team        people.Team
	Shift, Next Shift
}

// OnDuty is who is on duty for a team at an instant, in one of its layers counted from
// 1, or in the first that has somebody with layer 0. Zero for nobody, and where there
// is no rota. It does not check who asks.
func (s *Service) OnDuty(ctx context.Context, q db.Queryer, ws, team id.ID, layer int, t clock.Instant) (id.ID, error) {
	r, ok, err := loadRota(ctx, q, ws, team, t-1)
	if err != nil || !ok {
		return id.ID{}, err
	}
	folk, err := s.folk(ctx, q, r)
	if err != nil {
		return id.ID{}, err
	}
	roster := r.Compute(folk, Span{t, t + 1})
	list := roster.Duty
	if layer > 0 {
		if layer > len(roster.Layers) {
			return id.ID{}, nil
		}
		list = roster.Layers[layer-1]
	}
	found, _ := at(list, t)
	return found.Person, nil
}

// NowOrNext is who is on duty for a team, or else who comes next; ok is false when
// nobody is in sight.
func (s *Service) NowOrNext(ctx context.Context, q db.Queryer, ws, team id.ID) (person id.ID, ok bool, err error) {
	r, ok, err := loadRota(ctx, q, ws, team, s.now()-1)
	if err != nil || !ok {
		return person, false, err
	}
	now, next, err := s.nowIn(ctx, q, r)
	switch {
	case err != nil:
	case !now.Person.IsZero():
		return now.Person, true, nil
	case !next.Person.IsZero():
		return next.Person, true, nil
	}
	return person, false, err
}

// nowIn looks ahead in growing steps, since most turns end within two weeks.
func (s *Service) nowIn(ctx context.Context, q db.Queryer, r Rota) (now, next Shift, err error) {
	folk, err := s.folk(ctx, q, r)
	if err != nil {
		return now, next, err
	}
	from := s.now()
	for _, ahead := range []time.Duration{15 * 24 * time.Hour, nextWithin} {
		roster := r.Compute(folk, Span{from, from.Add(ahead)})
		now, next = Shift{}, Shift{}
		for _, one := range roster.Duty {
			switch {
			case one.From <= from:
				now = one
			case one.Person == now.Person && one.From == now.To:
				now.To = one.To
			case next.Person.IsZero():
				next = one
			}
		}
		if !next.Person.IsZero() {
			break
		}
	}
	return now, next, nil
}

// Everywhere lists who is on duty now for each team that the actor may see.
func (s *Service) Everywhere(ctx context.Context, a actor.Actor) (out []Now, err error) {
	err = s.db.Snapshot(ctx, func(ctx context.Context, q db.Queryer) error {
		teams, err := teamsWith(ctx, q, a.Workspace)
		if err != nil {
			return err
		}
		for _, x := range teams {
			t, r, err := s.rota(ctx, q, a, x, s.now()-1)
			if none, err := gone(err); none || err != nil {
				if err != nil {
					return err
				}
				continue
			}
			one := Now{Team: t}
			if one.Shift, one.Next, err = s.nowIn(ctx, q, r); err != nil {
				return err
			}
			out = append(out, one)
		}
		return nil
	})
	return out, err
}

// Named finds the team that @duty-handle means; ok is false when the word means none.
func (s *Service) Named(ctx context.Context, q db.Queryer, ws id.ID, word string) (team id.ID, ok bool, err error) {
	handle, found := strings.CutPrefix(word, "duty-")
	if !found {
		return team, false, nil
	}
	_, teams, err := s.people.ByHandles(ctx, q, ws, []string{handle})
	team, ok = teams[handle]
	return team, ok, err
}

// Only is the team whose rota is meant where none is named: the only one of somebody's
// teams that has one, or else the only one there is.
func (s *Service) Only(ctx context.Context, q db.Queryer, a actor.Actor) (team id.ID, ok bool, err error) {
	all, err := teamsWith(ctx, q, a.Workspace)
	if err != nil || len(all) == 0 {
		return team, false, err
	}
	if len(all) == 1 {
		return all[0], true, nil
	}
	mine := 0
	for _, x := range all {
		t, err := s.people.Team(ctx, q, actor.System(a.Workspace), x)
		if none, err := gone(err); none || err != nil {
			if err != nil {
				return team, false, err
			}
			continue
		}
		for _, m := range t.Members {
			if m.ID == a.Person {
				team = x
				mine++
			}
		}
	}
	return team, mine == 1, nil
}

// TeamShift is a shift of a person, with the team that it is for.
type TeamShift struct {
	Shift
	Team people.Team
}

// ShiftsOf lists when somebody is on duty in a span of time, for any team, in order of
// the teams: for calendars. It shows the teams as the person sees them.
func (s *Service) ShiftsOf(ctx context.Context, q db.Queryer, a actor.Actor, in Span) (out []TeamShift, err error) {
	teams, err := teamsWith(ctx, q, a.Workspace)
	if err != nil {
		return nil, err
	}
	for _, x := range teams {
		t, list, err := s.TeamShifts(ctx, q, a, x, in)
		if none, err := gone(err); none || err != nil {
			if err != nil {
				return nil, err
			}
			continue
		}
		for _, one := range list {
			if one.Person == a.Person {
				out = append(out, TeamShift{one, t})
			}
		}
	}
	return out, nil
}

// TeamShifts lists who is on duty for a team in a span of time; not_found for a team
// that the actor may not see, or that has no rota.
func (s *Service) TeamShifts(ctx context.Context, q db.Queryer, a actor.Actor, team id.ID, in Span) (people.Team, []Shift, error) {
	t, r, err := s.rota(ctx, q, a, team, in.From)
	if err != nil {
		return t, nil, err
	}
	folk, err := s.folk(ctx, q, r)
	return t, r.Compute(folk, in).Duty, err
}
