package asks

import (
	"context"
	"strings"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Pass hands what the actor owes to somebody else, who gets a reach and a due of
// their own from now. Nobody who was asked already, or passed it on, can be given it.
func (s *Service) Pass(ctx context.Context, a actor.Actor, ask, to id.ID, note string) (Ask, error) {
	return s.change(ctx, a, ask, func(ctx context.Context, c *change) error { return c.pass(ctx, to, note) })
}

// PassTx is Pass in a transaction already open.
func (s *Service) PassTx(ctx context.Context, tx *db.Tx, a actor.Actor, ask, to id.ID, note string) error {
	c, err := s.find(ctx, tx, a, ask)
	if err != nil {
		return err
	}
	return c.pass(ctx, to, note)
}

func (c *change) pass(ctx context.Context, to id.ID, note string) error {
	note = strings.TrimSpace(note)
	o, err := c.mine()
	if err != nil {
		return err
	}
	if err := c.here(); err != nil {
		return err
	}
	if err := fits("note", note, longestWords); err != nil {
		return err
	}
	if err := c.mayPassTo(ctx, to); err != nil {
		return err
	}
	o.State, o.PassedTo, o.Reason = Passed, to, note
	inStead := o.InStead
	if err := c.put(ctx, o); err != nil {
		return err
	}
	added, err := c.add(ctx, to, inStead, c.actor.Person)
	if err != nil {
		return err
	}
	c.tell(EventPassed, PassedData{About: c.ask.about(), Person: c.actor.Person, To: to, Note: note}, c.ask.AskerID)
	c.s.tellAsked(c.tx, c.ask, c.actor.Person, c.space, added)
	return nil
}

func (c *change) mayPassTo(ctx context.Context, to id.ID) error {
	if to == c.actor.Person {
		return wrong("passed_to_self", "to", "It is with you already; pass it to somebody else.")
	}
	if to == c.ask.AskerID {
		return wrong("passed_to_asker", "to", "This is whoever asked. Decline with a reason instead.")
	}
	if o := c.ask.Of(to); o != nil {
		code, sentence := "asked_already", "This person is asked already; choose somebody else."
		if o.State == Passed {
			code, sentence = "passed_back", "This person passed it on before; choose somebody else."
		}
		return fault.New(fault.Conflict, code, sentence).At("to")
	}
	return c.s.mustRead(ctx, c.tx, c.tx.Workspace, c.space, []id.ID{to})
}

// add asks one more person and writes the ask.
func (c *change) add(ctx context.Context, to id.ID, inStead bool, passedBy id.ID) ([]Owed, error) {
	added, err := c.s.owe(ctx, c.tx, c.ask, []id.ID{to})
	if err != nil {
		return nil, err
	}
	added[0].InStead, added[0].PassedBy = inStead, passedBy
	if err := insertOwed(ctx, c.tx, added); err != nil {
		return nil, err
	}
	c.ask.Owed = append(c.ask.Owed, added...)
	return added, c.write(ctx)
}
