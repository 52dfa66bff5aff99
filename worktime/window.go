package worktime

import (
	"strconv"
	"strings"
	"time"
)

// Window is how much of a person's own working time an answer may take: hours
// and minutes of it, or a number of working dates.
type Window struct {
	Hours  time.Duration // of working time, when IsDays is false
	Days   int           // working dates after day 0, when IsDays is true
	IsDays bool
}

const (
	maxWindowDays  = 1000
	maxWindowHours = 10_000 * time.Hour
)

// ParseWindow reads "4h", "90m", "1h30m", "1d" or "0d" (today). Hours and
// minutes must come to more than nothing. Anything else is an *InvalidError.
func ParseWindow(s string) (Window, error) {
	if days, ok := strings.CutSuffix(s, "d"); ok {
		n, err := strconv.ParseUint(days, 10, 16)
		if err != nil || n > maxWindowDays {
			return Window{}, badWindow(s)
		}
		return Window{Days: int(n), IsDays: true}, nil
	}
	if strings.Trim(s, "0123456789hm") != "" {
		return Window{}, badWindow(s)
	}
	d, err := time.ParseDuration(s)
	if err != nil || d <= 0 || d > maxWindowHours || d%time.Minute != 0 {
		return Window{}, badWindow(s)
	}
	return Window{Hours: d}, nil
}

// String writes the window as ParseWindow reads it: "1d", "4h" or "90m".
func (w Window) String() string {
	switch {
	case w.IsDays:
		return strconv.Itoa(w.Days) + "d"
	case w.Hours%time.Hour == 0:
		return strconv.FormatInt(int64(w.Hours/time.Hour), 10) + "h"
	default:
		return strconv.FormatInt(int64(w.Hours/time.Minute), 10) + "m"
	}
}

func badWindow(s string) error {
	return invalid("window", "%q is not a response window. Give working hours such as 4h or 90m, or working days such as 1d.", s)
}
