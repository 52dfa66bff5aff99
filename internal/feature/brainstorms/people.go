package brainstorms

import (
	"context"
	"slices"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Invite lets more people take part; the phase then lasts until they have had their
// share too. Everybody who may write in the space may join by themselves.
func (s *Service) Invite(ctx context.Context, a actor.Actor, x id.ID, persons, teams []id.ID) error {
	return s.write(ctx, a, x, func(ctx context.Context, tx *db.Tx, at *at) error {
		list, err := s.invited(ctx, tx, a, at.b.Space, persons, teams)
		if err != nil {
			return err
		}
		if self := len(teams) == 0 && len(persons) == 1 && persons[0] == a.Person; !self {
			if err := at.leads(); err != nil {
				return err
			}
		}
		list = slices.DeleteFunc(list, func(p id.ID) bool { return at.b.taker(p) != nil })
		if len(at.b.People)+len(list) > MostPeople {
			return wrongf("too_many", "people", "At most %d people take part in one brainstorm.", MostPeople)
		}
		for _, p := range list {
			t := Taker{Person: p, AddedAt: tx.Now}
			at.b.People = append(at.b.People, t)
			if err := addTaker(ctx, tx, at.b.ID, t); err != nil {
				return err
			}
		}
		return s.changed(ctx, tx, at, true)
	})
}

// changed tells that a brainstorm changed, asks whoever is new, and looks at by when
// its phase ends now.
func (s *Service) changed(ctx context.Context, tx *db.Tx, at *at, ask bool) error {
	event.Append(tx, event.New{Kind: EventChanged, Actor: at.a.Person, Subject: ref(at.b.ID), Space: at.b.Space, Thread: at.b.Thread})
	if ask && !at.b.inRooms() && at.b.Phase != Act {
		who, err := s.eligible(ctx, tx, at.b)
		if err != nil {
			return err
		}
		if err := s.expect(ctx, tx, at.b, who); err != nil {
			return err
		}
	}
	return s.goOn(ctx, tx, at)
}

// Leave takes somebody out: oneself, or anybody by whoever facilitates. Their ideas stay.
func (s *Service) Leave(ctx context.Context, a actor.Actor, x, person id.ID) error {
	return s.write(ctx, a, x, func(ctx context.Context, tx *db.Tx, at *at) error {
		if person != a.Person {
			if err := at.leads(); err != nil {
				return err
			}
		}
		if at.b.taker(person) == nil {
			return fault.Missing("person")
		}
		if len(at.b.People) == 1 {
			return fault.New(fault.Conflict, "last_one", "Somebody has to take part. Invite others first, or end the brainstorm.")
		}
		return s.leaveTx(ctx, tx, at, person)
	})
}

func (s *Service) leaveTx(ctx context.Context, tx *db.Tx, at *at, person id.ID) error {
	at.b.People = slices.DeleteFunc(at.b.People, func(t Taker) bool { return t.Person == person })
	if err := dropTaker(ctx, tx, at.b.ID, person); err != nil {
		return err
	}
	if err := s.asks.HeldOverTx(ctx, tx, at.b.thing(), "You do not take part any more.", person); err != nil {
		return err
	}
	return s.changed(ctx, tx, at, false)
}

// Done says that the actor is done with the present phase, or takes that back. When all
// are, the next one begins.
func (s *Service) Done(ctx context.Context, a actor.Actor, x id.ID, from Phase, yes bool) error {
	return s.write(ctx, a, x, func(ctx context.Context, tx *db.Tx, at *at) error { return s.doneTx(ctx, tx, at, from, yes) })
}

func (s *Service) doneTx(ctx context.Context, tx *db.Tx, at *at, from Phase, yes bool) error {
	if err := at.takesPart(); err != nil {
		return err
	}
	if from != "" && from != at.b.Phase {
		return fault.Newf(fault.Conflict, "stepped_already", "This brainstorm is in the phase %s by now. Look at it again.", at.b.Phase)
	}
	if at.b.Phase == Act {
		return fault.New(fault.Conflict, "nothing_asked", "Nothing is asked of you any more: the results are open.")
	}
	if at.b.inRooms() {
		return fault.New(fault.Conflict, "in_rooms", "This brainstorm thinks in small groups. Say so in your own room.")
	}
	t := at.b.taker(at.a.Person)
	if at.b.done(*t) == yes {
		tx.Quiet("they were done already, or not")
		return nil
	}
	t.DoneN = 0
	if yes {
		t.DoneN = at.b.PhaseN
		if err := s.asks.HeldDoneTx(ctx, tx, at.b.thing(), at.a.Person, ""); err != nil {
			return err
		}
	}
	if err := setDone(ctx, tx, at.b.ID, *t); err != nil {
		return err
	}
	return s.changed(ctx, tx, at, false)
}
