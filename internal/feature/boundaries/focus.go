package boundaries

import (
	"context"
	"fmt"
	"slices"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/worktime"
)

const (
	patternDays  = 56
	leastActs    = 40 // of them, before a pattern is one
	leastWeeks   = 4  // in which the hour was worked
	leastHours   = 2  // of a suggestion
	mostHours    = 4
	mostSuggests = 3
	quietShare   = 0.25 // of what one does in an hour on average
)

// Suggestion is a stretch of one's week in which one seldom writes: it could be kept
// free from interruption.
type Suggestion struct {
	Weekday  string // mon … sun
	From, To string // "09:00", on one's own clock
	Acts     int    // done then in the last eight weeks
	Weeks    int    // in which it was worked
	Usual    float64
}

// Why says in a sentence what the suggestion rests on.
func (x Suggestion) Why() string {
	did := fmt.Sprintf("you wrote or answered something %d times", x.Acts)
	switch x.Acts {
	case 0:
		did = "you wrote and answered nothing"
	case 1:
		did = "you wrote or answered something once"
	}
	return fmt.Sprintf("In %d weeks %s in these hours; in as many other hours of yours it was %.0f times.", x.Weeks, did, x.Usual)
}

// Suggestions are hours that the actor could keep free, the longest first; none while
// too little is known. Hours with a check time, or in focus already, are not suggested.
func (s *Service) Suggestions(ctx context.Context, q db.Queryer, a actor.Actor) ([]Suggestion, error) {
	now := s.db.Clock().Now()
	acts, h, err := s.acts(ctx, q, a, now.Add(-days(patternDays)))
	if err != nil {
		return nil, err
	}
	return suggest(acts, h, now), nil
}

// slot is an hour of the week: Monday's first is 0.
type slot struct{ acts, weeks int }

// suggest finds the quiet stretches of a week. It is pure.
func suggest(acts []event.Act, h *worktime.Schedule, now clock.Instant) []Suggestion {
	if len(acts) < leastActs {
		return nil
	}
	var week [7 * 24]slot
	hours, all := workedHours(&week, h, now), 0
	for _, x := range acts {
		t := x.At.Time()
		if i := slotOf(h, t); h.Working(t) && !nowhere(h, t) {
			week[i].acts++
			all++
		}
	}
	if hours == 0 {
		return nil
	}
	mean := float64(all) / float64(hours) // acts in an hour that was worked
	var out []Suggestion
	for day := range 7 {
		out = append(out, quiet(week[day*24:(day+1)*24], day, mean)...)
	}
	slices.SortStableFunc(out, func(a, b Suggestion) int {
		if d := length(b) - length(a); d != 0 {
			return d
		}
		return a.Acts - b.Acts
	})
	return out[:min(len(out), mostSuggests)]
}

// workedHours counts in how many of the last weeks each hour was worked from its
// beginning to its end, and how many hours that makes in all.
func workedHours(week *[7 * 24]slot, h *worktime.Schedule, now clock.Instant) (all int) {
	from := now.Time().Add(-days(patternDays)).Truncate(15 * time.Minute)
	for t := from; t.Before(now.Time()); t = t.Add(15 * time.Minute) {
		local := t.In(h.Zone(t))
		if local.Minute() != 0 {
			continue
		}
		if whole(h, t) && !nowhere(h, t) {
			week[slotOf(h, t)].weeks++
			all++
		}
	}
	return all
}

// whole says whether the hour from t on is worked from beginning to end.
func whole(h *worktime.Schedule, t time.Time) bool {
	return h.Between(t, t.Add(time.Hour)) == time.Hour
}

// nowhere says whether an hour is not to be suggested: it has focus, or a check time
// that would be lost.
func nowhere(h *worktime.Schedule, t time.Time) bool {
	local := t.In(h.Zone(t))
	start := t.Add(-time.Duration(local.Minute())*time.Minute - time.Duration(local.Second())*time.Second - time.Duration(local.Nanosecond()))
	check, err := h.Reach(start, worktime.Routine)
	return len(h.FocusRanges(start, start.Add(time.Hour))) > 0 || err == nil && check.Before(start.Add(time.Hour))
}

func slotOf(h *worktime.Schedule, t time.Time) int {
	local := t.In(h.Zone(t))
	return (int(local.Weekday())+6)%7*24 + local.Hour()
}

// quiet finds the stretches of one day in which little is done.
func quiet(hours []slot, day int, mean float64) (out []Suggestion) {
	for from := 0; from < len(hours); {
		to, acts, weeks := from, 0, patternDays
		for to < len(hours) && to-from < mostHours && calm(hours[to], mean) {
			acts, weeks = acts+hours[to].acts, min(weeks, hours[to].weeks)
			to++
		}
		if to-from >= leastHours {
			out = append(out, Suggestion{
				Weekday: weekdays[day], From: fmt.Sprintf("%02d:00", from), To: fmt.Sprintf("%02d:00", to),
				Acts: acts, Weeks: weeks, Usual: mean * float64((to-from)*weeks),
			})
		}
		from = max(to, from+1)
	}
	return out
}

func calm(x slot, mean float64) bool {
	return x.weeks >= leastWeeks && float64(x.acts) < quietShare*mean*float64(x.weeks)
}

func length(x Suggestion) int {
	var from, to int
	_, _ = fmt.Sscanf(x.From+" "+x.To, "%d:00 %d:00", &from, &to)
	return to - from
}

var weekdays = [7]string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}
