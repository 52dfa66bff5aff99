package decisions

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// What became of an objection.
const (
	Standing  = "standing"
	Resolved  = "resolved"
	Overruled = "overruled"
	TakenBack = "withdrawn"
)

// objectTx keeps the objections in step with a ballot that asks for consent.
func (s *Service) objectTx(ctx context.Context, tx *db.Tx, d *Decision, b Ballot) error {
	if d.Kind != Consent {
		return nil
	}
	if b.Marks.Choice != Object {
		return s.unobject(ctx, tx, d, b.Person, "Changed the ballot.")
	}
	old, ok, err := objectionOf(ctx, tx, tx.Workspace, d.ID, b.Person)
	if err != nil || ok && old.Words == b.Marks.Reason && old.State != TakenBack {
		return err
	}
	if r := d.Rules.V; r.Blind == Shown && !r.Sealed { // else nobody hears of it before the end
		event.Append(tx, d.event(EventObjected, b.Person, nil, d.Decider))
	}
	return putObjection(ctx, tx, Objection{DecisionID: d.ID, Person: b.Person, Words: b.Marks.Reason, MadeAt: tx.Now, State: Standing})
}

// unobject takes somebody's objection back, if one stands.
func (s *Service) unobject(ctx context.Context, tx *db.Tx, d *Decision, person id.ID, why string) error {
	o, ok, err := objectionOf(ctx, tx, tx.Workspace, d.ID, person)
	if err != nil || !ok || o.State != Standing {
		return err
	}
	o.State, o.SettledBy, o.SettledAt, o.Settlement = TakenBack, person, tx.Now, why
	return putObjection(ctx, tx, o)
}

// ObjectLate objects after the close, as somebody who was absent: the decision goes on,
// and everybody has their share of hours anew.
func (s *Service) ObjectLate(ctx context.Context, a actor.Actor, x id.ID, words string) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		v, err := s.find(ctx, tx, a, x)
		if err != nil {
			return err
		}
		if err := s.mayObjectLate(ctx, tx, &v, tx.Now); err != nil {
			return err
		}
		if words, err = said(words, "words", "Say what stands against it."); err != nil {
			return err
		}
		d := &v.Decision
		if err := putObjection(ctx, tx, Objection{DecisionID: x, Person: a.Person, Words: words, MadeAt: tx.Now, Late: true, State: Standing}); err != nil {
			return err
		}
		event.Append(tx, d.event(EventObjected, a.Person, nil, d.Decider))
		return s.reopen(ctx, tx, a, d, "An objection came after the close, from somebody who had not had their say.")
	})
}

func (s *Service) mayObjectLate(ctx context.Context, q db.Queryer, v *seen, now clock.Instant) error {
	switch {
	case v.Mine == nil:
		return fault.New(fault.Forbidden, "not_entitled", "You are not among those entitled in this decision.")
	case v.State != Closed && v.State != Decided:
		return conflict("not_closed", "This decision has not ended. Say it on your ballot.")
	case !v.Superseded.IsZero():
		return conflict("superseded", "A later decision replaces this one. Object to that one.")
	case v.Mine.Voted:
		return conflict("voted", "You have had your say. The window after the close is for those who were absent.")
	case v.ObjectUntil.IsZero() || now >= v.ObjectUntil:
		return conflict("window_over", "The time in which the absent may object has passed. Make a new decision that replaces this one.")
	}
	absent, err := s.absent(ctx, q, &v.Decision, []Voter{*v.Mine})
	if err == nil && len(absent) == 0 {
		err = conflict("was_here", "You were here while it was open. The window after the close is for those who were absent. Make a new decision that replaces this one.")
	}
	return err
}

// absent leaves of some voters those who could not well have had their say before the
// close: some of the time was an absence of theirs, or none of it lay in their hours.
func (s *Service) absent(ctx context.Context, q db.Queryer, d *Decision, list []Voter) (out []Voter, err error) {
	ids := make([]id.ID, len(list))
	for i, v := range list {
		ids[i] = v.Person
	}
	away, err := s.people.AbsencesBetween(ctx, q, d.WorkspaceID, ids, d.OpenedAt, d.ClosedAt)
	if err != nil {
		return nil, err
	}
	hours, err := s.people.HoursOf(ctx, q, d.WorkspaceID, ids)
	if err != nil {
		return nil, err
	}
	for _, v := range list {
		since := max(v.From, d.OpenedAt)
		gone := slices.ContainsFunc(away[v.Person], func(x people.Absence) bool { return x.To > since })
		if h := hours[v.Person]; gone || h == nil || h.Between(since.Time(), d.ClosedAt.Time()) == 0 {
			out = append(out, v)
		}
	}
	return out, nil
}

func said(words, field, needed string) (string, error) {
	words = strings.TrimSpace(words)
	switch {
	case words == "":
		return "", wrong("words_needed", field, needed)
	case utf8.RuneCountInString(words) > longestReason:
		return "", wrongf("too_long", field, "Keep this to %d characters.", longestReason)
	}
	return words, nil
}

// reopen lets a decision that has ended go on: ballots stay, and whoever wants may
// change theirs.
func (s *Service) reopen(ctx context.Context, tx *db.Tx, a actor.Actor, d *Decision, why string) error {
	if d.State == Decided {
		if err := s.takeBack(ctx, tx, a, d, why); err != nil {
			return err
		}
	}
	if err := s.asks.HeldOverTx(ctx, tx, d.thing(toDecide), "The decision goes on."); err != nil {
		return err
	}
	list, err := s.here(ctx, tx, d)
	if err != nil {
		return err
	}
	for i := range list {
		list[i].From = tx.Now
	}
	share := d.Rules.V.Fair
	if share == 0 {
		share = d.Rules.V.Objections
	}
	here, err := s.shares(ctx, tx, tx.Workspace, list, share)
	if err != nil {
		return err
	}
	for _, v := range here {
		if err := putVoter(ctx, tx, v); err != nil {
			return err
		}
	}
	d.State, d.ClosedAt, d.ObjectUntil, d.Result.V, d.EndedWhy = Open, 0, 0, nil, why
	d.EndsAt = max(lastShare(here, true), tx.Now.Add(later))
	d.LookAt = d.EndsAt
	d.Version++
	event.Append(tx, d.event(EventReopened, a.Person, nil, haveSaid(here)...))
	if err := s.expect(ctx, tx, d, a.Person, here); err != nil {
		return err
	}
	return update(ctx, tx, d)
}

// haveSaid lists those of whom nothing is expected, but who may want to say more.
func haveSaid(list []Voter) (out []id.ID) {
	for _, v := range list {
		if v.Done() {
			out = append(out, v.Person)
		}
	}
	return out
}

// Settle says what became of an objection: whoever made it may call it resolved or take
// it back; the decider may overrule it, or say how it was resolved, in writing.
func (s *Service) Settle(ctx context.Context, a actor.Actor, x, person id.ID, state, words string) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		v, err := s.find(ctx, tx, a, x)
		if err != nil {
			return err
		}
		o, ok, err := objectionOf(ctx, tx, a.Workspace, x, person)
		if err == nil && (!ok || person != a.Person && !v.sees().Reasons) {
			err = fault.Missing("objection")
		}
		if err != nil {
			return err
		}
		if err := v.maySettle(a, o, state); err != nil {
			return err
		}
		if state == TakenBack && strings.TrimSpace(words) == "" {
			words = "Taken back."
		}
		if words, err = said(words, "words", "Say in writing how it was resolved, or why it is overruled."); err != nil {
			return err
		}
		o.State, o.SettledBy, o.SettledAt, o.Settlement = state, a.Person, tx.Now, words
		event.Append(tx, v.event(EventSettled, a.Person, nil, o.Person))
		return putObjection(ctx, tx, o)
	})
}

func (v *seen) maySettle(a actor.Actor, o Objection, state string) error {
	switch {
	case !oneOf(state, Resolved, Overruled, TakenBack):
		return wrong("state", "state", "An objection is resolved, overruled or withdrawn.")
	case a.Person != o.Person && a.Person != v.Decider:
		return fault.New(fault.Forbidden, "decider_only", "Only whoever objected and the decider may say what became of an objection.")
	case state == Overruled && a.Person != v.Decider:
		return fault.New(fault.Forbidden, "decider_only", "Only the decider may overrule an objection.")
	case state == TakenBack && a.Person != o.Person:
		return fault.New(fault.Forbidden, "not_yours", "Only whoever objected may take it back.")
	case v.State == Decided || v.State == Withdrawn:
		return conflict("decided", "This decision is done. Take its outcome back first.")
	case o.State == TakenBack:
		return conflict("taken_back", "This objection was taken back.")
	}
	return nil
}
