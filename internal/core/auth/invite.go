package auth

import (
	"context"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// InvitationFor is how long an invitation can be accepted.
const InvitationFor = 7 * 24 * time.Hour

const (
	mostInvitations = 1000 // open ones in a workspace
	mostSpaces      = 50   // of one invitation
)

// NewInvitation says whom to let in, and to what.
type NewInvitation struct {
	Email      string // "": whoever has the link
	Name       string
	Role       actor.Role // Member when empty
	Spaces     []id.ID
	GuestUntil clock.Instant // guests only
}

// Invitation is a door into the workspace, open once and for seven days.
type Invitation struct {
	WorkspaceID  id.ID
	InvitationID id.ID
	Email        string
	Name         string
	Role         actor.Role
	Spaces       db.JSON[[]id.ID]
	GuestUntil   clock.Instant
	InviterID    id.ID
	CreatedAt    clock.Instant
	ExpiresAt    clock.Instant
	UsedAt       clock.Instant
}

// Invite makes an invitation and tells its token, once. Nobody gives a role that
// is more than their own, nor a space they may not invite to; guests invite nobody.
func (s *Service) Invite(ctx context.Context, a actor.Actor, n NewInvitation) (inv Invitation, token string, err error) {
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		inv, token, err = s.InviteTx(ctx, tx, a, n)
		return err
	})
	return inv, token, err
}

// InviteTx is Invite within a transaction, for a feature that invites to a thing of its own.
func (s *Service) InviteTx(ctx context.Context, tx *db.Tx, a actor.Actor, n NewInvitation) (Invitation, string, error) {
	inv, err := s.readInvitation(n, a)
	if err != nil {
		return inv, "", err
	}
	if err := s.mayInvite(ctx, tx, a, inv); err != nil {
		return inv, "", err
	}
	token, hash := newToken("")
	inv.InvitationID, inv.CreatedAt, inv.ExpiresAt = id.New(tx.Now), tx.Now, tx.Now.Add(InvitationFor)
	event.Append(tx, event.New{Kind: EventInvited, Actor: a.Person, Subject: invitationRef(inv.InvitationID), Concerns: []id.ID{a.Person}})
	return inv, token, insertInvitation(ctx, tx, inv, hash)
}

func (s *Service) mayInvite(ctx context.Context, tx *db.Tx, a actor.Actor, inv Invitation) error {
	self, err := s.people.Get(ctx, tx, a.Workspace, a.Person)
	if err != nil {
		return err
	}
	if !people.MayGrant(self.Role, inv.Role) {
		return fault.New(fault.Forbidden, "more_than_own", "You cannot invite somebody to more than you are yourself.")
	}
	if err := s.mayJoin(ctx, tx, self.Actor(), inv.Spaces.V); err != nil {
		return err
	}
	if err := s.notMember(ctx, tx, inv.Email); err != nil {
		return err
	}
	open, err := countInvitations(ctx, tx, a.Workspace)
	if err == nil && open >= mostInvitations {
		err = fault.Newf(fault.Invalid, "too_many_invitations", "There are %d open invitations. Please take some back first.", mostInvitations)
	}
	return err
}

func (s *Service) readInvitation(n NewInvitation, a actor.Actor) (Invitation, error) {
	inv := Invitation{
		WorkspaceID: a.Workspace, Email: people.FoldEmail(n.Email), Name: cutName(n.Name), Role: n.Role,
		Spaces: db.JSON[[]id.ID]{V: n.Spaces}, GuestUntil: n.GuestUntil, InviterID: a.Person,
	}
	if inv.Role == "" {
		inv.Role = actor.Member
	}
	if inv.Spaces.V == nil {
		inv.Spaces.V = []id.ID{}
	}
	switch {
	case n.Email != "" && inv.Email == "":
		return inv, fault.New(fault.Invalid, "bad_email", "This does not look like an e-mail address.").At("email")
	case !inv.GuestUntil.IsZero() && inv.Role != actor.Guest:
		return inv, fault.New(fault.Invalid, "guests_only", "Only the time of guests can end by a date.").At("guest_until")
	case !inv.GuestUntil.IsZero() && inv.GuestUntil <= s.now():
		return inv, fault.New(fault.Invalid, "in_past", "Pick a time in the future.").At("guest_until")
	case len(n.Spaces) > mostSpaces:
		return inv, fault.Newf(fault.Invalid, "too_many_spaces", "Choose at most %d spaces.", mostSpaces).At("spaces")
	}
	return inv, nil
}

func (s *Service) mayJoin(ctx context.Context, q db.Queryer, a actor.Actor, spaces []id.ID) error {
	for _, x := range spaces {
		if s.joiner == nil {
			return fault.Missing("space")
		}
		if err := s.joiner.MayInvite(ctx, q, a, x); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) notMember(ctx context.Context, tx *db.Tx, email string) error {
	found, err := s.people.ByEmails(ctx, tx, tx.Workspace, []string{email})
	if p, ok := found[email]; ok && err == nil && p.State == people.Active {
		return fault.New(fault.Conflict, "already_member", "Somebody with this e-mail address is in the workspace already.").At("email")
	}
	return err
}

// Invitations lists the open invitations, newest first: all of them for owners
// and admins, one's own for others.
func (s *Service) Invitations(ctx context.Context, a actor.Actor) ([]Invitation, error) {
	list, err := loadInvitations(ctx, s.db, a.Workspace, s.now())
	out := []Invitation{}
	for _, inv := range list {
		if a.Administers() || inv.InviterID == a.Person {
			out = append(out, inv)
		}
	}
	return out, err
}

// Uninvite takes an invitation back; whoever made it may, and owners and admins.
func (s *Service) Uninvite(ctx context.Context, a actor.Actor, invitation id.ID) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		inv, ok, err := loadInvitation(ctx, tx, a.Workspace, invitation)
		if err != nil {
			return err
		}
		if !ok || (!a.Administers() && inv.InviterID != a.Person) {
			return fault.Missing("invitation")
		}
		return s.UninviteTx(ctx, tx, a.Person, invitation)
	})
}

// UninviteTx takes an invitation back for a feature that made it and has asked who may.
func (s *Service) UninviteTx(ctx context.Context, tx *db.Tx, by, invitation id.ID) error {
	event.Append(tx, event.New{Kind: EventUninvited, Actor: by, Subject: invitationRef(invitation), Concerns: []id.ID{by}})
	return deleteInvitation(ctx, tx, invitation)
}

// OpenInvitations finds those of some invitations that can be accepted still.
func (s *Service) OpenInvitations(ctx context.Context, q db.Queryer, workspace id.ID, list []id.ID) (map[id.ID]Invitation, error) {
	found, err := invitationsByID(ctx, q, workspace, list)
	out := make(map[id.ID]Invitation, len(found))
	for _, inv := range found {
		if inv.open(s.now()) {
			out[inv.InvitationID] = inv
		}
	}
	return out, err
}

// InvitationByToken reads an invitation without using it up. One that was used,
// is over, was taken back or never was is the same not_found fault.
func (s *Service) InvitationByToken(ctx context.Context, token string) (Invitation, error) {
	inv, ok, err := invitationByHash(ctx, s.db, hashOf(token))
	if err == nil && (!ok || !inv.open(s.now())) {
		err = closed()
	}
	return inv, err
}

func (inv Invitation) open(now clock.Instant) bool {
	return inv.UsedAt.IsZero() && inv.ExpiresAt > now && (inv.GuestUntil.IsZero() || inv.GuestUntil > now)
}

func closed() error {
	return fault.New(fault.NotFound, "invitation_closed", "This invitation was used, has expired or was taken back. Ask for a new one.")
}

func invitationRef(x id.ID) event.Ref { return event.Ref{Kind: "invitation", ID: x} }
