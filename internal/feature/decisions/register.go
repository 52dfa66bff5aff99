package decisions

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
)

// Wanted says which decisions of the register are looked for; what is zero does not count.
type Wanted struct {
	Space, Decider id.ID
	Kind           Kind
	State          State // superseded too
	Words          string
	From, To       clock.Instant // when it was decided, else opened
	Review         clock.Instant // to be looked at again by then
	Mine           bool          // the reader is expected to vote
	After          id.ID
}

// Line is a decision in the register.
type Line struct {
	Decision
	Turnout turnout
	Mine    *Voter
}

const mostWords = 10

// List pages through the register as the reader may see it, newest first; with Mine what
// ends first.
func (s *Service) List(ctx context.Context, a actor.Actor, w Wanted, limit int) (out []Line, more bool, err error) {
	if w.Kind != "" {
		if _, ok := least(w.Kind); !ok {
			return nil, false, wrong("kind", "kind", "There is no such kind of decision.")
		}
	}
	if w.State != "" && !oneOf(string(w.State), string(Draft), string(Scheduled), string(Open), string(Closed), string(Decided), string(Withdrawn), string(stateSuperseded)) {
		return nil, false, wrong("state", "state", "There is no such state of a decision.")
	}
	err = s.db.Snapshot(ctx, func(ctx context.Context, q db.Queryer) error {
		readable, err := s.spaces.Readable(ctx, q, a)
		if err != nil {
			return err
		}
		f := filter{
			spaces: readable, reader: a.Person, space: w.Space, kind: w.Kind, state: w.State, decider: w.Decider,
			from: w.From, to: w.To, review: w.Review, mine: w.Mine, after: w.After,
		}
		if f.words = text.Tokens(w.Words); len(f.words) > mostWords {
			f.words = f.words[:mostWords]
		}
		found, err := list(ctx, q, a.Workspace, f, limit+1)
		if err != nil {
			return err
		}
		if more = len(found) > limit; more {
			found = found[:limit]
		}
		out, err = s.lines(ctx, q, a, found)
		return err
	})
	return out, more, err
}

func (s *Service) lines(ctx context.Context, q db.Queryer, a actor.Actor, found []Decision) ([]Line, error) {
	ids := make([]id.ID, len(found))
	for i, d := range found {
		ids[i] = d.ID
	}
	counts, err := turnouts(ctx, q, a.Workspace, ids)
	if err != nil {
		return nil, err
	}
	mine, err := mineOf(ctx, q, a.Workspace, a.Person, ids)
	out := make([]Line, len(found))
	for i, d := range found {
		out[i] = Line{Decision: d, Turnout: counts[d.ID]}
		if v, ok := mine[d.ID]; ok {
			out[i].Mine = &v
		}
	}
	return out, err
}
