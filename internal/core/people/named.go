package people

import (
	"context"
	"strings"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
)

// Named finds the one person whom a handle (with or without the @) or a name means,
// among those whom the actor may see. Nobody and several are faults that say so.
func (s *Service) Named(ctx context.Context, q db.Queryer, a actor.Actor, who string) (Person, error) {
	who = strings.TrimSpace(who)
	if who == "" {
		return Person{}, fault.New(fault.Invalid, "nobody_named", "Say whom: write their name or their @handle.").At("to")
	}
	list, _, err := s.List(ctx, q, a, Search{Text: strings.TrimPrefix(who, "@"), Limit: 100})
	if err != nil {
		return Person{}, err
	}
	var exact, near []Person
	for _, p := range list {
		if !p.Active(s.now()) {
			continue
		}
		near = append(near, p)
		if p.Handle == strings.ToLower(strings.TrimPrefix(who, "@")) {
			return p, nil
		}
		if fold(p.Name) == fold(who) {
			exact = append(exact, p)
		}
	}
	if len(exact) > 0 {
		near = exact
	}
	switch len(near) {
	case 1:
		return near[0], nil
	case 0:
		return Person{}, fault.Newf(fault.Invalid, "nobody_named", "Nobody here is called “%s”. Write their name or their @handle.", cut(CleanName(who), 60)).At("to")
	}
	var names []string
	for _, p := range near[:min(len(near), 5)] {
		names = append(names, p.Name+" (@"+p.Handle+")")
	}
	return Person{}, fault.Newf(fault.Invalid, "several_named", "Several people match: %s. Write the @handle.", strings.Join(names, ", ")).At("to")
}
