package pages

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// Agreed is what the team whose working agreement holds in a space agreed on about
// what is urgent; empty where none does.
type Agreed struct {
	Team     string // its name, for whoever may see it
	PerMonth int64  // pages a month in each of its spaces; 0 for no number
	Rule     string // when something is urgent, in words
}

// Agreements reads what was agreed on for a space; app fills it.
type Agreements func(ctx context.Context, q db.Queryer, a actor.Actor, space id.ID) (Agreed, error)

// AgreedOn fills in what teams agreed on; until then, nothing is.
func (s *Service) AgreedOn(f Agreements) { s.agreed = f }

// Budget is how many pages a month hold in a space, and who says so.
type Budget struct {
	N    int64
	Team string // the team whose agreement is the stricter word; empty for the space's own
	Rule string // agreed on, in words
}

// budget is the smaller of what a space set itself and what its team agreed on. A space
// that has set nothing follows the agreement, also where it allows more than is usual.
func (s *Service) budget(ctx context.Context, q db.Queryer, a actor.Actor, p Path) (Budget, error) {
	b := Budget{N: p.Budget}
	if s.agreed == nil {
		return b, nil
	}
	of, err := s.agreed(ctx, q, a, p.Space)
	b.Rule = of.Rule
	if of.PerMonth > 0 && (of.PerMonth < p.Budget || p.Version == 0) {
		if b.N, b.Team = of.PerMonth, of.Team; b.Team == "" {
			b.Team = "its team"
		}
	}
	return b, err
}

// who says in words who set the number.
func (b Budget) who() string {
	if b.Team == "" {
		return "set itself"
	}
	return "follows " + b.Team + ", which agreed on"
}
