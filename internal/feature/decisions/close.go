package decisions

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"example.org/meantime/internal/feature/decisions/sealed"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Look does what is due by itself, in all workspaces: opens, extends, closes, asks for
// reviews. What fails for one decision holds up no other; it is tried again later.
func (s *Service) Look(ctx context.Context) error {
	var errs []error
	for {
		list, err := dueLooks(ctx, s.db, s.now())
		if err != nil {
			return errors.Join(append(errs, err)...)
		}
		for _, p := range list {
			if err := s.look(ctx, p.WorkspaceID, p.ID); err != nil {
				errs = append(errs, fmt.Errorf("decisions: look at %s: %w", p.ID, err))
				if err := s.putOff(ctx, p); err != nil {
					return errors.Join(append(errs, err)...)
				}
			}
		}
		if len(list) < bunch {
			return errors.Join(errs...)
		}
	}
}

const later = 5 * time.Minute

func (s *Service) putOff(ctx context.Context, p place) error {
	return s.db.Write(ctx, p.WorkspaceID, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("a decision is looked at again later")
		return setLook(ctx, tx, p.ID, tx.Now.Add(later))
	})
}

func (s *Service) look(ctx context.Context, ws, x id.ID) error {
	return s.db.Write(ctx, ws, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("a decision is looked at, and there may be nothing to tell")
		d, ok, err := load(ctx, tx, ws, x)
		if err != nil || !ok || d.LookAt.IsZero() || d.LookAt > tx.Now {
			return err
		}
		return s.advance(ctx, tx, &d)
	})
}

// advance does what time asks of a decision, and says when to look again. State and
// events are written in one transaction, so that it happens once.
func (s *Service) advance(ctx context.Context, tx *db.Tx, d *Decision) (err error) {
	switch d.State {
	case Scheduled:
		if d.OpensAt <= tx.Now {
			return s.openByItself(ctx, tx, d)
		}
		d.LookAt = d.OpensAt
	case Open:
		if err := s.fairEnd(ctx, tx, d); err != nil {
			return err
		}
		if tx.Now >= d.EndsAt {
			return s.end(ctx, tx, d)
		}
		d.LookAt = d.EndsAt
	case Decided:
		d.LookAt = 0
		if !d.ReviewAt.IsZero() && d.ReviewedAt.IsZero() && d.Superseded.IsZero() {
			if d.LookAt = d.ReviewAt; d.ReviewAt <= tx.Now {
				d.LookAt = 0
				event.Append(tx, d.event(EventReviewDue, id.ID{}, nil))
				if err := s.expectReview(ctx, tx, d); err != nil {
					return err
				}
			}
		}
	default:
		d.LookAt = 0
	}
	return update(ctx, tx, d)
}

// openByItself opens a scheduled decision in its maker's name; when that cannot be, it
// is a draft again, and its maker is told why.
func (s *Service) openByItself(ctx context.Context, tx *db.Tx, d *Decision) error {
	p, err := s.people.Get(ctx, tx, tx.Workspace, d.Maker)
	if err != nil {
		return err
	}
	draft := *d
	if err = s.openTx(ctx, tx, p.Actor(), d); err == nil || fault.As(err) == nil {
		return err
	}
	*d = draft
	d.State, d.OpensAt, d.LookAt, d.EndedWhy = Draft, 0, 0, "It could not open: "+fault.As(err).Sentence
	event.Append(tx, event.New{Kind: EventChanged, Subject: d.ref(), Concerns: []id.ID{d.Maker}})
	return update(ctx, tx, d)
}

// fairEnd moves the end on when somebody who has not had their say would not have had
// their share of hours by then. What was promised is never brought forward.
func (s *Service) fairEnd(ctx context.Context, tx *db.Tx, d *Decision) error {
	if d.Rules.V.Fair == 0 {
		return nil
	}
	list, err := s.here(ctx, tx, d)
	if err != nil {
		return err
	}
	here, err := s.shares(ctx, tx, tx.Workspace, list, d.Rules.V.Fair)
	if err != nil {
		return err
	}
	was := map[id.ID]clock.Instant{}
	for _, v := range list {
		was[v.Person] = v.Share
	}
	for _, v := range here {
		if v.Share != was[v.Person] {
			if err := putVoter(ctx, tx, v); err != nil {
				return err
			}
		}
	}
	return s.moveEnd(ctx, tx, d, here, lastShare(here, false))
}

// moveEnd says a later end to those who have not had their say.
func (s *Service) moveEnd(ctx context.Context, tx *db.Tx, d *Decision, list []Voter, end clock.Instant) error {
	if end <= d.EndsAt {
		return nil
	}
	var leads []id.ID // whoever planned with the old end
	if end.Sub(d.EndsAt) >= muchSooner {
		if leads = []id.ID{d.Maker}; d.Decider != d.Maker {
			leads = append(leads, d.Decider)
		}
	}
	d.EndsAt = end
	var guests []id.ID // to others their ask says so
	for _, v := range list {
		if !v.Done() && v.Guest {
			guests = append(guests, v.Person)
		}
	}
	event.Append(tx, d.event(EventMoved, id.ID{}, nil, leads...))
	if len(guests) > 0 {
		event.Append(tx, d.apart(EventMoved, id.ID{}, guests))
	}
	return s.asks.HeldMoveTx(ctx, tx, d.thing(toVote), end)
}

// endEarly closes when all have had their say, if that was said at the start.
func (s *Service) endEarly(ctx context.Context, tx *db.Tx, d *Decision) error {
	if !d.Rules.V.Early {
		return nil
	}
	list, err := s.here(ctx, tx, d)
	if err != nil {
		return err
	}
	voted := 0
	for _, v := range list {
		if !v.Done() {
			return nil
		}
		if v.Voted {
			voted++
		}
	}
	if voted == 0 || d.few(voted) { // more may be entitled until its end
		return nil
	}
	return s.close(ctx, tx, d, "All have had their say.")
}

// here lists the voters who may still see the decision, and those who voted.
func (s *Service) here(ctx context.Context, q db.Queryer, d *Decision) ([]Voter, error) {
	list, err := voters(ctx, q, d.WorkspaceID, d.ID)
	if err != nil {
		return nil, err
	}
	ids := make([]id.ID, len(list))
	for i, v := range list {
		ids[i] = v.Person
	}
	known, err := s.people.ByIDs(ctx, q, d.WorkspaceID, ids)
	if err != nil {
		return nil, err
	}
	reads, err := s.spaces.Readers(ctx, q, d.WorkspaceID, d.Space)
	if err != nil {
		return nil, err
	}
	now, out := s.now(), list[:0]
	for _, v := range list {
		// What was cast counts, whoever has left since; a guest reads this decision alone.
		if v.Voted || reads(known[v.Person]) || v.Guest && known[v.Person].Active(now) {
			out = append(out, v)
		}
	}
	return out, nil
}

// end closes a decision whose time has come, unless silence extends it once.
func (s *Service) end(ctx context.Context, tx *db.Tx, d *Decision) error {
	r := d.Rules.V
	if r.Anonymous && !d.Extended {
		if again, err := s.extendForFew(ctx, tx, d); again || err != nil {
			return err
		}
	}
	if r.Silence == SilenceExtend && !d.Extended {
		list, err := s.here(ctx, tx, d)
		if err != nil {
			return err
		}
		var silent []Voter
		for _, v := range list {
			if !v.Done() {
				v.From = tx.Now
				silent = append(silent, v)
			}
		}
		if len(silent) > 0 {
			return s.extendFor(ctx, tx, d, silent)
		}
	}
	return s.close(ctx, tx, d, "")
}

// few says that too few have voted for a vote without names to be counted.
func (d *Decision) few(voted int) bool { return d.Rules.V.Anonymous && voted < sealed.Fewest }

// extendForFew goes on once, before a vote without names is destroyed for want of
// ballots: the silent have a fair share of their hours again, and so has whoever made
// it, who is told and may entitle more.
func (s *Service) extendForFew(ctx context.Context, tx *db.Tx, d *Decision) (again bool, err error) {
	list, err := s.here(ctx, tx, d)
	if err != nil {
		return false, err
	}
	var silent []Voter
	for _, v := range list {
		if !v.Voted {
			v.From = tx.Now
			silent = append(silent, v)
		}
	}
	voted := len(list) - len(silent)
	if !d.few(voted) {
		return false, nil
	}
	waited := silent
	if !slices.ContainsFunc(silent, func(v Voter) bool { return v.Person == d.Maker }) {
		waited = append(slices.Clone(silent), Voter{Person: d.Maker, From: tx.Now})
	}
	here, err := s.shares(ctx, tx, tx.Workspace, waited, max(d.Rules.V.Fair, fewShare))
	if err != nil {
		return false, err
	}
	end := lastShare(here, true)
	if end <= tx.Now { // nobody of them has any hours in sight
		return false, nil
	}
	for _, v := range here {
		if v.DecisionID.IsZero() {
			continue // whoever made it, and is not waited for
		}
		if err := putVoter(ctx, tx, v); err != nil {
			return false, err
		}
	}
	d.Extended = true
	d.EndedWhy = fmt.Sprintf("%d have voted, and it takes %d that anything is counted. It goes on once for that. Remind people, or entitle more.", voted, sealed.Fewest)
	event.Append(tx, d.event(EventFew, id.ID{}, nil, d.Maker))
	if err := s.moveEnd(ctx, tx, d, here, end); err != nil {
		return false, err
	}
	d.LookAt = d.EndsAt
	d.Version++
	return true, update(ctx, tx, d)
}

// fewShare is what a vote without names goes on for at least when too few have voted.
const fewShare = 8 * time.Hour

// extendFor gives the silent their share once more.
func (s *Service) extendFor(ctx context.Context, tx *db.Tx, d *Decision, silent []Voter) error {
	d.Extended = true
	here, err := s.shares(ctx, tx, tx.Workspace, silent, d.Rules.V.Fair)
	if err != nil {
		return err
	}
	if lastShare(here, true) <= tx.Now { // nobody of them has any hours in sight
		return s.close(ctx, tx, d, "")
	}
	for _, v := range here {
		if err := putVoter(ctx, tx, v); err != nil {
			return err
		}
	}
	if err := s.moveEnd(ctx, tx, d, here, lastShare(here, true)); err != nil {
		return err
	}
	d.LookAt = d.EndsAt
	d.Version++
	return update(ctx, tx, d)
}

// close counts, lets off whoever was still expected to vote, and asks the decider for
// the outcome.
func (s *Service) close(ctx context.Context, tx *db.Tx, d *Decision, why string) error {
	list, err := s.here(ctx, tx, d)
	if err != nil {
		return err
	}
	r, err := s.countAtEnd(ctx, tx, d, list)
	switch {
	case sealed.KeyMissing(err) || sealed.Damaged(err):
		return s.waitForKey(ctx, tx, d, err)
	case err != nil:
		return err
	case r.Unopened != "":
		why = whyUnopened(sealed.State(r.Unopened))
	}
	d.State, d.ClosedAt, d.EndedWhy, d.Result.V, d.LookAt = Closed, tx.Now, why, &r, 0
	d.Version++
	if d.ObjectUntil, err = s.objectUntil(ctx, tx, d, list); err != nil {
		return err
	}
	if err := s.asks.HeldOverTx(ctx, tx, d.thing(toVote), "The decision has ended."); err != nil {
		return err
	}
	event.Append(tx, d.event(EventClosed, id.ID{}, nil))
	if err := s.expectOutcome(ctx, tx, d); err != nil {
		return err
	}
	return update(ctx, tx, d)
}

// objectUntil is the end of the window in which the absent who did not have their say
// may object; none when there is no such window, or nobody was absent.
func (s *Service) objectUntil(ctx context.Context, tx *db.Tx, d *Decision, list []Voter) (clock.Instant, error) {
	if d.Rules.V.Objections == 0 {
		return 0, nil
	}
	var silent []Voter
	for _, v := range list {
		if !v.Voted {
			silent = append(silent, v)
		}
	}
	silent, err := s.absent(ctx, tx, d, silent)
	if err != nil {
		return 0, err
	}
	for i := range silent {
		silent[i].From = tx.Now
	}
	here, err := s.shares(ctx, tx, tx.Workspace, silent, d.Rules.V.Objections)
	return lastShare(here, true), err
}
