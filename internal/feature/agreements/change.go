package agreements

import (
	"context"
	"slices"
	"strings"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Change is a new version of an agreement.
type Change struct {
	From   int64 // the version that was changed; a newer one meanwhile is a conflict
	Fields Fields
	Prose  string
	Reason string
}

// Set changes a team's agreement: its members, whoever made it, and admins may; the
// bounds of members' hours only admins. Spaces must be such as the actor may read,
// and in which no other team's agreement holds.
func (s *Service) Set(ctx context.Context, a actor.Actor, team id.ID, c Change) error {
	c.Reason = strings.Join(strings.Fields(c.Reason), " ")
	c.Fields = c.Fields.tidy()
	if err := checkWords(c.Prose, c.Reason); err != nil {
		return err
	}
	if err := c.Fields.check(); err != nil {
		return err
	}
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		return s.setTx(ctx, tx, a, team, c, 0)
	})
}

// Restore brings an older version back, as a new one. Bounds stay as they are unless
// the actor may set them.
func (s *Service) Restore(ctx context.Context, a actor.Actor, team id.ID, version, from int64, reason string) error {
	reason = strings.Join(strings.Fields(reason), " ")
	if err := checkWords("", reason); err != nil {
		return err
	}
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		old, err := s.At(ctx, tx, a, team, version)
		if err != nil {
			return err
		}
		now, _, err := newest(ctx, tx, a.Workspace, team)
		if err != nil {
			return err
		}
		c := Change{From: from, Fields: old.Fields.V, Prose: old.Prose, Reason: reason}
		if !a.Administers() {
			c.Fields.Quiet = now.Fields.V.Quiet
		}
		return s.setTx(ctx, tx, a, team, c, version)
	})
}

func (s *Service) setTx(ctx context.Context, tx *db.Tx, a actor.Actor, team id.ID, c Change, restored int64) error {
	t, err := s.people.Team(ctx, tx, a, team)
	if err != nil {
		return err
	}
	if !t.MayChange(a) {
		return fault.New(fault.Forbidden, "team_members_only", "Only members of the team, whoever made it, and admins may change what it agreed on.")
	}
	now, _, err := newest(ctx, tx, a.Workspace, team)
	if err != nil {
		return err
	}
	if c.From != now.Version {
		return fault.New(fault.Conflict, "agreement_changed", "Somebody changed this agreement meanwhile. Look at it again before saving.")
	}
	if err := mayBound(a, now.Fields.V.Quiet, c.Fields.Quiet); err != nil {
		return err
	}
	if c.Fields.Spaces, err = s.spacesFor(ctx, tx, a, team, now.Fields.V.Spaces, c.Fields.Spaces); err != nil {
		return err
	}
	v := Version{
		ID: id.New(tx.Now), Team: team, Version: now.Version + 1, Fields: db.JSON[Fields]{V: c.Fields}, Prose: c.Prose,
		Reason: c.Reason, Restored: restored, Author: a.Person, At: tx.Now,
	}
	if err := insert(ctx, tx, v); err != nil {
		return err
	}
	if err := holdIn(ctx, tx, team, c.Fields.Spaces); err != nil {
		return err
	}
	concerns := []id.ID{a.Person}
	for _, m := range t.Members {
		if m.ID != a.Person {
			concerns = append(concerns, m.ID)
		}
	}
	event.Append(tx, event.New{
		Kind: EventChanged, Actor: a.Person, Subject: versionRef(v.ID), Concerns: concerns,
		Data: map[string]any{"team": team, "version": v.Version},
	})
	return nil
}

// mayBound lets admins alone change the bounds of members' hours.
func mayBound(a actor.Actor, was, is *Bounds) error {
	if a.Administers() || (was == nil && is == nil) || (was != nil && is != nil && *was == *is) {
		return nil
	}
	return fault.New(fault.Forbidden, "admins_bound", "Only owners and admins set the bounds of members' hours. Leave them as they are, or ask one.").At("fields.quiet")
}

// spacesFor are the spaces in which the agreement is to hold: those named, and those
// of before that the actor may not see and so could not have named.
func (s *Service) spacesFor(ctx context.Context, tx *db.Tx, a actor.Actor, team id.ID, was, named []id.ID) ([]id.ID, error) {
	seen, err := s.spaces.SpacesByID(ctx, tx, a, append(slices.Clone(was), named...))
	if err != nil {
		return nil, err
	}
	out := []id.ID{}
	for _, x := range named {
		if _, ok := seen[x]; !ok {
			return nil, fault.Missing("space").At("fields.spaces")
		}
		if !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	for _, x := range was {
		if _, ok := seen[x]; !ok && !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	held, err := teamsIn(ctx, tx, tx.Workspace, out)
	if err != nil {
		return nil, err
	}
	for x, other := range held {
		if other != team {
			return nil, fault.Newf(fault.Conflict, "space_taken", "Another team's agreement holds in “%s” already. Take it out there first.", seen[x].Name).At("fields.spaces")
		}
	}
	return out, nil
}
