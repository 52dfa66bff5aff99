package brainstorms

import (
	"context"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// thing is the brainstorm as what an ask is about: one ask at a time, for the phase
// that it is in.
func (b *Brainstorm) thing() asks.Thing { return asks.Thing{Kind: Kind, ID: b.ID} }

// expectAnew lets everybody off the phase before and asks them for the present one.
func (s *Service) expectAnew(ctx context.Context, tx *db.Tx, b *Brainstorm, who []Taker) error {
	if err := s.asks.HeldOverTx(ctx, tx, b.thing(), "The phase is over."); err != nil {
		return err
	}
	if b.inRooms() || b.over() {
		return nil
	}
	return s.expect(ctx, tx, b, who)
}

// expect asks for the present phase: everybody who takes part, or for what becomes of
// the results the facilitator alone. Whoever is asked already stays as they are.
func (s *Service) expect(ctx context.Context, tx *db.Tx, b *Brainstorm, who []Taker) error {
	var list []id.ID
	for _, t := range who {
		if !b.done(t) {
			list = append(list, t.Person)
		}
	}
	if b.Phase == Act {
		if !b.Parent.IsZero() {
			return nil // a room waits for the others
		}
		list = []id.ID{b.Facilitator}
		known, err := s.people.ByIDs(ctx, tx, b.WorkspaceID, list)
		if err != nil {
			return err
		}
		reads, err := s.readers(ctx, tx, b)
		if err != nil || !reads(known[b.Facilitator]) {
			return err
		}
	}
	if len(list) == 0 {
		return nil
	}
	h := asks.Held{
		Thing: b.thing(), Path: Path(b.ID), Kind: asks.Do, Thread: b.Thread, Post: b.Post, By: b.Facilitator,
		Text: b.asksFor(), People: list, Urgency: b.urgency(tx.Now), Deadline: b.EndsAt, Quiet: true,
	}
	if b.Phase == Vote {
		h.Kind = asks.Decide
	}
	if h.Deadline <= tx.Now {
		step, _ := b.plan(b.Phase)
		if h.Deadline, h.Window = 0, step.Window; h.Window == "" {
			h.Window = "1d"
		}
	}
	_, err := s.asks.HoldTx(ctx, tx, h)
	return err
}

// short is a share of hours, and a time to a fixed end, of which too little would be left
// if people were told at their next check time only, when the phase may be over.
const (
	shortShare = 16 * time.Hour
	shortTime  = 48 * time.Hour
)

// urgency is how soon people hear of the present phase: their hours run from its begin.
func (b *Brainstorm) urgency(now clock.Instant) worktime.Urgency {
	step, _ := b.plan(b.Phase)
	if share := step.share(); share > 0 && share < shortShare || !step.Until.IsZero() && step.Until.Sub(now) < shortTime {
		return worktime.Soon
	}
	return worktime.Routine
}

// expectUntil moves the due of what is asked to where the phase ends now.
func (s *Service) expectUntil(ctx context.Context, tx *db.Tx, b *Brainstorm) error {
	if b.EndsAt <= tx.Now {
		return nil
	}
	return s.asks.HeldMoveTx(ctx, tx, b.thing(), b.EndsAt)
}

// asksFor says in a line what the present phase asks.
func (b *Brainstorm) asksFor() string {
	what := map[Phase]string{
		Collect: "Write down your ideas: ", Reveal: "Read the ideas: ", Cluster: "Put the ideas into groups: ",
		Refine: "Say what speaks for and against the ideas: ", Vote: "Vote on the ideas: ", Act: "Say what becomes of the ideas: ",
	}[b.Phase]
	if b.Room != "" {
		return what + b.Title + " (" + b.Room + ")"
	}
	return what + b.Title
}
