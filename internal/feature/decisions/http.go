package decisions

import (
	"context"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

const tag = "decisions"

// Routes registers the operations.
func (s *Service) Routes(api *web.API) {
	web.Handle(api, web.Op{Method: "GET", Path: "/decisions", ID: "listDecisions", Summary: "The register of decisions, newest first.", Tag: tag}, s.getList)
	web.Handle(api, web.Op{Method: "POST", Path: "/decisions", ID: "makeDecision", Summary: "Draft a decision, or open it at once.", Tag: tag}, s.postDecision)
	web.Handle(api, web.Op{Method: "POST", Path: "/decisions/preview", ID: "previewDecision", Summary: "By when everybody would have had their share of hours, and what is unfair, before anybody is asked.", Tag: tag, Status: 200}, s.postPreview)
	web.Handle(api, web.Op{Method: "GET", Path: "/decisions/{decision}", ID: "getDecision", Summary: "A decision as far as it is open to you.", Tag: tag}, s.getDecision)
	web.Handle(api, web.Op{Method: "PUT", Path: "/decisions/{decision}", ID: "changeDecision", Summary: "Rewrite a draft.", Tag: tag}, s.putDecision)
	web.Handle(api, web.Op{Method: "DELETE", Path: "/decisions/{decision}", ID: "discardDecision", Summary: "Delete a draft.", Tag: tag, Status: 204}, s.deleteDecision)
	web.Handle(api, web.Op{Method: "POST", Path: "/decisions/{decision}/opening", ID: "openDecision", Summary: "Open a draft, now or later.", Tag: tag}, s.postOpening)
	web.Handle(api, web.Op{Method: "DELETE", Path: "/decisions/{decision}/opening", ID: "unscheduleDecision", Summary: "Make a draft again of a decision that would open by itself.", Tag: tag}, s.acting(s.Unschedule))
	web.Handle(api, web.Op{Method: "POST", Path: "/decisions/{decision}/copies", ID: "copyDecision", Summary: "Make a new draft of a decision.", Tag: tag}, s.postCopy)
	s.routesKinds(api)
	s.routesVotes(api)
	s.routesGuests(api)
	s.routesAnonymous(api)
	s.routesEnd(api)
	s.routesFeed(api)
	s.routesExport(api)
}

// RulesIn are the rules of a decision as they are written.
type RulesIn struct {
	Method     string     `json:"method,omitempty" enum:"borda,instant_runoff,schulze,ranked_pairs,stv" doc:"Of a ranking: how it is counted."`
	Seats      int        `json:"seats,omitempty" minimum:"0" maximum:"50" doc:"How many options are chosen; 1 when missing."`
	Share      string     `json:"share,omitempty" enum:"most,more_than_half,two_thirds,three_quarters,all" doc:"Of a majority: what it needs."`
	Quorum     int        `json:"quorum,omitempty" minimum:"0" maximum:"100" doc:"How many of those entitled must take part, in per cent."`
	Most       int        `json:"most,omitempty" minimum:"0" maximum:"1000" doc:"The highest score, or the number of dots."`
	Reasons    string     `json:"reasons,omitempty" enum:"optional,required,off"`
	Blind      string     `json:"blind,omitempty" enum:"shown,until_voted,until_closed" doc:"Until when results are hidden."`
	Anonymous  bool       `json:"anonymous,omitempty" doc:"Votes carry no names. Fixed before the start; needs five who are entitled."`
	Sealed     bool       `json:"sealed,omitempty" doc:"Others' reasons open with one's own ballot, which may then be changed once."`
	Silence    string     `json:"silence,omitempty" enum:"nothing,consent,abstain,extend,decider" doc:"What it means to say nothing."`
	Fair       int64      `json:"fair,omitempty" minimum:"0" maximum:"1440000" doc:"Minutes of their own working time that everybody gets; two days when neither this nor an end is given."`
	End        *time.Time `json:"end,omitempty" doc:"A fixed end instead."`
	Early      bool       `json:"early,omitempty" doc:"End when all have had their say."`
	Objections int64      `json:"objections,omitempty" minimum:"0" maximum:"1440000" doc:"Minutes of their own working time in which the absent may object after the close."`
}

func (in RulesIn) read() Rules {
	r := Rules{
		Method: in.Method, Seats: in.Seats, Share: in.Share, Quorum: in.Quorum, Most: in.Most, Reasons: in.Reasons, Blind: in.Blind, Sealed: in.Sealed, Anonymous: in.Anonymous,
		Silence: in.Silence, Fair: minutes(in.Fair), Early: in.Early, Objections: minutes(in.Objections),
	}
	if in.End != nil {
		r.End = clock.At(*in.End)
	}
	return r
}

func minutes(n int64) time.Duration { return time.Duration(n) * time.Minute }

// OptionIn is an option as it is written.
type OptionIn struct {
	Name    string     `json:"name,omitempty" maxLength:"480" doc:"Of a time it may be missing."`
	Meaning string     `json:"meaning,omitempty" maxLength:"8000"`
	Prompt  string     `json:"prompt,omitempty" maxLength:"1000" doc:"Asks for the reason."`
	Start   *time.Time `json:"start,omitempty" doc:"Of a time to choose."`
	End     *time.Time `json:"end,omitempty"`
}

// DecisionIn is a decision as it is written.
type DecisionIn struct {
	Space   string     `json:"space"`
	Title   string     `json:"title" maxLength:"1000"`
	Context string     `json:"context,omitempty" maxLength:"200000" doc:"Markdown."`
	Kind    string     `json:"kind" enum:"sense_check,consent,advice,majority,approval,score,dots,ranked,time"`
	Rules   RulesIn    `json:"rules,omitempty"`
	Options []OptionIn `json:"options,omitempty" maxItems:"100"`
	People  []string   `json:"people,omitempty" maxItems:"1000"`
	Teams   []string   `json:"teams,omitempty" maxItems:"100"`
	Decider string     `json:"decider,omitempty" doc:"You when missing."`
}

func (in DecisionIn) read() (n NewDecision, err error) {
	n = NewDecision{Title: in.Title, Context: in.Context, Kind: Kind(in.Kind), Rules: in.Rules.read()}
	if n.Space, err = id.Decode("sp", in.Space); err != nil {
		return n, err
	}
	if n.Invited, err = readInvited(in.People, in.Teams); err != nil {
		return n, err
	}
	if in.Decider != "" {
		if n.Decider, err = id.Decode("per", in.Decider); err != nil {
			return n, err
		}
	}
	for _, o := range in.Options {
		one := Option{Name: o.Name, Meaning: o.Meaning, Prompt: o.Prompt}
		if o.Start != nil {
			one.Start = clock.At(*o.Start)
		}
		if o.End != nil {
			one.End = clock.At(*o.End)
		}
		n.Options = append(n.Options, one)
	}
	return n, nil
}

func readInvited(persons, teams []string) (in Invited, err error) {
	if in.People, err = id.DecodeAll("per", persons); err != nil {
		return in, err
	}
	in.Teams, err = id.DecodeAll("team", teams)
	return in, err
}

type decisionIn struct {
	Decision string `path:"decision"`
}

type makeIn struct {
	Body struct {
		DecisionIn
		Open    bool       `json:"open,omitempty" doc:"Open it at once, or at opens_at."`
		OpensAt *time.Time `json:"opens_at,omitempty"`
	}
}

func instantOf(t *time.Time) clock.Instant {
	if t == nil {
		return 0
	}
	return clock.At(*t)
}

func (s *Service) postDecision(ctx context.Context, in *makeIn) (*web.Out[DecisionView], error) {
	a, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	n, err := in.Body.read()
	if err != nil {
		return nil, err
	}
	var x id.ID
	if in.Body.Open {
		x, err = s.MakeOpen(ctx, a, n, instantOf(in.Body.OpensAt))
	} else {
		x, err = s.Make(ctx, a, n)
	}
	if err != nil {
		return nil, err
	}
	return s.viewOut(ctx, a, x)
}

// MakeOpen drafts a decision and opens it, all or nothing.
func (s *Service) MakeOpen(ctx context.Context, a actor.Actor, n NewDecision, at clock.Instant) (x id.ID, err error) {
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		d, err := s.MakeTx(ctx, tx, a, n)
		if err != nil {
			return err
		}
		x = d.ID
		return s.openAt(ctx, tx, a, &d, at)
	})
	return x, err
}

type previewIn struct {
	Body struct {
		Space   string     `json:"space"`
		Rules   RulesIn    `json:"rules,omitempty"`
		People  []string   `json:"people,omitempty" maxItems:"1000"`
		Teams   []string   `json:"teams,omitempty" maxItems:"100"`
		OpensAt *time.Time `json:"opens_at,omitempty"`
	}
}

func (s *Service) postPreview(ctx context.Context, in *previewIn) (*web.Out[PreviewView], error) {
	a, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	n := NewDecision{Rules: in.Body.Rules.read()}
	if n.Space, err = id.Decode("sp", in.Body.Space); err != nil {
		return nil, err
	}
	if n.Invited, err = readInvited(in.Body.People, in.Body.Teams); err != nil {
		return nil, err
	}
	p, err := s.Foresee(ctx, a, n, instantOf(in.Body.OpensAt))
	if err != nil {
		return nil, err
	}
	return &web.Out[PreviewView]{Body: p.view(s.now())}, nil
}

func (s *Service) getDecision(ctx context.Context, in *decisionIn) (*web.Out[DecisionView], error) {
	a, x, err := on(ctx, in.Decision)
	if err != nil {
		return nil, err
	}
	return s.viewOut(ctx, a, x)
}

type changeIn struct {
	Decision string `path:"decision"`
	Body     struct {
		DecisionIn
		Version int64 `json:"version" minimum:"0" maximum:"9007199254740991" doc:"As you read it; guards against a change since."`
	}
}

func (s *Service) putDecision(ctx context.Context, in *changeIn) (*web.Out[DecisionView], error) {
	a, x, err := on(ctx, in.Decision)
	if err != nil {
		return nil, err
	}
	n, err := in.Body.read()
	if err != nil {
		return nil, err
	}
	if err := s.Change(ctx, a, x, n, in.Body.Version); err != nil {
		return nil, err
	}
	return s.viewOut(ctx, a, x)
}

func (s *Service) deleteDecision(ctx context.Context, in *decisionIn) (*web.None, error) {
	a, x, err := on(ctx, in.Decision)
	if err != nil {
		return nil, err
	}
	return &web.None{}, s.Discard(ctx, a, x)
}

type openingIn struct {
	Decision string `path:"decision"`
	Body     struct {
		At *time.Time `json:"at,omitempty" doc:"When it opens by itself; now when missing."`
	}
}

func (s *Service) postOpening(ctx context.Context, in *openingIn) (*web.Out[DecisionView], error) {
	a, x, err := on(ctx, in.Decision)
	if err != nil {
		return nil, err
	}
	if err := s.Open(ctx, a, x, instantOf(in.Body.At)); err != nil {
		return nil, err
	}
	return s.viewOut(ctx, a, x)
}

func (s *Service) postCopy(ctx context.Context, in *decisionIn) (*web.Out[DecisionView], error) {
	a, x, err := on(ctx, in.Decision)
	if err != nil {
		return nil, err
	}
	made, err := s.Copy(ctx, a, x)
	if err != nil {
		return nil, err
	}
	return s.viewOut(ctx, a, made)
}

// acting is an operation that does one thing and shows the decision.
func (s *Service) acting(do func(context.Context, actor.Actor, id.ID) error) func(context.Context, *decisionIn) (*web.Out[DecisionView], error) {
	return func(ctx context.Context, in *decisionIn) (*web.Out[DecisionView], error) {
		a, x, err := on(ctx, in.Decision)
		if err != nil {
			return nil, err
		}
		if err := do(ctx, a, x); err != nil {
			return nil, err
		}
		return s.viewOut(ctx, a, x)
	}
}

// on reads who asks, and the decision it is about.
func on(ctx context.Context, ref string) (actor.Actor, id.ID, error) {
	a, err := actor.From(ctx)
	if err != nil {
		return a, id.ID{}, err
	}
	x, err := id.Decode("dec", ref)
	return a, x, err
}
