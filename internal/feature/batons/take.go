package batons

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Accept takes a baton that was offered to the actor: from now on it is with them.
func (s *Service) Accept(ctx context.Context, a actor.Actor, baton id.ID, note string) (*Baton, error) {
	return s.change(ctx, a, baton, func(ctx context.Context, tx *db.Tx, b *Baton) error {
		return s.accept(ctx, tx, a, b, note)
	})
}

func (s *Service) accept(ctx context.Context, tx *db.Tx, a actor.Actor, b *Baton, note string) error {
	if err := b.offeredTo(a); err != nil {
		return err
	}
	note, err := tidyWords("note", note, longestReason)
	if err != nil {
		return err
	}
	if err := s.asks.HeldDoneTx(ctx, tx, thing(b), a.Person, note); err != nil {
		return err
	}
	giver := b.Holder
	if err := s.decided(ctx, tx, b, accepted, note); err != nil {
		return err
	}
	b.Holder, b.HeldSince, b.AwayTold = a.Person, tx.Now, 0
	event.Append(tx, b.told(EventAccepted, a.Person, giver))
	if err := s.askGoesAlong(ctx, tx, b, giver); err != nil {
		return err
	}
	return s.tonight(ctx, tx, a.Person)
}

// askGoesAlong passes the ask that goes with a baton on to its new holder. One that
// cannot be passed to them stays where it is.
func (s *Service) askGoesAlong(ctx context.Context, tx *db.Tx, b *Baton, giver id.ID) error {
	if b.Ask.IsZero() {
		return nil
	}
	p, err := s.people.Get(ctx, tx, tx.Workspace, giver)
	if err != nil {
		return orNothing(err)
	}
	return orNothing(s.asks.PassTx(ctx, tx, p.Actor(), b.Ask, b.Holder, "It goes with the baton “"+cut(b.Title, 100)+"”."))
}

// orNothing lets what a rule forbids rest, and passes on what went wrong.
func orNothing(err error) error {
	if fault.As(err) != nil {
		return nil
	}
	return err
}

func (b *Baton) offeredTo(a actor.Actor) error {
	switch {
	case b.State != Offered && b.Holder == a.Person:
		return conflict("yours_already", "This baton is with you already.")
	case b.State != Offered:
		return conflict("not_offered", "This is not on offer any more.")
	case b.OfferedTo != a.Person:
		return fault.New(fault.Forbidden, "not_offered_to_you", "This is offered to somebody else.")
	}
	return nil
}

// Decline says why the actor does not take what was offered to them: it goes on to the
// next of its chain, or back to its giver.
func (s *Service) Decline(ctx context.Context, a actor.Actor, baton id.ID, reason string) (*Baton, error) {
	return s.change(ctx, a, baton, func(ctx context.Context, tx *db.Tx, b *Baton) error {
		return s.decline(ctx, tx, a, b, reason)
	})
}

func (s *Service) decline(ctx context.Context, tx *db.Tx, a actor.Actor, b *Baton, reason string) error {
	if err := b.offeredTo(a); err != nil {
		return err
	}
	reason, err := tidyWords("reason", reason, longestReason)
	if err != nil {
		return err
	}
	if reason == "" {
		return wrong("reason_needed", "reason", "Say in a few words why you cannot take it, so that its giver knows what to do.")
	}
	if err := s.over(ctx, tx, b, declined, reason, "You declined."); err != nil {
		return err
	}
	return s.moveOn(ctx, tx, b, declined, a.Person, b.Holder)
}

// Pass hands what was offered to the actor straight on to somebody else. It stays with
// its giver until they take it.
func (s *Service) Pass(ctx context.Context, a actor.Actor, baton, to id.ID, note string) (*Baton, error) {
	return s.change(ctx, a, baton, func(ctx context.Context, tx *db.Tx, b *Baton) error {
		return s.pass(ctx, tx, a, b, to, note)
	})
}

func (s *Service) pass(ctx context.Context, tx *db.Tx, a actor.Actor, b *Baton, to id.ID, note string) error {
	if err := b.offeredTo(a); err != nil {
		return err
	}
	note, err := tidyWords("note", note, longestReason)
	if err != nil {
		return err
	}
	switch to {
	case a.Person:
		return wrong("passed_to_self", "to", "It is offered to you already; take it, or pass it to somebody else.")
	case b.Holder:
		return wrong("with_them", "to", "They have it, and offered it to you. Decline with a reason instead.")
	}
	tried, err := s.tried(ctx, tx, b)
	if err != nil {
		return err
	}
	for _, x := range tried {
		if x == to && to != a.Person {
			return fault.New(fault.Conflict, "tried_already", "It was offered to this person already. Pick somebody else, or decline.").At("to")
		}
	}
	w, err := s.mayTake(ctx, tx, a, b, to)
	if err != nil {
		return err
	}
	if err := s.over(ctx, tx, b, passed, note, "You passed it on."); err != nil {
		return err
	}
	return s.offer(ctx, tx, b, w, named, a.Person)
}

// tried lists those to whom a baton was offered since somebody last took it.
func (s *Service) tried(ctx context.Context, q db.Queryer, b *Baton) (out []id.ID, err error) {
	legs, err := legsOf(ctx, q, b.WorkspaceID, b.ID)
	for _, l := range legs {
		switch l.State {
		case accepted:
			out = nil
		case withdrawn:
		default:
			out = append(out, l.To)
		}
	}
	return out, err
}

// End says what came of the work; the holder may, and whoever opened it.
func (s *Service) End(ctx context.Context, a actor.Actor, baton id.ID, outcome string) (*Baton, error) {
	return s.change(ctx, a, baton, func(ctx context.Context, tx *db.Tx, b *Baton) error {
		if b.Holder != a.Person && b.OpenedBy != a.Person {
			return fault.New(fault.Forbidden, "not_yours", "Only whoever has this baton, or opened it, may end it.")
		}
		outcome, err := tidyWords("outcome", outcome, longestWords)
		if err != nil {
			return err
		}
		if outcome == "" {
			return wrong("outcome_needed", "outcome", "Say in a sentence what came of it.")
		}
		if err := s.end(ctx, tx, b, a.Person, outcome); err != nil {
			return err
		}
		return s.conclude(ctx, tx, a, b)
	})
}

func (s *Service) end(ctx context.Context, tx *db.Tx, b *Baton, by id.ID, outcome string) error {
	if b.State == Offered {
		if err := s.over(ctx, tx, b, withdrawn, "", "The work is done."); err != nil {
			return err
		}
	}
	b.State, b.EndedBy, b.EndedAt, b.Outcome = Ended, by, tx.Now, outcome
	event.Append(tx, b.told(EventEnded, by, b.OpenedBy))
	return nil
}
