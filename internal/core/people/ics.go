package people

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/ics"
)

// The limits of a holiday calendar.
const (
	largestFile = 2 << 20
	mostEvents  = 5_000
	mostDays    = mostHolidays
	yearsAround = 5 // either side of today
)

// icsError says what is wrong with a calendar and in which line.
func icsError(line int, format string, args ...any) error {
	return fault.Newf(fault.Invalid, "bad_calendar", "Line %d of the calendar: %s", line, fmt.Sprintf(format, args...)).At("ics")
}

// ParseCalendar reads the holidays of an iCalendar text: whole days, several
// days, and parts of a day by their clock times; daily to yearly rules are
// expanded for five years either side of today. A holiday is the same date and
// clock time for everybody who has it, wherever they are. What cannot be read is an
// invalid fault that names the line: half a list of holidays is worse than none.
func ParseCalendar(text string, today clock.Instant) ([]Day, error) {
	if len(text) > largestFile {
		return nil, fault.New(fault.TooLarge, "calendar_too_large", "This calendar is larger than 2 MiB. Export only its holidays.").At("ics")
	}
	c, err := ics.Parse(text)
	if errors.Is(err, ics.ErrNoCalendar) {
		return nil, icsError(1, "an iCalendar file begins with BEGIN:VCALENDAR.")
	}
	if err != nil {
		return nil, err
	}
	if err := checkHolidays(c); err != nil {
		return nil, err
	}
	x := holidays{from: today.Time().AddDate(-yearsAround, 0, 0), to: today.Time().AddDate(yearsAround, 0, 0), seen: map[Day]bool{}}
	// A day more on either side: clocks may be that far from UTC.
	list, problems := c.Occurrences(x.from.AddDate(0, 0, -1), x.to.AddDate(0, 0, 1), time.UTC)
	if len(problems) > 0 {
		return nil, icsError(problems[0].Line, "%s", problems[0].Why)
	}
	for _, o := range list {
		if err := x.add(o); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(x.days, func(a, b Day) int {
		return strings.Compare(a.Date+a.From+a.Name, b.Date+b.From+b.Name)
	})
	return x.days, nil
}

func checkHolidays(c *ics.Calendar) error {
	for _, p := range c.Problems {
		if !p.Minor {
			return icsError(p.Line, "%s", p.Why)
		}
	}
	if len(c.Events) > mostEvents {
		return icsError(c.Events[mostEvents].Line, "there are more than %d events. Export only the holidays.", mostEvents)
	}
	for _, e := range c.Events {
		if line, often := e.Often(); often {
			return icsError(line, "a holiday repeats yearly, monthly, weekly or daily, not more often.")
		}
	}
	return nil
}

// holidays gathers days.
type holidays struct {
	from, to time.Time
	days     []Day
	seen     map[Day]bool
}

// add enters the days of an occurrence by the clock of the wall.
func (x *holidays) add(o ics.Occurrence) error {
	name := "Holiday"
	if s := CleanName(o.Event.Summary); s != "" {
		name = cut(s, 120)
	}
	from, to := o.WallStart, o.WallEnd
	if from.Before(x.from) && x.from.Sub(from) > 24*time.Hour {
		if to.Before(x.from) {
			return nil
		}
		from = x.from.Truncate(24 * time.Hour)
	}
	for day := from.Truncate(24 * time.Hour); day.Before(to) && day.Before(x.to); day = day.AddDate(0, 0, 1) {
		d := Day{Date: day.Format(time.DateOnly), Name: name}
		next := day.AddDate(0, 0, 1)
		if !o.AllDay && (from.After(day) || to.Before(next)) {
			d.From, d.To = "00:00", "24:00"
			if from.After(day) {
				d.From = from.Format("15:04")
			}
			if to.Before(next) {
				d.To = to.Format("15:04")
			}
			if d.From == d.To {
				continue
			}
		}
		if x.seen[d] {
			continue
		}
		x.seen[d] = true
		if x.days = append(x.days, d); len(x.days) > mostDays {
			return icsError(o.Event.Line, "there are more than %d days in this calendar. Export only the holidays.", mostDays)
		}
	}
	return nil
}
