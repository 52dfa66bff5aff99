package event

import (
	"context"
	"slices"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// Act is one thing that somebody did: all events of one moment together.
type Act struct {
	At   clock.Instant
	Kind string // of the first of them
}

// ActsOf reads when somebody did things that the caller counts, from an instant on and
// in order, at most limit events of the newest. It is for that person alone: whoever
// shows it to another breaks a promise of the house.
func ActsOf(ctx context.Context, q db.Queryer, workspace, actor id.ID, from clock.Instant, limit int, counts func(kind string) bool) ([]Act, error) {
	rows, err := byActor(ctx, q, workspace, actor, from, limit)
	if err != nil {
		return nil, err
	}
	out := []Act{}
	for i := len(rows) - 1; i >= 0; i-- {
		r := rows[i]
		if counts(r.Kind) && (len(out) == 0 || out[len(out)-1].At != r.At) {
			out = append(out, r)
		}
	}
	return out, nil
}

// DoneBy reads the events that somebody made happen between two instants, in order: the
// newest of them, at most limit, of some kinds. It is for that person alone.
func DoneBy(ctx context.Context, q db.Queryer, workspace, actor id.ID, from, to clock.Instant, kinds []string, limit int) ([]Event, error) {
	rows, err := doneBy(ctx, q, workspace, actor, from, to, kinds, limit)
	slices.Reverse(rows)
	return events(workspace, rows), err
}
