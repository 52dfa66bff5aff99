package brainstorms

import (
	"context"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

const tag = "brainstorms"

// Routes registers the operations.
func (s *Service) Routes(api *web.API) {
	const one = "/brainstorms/{brainstorm}"
	web.Handle(api, web.Op{Method: "GET", Path: "/brainstorms", ID: "listBrainstorms", Summary: "List brainstorms, newest first.", Tag: tag}, s.getList)
	web.Handle(api, web.Op{Method: "GET", Path: "/brainstorm-templates", ID: "listBrainstormTemplates", Summary: "What a brainstorm can start from.", Tag: tag}, s.getTemplates)
	web.Handle(api, web.Op{Method: "POST", Path: "/brainstorms", ID: "beginBrainstorm", Summary: "Begin a brainstorm, with a thread of its own.", Tag: tag}, s.post)
	web.Handle(api, web.Op{Method: "POST", Path: "/brainstorm-forecasts", ID: "forecastBrainstorm", Summary: "Say when each phase of a brainstorm would end, before it is begun.", Tag: tag, Status: 200}, s.postForecast)
	web.Handle(api, web.Op{Method: "GET", Path: one, ID: "getBrainstorm", Summary: "Read a brainstorm.", Tag: tag}, s.get)
	web.Handle(api, web.Op{Method: "PATCH", Path: one, ID: "changeBrainstorm", Summary: "Change a brainstorm's words and settings, as far as that is still fair.", Tag: tag}, s.patch)
	web.Handle(api, web.Op{Method: "POST", Path: one + "/forecast", ID: "forecastBrainstormChange", Summary: "Say when each phase would end with another plan, before it is changed.", Tag: tag, Status: 200}, s.postForecastChange)
	web.Handle(api, web.Op{Method: "POST", Path: one + "/steps", ID: "stepBrainstorm", Summary: "Go to the next phase by hand, or back one.", Tag: tag, Status: 200}, s.postStep)
	web.Handle(api, web.Op{Method: "PUT", Path: one + "/done", ID: "doneWithPhase", Summary: "Say that you are done with this phase.", Tag: tag}, s.done(true))
	web.Handle(api, web.Op{Method: "DELETE", Path: one + "/done", ID: "notDoneWithPhase", Summary: "Take that back.", Tag: tag}, s.done(false))
	web.Handle(api, web.Op{Method: "POST", Path: one + "/participants", ID: "inviteToBrainstorm", Summary: "Let more people take part; or join yourself.", Tag: tag, Status: 200}, s.postPeople)
	web.Handle(api, web.Op{Method: "DELETE", Path: one + "/participants/{person}", ID: "leaveBrainstorm", Summary: "Take part no longer, or take somebody out.", Tag: tag}, s.deletePerson)
	web.Handle(api, web.Op{Method: "POST", Path: one + "/rooms", ID: "divideBrainstorm", Summary: "Divide people into rooms of at most six.", Tag: tag, Status: 200}, s.postRooms)
	web.Handle(api, web.Op{Method: "DELETE", Path: one + "/rooms", ID: "undivideBrainstorm", Summary: "Take rooms away in which nobody has written yet.", Tag: tag}, s.deleteRooms)
	web.Handle(api, web.Op{Method: "POST", Path: one + "/gathering", ID: "gatherBrainstorm", Summary: "Bring the rooms together.", Tag: tag, Status: 200}, s.postGathering)
	web.Handle(api, web.Op{Method: "POST", Path: one + "/conclusion", ID: "endBrainstorm", Summary: "End a brainstorm for good, with what came of it.", Tag: tag, Status: 200}, s.postConclusion)
	s.boardRoutes(api)
}

type oneIn struct {
	Brainstorm string `path:"brainstorm"`
}

// BrainstormStepIn is one phase of a plan as it is written.
type BrainstormStepIn struct {
	Phase  string     `json:"phase" enum:"collect,reveal,cluster,refine,vote"`
	Window string     `json:"window,omitempty" maxLength:"20" doc:"Working time that everybody gets, such as 8h."`
	Until  *time.Time `json:"until,omitempty" doc:"A fixed end instead; with neither, by hand or when all are done."`
}

// BrainstormIn is a brainstorm as it is written.
type BrainstormIn struct {
	Space     string             `json:"space"`
	Title     string             `json:"title,omitempty" maxLength:"600" doc:"Needed, but for a forecast."`
	Prompt    string             `json:"prompt,omitempty" maxLength:"40000" doc:"Markdown."`
	Template  string             `json:"template,omitempty" maxLength:"40" doc:"The key of a template; its plan, vote and prompt hold where you give none."`
	People    []string           `json:"people,omitempty" maxItems:"500"`
	Teams     []string           `json:"teams,omitempty" maxItems:"100"`
	Anonymous *bool              `json:"anonymous,omitempty" doc:"Fixed from here on; needs five people."`
	HideCount bool               `json:"hide_count,omitempty"`
	ByHand    bool               `json:"by_hand,omitempty"`
	Plan      []BrainstormStepIn `json:"plan,omitempty" maxItems:"10"`
	Vote      *VoteRule          `json:"vote,omitempty"`
}

func (in BrainstormIn) read() (n NewBrainstorm, err error) {
	n = NewBrainstorm{Title: in.Title, Prompt: in.Prompt, Template: in.Template, Settings: Settings{HideCount: in.HideCount, ByHand: in.ByHand, Plan: readPlan(in.Plan)}}
	if t, ok := templateOf(in.Template); ok {
		n.Settings.Vote, n.Settings.Anonymous = t.Vote, t.Anonymous
		if len(n.Settings.Plan) == 0 {
			n.Settings.Plan = append([]Step{}, t.Plan...)
		}
		if n.Prompt == "" {
			n.Prompt = t.Prompt
		}
	}
	if in.Vote != nil {
		n.Settings.Vote = *in.Vote
	}
	if in.Anonymous != nil {
		n.Settings.Anonymous = *in.Anonymous
	}
	if n.Space, err = id.Decode("sp", in.Space); err != nil {
		return n, err
	}
	if n.People, err = id.DecodeAll("per", in.People); err != nil {
		return n, err
	}
	n.Teams, err = id.DecodeAll("team", in.Teams)
	return n, err
}

func readPlan(list []BrainstormStepIn) (out []Step) {
	for _, p := range list {
		s := Step{Phase: Phase(p.Phase), Window: p.Window}
		if p.Until != nil {
			s.Until = clock.At(*p.Until)
		}
		out = append(out, s)
	}
	return out
}

func (s *Service) post(ctx context.Context, in *struct{ Body BrainstormIn }) (*web.Out[BrainstormView], error) {
	a, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	n, err := in.Body.read()
	if err != nil {
		return nil, err
	}
	x, err := s.Begin(ctx, a, n)
	return s.out(ctx, a, x, err)
}

// out reads a brainstorm after a change, unless that failed.
func (s *Service) out(ctx context.Context, a actor.Actor, x id.ID, err error) (*web.Out[BrainstormView], error) {
	if err != nil {
		return nil, err
	}
	var out web.Out[BrainstormView]
	err = s.db.Snapshot(ctx, func(ctx context.Context, q db.Queryer) error {
		at, err := s.find(ctx, q, a, x)
		if err != nil {
			return err
		}
		out.Body, err = s.view(ctx, q, at)
		return err
	})
	return &out, err
}

func (s *Service) get(ctx context.Context, in *oneIn) (*web.Out[BrainstormView], error) {
	a, x, err := on(ctx, in.Brainstorm)
	return s.out(ctx, a, x, err)
}

// on reads who asks and the brainstorm it is about.
func on(ctx context.Context, ref string) (actor.Actor, id.ID, error) {
	a, err := actor.From(ctx)
	if err != nil {
		return a, id.ID{}, err
	}
	x, err := id.Decode(prefix, ref)
	return a, x, err
}

type listIn struct {
	After  string `query:"after" maxLength:"100" doc:"The next of the page before."`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
	Space  string `query:"space" maxLength:"40" doc:"Only those of this space."`
	Thread string `query:"thread" maxLength:"40" doc:"Only that of this thread."`
	State  string `query:"state" enum:"open,ended"`
}

func (s *Service) getList(ctx context.Context, in *listIn) (*web.Out[web.Page[BrainstormLine]], error) {
	a, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	f := filter{open: in.State, limit: in.Limit + 1}
	if in.Thread != "" {
		if f.thread, err = id.Decode("thr", in.Thread); err != nil {
			return nil, err
		}
	}
	if f.after, err = web.After(prefix, in.After); err != nil {
		return nil, err
	}
	var space id.ID
	if in.Space != "" {
		if space, err = id.Decode("sp", in.Space); err != nil {
			return nil, err
		}
	}
	var page web.Page[BrainstormLine]
	err = s.db.Snapshot(ctx, func(ctx context.Context, q db.Queryer) error {
		if f.spaces, err = s.readable(ctx, q, a, space); err != nil {
			return err
		}
		all, err := list(ctx, q, a.Workspace, f)
		if err != nil {
			return err
		}
		if len(all) > in.Limit {
			all = all[:in.Limit]
			page.Next = id.Encode(prefix, all[in.Limit-1].ID)
		}
		page.Items, err = s.lines(ctx, q, a.Workspace, all)
		return err
	})
	return &web.Out[web.Page[BrainstormLine]]{Body: page}, err
}

// readable are the spaces that the actor reads, or one of them.
func (s *Service) readable(ctx context.Context, q db.Queryer, a actor.Actor, space id.ID) ([]id.ID, error) {
	if space.IsZero() {
		return s.spaces.Readable(ctx, q, a)
	}
	return []id.ID{space}, s.spaces.MayRead(ctx, q, a, space)
}

// BrainstormTemplate is a template with its plan.
type BrainstormTemplate struct {
	Template
	Plan []BrainstormStepView `json:"plan" nullable:"false"`
}

func (s *Service) getTemplates(ctx context.Context, _ *struct{}) (*web.Out[web.Page[BrainstormTemplate]], error) {
	if _, err := actor.From(ctx); err != nil {
		return nil, err
	}
	var page web.Page[BrainstormTemplate]
	for _, t := range Templates {
		v := BrainstormTemplate{Template: t, Plan: []BrainstormStepView{}}
		for _, st := range t.Plan {
			v.Plan = append(v.Plan, BrainstormStepView{Phase: string(st.Phase), Window: st.Window, State: "next"})
		}
		page.Items = append(page.Items, v)
	}
	return &web.Out[web.Page[BrainstormTemplate]]{Body: page}, nil
}

// BrainstormAhead is a phase as it would go.
type BrainstormAhead struct {
	Phase   string             `json:"phase"`
	Begin   time.Time          `json:"begin"`
	End     *time.Time         `json:"end" doc:"Null when it ends by hand."`
	People  []BrainstormPerson `json:"people" nullable:"false" doc:"By when each has had their share."`
	Without *BrainstormWithout `json:"without" doc:"Leaving one person out would bring the end forward by a day or more."`
}

// BrainstormWithout says that leaving one person out brings the end of a phase forward.
type BrainstormWithout struct {
	Person people.PersonRef `json:"person"`
	End    time.Time        `json:"end"`
	Says   string           `json:"says" doc:"Who, why, and when it would end without them, in a sentence on your clock."`
}

func (s *Service) postForecast(ctx context.Context, in *struct{ Body BrainstormIn }) (*web.Out[web.Page[BrainstormAhead]], error) {
	a, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	n, err := in.Body.read()
	if err != nil {
		return nil, err
	}
	list, err := s.Forecast(ctx, a, n)
	if err != nil {
		return nil, err
	}
	return s.aheadOut(ctx, a, list)
}

func (s *Service) aheadOut(ctx context.Context, a actor.Actor, list []Ahead) (*web.Out[web.Page[BrainstormAhead]], error) {
	out := web.Page[BrainstormAhead]{Items: []BrainstormAhead{}}
	hours, err := s.people.HoursOf(ctx, s.db, a.Workspace, []id.ID{a.Person})
	if err != nil {
		return nil, err
	}
	for _, x := range list {
		v := BrainstormAhead{Phase: string(x.Phase), Begin: x.Begin.Time(), End: x.End.Pointer(), People: []BrainstormPerson{}}
		who := inHours(x.Hours)
		for _, sh := range x.Shares {
			who = append(who, sh.Person)
		}
		refs, err := s.people.Refs(ctx, s.db, a.Workspace, who)
		if err != nil {
			return nil, err
		}
		unfair := unfairTo(x.Hours)
		for _, p := range inHours(x.Hours) {
			one := BrainstormPerson{Person: refs[p]}
			one.before(x.Hours[p], unfair[p])
			v.People = append(v.People, one)
		}
		for _, sh := range x.Shares {
			v.People = append(v.People, BrainstormPerson{Person: refs[sh.Person], Share: sh.End.Pointer()})
		}
		if w := x.Without; w != nil {
			v.Without = &BrainstormWithout{Person: refs[w.Person], End: w.End.Time(), Says: w.says(refs[w.Person].Name, hours[a.Person])}
		}
		out.Items = append(out.Items, v)
	}
	return &web.Out[web.Page[BrainstormAhead]]{Body: out}, nil
}

type brainstormForecastIn struct {
	Brainstorm string `path:"brainstorm"`
	Body       struct {
		ByHand *bool               `json:"by_hand,omitempty"`
		Plan   *[]BrainstormStepIn `json:"plan,omitempty" maxItems:"10"`
	}
}

func (s *Service) postForecastChange(ctx context.Context, in *brainstormForecastIn) (*web.Out[web.Page[BrainstormAhead]], error) {
	a, x, err := on(ctx, in.Brainstorm)
	if err != nil {
		return nil, err
	}
	var plan *[]Step
	if in.Body.Plan != nil {
		p := readPlan(*in.Body.Plan)
		plan = &p
	}
	list, err := s.ForecastChange(ctx, a, x, plan, in.Body.ByHand)
	if err != nil {
		return nil, err
	}
	return s.aheadOut(ctx, a, list)
}

type brainstormChangeIn struct {
	Brainstorm string `path:"brainstorm"`
	Body       struct {
		Title       *string             `json:"title,omitempty" maxLength:"600"`
		Prompt      *string             `json:"prompt,omitempty" maxLength:"40000"`
		Facilitator *string             `json:"facilitator,omitempty"`
		ByHand      *bool               `json:"by_hand,omitempty"`
		Anonymous   *bool               `json:"anonymous,omitempty" doc:"Refused unless it is as it was: fixed at the start."`
		HideCount   *bool               `json:"hide_count,omitempty"`
		Vote        *VoteRule           `json:"vote,omitempty" doc:"Until voting begins."`
		Plan        *[]BrainstormStepIn `json:"plan,omitempty" maxItems:"10" doc:"Phases that are over stay as they were."`
	}
}

func (s *Service) patch(ctx context.Context, in *brainstormChangeIn) (*web.Out[BrainstormView], error) {
	a, x, err := on(ctx, in.Brainstorm)
	if err != nil {
		return nil, err
	}
	e := Edit{Title: in.Body.Title, Prompt: in.Body.Prompt, ByHand: in.Body.ByHand, Anonymous: in.Body.Anonymous, HideCount: in.Body.HideCount, Vote: in.Body.Vote}
	if in.Body.Facilitator != nil {
		p, err := id.Decode("per", *in.Body.Facilitator)
		if err != nil {
			return nil, err
		}
		e.Facilitator = &p
	}
	if in.Body.Plan != nil {
		plan := readPlan(*in.Body.Plan)
		e.Plan = &plan
	}
	return s.out(ctx, a, x, s.Edit(ctx, a, x, e))
}

type brainstormTurnIn struct {
	Brainstorm string `path:"brainstorm"`
	Body       struct {
		From string `json:"from" enum:"collect,reveal,cluster,refine,vote,act" doc:"The phase as you read it: two who press at once take one step."`
		Back bool   `json:"back,omitempty"`
		Sure bool   `json:"sure,omitempty" doc:"You have read the warning of going back."`
	}
}

func (s *Service) postStep(ctx context.Context, in *brainstormTurnIn) (*web.Out[BrainstormView], error) {
	a, x, err := on(ctx, in.Brainstorm)
	if err != nil {
		return nil, err
	}
	return s.out(ctx, a, x, s.Step(ctx, a, x, Turn{From: Phase(in.Body.From), Back: in.Body.Back, Sure: in.Body.Sure}))
}

type doneIn struct {
	Brainstorm string `path:"brainstorm"`
	Phase      string `query:"phase" enum:"collect,reveal,cluster,refine,vote,act" doc:"The phase that you mean; the present one when missing."`
}

func (s *Service) done(yes bool) func(context.Context, *doneIn) (*web.Out[BrainstormView], error) {
	return func(ctx context.Context, in *doneIn) (*web.Out[BrainstormView], error) {
		a, x, err := on(ctx, in.Brainstorm)
		if err != nil {
			return nil, err
		}
		return s.out(ctx, a, x, s.Done(ctx, a, x, Phase(in.Phase), yes))
	}
}

type brainstormPeopleIn struct {
	Brainstorm string `path:"brainstorm"`
	Body       struct {
		People []string `json:"people,omitempty" maxItems:"500"`
		Teams  []string `json:"teams,omitempty" maxItems:"100"`
	}
}

func (s *Service) postPeople(ctx context.Context, in *brainstormPeopleIn) (*web.Out[BrainstormView], error) {
	a, x, err := on(ctx, in.Brainstorm)
	if err != nil {
		return nil, err
	}
	persons, err := id.DecodeAll("per", in.Body.People)
	if err != nil {
		return nil, err
	}
	teams, err := id.DecodeAll("team", in.Body.Teams)
	if err != nil {
		return nil, err
	}
	return s.out(ctx, a, x, s.Invite(ctx, a, x, persons, teams))
}

func (s *Service) deletePerson(ctx context.Context, in *struct {
	Brainstorm string `path:"brainstorm"`
	Person     string `path:"person"`
},
) (*web.Out[BrainstormView], error) {
	a, x, err := on(ctx, in.Brainstorm)
	if err != nil {
		return nil, err
	}
	p, err := id.Decode("per", in.Person)
	if err != nil {
		return nil, err
	}
	return s.out(ctx, a, x, s.Leave(ctx, a, x, p))
}

type brainstormRoomsIn struct {
	Brainstorm string `path:"brainstorm"`
	Body       struct {
		By      string   `json:"by" enum:"overlap,mixture" doc:"People whose hours lie together, or from as many hours as possible."`
		Through []string `json:"through,omitempty" maxItems:"3" doc:"What rooms do beside collecting, of what is in the plan: reveal, cluster, refine."`
	}
}

func (s *Service) postRooms(ctx context.Context, in *brainstormRoomsIn) (*web.Out[BrainstormView], error) {
	a, x, err := on(ctx, in.Brainstorm)
	if err != nil {
		return nil, err
	}
	var through []Phase
	for _, p := range in.Body.Through {
		through = append(through, Phase(p))
	}
	return s.out(ctx, a, x, s.Divide(ctx, a, x, in.Body.By, through))
}

func (s *Service) deleteRooms(ctx context.Context, in *oneIn) (*web.Out[BrainstormView], error) {
	a, x, err := on(ctx, in.Brainstorm)
	if err != nil {
		return nil, err
	}
	return s.out(ctx, a, x, s.Undivide(ctx, a, x))
}

func (s *Service) postGathering(ctx context.Context, in *oneIn) (*web.Out[BrainstormView], error) {
	a, x, err := on(ctx, in.Brainstorm)
	if err != nil {
		return nil, err
	}
	return s.out(ctx, a, x, s.Gather(ctx, a, x))
}

type brainstormEndIn struct {
	Brainstorm string `path:"brainstorm"`
	Body       struct {
		Markdown string `json:"markdown,omitempty" maxLength:"40000" doc:"Stands before the results in the thread's conclusion."`
		Sure     bool   `json:"sure,omitempty" doc:"You have read the warning."`
	}
}

func (s *Service) postConclusion(ctx context.Context, in *brainstormEndIn) (*web.Out[BrainstormView], error) {
	a, x, err := on(ctx, in.Brainstorm)
	if err != nil {
		return nil, err
	}
	return s.out(ctx, a, x, s.End(ctx, a, x, in.Body.Markdown, in.Body.Sure))
}
