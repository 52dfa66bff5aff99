package people

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/emersion/go-ical"
	"github.com/teambition/rrule-go"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/fault"
)

// The limits of a holiday calendar.
const (
	largestFile  = 2 << 20
	mostEvents   = 5_000
	mostDays     = mostHolidays
	yearsAround  = 5               // either side of today
	longestParse = 3 * time.Second // of hostile rules
)

// icsError says what is wrong with a calendar and in which line.
func icsError(line int, format string, args ...any) error {
	return fault.Newf(fault.Invalid, "bad_calendar", "Line %d of the calendar: %s", line, fmt.Sprintf(format, args...)).At("ics")
}

// property is one content line of a calendar.
type property struct {
	ical.Prop
	line int
}

// vevent is one event, its properties by name.
type vevent struct {
	line  int
	props map[string][]property
}

func (e vevent) get(name string) (property, bool) {
	list := e.props[name]
	if len(list) == 0 {
		return property{}, false
	}
	return list[0], true
}

// ParseCalendar reads the holidays of an iCalendar text: whole days, several
// days, and parts of a day by their clock times; daily to yearly rules are
// expanded for five years either side of today. What cannot be read is an
// invalid fault that names the line.
func ParseCalendar(text string, today clock.Instant) ([]Day, error) {
	if len(text) > largestFile {
		return nil, fault.New(fault.TooLarge, "calendar_too_large", "This calendar is larger than 2 MiB. Export only its holidays.").At("ics")
	}
	events, err := splitEvents(text)
	if err != nil {
		return nil, err
	}
	x := expansion{
		from: today.Time().AddDate(-yearsAround, 0, 0), to: today.Time().AddDate(yearsAround, 0, 0),
		began: clock.Stopwatch(), moved: movedInstances(events), seen: map[Day]bool{},
	}
	for _, e := range events {
		if err := x.event(e); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(x.days, func(a, b Day) int {
		return strings.Compare(a.Date+a.From+a.Name, b.Date+b.From+b.Name)
	})
	return x.days, nil
}

// splitEvents finds the events of a calendar and numbers their lines.
func splitEvents(text string) ([]vevent, error) {
	var out []vevent
	var cur *vevent
	nested, began := 0, false // inside an alarm of an event, say
	for _, l := range unfold(text) {
		p, err := contentLine(l)
		if err != nil {
			return nil, err
		}
		what := strings.ToUpper(strings.TrimSpace(p.Value))
		switch {
		case p.Name == "BEGIN" && what == "VCALENDAR":
			began = true
		case !began:
			return nil, icsError(l.number, "an iCalendar file begins with BEGIN:VCALENDAR.")
		case p.Name == "BEGIN" && what == "VEVENT" && cur == nil:
			if len(out) >= mostEvents {
				return nil, icsError(l.number, "there are more than %d events. Export only the holidays.", mostEvents)
			}
			cur = &vevent{line: l.number, props: map[string][]property{}}
		case p.Name == "END" && what == "VEVENT" && cur != nil && nested == 0:
			out, cur = append(out, *cur), nil
		case p.Name == "BEGIN" && cur != nil:
			nested++
		case p.Name == "END" && cur != nil:
			nested = max(0, nested-1)
		case cur != nil && nested == 0:
			cur.props[p.Name] = append(cur.props[p.Name], p)
		}
	}
	if !began {
		return nil, icsError(1, "an iCalendar file begins with BEGIN:VCALENDAR.")
	}
	if cur != nil {
		return nil, icsError(cur.line, "this event has no END:VEVENT; the file seems to be cut off.")
	}
	return out, nil
}

type numbered struct {
	text   string
	number int
}

// unfold joins lines that were broken with a space or tab, and drops empty ones.
func unfold(text string) []numbered {
	var out []numbered
	n := 0
	text = strings.TrimPrefix(text, "\ufeff")
	for l := range strings.Lines(text) {
		n++
		l = strings.TrimRight(l, "\r\n")
		if len(l) > 0 && (l[0] == ' ' || l[0] == '\t') && len(out) > 0 {
			out[len(out)-1].text += l[1:]
		} else if strings.TrimSpace(l) != "" {
			out = append(out, numbered{l, n})
		}
	}
	return out
}

// contentLine reads NAME;PARAM=VALUE:VALUE.
func contentLine(l numbered) (property, error) {
	head, value, quoted := l.text, "", false
	split := -1
	for i := range len(head) {
		if head[i] == '"' {
			quoted = !quoted
		} else if head[i] == ':' && !quoted {
			split = i
			break
		}
	}
	if split < 1 {
		return property{}, icsError(l.number, "a name, a colon and a value belong here.")
	}
	head, value = head[:split], head[split+1:]
	name, rest, _ := strings.Cut(head, ";")
	p := property{Prop: ical.Prop{Name: strings.ToUpper(name), Params: ical.Params{}, Value: value}, line: l.number}
	for _, param := range strings.Split(rest, ";") {
		if k, v, ok := strings.Cut(param, "="); ok {
			p.Params.Set(strings.ToUpper(k), strings.Trim(v, `"`))
		}
	}
	return p, nil
}

// expansion gathers days.
type expansion struct {
	from, to time.Time
	began    time.Time
	moved    map[string][]string // UID → wall times of instances that were moved or changed
	days     []Day
	seen     map[Day]bool
}

func movedInstances(events []vevent) map[string][]string {
	out := map[string][]string{}
	for _, e := range events {
		uid, _ := e.get("UID")
		if r, ok := e.get("RECURRENCE-ID"); ok {
			out[uid.Value] = append(out[uid.Value], r.Value)
		}
	}
	return out
}

func (x *expansion) event(e vevent) error {
	if clock.Since(x.began) > longestParse {
		return icsError(e.line, "the rules of this calendar take too long to work out. Export plain dates instead.")
	}
	if st, ok := e.get("STATUS"); ok && strings.EqualFold(st.Value, "CANCELLED") {
		return nil
	}
	start, ok := e.get("DTSTART")
	if !ok {
		return icsError(e.line, "this event has no DTSTART.")
	}
	from, whole, err := wall(start)
	if err != nil {
		return err
	}
	length, err := lengthOf(e, from, whole)
	if err != nil {
		return err
	}
	name := "Holiday"
	if p, ok := e.get("SUMMARY"); ok {
		if t, err := p.Text(); err == nil && CleanName(t) != "" {
			name = cut(CleanName(t), 120)
		}
	}
	starts, err := x.starts(e, from)
	if err != nil {
		return err
	}
	for _, at := range starts {
		if err := x.add(e.line, name, at, at.Add(length), whole); err != nil {
			return err
		}
	}
	return nil
}

// wall reads a date or a local time as if the clock on the wall were UTC: a
// holiday is the same date and clock time for everybody who has it.
func wall(p property) (t time.Time, whole bool, err error) {
	v := strings.TrimSuffix(strings.TrimSpace(p.Value), "Z")
	if t, err = time.Parse("20060102", v); err == nil {
		whole = true
	} else if t, err = time.Parse("20060102T150405", v); err != nil {
		return t, false, icsError(p.line, "%s is neither a date (20261225) nor a local time (20261224T120000).", p.Name)
	}
	if t.Year() < 1700 || t.Year() > 2200 {
		return t, false, icsError(p.line, "%s is too far away.", p.Name)
	}
	return t, whole, nil
}

// lengthOf is how long an event lasts on the wall's clock.
func lengthOf(e vevent, from time.Time, whole bool) (time.Duration, error) {
	usual := time.Duration(0)
	if whole {
		usual = 24 * time.Hour
	}
	length := usual
	if p, ok := e.get("DTEND"); ok {
		to, wholeEnd, err := wall(p)
		if err != nil {
			return 0, err
		}
		if wholeEnd != whole {
			return 0, icsError(p.line, "DTSTART and DTEND are not of the same kind.")
		}
		length = to.Sub(from)
	} else if p, ok := e.get("DURATION"); ok {
		var err error
		if length, err = p.Duration(); err != nil {
			return 0, icsError(p.line, "DURATION cannot be read; write it as P1D or PT4H.")
		}
	}
	if length < 0 {
		return 0, icsError(e.line, "this event ends before it begins.")
	}
	if length == 0 {
		length = usual // some programs write an end that equals the start
	}
	return length, nil
}

// starts lists when an event begins, in the window.
func (x *expansion) starts(e vevent, from time.Time) ([]time.Time, error) {
	rule, ok := e.get("RRULE")
	out := []time.Time{from}
	if ok {
		opt, err := rrule.StrToROption(rule.Value)
		if err != nil {
			return nil, icsError(rule.line, "RRULE cannot be read.")
		}
		if opt.Freq > rrule.DAILY {
			return nil, icsError(rule.line, "a holiday repeats yearly, monthly, weekly or daily, not more often.")
		}
		opt.Dtstart = from
		r, err := rrule.NewRRule(*opt)
		if err != nil {
			return nil, icsError(rule.line, "RRULE cannot be read.")
		}
		out = r.Between(x.from, x.to, true)
	}
	for _, p := range e.props["RDATE"] {
		for _, v := range strings.Split(p.Value, ",") {
			p.Value = v
			at, _, err := wall(p)
			if err != nil {
				return nil, err
			}
			out = append(out, at)
		}
	}
	return x.without(e, out)
}

// without takes out the instances that are excepted or written out singly.
func (x *expansion) without(e vevent, list []time.Time) ([]time.Time, error) {
	out := map[time.Time]bool{}
	drop := func(p property) error {
		for _, v := range strings.Split(p.Value, ",") {
			p.Value = v
			at, _, err := wall(p)
			if err != nil {
				return err
			}
			out[at] = true
		}
		return nil
	}
	for _, p := range e.props["EXDATE"] {
		if err := drop(p); err != nil {
			return nil, err
		}
	}
	if _, single := e.get("RECURRENCE-ID"); !single {
		uid, _ := e.get("UID")
		for _, v := range x.moved[uid.Value] {
			if err := drop(property{Prop: ical.Prop{Name: "RECURRENCE-ID", Value: v}, line: e.line}); err != nil {
				return nil, err
			}
		}
	}
	return slices.DeleteFunc(list, func(t time.Time) bool { return out[t] }), nil
}

// add enters the days from one wall time to another.
func (x *expansion) add(line int, name string, from, to time.Time, whole bool) error {
	if from.Before(x.from) && x.from.Sub(from) > 24*time.Hour {
		if to.Before(x.from) {
			return nil
		}
		from = x.from.Truncate(24 * time.Hour)
	}
	for day := from.Truncate(24 * time.Hour); day.Before(to) && day.Before(x.to); day = day.AddDate(0, 0, 1) {
		d := Day{Date: day.Format(time.DateOnly), Name: name}
		next := day.AddDate(0, 0, 1)
		if !whole && (from.After(day) || to.Before(next)) {
			d.From, d.To = "00:00", "24:00"
			if from.After(day) {
				d.From = from.Format("15:04")
			}
			if to.Before(next) {
				d.To = to.Format("15:04")
			}
			if d.From == d.To {
				continue
			}
		}
		if x.seen[d] {
			continue
		}
		x.seen[d] = true
		if x.days = append(x.days, d); len(x.days) > mostDays {
			return icsError(line, "there are more than %d days in this calendar. Export only the holidays.", mostDays)
		}
	}
	return nil
}
