package spaces

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// ByHandle finds a space that the actor may read by its handle.
func (s *Service) ByHandle(ctx context.Context, q db.Queryer, a actor.Actor, handle string) (id.ID, bool, error) {
	sp, ok, err := loadSpaceByHandle(ctx, q, a.Workspace, handle, a.Person)
	if err != nil || !ok || !sp.mayRead(a) {
		return id.ID{}, false, err
	}
	return sp.ID, true, nil
}
