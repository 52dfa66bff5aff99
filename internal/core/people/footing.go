package people

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
)

// Footing is of a person only what says whether they may act, and as what, with the
// version of the names that their workspace has now.
type Footing struct {
	Role       actor.Role // "" when there is nobody
	State      string
	GuestUntil clock.Instant
	Names      int64
}

// Active says whether the person may act at an instant.
func (f Footing) Active(now clock.Instant) bool {
	return Person{State: f.State, GuestUntil: f.GuestUntil}.Active(now)
}

type namesKey struct{}

// WithNames keeps in a request's context which version of the names its workspace had
// when it began.
func WithNames(ctx context.Context, version int64) context.Context {
	return context.WithValue(ctx, namesKey{}, version)
}

// NamesOf is that version; ok is false outside of a request.
func NamesOf(ctx context.Context) (version int64, ok bool) {
	version, ok = ctx.Value(namesKey{}).(int64)
	return version, ok
}
