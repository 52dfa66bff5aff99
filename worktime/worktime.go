// Package worktime counts time the way people work it: it knows a person's
// hours, zones, holidays, absences, focus blocks and check times, and answers
// when they work next, when a working duration has passed, and when something
// may reach them. It does no I/O, reads no clock, and is safe for concurrent
// use.
//
// Wall-clock times become instants as RFC 5545 section 3.3.5 reads them: a
// time that a zone skips is read with the offset before the gap, a time that
// occurs twice is its first occurrence. Elapsed time between instants is what
// counts, so a night shift over a 25-hour day is an hour longer.
//
// Instants before the year 1690 or after 2250 lie outside the tables: nobody
// works then.
package worktime

import (
	"errors"
	"fmt"
	"time"
	_ "time/tzdata" // zones are known on every machine, whatever it has installed
)

// horizon is how far ahead an answer is looked for: five years of 365.25 days.
const horizon = int64(5*365.25*24) * 3600

// Schedule is one person's compiled hours. It never changes, is cheap to keep
// by the million, and may be used from many goroutines at once. The zero value
// has no zone; use Parse or Spec.Compile.
type Schedule struct {
	home  *zone    // the zone before any travel
	spans []span   // every range of every pattern, weekly ones first
	work  pattern  // indexes into spans
	off   []ival   // holidays and absences, sorted and merged
	more  *details // what most people do not have; may be nil
}

// details are the rarer parts of a schedule.
type details struct {
	periods []period // empty when the person never moves
	absent  []ival   // absences alone, sorted and merged
	focus   pattern
	checks  pattern
}

// Range is a half-open span of time, [From, To), in UTC.
type Range struct{ From, To time.Time }

// Urgency says how soon something should reach a person.
type Urgency string

// The three urgencies: routine waits for the next check time, soon for the
// next interruptible working moment, urgent does not wait.
const (
	Routine Urgency = "routine"
	Soon    Urgency = "soon"
	Urgent  Urgency = "urgent"
)

// Valid says whether u is one of the three urgencies.
func (u Urgency) Valid() bool { return u == Routine || u == Soon || u == Urgent }

// ErrUnreachable is matched, with errors.Is, by every answer that does not
// exist within five years.
var ErrUnreachable = errors.New("worktime: unreachable")

// UnreachableError says that nothing was found within five years of From:
// there are no hours at all, or the person is away for as long as we look.
type UnreachableError struct {
	From time.Time
}

// Error is a sentence fit for people.
func (e *UnreachableError) Error() string {
	return fmt.Sprintf("No suitable working time within five years of %s. Check the weekly hours, absences and check times.",
		e.From.UTC().Format(time.RFC3339))
}

// Is makes errors.Is(err, ErrUnreachable) true.
func (e *UnreachableError) Is(target error) bool { return target == ErrUnreachable }

// InvalidError says which part of a schedule or question cannot be read, and
// what to write instead.
type InvalidError struct {
	Field   string // such as "weekly.mon[0]"; empty when the whole is meant
	Message string // a sentence fit for people
}

// Error names the field and says what to do.
func (e *InvalidError) Error() string {
	if e.Field == "" {
		return e.Message
	}
	return e.Field + ": " + e.Message
}

func invalid(field, format string, args ...any) error {
	return &InvalidError{Field: field, Message: fmt.Sprintf(format, args...)}
}

func unreachable(t time.Time) error { return &UnreachableError{From: t.UTC()} }
