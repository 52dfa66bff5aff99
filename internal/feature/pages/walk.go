package pages

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
)

// kindStep is the job that takes the next step of a page.
const kindStep = "pages.step"

type stepJob struct {
	Page id.ID `json:"page"`
	Step int64 `json:"step"` // the step that ran out
}

// patient is how often the step of a page is tried: it must not be lost.
const patient = 100

// whom says who a step calls now, and who not and why. Those in seen were called
// before; whom it calls is added to them.
func (s *Service) whom(ctx context.Context, q db.Queryer, ws, space, asker id.ID, st Step, now clock.Instant, seen map[id.ID]bool) (out []Call, err error) {
	persons := slices.Clone(st.People)
	if !st.Duty.IsZero() {
		on, err := s.duty(ctx, q, ws, st.Duty, st.Layer, now)
		if err != nil {
			return nil, err
		}
		if on.IsZero() {
			out = append(out, Call{At: now, Outcome: skipped, Why: "nobody is on duty now"})
		} else {
			persons = append([]id.ID{on}, persons...)
		}
	}
	if persons, err = s.people.Expand(ctx, q, ws, persons, st.Teams); err != nil {
		return nil, err
	}
	reads, err := s.spaces.Readers(ctx, q, ws, space)
	if err != nil {
		return nil, err
	}
	known, err := s.people.ByIDs(ctx, q, ws, persons)
	if err != nil {
		return nil, err
	}
	hours, err := s.people.HoursOf(ctx, q, ws, persons)
	if err != nil {
		return nil, err
	}
	agreed, err := s.agrees(ctx, q, ws, persons)
	if err != nil {
		return nil, err
	}
	for _, p := range persons {
		if seen[p] || hours[p] == nil {
			continue
		}
		seen[p] = true
		c := Call{Person: p, At: now, Outcome: skipped}
		switch ok, woken, why := Reachable(hours[p], now, agreed[p]); {
		case p == asker:
			c.Why = "asks this themselves"
		case !reads(known[p]):
			c.Why = "may not read this space"
		case ok:
			c.Outcome, c.Woken = paged, woken
		default:
			c.Why = why
		}
		out = append(out, c)
	}
	return out, nil
}

// advance takes the next step that reaches anybody, in the caller's transaction, and
// sets the timer of the one after it. waiting says that the ask itself reached
// somebody, for whom the first step waits too.
func (s *Service) advance(ctx context.Context, tx *db.Tx, p *Page, waiting bool) error {
	for {
		p.Step++
		if int(p.Step) >= len(p.Steps.V) {
			return s.end(ctx, tx, p, waiting)
		}
		reached, err := s.take(ctx, tx, p)
		if err != nil {
			return err
		}
		if len(reached) == 0 && !waiting {
			event.Append(tx, pageEvent(EventNobody, id.ID{}, p, map[string]int64{"step": p.Step}, p.Asker))
			continue
		}
		p.Until = tx.Now.Add(minutes(p.Steps.V[p.Step].Minutes))
		if err := updatePage(ctx, tx, p); err != nil {
			return err
		}
		event.Append(tx, pageEvent(EventPaged, id.ID{}, p, map[string]int64{"step": p.Step}, reached...))
		if err := s.tellPager(ctx, tx, p, "page.called"); err != nil {
			return err
		}
		return job.Enqueue(ctx, tx, kindStep, stepJob{p.ID, p.Step}, job.Options{
			At: p.Until, Dedup: fmt.Sprintf("page:%s:%d", p.ID, p.Step), Attempts: patient,
		})
	}
}

// take calls those of the present step who can be called, and asks them.
func (s *Service) take(ctx context.Context, tx *db.Tx, p *Page) (reached []id.ID, err error) {
	seen := map[id.ID]bool{}
	for _, c := range p.Calls {
		// Somebody who could not be reached at an earlier step may be by now.
		seen[c.Person] = seen[c.Person] || c.Outcome == paged
	}
	calls, err := s.whom(ctx, tx, tx.Workspace, p.Space, p.Asker, p.Steps.V[p.Step], tx.Now, seen)
	if err != nil {
		return nil, err
	}
	for _, c := range calls {
		if c.Step = p.Step; c.Outcome == paged {
			reached = append(reached, c.Person)
		}
		if err := s.call(ctx, tx, p, c); err != nil {
			return nil, err
		}
	}
	if len(reached) == 0 {
		return nil, nil
	}
	_, err = s.asks.SummonTx(ctx, tx, p.Ask, reached)
	return reached, err
}

// end is the end of the path. Where a space has none, those who were asked are all.
func (s *Service) end(ctx context.Context, tx *db.Tx, p *Page, waiting bool) error {
	p.Step, p.Until = int64(len(p.Steps.V)-1), 0
	if len(p.Steps.V) == 0 && waiting {
		p.Step = 0
		event.Append(tx, pageEvent(EventPaged, id.ID{}, p, map[string]int64{"step": 0}, p.people()...))
		if err := updatePage(ctx, tx, p); err != nil {
			return err
		}
		return s.tellPager(ctx, tx, p, "page.called")
	}
	p.State = spent
	event.Append(tx, pageEvent(EventSpent, id.ID{}, p, nil, p.Asker))
	if err := updatePage(ctx, tx, p); err != nil {
		return err
	}
	return s.tellPager(ctx, tx, p, "page.spent")
}

// people are those whom the page reached.
func (p *Page) people() (out []id.ID) {
	for _, c := range p.Calls {
		if c.Outcome == paged && !slices.Contains(out, c.Person) {
			out = append(out, c.Person)
		}
	}
	return out
}

// Escalate takes the step after one whose time has run out. It does nothing when
// somebody has acknowledged, or the step was taken already: it can be called again.
func (s *Service) Escalate(ctx context.Context, ws, page id.ID, step int64) (again clock.Instant, err error) {
	err = s.db.Write(ctx, ws, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("a timer that is not needed any more")
		p, ok, err := loadPage(ctx, tx, ws, page)
		if err != nil || !ok || p.State != walking || p.Step != step {
			return err
		}
		if p.Until > tx.Now {
			again = p.Until
			return nil
		}
		if stands, err := s.syncTx(ctx, tx, p); err != nil || !stands {
			return err
		}
		return s.advance(ctx, tx, p, false)
	})
	return again, err
}

// syncTx brings a page to where its ask stands; stands says that the page goes on.
func (s *Service) syncTx(ctx context.Context, tx *db.Tx, p *Page) (stands bool, err error) {
	if p.over() {
		return false, nil
	}
	ask, err := s.asks.Ask(ctx, tx, house(tx.Workspace), p.Ask)
	if fault.IsKind(err, fault.NotFound) {
		ask, err = asks.Ask{State: asks.ReleasedAsk}, nil
	}
	if err != nil {
		return false, err
	}
	state, by := follow(ask)
	if state == "" || state == p.State {
		return p.State == walking, nil
	}
	return false, s.become(ctx, tx, p, state, by, "")
}

// follow says what an ask makes of its page: nothing while nobody has acted.
func follow(a asks.Ask) (state string, by id.ID) {
	switch a.State {
	case asks.Settled:
		return resolved, a.SettledBy
	case asks.ReleasedAsk, asks.Lapsed:
		return withdrawn, a.SettledBy
	}
	for _, o := range a.Owed {
		if o.State == asks.Acknowledged || o.State == asks.Answered {
			return acknowledged, o.PersonID
		}
	}
	return "", id.ID{}
}

// become moves a page to another state, and tells.
func (s *Service) become(ctx context.Context, tx *db.Tx, p *Page, state string, by id.ID, words string) error {
	kind, pager, concerns := EventAcknowledged, "page.acknowledged", []id.ID{p.Asker}
	switch state {
	case acknowledged:
		p.AcknowledgedAt, p.AcknowledgedBy = tx.Now, by
	case resolved:
		kind, pager, concerns = EventResolved, "page.resolved", append(concerns, p.people()...)
		p.ResolvedAt, p.ResolvedBy, p.Resolution = tx.Now, by, words
	case withdrawn:
		kind, pager = EventWithdrawn, "page.resolved"
		p.ResolvedAt, p.ResolvedBy, p.Resolution = tx.Now, by, words
	}
	p.State, p.Until = state, 0
	event.Append(tx, pageEvent(kind, by, p, nil, concerns...))
	if err := updatePage(ctx, tx, p); err != nil {
		return err
	}
	return s.tellPager(ctx, tx, p, pager)
}

// stepName says in words who a step is.
func (s *Service) stepName(ctx context.Context, q db.Queryer, ws id.ID, st Step) (string, error) {
	var names []string
	teams := st.Teams
	if !st.Duty.IsZero() {
		t, err := s.people.Team(ctx, q, house(ws), st.Duty)
		if err != nil && !fault.IsKind(err, fault.NotFound) {
			return "", err
		}
		word := "On duty for " + t.Name
		if err != nil {
			word = "On duty"
		}
		if st.Layer > 0 {
			word += fmt.Sprintf(", layer %d", st.Layer)
		}
		names = append(names, word)
	}
	for _, x := range teams {
		t, err := s.people.Team(ctx, q, house(ws), x)
		if fault.IsKind(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return "", err
		}
		names = append(names, t.Name)
	}
	known, err := s.people.ByIDs(ctx, q, ws, st.People)
	for _, x := range st.People {
		if p, ok := known[x]; ok {
			names = append(names, p.Name)
		}
	}
	return strings.Join(names, ", "), err
}
