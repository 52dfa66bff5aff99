package auth

import (
	"context"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

// InvitationOut is an invitation in the API. Its link is told once, to whoever
// made it; in lists it is empty.
type InvitationOut struct {
	ID         string     `json:"id"`
	Link       string     `json:"link"`
	Email      string     `json:"email"`
	Name       string     `json:"name"`
	Role       actor.Role `json:"role" enum:"owner,admin,member,guest"`
	Spaces     []string   `json:"spaces" nullable:"false"`
	GuestUntil *time.Time `json:"guest_until"`
	Inviter    string     `json:"inviter" doc:"The id of the person who made it."`
	CreatedAt  time.Time  `json:"created_at"`
	ExpiresAt  time.Time  `json:"expires_at"`
}

func invitationOut(inv Invitation, link string) InvitationOut {
	return InvitationOut{
		ID: id.Encode("inv", inv.InvitationID), Link: link, Email: inv.Email, Name: inv.Name, Role: inv.Role,
		Spaces: id.EncodeAll("sp", inv.Spaces.V), GuestUntil: inv.GuestUntil.Pointer(), Inviter: id.Encode("per", inv.InviterID),
		CreatedAt: inv.CreatedAt.Time(), ExpiresAt: inv.ExpiresAt.Time(),
	}
}

func (s *Service) routesInvitations(api *web.API) {
	type inviteIn struct {
		Body struct {
			Email      string   `json:"email,omitempty" maxLength:"254" doc:"Only this address may accept; anybody with the link when missing."`
			Name       string   `json:"name,omitempty" maxLength:"200"`
			Role       string   `json:"role" enum:"owner,admin,member,guest"`
			Spaces     []string `json:"spaces,omitempty" maxItems:"50"`
			GuestUntil string   `json:"guest_until,omitempty" doc:"When the guest's time ends (RFC 3339)."`
		}
	}
	web.Handle(api, web.Op{Method: "POST", Path: "/invitations", ID: "invite", Summary: "Make an invitation link: for one person, for seven days.", Tag: "auth", Secret: true},
		func(ctx context.Context, in *inviteIn) (*web.Out[InvitationOut], error) {
			a, err := actor.From(ctx)
			if err != nil {
				return nil, err
			}
			spaces, err := id.DecodeAll("sp", in.Body.Spaces)
			if err != nil {
				return nil, err
			}
			n := NewInvitation{Email: in.Body.Email, Name: in.Body.Name, Role: actor.Role(in.Body.Role), Spaces: spaces}
			if g := in.Body.GuestUntil; g != "" {
				t, err := time.Parse(time.RFC3339, g)
				if err != nil || t.Year() > 2200 {
					return nil, fault.New(fault.Invalid, "bad_instant", "Write the time as in 2026-07-01T09:00:00Z.").At("guest_until")
				}
				n.GuestUntil = clock.At(t)
			}
			inv, token, err := s.Invite(ctx, a, n)
			return &web.Out[InvitationOut]{Body: invitationOut(inv, s.Link("/invite/"+token))}, err
		})

	web.Handle(api, web.Op{Method: "GET", Path: "/invitations", ID: "listInvitations", Summary: "The open invitations: all for owners and admins, one's own for others.", Tag: "auth"},
		func(ctx context.Context, _ *struct{}) (*web.Out[web.Page[InvitationOut]], error) {
			a, err := actor.From(ctx)
			if err != nil {
				return nil, err
			}
			list, err := s.Invitations(ctx, a)
			page := web.Page[InvitationOut]{Items: []InvitationOut{}}
			for _, inv := range list {
				page.Items = append(page.Items, invitationOut(inv, ""))
			}
			return &web.Out[web.Page[InvitationOut]]{Body: page}, err
		})

	type oneIn struct {
		Invitation string `path:"invitation"`
	}
	web.Handle(api, web.Op{Method: "DELETE", Path: "/invitations/{invitation}", ID: "uninvite", Summary: "Take an invitation back.", Tag: "auth", Status: 204},
		func(ctx context.Context, in *oneIn) (*web.None, error) {
			a, err := actor.From(ctx)
			if err != nil {
				return nil, err
			}
			x, err := id.Decode("inv", in.Invitation)
			if err != nil {
				return nil, err
			}
			return &web.None{}, s.Uninvite(ctx, a, x)
		})
}

// DoorOut is what an invitation tells whoever holds its link.
type DoorOut struct {
	Workspace string     `json:"workspace" doc:"The workspace's name."`
	Inviter   string     `json:"inviter" doc:"The inviter's name."`
	Email     string     `json:"email" doc:"Only this address may accept; anybody when empty."`
	Name      string     `json:"name"`
	Role      actor.Role `json:"role" enum:"owner,admin,member,guest"`

	GuestUntil *time.Time `json:"guest_until" doc:"When a guest's time ends; null for never."`
	About      string     `json:"about" doc:"What it was made for, such as the question of one decision; empty for the workspace as such."`
	Path       string     `json:"path" doc:"Where that is found once one has accepted; empty as well."`
	Ends       *time.Time `json:"ends" doc:"When that ends, as it is said now."`
	Over       string     `json:"over" doc:"Why the invitation leads to nothing any more; empty while it does."`
}

func (s *Service) door(ctx context.Context, inv Invitation) (out DoorOut, err error) {
	w, err := s.people.Workspace(ctx, s.db, inv.WorkspaceID)
	if err != nil {
		return out, err
	}
	p, err := s.people.Get(ctx, s.db, inv.WorkspaceID, inv.InviterID)
	if err != nil {
		return out, err
	}
	g, _, err := s.goal(ctx, s.db, inv)
	return DoorOut{
		Workspace: w.Name, Inviter: p.Name, Email: inv.Email, Name: inv.Name, Role: inv.Role, GuestUntil: inv.GuestUntil.Pointer(),
		About: g.About, Path: g.Path, Ends: g.Ends.Pointer(), Over: g.Over,
	}, err
}

func (s *Service) routesAcceptance(api *web.API) {
	type lookIn struct {
		Token string `path:"token" maxLength:"200"`
	}
	web.Handle(api, web.Op{Method: "GET", Path: "/invitations/by-token/{token}", ID: "getInvitation", Summary: "What an invitation is to; looking does not use it up.", Tag: "auth", Public: true},
		func(ctx context.Context, in *lookIn) (*web.Out[DoorOut], error) {
			inv, err := s.InvitationByToken(ctx, in.Token)
			if err != nil {
				return nil, err
			}
			out, err := s.door(ctx, inv)
			return &web.Out[DoorOut]{Body: out}, err
		})

	type acceptInvitationIn struct {
		Token string `path:"token" maxLength:"200"`
		Body  struct {
			Name     string `json:"name" minLength:"1" maxLength:"200"`
			Email    string `json:"email,omitempty" maxLength:"254"`
			Password string `json:"password" maxLength:"800"`
			Zone     string `json:"zone" maxLength:"64"`
		}
	}
	web.Handle(api, web.Op{Method: "POST", Path: "/invitations/by-token/{token}/acceptance", ID: "acceptInvitation", Summary: "Accept an invitation and sign in.", Tag: "auth", Public: true},
		func(ctx context.Context, in *acceptInvitationIn) (*meCookie, error) {
			b := in.Body
			i, err := s.Accept(ctx, in.Token, Acceptance{b.Name, b.Email, b.Password, b.Zone}, visitOf(ctx))
			return s.begin(ctx, i, err)
		})
}
