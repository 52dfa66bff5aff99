package checkins

import (
	"context"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// leftKind is the kind of the news that a check-in has nobody who holds it.
const leftKind = "checkin_left"

// lookAfterTx sees whether whoever a check-in is asked in the name of can still hold it.
// When they cannot it goes on, and those who may take it over are told, once.
func (s *Service) lookAfterTx(ctx context.Context, tx *db.Tx, c Checkin) error {
	if c.State == Ended {
		return nil
	}
	known, err := s.people.ByIDs(ctx, tx, tx.Workspace, []id.ID{c.Owner})
	if err != nil {
		return err
	}
	reads, err := s.spaces.Readers(ctx, tx, tx.Workspace, c.Space)
	if err != nil {
		return err
	}
	owner := known[c.Owner]
	if holds := reads(owner) && owner.Role != actor.Guest; holds == c.LeftAt.IsZero() {
		return nil
	} else if holds {
		event.Append(tx, c.told(EventChanged, id.ID{}, c.ref()))
		return setLeft(ctx, tx, c.ID, 0)
	}
	heirs, err := s.heirs(ctx, tx, c, reads)
	if err != nil {
		return err
	}
	event.Append(tx, c.told(EventLeft, id.ID{}, event.Ref{Kind: leftKind, ID: c.ID}, heirs...))
	return setLeft(ctx, tx, c.ID, tx.Now)
}

// heirs are who is told: the leads of the space; when it has none, the workspace's
// admins who read it, and else whoever is asked.
func (s *Service) heirs(ctx context.Context, tx *db.Tx, c Checkin, reads func(people.Person) bool) ([]id.ID, error) {
	leads, err := s.spaces.Leads(ctx, tx, tx.Workspace, c.Space)
	if err != nil {
		return nil, err
	}
	admins, err := s.people.Administrators(ctx, tx, tx.Workspace)
	if err != nil {
		return nil, err
	}
	parts, err := peopleOf(ctx, tx, tx.Workspace, c.ID)
	if err != nil {
		return nil, err
	}
	var asked []id.ID
	for _, p := range parts {
		asked = append(asked, p.Person)
	}
	for _, list := range [][]id.ID{leads, admins, asked} {
		known, err := s.people.ByIDs(ctx, tx, tx.Workspace, list)
		if err != nil {
			return nil, err
		}
		var out []id.ID
		for _, x := range list {
			if p := known[x]; x != c.Owner && reads(p) && p.Role != actor.Guest {
				out = append(out, x)
			}
		}
		if len(out) > 0 {
			return out, nil
		}
	}
	return nil, nil
}

// hearPerson looks after the check-ins of somebody who is somebody else now, or is back,
// and asks them, or not any more, by what they may read.
func (s *Service) hearPerson(ctx context.Context, tx *db.Tx, e event.Event) error {
	own, err := checkinsOfOwner(ctx, tx, tx.Workspace, e.Subject.ID)
	if err != nil {
		return err
	}
	for _, c := range own {
		if err := s.lookAfterTx(ctx, tx, c); err != nil {
			return err
		}
	}
	known, err := s.people.ByIDs(ctx, tx, tx.Workspace, []id.ID{e.Subject.ID})
	if err != nil || known[e.Subject.ID].Role != actor.Guest {
		return err
	}
	return s.eachOf(ctx, tx, e.Subject.ID, func(c Checkin, _ Person) error { return s.syncTx(ctx, tx, c) })
}

// describeLeft is the news that a check-in has nobody who holds it, until somebody does.
func (s *Service) describeLeft(ctx context.Context, q db.Queryer, a actor.Actor, x id.ID) (describe.Thing, error) {
	c, err := s.find(ctx, q, a, x)
	if err != nil {
		return describe.Thing{}, err
	}
	if c.LeftAt.IsZero() || c.State == Ended {
		return describe.Thing{}, fault.Missing("check-in")
	}
	who, err := s.people.Refs(ctx, q, a.Workspace, []id.ID{c.Owner})
	if err != nil {
		return describe.Thing{}, err
	}
	return describe.Thing{
		Kind: leftKind, ID: x, Title: "“" + c.Name + "” needs somebody",
		Excerpt: "It is asked in the name of " + who[c.Owner].Name + ", who is not here any more or is a guest now. It goes on as it is; you can take it over.",
		Path:    Path(x), Thread: c.Thread, Space: c.Space, At: c.LeftAt,
	}, nil
}
