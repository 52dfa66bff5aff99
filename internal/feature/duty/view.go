package duty

import (
	"context"
	"slices"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// Seen is a rota with what comes of it in a span of time.
type Seen struct {
	Team      people.Team
	Rota      Rota
	In        Span
	Roster    Roster
	Missing   []Span // gaps that the rota did not mean to have
	Now, Next Shift
	Swaps     []Swap
	Handovers []Handover
	Silent    []id.ID // on duty outside their hours, and not to be paged then
}

// See reads a team's rota from an instant on, for so many days.
func (s *Service) See(ctx context.Context, a actor.Actor, team id.ID, from clock.Instant, days int) (v Seen, err error) {
	v.In = Span{from, from.Add(time.Duration(days) * 24 * time.Hour)}
	err = s.db.Snapshot(ctx, func(ctx context.Context, q db.Queryer) error {
		now := s.now()
		if v.Team, v.Rota, err = s.rota(ctx, q, a, team, min(from, now-1)); err != nil {
			return err
		}
		folk, err := s.folk(ctx, q, v.Rota)
		if err != nil {
			return err
		}
		v.Roster = v.Rota.Compute(folk, v.In)
		v.Missing = v.Rota.missing(v.Roster.Gaps, v.In)
		if v.Now, v.Next, err = s.nowIn(ctx, q, v.Rota); err != nil {
			return err
		}
		if v.Swaps, err = openSwaps(ctx, q, a.Workspace, team, now); err != nil {
			return err
		}
		if v.Handovers, err = handoversSince(ctx, q, a.Workspace, team, now.Add(-tellAhead)); err != nil {
			return err
		}
		v.Silent, err = s.silent(ctx, q, a.Workspace, v.Roster.Duty, folk)
		return err
	})
	return v, err
}

// silent lists who is on duty outside their hours and has not agreed to be paged then.
func (s *Service) silent(ctx context.Context, q db.Queryer, ws id.ID, duty []Shift, folk map[id.ID]Folk) (out []id.ID, err error) {
	var outside []id.ID
	for _, one := range duty {
		h := folk[one.Person].Hours
		if h == nil || slices.Contains(outside, one.Person) {
			continue
		}
		if len(one.less(spansOf(h.Ranges(one.From.Time(), one.To.Time())))) > 0 {
			outside = append(outside, one.Person)
		}
	}
	agrees, err := s.agrees(ctx, q, ws, outside)
	for _, x := range outside {
		if !agrees[x] {
			out = append(out, x)
		}
	}
	return out, err
}

// owedFor is for how long after a change its note is asked for.
const owedFor = 2 * 24 * time.Hour

// Mine is what duty asks of one person now.
type Mine struct {
	On        []Now      // teams that they are on duty for
	Owed      []Handover // notes that are asked of them
	Received  []Handover // of their duty that goes on
	Swaps     []Swap     // offered to them
	TeamsByID map[id.ID]people.Team
}

// Mine tells the actor what duty asks of them now.
func (s *Service) Mine(ctx context.Context, a actor.Actor) (m Mine, err error) {
	m.TeamsByID = map[id.ID]people.Team{}
	all, err := s.Everywhere(ctx, a)
	if err != nil {
		return m, err
	}
	now := s.now()
	for _, n := range all {
		m.TeamsByID[n.Team.ID] = n.Team
		swaps, err := openSwaps(ctx, s.db, a.Workspace, n.Team.ID, now)
		if err != nil {
			return m, err
		}
		for _, w := range swaps {
			if w.Other == a.Person {
				m.Swaps = append(m.Swaps, w)
			}
		}
		if n.Shift.Person != a.Person {
			continue
		}
		m.On = append(m.On, n)
		list, err := handoversSince(ctx, s.db, a.Workspace, n.Team.ID, now.Add(-tellAhead))
		if err != nil {
			return m, err
		}
		list = slices.DeleteFunc(list, func(h Handover) bool { return h.At > now })
		if k := len(list); k > 0 && list[k-1].To == a.Person {
			m.Received = append(m.Received, list[k-1])
		}
	}
	owed, err := owedBy(ctx, s.db, a.Workspace, a.Person, now.Add(-owedFor))
	for _, h := range owed {
		if _, sees := m.TeamsByID[h.Team]; sees {
			m.Owed = append(m.Owed, h)
		}
	}
	return m, err
}

// readWall reads "09:30" as minutes after midnight; ok is false for anything else.
func readWall(text string) (minutes int64, ok bool) {
	t, err := time.Parse("15:04", text)
	return int64(t.Hour()*60 + t.Minute()), err == nil
}

func writeWall(minutes int64) string {
	return time.Date(2000, 1, 1, 0, int(minutes), 0, 0, time.UTC).Format("15:04")
}

// today is the instant at which the reader's own date begins.
func today(h *worktime.Schedule, now clock.Instant) clock.Instant {
	t := now.Time()
	at, err := worktime.Wall(h.Zone(t).String(), h.LocalDate(t), 0)
	if err != nil {
		return now
	}
	return clock.At(at)
}
