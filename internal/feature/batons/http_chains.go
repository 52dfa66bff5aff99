package batons

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

func (s *Service) routesChains(api *web.API) {
	web.Handle(api, web.Op{Method: "GET", Path: "/chains", ID: "listChains", Summary: "The chains of the spaces that you may read, with who comes next.", Tag: tag}, s.getChains)
	web.Handle(api, web.Op{Method: "POST", Path: "/spaces/{space}/chains", ID: "makeChain", Summary: "Make a chain of people and teams.", Tag: tag, Status: 201}, s.postChain)
	web.Handle(api, web.Op{Method: "GET", Path: "/chains/{chain}", ID: "getChain", Summary: "A chain on the clock: its people, whoever comes next in front.", Tag: tag}, s.getChain)
	web.Handle(api, web.Op{Method: "PUT", Path: "/chains/{chain}", ID: "changeChain", Summary: "Write a chain anew.", Tag: tag}, s.putChain)
	web.Handle(api, web.Op{Method: "DELETE", Path: "/chains/{chain}", ID: "endChain", Summary: "Take a chain away; what is on its way stays with whoever has it.", Tag: tag, Status: 204}, s.deleteChain)
}

// ChainIn is a chain as it is written.
type ChainIn struct {
	Name    string   `json:"name" maxLength:"640"`
	Steps   []StepIn `json:"steps" maxItems:"50" nullable:"false" doc:"People and teams; the clock decides who is next."`
	Window  string   `json:"window,omitempty" maxLength:"20" doc:"How much of their own working time each has to take what is offered: 4h when missing."`
	Version int64    `json:"version,omitempty" minimum:"0" maximum:"9007199254740991" doc:"As you read it."`
}

// StepIn is a person or a team.
type StepIn struct {
	Person string `json:"person,omitempty"`
	Team   string `json:"team,omitempty"`
}

func (in ChainIn) read() (n NewChain, err error) {
	n = NewChain{Name: in.Name, Window: in.Window, Version: in.Version}
	for _, st := range in.Steps {
		var one Step
		if st.Person != "" {
			if one.Person, err = id.Decode("per", st.Person); err != nil {
				return n, err
			}
		}
		if st.Team != "" {
			if one.Team, err = id.Decode("team", st.Team); err != nil {
				return n, err
			}
		}
		n.Steps = append(n.Steps, one)
	}
	return n, nil
}

func (s *Service) getChains(ctx context.Context, in *struct {
	Space string `query:"space"`
	After string `query:"after"`
	Limit int    `query:"limit" minimum:"1" maximum:"50" default:"20"`
},
) (*web.Out[web.Page[ChainView]], error) {
	a, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	var space, after id.ID
	if in.Space != "" {
		if space, err = id.Decode("sp", in.Space); err != nil {
			return nil, err
		}
	}
	if in.After != "" {
		if after, err = id.Decode("chn", in.After); err != nil {
			return nil, err
		}
	}
	page := web.Page[ChainView]{Items: []ChainView{}}
	err = s.db.Snapshot(ctx, func(ctx context.Context, q db.Queryer) error {
		list, more, err := s.Chains(ctx, q, a, space, after, in.Limit)
		if err != nil {
			return err
		}
		if page.Items, err = s.showChains(ctx, q, a, list); err != nil {
			return err
		}
		if more {
			page.Next = page.Items[len(page.Items)-1].ID
		}
		return nil
	})
	return &web.Out[web.Page[ChainView]]{Body: page}, err
}

// Chains pages through the chains that the actor may see, oldest first.
func (s *Service) Chains(ctx context.Context, q db.Queryer, a actor.Actor, space, after id.ID, limit int) (list []Chain, more bool, err error) {
	if !after.IsZero() {
		if _, err := s.chain(ctx, q, a, after); err != nil {
			return nil, false, err
		}
	}
	spaces := []id.ID{space}
	if space.IsZero() {
		spaces, err = s.spaces.Readable(ctx, q, a)
	} else {
		err = s.spaces.MayRead(ctx, q, a, space)
	}
	if err != nil {
		return nil, false, err
	}
	if list, err = chainsIn(ctx, q, a.Workspace, spaces, after, limit+1); err != nil {
		return nil, false, err
	}
	if more = len(list) > limit; more {
		list = list[:limit]
	}
	return list, more, nil
}

func (s *Service) chainOut(ctx context.Context, a actor.Actor, chain id.ID) (*web.Out[ChainView], error) {
	c, err := s.chain(ctx, s.db, a, chain)
	if err != nil {
		return nil, err
	}
	list, err := s.showChains(ctx, s.db, a, []Chain{c})
	if err != nil {
		return nil, err
	}
	return &web.Out[ChainView]{Body: list[0]}, nil
}

func (s *Service) postChain(ctx context.Context, in *struct {
	Space string `path:"space"`
	Body  ChainIn
},
) (*web.Out[ChainView], error) {
	a, space, err := on(ctx, "sp", in.Space)
	if err != nil {
		return nil, err
	}
	n, err := in.Body.read()
	if err != nil {
		return nil, err
	}
	c, err := s.MakeChain(ctx, a, space, n)
	if err != nil {
		return nil, err
	}
	return s.chainOut(ctx, a, c.ID)
}

type chainIn struct {
	Chain string `path:"chain"`
}

func (s *Service) getChain(ctx context.Context, in *chainIn) (*web.Out[ChainView], error) {
	a, x, err := on(ctx, "chn", in.Chain)
	if err != nil {
		return nil, err
	}
	return s.chainOut(ctx, a, x)
}

func (s *Service) putChain(ctx context.Context, in *struct {
	Chain string `path:"chain"`
	Body  ChainIn
},
) (*web.Out[ChainView], error) {
	a, x, err := on(ctx, "chn", in.Chain)
	if err != nil {
		return nil, err
	}
	n, err := in.Body.read()
	if err != nil {
		return nil, err
	}
	if _, err := s.ChangeChain(ctx, a, x, n); err != nil {
		return nil, err
	}
	return s.chainOut(ctx, a, x)
}

func (s *Service) deleteChain(ctx context.Context, in *chainIn) (*web.None, error) {
	a, x, err := on(ctx, "chn", in.Chain)
	if err != nil {
		return nil, err
	}
	return &web.None{}, s.EndChain(ctx, a, x)
}
