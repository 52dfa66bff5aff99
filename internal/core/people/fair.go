package people

import (
	"bytes"
	"context"
	"slices"
	"time"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// Share is when one person has had their share of working time since From. End is
// zero for somebody who does not have it within five years.
type Share struct {
	Person    id.ID
	From, End clock.Instant
}

// Fair says by when everybody has had d of their own working time, each counted from
// a moment of their own, with the hours and absences they have now: the latest of
// their ends (worktime.Fair), or the latest from when there is nobody. Those who never
// have it do not count; they are in shares, which are in the order of their ends.
func (s *Service) Fair(ctx context.Context, q db.Queryer, workspace id.ID, from map[id.ID]clock.Instant, d time.Duration) (end clock.Instant, shares []Share, err error) {
	list := make([]id.ID, 0, len(from))
	for p, at := range from {
		list, end = append(list, p), max(end, at)
	}
	hours, err := s.HoursOf(ctx, q, workspace, list)
	if err != nil {
		return 0, nil, err
	}
	for _, p := range list {
		one := Share{Person: p, From: from[p]}
		if h := hours[p]; h != nil {
			if at, err := h.Add(one.From.Time(), d); err == nil {
				one.End = clock.Up(at)
			}
		}
		shares, end = append(shares, one), max(end, one.End)
	}
	slices.SortFunc(shares, func(a, b Share) int {
		switch {
		case a.End.IsZero() != b.End.IsZero():
			if a.End.IsZero() {
				return 1
			}
			return -1
		case a.End != b.End:
			return int(a.End - b.End)
		}
		return bytes.Compare(a.Person[:], b.Person[:])
	})
	return end, shares, nil
}
