package attention

import (
	"context"
	"fmt"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/platform/db"
)

// Counts says how many rows each tab of an inbox holds, up to 500.
type Counts struct {
	Owe     int `json:"owe"`
	Owed    int `json:"owed"`
	Info    int `json:"info"`
	Snoozed int `json:"snoozed"`
}

// mostCounted bounds what is counted of each sort: 500 stands for as many or more.
const mostCounted = 500

// headSize is how many rows of a tab are looked at to count it.
const headSize = 50

// head is the beginning of a tab; all says that there is no more.
type head struct {
	rows []entry
	all  bool
}

// summary counts the tabs and says in a sentence what the reader's day holds. A tab
// that fits on a page is counted by what the reader may see; a longer one by its
// index, without asking for each row.
func (s *Service) summary(ctx context.Context, q db.Queryer, in *inbox, heads map[string]head, off []entry) (c Counts, line string, err error) {
	c.Snoozed = len(off)
	counts := map[string]*int{tabOwe: &c.Owe, tabOwed: &c.Owed, tabInfo: &c.Info}
	now := 0
	for _, tab := range []string{tabOwe, tabOwed, tabInfo} {
		h, ok := heads[tab]
		if !ok {
			rows, next, err := s.page(ctx, q, in, tab, "", headSize)
			if err != nil {
				return c, "", err
			}
			h = head{rows, next == ""}
		}
		if !h.all {
			n, soon, err := s.count(ctx, q, in, tab, off)
			if err != nil {
				return c, "", err
			}
			*counts[tab], now = n, now+soon
			continue
		}
		*counts[tab] = len(h.rows)
		for _, e := range h.rows {
			if tab == tabOwe && e.soon() {
				now++
			}
		}
	}
	return c, in.line(c.Owe, now), nil
}

// soon says that a row wants to be dealt with before the working day ends.
func (e entry) soon() bool { return e.group == groupLate || e.group == groupToday }

// count counts a tab by its index, without what is put off; soon is how much of
// what the reader owes is late or due today.
func (s *Service) count(ctx context.Context, q db.Queryer, in *inbox, tab string, off []entry) (n, soon int, err error) {
	ws, me := in.actor.Workspace, in.actor.Person
	switch tab {
	case tabOwe:
		n, soon, err = s.asks.CountOwe(ctx, q, ws, me, max(in.cal.today, in.now-1), mostCounted)
	case tabOwed:
		var news []entry
		if n, err = s.asks.CountOwedTo(ctx, q, ws, me, mostCounted); err == nil && n < mostCounted {
			news, err = s.closed(ctx, q, in, asks.Behind{}, mostCounted-n)
		}
		for _, e := range news {
			if !e.thread.IsZero() {
				n++
			}
		}
	default:
		n, err = countItems(ctx, q, ws, me, mostCounted)
	}
	for _, e := range off {
		if e.tab() == tab {
			n--
			if tab == tabOwe && e.soon() {
				soon--
			}
		}
	}
	return max(n, 0), max(soon, 0), err
}

// line says in a sentence what the reader's day holds.
func (in *inbox) line(all, now int) string {
	switch {
	case all == 0:
		return "Nobody is waiting for you."
	case now == 0:
		return "Nothing needs you " + in.today() + ". " + waits(all) + "."
	case now == all:
		return needs(now) + in.before() + "."
	}
	return needs(now) + in.before() + ". The rest can wait."
}

func needs(n int) string {
	if n == 1 {
		return "1 thing needs you"
	}
	return fmt.Sprintf("%d things need you", n)
}

func waits(n int) string {
	if n == 1 {
		return "1 thing can wait"
	}
	return fmt.Sprintf("%d things can wait", n)
}

func (in *inbox) today() string {
	if in.cal.dayEnd == 0 || in.cal.sameDate {
		return "today"
	}
	return "on " + in.cal.dayEnd.Time().In(in.cal.zone).Format("Monday")
}

func (in *inbox) before() string {
	if in.cal.dayEnd == 0 {
		return ""
	}
	end := in.cal.dayEnd.Time().In(in.cal.zone)
	if in.cal.sameDate {
		return " before you finish at " + end.Format("15:04")
	}
	return " before you finish on " + end.Format("Monday at 15:04")
}
