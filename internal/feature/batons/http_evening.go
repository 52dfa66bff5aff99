package batons

import (
	"context"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

func (s *Service) routesEvening(api *web.API) {
	web.Handle(api, web.Op{Method: "GET", Path: "/spaces/{space}/baton-ways", ID: "batonWays", Summary: "To whom you could hand work of a space now, and when it would reach them.", Tag: tag}, s.getWays)
	web.Handle(api, web.Op{Method: "GET", Path: "/me/evening", ID: "myEvening", Summary: "What of your work somebody in a waking zone could move while you are off. Only you see this.", Tag: tag}, s.getEvening)
	web.Handle(api, web.Op{Method: "PUT", Path: "/me/evening", ID: "setMyEvening", Summary: "Say whether you are told so in the last hour of your days.", Tag: tag}, s.putEvening)
}

func (s *Service) getWays(ctx context.Context, in *struct {
	Space  string `path:"space"`
	Person string `query:"person" doc:"Somebody to be told about too."`
	Window string `query:"window" maxLength:"20"`
},
) (*web.Out[web.Page[WakeView]], error) {
	a, space, err := on(ctx, "sp", in.Space)
	if err != nil {
		return nil, err
	}
	var person id.ID
	if in.Person != "" {
		if person, err = id.Decode("per", in.Person); err != nil {
			return nil, err
		}
	}
	if in.Window != "" {
		if _, err := tidyWindow(in.Window); err != nil {
			return nil, err
		}
	}
	page := web.Page[WakeView]{Items: []WakeView{}}
	err = s.db.Snapshot(ctx, func(ctx context.Context, q db.Queryer) error {
		list, err := s.Ways(ctx, q, a, space, person, in.Window)
		if err != nil {
			return err
		}
		folk := make([]id.ID, 0, len(list))
		for _, w := range list {
			folk = append(folk, w.Person)
		}
		who, err := s.people.Refs(ctx, q, a.Workspace, folk)
		for _, w := range list {
			page.Items = append(page.Items, w.view(who, w.Chain.ref()))
		}
		return err
	})
	return &web.Out[web.Page[WakeView]]{Body: page}, err
}

func (c Chain) ref() *ChainRef {
	if c.ID.IsZero() {
		return nil
	}
	return &ChainRef{ID: id.Encode("chn", c.ID), Name: c.Name}
}

// EveningView is what of the reader's work could move on while they are off.
type EveningView struct {
	Wanted bool        `json:"wanted" doc:"You are told in the last hour of each of your days."`
	From   *time.Time  `json:"from" doc:"When the last hour of your day begins."`
	Until  *time.Time  `json:"until"`
	Now    bool        `json:"now" doc:"It is that hour."`
	Back   *time.Time  `json:"back" doc:"When you work again."`
	Items  []CouldView `json:"items" nullable:"false"`
}

// CouldView is one thing that could move on: an ask or a baton.
type CouldView struct {
	Kind        string     `json:"kind" enum:"ask,baton"`
	ID          string     `json:"id"`
	Title       string     `json:"title"`
	Thread      string     `json:"thread"`
	ThreadTitle string     `json:"thread_title"`
	Path        string     `json:"path"`
	To          []WakeView `json:"to" nullable:"false" doc:"Who could move it, the first to be ready in front."`
}

func (s *Service) getEvening(ctx context.Context, _ *struct{}) (*web.Out[EveningView], error) {
	a, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	return s.eveningOut(ctx, a)
}

func (s *Service) eveningOut(ctx context.Context, a actor.Actor) (*web.Out[EveningView], error) {
	e, err := s.Tonight(ctx, a)
	if err != nil {
		return nil, err
	}
	v := EveningView{Wanted: e.Wanted, From: e.From.Pointer(), Until: e.Until.Pointer(), Now: e.Now, Back: e.Back.Pointer(), Items: []CouldView{}}
	var folk, threads []id.ID
	for _, c := range e.Could {
		threads = append(threads, c.Thread)
		for _, w := range c.To {
			folk = append(folk, w.Person)
		}
	}
	who, err := s.people.Refs(ctx, s.db, a.Workspace, folk)
	if err != nil {
		return nil, err
	}
	places, err := s.spaces.Threads(ctx, s.db, a, threads)
	if err != nil {
		return nil, err
	}
	for _, c := range e.Could {
		one := c.view()
		one.ThreadTitle = places[c.Thread].Title
		for i, w := range c.To {
			var chain *ChainRef
			if i == 0 && !c.Chain.IsZero() {
				found, err := s.chain(ctx, s.db, a, c.Chain)
				if none, err := gone(err); err != nil && !none {
					return nil, err
				}
				chain = found.ref()
			}
			one.To = append(one.To, w.view(who, chain))
		}
		v.Items = append(v.Items, one)
	}
	return &web.Out[EveningView]{Body: v}, nil
}

func (c Could) view() CouldView {
	v := CouldView{Kind: "ask", Title: c.Title(), Thread: id.Encode("thr", c.Thread), To: []WakeView{}}
	if c.Baton != nil {
		v.Kind, v.ID, v.Path = kind, id.Encode("bat", c.Baton.ID), c.Baton.Path()
		return v
	}
	v.ID, v.Path = id.Encode("ask", c.Ask.Ask.ID), c.Ask.Ask.Path()
	return v
}

type setMyEveningIn struct {
	Body struct {
		Wanted bool `json:"wanted"`
	}
}

func (s *Service) putEvening(ctx context.Context, in *setMyEveningIn) (*web.Out[EveningView], error) {
	a, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.WantEvenings(ctx, a, in.Body.Wanted); err != nil {
		return nil, err
	}
	return s.eveningOut(ctx, a)
}
