package asks

import (
	"context"
	"strings"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Acknowledge says that the actor will see to it, perhaps by when. It can be said
// again with another time.
func (s *Service) Acknowledge(ctx context.Context, a actor.Actor, ask id.ID, promised clock.Instant) (Ask, error) {
	return s.change(ctx, a, ask, func(ctx context.Context, c *change) error { return c.acknowledge(ctx, promised) })
}

func (c *change) acknowledge(ctx context.Context, promised clock.Instant) error {
	o, err := c.mine()
	if err != nil {
		return err
	}
	if !promised.IsZero() {
		if err := inFuture(promised, c.tx.Now, "promised_at"); err != nil {
			return err
		}
	}
	o.State, o.PromisedAt, o.Reason = Acknowledged, promised, ""
	if err := c.put(ctx, o); err != nil {
		return err
	}
	c.tell(EventAcknowledged, AcknowledgedData{About: c.ask.about(), Person: o.PersonID, Promised: promised}, c.ask.AskerID)
	return c.write(ctx)
}

// Decline says that the actor will not do it, and why. The others can still
// answer; when they have, the ask is settled.
func (s *Service) Decline(ctx context.Context, a actor.Actor, ask id.ID, reason string) (Ask, error) {
	return s.change(ctx, a, ask, func(ctx context.Context, c *change) error { return c.decline(ctx, reason) })
}

func (c *change) decline(ctx context.Context, reason string) error {
	reason = strings.TrimSpace(reason)
	o, err := c.mine()
	if err != nil {
		return err
	}
	if o.State == Declined {
		return fault.New(fault.Conflict, "already_declined", "You have declined this already.")
	}
	if reason == "" {
		return wrong("reason_needed", "reason", "Say why in a few words, so that the asker can find another way.")
	}
	if err := fits("reason", reason, longestWords); err != nil {
		return err
	}
	o.State, o.Reason = Declined, reason
	if err := c.put(ctx, o); err != nil {
		return err
	}
	c.tell(EventDeclined, DeclinedData{About: c.ask.about(), Person: o.PersonID, Reason: reason}, c.ask.AskerID)
	return c.settle(ctx)
}
