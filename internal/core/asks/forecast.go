package asks

import (
	"slices"
	"strconv"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// Addressee is what a forecast knows about one person.
type Addressee struct {
	Person   id.ID
	Name     string
	Schedule *worktime.Schedule
	Paged    bool             // consented to be paged outside their hours
	Blind    bool             // may not read the space
	Absences []people.Absence // that touch the time until the due, in order
	StandIn  string           // the name of the first absence's stand-in
	Deputies []Deputy         // those who stand in and can be asked
	Holidays []people.Day     // within the same time, in order
}

// Outlook is one person in a forecast.
type Outlook struct {
	Addressee
	Slot
	Away         *people.Absence // the first that begins before the due
	Back         clock.Instant   // when they work again after it; zero for never
	Instead      *Instead        // whoever stands in for them then, if they can be asked
	Holiday      *people.Day     // the first before the due
	OutsideHours bool            // the deadline falls outside their hours
	Short        bool            // it leaves less working time than the space's shortest window
}

// Forecast says when each is reached, and by when which answers can be in. Zero
// instants mean never.
type Forecast struct {
	People   []Outlook
	First    clock.Instant // the first is reached
	AllBy    clock.Instant // all can have answered
	EnoughBy clock.Instant // as many as are needed can have
	Without  *Without
	Warnings []string
	Page     *PageOutlook // of what is urgent, where a space is known
	Window   string       // that it was computed with; empty with a deadline
	AgreedBy string       // the name of the team whose agreement says so; empty for the space's own, or one's own word
}

// Without says that leaving one person out brings the last answer forward.
type Without struct {
	Person id.ID
	Name   string
	AllBy  clock.Instant
	Sooner time.Duration // of elapsed time; zero when there was no AllBy before
}

// worthSaying is how much sooner it must be before leaving somebody out is named.
const worthSaying = time.Hour

// Foresee computes a forecast from schedules alone. It plans each person exactly
// as asking at the same moment does.
func Foresee(now clock.Instant, t Terms, need string, shortest worktime.Window, to []Addressee) Forecast {
	f := Forecast{People: []Outlook{}, Warnings: []string{}}
	for _, x := range to {
		f.People = append(f.People, look(now, t, shortest, x))
	}
	dues := make([]clock.Instant, 0, len(to))
	for _, o := range f.People {
		if o.Reach.IsZero() {
			continue
		}
		if f.First.IsZero() || o.Reach < f.First {
			f.First = o.Reach
		}
		if !o.Due.IsZero() {
			dues = append(dues, o.Due)
		}
	}
	slices.Sort(dues)
	f.AllBy = nth(dues, len(to))
	f.EnoughBy = nth(dues, enoughOf(need, len(to)))
	f.Without = without(f.People)
	f.Warnings = warnings(now, t, shortest, f)
	return f
}

func look(now clock.Instant, t Terms, shortest worktime.Window, x Addressee) Outlook {
	o := Outlook{Addressee: x, Slot: Plan(x.Schedule, now, t, x.Paged)}
	if o.Reach.IsZero() {
		o.Due = 0
	}
	until := o.Due
	if until.IsZero() {
		until = now.Add(14 * 24 * time.Hour)
	}
	for i := range x.Absences {
		if x.Absences[i].From < until && x.Absences[i].To > now {
			o.Away = &x.Absences[i]
			o.Back = back(x.Schedule, o.Away.To)
			o.Instead = instead(now, t, x, o.Away.StandIn)
			break
		}
	}
	from, to := x.Schedule.LocalDate(now.Time()).String(), x.Schedule.LocalDate(until.Time()).String()
	for i := range x.Holidays {
		if d := x.Holidays[i].Date; d >= from && d <= to {
			o.Holiday = &x.Holidays[i]
			break
		}
	}
	if !t.Deadline.IsZero() && !o.Reach.IsZero() {
		o.OutsideHours = !worksUntil(x.Schedule, t.Deadline)
		o.Short = leavesLess(x.Schedule, max(now, o.Reach), t.Deadline, shortest)
	} else if t.Deadline.IsZero() {
		o.Short = shorter(t.Window, shortest)
	}
	return o
}

// Deputy is somebody who stands in for an addressee.
type Deputy struct {
	Person   id.ID
	Schedule *worktime.Schedule
	Paged    bool
}

// Instead is when a stand-in would be reached, and by when they could answer.
type Instead struct {
	Deputy
	Slot
}

// instead foresees asking whoever stands in, if they are there themselves.
func instead(now clock.Instant, t Terms, x Addressee, standIn id.ID) *Instead {
	for _, d := range x.Deputies {
		if d.Person == standIn {
			if slot := Plan(d.Schedule, now, t, d.Paged); !slot.Reach.IsZero() {
				return &Instead{d, slot}
			}
		}
	}
	return nil
}

// worksUntil says whether a person works right up to an instant: the end of a
// working range is within their hours.
func worksUntil(s *worktime.Schedule, at clock.Instant) bool {
	return s.Working(at.Time()) || s.Working(at.Time().Add(-time.Second))
}

// leavesLess says whether less working time is left before the deadline than the
// shortest window takes.
func leavesLess(s *worktime.Schedule, from, deadline clock.Instant, shortest worktime.Window) bool {
	if shortest == (worktime.Window{}) {
		return false
	}
	due := dueFrom(s, from, Terms{Window: shortest})
	return due.IsZero() || due > deadline
}

func shorter(w, shortest worktime.Window) bool {
	return !w.IsDays && !shortest.IsDays && w.Hours < shortest.Hours
}

// nth is the k-th of the sorted dues; zero when there are fewer.
func nth(dues []clock.Instant, k int) clock.Instant {
	if k < 1 || k > len(dues) {
		return 0
	}
	return dues[k-1]
}

func enoughOf(need string, asked int) int {
	switch need {
	case NeedAny:
		return min(1, asked)
	case NeedAll, "":
		return asked
	}
	k, _ := strconv.Atoi(need)
	return k
}

// without finds the one person whose absence brings the last answer forward.
func without(list []Outlook) *Without {
	if len(list) < 2 {
		return nil
	}
	last := 0
	for i := range list {
		if order(list[i].Due) > order(list[last].Due) {
			last = i
		}
	}
	var others clock.Instant
	for i := range list {
		if i == last {
			continue
		}
		if list[i].Due.IsZero() {
			return nil // another one is missing all the same
		}
		others = max(others, list[i].Due)
	}
	w := &Without{Person: list[last].Person, Name: list[last].Name, AllBy: others}
	if !list[last].Due.IsZero() {
		if w.Sooner = list[last].Due.Sub(others); w.Sooner < worthSaying {
			return nil
		}
	}
	return w
}
