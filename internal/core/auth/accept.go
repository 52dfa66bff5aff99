package auth

import (
	"context"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Acceptance is what somebody who was invited tells about themselves. With an
// e-mail that has an account already, the password is that account's.
type Acceptance struct{ Name, Email, Password, Zone string }

// Accept uses an invitation up: the person joins the workspace and the spaces,
// and their session begins. Of many at once one is let in.
func (s *Service) Accept(ctx context.Context, token string, n Acceptance, v Visit) (out Issued, err error) {
	inv, err := s.InvitationByToken(ctx, token)
	if err != nil {
		return out, err
	}
	if n.Email == "" {
		n.Email = inv.Email
	}
	email := people.FoldEmail(n.Email)
	if email == "" {
		return out, fault.New(fault.Invalid, "bad_email", "This does not look like an e-mail address.").At("email")
	}
	if inv.Email != "" && inv.Email != email {
		return out, fault.New(fault.Invalid, "other_email", "This invitation is for another e-mail address.").At("email")
	}
	acc, hash, err := s.accountFor(ctx, email, n.Password, v)
	if err != nil {
		return out, err
	}
	err = s.db.Write(ctx, inv.WorkspaceID, func(ctx context.Context, tx *db.Tx) error {
		p, err := s.acceptTx(ctx, tx, inv, email, n)
		if err != nil {
			return err
		}
		account := acc.AccountID
		if account.IsZero() {
			fresh, err := addAccount(ctx, tx, p.ID, email, hash)
			if err != nil {
				return err
			}
			account = fresh.AccountID
		} else if err := joinAccount(ctx, tx, p.ID, account); err != nil {
			return err
		}
		out, err = issue(ctx, tx, account, p.Actor(), false, v.Agent)
		return err
	})
	return out, err
}

// accountFor proves an account that exists, or hashes the password of a new one:
// the same work either way.
func (s *Service) accountFor(ctx context.Context, email, password string, v Visit) (acc account, hash string, err error) {
	_, known, err := loadAccount(ctx, s.db, email)
	if err != nil {
		return acc, "", err
	}
	if known {
		acc, err = s.prove(ctx, email, password, v)
		return acc, "", err
	}
	if err := checkPassword(password, email); err != nil {
		return acc, "", err
	}
	hash, err = s.hash.make(ctx, password)
	return acc, hash, err
}

func (s *Service) acceptTx(ctx context.Context, tx *db.Tx, inv Invitation, email string, n Acceptance) (people.Person, error) {
	inviter, err := s.inviterOf(ctx, tx, inv)
	if err != nil {
		return people.Person{}, err
	}
	others, err := s.alsoLead(ctx, tx, inv, email)
	if err != nil {
		return people.Person{}, err
	}
	p, err := s.enterTx(ctx, tx, inv, people.NewPerson{
		Name: n.Name, Email: email, Role: inv.Role, Zone: n.Zone, GuestUntil: longest(inv, others),
	})
	if err != nil {
		return p, err
	}
	if err := s.useTx(ctx, tx, inv, p.ID); err != nil {
		return p, err
	}
	if err := s.joinSpaces(ctx, tx, inviter.Actor(), inv.Spaces.V, p.ID); err != nil {
		return p, err
	}
	return p, s.arriveTx(ctx, tx, inv, others, inviter.Actor(), p)
}

// inviterOf is who made an invitation. What they may not give any more is not given.
func (s *Service) inviterOf(ctx context.Context, tx *db.Tx, inv Invitation) (people.Person, error) {
	p, err := s.people.Get(ctx, tx, inv.WorkspaceID, inv.InviterID)
	if err == nil && (!p.Active(tx.Now) || !people.MayGrant(p.Role, inv.Role)) {
		err = closed()
	}
	return p, err
}

func (s *Service) useTx(ctx context.Context, tx *db.Tx, inv Invitation, person id.ID) error {
	used, err := useInvitation(ctx, tx, inv.InvitationID, person)
	if err != nil {
		return err
	}
	if used == 0 {
		return closed()
	}
	event.Append(tx, event.New{
		Kind: EventAccepted, Actor: person, Subject: invitationRef(inv.InvitationID), Concerns: []id.ID{inv.InviterID},
		Data: map[string]string{"person": person.String()},
	})
	return nil
}

// enterTx adds the person. Somebody who was imported or removed comes back as
// who they were, but only by an invitation made out to their e-mail address.
func (s *Service) enterTx(ctx context.Context, tx *db.Tx, inv Invitation, n people.NewPerson) (people.Person, error) {
	found, err := s.people.ByEmails(ctx, tx, tx.Workspace, []string{n.Email})
	if err != nil {
		return people.Person{}, err
	}
	old, ok := found[n.Email]
	switch {
	case !ok:
		return s.people.AddTx(ctx, tx, n)
	case old.State == people.Active:
		return old, fault.New(fault.Conflict, "already_member", "You are in this workspace already. Sign in instead.")
	case inv.Email != n.Email:
		return old, fault.New(fault.Conflict, "needs_own_invitation", "Ask for an invitation that is made out to this e-mail address.").At("email")
	}
	return s.people.ReviveTx(ctx, tx, old, n)
}

func (s *Service) joinSpaces(ctx context.Context, tx *db.Tx, inviter actor.Actor, spaces []id.ID, person id.ID) error {
	for _, x := range spaces {
		if s.joiner == nil {
			continue
		}
		// A space that is gone meanwhile, or that the inviter left, stays shut.
		if err := s.joiner.MayInvite(ctx, tx, inviter, x); err != nil {
			if fault.As(err) == nil {
				return err
			}
			continue
		}
		if err := s.joiner.JoinTx(ctx, tx, inviter, x, person); err != nil {
			return err
		}
	}
	return nil
}
