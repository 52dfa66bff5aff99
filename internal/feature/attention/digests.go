package attention

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
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
	if hasKind(rows, CatchUp) {
		list, ok, err := s.catchUpOf(ctx, &d, p.Actor(), rows)
		if ok || err != nil {
			return d, list, err
		}
	}
	list, err := s.linesOf(ctx, s.db, p.Actor(), rows)
	return d, list, err
}

// catchUpOf reads a digest as the catch-up that it is; not if the absence is no more.
func (s *Service) catchUpOf(ctx context.Context, d *Digest, reader actor.Actor, rows []delivery) (list []Line, ok bool, err error) {
	found, err := s.gatherAbsences(ctx, s.db, d.WorkspaceID, rows)
	if err != nil {
		return nil, false, err
	}
	for _, r := range rows {
		if x, there := found[r.RefID]; r.Kind == CatchUp && there && (d.AwayFrom == 0 || x.From < d.AwayFrom) {
			d.AwayFrom = x.From
		}
		if x, there := found[r.RefID]; r.Kind == CatchUp && there {
			d.AwayTo = max(d.AwayTo, x.To)
		}
	}
	if d.AwayFrom == 0 {
		return nil, false, nil
	}
	err = s.db.Snapshot(ctx, func(ctx context.Context, q db.Queryer) error {
		c, err := s.caught(ctx, q, reader, d.AwayFrom, d.At, func(r delivery) bool {
			return r.DigestID != d.ID && r.DeliverAt >= d.AwayTo && r.DeliverAt <= d.At
		})
		list = c.fold()
		return err
	})
	return list, true, err
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
