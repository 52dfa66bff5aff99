package asks

import (
	"time"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/worktime"
)

// Terms are what decides about time: how urgent, and how long an answer may take.
type Terms struct {
	Urgency  worktime.Urgency
	Window   worktime.Window
	Deadline clock.Instant // instead of the window, when there is one
}

// Slot is when something reaches a person and when it is due for them; both are
// zero for somebody who is unreachable. A deadline is due even so.
type Slot struct{ Reach, Due clock.Instant }

// Plan says when an ask made at the given moment reaches a person and when it is
// due for them. Urgent reaches at once those who work or have consented to be
// paged at any hour, and others like something that should reach them soon.
func Plan(s *worktime.Schedule, asked clock.Instant, t Terms, paged bool) Slot {
	reach, err := s.Reach(asked.Time(), inHours(s, asked, t.Urgency, paged))
	if err != nil {
		return Slot{Due: t.Deadline}
	}
	return Slot{Reach: clock.Up(reach), Due: dueFrom(s, clock.Up(reach), t)}
}

// inHours turns urgent into soon for somebody who must not be disturbed now.
func inHours(s *worktime.Schedule, at clock.Instant, u worktime.Urgency, paged bool) worktime.Urgency {
	if u == worktime.Urgent && !paged && !s.Working(at.Time()) {
		return worktime.Soon
	}
	return u
}

// dueFrom counts the window from a moment; zero when it never ends.
func dueFrom(s *worktime.Schedule, from clock.Instant, t Terms) clock.Instant {
	if !t.Deadline.IsZero() {
		return t.Deadline
	}
	var due time.Time
	var err error
	if t.Window.IsDays {
		due, err = s.EndOfDay(from.Time(), t.Window.Days)
	} else {
		due, err = s.Add(from.Time(), t.Window.Hours)
	}
	if err != nil {
		return 0
	}
	return clock.Up(due)
}

// OwnBy is the moment at which somebody is shown that something is due by an instant: a
// deadline that falls outside their hours is, for them, the last moment of those before
// it. It is the deadline itself when they have none between a moment and then.
func OwnBy(h *worktime.Schedule, from, by clock.Instant) clock.Instant {
	if h == nil || by <= from {
		return by
	}
	for to := by; to > from; {
		begin := max(from, to.Add(-stretch))
		if list := h.Ranges(begin.Time(), to.Time()); len(list) > 0 {
			return clock.At(list[len(list)-1].To)
		}
		to = begin
	}
	return by
}

// stretch is how much of somebody's hours is looked through at once.
const stretch = 14 * 24 * time.Hour

// OwnBy is when an addressee who has these hours is shown that it is due; what counts
// stays By. A promise is their own.
func (o Owed) OwnBy(h *worktime.Schedule, from clock.Instant) clock.Instant {
	if o.By() != o.Due {
		return o.By()
	}
	return OwnBy(h, from, o.Due)
}

// replan says what a new schedule, or an extension, makes of an open row. Whoever
// was reached stays reached; the others are reached from now on.
func replan(s *worktime.Schedule, o Owed, now clock.Instant, t Terms, extended clock.Instant, paged bool) Slot {
	reach := o.Reach
	if reach.IsZero() || reach > now {
		reach = Plan(s, max(o.AskedAt, now), t, paged).Reach
	}
	if reach.IsZero() {
		return Slot{Due: t.Deadline}
	}
	return Slot{Reach: reach, Due: dueFrom(s, max(reach, extended), t)}
}

// EndOfTime sorts those without a due behind all others.
const EndOfTime = int64(1) << 62

func order(due clock.Instant) int64 {
	if due.IsZero() {
		return EndOfTime
	}
	return int64(due)
}
