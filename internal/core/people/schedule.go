package people

import (
	"context"
	"errors"
	"slices"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// ScheduleChanged is the data of people.schedule_changed.
type ScheduleChanged struct {
	Why string `json:"why"` // hours, absence, holidays, busy
}

// SetHoursTx gives a person other hours. It does not check who asks.
func (s *Service) SetHoursTx(ctx context.Context, tx *db.Tx, by, person id.ID, spec worktime.Spec) error {
	if err := checkSpec(spec); err != nil {
		return err
	}
	if err := updateSpec(ctx, tx, person, spec); err != nil {
		return err
	}
	return hoursChanged(ctx, tx, by, "hours", person)
}

// hoursChanged makes caches forget, and tells the log whom it concerns.
func hoursChanged(ctx context.Context, tx *db.Tx, by id.ID, why string, persons ...id.ID) error {
	if len(persons) == 0 {
		return nil
	}
	if err := bumpHours(ctx, tx, persons); err != nil {
		return err
	}
	event.Append(tx, event.New{
		Kind: EventScheduleChanged, Actor: by, Subject: personRef(persons[0]),
		Concerns: persons, Data: ScheduleChanged{Why: why},
	})
	return nil
}

// specFault turns worktime's complaint into one for the person who asked.
func specFault(err error) error {
	var bad *worktime.InvalidError
	if errors.As(err, &bad) {
		return fault.New(fault.Invalid, "bad_schedule", bad.Error()).At(bad.Field)
	}
	return err
}

func sortAbsences(list []Absence) {
	slices.SortFunc(list, func(a, b Absence) int { return int(a.From - b.From) })
}
