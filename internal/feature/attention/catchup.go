package attention

import (
	"context"
	"fmt"
	"slices"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// The sections of a catch-up, in their order.
const (
	SectionMatters  = "matters"  // what waits for the reader, by their own due
	SectionDecided  = "decided"  // threads concluded, asks settled, what has come to its end
	SectionAnswered = "answered" // what others answered, so that the reader need not
	SectionRest     = "rest"     // everything else, folded away
)

// SectionWords are the sections in words.
var SectionWords = map[string]string{
	SectionMatters: "What still matters", SectionDecided: "Decided meanwhile", SectionAnswered: "Answered by others", SectionRest: "Everything else",
}

// Caught is what happened while somebody was away, in lines for them.
type Caught struct {
	Absence  id.ID // the last of those that it is about; zero when there was none
	From, To clock.Instant
	Matters  []Line
	Waiting  int // all that waits for the reader, up to 500: more than Matters when that is long
	Decided  []Line
	Answered []Line
	Rest     []Line
}

func (c Caught) size() int { return len(c.Matters) + len(c.Decided) + len(c.Answered) + len(c.Rest) }

// The most that each part of a catch-up looks at.
const (
	mostMatters = 50
	mostEnded   = 100
	mostCaught  = 2000 // deliveries
)

// CatchUp is what happened during an absence of the actor's own, or without one
// during the last that has begun: until its end, or rather the check time at which
// they were back. Without any it is empty.
func (s *Service) CatchUp(ctx context.Context, a actor.Actor, absence id.ID) (c Caught, err error) {
	err = s.db.Snapshot(ctx, func(ctx context.Context, q db.Queryer) error {
		x, ok, err := s.absenceFor(ctx, q, a, absence)
		if err != nil || !ok {
			return err
		}
		h, err := s.people.Hours(ctx, q, a.Workspace, a.Person)
		if err != nil {
			return err
		}
		until := s.now()
		if back := instant(h, x.To, "routine", false); x.To < until && back != 0 && back < until {
			until = back
		}
		c, err = s.caught(ctx, q, a, x.From, until, nil)
		c.Absence, c.To = x.ID, min(x.To, until)
		return err
	})
	return c, err
}

// absenceFor is the absence named, or the last that has begun and was long enough.
func (s *Service) absenceFor(ctx context.Context, q db.Queryer, a actor.Actor, absence id.ID) (people.Absence, bool, error) {
	if !absence.IsZero() {
		x, err := s.people.AbsenceOf(ctx, q, a.Workspace, a.Person, absence)
		if err == nil && x.From > s.now() {
			err = fault.New(fault.Conflict, "not_begun", "This absence has not begun yet. Look again when you are back.")
		}
		return x, err == nil, err
	}
	list, err := s.people.Absences(ctx, q, a.Workspace, a.Person)
	for _, x := range slices.Backward(list) {
		if x.From <= s.now() && x.To.Sub(x.From) >= leastAbsence {
			return x, true, err
		}
	}
	return people.Absence{}, false, err
}

// caught gathers what came to somebody in [from, to); told says what reached them since
// they are back, and waits for them without being said again.
func (s *Service) caught(ctx context.Context, q db.Queryer, a actor.Actor, from, to clock.Instant, told func(delivery) bool) (Caught, error) {
	c := Caught{From: from, To: to}
	owing, err := s.asks.Owe(ctx, q, a, a.Person, asks.Cursor{}, mostMatters)
	if err != nil {
		return c, err
	}
	if c.Waiting, _, err = s.asks.CountOwe(ctx, q, a.Workspace, a.Person, 0, mostCounted); err != nil {
		return c, err
	}
	ended, err := s.asks.Ended(ctx, q, a, from, to, mostEnded)
	if err != nil {
		return c, err
	}
	rows, err := deliveredFor(ctx, q, a.Workspace, a.Person, from, to, mostCaught)
	if err != nil {
		return c, err
	}
	v, err := s.lookAtAll(ctx, q, a, owing, ended, rows)
	if err != nil {
		return c, err
	}
	said := map[id.ID]bool{}
	for _, r := range rows {
		said[r.AskID] = said[r.AskID] || told != nil && r.Kind == Asked && told(r)
	}
	for _, o := range owing {
		if said[o.Ask.ID] {
			c.Waiting--
			continue
		}
		if t, ok := v.threads[o.Ask.ThreadID]; ok && !o.Gone {
			c.Matters = append(c.Matters, v.matter(&o.Ask, o.Mine, t))
		}
	}
	c.Decided, c.Answered, c.Rest = v.sorted(rows, ended)
	return c, nil
}

// lookAtAll reads everything that a catch-up shows, at once.
func (s *Service) lookAtAll(ctx context.Context, q db.Queryer, a actor.Actor, owing []asks.Owing, ended []asks.Ask, rows []delivery) (seen, error) {
	var w wanted
	for _, o := range owing {
		if !o.Gone {
			w.asks = append(w.asks, o.Ask.ID)
		}
	}
	for _, x := range ended {
		w.asks = append(w.asks, x.ID)
	}
	return s.lookFor(ctx, q, a, rows, w)
}

// matter is an ask that waits for the reader.
func (v seen) matter(a *asks.Ask, mine asks.Owed, t spaces.Thread) Line {
	l := Line{Kind: Asked, Section: SectionMatters, Path: a.Path(), Due: mine.OwnBy(v.hours, v.now), Who: v.who[a.AskerID], Thread: t.ID, Subject: t.Title}
	l.Title, l.Excerpt = v.aboutAsk(Asked, a, a.AskerID, t)
	l.Ask, l.Ref, l.Said = a.ID, event.Ref{Kind: "ask", ID: a.ID}, v.saidOfAsk(Asked, a, a.AskerID)
	return l
}

// sorted puts what came into the sections of a catch-up. An ask stands in one place:
// that it is settled says more than who answered.
func (v seen) sorted(rows []delivery, ended []asks.Ask) (decided, answered, rest []Line) {
	settled := map[id.ID]bool{}
	for _, r := range rows {
		settled[r.AskID] = settled[r.AskID] || r.Kind == Settled || r.Kind == Lapsed
	}
	over := v.over(rows)
	for i := range ended {
		if l, ok := v.ended(&ended[i]); ok && !over[ended[i].ThreadID] && !over[ended[i].ID] {
			answered = append(answered, l)
		}
	}
	var told noticed
	for _, part := range lines(rows) {
		l, ok := v.line(part)
		if !ok || l.Kind.owes() || l.Kind.ofAbsence() || l.Kind == Concluded && over[l.Thread] || !l.Ask.IsZero() && over[l.Ask] || told.before(l, &rest) {
			continue
		}
		switch ask := part[0].AskID; {
		case l.Kind == Concluded, l.Kind == Settled, l.Kind == Lapsed, l.Ended:
			l.Section = SectionDecided
			decided = append(decided, l)
		case !ask.IsZero() && settled[ask]:
		case l.Kind == Answered, l.Kind == Declined:
			l.Section = SectionAnswered
			answered = append(answered, l)
		default:
			l.Section = SectionRest
			rest = append(rest, l)
		}
	}
	slices.SortStableFunc(rest, func(a, b Line) int { return foldedOrder(a.Kind) - foldedOrder(b.Kind) })
	return decided, answered, rest
}

// over are the threads of things that are told to have come to their end, or the asks of
// those that are but one ask in a thread: that says more than that the thread was concluded,
// or that the ask is settled.
func (v seen) over(rows []delivery) map[id.ID]bool {
	out := map[id.ID]bool{}
	for _, r := range rows {
		switch t, ok := v.things[r.ID]; {
		case !ok || !t.Ended:
		case !t.Ask.IsZero():
			out[t.Ask] = true
		case !t.Thread.IsZero():
			out[t.Thread] = true
		}
	}
	return out
}

// noticed is which things a catch-up tells of already, and where those stand of which
// there are many.
type noticed struct {
	things map[event.Ref]bool
	series map[string]*series
}

// series is a line that stands for many.
type series struct{ at, n int }

// before says that a notice is told already: its thing as it is now, or with others of
// its series, which become a count.
func (d *noticed) before(l Line, rest *[]Line) bool {
	if l.Kind != Notice {
		return false
	}
	if d.things == nil {
		d.things, d.series = map[event.Ref]bool{}, map[string]*series{}
	}
	if d.things[l.Ref] {
		return true
	}
	d.things[l.Ref] = true
	if l.Series == "" || l.Ended {
		return false
	}
	s := d.series[l.Series]
	if s == nil {
		d.series[l.Series] = &series{len(*rest), 1}
		return false
	}
	s.n++
	(*rest)[s.at] = Line{Kind: Notice, Section: SectionRest, Title: fmt.Sprintf("%d %s", s.n, l.Series), Path: l.Whole, Series: l.Series, Whole: l.Whole}
	return true
}

// foldedOrder puts what names the reader before the other news.
func foldedOrder(k Kind) int {
	switch k {
	case Mention:
		return 0
	case Info:
		return 2
	}
	return 1
}

// ended is an ask that the reader need not answer any more.
func (v seen) ended(a *asks.Ask) (Line, bool) {
	t, ok := v.threads[a.ThreadID]
	if !ok {
		return Line{}, false
	}
	l := Line{Kind: Answered, Section: SectionAnswered, Path: a.Path(), Who: v.who[a.AskerID], Thread: t.ID, Subject: t.Title, Ref: event.Ref{Kind: "thread", ID: t.ID}}
	l.Title = l.Who.Name + " needs no answer of yours any more: " + subject(a, t)
	for _, o := range a.Owed {
		if o.State == asks.Answered {
			l.Who, l.Excerpt, l.Said = v.who[o.PersonID], v.answer(o), v.saidIn(o.AnswerPost, "")
			l.Title = l.Who.Name + " answered instead of you: " + subject(a, t)
			break
		}
	}
	return l, true
}

// fold is a catch-up as one list: the rest is one line that leads to it.
func (c Caught) fold() []Line {
	out := slices.Concat(c.Matters, c.Decided, c.Answered)
	if more := c.Waiting - len(c.Matters); more > 0 {
		out = slices.Insert(out, len(c.Matters), Line{Kind: CatchUp, Section: SectionMatters, Title: count(more, "more thing waits", "more things wait") + " for you", Path: "/inbox"})
	}
	if n := len(c.Rest); n > 0 {
		out = append(out, Line{Kind: CatchUp, Section: SectionRest, Title: count(n, "other line is", "other lines are") + " folded away", Path: CatchUpPath})
	}
	return out
}

// CatchUpPath is where the last catch-up is read.
const CatchUpPath = "/while-away"
