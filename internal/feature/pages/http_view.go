package pages

import (
	"context"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

// PathView is how a space is paged.
type PathView struct {
	Steps   []StepView `json:"steps" nullable:"false"`
	Budget  int64      `json:"budget" doc:"Pages a month that hold: the smaller of the space's own number and the one its team agreed on."`
	Own     int64      `json:"own_budget" doc:"What the space set itself."`
	Agreed  string     `json:"agreed_by" doc:"The team whose working agreement says so; empty for the space's own number."`
	Rule    string     `json:"rule" doc:"When something is urgent, as the team agreed on."`
	Used    int64      `json:"used" doc:"Pages of this month, by UTC."`
	Pager   string     `json:"pager" doc:"The host that pages are posted to; empty for none."`
	Problem string     `json:"problem" doc:"Why the pager did not take what was posted last; empty when it did."`
	Pagers  bool       `json:"pagers" doc:"This installation can post to pagers."`
	Version int64      `json:"version"`
	May     PathMay    `json:"may"`
}

// PathMay says what the reader may do.
type PathMay struct {
	Change bool `json:"change"`
}

// StepView is a step of a path.
type StepView struct {
	Name    string             `json:"name" doc:"In words."`
	Duty    string             `json:"duty" doc:"The team whose person on duty is paged; empty for none."`
	Layer   int                `json:"layer"`
	People  []people.PersonRef `json:"people" nullable:"false"`
	Teams   []string           `json:"teams" nullable:"false"`
	Minutes int                `json:"minutes"`
}

// View is a page as the API shows it to one reader.
type View struct {
	ID             string            `json:"id"`
	Ask            string            `json:"ask"`
	Thread         string            `json:"thread"`
	Title          string            `json:"title" doc:"Of the thread; empty when you may not read it."`
	Space          string            `json:"space"`
	Asker          people.PersonRef  `json:"asker"`
	Reason         string            `json:"reason"`
	Otherwise      string            `json:"otherwise"`
	SecondReason   string            `json:"second_reason" doc:"Why it was urgent beyond the month's budget."`
	Over           bool              `json:"over" doc:"It went over the month's budget."`
	State          string            `json:"state" enum:"walking,spent,acknowledged,resolved,withdrawn"`
	Step           int64             `json:"step"`
	Steps          []string          `json:"steps" nullable:"false" doc:"The path as it was named then, in words."`
	Until          *time.Time        `json:"until" doc:"When the next step is taken, unless somebody acknowledges."`
	CreatedAt      time.Time         `json:"created_at"`
	AcknowledgedAt *time.Time        `json:"acknowledged_at"`
	AcknowledgedBy *people.PersonRef `json:"acknowledged_by"`
	ResolvedAt     *time.Time        `json:"resolved_at"`
	ResolvedBy     *people.PersonRef `json:"resolved_by"`
	Resolution     string            `json:"resolution"`
	Calls          []CallView        `json:"calls" nullable:"false"`
	Verdict        VerdictView       `json:"verdict"`
	Mine           *string           `json:"mine" doc:"What you said of it: yes or no, empty while you have not; null when it did not reach you."`
	May            PageMay           `json:"may"`
}

// CallView is somebody whom the page reached, or why not.
type CallView struct {
	Step   int64             `json:"step"`
	Person *people.PersonRef `json:"person" doc:"Null where nobody was on duty."`
	At     time.Time         `json:"at"`
	Paged  bool              `json:"paged"`
	Woken  bool              `json:"woken"`
	Why    string            `json:"why"`
}

// VerdictView is what those paged said, without who said it.
type VerdictView struct {
	Yes   int      `json:"yes"`
	No    int      `json:"no"`
	Notes []string `json:"notes" nullable:"false"`
}

// PageMay says what the reader may do.
type PageMay struct {
	Acknowledge bool `json:"acknowledge"`
	Resolve     bool `json:"resolve"`
	Judge       bool `json:"judge"`
}

// MineView is the pages that reached the reader.
type MineView struct {
	Open    []View `json:"open" nullable:"false"`
	ToJudge []View `json:"to_judge" nullable:"false" doc:"Say whether each was rightly urgent."`
}

func (s *Service) pathOut(ctx context.Context, a actor.Actor, space id.ID) (*web.Out[PathView], error) {
	may, err := s.spaces.MayChange(ctx, s.db, a, space)
	if err != nil {
		return nil, err
	}
	p, err := s.path(ctx, s.db, a.Workspace, space)
	if err != nil {
		return nil, err
	}
	budget, err := s.budget(ctx, s.db, a, p)
	if err != nil {
		return nil, err
	}
	used, err := countMonth(ctx, s.db, a.Workspace, space, month(s.now()))
	if err != nil {
		return nil, err
	}
	var named []id.ID
	for _, st := range p.Steps.V {
		named = append(named, st.People...)
	}
	who, err := s.people.Refs(ctx, s.db, a.Workspace, named)
	if err != nil {
		return nil, err
	}
	v := PathView{Steps: []StepView{}, Budget: budget.N, Own: p.Budget, Agreed: budget.Team, Rule: budget.Rule, Used: used, Pager: host(p.HookURL), Pagers: s.opt.Hooks != nil, Version: p.Version, May: PathMay{may}}
	last, _, err := lastHook(ctx, s.db, a.Workspace, space)
	if err != nil {
		return nil, err
	}
	if v.Pager != "" {
		v.Problem = last.Problem
	}
	for _, st := range p.Steps.V {
		one := StepView{Duty: id.Encode("team", st.Duty), Layer: st.Layer, People: []people.PersonRef{}, Teams: id.EncodeAll("team", st.Teams), Minutes: st.Minutes}
		if one.Name, err = s.stepName(ctx, s.db, a.Workspace, st); err != nil {
			return nil, err
		}
		for _, x := range st.People {
			one.People = append(one.People, who[x])
		}
		v.Steps = append(v.Steps, one)
	}
	return &web.Out[PathView]{Body: v}, nil
}

func (s *Service) out(ctx context.Context, a actor.Actor, p Page, err error) (*web.Out[View], error) {
	if err != nil {
		return nil, err
	}
	list, err := s.views(ctx, a, []Page{p})
	if err != nil {
		return nil, err
	}
	return &web.Out[View]{Body: list[0]}, nil
}

func (s *Service) views(ctx context.Context, a actor.Actor, list []Page) ([]View, error) {
	var named, threads []id.ID
	for _, p := range list {
		threads = append(threads, p.Thread)
		named = append(named, p.Asker, p.AcknowledgedBy, p.ResolvedBy)
		for _, c := range p.Calls {
			named = append(named, c.Person)
		}
	}
	who, err := s.people.Refs(ctx, s.db, a.Workspace, named)
	if err != nil {
		return nil, err
	}
	seen, err := s.spaces.Threads(ctx, s.db, a, threads)
	if err != nil {
		return nil, err
	}
	out := make([]View, 0, len(list))
	for i := range list {
		v, err := s.viewOf(ctx, a, &list[i], who, seen)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// viewOf shows a page. Of one whose thread has gone where the reader may not follow,
// only that it was is shown.
func (s *Service) viewOf(ctx context.Context, a actor.Actor, p *Page, who map[id.ID]people.PersonRef, seen map[id.ID]spaces.Thread) (View, error) {
	v := View{
		ID: id.Encode("page", p.ID), Space: id.Encode("sp", p.Space), Asker: who[p.Asker], Over: p.Over(), State: p.State, Step: p.Step,
		Steps: []string{}, Until: p.Until.Pointer(), CreatedAt: p.CreatedAt.Time(), AcknowledgedAt: p.AcknowledgedAt.Pointer(),
		AcknowledgedBy: maybe(who, p.AcknowledgedBy), ResolvedAt: p.ResolvedAt.Pointer(), ResolvedBy: maybe(who, p.ResolvedBy),
		Calls: []CallView{}, Verdict: VerdictView{Notes: []string{}},
	}
	t, reads := seen[p.Thread]
	if !reads {
		return v, nil
	}
	v.Ask, v.Thread, v.Title = id.Encode("ask", p.Ask), id.Encode("thr", p.Thread), t.Title
	v.Reason, v.Otherwise, v.SecondReason, v.Resolution = p.Reason, p.Otherwise, p.SecondReason, p.Resolution
	for _, st := range p.Steps.V {
		name, err := s.stepName(ctx, s.db, a.Workspace, st)
		if err != nil {
			return v, err
		}
		v.Steps = append(v.Steps, name)
	}
	judged := map[id.ID]bool{}
	for _, c := range p.Calls {
		v.Calls = append(v.Calls, CallView{Step: c.Step, Person: maybe(who, c.Person), At: c.At.Time(), Paged: c.Outcome == paged, Woken: c.Woken, Why: c.Why})
		if c.Outcome != paged {
			continue
		}
		if c.Person == a.Person {
			said := c.Rightly
			v.Mine = &said
			v.May = PageMay{Acknowledge: p.State == walking || p.State == spent, Resolve: !p.over(), Judge: true}
		}
		if judged[c.Person] {
			continue
		}
		judged[c.Person] = true
		v.Verdict.add(c)
	}
	v.May.Resolve = v.May.Resolve || a.Person == p.Asker && !p.over()
	return v, nil
}

func (v *VerdictView) add(c Call) {
	switch c.Rightly {
	case "yes":
		v.Yes++
	case "no":
		v.No++
	}
	if c.Note != "" {
		v.Notes = append(v.Notes, c.Note)
	}
}

func maybe(who map[id.ID]people.PersonRef, x id.ID) *people.PersonRef {
	if r, ok := who[x]; ok {
		return &r
	}
	return nil
}
