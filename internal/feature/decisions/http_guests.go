package decisions

import (
	"context"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

func (s *Service) routesGuests(api *web.API) {
	web.Handle(api, web.Op{Method: "POST", Path: "/decisions/{decision}/guests", ID: "inviteGuest", Summary: "Invite somebody from outside to take part in one open decision: a link made out to their address, told once.", Tag: tag, Secret: true}, s.postGuest)
	web.Handle(api, web.Op{Method: "DELETE", Path: "/decisions/{decision}/guests/{invitation}", ID: "uninviteGuest", Summary: "Take an invitation to a decision back.", Tag: tag, Status: 200}, s.deleteGuestOp)
}

// AwaitedView is somebody who was invited from outside and is not here yet.
type AwaitedView struct {
	ID        string           `json:"id" doc:"Of the invitation."`
	Email     string           `json:"email"`
	Name      string           `json:"name"`
	Until     *time.Time       `json:"until" doc:"When their time here ends once they have accepted."`
	ExpiresAt time.Time        `json:"expires_at" doc:"Up to when the link works."`
	Mailed    bool             `json:"mailed" doc:"A mail with the link went out to them."`
	Returned  string           `json:"returned" doc:"Why that mail did not arrive, as its server said; empty as long as nothing came back."`
	By        people.PersonRef `json:"by"`
}

// GuestInvitedView is what came of inviting somebody.
type GuestInvitedView struct {
	Link    string            `json:"link" doc:"Told this once; empty when they are here already."`
	Here    *people.PersonRef `json:"here" doc:"Whose address it is in the workspace already: they are entitled now. Null otherwise."`
	Invited *AwaitedView      `json:"invited" doc:"The invitation; null when they are here already."`
}

type guestIn struct {
	Decision string `path:"decision"`
	Body     struct {
		Email string     `json:"email" maxLength:"254"`
		Name  string     `json:"name,omitempty" maxLength:"200"`
		Until *time.Time `json:"until,omitempty" doc:"When their time here ends; some weeks after the decision when missing."`
	}
}

func (s *Service) postGuest(ctx context.Context, in *guestIn) (*web.Out[GuestInvitedView], error) {
	a, x, err := on(ctx, in.Decision)
	if err != nil {
		return nil, err
	}
	made, err := s.InviteGuest(ctx, a, x, NewGuest{Email: in.Body.Email, Name: in.Body.Name, Until: instantOf(in.Body.Until)})
	if err != nil {
		return nil, err
	}
	who, err := s.people.Refs(ctx, s.db, a.Workspace, []id.ID{a.Person, made.Here})
	if err != nil {
		return nil, err
	}
	out := GuestInvitedView{Link: made.Link}
	if made.Here.IsZero() {
		view := Awaited{Invitation: made.Invitation, Mailed: made.Mailed}.view(who)
		out.Invited = &view
	} else {
		here := who[made.Here]
		out.Here = &here
	}
	return &web.Out[GuestInvitedView]{Body: out}, nil
}

func (w Awaited) view(who map[id.ID]people.PersonRef) AwaitedView {
	return AwaitedView{
		ID: id.Encode("inv", w.InvitationID), Email: w.Email, Name: w.Name, Until: w.GuestUntil.Pointer(), ExpiresAt: w.ExpiresAt.Time(),
		Mailed: w.Mailed, Returned: w.Returned, By: who[w.InviterID],
	}
}

// awaitedOut is who is awaited, for whoever may invite; it is no part of what is exported.
func (s *Service) awaitedOut(ctx context.Context, a actor.Actor, v *Seen) ([]AwaitedView, error) {
	out := []AwaitedView{}
	list, err := s.awaited(ctx, s.db, v)
	if err != nil || len(list) == 0 {
		return out, err
	}
	var by []id.ID
	for _, w := range list {
		by = append(by, w.InviterID)
	}
	who, err := s.people.Refs(ctx, s.db, a.Workspace, by)
	for _, w := range list {
		out = append(out, w.view(who))
	}
	return out, err
}

type onGuestIn struct {
	Decision   string `path:"decision"`
	Invitation string `path:"invitation"`
}

func (s *Service) deleteGuestOp(ctx context.Context, in *onGuestIn) (*web.Out[DecisionView], error) {
	a, x, err := on(ctx, in.Decision)
	if err != nil {
		return nil, err
	}
	invitation, err := id.Decode("inv", in.Invitation)
	if err != nil {
		return nil, err
	}
	if err := s.UninviteGuest(ctx, a, x, invitation); err != nil {
		return nil, err
	}
	return s.viewOut(ctx, a, x)
}
