package app

import (
	"example.org/meantime/internal/feature/batons"
	"example.org/meantime/worktime"
)

// tellBatons says what of batons reaches those it concerns. That one was offered or
// taken they know from the ask that goes with it.
func (a *App) tellBatons() {
	for _, kind := range []string{batons.EventDeclined, batons.EventMissed, batons.EventEnded, batons.EventReopened} {
		a.Attention.Tell(kind, worktime.Routine)
	}
	for _, kind := range []string{batons.EventCameBack, batons.EventStranded, batons.EventLate, batons.EventEvening} {
		a.Attention.Tell(kind, worktime.Soon)
	}
}
