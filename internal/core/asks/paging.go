package asks

import (
	"context"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Duty finds whom a team's duty means now: whoever is on duty, or else comes next. The
// zero team is the space's own. Zero for nobody. App fills it.
type Duty func(ctx context.Context, q db.Queryer, a actor.Actor, space, team id.ID) (id.ID, error)

// Paging is what goes with an urgent ask: a page along the space's path. App fills it.
type Paging interface {
	// StartTx pages for an ask that was just made, in its transaction. A fault undoes the ask.
	StartTx(ctx context.Context, tx *db.Tx, ask Ask, space id.ID, secondReason string) error
	// Foresee says whom asking these people in a space now would page.
	Foresee(ctx context.Context, q db.Queryer, a actor.Actor, space id.ID, to []Outlook) (*PageOutlook, error)
}

// PageOutlook is whom an urgent ask would page, and what it costs.
type PageOutlook struct {
	Used, Budget int    // urgent pages of this month in the space, without this one
	AgreedBy     string // the team whose agreement sets the budget; empty for the space's own
	Rule         string // when something is urgent, as the team agreed on
	Steps        []PageStep
}

// PageStep is a step of the path as it would go now.
type PageStep struct {
	Name    string
	Minutes int // until the next step; 0 when there is nothing to wait for
	People  []PageCall
}

// PageCall is somebody whom a step would page, or why not.
type PageCall struct {
	Person  id.ID
	Reached bool
	Woken   bool   // outside their hours, as they agreed
	Local   string // the time on their own clock
	Why     string // why not
}

// AskDuty fills in who is on duty.
func (s *Service) AskDuty(d Duty) { s.duty = d }

// PageWith fills in what pages for urgent asks; nothing does until then.
func (s *Service) PageWith(p Paging) { s.paging = p }

// onDuty finds whom duty means for each of some teams; the actor is left out.
func (s *Service) onDuty(ctx context.Context, q db.Queryer, a actor.Actor, space id.ID, teams []id.ID) (out []id.ID, err error) {
	for _, team := range teams {
		var person id.ID
		if !team.IsZero() {
			if _, err := s.people.Team(ctx, q, a, team); err != nil {
				return nil, err
			}
		}
		if s.duty != nil {
			if person, err = s.duty(ctx, q, a, space, team); err != nil {
				return nil, err
			}
		}
		switch {
		case person.IsZero():
			return nil, fault.New(fault.Invalid, "nobody_on_duty", "Nobody is on duty there, now or in the weeks to come. Name a person, or set up the duty rota first.").At("to.duty")
		case person == a.Person:
			return nil, fault.New(fault.Invalid, "asks_self", "You are on duty yourself; ask somebody else.").At("to.duty")
		}
		out = append(out, person)
	}
	return out, nil
}

// page lets the page begin, and answers the ask with those whom it asked too.
func (s *Service) page(ctx context.Context, tx *db.Tx, ask Ask, space id.ID, secondReason string) (Ask, error) {
	if err := s.paging.StartTx(ctx, tx, ask, space, secondReason); err != nil {
		return Ask{}, err
	}
	found, ok, err := load(ctx, tx, tx.Workspace, ask.ID)
	if err != nil || !ok {
		return Ask{}, err
	}
	return *found, nil
}

// SummonTx asks more people about an open ask, on behalf of the house: one answer of
// theirs is enough. Who is asked already is left out, and so is who may not read the
// thread; it answers whom it asked.
func (s *Service) SummonTx(ctx context.Context, tx *db.Tx, ask id.ID, persons []id.ID) (asked []id.ID, err error) {
	c, err := s.find(ctx, tx, actor.System(tx.Workspace), ask)
	if err != nil || c.ask.State != Open {
		return nil, err
	}
	for _, p := range unique(persons) {
		if p == c.ask.AskerID || c.ask.Of(p) != nil {
			continue
		}
		if err := s.mustRead(ctx, tx, tx.Workspace, c.space, []id.ID{p}); fault.As(err) != nil {
			continue
		} else if err != nil {
			return nil, err
		}
		asked = append(asked, p)
	}
	if len(asked) == 0 {
		return nil, nil
	}
	rows, err := s.owe(ctx, tx, c.ask, asked)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		rows[i].InStead = true
	}
	if err := insertOwed(ctx, tx, rows); err != nil {
		return nil, err
	}
	c.ask.Owed = append(c.ask.Owed, rows...)
	if err := c.write(ctx); err != nil {
		return nil, err
	}
	s.tellAsked(tx, c.ask, id.ID{}, c.space, rows)
	return asked, s.spaces.TouchTx(ctx, tx, c.ask.ThreadID)
}

// PageView is whom an urgent ask would page, as the API writes it.
type PageView struct {
	Used   int            `json:"used" doc:"Urgent pages of this month in the space so far."`
	Budget int            `json:"budget" doc:"How many a month hold in the space."`
	Agreed string         `json:"agreed_by" doc:"The team whose working agreement sets the budget; empty for the space's own."`
	Rule   string         `json:"rule" doc:"When something is urgent, as the team agreed on."`
	Over   bool           `json:"over" doc:"This one is over the budget: it needs a second reason, and is told of in the space's weekly line."`
	Steps  []PageStepView `json:"steps" nullable:"false"`
}

// PageStepView is a step of the path.
type PageStepView struct {
	Name    string         `json:"name"`
	Minutes int            `json:"minutes" doc:"Until the next step is paged, unless somebody acknowledges."`
	People  []PageCallView `json:"people" nullable:"false"`
}

// PageCallView is somebody of a step.
type PageCallView struct {
	Person  people.PersonRef `json:"person"`
	Reached bool             `json:"reached"`
	Woken   bool             `json:"woken" doc:"Outside their hours: they agreed to it."`
	Local   string           `json:"local" doc:"The time on their own clock."`
	Why     string           `json:"why" doc:"Why they are not reached."`
}

func (o *PageOutlook) everybody() (out []id.ID) {
	if o == nil {
		return nil
	}
	for _, st := range o.Steps {
		for _, c := range st.People {
			out = append(out, c.Person)
		}
	}
	return out
}

func (o *PageOutlook) view(who map[id.ID]people.PersonRef) *PageView {
	if o == nil {
		return nil
	}
	v := &PageView{Used: o.Used, Budget: o.Budget, Agreed: o.AgreedBy, Rule: o.Rule, Over: o.Used >= o.Budget, Steps: []PageStepView{}}
	for _, st := range o.Steps {
		one := PageStepView{Name: st.Name, Minutes: st.Minutes, People: []PageCallView{}}
		for _, c := range st.People {
			one.People = append(one.People, PageCallView{Person: who[c.Person], Reached: c.Reached, Woken: c.Woken, Local: c.Local, Why: c.Why})
		}
		v.Steps = append(v.Steps, one)
	}
	return v
}
