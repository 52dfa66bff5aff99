package decisions

import (
	"context"
	"time"

	"example.org/meantime/internal/core/auth"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// mostAwaited bounds how many invitations to one decision are open at once.
const mostAwaited = 50

// NewGuest is somebody outside the workspace who is to take part in one decision.
type NewGuest struct {
	Email string
	Name  string
	Until clock.Instant // when their time here ends; the usual time when zero
}

// GuestInvited is what came of inviting somebody.
type GuestInvited struct {
	Here       id.ID           // who has the address in the workspace already: they are entitled, and there is no link
	Invitation auth.Invitation // otherwise
	Link       string          // told this once
	Mailed     bool            // a mail with the link is on its way to them
}

// InviteGuest invites somebody by their address to take part in an open decision and in
// nothing else. Who is in the workspace already is entitled at once.
func (s *Service) InviteGuest(ctx context.Context, a actor.Actor, x id.ID, n NewGuest) (out GuestInvited, err error) {
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		v, err := s.openOf(ctx, tx, a, x)
		if err != nil {
			return err
		}
		if a.Role == actor.Guest {
			return fault.New(fault.Forbidden, "not_for_guests", "Guests take part in decisions, and members of the workspace bring others in.")
		}
		email := people.FoldEmail(n.Email)
		if email == "" {
			return wrong("bad_email", "email", "This does not look like an e-mail address.")
		}
		known, err := s.people.ByEmails(ctx, tx, a.Workspace, []string{email})
		if err != nil {
			return err
		}
		p, ok := known[email]
		if ok && p.State == people.Active && p.Expired(tx.Now) {
			return conflict("guest_over", p.Name+" was a guest here, and their time is over. An owner or admin can give them more of it under People; then entitle them by name.")
		}
		if ok && p.State == people.Active {
			out = GuestInvited{Here: p.ID}
			return s.inviteTx(ctx, tx, a, &v.Decision, Invited{People: []id.ID{p.ID}})
		}
		n.Email = email
		out, err = s.inviteFrom(ctx, tx, a, &v.Decision, n)
		return err
	})
	return out, err
}

// inviteFrom makes the invitation, remembers what it is for, and has it mailed.
func (s *Service) inviteFrom(ctx context.Context, tx *db.Tx, a actor.Actor, d *Decision, n NewGuest) (out GuestInvited, err error) {
	if err := s.mayAwait(ctx, tx, d, n.Email); err != nil {
		return out, err
	}
	switch {
	case n.Until.IsZero():
		n.Until = d.guestUntil(tx.Now)
	case n.Until <= d.EndsAt:
		return out, wrong("too_soon", "until", "Their time here would be over before the decision ends. Pick a later day.")
	}
	inv, token, err := s.auth.InviteTx(ctx, tx, a, auth.NewInvitation{Email: n.Email, Name: n.Name, Role: actor.Guest, GuestUntil: n.Until})
	if err != nil {
		return out, err
	}
	out = GuestInvited{Invitation: inv, Link: s.auth.Link("/invite/" + token)}
	if out.Mailed, err = s.letterTo(ctx, tx, a, d, inv, out.Link); err != nil {
		return out, err
	}
	d.Version++
	event.Append(tx, d.event(EventChanged, a.Person, nil))
	if err := putGuest(ctx, tx, guestRow{Invitation: inv.InvitationID, Decision: d.ID, Mailed: out.Mailed}); err != nil {
		return out, err
	}
	return out, update(ctx, tx, d)
}

// mayAwait refuses to invite an address twice, and more than can be looked after. What
// has run out meanwhile is forgotten.
func (s *Service) mayAwait(ctx context.Context, tx *db.Tx, d *Decision, email string) error {
	list, err := guestsOf(ctx, tx, tx.Workspace, d.ID)
	if err != nil {
		return err
	}
	open, err := s.auth.OpenInvitations(ctx, tx, tx.Workspace, invitationsOf(list))
	if err != nil {
		return err
	}
	for _, g := range list {
		inv, ok := open[g.Invitation]
		switch {
		case !ok:
			if err := deleteGuest(ctx, tx, g.Invitation); err != nil {
				return err
			}
		case inv.Email == email:
			return conflict("invited_already", "An invitation for this address is open already. Take it back first to make a new one.")
		}
	}
	if len(open) >= mostAwaited {
		return conflict("too_many", "Many invitations to this decision are open already. Take some back, or wait until they are accepted.")
	}
	return nil
}

func invitationsOf(list []guestRow) []id.ID {
	out := make([]id.ID, len(list))
	for i, g := range list {
		out[i] = g.Invitation
	}
	return out
}

// readingTime is how long a guest stays after the end: the decider has days to write the
// outcome, it reaches the guest in their own hours, and it can be looked up for a while.
const readingTime = 14 * 24 * time.Hour

// guestUntil is when the time of a guest who is invited now ends unless somebody says
// otherwise: they may accept on the last day of the invitation, have their share of hours
// from then on, and may object after the close. All of it is counted generously, since a
// guest whose time is over can read nothing any more.
func (d *Decision) guestUntil(now clock.Instant) clock.Instant {
	r, end := d.Rules.V, d.EndsAt
	if r.Fair != 0 {
		end = max(end, now.Add(auth.InvitationFor+calendarTime(r.Fair)))
	}
	return end.Add(calendarTime(r.Objections) + readingTime)
}

// calendarTime is how many days so much working time takes somebody who works five days
// a week, eight hours each, with the weekends between and one day to spare.
func calendarTime(d time.Duration) time.Duration {
	if d == 0 {
		return 0
	}
	days := int64(d+8*time.Hour-1) / int64(8*time.Hour)
	return time.Duration(days+2*((days+4)/5)+1) * 24 * time.Hour
}

// Awaited is somebody who was invited from outside and is not here yet.
type Awaited struct {
	auth.Invitation
	Mailed   bool
	Returned string // why that mail did not arrive; empty as long as nothing came back
}

// awaited lists who was invited from outside and is not here yet. Addresses are shown to
// those who may invite, and to nobody else: it is asked by their view alone.
func (s *Service) awaited(ctx context.Context, q db.Queryer, v *Seen) (out []Awaited, err error) {
	if !v.May.Invite {
		return nil, nil
	}
	list, err := guestsOf(ctx, q, v.WorkspaceID, v.ID)
	if err != nil {
		return nil, err
	}
	open, err := s.auth.OpenInvitations(ctx, q, v.WorkspaceID, invitationsOf(list))
	for _, g := range list {
		if inv, ok := open[g.Invitation]; ok {
			out = append(out, Awaited{inv, g.Mailed, g.Returned})
		}
	}
	return out, err
}

// UninviteGuest takes an invitation to a decision back; its link is good for nothing then.
func (s *Service) UninviteGuest(ctx context.Context, a actor.Actor, x, invitation id.ID) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		if _, err := s.led(ctx, tx, a, x); err != nil {
			return err
		}
		g, ok, err := guestOf(ctx, tx, a.Workspace, invitation)
		if err != nil {
			return err
		}
		if !ok || g.Decision != x {
			return fault.Missing("invitation")
		}
		if err := s.auth.UninviteTx(ctx, tx, a.Person, invitation); err != nil {
			return err
		}
		return s.forgetGuest(ctx, tx, g, a.Person)
	})
}

// forgetGuest waits no more for whoever an invitation was for; its mail does not leave
// any more if it has not yet.
func (s *Service) forgetGuest(ctx context.Context, tx *db.Tx, g guestRow, by id.ID) error {
	d, ok, err := load(ctx, tx, tx.Workspace, g.Decision)
	if err != nil || !ok {
		return err
	}
	if err := deleteGuest(ctx, tx, g.Invitation); err != nil {
		return err
	}
	if s.post != nil {
		if err := s.post.RecallTx(ctx, tx, g.Invitation); err != nil {
			return err
		}
	}
	event.Append(tx, d.event(EventChanged, by, nil))
	return nil
}

// UndeliveredTx notes that the mail of an invitation did not arrive, and tells whoever
// invited: they have another way to pass the link on, or another address.
func (s *Service) UndeliveredTx(ctx context.Context, tx *db.Tx, invitation id.ID, why string) error {
	g, ok, err := guestOf(ctx, tx, tx.Workspace, invitation)
	if err != nil || !ok || g.Returned != "" {
		return err
	}
	d, ok, err := load(ctx, tx, tx.Workspace, g.Decision)
	if err != nil || !ok {
		return err
	}
	open, err := s.auth.OpenInvitations(ctx, tx, tx.Workspace, []id.ID{invitation})
	if err != nil {
		return err
	}
	by := []id.ID{}
	if inv, ok := open[invitation]; ok {
		by = append(by, inv.InviterID)
	}
	event.Append(tx, d.event(EventUnreached, id.ID{}, nil, by...))
	return setReturned(ctx, tx, invitation, why)
}

// heardUninvited forgets an invitation that was taken back elsewhere.
func (s *Service) heardUninvited(ctx context.Context, tx *db.Tx, e event.Event) error {
	g, ok, err := guestOf(ctx, tx, tx.Workspace, e.Subject.ID)
	if err != nil || !ok {
		return err
	}
	return s.forgetGuest(ctx, tx, g, e.Actor)
}
