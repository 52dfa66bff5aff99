package asks

import (
	"fmt"
	"time"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/worktime"
)

// warnings says in plain words what a sender should know before sending.
func warnings(now clock.Instant, t Terms, shortest worktime.Window, f Forecast) []string {
	out := []string{}
	for _, o := range f.People {
		out = append(out, warn(now, t, shortest, o)...)
	}
	return out
}

func warn(now clock.Instant, t Terms, shortest worktime.Window, o Outlook) (out []string) {
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if o.Blind {
		say("%s may not read this space. Add them to it first, or ask somebody else.", o.Name)
	}
	if o.Away != nil {
		say("%s is away %s%s.", o.Name, awayUntil(now, o), standIn(o))
	}
	if o.Holiday != nil {
		say("%s has a holiday on %s: %s.", o.Name, onDate(o.Holiday.Date), o.Holiday.Name)
	}
	switch {
	case o.Reach.IsZero():
		say("%s cannot be reached: no working hours in the next five years.", o.Name)
	case !t.Deadline.IsZero() && o.Reach > t.Deadline:
		say("%s is reached only %s, after the deadline.", o.Name, Local(o.Schedule, now, o.Reach))
	case o.OutsideHours:
		say("The deadline is outside the hours of %s: %s there.", o.Name, Local(o.Schedule, now, t.Deadline))
	case o.Short && !t.Deadline.IsZero():
		say("The deadline leaves %s less than %s of working time.", o.Name, shortest)
	}
	return out
}

func awayUntil(now clock.Instant, o Outlook) string {
	back := "until " + Local(o.Schedule, now, o.Away.To)
	if o.Away.From > now {
		return "from " + Local(o.Schedule, now, o.Away.From) + " " + back
	}
	return back
}

func standIn(o Outlook) string {
	if o.StandIn == "" {
		return ""
	}
	return "; " + o.StandIn + " stands in"
}

func onDate(date string) string {
	d, err := worktime.ParseDate(date)
	if err != nil {
		return date
	}
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Format("Monday 2 January")
}

// Local writes an instant on a person's own clock: "Mon 09:00", with the date when
// it is more than six days away from now. Empty for none.
func Local(s *worktime.Schedule, now, at clock.Instant) string {
	if at.IsZero() {
		return ""
	}
	layout := "Mon 15:04"
	if at.Sub(now) > 6*24*time.Hour || now.Sub(at) > 6*24*time.Hour {
		layout = "Mon 2 Jan 15:04"
	}
	return at.Time().In(s.Zone(at.Time())).Format(layout)
}
