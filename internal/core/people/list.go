package people

import (
	"context"
	"slices"
	"strings"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// Search says which people to list.
type Search struct {
	Text  string // part of a name or handle; all when empty
	Team  id.ID  // only members of it
	After id.ID  // the last person of the page before
	Limit int    // 100 when zero, 500 at most
}

// List pages through the people somebody may see, by name; those who were
// removed are left out. next is zero at the end.
func (s *Service) List(ctx context.Context, q db.Queryer, a actor.Actor, f Search) (list []Person, next id.ID, err error) {
	if f.Limit <= 0 {
		f.Limit = 100
	}
	f.Limit = min(f.Limit, 500)
	var after Person
	if !f.After.IsZero() {
		if after, err = s.Find(ctx, q, a, f.After); err != nil {
			return nil, id.ID{}, err
		}
	}
	if a.Role == actor.Guest {
		list, err = s.listForGuest(ctx, q, a, f, after)
	} else {
		list, err = searchPersons(ctx, q, a.Workspace, like(f.Text), f.Team, fold(after.Name), after.ID, f.Limit+1)
	}
	if err != nil || len(list) <= f.Limit {
		return list, id.ID{}, err
	}
	return list[:f.Limit], list[f.Limit-1].ID, nil
}

// listForGuest sorts out in memory: a guest sees few.
func (s *Service) listForGuest(ctx context.Context, q db.Queryer, a actor.Actor, f Search, after Person) ([]Person, error) {
	seen, err := s.seenByGuest(ctx, q, a)
	if err != nil {
		return nil, err
	}
	known, err := s.ByIDs(ctx, q, a.Workspace, seen)
	if err != nil {
		return nil, err
	}
	var team []id.ID
	if !f.Team.IsZero() {
		if team, err = teamMembers(ctx, q, a.Workspace, f.Team); err != nil {
			return nil, err
		}
	}
	out := []Person{}
	for _, p := range known {
		match := f.Text == "" || strings.Contains(fold(p.Name), fold(f.Text)) || strings.Contains(p.Handle, fold(f.Text))
		inTeam := f.Team.IsZero() || slices.Contains(team, p.ID)
		if p.State != Removed && match && inTeam && (after.ID.IsZero() || byName(p, after) > 0) {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, byName)
	return out[:min(len(out), f.Limit+1)], nil
}

func byName(a, b Person) int {
	if c := strings.Compare(fold(a.Name), fold(b.Name)); c != 0 {
		return c
	}
	return slices.Compare(a.ID[:], b.ID[:])
}

// like makes a pattern for LIKE … ESCAPE '\'; "" for everything.
func like(text string) string {
	text = fold(CleanName(text))
	if text == "" {
		return ""
	}
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text) + "%"
}
