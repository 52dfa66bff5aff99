package people

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// CreateWorkspaceTx makes the workspace whose id the transaction was begun with
// and opens its log. It does not check who asks.
func (s *Service) CreateWorkspaceTx(ctx context.Context, tx *db.Tx, name string) error {
	name = CleanName(name)
	if err := checkName(name); err != nil {
		return fault.New(fault.Invalid, "workspace_name_needed", "Please give the workspace a name of at most 80 characters.").At("workspace")
	}
	if err := event.Open(ctx, tx); err != nil {
		return err
	}
	if err := insertWorkspace(ctx, tx, name); err != nil {
		return err
	}
	event.Append(tx, event.New{Kind: EventWorkspaceChanged, Subject: workspaceRef(tx.Workspace), Data: map[string]string{"name": name}})
	return nil
}

// RenameWorkspace gives the workspace another name; for owners and admins.
func (s *Service) RenameWorkspace(ctx context.Context, a actor.Actor, name string) error {
	if err := a.MustAdminister(); err != nil {
		return err
	}
	name = CleanName(name)
	if err := checkName(name); err != nil {
		return err
	}
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		if err := renameWorkspace(ctx, tx, name); err != nil {
			return err
		}
		event.Append(tx, event.New{Kind: EventWorkspaceChanged, Actor: a.Person, Subject: workspaceRef(a.Workspace), Data: map[string]string{"name": name}})
		return nil
	})
}

// Workspace reads one workspace; there being none is a not_found fault.
func (s *Service) Workspace(ctx context.Context, q db.Queryer, workspace id.ID) (Workspace, error) {
	w, ok, err := loadWorkspace(ctx, q, workspace)
	if err == nil && !ok {
		err = fault.Missing("workspace")
	}
	return w, err
}

// Workspaces lists every workspace of the installation; for jobs and the CLI.
func (s *Service) Workspaces(ctx context.Context, q db.Queryer) ([]Workspace, error) {
	return loadWorkspaces(ctx, q)
}

func workspaceRef(x id.ID) event.Ref { return event.Ref{Kind: "workspace", ID: x} }
