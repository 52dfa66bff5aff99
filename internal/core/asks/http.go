package asks

import (
	"context"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
	"example.org/meantime/worktime"
)

// Routes registers the operations on asks, on posts that ask and answer, and the
// forecast.
func (s *Service) Routes(api *web.API) {
	s.routesAsk(api)
	s.routesAddressee(api)
	s.routesAsker(api)
	s.routesPost(api)
	s.routesForecast(api)
	s.routesAway(api)
}

const tag = "asks"

// ToIn names people and teams.
type ToIn struct {
	People []string `json:"people,omitempty" maxItems:"500"`
	Teams  []string `json:"teams,omitempty" maxItems:"50"`
	Duty   []string `json:"duty,omitempty" maxItems:"20" doc:"Teams whose person on duty is asked, or else whoever comes next; here for the space's own."`
}

// SilenceIn says what silence means.
type SilenceIn struct {
	Then string `json:"then" enum:"nothing,consent,escalate,i_decide"`
	To   string `json:"to,omitempty" doc:"Whom to escalate to."`
}

// NewAskIn is an ask to be made.
type NewAskIn struct {
	Kind      string     `json:"kind" enum:"reply,review,approve,decide,do,acknowledge,check_in"`
	To        ToIn       `json:"to"`
	Window    string     `json:"window,omitempty" maxLength:"16" doc:"Working time an answer may take, such as 4h or 1d; the space's usual one when missing."`
	Deadline  *time.Time `json:"deadline,omitempty" doc:"An instant instead of the window."`
	Urgency   string     `json:"urgency,omitempty" enum:"routine,soon,urgent"`
	Reason    string     `json:"reason,omitempty" maxLength:"8000" doc:"Why it is urgent; needed then."`
	Otherwise string     `json:"otherwise,omitempty" maxLength:"8000" doc:"What happens if nobody acts; needed when urgent."`
	Second    string     `json:"second_reason,omitempty" maxLength:"8000" doc:"Why it is urgent even so, when the space has used up its urgent pages of the month."`
	Need      Need       `json:"need,omitempty"`
	Silence   *SilenceIn `json:"silence,omitempty"`
	Text      string     `json:"text,omitempty" maxLength:"1200" doc:"What is asked, in a line."`
	Choices   []string   `json:"choices,omitempty" maxItems:"50" doc:"Of a decision."`
}

func (n NewAskIn) read() (out NewAsk, err error) {
	out = NewAsk{
		Kind: Kind(n.Kind), Window: n.Window, Deadline: instant(n.Deadline), Urgency: worktime.Urgency(n.Urgency),
		Reason: n.Reason, Otherwise: n.Otherwise, SecondReason: n.Second, Need: string(n.Need), Text: n.Text, Choices: n.Choices,
	}
	if out.People, out.Teams, err = n.To.read(); err != nil {
		return out, err
	}
	if out.Duty, err = n.To.duty(); err != nil {
		return out, err
	}
	if n.Silence != nil {
		out.Silence = n.Silence.Then
		if n.Silence.To != "" {
			out.SilenceTo, err = id.Decode("per", n.Silence.To)
		}
	}
	return out, err
}

func (t ToIn) read() (people, teams []id.ID, err error) {
	if people, err = id.DecodeAll("per", t.People); err != nil {
		return nil, nil, err
	}
	teams, err = id.DecodeAll("team", t.Teams)
	return people, teams, err
}

// hereWord names the space's own duty.
const hereWord = "here"

func (t ToIn) duty() (out []id.ID, err error) {
	for _, word := range t.Duty {
		var team id.ID
		if word != hereWord {
			if team, err = id.Decode("team", word); err != nil {
				return nil, err
			}
		}
		out = append(out, team)
	}
	return out, nil
}

func instant(t *time.Time) clock.Instant {
	if t == nil {
		return 0
	}
	return clock.At(*t)
}

// AskIn names an ask in the path.
type AskIn struct {
	Ask string `path:"ask"`
}

// acting is what most operations begin with: who acts, on which ask.
func (in AskIn) acting(ctx context.Context) (a actor.Actor, ask id.ID, err error) {
	if a, err = actor.From(ctx); err != nil {
		return a, ask, err
	}
	ask, err = id.Decode("ask", in.Ask)
	return a, ask, err
}

// show answers an ask as it stands after an operation.
func (s *Service) show(ctx context.Context, a actor.Actor, ask Ask, err error) (*web.Out[AskView], error) {
	if err != nil {
		return nil, err
	}
	v, err := s.ViewOf(ctx, s.db, a, ask)
	if err != nil {
		return nil, err
	}
	return &web.Out[AskView]{Body: v}, nil
}

func (s *Service) routesAsk(api *web.API) {
	web.Handle(api, web.Op{Method: "GET", Path: "/asks/{ask}", ID: "getAsk", Summary: "One ask, with where it stands for each addressee.", Tag: tag},
		func(ctx context.Context, in *AskIn) (*web.Out[AskView], error) {
			a, x, err := in.acting(ctx)
			if err != nil {
				return nil, err
			}
			ask, err := s.Ask(ctx, s.db, a, x)
			return s.show(ctx, a, ask, err)
		})

	type newIn struct {
		Thread string `path:"thread"`
		Body   struct {
			NewAskIn
			Post string `json:"post,omitempty" doc:"The post it is about; a new one with the text when missing."`
		}
	}
	web.Handle(api, web.Op{Method: "POST", Path: "/threads/{thread}/asks", ID: "ask", Summary: "Ask people something about a thread.", Tag: tag},
		func(ctx context.Context, in *newIn) (*web.Out[AskView], error) {
			a, thread, err := inThread(ctx, in.Thread)
			if err != nil {
				return nil, err
			}
			n, err := in.Body.read()
			if err != nil {
				return nil, err
			}
			n.Thread = thread
			if in.Body.Post != "" {
				if n.Post, err = id.Decode("post", in.Body.Post); err != nil {
					return nil, err
				}
			}
			ask, err := s.AskOn(ctx, a, n)
			return s.show(ctx, a, ask, err)
		})

	type listIn struct {
		Thread string `path:"thread"`
		After  string `query:"after"`
		Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
	}
	web.Handle(api, web.Op{Method: "GET", Path: "/threads/{thread}/asks", ID: "listThreadAsks", Summary: "The asks of a thread, oldest first.", Tag: tag},
		func(ctx context.Context, in *listIn) (*web.Out[web.Page[AskView]], error) {
			a, thread, err := inThread(ctx, in.Thread)
			if err != nil {
				return nil, err
			}
			return s.listOut(ctx, a, thread, in.After, in.Limit)
		})
}

func inThread(ctx context.Context, thread string) (a actor.Actor, x id.ID, err error) {
	if a, err = actor.From(ctx); err != nil {
		return a, x, err
	}
	x, err = id.Decode("thr", thread)
	return a, x, err
}

func (s *Service) listOut(ctx context.Context, a actor.Actor, thread id.ID, after string, limit int) (*web.Out[web.Page[AskView]], error) {
	var from id.ID
	var err error
	if after != "" {
		if from, err = id.Decode("ask", after); err != nil {
			return nil, err
		}
	}
	list, more, err := s.OfThread(ctx, s.db, a, thread, from, limit)
	if err != nil {
		return nil, err
	}
	views, err := s.Views(ctx, s.db, a, list)
	if err != nil {
		return nil, err
	}
	page := web.Page[AskView]{Items: views}
	if more && len(views) > 0 {
		page.Next = views[len(views)-1].ID
	}
	return &web.Out[web.Page[AskView]]{Body: page}, nil
}
