package people

import (
	"context"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// WeekDay is one of the next fourteen dates of a person.
type WeekDay struct {
	Date    string  `json:"date"`
	Working []Range `json:"working" nullable:"false"`
	Focus   []Range `json:"focus" nullable:"false"`
	Holiday *string `json:"holiday" doc:"The name of the holiday on this date, if there is one."`
	Absent  bool    `json:"absent"`
}

// MySchedule is everything one's own hours are made of.
type MySchedule struct {
	Spec      worktime.Spec
	Version   int64
	Calendars []Calendar // those one follows
	Absences  []Absence
	Week      []WeekDay
}

// MySchedule reads the actor's own schedule.
func (s *Service) MySchedule(ctx context.Context, q db.Queryer, a actor.Actor) (m MySchedule, err error) {
	rows, err := loadSpecs(ctx, q, a.Workspace, []id.ID{a.Person})
	if err != nil {
		return m, err
	}
	if len(rows) == 0 {
		return m, fault.Missing("person")
	}
	m.Spec, m.Version = rows[0].Spec.V, rows[0].Version
	all, mine, err := s.Calendars(ctx, q, a)
	if err != nil {
		return m, err
	}
	for _, c := range all {
		for _, x := range mine {
			if c.ID == x {
				m.Calendars = append(m.Calendars, c)
			}
		}
	}
	if m.Absences, err = s.Absences(ctx, q, a.Workspace, a.Person); err != nil {
		return m, err
	}
	h, err := s.Hours(ctx, q, a.Workspace, a.Person)
	if err != nil {
		return m, err
	}
	m.Week = week(h, s.now().Time(), m.Calendars)
	return m, nil
}

// week reads fourteen dates from a person's today on.
func week(h *worktime.Schedule, now time.Time, calendars []Calendar) []WeekDay {
	names := map[string]string{}
	for _, c := range calendars {
		for _, d := range c.Days.V {
			names[d.Date] = d.Name
		}
	}
	var out []WeekDay
	for i := range 14 {
		d := h.LocalDate(now).AddDays(i)
		from, to := dayBounds(h, d)
		_, absent := h.Absent(from.Add(to.Sub(from) / 2))
		w := WeekDay{Date: d.String(), Working: ranges(h.Ranges(from, to)), Focus: ranges(h.FocusRanges(from, to)), Absent: absent}
		if n, ok := names[w.Date]; ok {
			w.Holiday = &n
		}
		out = append(out, w)
	}
	return out
}

// SetMySchedule gives the actor other hours. A version that is not zero must be
// the one they have, so that two open windows do not undo each other.
func (s *Service) SetMySchedule(ctx context.Context, a actor.Actor, spec worktime.Spec, version int64) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		rows, err := loadSpecs(ctx, tx, a.Workspace, []id.ID{a.Person})
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			return fault.Missing("person")
		}
		if version != 0 && version != rows[0].Version {
			return fault.New(fault.Conflict, "schedule_changed", "Your hours were changed somewhere else meanwhile. Look at them again before saving.")
		}
		if err := s.withinBounds(ctx, tx, a.Workspace, a.Person, rows[0].Spec.V, spec); err != nil {
			return err
		}
		return s.SetHoursTx(ctx, tx, a.Person, a.Person, spec)
	})
}
