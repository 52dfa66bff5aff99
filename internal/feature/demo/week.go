package demo

import (
	"context"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/id"
)

// scene is something that somebody does at a moment of the week.
type scene struct {
	at   time.Time
	play func(context.Context) error
}

// moment is a UTC clock face on a day of the week, 0 being Monday.
func (c *company) moment(day, hour, minute int) time.Time {
	return c.week.AddDate(0, 0, day).Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
}

// opens has somebody open a thread, known in the script by key; the ask's key too.
func (c *company) opens(day, hour, minute int, who, space, key, title, purpose, text string, list ...asks.NewAsk) scene {
	return scene{c.moment(day, hour, minute), func(ctx context.Context) error {
		thread, post, err := c.Asks.OpenThread(ctx, c.as(who), spaces.NewThread{Space: c.spaces[space], Title: title, Purpose: purpose}, asks.NewReply{Markdown: text, Asks: list})
		if err != nil {
			return err
		}
		c.threads[key], c.posts[key] = thread.ID, post.ID
		return c.note(ctx, who, key, post.ID)
	}}
}

// note remembers the asks of a post under the thread's key.
func (c *company) note(ctx context.Context, who, key string, post id.ID) error {
	views, err := c.Asks.OfPosts(ctx, c.db, c.as(who), []id.ID{post})
	if err != nil {
		return err
	}
	for _, v := range views[post] {
		if c.asks[key], err = id.Decode("ask", v.ID); err != nil {
			return err
		}
	}
	return nil
}

func (c *company) says(day, hour, minute int, who, key, text string, list ...asks.NewAsk) scene {
	return scene{c.moment(day, hour, minute), func(ctx context.Context) error {
		post, err := c.Asks.Reply(ctx, c.as(who), c.threads[key], asks.NewReply{Markdown: text, Asks: list})
		if err != nil {
			return err
		}
		return c.note(ctx, who, key, post.ID)
	}}
}

func (c *company) answers(day, hour, minute int, who, key, value, text string) scene {
	return scene{c.moment(day, hour, minute), func(ctx context.Context) error {
		_, err := c.Asks.Answer(ctx, c.as(who), c.asks[key], asks.Given{Value: value, Note: text})
		return err
	}}
}

func (c *company) promises(day, hour, minute int, who, key string, by time.Time) scene {
	return scene{c.moment(day, hour, minute), func(ctx context.Context) error {
		_, err := c.Asks.Acknowledge(ctx, c.as(who), c.asks[key], at(by))
		return err
	}}
}

func (c *company) concludes(day, hour, minute int, who, key, text string) scene {
	return scene{c.moment(day, hour, minute), func(ctx context.Context) error {
		return c.Spaces.Conclude(ctx, c.as(who), c.threads[key], text)
	}}
}

func (c *company) reacts(day, hour, minute int, who, key, emoji string) scene {
	return scene{c.moment(day, hour, minute), func(ctx context.Context) error {
		return c.Spaces.React(ctx, c.as(who), c.posts[key], emoji, true)
	}}
}

// scenes are Northwind's week, in order.
func (c *company) scenes() []scene {
	ids := c.ids
	return []scene{
		c.opens(0, 7, 10, "tomas", "People & handbook", "train", "Do we keep the four-day release train?",
			"Decide before the planning of next month.",
			"We said we would look at the release train after a quarter. My reading of the numbers:\n\n| | before | since |\n|---|---|---|\n| releases a week | 2.1 | 4.0 |\n| rollbacks | 6 | 2 |\n| releases on a Friday | 9 | **0** |\n\nI propose that we keep it.",
			asks.NewAsk{Kind: asks.Approve, People: ids("priya", "kofi", "ana"), Window: "1d", Text: "Keep the four-day release train?"}),
		c.answers(0, 8, 20, "priya", "train", "yes", "The calm on Fridays alone is worth it."),
		c.answers(0, 9, 5, "kofi", "train", "yes", "Support agrees. No weekend tickets since June."),
		c.opens(0, 9, 40, "jonas", "Product", "onboarding", "Names for the new onboarding flow",
			"A name that support, sales and the help pages all use.",
			"The flow that replaces the *Getting started* checklist needs a name. Candidates so far:\n\n- First steps\n- Day one\n- Warm-up\n\nMore are welcome; please say **why** with each.",
			asks.NewAsk{Kind: asks.Reply, People: ids("kofi", "sara", "ana"), Window: "3d", Need: "2", Text: "Which name, and why?"}),
		c.answers(0, 10, 30, "ana", "train", "yes", ""),
		c.concludes(0, 11, 0, "tomas", "train", "We keep the four-day release train. All three were in favour; we look again in March."),
		c.says(0, 11, 30, "kofi", "onboarding", "**Day one.** Customers already write it in tickets: “on day one I could not find…”"),
		c.opens(0, 15, 0, "liam", "Platform", "keys", "Rotate signing keys before the 3.2 release", "",
			"The signing keys expire on the 12th. I can rotate them in an hour, but the audit log export must understand the new key id first.\n\n- [x] new keys made\n- [ ] export reads the key id\n- [ ] switch over",
			asks.NewAsk{Kind: asks.Do, People: ids("mei"), Window: "2d", Text: "Teach the audit log export the new key id"}),
		c.promises(1, 2, 0, "mei", "keys", c.moment(4, 9, 0)),
		c.opens(1, 6, 0, "sara", "Research", "pricing", "Which of these two pricing pages reads clearer?",
			"Choose one for the test in two weeks.",
			"Eleven people read both. Version B was understood faster (median 41 s against 67 s), version A was trusted more.\n\n> “B tells me what I pay. A tells me who you are.”\n\nWhich should we test further?",
			asks.NewAsk{Kind: asks.Decide, People: ids("jonas", "ana"), Window: "2d", Need: asks.NeedAny, Choices: []string{"Version A", "Version B"}, Text: "Which page goes into the test?"}),
		c.reacts(1, 8, 30, "jonas", "pricing", "👏"),
		c.says(2, 9, 0, "sara", "onboarding", "“Warm-up” tested badly: two of five thought of exercise. I am for **Day one** as well."),
		c.concludes(2, 10, 0, "jonas", "onboarding", "It is called **Day one**. Help pages change with release 3.2."),
		c.opens(3, 4, 30, "priya", "Platform", "replication", "Adopt logical replication for the EU region?",
			"Decide how EU customers' data gets a second home.",
			"Two ways to give EU customers a second home for their data:\n\n1. **Logical replication**: table by table, survives a major upgrade, needs care with sequences.\n2. **Physical standby**: everything, simple, same major version only.\n\nI lean to the first. What would make it fail for you?",
			asks.NewAsk{Kind: asks.Approve, People: ids("ana", "mei", "liam", "joao"), Window: "2d", Text: "Adopt logical replication?"}),
		c.answers(3, 14, 30, "liam", "replication", "yes", "If we script the sequences."),
		c.answers(3, 15, 0, "joao", "replication", "yes", ""),
		c.opens(3, 15, 20, "tomas", "People & handbook", "oncall", "Handbook: on-call compensation, second draft", "",
			"The second draft is attached to the handbook page. Section 3 has new numbers. Could you check the numbers in section 3 before Monday?",
			asks.NewAsk{Kind: asks.Review, People: ids("ana", "kofi"), Window: "1d", Text: "Check the numbers in section 3"}),
		c.opens(4, 5, 0, "mei", "Platform", "export", "Audit log export reads the new key id", "",
			"The export now reads the key id; it is in this morning's build. @liam you can switch over whenever it suits you."),
		c.answers(4, 5, 10, "mei", "keys", "done", "It is in this morning's build."),
		c.opens(4, 8, 0, "kofi", "Product", "tickets", "What customers asked for this week", "",
			"Three themes from 41 tickets:\n\n1. exporting invoices (14)\n2. changing the owner of a workspace (9)\n3. “where did my draft go?” (6)\n\nNothing to do now; for your planning."),
		c.says(4, 13, 0, "priya", "replication", "Liam is right about the sequences; I added a step for them. Ana, Mei: your view is what is missing.",
			asks.NewAsk{Kind: asks.Reply, People: ids("ana"), Window: "4h", Text: "Is the downtime in step 4 acceptable to customers?"}),
		c.opens(4, 13, 30, "ana", "Product", "roadmap", "Two weeks of December: what do we leave out?",
			"A shorter list that everybody believes in.",
			"We planned six things for three weeks and December has two. Which **one** would you leave out, and what would that break?",
			asks.NewAsk{Kind: asks.Reply, People: ids("priya", "jonas", "kofi", "mei"), Window: "1d", Text: "What would you leave out?"}),
	}
}
