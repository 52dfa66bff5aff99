package people

import (
	"context"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

// Routes registers the operations on people, the workspace and teams, schedules
// and calendars.
func (s *Service) Routes(api *web.API) {
	s.routesMe(api)
	s.routesPeople(api)
	s.routesWorkspace(api)
	s.routesOverlap(api)
	s.routesTeams(api)
	s.routesSchedule(api)
	s.routesAbsences(api)
	s.routesCalendars(api)
}

func (s *Service) routesMe(api *web.API) {
	web.Handle(api, web.Op{Method: "GET", Path: "/me", ID: "me", Summary: "Who is signed in.", Tag: "people"},
		func(ctx context.Context, _ *struct{}) (*web.Out[Me], error) { return s.meOut(ctx) })

	type changeMeIn struct {
		Body struct {
			Name   *string `json:"name,omitempty" maxLength:"200"`
			Title  *string `json:"title,omitempty" maxLength:"200"`
			Handle *string `json:"handle,omitempty" maxLength:"64"`
		}
	}
	web.Handle(api, web.Op{Method: "PATCH", Path: "/me", ID: "changeMe", Summary: "Change one's own name, title or handle.", Tag: "people"},
		func(ctx context.Context, in *changeMeIn) (*web.Out[Me], error) {
			a, err := actor.From(ctx)
			if err != nil {
				return nil, err
			}
			if err := s.ChangeMe(ctx, a, Profile{in.Body.Name, in.Body.Title, in.Body.Handle}); err != nil {
				return nil, err
			}
			return s.meOut(ctx)
		})
}

func (s *Service) meOut(ctx context.Context) (*web.Out[Me], error) {
	a, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	m, err := s.Me(ctx, s.db, a)
	return &web.Out[Me]{Body: m}, err
}

// WorkspaceOut is the workspace in the API.
type WorkspaceOut struct {
	ID        string       `json:"id"`
	Name      string       `json:"name"`
	People    int64        `json:"people" doc:"How many people are active in it."`
	CreatedAt time.Time    `json:"created_at"`
	May       WorkspaceMay `json:"may"`
}

// WorkspaceMay says what the reader may do with the workspace.
type WorkspaceMay struct {
	Change bool `json:"change"`
}

func (s *Service) workspaceOut(ctx context.Context, a actor.Actor) (*web.Out[WorkspaceOut], error) {
	w, err := s.Workspace(ctx, s.db, a.Workspace)
	if err != nil {
		return nil, err
	}
	n, err := countActive(ctx, s.db, a.Workspace, "", s.now())
	return &web.Out[WorkspaceOut]{Body: WorkspaceOut{
		ID: id.Encode("ws", w.ID), Name: w.Name, People: n, CreatedAt: w.CreatedAt.Time(), May: WorkspaceMay{a.Administers()},
	}}, err
}

type personIn struct {
	Person string `path:"person"`
}

func (s *Service) routesPeople(api *web.API) {
	type listIn struct {
		Q     string `query:"q" maxLength:"100" doc:"Part of a name or handle."`
		Team  string `query:"team"`
		After string `query:"after"`
		Limit int    `query:"limit" minimum:"1" maximum:"500" default:"100"`
	}
	web.Handle(api, web.Op{Method: "GET", Path: "/people", ID: "listPeople", Summary: "The people of the workspace, by name.", Tag: "people"},
		func(ctx context.Context, in *listIn) (*web.Out[web.Page[PersonCard]], error) {
			return s.listOut(ctx, in.Q, in.Team, in.After, in.Limit)
		})

	web.Handle(api, web.Op{Method: "GET", Path: "/people/{person}", ID: "getPerson", Summary: "One person, with their hours and when they can be reached.", Tag: "people"},
		func(ctx context.Context, in *personIn) (*web.Out[PersonCard], error) {
			a, x, err := actorAnd(ctx, "per", in.Person)
			if err != nil {
				return nil, err
			}
			return s.cardOut(ctx, a, x)
		})
	s.routesStanding(api)
}

func (s *Service) routesStanding(api *web.API) {
	type changePersonIn struct {
		Person string `path:"person"`
		Body   struct {
			Role       *string `json:"role,omitempty" enum:"owner,admin,member,guest"`
			GuestUntil *string `json:"guest_until,omitempty" doc:"When a guest's time ends (RFC 3339); empty for never."`
		}
	}
	web.Handle(api, web.Op{Method: "PATCH", Path: "/people/{person}", ID: "changePerson", Summary: "Change somebody's role, or when a guest's time ends. For owners and admins.", Tag: "people"},
		func(ctx context.Context, in *changePersonIn) (*web.Out[PersonCard], error) {
			a, x, err := actorAnd(ctx, "per", in.Person)
			if err != nil {
				return nil, err
			}
			c := Standing{}
			if in.Body.Role != nil {
				r := actor.Role(*in.Body.Role)
				c.Role = &r
			}
			if in.Body.GuestUntil != nil {
				until, err := instantOf("guest_until", *in.Body.GuestUntil)
				if err != nil {
					return nil, err
				}
				c.GuestUntil = &until
			}
			if err := s.ChangeStanding(ctx, a, x, c); err != nil {
				return nil, err
			}
			if self, err := s.Get(ctx, s.db, a.Workspace, a.Person); err == nil {
				a.Role = self.Role // it may be one's own that changed
			}
			return s.cardOut(ctx, a, x)
		})

	web.Handle(api, web.Op{Method: "DELETE", Path: "/people/{person}", ID: "removePerson", Summary: "Remove somebody from the workspace, or leave it.", Tag: "people", Status: 204},
		func(ctx context.Context, in *personIn) (*web.None, error) {
			a, x, err := actorAnd(ctx, "per", in.Person)
			if err != nil {
				return nil, err
			}
			return &web.None{}, s.Remove(ctx, a, x)
		})
}

func (s *Service) routesWorkspace(api *web.API) {
	web.Handle(api, web.Op{Method: "GET", Path: "/workspace", ID: "getWorkspace", Summary: "The workspace.", Tag: "people"},
		func(ctx context.Context, _ *struct{}) (*web.Out[WorkspaceOut], error) {
			a, err := actor.From(ctx)
			if err != nil {
				return nil, err
			}
			return s.workspaceOut(ctx, a)
		})

	type changeWorkspaceIn struct {
		Body struct {
			Name string `json:"name" minLength:"1" maxLength:"200"`
		}
	}
	web.Handle(api, web.Op{Method: "PATCH", Path: "/workspace", ID: "changeWorkspace", Summary: "Rename the workspace. For owners and admins.", Tag: "people"},
		func(ctx context.Context, in *changeWorkspaceIn) (*web.Out[WorkspaceOut], error) {
			a, err := actor.From(ctx)
			if err != nil {
				return nil, err
			}
			if err := s.RenameWorkspace(ctx, a, in.Body.Name); err != nil {
				return nil, err
			}
			return s.workspaceOut(ctx, a)
		})
}

func (s *Service) routesOverlap(api *web.API) {
	type overlapIn struct {
		People []string `query:"people" maxItems:"100" doc:"Ids of people, with commas between."`
		Team   string   `query:"team"`
		From   string   `query:"from" doc:"An instant (RFC 3339); now when missing."`
		Days   int      `query:"days" minimum:"1" maximum:"31" default:"1"`
	}
	web.Handle(api, web.Op{Method: "GET", Path: "/overlap", ID: "overlap", Summary: "Who works when, and when they next meet.", Tag: "people"},
		func(ctx context.Context, in *overlapIn) (*web.Out[Overlap], error) {
			a, team, err := actorAndMaybe(ctx, "team", in.Team)
			if err != nil {
				return nil, err
			}
			people, err := id.DecodeAll("per", in.People)
			if err != nil {
				return nil, err
			}
			from, err := instantOf("from", in.From)
			if err != nil {
				return nil, err
			}
			o, err := s.Overlap(ctx, s.db, a, people, team, from, in.Days)
			return &web.Out[Overlap]{Body: o}, err
		})
}

func (s *Service) listOut(ctx context.Context, text, team, after string, limit int) (*web.Out[web.Page[PersonCard]], error) {
	a, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	f := Search{Text: text, Limit: limit}
	if f.Team, err = maybe("team", team); err != nil {
		return nil, err
	}
	if f.After, err = maybe("per", after); err != nil {
		return nil, err
	}
	if !f.Team.IsZero() {
		if _, err := s.Team(ctx, s.db, a, f.Team); err != nil {
			return nil, err
		}
	}
	list, next, err := s.List(ctx, s.db, a, f)
	if err != nil {
		return nil, err
	}
	cards, err := s.Cards(ctx, s.db, a, list)
	return &web.Out[web.Page[PersonCard]]{Body: web.Page[PersonCard]{Items: cards, Next: id.Encode("per", next)}}, err
}

func (s *Service) cardOut(ctx context.Context, a actor.Actor, person id.ID) (*web.Out[PersonCard], error) {
	p, err := s.Find(ctx, s.db, a, person)
	if err != nil {
		return nil, err
	}
	cards, err := s.Cards(ctx, s.db, a, []Person{p})
	if err != nil {
		return nil, err
	}
	return &web.Out[PersonCard]{Body: cards[0]}, nil
}

// actorAnd reads who asks and the id in the path.
func actorAnd(ctx context.Context, prefix, s string) (actor.Actor, id.ID, error) {
	a, err := actor.From(ctx)
	if err != nil {
		return a, id.ID{}, err
	}
	x, err := id.Decode(prefix, s)
	return a, x, err
}

func actorAndMaybe(ctx context.Context, prefix, s string) (actor.Actor, id.ID, error) {
	a, err := actor.From(ctx)
	if err != nil {
		return a, id.ID{}, err
	}
	x, err := maybe(prefix, s)
	return a, x, err
}

// maybe reads an id that may be missing.
func maybe(prefix, s string) (id.ID, error) {
	if s == "" {
		return id.ID{}, nil
	}
	return id.Decode(prefix, s)
}

// instantOf reads an instant that may be missing.
func instantOf(field, s string) (clock.Instant, error) {
	if s == "" {
		return 0, nil
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil || t.Year() < 1700 || t.Year() > 2200 {
		return 0, fault.New(fault.Invalid, "bad_instant", "Write the time as in 2026-07-01T09:00:00Z.").At(field)
	}
	return clock.At(t), nil
}
