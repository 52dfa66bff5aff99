package brainstorms

import (
	"context"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// endAt works out when the present phase ends: when everybody who is not done has had
// their share of it, or at its fixed end. Zero when it does not end by itself.
func (s *Service) endAt(ctx context.Context, q db.Queryer, b *Brainstorm, who []Taker) error {
	b.EndsAt = 0
	step, in := b.plan(b.Phase)
	if !in || b.Settings.V.ByHand || b.inRooms() {
		return nil
	}
	if step.Until > b.PhaseAt {
		b.EndsAt = step.Until
		return nil
	}
	var waited []Taker
	for _, t := range who {
		if !b.done(t) {
			waited = append(waited, t)
		}
	}
	shares, err := s.shares(ctx, q, b, waited)
	for _, x := range shares {
		b.EndsAt = max(b.EndsAt, x.End)
	}
	return err
}

// shares says by when each has had their share of the present phase. A fixed end that
// had passed before the phase began is a usual share instead.
func (s *Service) shares(ctx context.Context, q db.Queryer, b *Brainstorm, who []Taker) ([]people.Share, error) {
	step, _ := b.plan(b.Phase)
	d := step.share()
	if d == 0 && step.Until != 0 && step.Until <= b.PhaseAt {
		d = Step{Window: usualWindow}.share()
	}
	if d == 0 || len(who) == 0 || b.inRooms() {
		return nil, nil
	}
	from := make(map[id.ID]clock.Instant, len(who))
	for _, t := range who {
		from[t.Person] = max(b.PhaseAt, t.AddedAt)
	}
	_, shares, err := s.people.Fair(ctx, q, b.WorkspaceID, from, d)
	return shares, err
}

// hoursBefore is how much working time each has before the fixed end of the present
// phase; nil when it has none, or one that passed before the phase began.
func (s *Service) hoursBefore(ctx context.Context, q db.Queryer, b *Brainstorm, who []Taker) (map[id.ID]time.Duration, error) {
	step, _ := b.plan(b.Phase)
	if b.Settings.V.ByHand || step.Until <= b.PhaseAt || b.inRooms() {
		return nil, nil //nolint:nilnil // nothing to be said is not an error
	}
	list := make([]id.ID, 0, len(who))
	for _, t := range who {
		list = append(list, t.Person)
	}
	hours, err := s.people.HoursOf(ctx, q, b.WorkspaceID, list)
	out := map[id.ID]time.Duration{}
	for _, t := range who {
		out[t.Person] = 0
		if h := hours[t.Person]; h != nil {
			out[t.Person] = max(0, h.Between(max(b.PhaseAt, t.AddedAt).Time(), step.Until.Time()))
		}
	}
	return out, err
}

// unfairTo are those who have no working time before a fixed end, or less than half of
// what another has.
func unfairTo(hours map[id.ID]time.Duration) map[id.ID]bool {
	most := time.Duration(0)
	for _, d := range hours {
		most = max(most, d)
	}
	out := map[id.ID]bool{}
	for p, d := range hours {
		out[p] = d == 0 || d*2 < most
	}
	return out
}
