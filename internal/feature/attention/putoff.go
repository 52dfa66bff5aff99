package attention

import (
	"context"
	"slices"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// putOff reads the rows that the reader put off and may still see, in order. They
// are few, and read whole; without any this asks nothing.
func (s *Service) putOff(ctx context.Context, q db.Queryer, in *inbox) ([]entry, error) {
	if len(in.put) == 0 {
		return nil, nil
	}
	var rows []id.ID
	for x := range in.put {
		rows = append(rows, x)
	}
	slices.SortFunc(rows, func(x, y id.ID) int { return slices.Compare(x[:], y[:]) })
	items, err := itemsByID(ctx, q, in.actor.Workspace, in.actor.Person, rows)
	if err != nil {
		return nil, err
	}
	wanted := slices.Clone(rows)
	for _, it := range items {
		wanted = append(wanted, it.AskID)
	}
	known, err := s.asks.WholeByID(ctx, q, in.actor.Workspace, unique(wanted))
	if err != nil {
		return nil, err
	}
	list := []entry{}
	for _, x := range rows {
		if a := known[x]; a != nil && in.concerns(a) {
			e := entry{id: x, isAsk: true, thread: a.ThreadID, slim: asks.Slim{ID: x, ThreadID: a.ThreadID, Version: a.Version}}
			e.about(in, a)
			list = append(list, e)
		}
	}
	for i := range items {
		e := newsOf(&items[i])
		if e.ask = known[items[i].AskID]; items[i].AskID.IsZero() || e.ask != nil && e.ask.State != asks.Open {
			list = append(list, e)
		}
	}
	if err := s.sight(ctx, q, in, list); err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(e entry) bool { return !in.readable(e) })
	for i := range list {
		list[i].snooze = in.put[list[i].id]
	}
	inOrder(list)
	return list, nil
}

// concerns says that an open ask stands in the reader's inbox.
func (in *inbox) concerns(a *asks.Ask) bool {
	if a.State != asks.Open {
		return false
	}
	o := a.Of(in.actor.Person)
	return a.AskerID == in.actor.Person || o != nil && o.Open()
}

// tab is where a row stands when it is not put off.
func (e entry) tab() string {
	switch {
	case e.item != nil && e.item.AskID.IsZero():
		return tabInfo
	case e.isAsk && !e.mine.PersonID.IsZero():
		return tabOwe
	}
	return tabOwed
}

// inOrder: asks by due, without a due last; then what is for information, newest first.
func inOrder(list []entry) {
	rank := []string{groupLate, groupToday, groupWeek, groupLater, groupInfo}
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
