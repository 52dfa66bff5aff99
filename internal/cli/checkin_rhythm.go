package cli

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// rhythm is how often a check-in is asked, as the API takes it.
type rhythm struct {
	Every    string   `json:"every,omitempty"`
	N        int      `json:"n,omitempty"`
	Weekdays []string `json:"weekdays,omitempty"`
	Nth      int      `json:"nth,omitempty"`
	From     string   `json:"from,omitempty"`
	Until    string   `json:"until,omitempty"`
	At       string   `json:"at,omitempty"`
	Clock    string   `json:"clock,omitempty"`
	Minutes  int      `json:"minutes,omitempty"`
}

// often is a rhythm as it is typed.
type often struct{ every, on, once, at, from, until string }

func (o *often) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&o.every, "every", "", "how often: weekday, \"mon, wed\", \"week on fri\", \"2 weeks on tue\" or \"month on the last fri\"")
	f.StringVar(&o.on, "on", "", "on which days, beside --every \"2 weeks\"; alone, of each month: \"last fri\"")
	f.StringVar(&o.once, "once", "", "or once, on this date: 2026-12-01")
	f.StringVar(&o.at, "at", "", "when in each person's day: start, end, 16:00, \"30m after start\" or \"15m before end\"")
	f.StringVar(&o.from, "from", "", "not before this date; weeks and months count from it")
	f.StringVar(&o.until, "until", "", "not after this date")
}

// said says that any of it was.
func (o often) said() bool { return o != often{} }

// over puts what was given over the rhythm that is there: days from the one, and the
// time from the other, when only one of them was said.
func (o often) over(r rhythm) (rhythm, error) {
	if o.every != "" || o.on != "" || o.once != "" {
		days, err := o.days()
		if err != nil {
			return r, err
		}
		r.Every, r.N, r.Weekdays, r.Nth = days.Every, days.N, days.Weekdays, days.Nth
		if days.From != "" {
			r.From = days.From
		}
	}
	for _, d := range []struct {
		given string
		into  *string
	}{{o.from, &r.From}, {o.until, &r.Until}} {
		if d.given == "" {
			continue
		}
		if _, err := time.Parse(time.DateOnly, d.given); err != nil {
			return r, fmt.Errorf("%q is no date; write it like 2026-12-01", d.given)
		}
		*d.into = d.given
	}
	if o.at == "" {
		return r, nil
	}
	return r, r.at(o.at)
}

var (
	weekdayNames = []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}
	nths         = map[string]int{"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": -1}
	units        = map[string]string{"day": "day", "days": "day", "weekday": "day", "weekdays": "day", "workday": "day", "workdays": "day", "week": "week", "weeks": "week", "month": "month", "months": "month"}
	fillers      = []string{"every", "each", "on", "the", "of", "and", "a", "an", "working"}
)

// days reads on which days a check-in is asked.
func (o often) days() (r rhythm, err error) {
	if o.once != "" {
		if o.every != "" || o.on != "" {
			return r, fmt.Errorf("--once stands alone: it is asked on that date and never again")
		}
		if _, err := time.Parse(time.DateOnly, o.once); err != nil {
			return r, fmt.Errorf("%q is no date; write it like 2026-12-01", o.once)
		}
		return rhythm{Every: "once", From: o.once}, nil
	}
	for _, w := range strings.FieldsFunc(strings.ToLower(o.every+" "+o.on), func(c rune) bool { return c == ' ' || c == ',' }) {
		if err := r.word(w); err != nil {
			return r, err
		}
	}
	switch {
	case r.Nth != 0 && (r.Every == "" || r.Every == "month"):
		r.Every = "month"
	case r.Nth != 0:
		return r, fmt.Errorf("which of a month's days it is goes with months: --every \"month on the last fri\"")
	case r.Every == "" && len(r.Weekdays) > 0:
		r.Every = "day"
	case r.Every == "week" && len(r.Weekdays) == 0:
		return r, fmt.Errorf("say on which weekday: --every \"2 weeks on tue\"")
	case r.Every == "month":
		return r, fmt.Errorf("say which day of the month: --every \"month on the last fri\"")
	}
	if r.Every == "day" && r.N > 1 {
		return r, fmt.Errorf("a check-in comes every working day, on some weekdays, or every so many weeks or months, and not every %d days", r.N)
	}
	return r, nil
}

// word reads one word of how often.
func (r *rhythm) word(w string) error {
	if n, err := strconv.Atoi(w); err == nil {
		r.N = n
		return nil
	}
	if n, ok := nths[w]; ok {
		r.Nth = n
		return nil
	}
	if w == "other" {
		r.N = 2
		return nil
	}
	if u, ok := units[w]; ok && r.Every == "" {
		r.Every = u
		return nil
	}
	if len(w) >= 3 && slices.Contains(weekdayNames, w[:3]) && weekdayWord(w) {
		r.Weekdays = append(r.Weekdays, w[:3])
		return nil
	}
	if !slices.Contains(fillers, w) {
		return fmt.Errorf("%q is not understood; write --every weekday, \"mon, wed\", \"2 weeks on tue\" or \"month on the last fri\"", w)
	}
	return nil
}

// weekdayWord says that a word is a weekday, written whole or cut short.
func weekdayWord(w string) bool {
	for d := time.Sunday; d <= time.Saturday; d++ {
		name := strings.ToLower(d.String())
		if strings.HasPrefix(name, strings.TrimSuffix(w, "s")) || strings.HasPrefix(name, w) {
			return true
		}
	}
	return false
}

var shifted = regexp.MustCompile(`^(\S+) (?:after (?:the )?(start)|before (?:the )?(end))$`)

// at reads when in somebody's day a check-in is asked.
func (r *rhythm) at(s string) error {
	s = strings.ToLower(strings.TrimSpace(s))
	r.Clock, r.Minutes = "", 0
	if s == "start" || s == "end" {
		r.At = s
		return nil
	}
	for _, form := range []string{"15:04", "3:04pm", "3pm"} {
		if t, err := time.Parse(form, s); err == nil {
			r.At, r.Clock = "clock", t.Format("15:04")
			return nil
		}
	}
	if m := shifted.FindStringSubmatch(s); m != nil {
		if d, err := time.ParseDuration(m[1]); err == nil && d >= 0 {
			r.At, r.Minutes = m[2]+m[3], int(d/time.Minute)
			return nil
		}
	}
	return fmt.Errorf("%q is no time of a day; write --at start, end, 16:00, \"30m after start\" or \"15m before end\"", s)
}
