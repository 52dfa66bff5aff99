package spaces

import (
	"context"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// Place is a space of some workspace.
type Place struct {
	Workspace id.ID `db:"workspace_id"`
	Space     id.ID `db:"id"`
}

// Anywhere finds the public spaces in use that have a handle, in all workspaces: for
// mail that names no more than the handle. It does not check who asks.
func (s *Service) Anywhere(ctx context.Context, q db.Queryer, handle string) ([]Place, error) {
	return spacesAnywhere(ctx, q, handle)
}
