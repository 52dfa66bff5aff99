package auth

import (
	"context"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// NewOwner is who sets up a workspace.
type NewOwner struct{ Workspace, Name, Email, Password, Zone string }

// SetupNeeded says whether nobody has an account yet.
func (s *Service) SetupNeeded(ctx context.Context) (bool, error) {
	found, err := anyAccount(ctx, s.db)
	return !found, err
}

// SetupLink makes the token of the link by which the first owner comes in, to be
// printed once. The link made before it stops working. needed is false, and
// there is no token, once somebody has an account.
func (s *Service) SetupLink(ctx context.Context) (token string, needed bool, err error) {
	if needed, err = s.SetupNeeded(ctx); err != nil || !needed {
		return "", needed, err
	}
	token, hash := newToken("")
	err = s.db.Write(ctx, id.ID{}, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("a setup link is made")
		return replaceSetup(ctx, tx, hash)
	})
	return token, true, err
}

// Setup makes the first workspace and its owner, and begins their session. Of
// many who come with the same link one is let in.
func (s *Service) Setup(ctx context.Context, token string, n NewOwner, v Visit) (Issued, error) {
	if err := s.tries.take(s.now(), "setup "+v.Address, triesAddress); err != nil {
		return Issued{}, err
	}
	gone := fault.New(fault.Gone, "setup_done", "This setup link was used already, or a newer one was made. Look at what the server printed last, or sign in.")
	hash := hashOf(token)
	if ok, err := setupOpen(ctx, s.db, hash); err != nil || !ok {
		if err == nil {
			err = gone
		}
		return Issued{}, err
	}
	return s.createOwner(ctx, n, v.Agent, func(ctx context.Context, tx *db.Tx) error {
		// The row's lock lets one through at a time, on several nodes too.
		n, err := useSetup(ctx, tx, hash)
		if err != nil {
			return err
		}
		if others, err := anyAccount(ctx, tx); err != nil || others || n == 0 {
			if err == nil {
				err = gone
			}
			return err
		}
		return nil
	})
}

// CreateOwner makes a workspace and its owner without a link: for whoever holds
// the data folder.
func (s *Service) CreateOwner(ctx context.Context, n NewOwner) (actor.Actor, error) {
	out, err := s.createOwner(ctx, n, "command line", func(context.Context, *db.Tx) error { return nil })
	return out.Actor, err
}

func (s *Service) createOwner(ctx context.Context, n NewOwner, agent string, allowed func(context.Context, *db.Tx) error) (out Issued, err error) {
	email := people.FoldEmail(n.Email)
	if email == "" {
		return out, fault.New(fault.Invalid, "bad_email", "This does not look like an e-mail address.").At("email")
	}
	if err := checkPassword(n.Password, email); err != nil {
		return out, err
	}
	hash, err := s.hash.make(ctx, n.Password)
	if err != nil {
		return out, err
	}
	workspace := id.New(s.now())
	err = s.db.Write(ctx, workspace, func(ctx context.Context, tx *db.Tx) error {
		if err := allowed(ctx, tx); err != nil {
			return err
		}
		if err := s.people.CreateWorkspaceTx(ctx, tx, n.Workspace); err != nil {
			return err
		}
		p, err := s.people.AddTx(ctx, tx, people.NewPerson{Name: n.Name, Email: email, Role: actor.Owner, Zone: n.Zone})
		if err != nil {
			return err
		}
		acc, err := addAccount(ctx, tx, p.ID, email, hash)
		if err != nil {
			return err
		}
		out, err = issue(ctx, tx, acc.AccountID, p.Actor(), false, agent)
		return err
	})
	return out, err
}
