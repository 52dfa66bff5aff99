package pages

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

const tag = "pages"

// Routes registers the operations.
func (s *Service) Routes(api *web.API) {
	web.Handle(api, web.Op{Method: "GET", Path: "/spaces/{space}/urgent", ID: "getUrgentPath", Summary: "How a space is paged: its path, its budget, and what of it is used.", Tag: tag}, s.getPath)
	web.Handle(api, web.Op{Method: "PUT", Path: "/spaces/{space}/urgent", ID: "setUrgentPath", Summary: "Name the urgent path of a space and its budget.", Tag: tag}, s.putPath)
	web.Handle(api, web.Op{Method: "PUT", Path: "/spaces/{space}/urgent/pager", ID: "setPager", Summary: "Have a space's pages posted to a pager too; answers the secret that signs them, once.", Tag: tag, Status: 200, Secret: true}, s.putPager)
	web.Handle(api, web.Op{Method: "DELETE", Path: "/spaces/{space}/urgent/pager", ID: "endPager", Summary: "Post a space's pages to no pager any more.", Tag: tag, Status: 204}, s.deletePager)
	web.Handle(api, web.Op{Method: "GET", Path: "/spaces/{space}/pages", ID: "listPages", Summary: "The log of a space's urgent pages, newest first.", Tag: tag}, s.getLog)
	web.Handle(api, web.Op{Method: "GET", Path: "/pages/{page}", ID: "getPage", Summary: "One urgent page, with whom it reached.", Tag: tag}, s.getPage)
	web.Handle(api, web.Op{Method: "GET", Path: "/asks/{ask}/page", ID: "getPageOfAsk", Summary: "The page of an urgent ask.", Tag: tag}, s.getPageOfAsk)
	web.Handle(api, web.Op{Method: "POST", Path: "/pages/{page}/acknowledgement", ID: "acknowledgePage", Summary: "Say that you see to it: the path stops.", Tag: tag}, s.postAcknowledgement)
	web.Handle(api, web.Op{Method: "POST", Path: "/pages/{page}/resolution", ID: "resolvePage", Summary: "Say that it is dealt with.", Tag: tag}, s.postResolution)
	web.Handle(api, web.Op{Method: "POST", Path: "/pages/{page}/verdict", ID: "judgePage", Summary: "Say whether paging you was rightly urgent.", Tag: tag}, s.postVerdict)
	web.Handle(api, web.Op{Method: "GET", Path: "/me/pages", ID: "myPages", Summary: "The pages that reached you: those open, and those you may say something about.", Tag: tag}, s.getMine)
}

type spaceIn struct {
	Space string `path:"space"`
}

// StepIn is a step of a path as it is written.
type StepIn struct {
	Duty    string   `json:"duty,omitempty" doc:"The team whose person on duty is paged."`
	Layer   int      `json:"layer,omitempty" minimum:"0" maximum:"10" doc:"Of that rota, from 1; 0 for whoever is on duty."`
	People  []string `json:"people,omitempty" maxItems:"50"`
	Teams   []string `json:"teams,omitempty" maxItems:"50"`
	Minutes int      `json:"minutes" minimum:"0" maximum:"100000" doc:"How long they have to acknowledge before the next step."`
}

func (in StepIn) read() (st Step, err error) {
	st = Step{Layer: in.Layer, Minutes: in.Minutes}
	if in.Duty != "" {
		if st.Duty, err = id.Decode("team", in.Duty); err != nil {
			return st, err
		}
	}
	if st.People, err = id.DecodeAll("per", in.People); err != nil {
		return st, err
	}
	st.Teams, err = id.DecodeAll("team", in.Teams)
	return st, err
}

type putPathIn struct {
	Space string `path:"space"`
	Body  struct {
		Steps   []StepIn `json:"steps" maxItems:"20" nullable:"false"`
		Budget  int64    `json:"budget" minimum:"0" maximum:"1000000" doc:"Urgent pages a month that the space thinks enough."`
		Version int64    `json:"version,omitempty" minimum:"0" maximum:"9007199254740991" doc:"As you read it; guards against a change by somebody else since."`
	}
}

func (s *Service) getPath(ctx context.Context, in *spaceIn) (*web.Out[PathView], error) {
	a, x, err := on(ctx, "sp", in.Space)
	if err != nil {
		return nil, err
	}
	return s.pathOut(ctx, a, x)
}

func (s *Service) putPath(ctx context.Context, in *putPathIn) (*web.Out[PathView], error) {
	a, x, err := on(ctx, "sp", in.Space)
	if err != nil {
		return nil, err
	}
	var steps []Step
	for _, one := range in.Body.Steps {
		st, err := one.read()
		if err != nil {
			return nil, err
		}
		steps = append(steps, st)
	}
	if err := s.SetPath(ctx, a, x, steps, in.Body.Budget, in.Body.Version); err != nil {
		return nil, err
	}
	return s.pathOut(ctx, a, x)
}

type pagerIn struct {
	Space string `path:"space"`
	Body  struct {
		URL string `json:"url" minLength:"1" maxLength:"2000"`
	}
}

// PagerSecret signs what a pager is sent; it is shown once.
type PagerSecret struct {
	Secret string `json:"secret" doc:"whsec_…, as Standard Webhooks write it."`
}

func (s *Service) putPager(ctx context.Context, in *pagerIn) (*web.Out[PagerSecret], error) {
	a, x, err := on(ctx, "sp", in.Space)
	if err != nil {
		return nil, err
	}
	secret, err := s.SetHook(ctx, a, x, in.Body.URL)
	return &web.Out[PagerSecret]{Body: PagerSecret{secret}}, err
}

func (s *Service) deletePager(ctx context.Context, in *spaceIn) (*web.None, error) {
	a, x, err := on(ctx, "sp", in.Space)
	if err != nil {
		return nil, err
	}
	_, err = s.SetHook(ctx, a, x, "")
	return &web.None{}, err
}

type logIn struct {
	Space string `path:"space"`
	After string `query:"after" maxLength:"64"`
	Limit int    `query:"limit" minimum:"1" maximum:"100" default:"50"`
}

func (s *Service) getLog(ctx context.Context, in *logIn) (*web.Out[web.Page[View]], error) {
	a, x, err := on(ctx, "sp", in.Space)
	if err != nil {
		return nil, err
	}
	after, err := web.After("page", in.After)
	if err != nil {
		return nil, err
	}
	list, more, err := s.Log(ctx, a, x, after, in.Limit)
	if err != nil {
		return nil, err
	}
	views, err := s.views(ctx, a, list)
	if err != nil {
		return nil, err
	}
	page := web.Page[View]{Items: views}
	if more && len(list) > 0 {
		page.Next = id.Encode("page", list[len(list)-1].ID)
	}
	return &web.Out[web.Page[View]]{Body: page}, nil
}

// PageIn names a page in the path.
type PageIn struct {
	Page string `path:"page"`
}

func (s *Service) getPage(ctx context.Context, in *PageIn) (*web.Out[View], error) {
	a, x, err := on(ctx, "page", in.Page)
	if err != nil {
		return nil, err
	}
	p, err := s.find(ctx, s.db, a, x)
	return s.out(ctx, a, p, err)
}

func (s *Service) getPageOfAsk(ctx context.Context, in *struct {
	Ask string `path:"ask"`
},
) (*web.Out[View], error) {
	a, x, err := on(ctx, "ask", in.Ask)
	if err != nil {
		return nil, err
	}
	p, err := s.OfAsk(ctx, a, x)
	return s.out(ctx, a, p, err)
}

func (s *Service) postAcknowledgement(ctx context.Context, in *struct {
	PageIn
	Body *struct{}
},
) (*web.Out[View], error) {
	a, x, err := on(ctx, "page", in.Page)
	if err != nil {
		return nil, err
	}
	p, err := s.Acknowledge(ctx, a, x)
	return s.out(ctx, a, p, err)
}

func (s *Service) postResolution(ctx context.Context, in *struct {
	PageIn
	Body struct {
		Note string `json:"note,omitempty" maxLength:"8000"`
	}
},
) (*web.Out[View], error) {
	a, x, err := on(ctx, "page", in.Page)
	if err != nil {
		return nil, err
	}
	p, err := s.Resolve(ctx, a, x, in.Body.Note)
	return s.out(ctx, a, p, err)
}

func (s *Service) postVerdict(ctx context.Context, in *struct {
	PageIn
	Body struct {
		Rightly bool   `json:"rightly"`
		Note    string `json:"note,omitempty" maxLength:"8000"`
	}
},
) (*web.Out[View], error) {
	a, x, err := on(ctx, "page", in.Page)
	if err != nil {
		return nil, err
	}
	p, err := s.Judge(ctx, a, x, in.Body.Rightly, in.Body.Note)
	return s.out(ctx, a, p, err)
}

func (s *Service) getMine(ctx context.Context, _ *struct{}) (*web.Out[MineView], error) {
	a, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	open, past, err := s.Mine(ctx, a)
	if err != nil {
		return nil, err
	}
	var out MineView
	if out.Open, err = s.views(ctx, a, open); err != nil {
		return nil, err
	}
	out.ToJudge, err = s.views(ctx, a, past)
	return &web.Out[MineView]{Body: out}, err
}

// on reads who asks and the thing it is about.
func on(ctx context.Context, prefix, ref string) (actor.Actor, id.ID, error) {
	a, err := actor.From(ctx)
	if err != nil {
		return a, id.ID{}, err
	}
	x, err := id.Decode(prefix, ref)
	return a, x, err
}
