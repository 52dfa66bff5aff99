package attention

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Read is a digest with what its reader may still see of it, for those who carry
// it further (mail). A digest that is not there is a not_found fault.
func (s *Service) Read(ctx context.Context, workspace, digest id.ID) (Digest, []Line, error) {
	d, ok, err := digestByID(ctx, s.db, workspace, digest)
	if err == nil && !ok {
		err = fault.Missing("digest")
	}
	if err != nil {
		return d, nil, err
	}
	p, err := s.people.Get(ctx, s.db, workspace, d.PersonID)
	if err != nil {
		return d, nil, err
	}
	rows, err := deliveriesOfDigest(ctx, s.db, workspace, digest)
	if err != nil {
		return d, nil, err
	}
	list, err := s.linesOf(ctx, s.db, p.Actor(), rows)
	return d, list, err
}

// Digest is one of the actor's own digests; another's is not found.
func (s *Service) Digest(ctx context.Context, a actor.Actor, digest id.ID) (Digest, []Line, error) {
	d, ok, err := digestByID(ctx, s.db, a.Workspace, digest)
	if err == nil && (!ok || d.PersonID != a.Person) {
		err = fault.Missing("digest")
	}
	if err != nil {
		return d, nil, err
	}
	return s.Read(ctx, a.Workspace, digest)
}

// Digests lists the actor's own digests before one of them, newest first.
func (s *Service) Digests(ctx context.Context, a actor.Actor, after id.ID, limit int) ([]Digest, error) {
	at := clock.Instant(1<<62 - 1)
	if !after.IsZero() {
		last, ok, err := digestByID(ctx, s.db, a.Workspace, after)
		if err != nil {
			return nil, err
		}
		if !ok || last.PersonID != a.Person {
			return nil, fault.Missing("digest")
		}
		at = last.DeliverAt
	}
	return digestsOf(ctx, s.db, a.Workspace, a.Person, at, after, limit)
}
