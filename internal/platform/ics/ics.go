// Package ics reads and writes iCalendar (RFC 5545). It turns the text of a
// calendar into events and, for a stretch of time, into the occurrences of those
// events: rules, exceptions, moved instances and zones worked out. It is pure, and
// made for texts of strangers: what cannot be read is told with its line, and what
// would take too long is not done.
package ics

import (
	"errors"
	"fmt"
	"time"
)

// The limits of one calendar. Beyond them it is refused or, for a rule, left out
// with a Problem.
const (
	MaxBytes       = 5 << 20 // of text
	MaxEvents      = 20_000
	MaxOccurrences = 50_000    // that Occurrences gives at once
	maxSteps       = 1_500_000 // of all rules together, some 100 ns each
	maxDates       = 100_000   // RDATE and EXDATE values together
	maxZones       = 200
	maxDepth       = 20 // components within components
	maxProblems    = 100
)

// ErrTooLarge refuses a text of more than MaxBytes.
var ErrTooLarge = errors.New("ics: the calendar is too large")

// ErrNoCalendar refuses a text that does not begin like a calendar.
var ErrNoCalendar = errors.New("ics: no BEGIN:VCALENDAR")

// Problem says what could not be read, and in which line (from 1).
type Problem struct {
	Line  int
	Why   string // a sentence for people
	Minor bool   // nothing was left out
}

func (p Problem) Error() string { return fmt.Sprintf("line %d: %s", p.Line, p.Why) }

// Calendar is what Parse read.
type Calendar struct {
	Name     string // X-WR-CALNAME or NAME; may be empty
	Events   []*Event
	Problems []Problem // what was left out; at most 100

	zones    map[string]*Zone
	fallback *Zone // X-WR-TIMEZONE
}

// Event is one VEVENT, or one period of a VFREEBUSY.
type Event struct {
	Line     int
	UID      string
	Summary  string
	Location string
	Status   string // "CONFIRMED", "TENTATIVE", "CANCELLED" or empty
	Free     bool   // it takes nobody's time: TRANSP, or Microsoft's word for it
	Sequence int

	Start Moment
	end   *Moment
	span  *span // DURATION
	rules []Rule
	not   []Rule
	plus  []period
	minus []Moment
	which *Moment // RECURRENCE-ID
	often int     // the line of a rule that may hold several times a day
	endAt int     // the line of DTEND
	rest  bool    // RANGE=THISANDFUTURE
}

// Cancelled says that the event does not take place.
func (e *Event) Cancelled() bool { return e.Status == "CANCELLED" }

// Often finds the line of a rule that may hold several times a day.
func (e *Event) Often() (line int, ok bool) { return e.often, e.often > 0 }

// Repeats says that the event may have more than one occurrence.
func (e *Event) Repeats() bool { return len(e.rules) > 0 || len(e.plus) > 0 }

// Moment is a time as it is written: what the clock on the wall shows, and where
// that wall is.
type Moment struct {
	Wall time.Time // as if the wall were in UTC
	Date bool      // a whole date
	Zone *Zone     // nil: floating, the reader's own
}

// At is the instant of the moment for a reader in a zone.
func (m Moment) At(reader *Zone) time.Time {
	if m.Zone != nil {
		return m.Zone.At(m.Wall)
	}
	return reader.At(m.Wall)
}

// Occurrence is an event taking place once.
type Occurrence struct {
	Event      *Event
	Start, End time.Time // instants in UTC, [Start, End)
	WallStart  time.Time // the clocks at the event's own place, as if in UTC
	WallEnd    time.Time
	AllDay     bool
}

type period struct {
	from Moment
	to   *Moment
	span *span
}
