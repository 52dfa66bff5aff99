package attention

import (
	"time"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/worktime"
)

// instant is when something of an urgency that was asked at a moment reaches a
// person; zero when no hour of theirs is in sight. Urgent reaches at once whoever
// works then or has agreed to be paged at any hour, and others as soon as they work.
func instant(h *worktime.Schedule, asked clock.Instant, u worktime.Urgency, paged bool) clock.Instant {
	near := u == worktime.Soon
	if u == worktime.Urgent && !paged && !h.Working(asked.Time()) {
		u = worktime.Soon
	}
	at, err := h.Reach(asked.Time(), u)
	if err != nil {
		return 0
	}
	if near {
		if check, err := h.Reach(at, worktime.Routine); err == nil && check.Sub(at) < apart {
			at = check
		}
	}
	return clock.Up(at)
}

// disturbs says whether a delivery at a moment would reach somebody at a bad time.
func disturbs(h *worktime.Schedule, now clock.Instant, u worktime.Urgency, paged bool) bool {
	if u == worktime.Urgent {
		return !paged && !h.Working(now.Time())
	}
	return !h.Interruptible(now.Time())
}

// A reminder comes a quarter of the window before its end, an hour of working
// time at most; windows so short that it would be minutes have none.
const (
	mostNotice  = time.Hour
	leastNotice = 5 * time.Minute
)

// remindAt is when to remind somebody of a due, in their working time; zero for never.
// told is when they first heard of it, known when its due became what it is. Whoever
// has less than a working day hears of it once: a second word within hours is only noise.
func remindAt(h *worktime.Schedule, told, known, due clock.Instant) clock.Instant {
	known = max(told, known)
	if told == 0 || due <= known || shortOf(h, told, due) {
		return 0
	}
	window := h.Between(known.Time(), due.Time())
	notice := min(window/4, mostNotice)
	if notice < leastNotice {
		return 0
	}
	at, err := h.Add(known.Time(), window-notice)
	if err != nil || clock.At(at) >= due {
		return 0
	}
	if at, err = h.Reach(at, worktime.Soon); err != nil || clock.At(at) >= due || justTold(h, told, clock.At(at), due) {
		return 0
	}
	return clock.Up(at)
}

// shortOf says that less than a working day lies between two instants: less than what
// the person works on the day of the first, or on their next one.
func shortOf(h *worktime.Schedule, from, to clock.Instant) bool {
	const day = 24 * time.Hour
	days := h.Days(from.Time(), from.Add(7*day).Time())
	if len(days) == 0 {
		return false
	}
	return h.Between(from.Time(), to.Time()) < h.Between(days[0].From, days[0].To)
}

// justTold says that at an instant less than half of the time between the first telling
// and the due has passed.
func justTold(h *worktime.Schedule, told, at, due clock.Instant) bool {
	return 2*h.Between(told.Time(), at.Time()) < h.Between(told.Time(), due.Time())
}

// after is the first moment at which a due has passed.
func after(due clock.Instant) clock.Instant { return due + 1 }
