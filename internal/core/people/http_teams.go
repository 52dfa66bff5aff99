package people

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

// TeamOut is a team in the API.
type TeamOut struct {
	ID      string      `json:"id"`
	Name    string      `json:"name"`
	Handle  string      `json:"handle"`
	Members []PersonRef `json:"members" nullable:"false"`
	May     TeamMay     `json:"may"`
}

// TeamMay says what the reader may do with a team.
type TeamMay struct {
	Change bool `json:"change"`
}

func (s *Service) teamOut(a actor.Actor, t Team) TeamOut {
	out := TeamOut{ID: id.Encode("team", t.ID), Name: t.Name, Handle: t.Handle, Members: []PersonRef{}, May: TeamMay{t.MayChange(a)}}
	for _, p := range t.Members {
		out.Members = append(out.Members, p.Ref(s.now()))
	}
	return out
}

type teamIn struct {
	Team string `path:"team"`
}

func (s *Service) routesTeams(api *web.API) {
	type listIn struct {
		After string `query:"after"`
	}
	web.Handle(api, web.Op{Method: "GET", Path: "/teams", ID: "listTeams", Summary: "The teams, by name.", Tag: "people"},
		func(ctx context.Context, in *listIn) (*web.Out[web.Page[TeamOut]], error) {
			a, after, err := actorAndMaybe(ctx, "team", in.After)
			if err != nil {
				return nil, err
			}
			list, next, err := s.Teams(ctx, s.db, a, after, 0)
			if err != nil {
				return nil, err
			}
			page := web.Page[TeamOut]{Items: []TeamOut{}, Next: id.Encode("team", next)}
			for _, t := range list {
				page.Items = append(page.Items, s.teamOut(a, t))
			}
			return &web.Out[web.Page[TeamOut]]{Body: page}, nil
		})

	type makeTeamIn struct {
		Body struct {
			Name    string   `json:"name" minLength:"1" maxLength:"200"`
			Handle  string   `json:"handle,omitempty" maxLength:"64"`
			Members []string `json:"members" maxItems:"1000" nullable:"false"`
		}
	}
	web.Handle(api, web.Op{Method: "POST", Path: "/teams", ID: "makeTeam", Summary: "Make a team.", Tag: "people"},
		func(ctx context.Context, in *makeTeamIn) (*web.Out[TeamOut], error) {
			a, err := actor.From(ctx)
			if err != nil {
				return nil, err
			}
			members, err := id.DecodeAll("per", in.Body.Members)
			if err != nil {
				return nil, err
			}
			t, err := s.MakeTeam(ctx, a, in.Body.Name, in.Body.Handle, members)
			return &web.Out[TeamOut]{Body: s.teamOut(a, t)}, err
		})

	web.Handle(api, web.Op{Method: "GET", Path: "/teams/{team}", ID: "getTeam", Summary: "One team.", Tag: "people"},
		func(ctx context.Context, in *teamIn) (*web.Out[TeamOut], error) { return s.oneTeam(ctx, in.Team) })
	s.routesTeamChanges(api)
}

func (s *Service) routesTeamChanges(api *web.API) {
	type changeTeamIn struct {
		Team string `path:"team"`
		Body struct {
			Name    *string   `json:"name,omitempty" maxLength:"200"`
			Handle  *string   `json:"handle,omitempty" maxLength:"64"`
			Members *[]string `json:"members,omitempty" maxItems:"1000"`
		}
	}
	web.Handle(api, web.Op{Method: "PATCH", Path: "/teams/{team}", ID: "changeTeam", Summary: "Rename a team, or change who is in it.", Tag: "people"},
		func(ctx context.Context, in *changeTeamIn) (*web.Out[TeamOut], error) {
			a, x, err := actorAnd(ctx, "team", in.Team)
			if err != nil {
				return nil, err
			}
			c := TeamChange{Name: in.Body.Name, Handle: in.Body.Handle}
			if in.Body.Members != nil {
				members, err := id.DecodeAll("per", *in.Body.Members)
				if err != nil {
					return nil, err
				}
				c.Members = &members
			}
			if err := s.ChangeTeam(ctx, a, x, c); err != nil {
				return nil, err
			}
			return s.oneTeam(ctx, in.Team)
		})

	web.Handle(api, web.Op{Method: "DELETE", Path: "/teams/{team}", ID: "removeTeam", Summary: "Remove a team.", Tag: "people", Status: 204},
		func(ctx context.Context, in *teamIn) (*web.None, error) {
			a, x, err := actorAnd(ctx, "team", in.Team)
			if err != nil {
				return nil, err
			}
			return &web.None{}, s.RemoveTeam(ctx, a, x)
		})
}

func (s *Service) oneTeam(ctx context.Context, team string) (*web.Out[TeamOut], error) {
	a, x, err := actorAnd(ctx, "team", team)
	if err != nil {
		return nil, err
	}
	t, err := s.Team(ctx, s.db, a, x)
	return &web.Out[TeamOut]{Body: s.teamOut(a, t)}, err
}
