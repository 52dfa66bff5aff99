package calendars

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"strings"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Feed is a way for calendar programs to read, opened by a secret of 130 bits of which
// only the hash is kept.
type Feed struct {
	WorkspaceID id.ID
	ID          id.ID
	PersonID    id.ID
	Kind        string // Mine, OfTeam or FeedDAV
	TeamID      id.ID  // zero unless OfTeam
	MadeAt      clock.Instant
	ReadAt      clock.Instant // when it was last read, to the hour
}

const touchAfter = time.Hour

// MakeFeed makes one of the actor's feeds and gives its secret, this once. What it
// opened before is shut: making it again is how a secret is changed.
func (s *Service) MakeFeed(ctx context.Context, a actor.Actor, kind string, team id.ID) (f Feed, secret string, err error) {
	secret = rand.Text()
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		if kind == OfTeam {
			if _, err := s.people.Team(ctx, tx, a, team); err != nil {
				return err
			}
		}
		f = Feed{WorkspaceID: a.Workspace, ID: id.New(tx.Now), PersonID: a.Person, Kind: kind, TeamID: team, MadeAt: tx.Now}
		have, err := loadFeeds(ctx, tx, a.Workspace, a.Person)
		if err != nil {
			return err
		}
		for _, old := range have {
			if old.Kind == kind && old.TeamID == team {
				if err := deleteFeed(ctx, tx, old.ID); err != nil {
					return err
				}
			}
		}
		if err := insertFeed(ctx, tx, f, hashOf(secret)); err != nil {
			return err
		}
		event.Append(tx, event.New{Kind: EventFeedMade, Actor: a.Person, Subject: event.Ref{Kind: "feed", ID: f.ID}, Concerns: []id.ID{a.Person}})
		return nil
	})
	return f, secret, err
}

// EndFeed switches one of the actor's feeds off; another's is not found.
func (s *Service) EndFeed(ctx context.Context, a actor.Actor, feed id.ID) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		have, err := loadFeeds(ctx, tx, a.Workspace, a.Person)
		if err != nil {
			return err
		}
		for _, f := range have {
			if f.ID == feed {
				event.Append(tx, event.New{Kind: EventFeedEnded, Actor: a.Person, Subject: event.Ref{Kind: "feed", ID: feed}, Concerns: []id.ID{a.Person}})
				return deleteFeed(ctx, tx, feed)
			}
		}
		return fault.Missing("feed")
	})
}

// Feeds lists the actor's feeds, oldest first, without their secrets.
func (s *Service) Feeds(ctx context.Context, q db.Queryer, a actor.Actor) ([]Feed, error) {
	return loadFeeds(ctx, q, a.Workspace, a.Person)
}

// opened finds the feed that a secret opens, and as whom it reads: its owner as they
// stand now. A secret that opens nothing, and an owner who is here no more, are a
// not_found fault alike.
func (s *Service) opened(ctx context.Context, secret string, dav bool) (Feed, actor.Actor, people.Person, error) {
	none := fault.New(fault.NotFound, "not_found", "There is no calendar at this address. It may have been switched off, or have a new address.")
	if len(secret) < 20 || len(secret) > 60 {
		return Feed{}, actor.Actor{}, people.Person{}, none
	}
	f, ok, err := feedByHash(ctx, s.db, hashOf(secret))
	if err != nil {
		return f, actor.Actor{}, people.Person{}, err
	}
	if !ok || (f.Kind == FeedDAV) != dav {
		return f, actor.Actor{}, people.Person{}, none
	}
	p, err := s.people.Get(ctx, s.db, f.WorkspaceID, f.PersonID)
	if err != nil && !fault.IsKind(err, fault.NotFound) {
		return f, actor.Actor{}, p, err
	}
	if err != nil || !p.Active(s.now()) {
		return f, actor.Actor{}, p, none
	}
	return f, actor.Actor{Workspace: f.WorkspaceID, Person: f.PersonID, Role: p.Role}, p, s.touch(ctx, f)
}

func (s *Service) touch(ctx context.Context, f Feed) error {
	now := s.now()
	if now.Sub(f.ReadAt) < touchAfter {
		return nil
	}
	return s.db.WriteSoon(ctx, f.WorkspaceID, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("a feed is read")
		return touchFeed(ctx, tx, f.ID, now)
	})
}

func hashOf(secret string) []byte {
	sum := sha256.Sum256([]byte(strings.ToUpper(secret)))
	return sum[:]
}
