package asks

import (
	"context"
	"slices"
	"strings"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Given is an answer: a value where the kind has values (approve: yes or no;
// decide: a choice; do: done; acknowledge: ok), words, or both.
type Given struct{ Value, Note string }

// Answer gives the actor's own answer. Enough answers settle the ask and release
// the others.
func (s *Service) Answer(ctx context.Context, a actor.Actor, ask id.ID, g Given) (Ask, error) {
	return s.change(ctx, a, ask, g.give)
}

// AnswerTx is Answer in the caller's transaction.
func (s *Service) AnswerTx(ctx context.Context, tx *db.Tx, a actor.Actor, ask id.ID, g Given) (Ask, error) {
	return s.changeTx(ctx, tx, a, ask, g.give)
}

func (g Given) give(ctx context.Context, c *change) error {
	return c.answer(ctx, Given{Value: strings.Join(strings.Fields(g.Value), " "), Note: strings.TrimSpace(g.Note)}, id.ID{})
}

func (c *change) answer(ctx context.Context, g Given, post id.ID) error {
	o, err := c.mine()
	if err != nil {
		return err
	}
	if err := c.here(); err != nil {
		return err
	}
	if g, err = c.ask.accept(g, !post.IsZero()); err != nil {
		return err
	}
	o.StateBefore, o.State = o.State, Answered
	o.AnsweredAt, o.AnswerValue, o.AnswerNote, o.AnswerPost = c.tx.Now, g.Value, g.Note, post
	if err := c.put(ctx, o); err != nil {
		return err
	}
	c.tell(EventAnswered, AnsweredData{
		About: c.ask.about(), Person: o.PersonID, Value: g.Value, Note: g.Note, AnswerPost: post,
	}, c.ask.AskerID)
	return c.settle(ctx)
}

// accept checks an answer against the kind of the ask, and fills in the value of
// a kind that has only one.
func (a *Ask) accept(g Given, inPost bool) (Given, error) {
	if err := fits("value", g.Value, longestLine); err != nil {
		return g, err
	}
	if err := fits("note", g.Note, longestWords); err != nil {
		return g, err
	}
	values := a.OneClick()
	switch {
	case a.Kind == Do || a.Kind == Acknowledge:
		if g.Value == "" {
			g.Value = values[0]
		}
		if g.Value != values[0] {
			return g, wrongf("value", "value", "The answer to this is %q.", values[0])
		}
	case a.Kind == Approve:
		g.Value = strings.ToLower(g.Value)
		if !slices.Contains(values, g.Value) {
			return g, wrong("value", "value", "Answer yes or no; say more in a note.")
		}
	case a.Kind == Decide && len(values) > 0 && g.Value != "":
		i := slices.IndexFunc(values, func(v string) bool { return strings.EqualFold(v, g.Value) })
		if i < 0 {
			return g, wrong("value", "value", "Pick one of the choices, or answer in words with a note.")
		}
		g.Value = values[i]
	case g.Value == "" && g.Note == "" && !inPost:
		return g, wrong("empty", "note", "Say something: write a note, or reply in the thread.")
	}
	return g, nil
}

// undoFor is how long one's own answer can be taken back.
const undoFor = 10 * 60 * 1_000_000 // microseconds

// Undo takes the actor's own answer back, within ten minutes and while the ask
// was not settled by somebody else since.
func (s *Service) Undo(ctx context.Context, a actor.Actor, ask id.ID) (Ask, error) {
	return s.change(ctx, a, ask, func(ctx context.Context, c *change) error {
		o := c.ask.Of(a.Person)
		if o == nil || o.State != Answered {
			return fault.New(fault.Conflict, "not_answered", "There is no answer of yours to take back.")
		}
		if err := c.here(); err != nil {
			return err
		}
		if c.tx.Now-o.AnsweredAt > undoFor {
			return fault.New(fault.Conflict, "too_late", "Ten minutes have passed; the answer stands. Say in the thread what you think now.")
		}
		if c.ask.State != Open && (c.ask.State != Settled || c.ask.SettledBy != a.Person) {
			return fault.New(fault.Conflict, "settled_since", "This was settled since; the answer stands. Say in the thread what you think now.")
		}
		return c.undo(ctx, o)
	})
}

func (c *change) undo(ctx context.Context, o *Owed) error {
	if err := c.s.spaces.TouchTx(ctx, c.tx, c.ask.ThreadID); err != nil { // its post answers nothing any more
		return err
	}
	o.State, o.StateBefore = o.StateBefore, ""
	o.AnsweredAt, o.AnswerValue, o.AnswerNote, o.AnswerPost = clock.Instant(0), "", "", id.ID{}
	if err := c.put(ctx, o); err != nil {
		return err
	}
	again := []Owed{*o}
	if c.ask.State == Settled {
		c.ask.State, c.ask.SettledAt, c.ask.SettledBy = Open, 0, id.ID{}
		for i := range c.ask.Owed {
			r := &c.ask.Owed[i]
			if r.State != Released || r.StateBefore == "" {
				continue
			}
			r.State, r.StateBefore = r.StateBefore, ""
			if err := c.put(ctx, r); err != nil {
				return err
			}
			again = append(again, *r)
		}
	}
	data, concerns := UndoneData{About: c.ask.about(), Person: o.PersonID, Owed: []OwedSlot{}}, []id.ID{c.ask.AskerID}
	for _, r := range again {
		data.Owed = append(data.Owed, slotOf(r))
		concerns = append(concerns, r.PersonID)
	}
	c.tell(EventUndone, data, concerns...)
	return c.write(ctx)
}
