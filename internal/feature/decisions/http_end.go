package decisions

import (
	"context"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

func (s *Service) routesEnd(api *web.API) {
	web.Handle(api, web.Op{Method: "POST", Path: "/decisions/{decision}/extension", ID: "extendDecision", Summary: "Give more time.", Tag: tag}, s.postExtension)
	web.Handle(api, web.Op{Method: "POST", Path: "/decisions/{decision}/closing", ID: "closeDecision", Summary: "End a decision once everybody has had their say or their hours.", Tag: tag}, s.acting(s.Close))
	web.Handle(api, web.Op{Method: "POST", Path: "/decisions/{decision}/withdrawal", ID: "withdrawDecision", Summary: "Call a decision off; it cannot be undone, but copied.", Tag: tag}, s.reasoned(s.Withdraw))
	web.Handle(api, web.Op{Method: "PUT", Path: "/decisions/{decision}/decider", ID: "nameDecider", Summary: "Name another decider.", Tag: tag}, s.putDecider)
	web.Handle(api, web.Op{Method: "POST", Path: "/decisions/{decision}/outcome", ID: "writeOutcome", Summary: "Write the outcome.", Tag: tag}, s.postOutcome)
	web.Handle(api, web.Op{Method: "POST", Path: "/decisions/{decision}/reopening", ID: "takeOutcomeBack", Summary: "Take the outcome back, to write another.", Tag: tag}, s.reasoned(s.Undecide))
	web.Handle(api, web.Op{Method: "POST", Path: "/decisions/{decision}/reviews", ID: "reviewDecision", Summary: "Say that you looked at the outcome again and it holds.", Tag: tag}, s.postReview)
}

type extensionIn struct {
	Decision string `path:"decision"`
	Body     struct {
		Fair int64      `json:"fair,omitempty" minimum:"0" maximum:"1440000" doc:"So many minutes of everybody's own working time from now on."`
		End  *time.Time `json:"end,omitempty" doc:"Or until then."`
	}
}

func (s *Service) postExtension(ctx context.Context, in *extensionIn) (*web.Out[DecisionView], error) {
	a, x, err := on(ctx, in.Decision)
	if err != nil {
		return nil, err
	}
	if err := s.Extend(ctx, a, x, Rules{Fair: minutes(in.Body.Fair), End: instantOf(in.Body.End)}); err != nil {
		return nil, err
	}
	return s.viewOut(ctx, a, x)
}

type reasonIn struct {
	Decision string `path:"decision"`
	Body     struct {
		Reason string `json:"reason" maxLength:"16000"`
	}
}

// reasoned is an operation that needs a reason, and shows the decision.
func (s *Service) reasoned(do func(context.Context, actor.Actor, id.ID, string) error) func(context.Context, *reasonIn) (*web.Out[DecisionView], error) {
	return func(ctx context.Context, in *reasonIn) (*web.Out[DecisionView], error) {
		a, x, err := on(ctx, in.Decision)
		if err != nil {
			return nil, err
		}
		if err := do(ctx, a, x, in.Body.Reason); err != nil {
			return nil, err
		}
		return s.viewOut(ctx, a, x)
	}
}

type deciderIn struct {
	Decision string `path:"decision"`
	Body     struct {
		Decider string `json:"decider"`
	}
}

func (s *Service) putDecider(ctx context.Context, in *deciderIn) (*web.Out[DecisionView], error) {
	a, x, err := on(ctx, in.Decision)
	if err != nil {
		return nil, err
	}
	who, err := id.Decode("per", in.Body.Decider)
	if err != nil {
		return nil, err
	}
	if err := s.Name(ctx, a, x, who); err != nil {
		return nil, err
	}
	return s.viewOut(ctx, a, x)
}

type outcomeIn struct {
	Decision string `path:"decision"`
	Body     struct {
		Markdown   string     `json:"markdown" maxLength:"80000" doc:"What was decided."`
		Chosen     []string   `json:"chosen,omitempty" maxItems:"100" doc:"Keys of options. Others than those that were counted need a reason."`
		Reason     string     `json:"reason,omitempty" maxLength:"80000"`
		Dissent    string     `json:"dissent,omitempty" maxLength:"80000" doc:"What spoke against it, kept with it."`
		ReviewAt   *time.Time `json:"review_at,omitempty" doc:"When the decider is asked whether it holds."`
		Supersedes []string   `json:"supersedes,omitempty" maxItems:"50" doc:"The decisions that it replaces."`
	}
}

func (s *Service) postOutcome(ctx context.Context, in *outcomeIn) (*web.Out[DecisionView], error) {
	a, x, err := on(ctx, in.Decision)
	if err != nil {
		return nil, err
	}
	n := NewOutcome{Markdown: in.Body.Markdown, Chosen: in.Body.Chosen, Reason: in.Body.Reason, Dissent: in.Body.Dissent, Review: instantOf(in.Body.ReviewAt)}
	if n.Supersedes, err = id.DecodeAll("dec", in.Body.Supersedes); err != nil {
		return nil, err
	}
	if err := s.Decide(ctx, a, x, n); err != nil {
		return nil, err
	}
	return s.viewOut(ctx, a, x)
}

type reviewIn struct {
	Decision string `path:"decision"`
	Body     struct {
		Next *time.Time `json:"next,omitempty" doc:"When to look at it once more."`
	}
}

func (s *Service) postReview(ctx context.Context, in *reviewIn) (*web.Out[DecisionView], error) {
	a, x, err := on(ctx, in.Decision)
	if err != nil {
		return nil, err
	}
	if err := s.Review(ctx, a, x, instantOf(in.Body.Next)); err != nil {
		return nil, err
	}
	return s.viewOut(ctx, a, x)
}

// Filter says which decisions of the register are wanted.
type Filter struct {
	Space     string    `query:"space"`
	Kind      string    `query:"kind" enum:"sense_check,consent,advice,majority,approval,score,dots,ranked,time"`
	State     string    `query:"state" enum:"draft,scheduled,open,closed,decided,withdrawn,superseded"`
	Decider   string    `query:"decider"`
	Words     string    `query:"q" maxLength:"400"`
	From      time.Time `query:"from" doc:"Decided, or else opened, at or after this."`
	To        time.Time `query:"to" doc:"Before this."`
	ReviewDue bool      `query:"review_due" doc:"Only those to be looked at again by now."`
	Mine      bool      `query:"mine" doc:"Only those in which you are expected to vote."`
	After     string    `query:"after"`
	Limit     int       `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

func (in *Filter) wanted(now clock.Instant) (w Wanted, err error) {
	w = Wanted{Kind: Kind(in.Kind), State: State(in.State), Words: in.Words, From: clock.At(in.From), To: clock.At(in.To), Mine: in.Mine}
	if in.ReviewDue {
		w.Review = now
	}
	for _, one := range []struct {
		prefix, ref string
		into        *id.ID
	}{{"sp", in.Space, &w.Space}, {"per", in.Decider, &w.Decider}} {
		if one.ref != "" {
			if *one.into, err = id.Decode(one.prefix, one.ref); err != nil {
				return w, err
			}
		}
	}
	w.After, err = web.After("dec", in.After)
	return w, err
}

func (s *Service) getList(ctx context.Context, in *Filter) (*web.Out[web.Page[DecisionLine]], error) {
	a, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	w, err := in.wanted(s.now())
	if err != nil {
		return nil, err
	}
	list, more, err := s.List(ctx, a, w, in.Limit)
	if err != nil {
		return nil, err
	}
	page := web.Page[DecisionLine]{}
	if page.Items, err = s.linesOut(ctx, a, list); err != nil {
		return nil, err
	}
	if more {
		page.Next = id.Encode("dec", list[len(list)-1].ID)
	}
	return &web.Out[web.Page[DecisionLine]]{Body: page}, nil
}
