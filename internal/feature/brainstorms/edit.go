package brainstorms

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Edit is what may be changed about a brainstorm; nil leaves it. What people have acted
// upon already is refused with a sentence; the same sentences are in fixed.
type Edit struct {
	Title, Prompt *string
	Facilitator   *id.ID
	ByHand        *bool
	Anonymous     *bool // only to what it is
	HideCount     *bool
	Vote          *VoteRule
	Plan          *[]Step // phases that are over stay as they were
}

// Changed is the data of brainstorms.changed when its words or settings did.
type Changed struct {
	What []string `json:"what"` // title, prompt, facilitator, by_hand, hide_count, vote, plan
}

// Edit changes a brainstorm's words, who facilitates it, or how it goes on.
func (s *Service) Edit(ctx context.Context, a actor.Actor, x id.ID, e Edit) error {
	return s.write(ctx, a, x, func(ctx context.Context, tx *db.Tx, at *at) error {
		if err := at.leads(); err != nil {
			return err
		}
		f, err := s.fixed(ctx, tx, at.b)
		if err != nil {
			return err
		}
		was := at.b.Title
		what, err := s.edit(ctx, tx, at, e, f)
		if err != nil {
			return err
		}
		if len(what) == 0 {
			tx.Quiet("nothing is different")
			return nil
		}
		event.Append(tx, event.New{
			Kind: EventChanged, Actor: a.Person, Subject: ref(at.b.ID), Space: at.b.Space, Thread: at.b.Thread, Data: Changed{What: what},
		})
		if at.b.Title != was {
			if err := s.rename(ctx, tx, at); err != nil {
				return err
			}
		}
		if err := s.editRooms(ctx, tx, at.b); err != nil {
			return err
		}
		if err := s.goOn(ctx, tx, at); err != nil {
			return err
		}
		return update(ctx, tx, at.b)
	})
}

// edit makes the changes, each unless it is fixed, and names them.
func (s *Service) edit(ctx context.Context, tx *db.Tx, at *at, e Edit, f Fixed) (what []string, err error) {
	b, set := at.b, &at.b.Settings.V
	change := func(name string, is bool, fixed string, do func() error) {
		if err != nil || !is {
			return
		}
		if fixed != "" {
			err = fault.New(fault.Conflict, "fixed_"+name, fixed).At(name)
			return
		}
		what = append(what, name)
		err = do()
	}
	change("title", e.Title != nil && *e.Title != b.Title, f.Question, func() (err error) { b.Title, err = titled(*e.Title); return err })
	change("prompt", e.Prompt != nil && *e.Prompt != b.Prompt, f.Question, func() (err error) {
		b.Prompt, err = words(*e.Prompt, "prompt", longestPrompt)
		return err
	})
	change("facilitator", e.Facilitator != nil && *e.Facilitator != b.Facilitator, "", func() error {
		list, err := s.invited(ctx, tx, at.a, b.Space, []id.ID{*e.Facilitator}, nil)
		if err == nil {
			b.Facilitator = list[0]
		}
		return err
	})
	change("anonymous", e.Anonymous != nil && *e.Anonymous != set.Anonymous, f.Anonymous, func() error { return nil })
	change("hide_count", e.HideCount != nil && *e.HideCount != set.HideCount, f.HideCount, func() error { set.HideCount = *e.HideCount; return nil })
	change("by_hand", e.ByHand != nil && *e.ByHand != set.ByHand, "", func() error { set.ByHand = *e.ByHand; return nil })
	if e.Vote != nil && err == nil {
		_, votes := b.plan(Vote)
		rule := *e.Vote
		if err := rule.check(votes); err != nil {
			return nil, err
		}
		change("vote", rule != set.Vote, f.Vote, func() error { set.Vote = rule; return nil })
	}
	change("plan", e.Plan != nil, "", func() error { return b.replan(*e.Plan, tx.Now) })
	return what, err
}

// rename brings a new question to where else it is read: the thread, and the asks.
func (s *Service) rename(ctx context.Context, tx *db.Tx, at *at) error {
	if err := s.spaces.RenameThreadTx(ctx, tx, at.a, at.b.Thread, at.b.Title); err != nil {
		return err
	}
	return s.asks.HeldSayTx(ctx, tx, at.b.thing(), at.b.asksFor())
}

// editRooms lets the rooms have the words and settings of the whole.
func (s *Service) editRooms(ctx context.Context, tx *db.Tx, b *Brainstorm) error {
	if !b.inRooms() {
		return nil
	}
	list, err := rooms(ctx, tx, tx.Workspace, b.ID)
	if err != nil {
		return err
	}
	for i := range list {
		r := &list[i]
		if r.over() {
			continue
		}
		r.Title, r.Prompt, r.Facilitator = b.Title, b.Prompt, b.Facilitator
		r.Settings.V.HideCount, r.Settings.V.Vote = b.Settings.V.HideCount, b.Settings.V.Vote
		event.Append(tx, event.New{Kind: EventChanged, Subject: ref(r.ID), Space: r.Space, Thread: r.Thread})
		if err := s.asks.HeldSayTx(ctx, tx, r.thing(), r.asksFor()); err != nil {
			return err
		}
		if err := update(ctx, tx, r); err != nil {
			return err
		}
	}
	return nil
}

// Fixed says why something cannot be changed any more; empty where it can.
type Fixed struct {
	Question  string `json:"question" doc:"The title and the prompt."`
	Anonymous string `json:"anonymous" doc:"Fixed from the start."`
	HideCount string `json:"hide_count"`
	Vote      string `json:"vote" doc:"How it is voted."`
	Rooms     string `json:"rooms" doc:"How people are divided, while they are."`
}

// fixed is what people have acted upon already: they wrote on a question, under a
// promise, and voted by a rule.
func (s *Service) fixed(ctx context.Context, q db.Queryer, b *Brainstorm) (f Fixed, err error) {
	f.Anonymous = "Whether ideas stand under names is fixed at the start: people write by it. Begin another brainstorm to have it otherwise."
	if !b.Parent.IsZero() {
		const room = "A room goes by the whole brainstorm. Change it there."
		f.Question, f.HideCount, f.Vote = room, room, room
		return f, nil
	}
	ideas, err := s.written(ctx, q, b)
	if err != nil {
		return f, err
	}
	if !b.Phase.before(Vote) {
		f.Question = "People vote on this question, or have done so: it stays as they read it. Say in the discussion what has changed."
		f.Vote = "Voting has begun by this rule, and everybody votes by the same."
	} else if n, err := countBallots(ctx, q, b.WorkspaceID, b.ID); err != nil {
		return f, err
	} else if n > 0 {
		f.Vote = "Votes were given by this rule already, and count when the voting goes on."
	}
	switch {
	case b.Phase != Collect:
		f.HideCount = "The ideas are revealed, and so is their number."
	case b.Settings.V.HideCount && ideas:
		f.HideCount = "Ideas were written while their number was promised to stay hidden: it stays so until the reveal."
	}
	if b.inRooms() && ideas {
		f.Rooms = "Ideas were written in the rooms already. Bring the rooms together instead."
	}
	return f, nil
}

// written says whether any idea is there, in the rooms or, where there are none, here.
func (s *Service) written(ctx context.Context, q db.Queryer, b *Brainstorm) (bool, error) {
	if b.Phase != Collect {
		return true, nil
	}
	boards := []id.ID{b.ID}
	if b.inRooms() {
		list, err := rooms(ctx, q, b.WorkspaceID, b.ID)
		if err != nil {
			return false, err
		}
		boards = nil
		for _, r := range list {
			if !r.over() {
				boards = append(boards, r.ID)
			}
		}
	}
	n, err := countIdeas(ctx, q, b.WorkspaceID, boards)
	for _, k := range n {
		if k > 0 {
			return true, err
		}
	}
	return false, err
}

// replan takes a new plan for the present phase and those to come.
func (b *Brainstorm) replan(plan []Step, at clock.Instant) error {
	fresh := b.Settings.V
	fresh.Plan = nil
	for _, s := range b.Settings.V.Plan {
		if s.Phase.before(b.Phase) {
			fresh.Plan = append(fresh.Plan, s)
		}
	}
	now := false
	for _, s := range plan {
		if !s.Phase.before(b.Phase) {
			fresh.Plan = append(fresh.Plan, s)
			now = now || s.Phase == b.Phase
		}
	}
	if !now && b.Phase != Act {
		return wrongf("present_phase", "plan", "The plan has to have the phase %s, in which this brainstorm is.", b.Phase)
	}
	past := fresh.Plan
	for i := range past { // ends that have passed are no mistake any more
		if past[i].Until != 0 && past[i].Until <= at && past[i].Phase.before(b.Phase) {
			past[i] = Step{Phase: past[i].Phase}
		}
	}
	if err := fresh.check(at); err != nil {
		return err
	}
	b.Settings.V = fresh
	return nil
}
