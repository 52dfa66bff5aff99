package decisions

import (
	"fmt"
	"strings"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/worktime"
)

// Why names what makes somebody's share take long: the holidays and absences before they
// have it that take working time, and short hours. local writes an instant.
func (o *Outlook) Why(local func(clock.Instant) string) (out []string) {
	for _, x := range o.Off {
		if !o.counts(x) {
			continue
		}
		if x.Absence {
			out = append(out, fmt.Sprintf("away from %s to %s (%s)", local(x.From), local(x.To), spoken(x.Takes)))
			continue
		}
		out = append(out, fmt.Sprintf("%s on %s (%s)", x.Name, dated(x.Date), spoken(x.Takes)))
	}
	if o.Short() {
		out = append(out, fmt.Sprintf("works %s in the week", spoken(o.Week)))
	}
	return out
}

// counts says that an absence or a holiday makes a share take longer.
func (o *Outlook) counts(x people.Off) bool {
	return x.Takes > 0 && (o.Share.IsZero() || x.From < o.Share)
}

// because continues a sentence with reasons, when there are any.
func because(why []string) string {
	if len(why) == 0 {
		return ""
	}
	return ": " + strings.Join(why, "; ")
}

// dated writes a date on whoever's calendar it is.
func dated(d worktime.Date) string {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Format("Mon 2 Jan")
}

// localTo writes instants in somebody's clock; without hours in UTC.
func localTo(mine *worktime.Schedule) func(clock.Instant) string {
	return func(at clock.Instant) string {
		t := at.Time()
		if mine != nil {
			t = t.In(mine.Zone(t))
		}
		return t.Format("Mon 2 Jan 15:04")
	}
}
