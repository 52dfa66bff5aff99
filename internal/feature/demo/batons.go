package demo

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/id"
)

// Handoff is work as the demo company hands it over: to a person, or by a chain.
type Handoff struct {
	Space               id.ID
	Title               string
	Stands, Next, Traps string
	LinkTitle, LinkURL  string
	To, Chain           id.ID
	Window              string
	Baton               id.ID // to hand on what is under way
}

// Batons lets the demo company hand work around; app fills it.
type Batons interface {
	Chain(ctx context.Context, a actor.Actor, space id.ID, name string, people []id.ID) (id.ID, error)
	Give(ctx context.Context, a actor.Actor, h Handoff) (baton id.ID, err error)
	Take(ctx context.Context, a actor.Actor, baton id.ID, word string) error
	End(ctx context.Context, a actor.Actor, baton id.ID, outcome string) error
}

// gives has somebody hand work over; the baton is known in the script by key, and goes
// on from hand to hand when it is known already.
func (c *company) gives(day, hour, minute int, who, key string, h func() Handoff) scene {
	return scene{c.moment(day, hour, minute), func(ctx context.Context) (err error) {
		h := h()
		h.Baton = c.batons[key]
		c.batons[key], err = c.Batons.Give(ctx, c.as(who), h)
		return err
	}}
}

func (c *company) takes(day, hour, minute int, who, key, word string) scene {
	return scene{c.moment(day, hour, minute), func(ctx context.Context) error {
		return c.Batons.Take(ctx, c.as(who), c.batons[key], word)
	}}
}

func (c *company) ends(day, hour, minute int, who, key, outcome string) scene {
	return scene{c.moment(day, hour, minute), func(ctx context.Context) error {
		return c.Batons.End(ctx, c.as(who), c.batons[key], outcome)
	}}
}

// handoffs are the work that goes around this week: one baton went once around the
// clock and is done, one is with Liam, and one is offered to Ana.
// Whom each goes to is said: who would come next differs between summer and winter.
func (c *company) handoffs() []scene {
	if c.Batons == nil {
		return nil
	}
	var chain id.ID
	sun := scene{c.moment(0, 6, 0), func(ctx context.Context) (err error) {
		chain, err = c.Batons.Chain(ctx, c.as("priya"), c.spaces["Platform"], "Follow the sun", c.ids("mei", "priya", "liam", "joao", "ana"))
		if err != nil {
			return err
		}
		_, err = c.Batons.Chain(ctx, c.as("ana"), c.spaces["Product"], "Product desk", c.ids("ana", "joao", "mei"))
		return err
	}}
	inChain := func(to string, h Handoff) func() Handoff {
		return func() Handoff { h.Space, h.Chain, h.To = c.spaces["Platform"], chain, c.who[to].ID; return h }
	}
	toAna := func() Handoff {
		return Handoff{
			Space: c.spaces["Product"], To: c.who["ana"].ID, Window: "1d", Title: "Invoice export: the words for customers",
			Stands:    "The export works in staging, for PDF and CSV. Support has three customers waiting for it.",
			Next:      "Read the draft of the announcement, and say what we promise about old invoices.",
			Traps:     "Invoices from before 2024 have **no tax line**; the draft does not say so yet.",
			LinkTitle: "The draft", LinkURL: "https://docs.northwind.example/invoice-export",
		}
	}
	return []scene{
		sun,
		c.gives(1, 21, 30, "liam", "hosts", inChain("mei", Handoff{
			Title: "Move the build hosts to the new image", Stands: "Hosts 1 to 4 of 12 run the new image.",
			Next: "Move 5 to 8, one at a time, and watch the queue.", Traps: "Host 7 hangs when it restarts; it needs a second push.",
		})),
		c.takes(2, 1, 20, "mei", "hosts", "On it after coffee."),
		c.gives(2, 9, 40, "mei", "hosts", inChain("priya", Handoff{
			Stands: "Hosts 1 to 9 run the new image. Host 7 did hang.", Next: "Move 10 to 12, then delete the old image.", Traps: "The nightly build uses host 12 until 11:00 UTC.",
		})),
		c.takes(2, 9, 55, "priya", "hosts", ""),
		c.ends(2, 12, 40, "priya", "hosts", "All twelve hosts run the new image, and the old one is deleted. It took one turn of the clock."),
		c.gives(3, 12, 45, "priya", "sequences", inChain("liam", Handoff{
			Title: "Script the sequences for logical replication", Stands: "The script reads every sequence and writes it to the second home. It is tested on the small database.",
			Next: "Run it against a copy of production.", Traps: "Partitioned tables share a sequence: count them once.",
		})),
		c.takes(3, 14, 20, "liam", "sequences", "The copy is ready, I start today."),
		c.gives(4, 9, 30, "mei", "export", toAna),
	}
}
