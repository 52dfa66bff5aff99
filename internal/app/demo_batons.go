package app

import (
	"context"

	"example.org/meantime/internal/feature/batons"
	"example.org/meantime/internal/feature/demo"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// demoBatons hands work around in the demo company.
type demoBatons struct{ s *batons.Service }

func (d demoBatons) Chain(ctx context.Context, a actor.Actor, space id.ID, name string, people []id.ID) (id.ID, error) {
	n := batons.NewChain{Name: name}
	for _, p := range people {
		n.Steps = append(n.Steps, batons.Step{Person: p})
	}
	c, err := d.s.MakeChain(ctx, a, space, n)
	return c.ID, err
}

func (d demoBatons) Give(ctx context.Context, a actor.Actor, h demo.Handoff) (id.ID, error) {
	note := batons.Note{Stands: h.Stands, NextStep: h.Next, Traps: h.Traps}
	if h.LinkURL != "" {
		note.Links = db.JSON[[]batons.Link]{V: []batons.Link{{Title: h.LinkTitle, URL: h.LinkURL}}}
	}
	whom := batons.Whom{To: h.To, Chain: h.Chain, Window: h.Window}
	if !h.Baton.IsZero() {
		_, err := d.s.HandOn(ctx, a, h.Baton, whom, &note)
		return h.Baton, err
	}
	b, err := d.s.Open(ctx, a, batons.NewBaton{Space: h.Space, Title: h.Title, Note: note, Whom: whom})
	if err != nil {
		return id.ID{}, err
	}
	return b.ID, nil
}

func (d demoBatons) Take(ctx context.Context, a actor.Actor, baton id.ID, word string) error {
	_, err := d.s.Accept(ctx, a, baton, word)
	return err
}

func (d demoBatons) End(ctx context.Context, a actor.Actor, baton id.ID, outcome string) error {
	_, err := d.s.End(ctx, a, baton, outcome)
	return err
}
