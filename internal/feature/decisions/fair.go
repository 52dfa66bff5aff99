package decisions

import (
	"context"
	"time"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// shares says of each voter when they have had so much of their own working time, with
// the hours they have now. Who is here no more is left out, and not waited for.
func (s *Service) shares(ctx context.Context, q db.Queryer, ws id.ID, list []Voter, d time.Duration) (here []Voter, err error) {
	from := make(map[id.ID]clock.Instant, len(list))
	var ids []id.ID
	for _, v := range list {
		ids = append(ids, v.Person)
	}
	ids, err = s.people.Expand(ctx, q, ws, ids, nil)
	if err != nil {
		return nil, err
	}
	active := make(map[id.ID]bool, len(ids))
	for _, x := range ids {
		active[x] = true
	}
	for _, v := range list {
		if active[v.Person] {
			from[v.Person] = v.From
			here = append(here, v)
		}
	}
	_, found, err := s.people.Fair(ctx, q, ws, from, d)
	if err != nil {
		return nil, err
	}
	ends := make(map[id.ID]clock.Instant, len(found))
	for _, one := range found {
		ends[one.Person] = one.End
	}
	for i := range here {
		here[i].Share = ends[here[i].Person]
	}
	return here, nil
}

// lastShare is when the last of those who are expected to vote, or of all, has had
// their share; zero for nobody.
func lastShare(list []Voter, all bool) (end clock.Instant) {
	for _, v := range list {
		if all || !v.Done() {
			end = max(end, v.Share)
		}
	}
	return end
}
