// Package actor says on whose behalf something happens.
package actor

import (
	"context"

	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Role is what a person is in a workspace.
type Role string

// The roles, from most to least.
const (
	Owner  Role = "owner"
	Admin  Role = "admin"
	Member Role = "member"
	Guest  Role = "guest"
)

// Actor is whoever does something: a person, or the house itself.
type Actor struct {
	Workspace id.ID
	Person    id.ID // zero for the house
	Role      Role
	Session   id.ID // the session or token it came by, zero for the house
}

// System acts for the house in one workspace.
func System(workspace id.ID) Actor { return Actor{Workspace: workspace} }

// IsSystem says that no person stands behind this.
func (a Actor) IsSystem() bool { return a.Person.IsZero() }

// Administers says whether the actor may change the workspace itself.
func (a Actor) Administers() bool { return a.Role == Owner || a.Role == Admin }

type key struct{}

// With puts the actor into the context.
func With(ctx context.Context, a Actor) context.Context { return context.WithValue(ctx, key{}, a) }

// From is the actor of a request, or an unauthenticated fault.
func From(ctx context.Context) (Actor, error) {
	a, ok := ctx.Value(key{}).(Actor)
	if !ok {
		return Actor{}, fault.New(fault.Unauthenticated, "sign_in", "Please sign in first.")
	}
	return a, nil
}

// MustAdminister is a forbidden fault unless the actor is an owner or admin.
func (a Actor) MustAdminister() error {
	if a.Administers() {
		return nil
	}
	return fault.New(fault.Forbidden, "admins_only", "Only owners and admins of the workspace may do this.")
}
