package people

import (
	"time"

	"example.org/meantime/internal/platform/job"
)

// Jobs reads holiday calendars anew once a day.
func (s *Service) Jobs(r *job.Runner) {
	r.Round(job.Round{
		Name: "people.calendars", Kind: "people.refresh_calendar", Noun: "calendar",
		Next: nextRefresh, Due: refreshDue, Move: moveRefresh,
		After: func() time.Duration { return refreshAfter },
		Do:    s.RefreshCalendar,
	})
}
