package decisions

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// NewOutcome is what came of a decision, as the decider writes it.
type NewOutcome struct {
	Markdown   string
	Chosen     []string // keys of options
	Reason     string
	Dissent    string
	Review     clock.Instant // none: it is not looked at again
	Supersedes []id.ID
}

const longestOutcome = 20_000

// Decide writes the outcome. The decision's thread is concluded with it, those it
// replaces say so, and on the day of its review the decider is asked.
func (s *Service) Decide(ctx context.Context, a actor.Actor, x id.ID, n NewOutcome) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error { return s.decideTx(ctx, tx, a, x, n) })
}

func (s *Service) decideTx(ctx context.Context, tx *db.Tx, a actor.Actor, x id.ID, n NewOutcome) error {
	v, err := s.find(ctx, tx, a, x)
	if err != nil {
		return err
	}
	if err := s.mayDecideNow(ctx, tx, a, &v); err != nil {
		return err
	}
	d := &v.Decision
	if n, err = d.checkOutcome(n, tx.Now); err != nil {
		return err
	}
	if err := s.supersede(ctx, tx, a, d, n.Supersedes); err != nil {
		return err
	}
	d.Outcome, d.Notes.V = n.Markdown, Notes{Chosen: n.Chosen, Reason: n.Reason, Dissent: n.Dissent, Supersedes: n.Supersedes}
	d.State, d.DecidedAt, d.DecidedBy, d.ReviewAt, d.ReviewedAt = Decided, tx.Now, a.Person, n.Review, 0
	d.LookAt, d.Words = n.Review, d.searched()
	d.Version++
	if err := s.conclude(ctx, tx, a, d); err != nil {
		return err
	}
	if err := s.asks.HeldDoneTx(ctx, tx, d.thing(toDecide), d.Decider, ""); err != nil {
		return err
	}
	if err := s.tellAll(ctx, tx, d, EventDecided, a.Person); err != nil {
		return err
	}
	return update(ctx, tx, d)
}

func (s *Service) mayDecideNow(ctx context.Context, q db.Queryer, a actor.Actor, v *seen) error {
	switch {
	case a.Person != v.Decider:
		return fault.New(fault.Forbidden, "decider_only", "Only the decider writes the outcome. Whoever made this decision can name another.")
	case v.State == Decided:
		return conflict("decided", "The outcome is written. Take it back to write it anew.")
	case v.State != Closed:
		return conflict("not_closed", "The outcome is written once the decision has ended.")
	}
	list, err := objections(ctx, q, a.Workspace, v.ID)
	if err != nil {
		return err
	}
	for _, o := range list {
		if o.State == Standing {
			return conflict("objection_stands", "An objection stands. Say how it was resolved, or overrule it in writing, before you write the outcome.")
		}
	}
	return nil
}

func (d *Decision) checkOutcome(n NewOutcome, now clock.Instant) (NewOutcome, error) {
	n.Markdown, n.Reason, n.Dissent = strings.TrimSpace(n.Markdown), strings.TrimSpace(n.Reason), strings.TrimSpace(n.Dissent)
	for _, t := range []string{n.Markdown, n.Reason, n.Dissent} {
		if utf8.RuneCountInString(t) > longestOutcome {
			return n, wrongf("too_long", "markdown", "Keep the outcome, its reason and the dissent to %d characters each.", longestOutcome)
		}
	}
	if n.Markdown == "" {
		return n, wrong("outcome_needed", "markdown", "Say in a sentence or two what was decided.")
	}
	for i, k := range n.Chosen {
		if _, ok := d.Option(k); !ok {
			return n, unknownOption(k)
		}
		if slices.Contains(n.Chosen[:i], k) {
			return n, wrong("twice", "chosen", "Name each option once.")
		}
	}
	if d.differs(n.Chosen) && n.Reason == "" {
		return n, wrong("reason_needed", "reason", "What was chosen is not what was counted. Say in writing why.")
	}
	if !n.Review.IsZero() && n.Review <= now {
		return n, wrong("review_past", "review_at", "Pick a day in the future for looking at it again.")
	}
	if len(n.Supersedes) > 20 {
		return n, wrong("too_many", "supersedes", "A decision replaces at most 20 others.")
	}
	return n, nil
}

// differs says that the options chosen are not those that the count found, or that it
// found none. Of kinds in which nothing is counted out it says nothing.
func (d *Decision) differs(chosen []string) bool {
	if len(chosen) == 0 || d.Result.V == nil || d.Kind == SenseCheck || d.Kind == Advice || d.Kind == Consent {
		return false
	}
	won := d.Result.V.Count.Winners
	return len(chosen) != len(won) || slices.ContainsFunc(chosen, func(k string) bool { return !slices.Contains(won, k) })
}

// supersede marks what a decision replaces: decided ones that its decider may change.
func (s *Service) supersede(ctx context.Context, tx *db.Tx, a actor.Actor, d *Decision, list []id.ID) error {
	for _, x := range list {
		old, err := s.find(ctx, tx, a, x)
		if err != nil {
			return err
		}
		switch {
		case x == d.ID:
			return wrong("itself", "supersedes", "A decision cannot replace itself.")
		case old.State != Decided:
			return conflict("not_decided", "“"+old.Title+"” has no outcome that could be replaced.")
		case !old.Superseded.IsZero() && old.Superseded != d.ID:
			return conflict("superseded", "“"+old.Title+"” was replaced by another decision already.")
		case !old.Writes:
			return fault.New(fault.Forbidden, "not_yours", "You may not write in the space of “"+old.Title+"”.")
		}
		o := &old.Decision
		o.Superseded, o.LookAt = d.ID, 0
		o.Version++
		if err := s.asks.HeldOverTx(ctx, tx, o.thing(toReview), "A later decision replaces it."); err != nil {
			return err
		}
		event.Append(tx, o.event(EventSuperseded, a.Person, nil))
		if err := update(ctx, tx, o); err != nil {
			return err
		}
	}
	return nil
}

// conclude ends the thread with the outcome, unless somebody has concluded it already.
func (s *Service) conclude(ctx context.Context, tx *db.Tx, a actor.Actor, d *Decision) error {
	t, err := s.spaces.Thread(ctx, tx, a, d.Thread)
	if err != nil || t.Concluded() {
		return err
	}
	var b strings.Builder
	b.WriteString(d.Outcome)
	for _, part := range []struct{ name, words string }{{"Why", d.Notes.V.Reason}, {"Dissent", d.Notes.V.Dissent}} {
		if part.words != "" {
			b.WriteString("\n\n**" + part.name + ":** " + part.words)
		}
	}
	b.WriteString("\n\n[The decision](" + d.Path() + ")")
	return s.spaces.ConcludeTx(ctx, tx, a, d.Thread, b.String())
}

// tellAll tells the readers of the space, and by name everybody entitled. Who follows
// the thread hears from there how it ended, and is not told twice.
func (s *Service) tellAll(ctx context.Context, tx *db.Tx, d *Decision, kind string, by id.ID) error {
	list, err := voters(ctx, tx, tx.Workspace, d.ID)
	if err != nil {
		return err
	}
	follow, err := s.spaces.Followers(ctx, tx, tx.Workspace, d.Thread)
	if err != nil {
		return err
	}
	var members, guests []id.ID
	for _, v := range list {
		if v.Guest {
			guests = append(guests, v.Person)
		} else if !slices.Contains(follow, v.Person) {
			members = append(members, v.Person)
		}
	}
	event.Append(tx, d.event(kind, by, nil, members...))
	if len(guests) > 0 {
		event.Append(tx, d.apart(kind, by, guests))
	}
	return nil
}

// Undecide takes the outcome back: the decision has ended still, and the decider may
// write another.
func (s *Service) Undecide(ctx context.Context, a actor.Actor, x id.ID, why string) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		v, err := s.find(ctx, tx, a, x)
		if err != nil {
			return err
		}
		switch {
		case a.Person != v.Decider && !v.leads(a):
			return fault.New(fault.Forbidden, "decider_only", "Only the decider may take the outcome back.")
		case v.State != Decided:
			return conflict("not_decided", "There is no outcome to take back.")
		case !v.Superseded.IsZero():
			return conflict("superseded", "A later decision replaces this one. Take that one's outcome back first.")
		}
		if why, err = said(why, "reason", "Say why the outcome is taken back."); err != nil {
			return err
		}
		d := &v.Decision
		if err := s.takeBack(ctx, tx, a, d, why); err != nil {
			return err
		}
		d.Version++
		if err := s.tellAll(ctx, tx, d, EventReopened, a.Person); err != nil {
			return err
		}
		if err := s.expectOutcome(ctx, tx, d); err != nil {
			return err
		}
		return update(ctx, tx, d)
	})
}

// takeBack undoes an outcome, and all that came with it.
func (s *Service) takeBack(ctx context.Context, tx *db.Tx, a actor.Actor, d *Decision, why string) error {
	old, err := several(ctx, tx, tx.Workspace, d.Notes.V.Supersedes)
	if err != nil {
		return err
	}
	for i := range old {
		if o := &old[i]; o.Superseded == d.ID {
			o.Superseded, o.LookAt = id.ID{}, o.ReviewAt
			if !o.ReviewedAt.IsZero() {
				o.LookAt = 0
			}
			o.Version++
			event.Append(tx, o.event(EventSuperseded, a.Person, nil))
			if err := update(ctx, tx, o); err != nil {
				return err
			}
		}
	}
	if err := s.asks.HeldOverTx(ctx, tx, d.thing(toReview), "The outcome was taken back."); err != nil {
		return err
	}
	d.State, d.Outcome, d.Notes.V, d.DecidedAt, d.DecidedBy, d.ReviewAt, d.LookAt = Closed, "", Notes{}, 0, id.ID{}, 0, 0
	d.Words = d.searched()
	return s.goOn(ctx, tx, a, d, why)
}

// goOn opens the thread again, if it is concluded.
func (s *Service) goOn(ctx context.Context, tx *db.Tx, a actor.Actor, d *Decision, why string) error {
	t, err := s.spaces.Thread(ctx, tx, actor.System(tx.Workspace), d.Thread)
	if err != nil || !t.Concluded() {
		return err
	}
	by := a
	if err := s.spaces.MayPost(ctx, tx, a, d.Space); err != nil || a.Role == actor.Guest { // a guest of the decision: in its maker's name
		p, err := s.people.Get(ctx, tx, tx.Workspace, d.Decider)
		if err != nil {
			return err
		}
		by = p.Actor()
	}
	return s.spaces.ReopenTx(ctx, tx, by, d.Thread, cutKeyTo(strings.Join(strings.Fields(why), " "), 500))
}

// Review says that the outcome was looked at and holds, until the next day named, if any.
func (s *Service) Review(ctx context.Context, a actor.Actor, x id.ID, next clock.Instant) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error { return s.reviewTx(ctx, tx, a, x, next) })
}

func (s *Service) reviewTx(ctx context.Context, tx *db.Tx, a actor.Actor, x id.ID, next clock.Instant) error {
	v, err := s.led(ctx, tx, a, x)
	if err != nil {
		return err
	}
	if v.State != Decided {
		return conflict("not_decided", "There is no outcome to look at yet.")
	}
	if !next.IsZero() && next <= tx.Now {
		return wrong("review_past", "review_at", "Pick a day in the future for looking at it again.")
	}
	d := &v.Decision
	d.ReviewedAt, d.LookAt = tx.Now, 0
	if !next.IsZero() {
		d.ReviewAt, d.ReviewedAt, d.LookAt = next, 0, next
	}
	d.Version++
	event.Append(tx, d.event(EventReviewed, a.Person, nil))
	if err := s.asks.HeldDoneTx(ctx, tx, d.thing(toReview), d.Decider, ""); err != nil {
		return err
	}
	return update(ctx, tx, d)
}
