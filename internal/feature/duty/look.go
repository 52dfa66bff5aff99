package duty

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
)

// How far a rota is looked at, and when things are told.
const (
	behind     = 5 * 24 * time.Hour  // enough to know how long a turn is, as far as it matters
	warnAhead  = 7 * 24 * time.Hour  // a gap is told of a week before
	tellAhead  = 14 * 24 * time.Hour // together with those of the week after, so that it is one warning a week
	lookEvery  = 24 * time.Hour
	mostNotice = 24 * time.Hour // a handover note is asked for a day before the end, or a quarter of the turn
	bunch      = 100
)

// Look tells of all that has come in sight of the rotas that are due for it, in all
// workspaces. What fails for one does not hold up another.
func (s *Service) Look(ctx context.Context) error {
	var at place
	var errs []error
	now := s.now()
	for {
		list, err := dueLooks(ctx, s.db, now, at, bunch)
		if err != nil {
			return errors.Join(append(errs, err)...)
		}
		for _, p := range list {
			if err := s.look(ctx, p.WorkspaceID, p.TeamID); err != nil {
				errs = append(errs, fmt.Errorf("duty: look at the rota of %s: %w", p.TeamID, err))
			}
		}
		if len(list) < bunch {
			return errors.Join(errs...)
		}
		at = list[len(list)-1]
	}
}

// look asks for handover notes, tells whose duty begins, and warns of gaps. All is
// written in one transaction with the place up to which it was done, so that each
// is told once.
func (s *Service) look(ctx context.Context, ws, team id.ID) error {
	return s.db.Write(ctx, ws, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("a rota is looked at, and there may be nothing to tell")
		r, ok, err := loadRota(ctx, tx, ws, team, tx.Now.Add(-behind))
		if err != nil || !ok || r.LookAt > tx.Now {
			return err
		}
		folk, err := s.folk(ctx, tx, r)
		if err != nil {
			return err
		}
		in := Span{min(r.LookedAt, tx.Now).Add(-behind), tx.Now.Add(tellAhead)}
		roster := r.Compute(folk, in)
		next := tx.Now.Add(lookEvery)
		for _, f := range []func(context.Context, *db.Tx, Rota, Roster, Span) (clock.Instant, error){s.hand, s.begin, s.warn} {
			at, err := f(ctx, tx, r, roster, in)
			if err != nil {
				return err
			}
			if at > tx.Now {
				next = min(next, at)
			}
		}
		return setLook(ctx, tx, team, tx.Now, next)
	})
}

// askAt is when the note of a change is asked for.
func (c Change) askAt() clock.Instant {
	return c.Left.Add(-min(c.Left.Sub(c.Begun)/4, mostNotice))
}

// hand asks whoever leaves soon for a handover note, and lets go what was asked about
// changes that will not happen any more.
func (s *Service) hand(ctx context.Context, tx *db.Tx, r Rota, roster Roster, _ Span) (next clock.Instant, err error) {
	coming := map[[2]id.ID]map[clock.Instant]bool{}
	next = never
	for _, c := range changes(roster.Duty) {
		if c.At <= r.LookedAt {
			continue
		}
		key := [2]id.ID{c.From, c.To}
		if coming[key] == nil {
			coming[key] = map[clock.Instant]bool{}
		}
		coming[key][c.At] = true
		if at := c.askAt(); at > tx.Now {
			next = min(next, at)
			continue
		}
		h, err := handoverOf(ctx, tx, r.Team, c)
		if err != nil {
			return 0, err
		}
		if !h.AskedAt.IsZero() {
			continue
		}
		h.AskedAt = tx.Now
		event.Append(tx, handoverEvent(EventHandoverAsked, id.ID{}, h, h.From))
		if err := putHandover(ctx, tx, h); err != nil {
			return 0, err
		}
	}
	list, err := handoversSince(ctx, tx, tx.Workspace, r.Team, tx.Now)
	if err != nil {
		return 0, err
	}
	for _, h := range list {
		if !coming[[2]id.ID{h.From, h.To}][h.At] && h.WrittenAt.IsZero() {
			if err := deleteHandover(ctx, tx, h.ID); err != nil {
				return 0, err
			}
		}
	}
	return next, nil
}

const never = clock.Instant(1 << 62)

// begin tells whoever comes on duty, with the note if there is one.
func (s *Service) begin(ctx context.Context, tx *db.Tx, r Rota, roster Roster, _ Span) (next clock.Instant, err error) {
	next = never
	for _, c := range changes(roster.Duty) {
		switch {
		case c.At > tx.Now:
			next = min(next, c.At)
		case c.At > r.LookedAt:
			h, err := handoverOf(ctx, tx, r.Team, c)
			if err != nil {
				return 0, err
			}
			if !h.BegunAt.IsZero() {
				continue
			}
			h.BegunAt = tx.Now
			event.Append(tx, handoverEvent(EventBegun, id.ID{}, h, h.To))
			if err := putHandover(ctx, tx, h); err != nil {
				return 0, err
			}
		}
	}
	return next, nil
}

// warn tells the keeper of gaps that begin within a week, together with those of the
// week after.
func (s *Service) warn(ctx context.Context, tx *db.Tx, r Rota, roster Roster, in Span) (next clock.Instant, err error) {
	told, err := toldGaps(ctx, tx, tx.Workspace, r.Team)
	if err != nil {
		return 0, err
	}
	var fresh []Span
	near := false
	next = never
	for _, g := range r.missing(roster.Gaps, in) {
		if g.To <= tx.Now || g.From == in.From || slices.Contains(told, g.From) {
			continue
		}
		fresh = append(fresh, g)
		near = near || g.From <= tx.Now.Add(warnAhead)
		next = min(next, g.From.Add(-warnAhead))
	}
	if !near {
		return next, nil
	}
	for _, g := range fresh {
		if err := tellGap(ctx, tx, r.Team, g.From); err != nil {
			return 0, err
		}
	}
	event.Append(tx, event.New{Kind: EventGapAhead, Subject: event.Ref{Kind: "rota", ID: r.Team}, Concerns: []id.ID{r.Keeper}, Due: fresh[0].From})
	return never, forgetGaps(ctx, tx, r.Team, tx.Now.Add(-60*24*time.Hour))
}
