package spaces

import (
	"context"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// place is a thread and the space it is in.
type place struct {
	ID      id.ID
	SpaceID id.ID
}

// Places says which space each of many threads is in; a thread that is not there
// is left out. It does not check who asks.
func (s *Service) Places(ctx context.Context, q db.Queryer, workspace id.ID, threads []id.ID) (map[id.ID]id.ID, error) {
	out := make(map[id.ID]id.ID, len(threads))
	for _, part := range chunks(threads) {
		rows, err := spacesOf(ctx, q, workspace, part)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			out[r.ID] = r.SpaceID
		}
	}
	return out, nil
}

// ThreadsOf lists the ids of every thread of a space, by id. It does not check who asks.
func (s *Service) ThreadsOf(ctx context.Context, q db.Queryer, workspace, space id.ID) ([]id.ID, error) {
	return threadsOf(ctx, q, workspace, space)
}

// Present says which of many posts are there and not deleted. It does not check
// who asks.
func (s *Service) Present(ctx context.Context, q db.Queryer, workspace id.ID, posts []id.ID) (map[id.ID]bool, error) {
	out := make(map[id.ID]bool, len(posts))
	for _, part := range chunks(posts) {
		rows, err := present(ctx, q, workspace, part)
		if err != nil {
			return nil, err
		}
		for _, x := range rows {
			out[x] = true
		}
	}
	return out, nil
}
