package attention

import (
	"context"
	"slices"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
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

// mostOpen bounds what one inbox holds of each sort; what lies beyond comes into
// sight as rows before it are dealt with.
const mostOpen = 500

// entry is a row of an inbox before it is put into words.
type entry struct {
	id      id.ID // of the ask or item
	isAsk   bool
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

// inbox is all rows of one person, by tab, each in order.
type inbox struct {
	tabs map[string][]entry
	now  clock.Instant
	cal  calendar
}

// calendar is what the reader's own days look like from now.
type calendar struct {
	zone     *time.Location
	dayEnd   clock.Instant // of the present or next working day; zero when none is in sight
	weekEnd  clock.Instant
	sameDate bool // the working day ends on today's date
}

func calendarOf(h *worktime.Schedule, now clock.Instant) calendar {
	t := now.Time()
	c := calendar{zone: h.Zone(t)}
	local := t.In(c.zone)
	toMonday := (8 - int(local.Weekday())) % 7
	if toMonday == 0 {
		toMonday = 7
	}
	week := time.Date(local.Year(), local.Month(), local.Day()+toMonday, 0, 0, 0, 0, c.zone)
	if end, err := h.EndOfDay(t, 0); err == nil {
		c.dayEnd = clock.At(end)
		last := end.Add(-time.Microsecond).In(c.zone)
		c.sameDate = last.YearDay() == local.YearDay() && last.Year() == local.Year()
		if !end.Before(week) { // at a weekend the week that counts is the next
			week = week.AddDate(0, 0, 7)
		}
	}
	c.weekEnd = clock.At(week)
	return c
}

// group says how soon something is due for the reader.
func (c calendar) group(due, now clock.Instant, late bool) string {
	switch {
	case late:
		return groupLate
	case due == 0:
		return groupLater
	case due <= c.dayEnd:
		return groupToday
	case due <= c.weekEnd:
		return groupWeek
	}
	return groupLater
}

// inboxOf reads all rows of the actor's inbox in a fixed number of queries.
func (s *Service) inboxOf(ctx context.Context, q db.Queryer, a actor.Actor) (in inbox, err error) {
	in = inbox{tabs: map[string][]entry{}, now: s.now()}
	h, err := s.people.Hours(ctx, q, a.Workspace, a.Person)
	if err != nil {
		return in, err
	}
	in.cal = calendarOf(h, in.now)
	put, err := snoozesOf(ctx, q, a.Workspace, a.Person)
	if err != nil {
		return in, err
	}
	if err := s.owing(ctx, q, a, &in, put); err != nil {
		return in, err
	}
	if err := s.owedTo(ctx, q, a, &in, put); err != nil {
		return in, err
	}
	if err := s.informing(ctx, q, a, &in, put); err != nil {
		return in, err
	}
	in.sort()
	return in, nil
}

// add puts an entry into its tab, or among what was put off.
func (in *inbox) add(tab string, e entry, put map[id.ID]snooze) {
	if s, ok := put[e.id]; ok && !s.over(in.now) {
		e.snooze, tab = s, tabSnoozed
	}
	in.tabs[tab] = append(in.tabs[tab], e)
}

func (s *Service) owing(ctx context.Context, q db.Queryer, a actor.Actor, in *inbox, put map[id.ID]snooze) error {
	list, err := s.asks.Owe(ctx, q, a, a.Person, asks.Cursor{}, mostOpen)
	if err != nil {
		return err
	}
	for i := range list {
		o := &list[i]
		if o.Gone {
			continue
		}
		due := o.Mine.By()
		in.add(tabOwe, entry{
			id: o.Ask.ID, isAsk: true, group: in.cal.group(due, in.now, o.Mine.Late(in.now)), due: due,
			changed: o.Mine.ChangedAt, ask: &o.Ask, mine: o.Mine,
		}, put)
	}
	return nil
}

func (s *Service) owedTo(ctx context.Context, q db.Queryer, a actor.Actor, in *inbox, put map[id.ID]snooze) error {
	list, err := s.asks.OwedTo(ctx, q, a, a.Person, asks.Cursor{}, mostOpen)
	if err != nil {
		return err
	}
	for i := range list {
		o := &list[i]
		if o.Gone {
			continue
		}
		late, changed := false, o.Ask.CreatedAt
		for _, row := range o.Ask.Owed {
			late, changed = late || row.Late(in.now), max(changed, row.ChangedAt)
		}
		in.add(tabOwed, entry{
			id: o.Ask.ID, isAsk: true, group: in.cal.group(o.Ask.LastDue, in.now, late), due: o.Ask.LastDue,
			changed: changed, ask: &o.Ask,
		}, put)
	}
	return nil
}

// informing adds what is for information: news of threads, and what became of
// asks that are closed. Those still open stand in their own row.
func (s *Service) informing(ctx context.Context, q db.Queryer, a actor.Actor, in *inbox, put map[id.ID]snooze) error {
	list, err := openItems(ctx, q, a.Workspace, a.Person, mostOpen)
	if err != nil {
		return err
	}
	var w wanted
	for _, it := range list {
		w.asks, w.threads = append(w.asks, it.AskID), append(w.threads, it.ThreadID)
	}
	found, err := s.asks.Asks(ctx, q, a, unique(w.asks))
	if err != nil {
		return err
	}
	known := map[id.ID]*asks.Ask{}
	for i := range found {
		known[found[i].ID] = &found[i]
	}
	threads, err := s.spaces.Threads(ctx, q, a, unique(w.threads))
	if err != nil {
		return err
	}
	for i := range list {
		it := &list[i]
		e := entry{id: it.ID, group: groupInfo, changed: it.ChangedAt, item: it, ask: known[it.AskID]}
		_, readable := threads[it.ThreadID]
		switch {
		case !readable:
		case it.AskID.IsZero():
			in.add(tabInfo, e, put)
		case e.ask != nil && e.ask.State != asks.Open:
			in.add(tabOwed, e, put)
		}
	}
	return nil
}

// sort: asks by due, without a due last; then what is for information, newest first.
func (in *inbox) sort() {
	rank := []string{groupLate, groupToday, groupWeek, groupLater, groupInfo}
	for _, list := range in.tabs {
		slices.SortStableFunc(list, func(a, b entry) int {
			if ra, rb := slices.Index(rank, a.group), slices.Index(rank, b.group); ra != rb {
				return ra - rb
			}
			if a.group == groupInfo {
				return compare(b.changed, a.changed)
			}
			return compare(byDue(a.due), byDue(b.due))
		})
	}
}

func byDue(due clock.Instant) clock.Instant {
	if due == 0 {
		return 1 << 62
	}
	return due
}

func compare(a, b clock.Instant) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
