package decisions

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"strings"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Feed is a way for feed readers to follow somebody's register, opened by a secret of
// 130 bits of which only the hash is kept.
type Feed struct {
	WorkspaceID id.ID
	Person      id.ID `db:"person_id"`
	MadeAt      clock.Instant
}

// MakeFeed makes the actor's feed and gives its secret, this once; the one before opens
// nothing any more.
func (s *Service) MakeFeed(ctx context.Context, a actor.Actor) (secret string, err error) {
	secret = rand.Text()
	return secret, s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		event.Append(tx, feedEvent(a))
		return putFeed(ctx, tx, a.Person, hashOf(secret))
	})
}

// EndFeed switches the actor's feed off.
func (s *Service) EndFeed(ctx context.Context, a actor.Actor) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		n, err := deleteFeed(ctx, tx, a.Person)
		if err == nil && n == 0 {
			err = fault.Missing("feed")
		}
		event.Append(tx, feedEvent(a))
		return err
	})
}

func feedEvent(a actor.Actor) event.New {
	return event.New{Kind: EventFeed, Actor: a.Person, Subject: event.Ref{Kind: "person", ID: a.Person}, Concerns: []id.ID{a.Person}}
}

// HasFeed says whether the actor's register has a feed, and since when.
func (s *Service) HasFeed(ctx context.Context, a actor.Actor) (Feed, bool, error) {
	return feedOf(ctx, s.db, a.Workspace, a.Person)
}

const inFeed = 50

// ReadFeed reads what a secret opens, as its owner may see it now: what changed last,
// newest first. A secret that opens nothing, and an owner who is here no more, are a
// not_found fault alike.
func (s *Service) ReadFeed(ctx context.Context, secret string) (out []Decision, workspace string, err error) {
	none := fault.New(fault.NotFound, "not_found", "There is no feed at this address. It may have been switched off, or have a new address.")
	if len(secret) < 20 || len(secret) > 60 {
		return nil, "", none
	}
	f, ok, err := feedByHash(ctx, s.db, hashOf(secret))
	if err != nil {
		return nil, "", err
	}
	if !ok {
		return nil, "", none
	}
	p, err := s.people.Get(ctx, s.db, f.WorkspaceID, f.Person)
	if err == nil && !p.Active(s.now()) || fault.IsKind(err, fault.NotFound) {
		return nil, "", none
	}
	if err != nil {
		return nil, "", err
	}
	err = s.db.Snapshot(ctx, func(ctx context.Context, q db.Queryer) error {
		readable, err := s.spaces.Readable(ctx, q, p.Actor())
		if err != nil {
			return err
		}
		ws, err := s.people.Workspace(ctx, q, f.WorkspaceID)
		if err != nil {
			return err
		}
		workspace = ws.Name
		out, err = list(ctx, q, f.WorkspaceID, filter{spaces: readable, reader: p.ID, recent: true}, inFeed)
		return err
	})
	return out, workspace, err
}

func hashOf(secret string) []byte {
	sum := sha256.Sum256([]byte(strings.ToUpper(secret)))
	return sum[:]
}
