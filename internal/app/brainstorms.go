package app

import (
	"context"
	"strings"

	"example.org/meantime/internal/feature/brainstorms"
	"example.org/meantime/internal/feature/decisions"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/worktime"
)

// introduceBrainstorms lets brainstorms be told of, answered by mail, and go on as decisions.
func (a *App) introduceBrainstorms() {
	a.Attention.Tell(brainstorms.EventWaiting, worktime.Routine)
	a.Attention.Tell(brainstorms.EventEnded, worktime.Routine)
	a.Storms.DecideBy(decider{a.Decisions})
}

// decider drafts a decision about ideas: consent about one, an order of several. Its
// maker looks it over and opens it.
type decider struct{ decisions *decisions.Service }

func (d decider) DecideTx(ctx context.Context, tx *db.Tx, a actor.Actor, q brainstorms.Question) (string, error) {
	n := decisions.NewDecision{Space: q.Space, Title: q.Title, Context: q.Context, Kind: decisions.Consent, Invited: decisions.Invited{People: q.People}}
	if len(q.Options) == 1 {
		n.Context = strings.TrimSpace(q.Options[0].Meaning + "\n\n" + q.Context)
	} else {
		n.Kind = decisions.Ranked
		for _, o := range q.Options {
			n.Options = append(n.Options, decisions.Option{Name: o.Name, Meaning: o.Meaning})
		}
	}
	made, err := d.decisions.MakeTx(ctx, tx, a, n)
	return made.Path(), err
}
