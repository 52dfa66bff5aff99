package checkins

import (
	"context"
	"slices"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Report is what one reader is told on a morning of theirs: the answers that stood in
// none of their reports before, late ones too.
type Report struct {
	WorkspaceID id.ID
	ID          id.ID
	Checkin     id.ID  `db:"checkin_id"`
	Person      id.ID  `db:"person_id"`
	Date        string // the reader's own
	Answered    int64  // people
	Asked       int64  // people; 0 when they are fewer than five
	MadeAt      clock.Instant

	Turns []Turn `db:"-"` // in the order in which they were published
}

const (
	mostLines  = 1000
	reportsOld = 30 * 24 * time.Hour
	// fewest people of whom a figure is shown.
	fewest = 5
)

// reportTx makes the report of a reader at the start of their day; when others said
// nothing new there is none.
func (s *Service) reportTx(ctx context.Context, tx *db.Tx, c Checkin, d due) error {
	p, ok, err := partOf(ctx, tx, tx.Workspace, c.ID, d.Ref)
	if err != nil {
		return err
	}
	if !ok || !p.Reads {
		return putDue(ctx, tx, dueReport, c.ID, d.Ref, 0)
	}
	hours, err := s.people.HoursOf(ctx, tx, tx.Workspace, []id.ID{p.Person})
	if err != nil {
		return err
	}
	h := hours[p.Person]
	if err := putDue(ctx, tx, dueReport, c.ID, p.Person, c.morning(p, h, tx.Now)); err != nil || h == nil || !h.Working(tx.Now.Time()) {
		return err
	}
	known, err := s.people.ByIDs(ctx, tx, tx.Workspace, []id.ID{p.Person})
	if err != nil {
		return err
	}
	who := known[p.Person]
	if !who.Active(tx.Now) {
		return nil
	}
	if err := s.spaces.MayRead(ctx, tx, who.Actor(), c.Space); err != nil {
		if fault.IsKind(err, fault.NotFound) {
			return nil
		}
		return err
	}
	r := Report{ID: id.New(tx.Now), Checkin: c.ID, Person: p.Person, Date: h.LocalDate(tx.Now.Time()).String(), MadeAt: tx.Now}
	if r.Turns, err = s.newFor(ctx, tx, who.Actor(), c, p); err != nil {
		return err
	}
	return s.deliverTx(ctx, tx, c, r)
}

// newFor lists the answers that are new to a reader, and that they may read now.
func (s *Service) newFor(ctx context.Context, q db.Queryer, a actor.Actor, c Checkin, p Person) ([]Turn, error) {
	since := max(s.now().Add(-reportsOld), p.SinceAt.Add(-24*time.Hour))
	list, err := newAnswers(ctx, q, a.Workspace, c.ID, a.Person, since, mostLines)
	if err != nil {
		return nil, err
	}
	return s.readable(ctx, q, a, c, list)
}

func (s *Service) deliverTx(ctx context.Context, tx *db.Tx, c Checkin, r Report) (err error) {
	var all, others []id.ID
	for _, t := range r.Turns {
		all = append(all, t.ID)
		if t.Person != r.Person {
			others = append(others, t.ID)
		}
	}
	if len(others) == 0 {
		return nil
	}
	if r.Answered, r.Asked, err = countOf(ctx, tx, c, r.Turns, tx.Now); err != nil {
		return err
	}
	event.Append(tx, event.New{Kind: EventReported, Subject: event.Ref{Kind: "checkin_report", ID: r.ID}, Concerns: []id.ID{r.Person}, Data: Told{Checkin: c.ID}})
	if err := setDelivered(ctx, tx, others); err != nil {
		return err
	}
	return insertReport(ctx, tx, r, all)
}

// countOf says how many people answered, and of how many, if they are enough to be a
// figure: those who were asked for the same dates and whose day is over, or who answered.
func countOf(ctx context.Context, q db.Queryer, c Checkin, list []Turn, now clock.Instant) (answered, asked int64, err error) {
	if len(list) == 0 {
		return 0, 0, nil
	}
	var who []id.ID
	first, last := list[0].Date, list[0].Date
	for _, t := range list {
		who, first, last = append(who, t.Person), min(first, t.Date), max(last, t.Date)
	}
	who = unique(who)
	answered = int64(len(who))
	all, err := turnsBetween(ctx, q, c.WorkspaceID, c.ID, first, last)
	for _, t := range all {
		if t.State == Answered || t.State == Over && t.DueAt <= now {
			who = append(who, t.Person)
		}
	}
	if n := int64(len(unique(who))); n >= fewest {
		asked = n
	}
	return answered, asked, err
}

// Report reads a report of the actor's own.
func (s *Service) Report(ctx context.Context, q db.Queryer, a actor.Actor, x id.ID) (Checkin, Report, error) {
	r, ok, err := loadReport(ctx, q, a.Workspace, x)
	if err == nil && (!ok || r.Person != a.Person) {
		err = fault.Missing("report")
	}
	if err != nil {
		return Checkin{}, r, err
	}
	c, err := s.find(ctx, q, a, r.Checkin)
	if err != nil {
		return c, r, err
	}
	lines, err := linesOf(ctx, q, a.Workspace, r.ID)
	if err != nil {
		return c, r, err
	}
	r.Turns, err = turnsByID(ctx, q, a.Workspace, lines)
	return c, r, err
}

// Latest is what would stand in the actor's next report, were it made now.
func (s *Service) Latest(ctx context.Context, q db.Queryer, a actor.Actor, checkin id.ID) (c Checkin, r Report, err error) {
	if c, err = s.find(ctx, q, a, checkin); err != nil {
		return c, r, err
	}
	p, ok, err := partOf(ctx, q, a.Workspace, c.ID, a.Person)
	if err != nil {
		return c, r, err
	}
	if !ok {
		p = Person{SinceAt: s.now().Add(-7 * 24 * time.Hour)}
	}
	h, err := s.people.Hours(ctx, q, a.Workspace, a.Person)
	if err != nil {
		return c, r, err
	}
	r = Report{Checkin: c.ID, Person: a.Person, Date: h.LocalDate(s.now().Time()).String(), MadeAt: s.now()}
	if r.Turns, err = s.newFor(ctx, q, a, c, p); err != nil {
		return c, r, err
	}
	r.Answered, r.Asked, err = countOf(ctx, q, c, r.Turns, s.now())
	return c, r, err
}

// Reports pages through the reports that the actor got of a check-in, newest first.
func (s *Service) Reports(ctx context.Context, q db.Queryer, a actor.Actor, checkin, before id.ID, limit int) ([]Report, error) {
	if _, err := s.find(ctx, q, a, checkin); err != nil {
		return nil, err
	}
	return reportsOf(ctx, q, a.Workspace, checkin, a.Person, before, limit)
}

// MyReports pages through the reports that the actor got of any check-in in the last week,
// newest first, with the check-ins of those that they may read still.
func (s *Service) MyReports(ctx context.Context, q db.Queryer, a actor.Actor, before id.ID, limit int) ([]Report, map[id.ID]Checkin, error) {
	list, err := reportsSince(ctx, q, a.Workspace, a.Person, before, s.now().Add(-7*24*time.Hour), limit)
	if err != nil || len(list) == 0 {
		return nil, nil, err
	}
	var ids []id.ID
	for _, r := range list {
		ids = append(ids, r.Checkin)
	}
	known, err := checkinsByID(ctx, q, a.Workspace, unique(ids))
	if err != nil {
		return nil, nil, err
	}
	reads, err := s.spaces.Readable(ctx, q, a)
	for x, c := range known {
		if !slices.Contains(reads, c.Space) {
			delete(known, x)
		}
	}
	return list, known, err
}

// Answers pages through the published answers that the actor may read, newest first; of
// one person when that is given. more says that there are older ones.
func (s *Service) Answers(ctx context.Context, q db.Queryer, a actor.Actor, checkin, person id.ID, at clock.Instant, turn id.ID, limit int) (out []Turn, last Turn, more bool, err error) {
	c, err := s.find(ctx, q, a, checkin)
	if err != nil {
		return nil, last, false, err
	}
	var list []Turn
	if person.IsZero() {
		list, err = answersBefore(ctx, q, a.Workspace, c.ID, at, turn, limit+1)
	} else {
		list, err = answersOf(ctx, q, a.Workspace, c.ID, person, at, turn, limit+1)
	}
	if err != nil || len(list) == 0 {
		return []Turn{}, last, false, err
	}
	more = len(list) > limit
	list = list[:min(limit, len(list))]
	last = list[len(list)-1]
	out, err = s.readable(ctx, q, a, c, list)
	return out, last, more, err
}

// Follow has the reports of a check-in made for the actor, or no more.
func (s *Service) Follow(ctx context.Context, a actor.Actor, checkin id.ID, on bool) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("whose reports are made may be as it was")
		c, err := s.find(ctx, tx, a, checkin)
		if err != nil {
			return err
		}
		p, ok, err := partOf(ctx, tx, tx.Workspace, c.ID, a.Person)
		if err != nil || ok && p.Reads == on || !ok && !on {
			return err
		}
		event.Append(tx, c.told(EventChanged, a.Person, c.ref(), a.Person))
		if ok && !on && !p.Asked {
			if err := putDue(ctx, tx, dueReport, c.ID, a.Person, 0); err != nil {
				return err
			}
			return deletePerson(ctx, tx, c.ID, a.Person)
		}
		if !ok {
			p = Person{Checkin: c.ID, Person: a.Person, SinceAt: tx.Now}
		}
		p.Reads = on
		h, err := s.people.Hours(ctx, tx, tx.Workspace, a.Person)
		if err != nil {
			return err
		}
		return s.planTx(ctx, tx, c, p, h)
	})
}

// byPerson puts the answers of each person together, the newest of each first, in the
// order of names that the caller gives.
func byPerson(list []Turn) map[id.ID][]Turn {
	out := map[id.ID][]Turn{}
	for _, t := range slices.Backward(list) {
		out[t.Person] = append(out[t.Person], t)
	}
	return out
}
