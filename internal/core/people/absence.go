package people

import (
	"context"
	"time"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// Absence is time that somebody is away. Whole days have dates, the last one
// included; From and To are always the instants, [From, To).
type Absence struct {
	ID, Person       id.ID
	From, To         clock.Instant
	FromDate, ToDate string // "" when it is from one instant to another
	Reason           string
	StandIn          id.ID
}

// Absence finds the absence of a person that covers an instant, or else the
// first that begins within seven days of it.
func (s *Service) Absence(ctx context.Context, q db.Queryer, workspace, person id.ID, at clock.Instant) (Absence, bool, error) {
	all, err := s.AbsencesBetween(ctx, q, workspace, []id.ID{person}, at, at.Add(7*24*time.Hour))
	if err != nil || len(all[person]) == 0 {
		return Absence{}, false, err
	}
	return all[person][0], true, nil
}

// AbsencesBetween lists, by person and in order, the absences that touch [from, to).
func (s *Service) AbsencesBetween(ctx context.Context, q db.Queryer, workspace id.ID, persons []id.ID, from, to clock.Instant) (map[id.ID][]Absence, error) {
	out := map[id.ID][]Absence{}
	for _, part := range chunks(unique(persons)) {
		rows, err := loadAbsences(ctx, q, workspace, part)
		if err != nil {
			return nil, err
		}
		if len(rows) == 0 {
			continue
		}
		people, err := s.ByIDs(ctx, q, workspace, part)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if a := r.absence(people[r.PersonID]); a.From < to && a.To > from {
				out[r.PersonID] = append(out[r.PersonID], a)
			}
		}
	}
	for _, list := range out {
		sortAbsences(list)
	}
	return out, nil
}

// absence reads a row in the person's own zones.
func (r absenceRow) absence(p Person) Absence {
	a := Absence{
		ID: r.AbsenceID, Person: r.PersonID, From: r.FromAt, To: r.ToAt,
		FromDate: r.FromDate, ToDate: r.ToDate, Reason: r.Reason, StandIn: r.StandIn,
	}
	if r.FromDate != "" {
		a.From, a.To = wholeDays(p, r.forWorktime())
	}
	return a
}

// wholeDays says from which instant to which an absence of local days lasts,
// by asking worktime, which owns the question.
func wholeDays(p Person, days worktime.Absence) (from, to clock.Instant) {
	h, err := worktime.Spec{Zone: p.Zone, Zones: p.Moves.V, Absences: []worktime.Absence{days}}.Compile()
	if err != nil {
		return 0, 0
	}
	first, err := time.Parse(time.DateOnly, days.From)
	if err != nil {
		return 0, 0
	}
	// A local day lies within fourteen hours of the same day in UTC.
	for at := first.Add(-15 * time.Hour); at.Before(first.Add(72 * time.Hour)); at = at.Add(time.Hour) {
		if r, ok := h.Absent(at); ok {
			return clock.At(r.From), clock.At(r.To)
		}
	}
	return 0, 0
}

// forWorktime writes the row as worktime reads it: the end excluded.
func (r absenceRow) forWorktime() worktime.Absence {
	if r.FromDate == "" {
		return worktime.Absence{From: r.FromAt.Time().Format(time.RFC3339), To: r.ToAt.Time().Format(time.RFC3339)}
	}
	last, err := worktime.ParseDate(r.ToDate)
	if err != nil {
		return worktime.Absence{From: r.FromDate, To: r.ToDate}
	}
	return worktime.Absence{From: r.FromDate, To: last.AddDays(1).String()}
}
