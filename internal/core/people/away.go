package people

import (
	"context"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// NewAbsence is time away as people write it: two dates, the last one included,
// or two instants (RFC 3339), the second one excluded.
type NewAbsence struct {
	From, To string
	Reason   string // everybody in the workspace may read it
	StandIn  id.ID
}

const (
	mostAbsences  = 500 // of one person
	longestReason = 200 // characters
)

// AddAbsence says that the actor is away. It moves what they owe, so it is told
// to the log as a change of their hours.
func (s *Service) AddAbsence(ctx context.Context, a actor.Actor, n NewAbsence) (x Absence, err error) {
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		x, err = s.AddAbsenceTx(ctx, tx, a.Person, n)
		return err
	})
	return x, err
}

// AddAbsenceTx is AddAbsence inside a transaction, for anybody's absence; it
// does not check who asks.
func (s *Service) AddAbsenceTx(ctx context.Context, tx *db.Tx, person id.ID, n NewAbsence) (Absence, error) {
	r, p, err := s.checkAbsence(ctx, tx, person, n)
	if err != nil {
		return Absence{}, err
	}
	r.AbsenceID = id.New(tx.Now)
	have, err := loadAbsences(ctx, tx, tx.Workspace, []id.ID{person})
	if err != nil {
		return Absence{}, err
	}
	if len(have) >= mostAbsences {
		return Absence{}, fault.Newf(fault.Invalid, "too_many_absences", "There are %d absences already. Please remove old ones first.", mostAbsences)
	}
	if err := insertAbsence(ctx, tx, r); err != nil {
		return Absence{}, err
	}
	return r.absence(p), hoursChanged(ctx, tx, person, "absence", person)
}

// AbsenceChange is what may be changed about an absence; nil leaves it.
type AbsenceChange struct {
	From, To, Reason *string
	StandIn          *id.ID
}

// ChangeAbsence changes one of the actor's own absences; another's is not found.
func (s *Service) ChangeAbsence(ctx context.Context, a actor.Actor, absence id.ID, c AbsenceChange) (x Absence, err error) {
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		r, err := myAbsence(ctx, tx, a, absence)
		if err != nil {
			return err
		}
		n := r.written()
		for _, f := range []struct{ to, from *string }{{&n.From, c.From}, {&n.To, c.To}, {&n.Reason, c.Reason}} {
			if f.from != nil {
				*f.to = *f.from
			}
		}
		if c.StandIn != nil {
			n.StandIn = *c.StandIn
		}
		r, p, err := s.checkAbsence(ctx, tx, a.Person, n)
		if err != nil {
			return err
		}
		r.AbsenceID = absence
		x = r.absence(p)
		if err := updateAbsence(ctx, tx, r); err != nil {
			return err
		}
		return hoursChanged(ctx, tx, a.Person, "absence", a.Person)
	})
	return x, err
}

// RemoveAbsence removes one of the actor's own absences.
func (s *Service) RemoveAbsence(ctx context.Context, a actor.Actor, absence id.ID) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		if _, err := myAbsence(ctx, tx, a, absence); err != nil {
			return err
		}
		if err := deleteAbsence(ctx, tx, absence); err != nil {
			return err
		}
		return hoursChanged(ctx, tx, a.Person, "absence", a.Person)
	})
}

// Absences lists all absences of a person, in order.
func (s *Service) Absences(ctx context.Context, q db.Queryer, workspace, person id.ID) ([]Absence, error) {
	all, err := s.AbsencesBetween(ctx, q, workspace, []id.ID{person}, -1<<62, 1<<62)
	return all[person], err
}

func myAbsence(ctx context.Context, tx *db.Tx, a actor.Actor, absence id.ID) (absenceRow, error) {
	r, ok, err := loadAbsence(ctx, tx, a.Workspace, absence)
	if err == nil && (!ok || r.PersonID != a.Person) {
		err = fault.Missing("absence")
	}
	return r, err
}

// written is the row as people write it.
func (r absenceRow) written() NewAbsence {
	n := NewAbsence{From: r.FromDate, To: r.ToDate, Reason: r.Reason, StandIn: r.StandIn}
	if r.FromDate == "" {
		n.From, n.To = r.FromAt.Time().Format(time.RFC3339), r.ToAt.Time().Format(time.RFC3339)
	}
	return n
}

// checkAbsence reads what people wrote and finds whose it is.
func (s *Service) checkAbsence(ctx context.Context, tx *db.Tx, person id.ID, n NewAbsence) (absenceRow, Person, error) {
	r, err := readAbsence(n)
	if err != nil {
		return r, Person{}, err
	}
	r.PersonID = person
	p, err := s.Get(ctx, tx, tx.Workspace, person)
	if err != nil || n.StandIn.IsZero() {
		return r, p, err
	}
	stand, err := s.Find(ctx, tx, p.Actor(), n.StandIn)
	if err != nil && !fault.IsKind(err, fault.NotFound) {
		return r, p, err
	}
	if err != nil || stand.State != Active || stand.ID == person {
		return r, p, fault.New(fault.Invalid, "bad_stand_in", "Choose somebody else who is active in the workspace as the stand-in.").At("stand_in")
	}
	return r, p, nil
}

// readAbsence tells dates from instants. It is pure.
func readAbsence(n NewAbsence) (absenceRow, error) {
	r := absenceRow{Reason: cut(CleanName(n.Reason), longestReason), StandIn: n.StandIn}
	from, errFrom := worktime.ParseDate(n.From)
	to, errTo := worktime.ParseDate(n.To)
	if errFrom == nil && errTo == nil {
		if to.Before(from) {
			return r, backwards()
		}
		r.FromDate, r.ToDate = from.String(), to.String()
		return r, nil
	}
	start, errFrom := time.Parse(time.RFC3339, n.From)
	end, errTo := time.Parse(time.RFC3339, n.To)
	if errFrom != nil || errTo != nil || start.Year() < 1700 || end.Year() > 2200 {
		return r, fault.New(fault.Invalid, "bad_absence", "Give two dates, such as 2026-07-01 and 2026-07-14, or two instants, such as 2026-07-01T09:00:00Z.").At("from")
	}
	if !start.Before(end) {
		return r, backwards()
	}
	r.FromAt, r.ToAt = clock.At(start.Truncate(time.Second)), clock.At(end.Truncate(time.Second))
	return r, nil
}

func backwards() error {
	return fault.New(fault.Invalid, "ends_before", "This absence ends before it begins. Pick a later end.").At("to")
}
