package attention

import (
	"context"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// The tabs of an inbox.
const (
	tabOwe     = "owe"
	tabOwed    = "owed"
	tabInfo    = "info"
	tabSnoozed = "snoozed"
)

// The groups of rows, by the reader's own calendar.
const (
	groupLate  = "late"
	groupToday = "today" // due before the end of the present or next working day
	groupWeek  = "week"
	groupLater = "later"
	groupInfo  = "info"
)

// entry is a row of an inbox: first as slim as it takes to put it in order, then,
// when it is on the page, whole.
type entry struct {
	id     id.ID // of the ask or item
	isAsk  bool
	thread id.ID
	slim   asks.Slim // of an ask
	at     cursor

	group   string
	due     clock.Instant
	changed clock.Instant
	ask     *asks.Ask
	mine    asks.Owed
	item    *item
	snooze  snooze
}

func (e entry) key() string {
	if e.isAsk {
		return id.Encode("ask", e.id)
	}
	return id.Encode("item", e.id)
}

// inbox is what one person's inbox is read with.
type inbox struct {
	actor   actor.Actor
	now     clock.Instant
	cal     calendar
	put     map[id.ID]snooze          // what is put off at present
	threads map[id.ID]spaces.ThreadIn // that the reader may see, of those looked at
	looked  map[id.ID]bool            // threads and notices, seen or not
	things  map[id.ID]describe.Thing  // what notices are about, by row
}

// calendar is what the reader's own days look like from now.
type calendar struct {
	hours    *worktime.Schedule
	zone     *time.Location
	dayEnd   clock.Instant // of the present or next working day; zero when none is in sight
	today    clock.Instant // what is due by then has to be done that day: they work again
	weekEnd  clock.Instant // and the same of the week
	sameDate bool          // the working day ends on today's date
}

func calendarOf(h *worktime.Schedule, now clock.Instant) calendar {
	t := now.Time()
	c := calendar{hours: h, zone: h.Zone(t)}
	local := t.In(c.zone)
	toMonday := (8 - int(local.Weekday())) % 7
	if toMonday == 0 {
		toMonday = 7
	}
	week := time.Date(local.Year(), local.Month(), local.Day()+toMonday, 0, 0, 0, 0, c.zone)
	if end, err := h.EndOfDay(t, 0); err == nil {
		c.dayEnd = clock.At(end)
		c.today = c.dayEnd
		if next, err := h.Next(end); err == nil {
			c.today = clock.At(next)
		}
		last := end.Add(-time.Microsecond).In(c.zone)
		c.sameDate = last.YearDay() == local.YearDay() && last.Year() == local.Year()
		if !end.Before(week) { // at a weekend the week that counts is the next
			week = week.AddDate(0, 0, 7)
		}
	}
	c.weekEnd = clock.At(week)
	if next, err := h.Next(week); err == nil {
		c.weekEnd = clock.At(next)
	}
	return c
}

// group says how soon something is due for the reader.
func (c calendar) group(due, now clock.Instant, late bool) string {
	switch {
	case late:
		return groupLate
	case due == 0:
		return groupLater
	case due <= c.today:
		return groupToday
	case due <= c.weekEnd:
		return groupWeek
	}
	return groupLater
}

// newInbox is an inbox of which nothing was read yet.
func (s *Service) newInbox(a actor.Actor) *inbox {
	return &inbox{actor: a, now: s.now(), threads: map[id.ID]spaces.ThreadIn{}, looked: map[id.ID]bool{}, things: map[id.ID]describe.Thing{}}
}

// open reads what every page of an inbox begins with.
func (s *Service) open(ctx context.Context, q db.Queryer, in *inbox) error {
	h, err := s.people.Hours(ctx, q, in.actor.Workspace, in.actor.Person)
	if err != nil {
		return err
	}
	in.cal = calendarOf(h, in.now)
	in.put, err = snoozesOf(ctx, q, in.actor.Workspace, in.actor.Person, in.now)
	return err
}

// sight finds out which threads and notices of some rows the reader may see.
func (s *Service) sight(ctx context.Context, q db.Queryer, in *inbox, list []entry) error {
	if err := s.lookAt(ctx, q, in, list); err != nil {
		return err
	}
	var of []id.ID
	for _, e := range list {
		if !e.notice() && !in.looked[e.thread] {
			in.looked[e.thread] = true
			of = append(of, e.thread)
		}
	}
	found, err := s.spaces.ThreadsIn(ctx, q, in.actor, of)
	for x, t := range found {
		in.threads[x] = t
	}
	return err
}

// shows says whether a row stands in its tab: the reader may see it, and it is not
// put off.
func (in *inbox) shows(e entry) bool {
	_, off := in.put[e.id]
	return in.readable(e) && !off
}

func (in *inbox) readable(e entry) bool {
	_, ok := in.threads[e.thread]
	if e.notice() {
		_, ok = in.things[e.id]
	}
	return ok
}

// slimly sorts an open ask into the reader's days, by what the index knows.
func (in *inbox) slimly(x asks.Slim, late bool) entry {
	due := dueIn(x.Order)
	return entry{
		id: x.ID, isAsk: true, thread: x.ThreadID, slim: x, due: due,
		group: in.cal.group(due, in.now, late), at: cursor{order: x.Order, id: x.ID},
	}
}
