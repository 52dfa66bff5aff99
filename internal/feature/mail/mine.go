package mail

import (
	"context"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Mine is how mail stands for one person.
type Mine struct {
	Address string
	Paused  standing // PausedAt is zero when mail goes out
	Aliases []string
	Held    []receivedRow
	Takes   bool // mail can be answered by mail
}

// Mine tells the actor how mail stands for them.
func (s *Service) Mine(ctx context.Context, a actor.Actor) (m Mine, err error) {
	p, err := s.people.Get(ctx, s.db, a.Workspace, a.Person)
	if err != nil {
		return m, err
	}
	m.Address, m.Takes = p.Email, s.box.open()
	if m.Paused, err = standingOf(ctx, s.db, a.Workspace, a.Person); err != nil {
		return m, err
	}
	if m.Paused.Address != p.Email {
		m.Paused = standing{}
	}
	if m.Aliases, err = aliasesOf(ctx, s.db, a.Workspace, a.Person); err != nil {
		return m, err
	}
	m.Held, err = heldFor(ctx, s.db, a.Workspace, a.Person)
	return m, err
}

// Rotate makes every reply address and link that the actor was ever sent good for
// nothing; mails from now on have new ones.
func (s *Service) Rotate(ctx context.Context, a actor.Actor) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		event.Append(tx, event.New{Kind: Rotated, Actor: a.Person, Subject: event.Ref{Kind: "person", ID: a.Person}, Concerns: []id.ID{a.Person}})
		return forgetNames(ctx, tx, a.Person)
	})
}

// DropAlias says that another address is the actor's no longer.
func (s *Service) DropAlias(ctx context.Context, a actor.Actor, address string) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		found, err := dropAlias(ctx, tx, a.Person, people.FoldEmail(address))
		if err == nil && !found {
			err = fault.Missing("address")
		}
		event.Append(tx, event.New{Kind: Aliased, Actor: a.Person, Subject: event.Ref{Kind: "person", ID: a.Person}, Concerns: []id.ID{a.Person}})
		return err
	})
}

// SpaceAddresses are where a thread in a space is started by mail: one that everybody
// who may write there knows, empty for a private space, and the actor's own, which
// proves that a mail is theirs. Both are empty where no mail comes in.
func (s *Service) SpaceAddresses(ctx context.Context, a actor.Actor, space id.ID) (shared, own string, err error) {
	sp, err := s.near.Spaces.Space(ctx, s.db, a, space)
	if err != nil || !s.box.open() {
		return "", "", err
	}
	if err := s.near.Spaces.MayPost(ctx, s.db, a, space); err != nil {
		return "", "", err
	}
	k, err := s.tokens(ctx)
	if err != nil {
		return "", "", err
	}
	name, ok, err := spaceName(ctx, s.db, a.Workspace, a.Person, space)
	if err == nil && !ok {
		err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
			tx.Quiet("an address is made when it is first looked at")
			name, err = nameSpace(ctx, tx, a.Person, space)
			return err
		})
	}
	if err != nil {
		return "", "", err
	}
	if !sp.Private {
		shared = s.box.space(sp.Handle)
	}
	return shared, s.box.with(k.seal(token{Name: name, Purpose: toStart})), nil
}
