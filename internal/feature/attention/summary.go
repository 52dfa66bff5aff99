package attention

import (
	"fmt"
)

// Counts says how many rows each tab of an inbox holds.
type Counts struct {
	Owe     int `json:"owe"`
	Owed    int `json:"owed"`
	Info    int `json:"info"`
	Snoozed int `json:"snoozed"`
}

func (in inbox) counts() Counts {
	return Counts{Owe: len(in.tabs[tabOwe]), Owed: len(in.tabs[tabOwed]), Info: len(in.tabs[tabInfo]), Snoozed: len(in.tabs[tabSnoozed])}
}

// line says in a sentence what the reader's day holds.
func (in inbox) line() string {
	all := len(in.tabs[tabOwe])
	now := 0
	for _, e := range in.tabs[tabOwe] {
		if e.group == groupLate || e.group == groupToday {
			now++
		}
	}
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

func (in inbox) today() string {
	if in.cal.dayEnd == 0 || in.cal.sameDate {
		return "today"
	}
	return "on " + in.cal.dayEnd.Time().In(in.cal.zone).Format("Monday")
}

func (in inbox) before() string {
	if in.cal.dayEnd == 0 {
		return ""
	}
	end := in.cal.dayEnd.Time().In(in.cal.zone)
	if in.cal.sameDate {
		return " before you finish at " + end.Format("15:04")
	}
	return " before you finish on " + end.Format("Monday at 15:04")
}
