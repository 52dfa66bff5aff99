package brainstorms

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Turn is a step by hand. From is the phase as it was read, so that two who press at
// once take one step. Sure says that the warning was read.
type Turn struct {
	From Phase
	Back bool
	Sure bool
}

// PhaseChanged is the data of brainstorms.phase_changed.
type PhaseChanged struct {
	From Phase `json:"from"`
	To   Phase `json:"to"`
}

// Step takes a brainstorm to its next phase by hand, or back one.
func (s *Service) Step(ctx context.Context, a actor.Actor, x id.ID, t Turn) error {
	return s.write(ctx, a, x, func(ctx context.Context, tx *db.Tx, at *at) error {
		if err := at.leads(); err != nil {
			return err
		}
		if at.b.Phase != t.From {
			return fault.Newf(fault.Conflict, "stepped_already", "This brainstorm is in the phase %s by now. Look again before you go on.", at.b.Phase)
		}
		if t.Back {
			to, ok := at.b.former()
			if at.b.final() {
				return fault.New(fault.Conflict, "votes_final", "The results of this anonymous vote are open, so it cannot be held again: what had changed would tell how somebody voted. Make a decision of the ideas, or begin another brainstorm with them.")
			}
			if !ok {
				return fault.New(fault.Conflict, "first_phase", "This is the first phase: there is none to go back to.")
			}
			if !t.Sure {
				return fault.New(fault.Conflict, "sure", at.b.warning(to)+" Say that you are sure to go back.")
			}
			return s.enter(ctx, tx, at, to)
		}
		if _, more := at.b.following(); !more && !at.b.Parent.IsZero() && at.b.Phase != Act {
			return s.roomReady(ctx, tx, at)
		}
		to, err := s.onward(ctx, tx, at)
		if err != nil {
			return err
		}
		return s.enter(ctx, tx, at, to)
	})
}

// onward is the phase that comes next, if it can.
func (s *Service) onward(ctx context.Context, tx *db.Tx, at *at) (Phase, error) {
	to, ok := at.b.following()
	switch {
	case !ok && !at.b.Parent.IsZero():
		return "", fault.New(fault.Conflict, "last_phase", "This room is done. Its ideas are brought together when all rooms are, or when the facilitator says so.")
	case !ok:
		return "", fault.New(fault.Conflict, "last_phase", "This is the last phase. End the brainstorm with what came of it.")
	case at.b.inRooms():
		return "", fault.New(fault.Conflict, "in_rooms", "Bring the rooms together first.")
	}
	if at.b.Phase == Collect {
		n, err := countIdeas(ctx, tx, tx.Workspace, []id.ID{at.b.ID})
		if err == nil && n[at.b.ID] == 0 {
			err = fault.New(fault.Conflict, "no_ideas", "There is no idea yet. Give people more time, or end the brainstorm.")
		}
		return to, err
	}
	return to, nil
}

// warning says what going back means.
func (b *Brainstorm) warning(to Phase) string {
	switch {
	case to == Collect:
		return "Everybody has read the ideas: those that come now are hidden until the next reveal, but nobody thinks of them unread any more."
	case b.Phase == Act && b.Settings.V.Anonymous:
		return "Fewer than five people voted, so nobody has seen a result. Votes that were given stay, and count when five have voted."
	case b.Phase == Act:
		return "Everybody has seen the results: who votes again knows how the others voted."
	case b.Phase == Vote:
		return "Votes that were given stay, and count again when the voting goes on; those on ideas that are merged until then do not."
	}
	return "Everybody is asked again for the phase before, with a fair share of their hours from now."
}

// enter is where every phase begins: what it changes, by when it ends, whom it asks.
func (s *Service) enter(ctx context.Context, tx *db.Tx, at *at, to Phase) error {
	b, from := at.b, at.b.Phase
	b.Version++
	b.Base = b.Version
	if from == Collect {
		if err := s.reveal(ctx, tx, b); err != nil {
			return err
		}
	}
	b.Phase, b.PhaseAt = to, tx.Now
	b.PhaseN++
	if to == Act {
		if err := s.open(ctx, tx, b); err != nil {
			return err
		}
	}
	who, err := s.eligible(ctx, tx, b)
	if err != nil {
		return err
	}
	if err := s.endAt(ctx, tx, b, who); err != nil {
		return err
	}
	event.Append(tx, event.New{
		Kind: EventPhase, Actor: at.a.Person, Subject: ref(b.ID), Space: b.Space, Thread: b.Thread, Due: b.EndsAt,
		Data: PhaseChanged{From: from, To: to},
	})
	if err := s.expectAnew(ctx, tx, b, who); err != nil {
		return err
	}
	return update(ctx, tx, b)
}

// reveal shows all that is hidden: shuffled, numbered, in that order.
func (s *Service) reveal(ctx context.Context, tx *db.Tx, b *Brainstorm) error {
	all, err := loadIdeas(ctx, tx, tx.Workspace, b.ID, 0)
	if err != nil {
		return err
	}
	n, last := int64(0), int64(0)
	var hidden []Idea
	for _, i := range all {
		if i.Shown {
			n, last = max(n, i.N), max(last, i.Place)
		} else if !i.Deleted {
			hidden = append(hidden, i)
		}
	}
	b.shuffle(hidden)
	for k, i := range hidden {
		i.Shown, i.N, i.Place, i.Version = true, n+int64(k)+1, last+int64(k+1)*gap, b.Version
		if err := putIdea(ctx, tx, i); err != nil {
			return err
		}
	}
	return nil
}

// goOn lets a brainstorm that goes on by itself do so, if its time has come or all are
// done, and otherwise works out anew when that will be.
func (s *Service) goOn(ctx context.Context, tx *db.Tx, at *at) error {
	b := at.b
	if b.over() || b.Phase == Act || b.inRooms() {
		return nil
	}
	who, err := s.eligible(ctx, tx, b)
	if err != nil {
		return err
	}
	before := b.EndsAt
	if err := s.endAt(ctx, tx, b, who); err != nil {
		return err
	}
	if b.Settings.V.ByHand {
		return nil
	}
	ready := len(who) > 0 && !slices.ContainsFunc(who, func(t Taker) bool { return !b.done(t) })
	if !ready && (b.EndsAt.IsZero() || b.EndsAt > tx.Now) {
		if b.EndsAt == before {
			return nil
		}
		event.Append(tx, event.New{Kind: EventChanged, Subject: ref(b.ID), Space: b.Space, Thread: b.Thread, Due: b.EndsAt})
		if err := s.expectUntil(ctx, tx, b); err != nil {
			return err
		}
		return update(ctx, tx, b)
	}
	return s.elapse(ctx, tx, at)
}

// elapse ends a phase by itself. One that nothing came of waits for the facilitator.
func (s *Service) elapse(ctx context.Context, tx *db.Tx, at *at) error {
	house := *at
	house.a = actor.System(tx.Workspace)
	to, err := s.onward(ctx, tx, &house)
	switch {
	case fault.Is(err, "no_ideas"):
		at.b.EndsAt = 0
		event.Append(tx, event.New{Kind: EventWaiting, Subject: ref(at.b.ID), Space: at.b.Space, Thread: at.b.Thread, Concerns: []id.ID{at.b.Facilitator}})
		return update(ctx, tx, at.b)
	case fault.Is(err, "last_phase") && !at.b.Parent.IsZero():
		return s.roomReady(ctx, tx, &house)
	case err != nil:
		return err
	}
	return s.enter(ctx, tx, &house, to)
}

// Elapse takes all brainstorms on whose phase has run out, in all workspaces; what fails
// for one does not hold up another.
func (s *Service) Elapse(ctx context.Context) error {
	var problems []string
	tried := map[id.ID]bool{}
	for {
		due, err := dueEnds(ctx, s.db, s.now(), bunch)
		if err != nil {
			return err
		}
		fresh := slices.DeleteFunc(due, func(p place) bool { return tried[p.ID] })
		for _, p := range fresh {
			tried[p.ID] = true
			if err := s.elapseOne(ctx, p.WorkspaceID, p.ID); err != nil {
				problems = append(problems, fmt.Sprintf("%s: %v", p.ID, err))
			}
		}
		if len(fresh) == 0 {
			break
		}
	}
	if len(problems) > 0 {
		return fmt.Errorf("brainstorms: %s", strings.Join(problems, "; "))
	}
	return nil
}

const bunch = 100

func (s *Service) elapseOne(ctx context.Context, ws, x id.ID) error {
	return s.db.Write(ctx, ws, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("a phase that ended already, or not yet")
		at, err := s.find(ctx, tx, actor.System(ws), x)
		if err != nil || at.b.EndsAt.IsZero() || at.b.EndsAt > tx.Now {
			return err
		}
		return s.goOn(ctx, tx, at)
	})
}
