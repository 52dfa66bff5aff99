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
	if u == worktime.Urgent && !paged && !h.Working(asked.Time()) {
		u = worktime.Soon
	}
	at, err := h.Reach(asked.Time(), u)
	if err != nil {
		return 0
	}
	return upward(at)
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
func remindAt(h *worktime.Schedule, reach, due clock.Instant) clock.Instant {
	if reach == 0 || due <= reach {
		return 0
	}
	window := h.Between(reach.Time(), due.Time())
	notice := min(window/4, mostNotice)
	if notice < leastNotice {
		return 0
	}
	at, err := h.Add(reach.Time(), window-notice)
	if err != nil || clock.At(at) >= due {
		return 0
	}
	if at, err = h.Reach(at, worktime.Soon); err != nil || clock.At(at) >= due {
		return 0
	}
	return upward(at)
}

// after is the first moment at which a due has passed.
func after(due clock.Instant) clock.Instant { return due + 1 }

// upward keeps an instant that falls between two microseconds from coming early.
func upward(t time.Time) clock.Instant {
	at := clock.At(t)
	if at.Time().Before(t) {
		at++
	}
	return at
}
