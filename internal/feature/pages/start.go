package pages

import (
	"context"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// StartTx begins to page for an urgent ask, in the transaction that makes it: those it
// asks who are reached at once count as the first step, beside whoever is on duty.
func (s *Service) StartTx(ctx context.Context, tx *db.Tx, ask asks.Ask, space id.ID, second string) error {
	path, err := s.path(ctx, tx, tx.Workspace, space)
	if err != nil {
		return err
	}
	budget, err := s.budget(ctx, tx, house(tx.Workspace), path)
	if err != nil {
		return err
	}
	n, err := countMonth(ctx, tx, tx.Workspace, space, month(tx.Now))
	if err != nil {
		return err
	}
	p := &Page{
		WorkspaceID: tx.Workspace, ID: id.New(tx.Now), Space: space, Thread: ask.ThreadID, Ask: ask.ID, Asker: ask.AskerID,
		Reason: ask.Reason, Otherwise: ask.Otherwise, SecondReason: second, Month: month(tx.Now), Nth: n + 1, Budget: budget.N,
		Steps: path.Steps, State: walking, Step: -1, CreatedAt: tx.Now,
	}
	if p.Over() && second == "" {
		return fault.Newf(fault.Invalid, "over_budget",
			"This space has had %d urgent pages this month, and %s %d. It can still page: say in a second reason why this cannot wait for somebody's hours.", n, budget.who(), budget.N).At("second_reason")
	}
	if !p.Over() {
		p.SecondReason = ""
	}
	if err := insertPage(ctx, tx, p); err != nil {
		return err
	}
	if p.Over() {
		if err := s.reportWeek(ctx, tx, p); err != nil {
			return err
		}
	}
	any, err := s.asked(ctx, tx, p, ask)
	if err != nil {
		return err
	}
	return s.advance(ctx, tx, p, any)
}

// asked writes down whom the ask itself reaches at once, and says whether there is any.
func (s *Service) asked(ctx context.Context, tx *db.Tx, p *Page, ask asks.Ask) (any bool, err error) {
	var persons []id.ID
	for _, o := range ask.Owed {
		persons = append(persons, o.PersonID)
	}
	hours, err := s.people.HoursOf(ctx, tx, tx.Workspace, persons)
	if err != nil {
		return false, err
	}
	for _, o := range ask.Owed {
		c := Call{Step: 0, Person: o.PersonID, At: tx.Now, Outcome: skipped, Why: "is reached in their own hours"}
		if o.Reach == tx.Now {
			any = true
			c.Outcome, c.Why, c.Woken = paged, "", !hours[o.PersonID].Working(tx.Now.Time())
		}
		if err := s.call(ctx, tx, p, c); err != nil {
			return false, err
		}
	}
	return any, nil
}

// call writes down one call.
func (s *Service) call(ctx context.Context, tx *db.Tx, p *Page, c Call) error {
	c.PageID, c.N = p.ID, int64(len(p.Calls)+1)
	p.Calls = append(p.Calls, c)
	return insertCall(ctx, tx, c)
}

// Foresee says whom an urgent ask to some people would page now, step by step.
func (s *Service) Foresee(ctx context.Context, q db.Queryer, a actor.Actor, space id.ID, to []asks.Outlook) (*asks.PageOutlook, error) {
	now := s.now()
	path, err := s.path(ctx, q, a.Workspace, space)
	if err != nil {
		return nil, err
	}
	used, err := countMonth(ctx, q, a.Workspace, space, month(now))
	if err != nil {
		return nil, err
	}
	budget, err := s.budget(ctx, q, a, path)
	if err != nil {
		return nil, err
	}
	out := &asks.PageOutlook{Used: int(used), Budget: int(budget.N), AgreedBy: budget.Team, Rule: budget.Rule}
	seen := map[id.ID]bool{}
	first := asks.PageStep{Name: "Whom you ask"}
	for _, o := range to {
		seen[o.Person] = true
		c := asks.PageCall{Person: o.Person, Local: clockFace(o.Schedule, now), Why: "is reached in their own hours"}
		if o.Reach == now {
			c.Reached, c.Woken, c.Why = true, !o.Schedule.Working(now.Time()), ""
		}
		first.People = append(first.People, c)
	}
	out.Steps = append(out.Steps, first)
	for i, st := range path.Steps.V {
		calls, err := s.whom(ctx, q, a.Workspace, space, a.Person, st, now, seen)
		if err != nil {
			return nil, err
		}
		one, err := s.foreseen(ctx, q, a.Workspace, st, calls, now)
		if err != nil {
			return nil, err
		}
		if one.Minutes = st.Minutes; i == len(path.Steps.V)-1 {
			one.Minutes = 0
		}
		out.Steps = append(out.Steps, one)
	}
	return out, nil
}

func (s *Service) foreseen(ctx context.Context, q db.Queryer, ws id.ID, st Step, calls []Call, now clock.Instant) (out asks.PageStep, err error) {
	if out.Name, err = s.stepName(ctx, q, ws, st); err != nil {
		return out, err
	}
	var persons []id.ID
	for _, c := range calls {
		persons = append(persons, c.Person)
	}
	hours, err := s.people.HoursOf(ctx, q, ws, persons)
	if err != nil {
		return out, err
	}
	for _, c := range calls {
		if c.Person.IsZero() {
			out.Name += ": " + c.Why
			continue
		}
		out.People = append(out.People, asks.PageCall{Person: c.Person, Reached: c.Outcome == paged, Woken: c.Woken, Why: c.Why, Local: clockFace(hours[c.Person], now)})
	}
	return out, nil
}

// clockFace is the time on somebody's own clock.
func clockFace(h *worktime.Schedule, at clock.Instant) string {
	if h == nil {
		return ""
	}
	return at.Time().In(h.Zone(at.Time())).Format("Mon 15:04")
}
