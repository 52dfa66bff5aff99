package ics

import "strings"

// Parse reads a calendar. What cannot be read in it is left out and told under
// Problems; only a text that is too large, or is no calendar at all, is an error.
// Names of zones that are not known mean the calendar's own zone, or the reader's.
func Parse(text string) (*Calendar, error) {
	if len(text) > MaxBytes {
		return nil, ErrTooLarge
	}
	p := parser{c: &Calendar{zones: map[string]*Zone{}}, steps: &budget{maxSteps}}
	p.zonesFirst(text)
	lines(text, p.line, p.bad)
	if !p.began {
		return nil, ErrNoCalendar
	}
	if p.event != nil {
		p.bad(Problem{Line: p.event.Line, Why: "this event has no END:VEVENT; the file seems to be cut off."})
	}
	return p.c, nil
}

// parser walks the lines once for zones and once for everything else, since a zone
// may be told of after it is used.
type parser struct {
	c      *Calendar
	stack  []string
	began  bool
	event  *Event
	broken string // why the event at hand is left out
	at     int    // the line of that
	dates  int
	steps  *budget
	busy   bool // within VFREEBUSY
}

func (p *parser) bad(x Problem) {
	if len(p.c.Problems) < maxProblems {
		p.c.Problems = append(p.c.Problems, x)
	}
}

// line takes one content line; it says false when no more is wanted.
func (p *parser) line(l line) bool {
	what := strings.ToUpper(strings.TrimSpace(l.value))
	switch l.name {
	case "BEGIN":
		return p.begin(l, what)
	case "END":
		p.end(what)
		return true
	}
	switch {
	case !p.began:
		return false
	case p.event != nil && len(p.stack) > 0 && p.stack[len(p.stack)-1] == "VEVENT":
		p.property(l)
	case p.busy && l.name == "FREEBUSY":
		p.freeBusy(l)
	case len(p.stack) == 1:
		p.heading(l)
	}
	return true
}

func (p *parser) begin(l line, what string) bool {
	if !p.began && what != "VCALENDAR" {
		return false
	}
	p.began = true
	if len(p.stack) >= maxDepth {
		p.bad(Problem{Line: l.number, Why: "there is too much inside each other here."})
		return false
	}
	if what == "VEVENT" && p.event != nil { // the one before was never ended
		p.bad(Problem{Line: p.event.Line, Why: "this event has no END:VEVENT."})
		p.unwind("VEVENT")
		p.event = nil
	}
	p.stack = append(p.stack, what)
	switch what {
	case "VEVENT":
		if len(p.c.Events) >= MaxEvents {
			p.bad(Problem{Line: l.number, Why: "there are more events than are read."})
			return false
		}
		p.event, p.broken = &Event{Line: l.number}, ""
	case "VFREEBUSY":
		p.busy = true
	}
	return true
}

// unwind takes components off the stack down to one of a name, if it is there.
func (p *parser) unwind(name string) bool {
	for i := len(p.stack) - 1; i >= 0; i-- {
		if p.stack[i] == name {
			p.stack = p.stack[:i]
			return true
		}
	}
	return false
}

func (p *parser) end(what string) {
	if !p.unwind(what) {
		return
	}
	switch {
	case what == "VFREEBUSY":
		p.busy = false
	case what == "VEVENT" && p.event != nil:
		e := p.event
		p.event = nil
		if p.broken == "" && e.Start.Wall.IsZero() {
			p.broken, p.at = "this event has no DTSTART.", e.Line
		}
		if p.broken == "" {
			p.check(e)
		}
		if p.broken != "" {
			p.bad(Problem{Line: p.at, Why: p.broken})
			return
		}
		p.c.Events = append(p.c.Events, e)
	}
}

// check looks at what only the whole event shows.
func (p *parser) check(e *Event) {
	switch {
	case e.end != nil && e.end.Date != e.Start.Date:
		p.broken, p.at = "DTSTART and DTEND are not of the same kind.", max(e.Line, e.endAt)
	case e.end != nil && e.end.Zone == e.Start.Zone && e.end.Wall.Before(e.Start.Wall):
		p.broken, p.at = "this event ends before it begins.", e.Line
	case e.span != nil && (e.span.days < 0 || e.span.time < 0):
		p.broken, p.at = "this event ends before it begins.", e.Line
	case e.which != nil:
		e.rules, e.plus, e.not = nil, nil, nil // an instance has none of its own
	}
}

func (p *parser) heading(l line) {
	switch l.name {
	case "X-WR-CALNAME", "NAME":
		if p.c.Name == "" {
			p.c.Name = strings.TrimSpace(unescape(l.value))
		}
	}
}

// fail leaves the event at hand out.
func (p *parser) fail(l line, why string) {
	if p.broken == "" {
		p.broken, p.at = why, l.number
	}
}
