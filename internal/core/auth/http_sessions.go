package auth

import (
	"context"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

// SessionOut is a browser session in the API.
type SessionOut struct {
	ID        string    `json:"id"`
	Current   bool      `json:"current"`
	Agent     string    `json:"agent" doc:"What the browser calls itself."`
	CreatedAt time.Time `json:"created_at"`
	UsedAt    time.Time `json:"used_at" doc:"To the hour."`
}

func (s *Service) routesSessions(api *web.API) {
	type signInIn struct {
		Body struct {
			Email    string `json:"email" maxLength:"320"`
			Password string `json:"password" maxLength:"800"`
		}
	}
	web.Handle(api, web.Op{Method: "POST", Path: "/sessions", ID: "signIn", Summary: "Sign in with an e-mail address and a password.", Tag: "auth", Public: true},
		func(ctx context.Context, in *signInIn) (*meCookie, error) {
			i, err := s.SignIn(ctx, in.Body.Email, in.Body.Password, visitOf(ctx))
			return s.begin(ctx, i, err)
		})

	type outCookie struct {
		SetCookie string `header:"Set-Cookie"`
	}
	web.Handle(api, web.Op{Method: "DELETE", Path: "/sessions/current", ID: "signOut", Summary: "Sign out.", Tag: "auth", Status: 204},
		func(ctx context.Context, _ *struct{}) (*outCookie, error) {
			a, err := actor.From(ctx)
			if err != nil {
				return nil, err
			}
			return &outCookie{s.cookie("")}, s.SignOut(ctx, a)
		})

	web.Handle(api, web.Op{Method: "GET", Path: "/sessions", ID: "listSessions", Summary: "The browsers in which one is signed in.", Tag: "auth"},
		func(ctx context.Context, _ *struct{}) (*web.Out[web.Page[SessionOut]], error) {
			a, err := actor.From(ctx)
			if err != nil {
				return nil, err
			}
			list, err := s.Sessions(ctx, a, false)
			page := web.Page[SessionOut]{Items: []SessionOut{}}
			for _, x := range list {
				page.Items = append(page.Items, SessionOut{id.Encode("ses", x.ID), x.Current, x.Name, x.CreatedAt.Time(), x.UsedAt.Time()})
			}
			return &web.Out[web.Page[SessionOut]]{Body: page}, err
		})

	type oneIn struct {
		Session string `path:"session"`
	}
	web.Handle(api, web.Op{Method: "DELETE", Path: "/sessions/{session}", ID: "endSession", Summary: "End one of one's own sessions.", Tag: "auth", Status: 204},
		func(ctx context.Context, in *oneIn) (*web.None, error) { return s.endOut(ctx, "ses", in.Session) })
	s.routesAccount(api)
}

func (s *Service) routesAccount(api *web.API) {
	type changePasswordIn struct {
		Body struct {
			Current    string `json:"current" maxLength:"800"`
			New        string `json:"new" maxLength:"800" doc:"At least ten characters."`
			KeepTokens bool   `json:"keep_tokens,omitempty" doc:"Leave the tokens of programs as they are; they end otherwise."`
		}
	}
	web.Handle(api, web.Op{Method: "PUT", Path: "/me/password", ID: "changePassword", Summary: "Change one's password; all other sessions end.", Tag: "auth", Status: 204},
		func(ctx context.Context, in *changePasswordIn) (*web.None, error) {
			a, err := actor.From(ctx)
			if err != nil {
				return nil, err
			}
			return &web.None{}, s.ChangePassword(ctx, a, in.Body.Current, in.Body.New, in.Body.KeepTokens, visitOf(ctx))
		})

	type switchWorkspaceIn struct {
		Body struct {
			Workspace string `json:"workspace"`
		}
	}
	web.Handle(api, web.Op{Method: "POST", Path: "/me/workspace", ID: "switchWorkspace", Summary: "Go to another workspace that one belongs to.", Tag: "auth", Status: 200},
		func(ctx context.Context, in *switchWorkspaceIn) (*web.Out[people.Me], error) {
			a, err := actor.From(ctx)
			if err != nil {
				return nil, err
			}
			w, err := id.Decode("ws", in.Body.Workspace)
			if err != nil {
				return nil, err
			}
			if a, err = s.Switch(ctx, a, w); err != nil {
				return nil, err
			}
			me, err := s.people.Me(ctx, s.db, a)
			return &web.Out[people.Me]{Body: me}, err
		})
}

func (s *Service) endOut(ctx context.Context, prefix, session string) (*web.None, error) {
	a, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	x, err := id.Decode(prefix, session)
	if err != nil {
		return nil, err
	}
	return &web.None{}, s.End(ctx, a, x, prefix == "tok")
}

// TokenOut is a bearer token in the API, without the token itself.
type TokenOut struct {
	ID        string    `json:"id"`
	Name      string    `json:"name"`
	Current   bool      `json:"current"`
	CreatedAt time.Time `json:"created_at"`
	UsedAt    time.Time `json:"used_at" doc:"To the hour."`
}

// FreshToken is a bearer token told once.
type FreshToken struct {
	ID    string `json:"id"`
	Token string `json:"token" doc:"Told once; keep it where the program finds it."`
}

// FreshTokenMe is a bearer token and whom it speaks for.
type FreshTokenMe struct {
	ID    string    `json:"id"`
	Token string    `json:"token" doc:"Told once; keep it where the program finds it."`
	Me    people.Me `json:"me"`
}

func (s *Service) routesTokens(api *web.API) {
	type signInTokenIn struct {
		Body struct {
			Email    string `json:"email" maxLength:"320"`
			Password string `json:"password" maxLength:"800"`
			Name     string `json:"name,omitempty" maxLength:"200" doc:"What the token is for."`
		}
	}
	web.Handle(api, web.Op{Method: "POST", Path: "/sessions/token", ID: "signInToken", Summary: "A bearer token for a program, from an e-mail address and a password.", Tag: "auth", Public: true},
		func(ctx context.Context, in *signInTokenIn) (*web.Out[FreshTokenMe], error) {
			name := in.Body.Name
			if name == "" {
				name = "command line"
			}
			i, err := s.SignInToken(ctx, in.Body.Email, in.Body.Password, name, visitOf(ctx))
			if err != nil {
				return nil, err
			}
			me, err := s.people.Me(ctx, s.db, i.Actor)
			return &web.Out[FreshTokenMe]{Body: FreshTokenMe{id.Encode("tok", i.ID), i.Token, me}}, err
		})

	type makeTokenIn struct {
		Body struct {
			Name string `json:"name" minLength:"1" maxLength:"200"`
		}
	}
	web.Handle(api, web.Op{Method: "POST", Path: "/tokens", ID: "makeToken", Summary: "A bearer token for a program that acts as oneself.", Tag: "auth", Secret: true},
		func(ctx context.Context, in *makeTokenIn) (*web.Out[FreshToken], error) {
			a, err := actor.From(ctx)
			if err != nil {
				return nil, err
			}
			i, err := s.MakeToken(ctx, a, in.Body.Name)
			return &web.Out[FreshToken]{Body: FreshToken{id.Encode("tok", i.ID), i.Token}}, err
		})

	web.Handle(api, web.Op{Method: "GET", Path: "/tokens", ID: "listTokens", Summary: "The tokens of one's programs.", Tag: "auth"},
		func(ctx context.Context, _ *struct{}) (*web.Out[web.Page[TokenOut]], error) {
			a, err := actor.From(ctx)
			if err != nil {
				return nil, err
			}
			list, err := s.Sessions(ctx, a, true)
			page := web.Page[TokenOut]{Items: []TokenOut{}}
			for _, x := range list {
				page.Items = append(page.Items, TokenOut{id.Encode("tok", x.ID), x.Name, x.Current, x.CreatedAt.Time(), x.UsedAt.Time()})
			}
			return &web.Out[web.Page[TokenOut]]{Body: page}, err
		})

	type oneIn struct {
		Token string `path:"token"`
	}
	web.Handle(api, web.Op{Method: "DELETE", Path: "/tokens/{token}", ID: "endToken", Summary: "Take one of one's own tokens back.", Tag: "auth", Status: 204},
		func(ctx context.Context, in *oneIn) (*web.None, error) { return s.endOut(ctx, "tok", in.Token) })
}
