package duty

import (
	"context"
	"errors"
	"slices"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// farthest is how far ahead and how long a cover or swap may be.
const farthest = 366 * 24 * time.Hour

// NewCover puts somebody on duty for once.
type NewCover struct {
	Layer, Person id.ID
	From, To      clock.Instant
	Reason        string
}

// CoverFor puts somebody on duty in a layer for once, whoever's turn it is; who may
// change the rota may. They are told.
func (s *Service) CoverFor(ctx context.Context, a actor.Actor, team id.ID, n NewCover) (c Cover, err error) {
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		if _, err := s.mayChange(ctx, tx, a, team); err != nil {
			return err
		}
		_, r, err := s.rota(ctx, tx, a, team, tx.Now)
		if err != nil {
			return err
		}
		if n.Reason, err = tidyWords(n.Reason); err != nil {
			return err
		}
		if err := errors.Join(r.has(n.Layer), inSight(Span{n.From, n.To}, tx.Now)); err != nil {
			return err
		}
		if err := s.allHere(ctx, tx, a, []id.ID{n.Person}); err != nil {
			return err
		}
		c = Cover{ID: id.New(tx.Now), Team: team, Layer: n.Layer, Person: n.Person, From: n.From, To: n.To, Reason: n.Reason, MadeBy: a.Person, MadeAt: tx.Now}
		return s.coverTx(ctx, tx, c)
	})
	return c, err
}

// coverTx writes a cover, and has the rota looked at anew.
func (s *Service) coverTx(ctx context.Context, tx *db.Tx, c Cover) error {
	event.Append(tx, event.New{Kind: EventCovered, Actor: c.MadeBy, Subject: event.Ref{Kind: "cover", ID: c.ID}, Concerns: []id.ID{c.Person}})
	event.Append(tx, event.New{Kind: EventRotaChanged, Actor: c.MadeBy, Subject: teamRef(c.Team)})
	if err := insertCover(ctx, tx, c); err != nil {
		return err
	}
	return lookSoon(ctx, tx, c.Team)
}

// Uncover takes a cover back: who may change the rota may, and whoever covers.
func (s *Service) Uncover(ctx context.Context, a actor.Actor, cover id.ID) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		c, ok, err := coverByID(ctx, tx, a.Workspace, cover)
		if err == nil && !ok {
			err = fault.Missing("cover")
		}
		if err != nil {
			return err
		}
		t, err := s.people.Team(ctx, tx, a, c.Team)
		if none, err := gone(err); none || err != nil {
			return orMissing(err, "cover")
		}
		if !t.MayChange(a) && c.Person != a.Person {
			return fault.New(fault.Forbidden, "team_members_only", "Only members of the team, whoever made it, and admins may change its duty rota.")
		}
		event.Append(tx, event.New{Kind: EventRotaChanged, Actor: a.Person, Subject: teamRef(c.Team)})
		if err := deleteCover(ctx, tx, cover); err != nil {
			return err
		}
		return lookSoon(ctx, tx, c.Team)
	})
}

// has refuses a layer that is not of this rota.
func (r Rota) has(layer id.ID) error {
	if slices.ContainsFunc(r.Layers, func(l Layer) bool { return l.ID == layer }) {
		return nil
	}
	return fault.Missing("layer").At("layer")
}

// inSight refuses a span that is over, backwards, or far away.
func inSight(s Span, now clock.Instant) error {
	switch {
	case s.From >= s.To:
		return wrong("ends_before", "to", "This ends before it begins. Pick a later end.")
	case s.To <= now:
		return wrong("in_past", "to", "This is over already. Pick a time that lies ahead.")
	case s.To.Sub(now) > farthest:
		return wrong("too_far", "to", "Pick a time within a year from now.")
	}
	return nil
}

func gone(err error) (bool, error) {
	if fault.IsKind(err, fault.NotFound) {
		return true, nil
	}
	return false, err
}

func orMissing(err error, noun string) error {
	if err == nil {
		return fault.Missing(noun)
	}
	return err
}

func nameOf(who map[id.ID]people.Person, x id.ID) string {
	if p, ok := who[x]; ok {
		return p.Name
	}
	return "somebody"
}
