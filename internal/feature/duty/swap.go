package duty

import (
	"context"
	"errors"
	"slices"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// The states of a swap.
const (
	offered   = "offered"
	accepted  = "accepted"
	declined  = "declined"
	withdrawn = "withdrawn"
)

// Swap is an offer: Other takes the asker's time on duty, and the asker takes Back of
// theirs when it is given.
type Swap struct {
	WorkspaceID id.ID
	ID          id.ID
	Team        id.ID         `db:"team_id"`
	Layer       id.ID         `db:"layer_id"`
	Asker       id.ID         `db:"asker_id"`
	Other       id.ID         `db:"other_id"`
	From        clock.Instant `db:"from_at"`
	To          clock.Instant `db:"to_at"`
	BackFrom    clock.Instant
	BackTo      clock.Instant
	Note        string
	State       string
	MadeAt      clock.Instant
	DecidedAt   clock.Instant
}

func (w Swap) goes() Span { return Span{w.From, w.To} }
func (w Swap) back() Span { return Span{w.BackFrom, w.BackTo} }

// Offer offers somebody the actor's own time on duty. Nothing changes until they
// accept.
func (s *Service) Offer(ctx context.Context, a actor.Actor, w Swap) (Swap, error) {
	err := s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		_, r, err := s.rota(ctx, tx, a, w.Team, tx.Now)
		if err != nil {
			return err
		}
		if w.Note, err = tidyWords(w.Note); err != nil {
			return err
		}
		if err := errors.Join(r.has(w.Layer), inSight(w.goes(), tx.Now)); err != nil {
			return err
		}
		if w.Other == a.Person {
			return wrong("swap_self", "with", "Choose somebody else to swap with.")
		}
		if err := s.allHere(ctx, tx, a, []id.ID{w.Other}); err != nil {
			return err
		}
		w.ID, w.Asker, w.State, w.MadeAt = id.New(tx.Now), a.Person, offered, tx.Now
		if err := s.checkSwap(ctx, tx, r, w); err != nil {
			return err
		}
		event.Append(tx, swapEvent(EventSwapOffered, a.Person, w, w.Other))
		return insertSwap(ctx, tx, w)
	})
	return w, err
}

// checkSwap refuses a swap of time in which the two are not on duty.
func (s *Service) checkSwap(ctx context.Context, tx *db.Tx, r Rota, w Swap) error {
	if err := s.holds(ctx, tx, r, w.Layer, w.Asker, w.goes()); err != nil {
		return fault.New(fault.Invalid, "not_on_duty", "You can only give away time in which you are on duty yourself; look at the rota and pick some of it.").At("from")
	}
	if w.BackFrom.IsZero() && w.BackTo.IsZero() {
		return nil
	}
	if err := inSight(w.back(), tx.Now); err != nil {
		return err
	}
	if err := s.holds(ctx, tx, r, w.Layer, w.Other, w.back()); err != nil {
		return fault.New(fault.Invalid, "not_on_duty", "The other person is not on duty in what you would take in return; pick some of their time.").At("back_from")
	}
	return nil
}

var errNotTheirs = errors.New("duty: somebody else has some of this time")

// holds says whether all of the layer's duty in a span is one person's, and there is some.
func (s *Service) holds(ctx context.Context, tx *db.Tx, r Rota, layer, person id.ID, in Span) error {
	folk, err := s.folk(ctx, tx, r)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(r.Layers, func(l Layer) bool { return l.ID == layer })
	shifts := r.Compute(folk, in).Layers[i]
	if len(shifts) == 0 || slices.ContainsFunc(shifts, func(x Shift) bool { return x.Person != person }) {
		return errNotTheirs
	}
	return nil
}

// Accept takes a swap that was offered to the actor: from now on it is in the rota.
func (s *Service) Accept(ctx context.Context, a actor.Actor, swap id.ID) (Swap, error) {
	return s.decide(ctx, a, swap, accepted)
}

// Decline refuses a swap that was offered to the actor; nothing changes.
func (s *Service) Decline(ctx context.Context, a actor.Actor, swap id.ID) (Swap, error) {
	return s.decide(ctx, a, swap, declined)
}

// Withdraw takes back a swap that the actor offered.
func (s *Service) Withdraw(ctx context.Context, a actor.Actor, swap id.ID) (Swap, error) {
	return s.decide(ctx, a, swap, withdrawn)
}

func (s *Service) decide(ctx context.Context, a actor.Actor, swap id.ID, state string) (w Swap, err error) {
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		w, err = s.decideTx(ctx, tx, a, swap, state)
		return err
	})
	return w, err
}

func (s *Service) decideTx(ctx context.Context, tx *db.Tx, a actor.Actor, swap id.ID, state string) (Swap, error) {
	w, ok, err := swapByID(ctx, tx, a.Workspace, swap)
	if err != nil {
		return w, err
	}
	if !ok || w.Asker != a.Person && w.Other != a.Person {
		return w, fault.Missing("swap")
	}
	tells := w.Asker
	if state == withdrawn {
		tells = w.Other
	}
	if tells == a.Person {
		return w, fault.New(fault.Forbidden, "not_yours", "Whoever is offered a swap accepts or declines it; whoever offered it can take it back.")
	}
	if w.State != offered {
		return w, fault.Newf(fault.Conflict, "decided", "This swap was %s already.", w.State)
	}
	if state == accepted {
		if err := s.enterTx(ctx, tx, a, w); err != nil {
			return w, err
		}
	}
	w.State, w.DecidedAt = state, tx.Now
	event.Append(tx, swapEvent(EventSwapDecided, a.Person, w, tells))
	return w, decideSwap(ctx, tx, swap, state)
}

// enterTx puts a swap that is accepted into the rota.
func (s *Service) enterTx(ctx context.Context, tx *db.Tx, a actor.Actor, w Swap) error {
	_, r, err := s.rota(ctx, tx, actor.System(a.Workspace), w.Team, tx.Now)
	if err != nil {
		return err
	}
	if w.To <= tx.Now {
		return fault.New(fault.Conflict, "in_past", "This time is over already; there is nothing to take any more.")
	}
	if err := s.checkSwap(ctx, tx, r, w); err != nil {
		return fault.New(fault.Conflict, "rota_changed", "The rota changed since this was offered, and it does not fit any more. Ask for a new offer.")
	}
	covers := []Cover{{Person: w.Other, From: w.From, To: w.To}}
	if !w.back().empty() {
		covers = append(covers, Cover{Person: w.Asker, From: w.BackFrom, To: w.BackTo})
	}
	for _, c := range covers {
		c.ID, c.Team, c.Layer, c.Reason, c.MadeBy, c.MadeAt, c.SwapID = id.New(tx.Now), w.Team, w.Layer, w.Note, a.Person, tx.Now, w.ID
		if err := insertCover(ctx, tx, c); err != nil {
			return err
		}
	}
	event.Append(tx, event.New{Kind: EventRotaChanged, Actor: a.Person, Subject: teamRef(w.Team)})
	return lookSoon(ctx, tx, w.Team)
}

func swapEvent(kind string, by id.ID, w Swap, concerns id.ID) event.New {
	return event.New{Kind: kind, Actor: by, Subject: event.Ref{Kind: "swap", ID: w.ID}, Concerns: []id.ID{concerns, by}, Data: map[string]string{"state": w.State}}
}
