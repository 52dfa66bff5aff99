package batons

import (
	"context"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// HandOn offers a baton that the actor has to somebody, or to whoever comes next in a
// chain; note is what they are told, and stays as it was when nil.
func (s *Service) HandOn(ctx context.Context, a actor.Actor, baton id.ID, w Whom, note *Note) (*Baton, error) {
	return s.change(ctx, a, baton, func(ctx context.Context, tx *db.Tx, b *Baton) error {
		if err := b.heldBy(a); err != nil {
			return err
		}
		if b.State == Offered {
			return conflict("offered_already", "This is on offer already. Take the offer back first.")
		}
		if w.To.IsZero() && w.Chain.IsZero() {
			return wrong("nobody", "to", "Say to whom it goes: a person, or the next of a chain.")
		}
		if note != nil {
			if err := b.rewrite(tx, *note); err != nil {
				return err
			}
			p := spaces.NewPost{Thread: b.Thread, Markdown: b.markdown("Handed on"), Info: true}
			if _, err := s.spaces.PostTx(ctx, tx, a, p); err != nil {
				return err
			}
		}
		return s.offerWhom(ctx, tx, a, b, w)
	})
}

// offerWhom finds who is meant and offers it to them; nobody when nobody is named.
func (s *Service) offerWhom(ctx context.Context, tx *db.Tx, a actor.Actor, b *Baton, w Whom) error {
	if w.To.IsZero() && w.Chain.IsZero() {
		b.Window = usualWindow
		return nil
	}
	window := w.Window
	b.Chain = w.Chain
	if !w.Chain.IsZero() {
		c, err := s.chain(ctx, tx, a, w.Chain)
		if err != nil {
			return err
		}
		if c.Space != b.Space {
			return wrong("other_space", "chain", "This chain belongs to another space; pick one of this space.")
		}
		if window == "" {
			window = c.Window
		}
	}
	var err error
	if b.Window, err = tidyWindow(window); err != nil {
		return err
	}
	if w.To.IsZero() {
		next, ok, err := s.next(ctx, tx, b, nil)
		if err != nil {
			return err
		}
		if !ok {
			return fault.New(fault.Conflict, "nobody_next", "Nobody else of this chain can be reached. Name a person, or change the chain.").At("chain")
		}
		return s.offer(ctx, tx, b, next, byChain, a.Person)
	}
	next, err := s.mayTake(ctx, tx, a, b, w.To)
	if err != nil {
		return err
	}
	return s.offer(ctx, tx, b, next, named, a.Person)
}

// mayTake says when an offer reaches somebody whom the actor named, and refuses who
// cannot take it.
func (s *Service) mayTake(ctx context.Context, tx *db.Tx, a actor.Actor, b *Baton, to id.ID) (Wake, error) {
	if to == b.Holder {
		return Wake{}, wrong("with_them", "to", "It is with them already; pick somebody else.")
	}
	p, err := s.people.Find(ctx, tx, a, to)
	if err != nil {
		return Wake{}, err
	}
	able, err := s.able(ctx, tx, tx.Workspace, b.Space, []id.ID{to})
	if err != nil {
		return Wake{}, err
	}
	if len(able) == 0 {
		return Wake{}, fault.Newf(fault.Invalid, "cannot_read", "%s cannot read this space, so they could not see the work. Invite them first, or pick somebody else.", p.Name).At("to")
	}
	hours, err := s.people.HoursOf(ctx, tx, tx.Workspace, able)
	if err != nil {
		return Wake{}, err
	}
	w, ok := wakes(to, hours[to], tx.Now, b.Window)
	if !ok {
		return w, fault.Newf(fault.Invalid, "unreachable", "%s has no working time ahead, so it would wait for ever. Pick somebody else.", p.Name).At("to")
	}
	return w, nil
}

// able keeps those of some people who may read a space and are here.
func (s *Service) able(ctx context.Context, q db.Queryer, ws, space id.ID, list []id.ID) (out []id.ID, err error) {
	known, err := s.people.ByIDs(ctx, q, ws, list)
	if err != nil {
		return nil, err
	}
	reads, err := s.spaces.Readers(ctx, q, ws, space)
	if err != nil {
		return nil, err
	}
	for _, x := range list {
		if p, ok := known[x]; ok && !p.Bot && reads(p) {
			out = append(out, x)
		}
	}
	return out, nil
}

// next finds whoever of the baton's chain comes next, without its holder and those
// left out.
func (s *Service) next(ctx context.Context, tx *db.Tx, b *Baton, without []id.ID) (Wake, bool, error) {
	c, ok, err := loadChain(ctx, tx, tx.Workspace, b.Chain)
	if err != nil || !ok {
		return Wake{}, false, err
	}
	list, err := s.wakesOf(ctx, tx, tx.Workspace, c, b.Window, tx.Now, append([]id.ID{b.Holder}, without...))
	if err != nil || len(list) == 0 {
		return Wake{}, false, err
	}
	return list[0], true, nil
}

// offer puts a baton on offer to somebody, and asks them in the name of its holder.
func (s *Service) offer(ctx context.Context, tx *db.Tx, b *Baton, w Wake, why string, by id.ID) error {
	b.State, b.OfferedTo, b.OfferedAt, b.Reach, b.Due = Offered, w.Person, tx.Now, w.Reach, w.Due
	b.Legs++
	ask, err := s.asks.HoldTx(ctx, tx, asks.Held{
		Thing: thing(b), Path: b.Path(), Kind: asks.Do, Thread: b.Thread, Post: b.Post, By: b.Holder, Text: "Take over: " + b.Title,
		People: []id.ID{w.Person}, Urgency: w.Urgency, Deadline: w.Due,
	})
	if err != nil {
		return err
	}
	b.HeldAsk = ask.ID
	event.Append(tx, b.told(EventOffered, by))
	return insertLeg(ctx, tx, Leg{
		BatonID: b.ID, N: b.Legs, From: b.Holder, To: w.Person, Why: why, State: waiting, OfferedAt: tx.Now, Due: w.Due,
		Stands: b.Stands, NextStep: b.NextStep, Traps: b.Traps,
	})
}

// over ends an offer: what came of it is written down, and nobody is asked any more.
func (s *Service) over(ctx context.Context, tx *db.Tx, b *Baton, state, note, why string) error {
	if err := s.asks.HeldOverTx(ctx, tx, thing(b), why, b.OfferedTo); err != nil {
		return err
	}
	return s.decided(ctx, tx, b, state, note)
}

// decided writes down what came of an offer; the baton is with its holder alone.
func (s *Service) decided(ctx context.Context, tx *db.Tx, b *Baton, state, note string) error {
	if err := decideLeg(ctx, tx, b.ID, b.Legs, state, note); err != nil {
		return err
	}
	b.State, b.OfferedTo, b.OfferedAt, b.Reach, b.Due, b.HeldAsk = Held, id.ID{}, 0, 0, 0, id.ID{}
	return nil
}

// Withdraw takes back the offer of a baton that the actor has.
func (s *Service) Withdraw(ctx context.Context, a actor.Actor, baton id.ID) (*Baton, error) {
	return s.change(ctx, a, baton, func(ctx context.Context, tx *db.Tx, b *Baton) error {
		if err := b.heldBy(a); err != nil {
			return err
		}
		if b.State != Offered {
			return conflict("not_offered", "This is not on offer to anybody.")
		}
		event.Append(tx, b.told(EventWithdrawn, a.Person))
		return s.over(ctx, tx, b, withdrawn, "", "The offer was taken back.")
	})
}

// keep stores a baton with the instant at which time next does something to it.
func (s *Service) keep(ctx context.Context, tx *db.Tx, b *Baton) (err error) {
	if b.LookAt, err = s.nextOf(ctx, tx, b); err != nil {
		return err
	}
	return updateBaton(ctx, tx, b)
}

// nextOf is when time next does something to a baton; zero for never.
func (s *Service) nextOf(ctx context.Context, tx *db.Tx, b *Baton) (clock.Instant, error) {
	if b.State == Ended {
		return 0, nil
	}
	at := tx.Now.Add(lookEvery)
	if !b.By.IsZero() && !b.LateTold {
		at = min(at, b.By+1)
	}
	if b.State == Offered {
		return max(min(at, b.Due+1), tx.Now), nil
	}
	all, err := s.people.AbsencesBetween(ctx, tx, tx.Workspace, []id.ID{b.Holder}, tx.Now, tx.Now.Add(lookEvery))
	if err != nil {
		return 0, err
	}
	for _, x := range all[b.Holder] {
		if from := max(x.From, tx.Now); x.To.Sub(from) > longAway && x.To > b.AwayTold {
			at = min(at, from)
		}
	}
	return at, nil
}
