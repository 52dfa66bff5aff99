package boundaries

import (
	"context"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/worktime"
)

const (
	mirrorDays = 14
	oftenDays  = 4                // of those: so many with work outside one's hours are often
	grace      = 15 * time.Minute // before and after hours that nobody counts
)

// Mirror is how much of what somebody did in the last fourteen days was outside their
// own hours.
type Mirror struct {
	Since   clock.Instant
	Acts    int // all that they did
	Outside int // of those outside their hours
	Days    []OutsideDay
	Often   bool
}

// OutsideDay is a date, on the person's own calendar, with work outside their hours.
type OutsideDay struct {
	Date        string
	Acts        int
	First, Last clock.Instant
}

// Mirror shows the actor to themselves.
func (s *Service) Mirror(ctx context.Context, q db.Queryer, a actor.Actor) (Mirror, error) {
	since := s.db.Clock().Now().Add(-days(mirrorDays))
	acts, h, err := s.acts(ctx, q, a, since)
	if err != nil {
		return Mirror{}, err
	}
	return reflect(acts, h, since), nil
}

// reflect counts. It is pure.
func reflect(acts []event.Act, h *worktime.Schedule, since clock.Instant) Mirror {
	m := Mirror{Since: since, Acts: len(acts)}
	for _, x := range acts {
		if nearWork(h, x.At.Time()) {
			continue
		}
		m.Outside++
		date := h.LocalDate(x.At.Time()).String()
		if n := len(m.Days); n > 0 && m.Days[n-1].Date == date {
			m.Days[n-1].Acts++
			m.Days[n-1].Last = x.At
			continue
		}
		m.Days = append(m.Days, OutsideDay{Date: date, Acts: 1, First: x.At, Last: x.At})
	}
	m.Often = len(m.Days) >= oftenDays
	return m
}

// nearWork says whether an instant is within somebody's hours, or a little beside them.
func nearWork(h *worktime.Schedule, t time.Time) bool {
	return h.Working(t) || h.Working(t.Add(grace)) || h.Working(t.Add(-grace))
}
