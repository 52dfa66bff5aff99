package spaces

import (
	"context"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

// Routes registers the operations of spaces, threads, posts and files.
func (s *Service) Routes(a *web.API) {
	s.spaceRoutes(a)
	s.threadRoutes(a)
	s.postRoutes(a)
	s.plain(a)
}

const tag = "spaces"

type spaceIn struct {
	Space string `path:"space"`
}

type spaceMemberIn struct {
	Space  string `path:"space"`
	Person string `path:"person"`
}

// Paging is what every list may be told.
type Paging struct {
	After string `query:"after" maxLength:"100" doc:"The next of the page before."`
	Limit int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

type newSpaceIn struct {
	Body struct {
		Name    string        `json:"name" minLength:"1" maxLength:"80"`
		Purpose string        `json:"purpose,omitempty" maxLength:"2000"`
		Private bool          `json:"private,omitempty"`
		Color   string        `json:"color,omitempty" maxLength:"20"`
		Members []string      `json:"members,omitempty" maxItems:"200"`
		Windows *SpaceWindows `json:"windows,omitempty"`
	}
}

type changeSpaceIn struct {
	Space string `path:"space"`
	Body  struct {
		Name     *string       `json:"name,omitempty" minLength:"1" maxLength:"80"`
		Purpose  *string       `json:"purpose,omitempty" maxLength:"2000"`
		Private  *bool         `json:"private,omitempty"`
		Archived *bool         `json:"archived,omitempty"`
		Color    *string       `json:"color,omitempty" maxLength:"20"`
		Windows  *SpaceWindows `json:"windows,omitempty"`
	}
}

func (s *Service) spaceRoutes(a *web.API) {
	web.Handle(a, web.Op{Method: "GET", Path: "/spaces", ID: "listSpaces", Summary: "List the spaces that you may read.", Tag: tag},
		func(ctx context.Context, in *Paging) (*web.Out[web.Page[SpaceView]], error) {
			a, err := actor.From(ctx)
			if err != nil {
				return nil, err
			}
			list, next, err := s.ListSpaces(ctx, s.db, a, in.After, in.Limit)
			return &web.Out[web.Page[SpaceView]]{Body: web.Page[SpaceView]{Items: list, Next: next}}, err
		})
	web.Handle(a, web.Op{Method: "POST", Path: "/spaces", ID: "openSpace", Summary: "Open a space.", Tag: tag}, s.postSpace)
	web.Handle(a, web.Op{Method: "GET", Path: "/spaces/{space}", ID: "getSpace", Summary: "Read one space.", Tag: tag},
		func(ctx context.Context, in *spaceIn) (*web.Out[SpaceView], error) {
			a, x, err := on(ctx, "sp", in.Space)
			if err != nil {
				return nil, err
			}
			return s.outSpace(ctx, a, x)
		})
	web.Handle(a, web.Op{Method: "PATCH", Path: "/spaces/{space}", ID: "changeSpace", Summary: "Change a space, archive it or bring it back.", Tag: tag}, s.patchSpace)
	s.memberRoutes(a)
}

func (s *Service) memberRoutes(a *web.API) {
	web.Handle(a, web.Op{Method: "GET", Path: "/spaces/{space}/members", ID: "listSpaceMembers", Summary: "List the members of a space.", Tag: tag}, s.getMembers)
	web.Handle(a, web.Op{Method: "PUT", Path: "/spaces/{space}/members/{person}", ID: "addSpaceMember", Summary: "Make somebody, or yourself, a member of a space.", Tag: tag, Status: 204},
		func(ctx context.Context, in *spaceMemberIn) (*web.None, error) {
			return nil, s.member(ctx, in, s.AddMember)
		})
	web.Handle(a, web.Op{Method: "DELETE", Path: "/spaces/{space}/members/{person}", ID: "removeSpaceMember", Summary: "End a membership of a space.", Tag: tag, Status: 204},
		func(ctx context.Context, in *spaceMemberIn) (*web.None, error) {
			return nil, s.member(ctx, in, s.RemoveMember)
		})
}

func (s *Service) postSpace(ctx context.Context, in *newSpaceIn) (*web.Out[SpaceView], error) {
	a, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	n := NewSpace{Name: in.Body.Name, Purpose: in.Body.Purpose, Private: in.Body.Private, Color: in.Body.Color}
	if w := in.Body.Windows; w != nil {
		n.WindowDefault, n.WindowShortest = w.Default, w.Shortest
	}
	if n.Members, err = id.DecodeAll("per", in.Body.Members); err != nil {
		return nil, err
	}
	sp, err := s.OpenSpace(ctx, a, n)
	if err != nil {
		return nil, err
	}
	return s.outSpace(ctx, a, sp.ID)
}

func (s *Service) patchSpace(ctx context.Context, in *changeSpaceIn) (*web.Out[SpaceView], error) {
	a, x, err := on(ctx, "sp", in.Space)
	if err != nil {
		return nil, err
	}
	c := SpaceChange{Name: in.Body.Name, Purpose: in.Body.Purpose, Private: in.Body.Private, Archived: in.Body.Archived, Color: in.Body.Color}
	if w := in.Body.Windows; w != nil {
		c.WindowDefault, c.WindowShortest = &w.Default, &w.Shortest
	}
	if err := s.ChangeSpace(ctx, a, x, c); err != nil {
		return nil, err
	}
	return s.outSpace(ctx, a, x)
}

func (s *Service) outSpace(ctx context.Context, a actor.Actor, space id.ID) (*web.Out[SpaceView], error) {
	v, err := s.ViewSpace(ctx, s.db, a, space)
	return &web.Out[SpaceView]{Body: v}, err
}

func (s *Service) getMembers(ctx context.Context, in *struct {
	Paging
	Space string `path:"space"`
},
) (*web.Out[web.Page[people.PersonRef]], error) {
	a, x, err := on(ctx, "sp", in.Space)
	if err != nil {
		return nil, err
	}
	after, err := web.After("per", in.After)
	if err != nil {
		return nil, err
	}
	list, next, err := s.ListMembers(ctx, s.db, a, x, after, in.Limit)
	return &web.Out[web.Page[people.PersonRef]]{Body: web.Page[people.PersonRef]{Items: list, Next: id.Encode("per", next)}}, err
}

func (s *Service) member(ctx context.Context, in *spaceMemberIn, do func(context.Context, actor.Actor, id.ID, id.ID) error) error {
	a, x, err := on(ctx, "sp", in.Space)
	if err != nil {
		return err
	}
	p, err := id.Decode("per", in.Person)
	if err != nil {
		return err
	}
	return do(ctx, a, x, p)
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
