package decisions

import (
	"context"

	"example.org/meantime/internal/feature/decisions/sealed"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Invite entitles more people in an open decision. Each has a share of their own hours
// from now on, and the end waits for it.
func (s *Service) Invite(ctx context.Context, a actor.Actor, x id.ID, in Invited) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		v, err := s.openOf(ctx, tx, a, x)
		if err != nil {
			return err
		}
		return s.inviteTx(ctx, tx, a, &v.Decision, in)
	})
}

func (s *Service) inviteTx(ctx context.Context, tx *db.Tx, a actor.Actor, d *Decision, in Invited) error {
	who, err := s.entitled(ctx, tx, a, d.Space, in)
	if err != nil {
		return err
	}
	old, err := voters(ctx, tx, a.Workspace, d.ID)
	if err != nil {
		return err
	}
	known := map[id.ID]bool{}
	for _, o := range old {
		known[o.Person] = true
	}
	var fresh []Voter
	for _, p := range who {
		if !known[p.ID] {
			fresh = append(fresh, Voter{DecisionID: d.ID, Person: p.ID, Guest: p.Guest, From: tx.Now})
		}
	}
	if len(fresh) == 0 {
		return conflict("entitled_already", "All of them are entitled already.")
	}
	if len(old)+len(fresh) > mostEntitled {
		return wrongf("too_many", "people", "At most %d people are entitled in one decision.", mostEntitled)
	}
	return s.join(ctx, tx, a, d, fresh)
}

func (s *Service) join(ctx context.Context, tx *db.Tx, a actor.Actor, d *Decision, fresh []Voter) (err error) {
	end := clock.Instant(0)
	if d.Rules.V.Fair != 0 {
		if fresh, err = s.shares(ctx, tx, tx.Workspace, fresh, d.Rules.V.Fair); err != nil {
			return err
		}
		end = lastShare(fresh, true)
	}
	for _, v := range fresh {
		if err := putVoter(ctx, tx, v); err != nil {
			return err
		}
	}
	list, err := s.here(ctx, tx, d)
	if err != nil {
		return err
	}
	if err := s.moveEnd(ctx, tx, d, list, end); err != nil {
		return err
	}
	if err := s.expect(ctx, tx, d, a.Person, fresh); err != nil {
		return err
	}
	d.LookAt = d.EndsAt
	d.Version++
	event.Append(tx, d.event(EventChanged, a.Person, nil))
	return update(ctx, tx, d)
}

// Uninvite entitles somebody no more. Their ballot goes with them.
func (s *Service) Uninvite(ctx context.Context, a actor.Actor, x, person id.ID) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		v, err := s.openOf(ctx, tx, a, x)
		if err != nil {
			return err
		}
		d := &v.Decision
		who, ok, err := voter(ctx, tx, a.Workspace, x, person)
		if err != nil {
			return err
		}
		if !ok {
			return fault.Missing("person")
		}
		if who.Voted {
			return conflict("voted", "They have had their say, which counts.")
		}
		if err := deleteVoter(ctx, tx, x, person); err != nil {
			return err
		}
		list, err := voters(ctx, tx, a.Workspace, x)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return conflict("nobody", "Somebody must be entitled. Call the decision off instead.")
		}
		if err := s.asks.HeldOverTx(ctx, tx, d.thing(toVote), "You are not asked any more.", person); err != nil {
			return err
		}
		event.Append(tx, d.event(EventUninvited, a.Person, nil, person))
		return s.endEarly(ctx, tx, d)
	})
}

// led finds a decision that the actor may change.
func (s *Service) led(ctx context.Context, q db.Queryer, a actor.Actor, x id.ID) (v seen, err error) {
	if v, err = s.find(ctx, q, a, x); err != nil {
		return v, err
	}
	return v, v.mustLead(a)
}

// openOf finds an open decision that the actor may change.
func (s *Service) openOf(ctx context.Context, tx *db.Tx, a actor.Actor, x id.ID) (v seen, err error) {
	if v, err = s.led(ctx, tx, a, x); err != nil {
		return v, err
	}
	return v, s.stillOpen(ctx, tx, &v)
}

// Extend gives more time: so much more of everybody's working time from now on, or a
// later fixed end. An end is never brought forward.
func (s *Service) Extend(ctx context.Context, a actor.Actor, x id.ID, r Rules) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		v, err := s.openOf(ctx, tx, a, x)
		if err != nil {
			return err
		}
		d := &v.Decision
		if err := (Rules{Fair: r.Fair, End: r.End}).checkEnd(tx.Now); err != nil {
			return err
		}
		list, err := s.here(ctx, tx, d)
		if err != nil {
			return err
		}
		end := r.End
		if r.Fair != 0 {
			more := make([]Voter, len(list))
			for i, v := range list {
				v.From = tx.Now
				more[i] = v
			}
			if more, err = s.shares(ctx, tx, tx.Workspace, more, r.Fair); err != nil {
				return err
			}
			end = lastShare(more, true)
		}
		if end <= d.EndsAt {
			return wrong("not_later", "end", "That would not be later than the end that was said.")
		}
		if err := s.moveEnd(ctx, tx, d, list, end); err != nil {
			return err
		}
		d.LookAt = d.EndsAt
		d.Version++
		return update(ctx, tx, d)
	})
}

// Close ends a decision by hand, which is fair only once everybody has had their say
// or their share of hours.
func (s *Service) Close(ctx context.Context, a actor.Actor, x id.ID) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		v, err := s.openOf(ctx, tx, a, x)
		if err != nil {
			return err
		}
		list, err := s.here(ctx, tx, &v.Decision)
		if err != nil {
			return err
		}
		if waiting := waitingFor(list, tx.Now); waiting > 0 {
			return fault.Newf(fault.Conflict, "unfair", "%s not had their share of hours yet, nor their say. The decision ends by itself once they have.", counted(waiting, "person has", "people have"))
		}
		voted := 0
		for _, one := range list {
			if one.Voted {
				voted++
			}
		}
		if v.few(voted) {
			return fault.Newf(fault.Conflict, "too_few_yet", "%d have voted, and with fewer than %d nothing is counted: closing it would destroy their ballots. Entitle more, wait for its end, or call it off.", voted, sealed.Fewest)
		}
		return s.close(ctx, tx, &v.Decision, "It was closed once everybody had had their say or their hours.")
	})
}

// waitingFor counts those who have had neither their say nor their share of hours.
func waitingFor(list []Voter, now clock.Instant) (n int) {
	for _, v := range list {
		if !v.Done() && (v.Share.IsZero() || v.Share > now) {
			n++
		}
	}
	return n
}

// Withdraw calls a decision off. It cannot be undone; it can be copied.
func (s *Service) Withdraw(ctx context.Context, a actor.Actor, x id.ID, why string) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		v, err := s.led(ctx, tx, a, x)
		if err != nil {
			return err
		}
		switch v.State {
		case Open, Closed:
		case Decided:
			return conflict("decided", "The outcome is written. Take it back first.")
		case Withdrawn:
			return conflict("withdrawn", "This decision was called off already.")
		default:
			return conflict("not_open", "This is a draft. Delete it instead.")
		}
		if why, err = said(why, "reason", "Say why it is called off."); err != nil {
			return err
		}
		d := &v.Decision
		d.State, d.EndedWhy, d.LookAt, d.ObjectUntil = Withdrawn, why, 0, 0
		if err := s.lose(ctx, tx, d); err != nil {
			return err
		}
		if d.ClosedAt.IsZero() {
			d.ClosedAt = tx.Now
		}
		d.Version++
		for _, kind := range []string{toVote, toDecide} {
			if err := s.asks.HeldOverTx(ctx, tx, d.thing(kind), "The decision was called off."); err != nil {
				return err
			}
		}
		t, err := s.spaces.Thread(ctx, tx, a, d.Thread)
		if err != nil {
			return err
		}
		if !t.Concluded() {
			if err := s.spaces.ConcludeTx(ctx, tx, a, d.Thread, "The decision was called off: "+why); err != nil {
				return err
			}
		}
		if err := s.tellAll(ctx, tx, d, EventWithdrawn, a.Person); err != nil {
			return err
		}
		return update(ctx, tx, d)
	})
}

// Name names another decider, as long as there is no outcome.
func (s *Service) Name(ctx context.Context, a actor.Actor, x, decider id.ID) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		v, err := s.led(ctx, tx, a, x)
		if err != nil {
			return err
		}
		if v.State == Withdrawn {
			return conflict("withdrawn", "This decision was called off.")
		}
		d := &v.Decision
		if err := s.mayDecide(ctx, tx, a, d.Space, decider); err != nil {
			return err
		}
		if d.Decider == decider {
			return nil
		}
		for _, kind := range []string{toDecide, toReview} {
			if err := s.asks.HeldOverTx(ctx, tx, d.thing(kind), "Somebody else decides."); err != nil {
				return err
			}
		}
		d.Decider = decider
		d.Version++
		event.Append(tx, d.event(EventChanged, a.Person, nil))
		if d.State == Closed {
			if err := s.expectOutcome(ctx, tx, d); err != nil {
				return err
			}
		}
		return update(ctx, tx, d)
	})
}
