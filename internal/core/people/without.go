package people

import (
	"context"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// AbsenceOf finds one absence of a person; another's is a not_found fault.
func (s *Service) AbsenceOf(ctx context.Context, q db.Queryer, workspace, person, absence id.ID) (Absence, error) {
	r, ok, err := loadAbsence(ctx, q, workspace, absence)
	if err == nil && (!ok || r.PersonID != person) {
		err = fault.Missing("absence")
	}
	if err != nil {
		return Absence{}, err
	}
	p, err := s.Get(ctx, q, workspace, person)
	return r.absence(p), err
}

// HoursWithout compiles a person's hours as they would be without one of their
// absences. It is not kept.
func (s *Service) HoursWithout(ctx context.Context, q db.Queryer, workspace, person, absence id.ID) (*worktime.Schedule, error) {
	found, err := sourcesOf(ctx, q, workspace, []id.ID{person})
	if err != nil {
		return nil, err
	}
	of, ok := found[person]
	if !ok {
		return nil, fault.Missing("person")
	}
	rows, err := loadAbsences(ctx, q, workspace, []id.ID{person})
	if err != nil {
		return nil, err
	}
	of.absences = nil
	for _, r := range rows {
		if r.AbsenceID != absence {
			of.absences = append(of.absences, r.forWorktime())
		}
	}
	return of.compile()
}
