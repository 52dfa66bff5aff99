package decisions

import (
	"context"
	"fmt"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// The kinds of thing that asks are held by: having one's say, writing the outcome, and
// looking at it again.
const (
	toVote     = "decision"
	toDecide   = "decision_outcome"
	toReview   = "decision_review"
	toDecideIn = "2d"
	toReviewIn = "5d"
)

func (d *Decision) thing(kind string) asks.Thing { return asks.Thing{Kind: kind, ID: d.ID} }

// expect asks those entitled to have their say, and tells guests, who cannot be asked.
func (s *Service) expect(ctx context.Context, tx *db.Tx, d *Decision, by id.ID, list []Voter) error {
	var members, guests []id.ID
	for _, v := range list {
		switch {
		case v.Done():
		case v.Guest:
			guests = append(guests, v.Person)
		default:
			members = append(members, v.Person)
		}
	}
	if len(guests) > 0 {
		kind := EventInvited
		if d.urgency(tx.Now) != worktime.Routine {
			kind = EventHurry
		}
		event.Append(tx, d.apart(kind, by, guests))
	}
	members, err := s.readers(ctx, tx, d, members)
	if err != nil || len(members) == 0 {
		return err
	}
	kind := asks.Decide
	if d.Kind == Advice {
		kind = asks.Review
	}
	_, err = s.asks.HoldTx(ctx, tx, asks.Held{
		Thing: d.thing(toVote), Path: d.Path(), Kind: kind, Thread: d.Thread, Post: d.Post, By: d.Maker, Text: d.Title,
		People: members, Urgency: d.urgency(tx.Now), Deadline: d.EndsAt, Quiet: true,
	})
	return err
}

// Of a share of hours or a time to a fixed end shorter than these too little would be
// left, or nothing, if people were told at their next check time only.
const (
	shortShare = usualFair
	shortTime  = 48 * time.Hour
)

// urgency is how soon people hear of it: their hours run from the opening.
func (d *Decision) urgency(now clock.Instant) worktime.Urgency {
	r := d.Rules.V
	if r.Fair > 0 && r.Fair < shortShare || r.Fair == 0 && d.EndsAt.Sub(now) < shortTime {
		return worktime.Soon
	}
	return worktime.Routine
}

// readers leaves out who may not read the space any more.
func (s *Service) readers(ctx context.Context, tx *db.Tx, d *Decision, list []id.ID) ([]id.ID, error) {
	known, err := s.people.ByIDs(ctx, tx, tx.Workspace, list)
	if err != nil {
		return nil, err
	}
	reads, err := s.spaces.Readers(ctx, tx, tx.Workspace, d.Space)
	var out []id.ID
	for _, x := range list {
		if reads(known[x]) {
			out = append(out, x)
		}
	}
	return out, err
}

// apart tells people by name, whether or not they read the space.
func (d *Decision) apart(kind string, by id.ID, to []id.ID) event.New {
	return event.New{Kind: kind, Actor: by, Subject: d.ref(), Concerns: to, Due: d.EndsAt}
}

// expectOutcome asks the decider to write what came of it.
func (s *Service) expectOutcome(ctx context.Context, tx *db.Tx, d *Decision) error {
	_, err := s.asks.HoldTx(ctx, tx, asks.Held{
		Thing: d.thing(toDecide), Path: d.Path(), Kind: asks.Do, Thread: d.Thread, Post: d.Post, By: d.Maker,
		Text: "Write the outcome of “" + cutKeyTo(d.Title, 150) + "”", People: []id.ID{d.Decider}, Urgency: worktime.Soon, Window: toDecideIn,
	})
	return s.orLeft(ctx, tx, d, err)
}

// expectReview asks whoever decided to look at the outcome again.
func (s *Service) expectReview(ctx context.Context, tx *db.Tx, d *Decision) error {
	_, err := s.asks.HoldTx(ctx, tx, asks.Held{
		Thing: d.thing(toReview), Path: d.Path(), Kind: asks.Review, Thread: d.Thread, Post: d.Post, By: d.Decider,
		Text: "Does “" + cutKeyTo(d.Title, 150) + "” still hold?", People: []id.ID{d.Decider}, Urgency: worktime.Routine, Window: toReviewIn,
	})
	return s.orLeft(ctx, tx, d, err)
}

// orLeft goes on when the decider cannot be asked any more: whoever made the decision
// is told, and can name another.
func (s *Service) orLeft(_ context.Context, tx *db.Tx, d *Decision, err error) error {
	if fault.As(err) == nil {
		return err
	}
	event.Append(tx, d.event(EventLeft, id.ID{}, nil, d.Maker))
	return nil
}

func counted(n int, one, several string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, several)
}
