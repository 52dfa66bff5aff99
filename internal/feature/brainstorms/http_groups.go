package brainstorms

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

func (s *Service) postGroup(ctx context.Context, in *struct {
	Brainstorm string `path:"brainstorm"`
	Since      int64  `query:"since" minimum:"0"`
	Body       struct {
		Name  string   `json:"name,omitempty" maxLength:"320"`
		Ideas []string `json:"ideas,omitempty" maxItems:"500"`
	}
},
) (*web.Out[BrainstormBoard], error) {
	a, x, err := on(ctx, in.Brainstorm)
	if err != nil {
		return nil, err
	}
	ideas, err := id.DecodeAll("idea", in.Body.Ideas)
	if err != nil {
		return nil, err
	}
	_, err = s.MakeGroup(ctx, a, x, NewGroup{Name: in.Body.Name, Ideas: ideas})
	return s.boardOut(ctx, a, x, in.Since, err)
}

// IdeaGroupPath names a group of a brainstorm.
type IdeaGroupPath struct {
	Brainstorm string `path:"brainstorm"`
	Group      string `path:"group"`
	Since      int64  `query:"since" minimum:"0"`
}

func (in IdeaGroupPath) read(ctx context.Context) (a actor.Actor, x, group id.ID, err error) {
	if a, x, err = on(ctx, in.Brainstorm); err == nil {
		group, err = id.Decode("grp", in.Group)
	}
	return a, x, group, err
}

func (s *Service) patchGroup(ctx context.Context, in *struct {
	IdeaGroupPath
	Body struct {
		Name   *string `json:"name,omitempty" maxLength:"320"`
		Before *string `json:"before,omitempty" doc:"The group that it comes before; empty for after all."`
	}
},
) (*web.Out[BrainstormBoard], error) {
	a, x, g, err := in.read(ctx)
	if err != nil {
		return nil, err
	}
	var before *id.ID
	if b := in.Body.Before; b != nil {
		before = new(id.ID)
		if *b != "" {
			if *before, err = id.Decode("grp", *b); err != nil {
				return nil, err
			}
		}
	}
	_, err = s.ChangeGroup(ctx, a, x, g, in.Body.Name, before)
	return s.boardOut(ctx, a, x, in.Since, err)
}

func (s *Service) deleteGroup(ctx context.Context, in *IdeaGroupPath) (*web.Out[BrainstormBoard], error) {
	a, x, g, err := in.read(ctx)
	if err != nil {
		return nil, err
	}
	return s.boardOut(ctx, a, x, in.Since, s.DropGroup(ctx, a, x, g))
}

func (s *Service) putGroupBack(ctx context.Context, in *struct {
	IdeaGroupPath
	Body struct {
		Ideas []string `json:"ideas,omitempty" maxItems:"500" doc:"Those that were in it; what is in another group by now stays there."`
	}
},
) (*web.Out[BrainstormBoard], error) {
	a, x, g, err := in.read(ctx)
	if err != nil {
		return nil, err
	}
	ideas, err := id.DecodeAll("idea", in.Body.Ideas)
	if err != nil {
		return nil, err
	}
	return s.boardOut(ctx, a, x, in.Since, s.RestoreGroup(ctx, a, x, g, ideas))
}

// IdeaSuggestion is a group that ideas might make.
type IdeaSuggestion struct {
	Name  string   `json:"name"`
	Ideas []string `json:"ideas" nullable:"false"`
}

func (s *Service) getSuggestions(ctx context.Context, in *oneIn) (*web.Out[web.Page[IdeaSuggestion]], error) {
	a, x, err := on(ctx, in.Brainstorm)
	if err != nil {
		return nil, err
	}
	list, err := s.Suggest(ctx, a, x)
	if err != nil {
		return nil, err
	}
	page := web.Page[IdeaSuggestion]{Items: []IdeaSuggestion{}}
	for _, g := range list {
		page.Items = append(page.Items, IdeaSuggestion{Name: g.Name, Ideas: id.EncodeAll("idea", g.Ideas)})
	}
	return &web.Out[web.Page[IdeaSuggestion]]{Body: page}, nil
}
