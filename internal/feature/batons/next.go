package batons

import (
	"slices"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// Two lengths of somebody's own working time.
const (
	// worth is what it takes to move anything: who has had so much of it first comes next.
	worth = 2 * time.Hour
	// patience is how long an offer waits for somebody's next look before it reaches
	// them in their next free moment instead.
	patience = 2 * time.Hour
)

// Wake is when an offer made now would reach somebody, and what follows.
type Wake struct {
	Person  id.ID
	Urgency worktime.Urgency
	Reach   clock.Instant // when they would see it, always within their hours
	Ready   clock.Instant // when they have had two hours of work from then
	Due     clock.Instant // by when they should have taken it
}

// wakes says when an offer made at an instant would reach a person. It goes with their
// next look, or in their next free moment when that look is far. ok is false for
// somebody who does not work within five years.
func wakes(person id.ID, h *worktime.Schedule, now clock.Instant, window string) (w Wake, ok bool) {
	win, err := worktime.ParseWindow(window)
	if h == nil || err != nil {
		return w, false
	}
	soon := asks.Plan(h, now, asks.Terms{Urgency: worktime.Soon, Window: win}, false)
	look := asks.Plan(h, now, asks.Terms{Urgency: worktime.Routine, Window: win}, false)
	w = Wake{Person: person, Urgency: worktime.Routine, Reach: look.Reach, Due: look.Due}
	if !soon.Reach.IsZero() && (look.Reach.IsZero() || h.Between(soon.Reach.Time(), look.Reach.Time()) > patience) {
		w.Urgency, w.Reach, w.Due = worktime.Soon, soon.Reach, soon.Due
	}
	if w.Reach.IsZero() || w.Due <= now {
		return w, false
	}
	ready, err := h.Add(w.Reach.Time(), worth)
	if err != nil {
		return w, false
	}
	w.Ready = clock.At(ready)
	return w, true
}

// inOrder puts those who can be ready first in front. Of two at once the one who was
// named first counts.
func inOrder(list []Wake) []Wake {
	slices.SortStableFunc(list, func(a, b Wake) int {
		if a.Ready != b.Ready {
			return int(min(max(a.Ready-b.Ready, -1), 1))
		}
		return int(min(max(a.Reach-b.Reach, -1), 1))
	})
	return list
}

// wakeAll says when an offer would reach each of some people, who can be ready first
// in front.
func wakeAll(persons []id.ID, hours map[id.ID]*worktime.Schedule, now clock.Instant, window string) (out []Wake) {
	for _, x := range persons {
		if w, ok := wakes(x, hours[x], now, window); ok {
			out = append(out, w)
		}
	}
	return inOrder(out)
}
