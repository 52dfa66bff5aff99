package batons

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// The boxes that lists are read from.
const (
	mine    = "mine"    // with me, or offered to me
	carried = "carried" // opened by me, or once in my hands or offered to me
	open    = "open"    // all that are under way
	all     = "all"
)

// Filter says which batons to list. A space or a thread narrows open and all.
type Filter struct {
	Box           string
	Space, Thread id.ID
	After         id.ID
	Limit         int
}

// List pages through batons that the actor may see, newest first; next is zero at the end.
func (s *Service) List(ctx context.Context, q db.Queryer, a actor.Actor, f Filter) (out []Baton, next id.ID, err error) {
	if !f.After.IsZero() {
		if _, err := s.find(ctx, q, a, f.After); err != nil {
			return nil, next, err
		}
	}
	if !f.Thread.IsZero() {
		return s.listThread(ctx, q, a, f)
	}
	spaces := []id.ID{f.Space}
	if f.Space.IsZero() {
		spaces, err = s.spaces.Readable(ctx, q, a)
	} else {
		err = s.spaces.MayRead(ctx, q, a, f.Space)
	}
	if err != nil {
		return nil, next, err
	}
	after := f.After
	for {
		list, err := s.part(ctx, q, a, f, spaces, after)
		if err != nil {
			return nil, next, err
		}
		seen, err := s.seen(ctx, q, a, list)
		if err != nil {
			return nil, next, err
		}
		for _, b := range seen {
			if len(out) == f.Limit {
				return out, out[f.Limit-1].ID, nil
			}
			out = append(out, b)
		}
		if len(list) <= f.Limit {
			return out, id.ID{}, nil
		}
		after = list[len(list)-1].ID
	}
}

func (s *Service) part(ctx context.Context, q db.Queryer, a actor.Actor, f Filter, spaces []id.ID, after id.ID) ([]Baton, error) {
	switch f.Box {
	case mine:
		return withPerson(ctx, q, a.Workspace, a.Person, after, f.Limit+1)
	case carried:
		return carriedBy(ctx, q, a.Workspace, a.Person, after, f.Limit+1)
	}
	return inSpaces(ctx, q, a.Workspace, spaces, f.Box != all, after, f.Limit+1)
}

// listThread lists the batons about a thread; there are few.
func (s *Service) listThread(ctx context.Context, q db.Queryer, a actor.Actor, f Filter) (out []Baton, next id.ID, err error) {
	if _, err := s.spaces.Thread(ctx, q, a, f.Thread); err != nil {
		return nil, next, err
	}
	list, err := inThread(ctx, q, a.Workspace, f.Thread)
	for _, b := range list {
		if f.Box != all && b.State == Ended || !f.After.IsZero() && b.ID.String() >= f.After.String() {
			continue
		}
		if len(out) == f.Limit {
			return out, out[f.Limit-1].ID, err
		}
		out = append(out, b)
	}
	return out, next, err
}

// seen keeps the batons whose threads the actor may read.
func (s *Service) seen(ctx context.Context, q db.Queryer, a actor.Actor, list []Baton) (out []Baton, err error) {
	threads := make([]id.ID, 0, len(list))
	for _, b := range list {
		threads = append(threads, b.Thread)
	}
	places, err := s.spaces.ThreadsIn(ctx, q, a, threads)
	for _, b := range list {
		if _, ok := places[b.Thread]; ok {
			out = append(out, b)
		}
	}
	return out, err
}

// Read reads one baton with its offers.
func (s *Service) Read(ctx context.Context, q db.Queryer, a actor.Actor, baton id.ID) (*Baton, []Leg, error) {
	b, err := s.find(ctx, q, a, baton)
	if err != nil {
		return nil, nil, err
	}
	legs, err := legsOf(ctx, q, a.Workspace, baton)
	return b, legs, err
}

// Way is somebody to whom work of a space could go now, and the chain that says so.
type Way struct {
	Wake
	Chain Chain // zero for somebody of the actor's teams, or whom they asked about
}

// Ways says to whom the actor could hand work of a space now: whoever comes next in each
// of its chains, then those of the actor's teams and of the chains, the first to be ready
// in front. A person asked about is among them, if they may read the space.
func (s *Service) Ways(ctx context.Context, q db.Queryer, a actor.Actor, space, person id.ID, window string) (out []Way, err error) {
	if err := s.spaces.MayRead(ctx, q, a, space); err != nil {
		return nil, err
	}
	if !person.IsZero() {
		if _, err := s.people.Find(ctx, q, a, person); err != nil {
			return nil, err
		}
	}
	chains, err := chainsIn(ctx, q, a.Workspace, []id.ID{space}, id.ID{}, bunch)
	if err != nil {
		return nil, err
	}
	folk := []id.ID{}
	for _, c := range chains {
		members, err := s.members(ctx, q, a.Workspace, c)
		if err != nil {
			return nil, err
		}
		if folk = append(folk, members...); window != "" {
			c.Window = window
		}
		list, err := s.wakesOf(ctx, q, a.Workspace, c, c.Window, s.now(), []id.ID{a.Person})
		if err != nil {
			return nil, err
		}
		if len(list) > 0 {
			out = append(out, Way{list[0], c})
		}
	}
	mates, err := s.mates(ctx, q, a)
	if err != nil {
		return nil, err
	}
	if window == "" {
		window = usualWindow
	}
	if !person.IsZero() {
		folk = append(folk, person)
	}
	folk = unique(append(folk, mates...), a.Person)
	if folk, err = s.people.Visible(ctx, q, a, folk); err != nil {
		return nil, err
	}
	list, err := s.wakesAmong(ctx, q, a.Workspace, space, folk, window, s.now())
	for i, w := range list {
		if i < mostWays || w.Person == person {
			out = append(out, Way{Wake: w})
		}
	}
	return out, err
}

// mostWays is how many people one is offered to hand work to.
const mostWays = 30

func unique(list []id.ID, without id.ID) []id.ID {
	seen, out := map[id.ID]bool{without: true, {}: true}, []id.ID{}
	for _, x := range list {
		if !seen[x] {
			seen[x] = true
			out = append(out, x)
		}
	}
	return out
}
