package demo

import (
	"context"
	"slices"
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

// scenes are Northwind's week.
func (c *company) scenes() []scene { return slices.Concat(c.toWednesday(), c.toFriday()) }

func (c *company) toWednesday() []scene {
	ids := c.ids
	return []scene{
		c.agree(0, 5, 0, "priya", first()),
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
		c.opens(0, 21, 30, "hana", "Platform", "untested", "Release 3.2: what has no test yet?",
			"A list that is empty before the release.",
			"What I know of:\n\n- signing in with the new keys\n- the audit log export with two key ids\n- changing the owner of a workspace\n- old invoices as PDF\n\nWhat else?",
			asks.NewAsk{Kind: asks.Reply, People: ids("mei", "liam"), Window: "1d", Text: "What do you know of that has no test?"}),
		c.says(1, 2, 20, "mei", "untested", "Restoring a workspace from the trash. It has never failed, so nobody looked."),
		c.opens(1, 8, 0, "omar", "Product", "taxline", "Invoices from before 2024 have no tax line", "",
			"They were made before we collected tax, so there is nothing to show. Two ways:\n\n1. leave them, with a sentence on the first page (half a day)\n2. make them anew with a line that says 0.00 (a week, and the numbers of invoices change)\n\nI would leave them. @kofi has anybody asked for it?",
			asks.NewAsk{Kind: asks.Approve, People: ids("priya"), Window: "4d", Text: "Leave old invoices as they are?"},
			asks.NewAsk{Kind: asks.Reply, People: ids("kofi"), Window: "1d", Text: "Has anybody asked for a tax line on old invoices?"}),
		c.says(1, 11, 0, "kofi", "taxline", "Two in a year, and both were happy with a sentence."),
		c.says(1, 15, 20, "liam", "untested", "A switch of keys while somebody signs in. I can show you on staging."),
		c.opens(1, 17, 40, "grace", "Product", "owner", "Three customers wait to change the owner of a workspace", "Say what we promise them, and by when.",
			"All three lost the person who signed them up. Today the only way is a mail to Kofi. Before I promise anything:\n\n- what happens to **open invoices** when the owner changes?\n- where would people look for it?",
			asks.NewAsk{Kind: asks.Reply, People: ids("omar"), Window: "1d", Text: "What happens to open invoices?"},
			asks.NewAsk{Kind: asks.Reply, People: ids("jonas"), Window: "4d", Text: "Where would people look for it?"}),
		c.says(2, 9, 40, "omar", "owner", "Nothing: an invoice keeps the name it was made for. The next one carries the new owner's."),
		c.concludes(2, 21, 40, "hana", "untested", "Six places, two of them new to me. Four are left; I write them this week."),
		c.agree(2, 8, 0, "mei", second()),
		c.says(2, 9, 0, "sara", "onboarding", "“Warm-up” tested badly: two of five thought of exercise. I am for **Day one** as well."),
		c.concludes(2, 10, 0, "jonas", "onboarding", "It is called **Day one**. Help pages change with release 3.2."),
	}
}

func (c *company) toFriday() []scene {
	ids := c.ids
	return []scene{
		c.opens(3, 4, 30, "priya", "Platform", "replication", "Adopt logical replication for the EU region?",
			"Decide how EU customers' data gets a second home.",
			"Two ways to give EU customers a second home for their data:\n\n1. **Logical replication**: table by table, survives a major upgrade, needs care with sequences.\n2. **Physical standby**: everything, simple, same major version only.\n\nI lean to the first. What would make it fail for you?",
			asks.NewAsk{Kind: asks.Approve, People: ids("ana", "mei", "liam", "joao"), Window: "2d", Text: "Adopt logical replication?"}),
		c.answers(3, 14, 30, "liam", "replication", "yes", "If we script the sequences."),
		c.answers(3, 15, 0, "joao", "replication", "yes", ""),
		c.opens(3, 15, 20, "tomas", "People & handbook", "oncall", "Handbook: on-call compensation, second draft", "",
			"The second draft is attached to the handbook page. Section 3 has new numbers. Could you check the numbers in section 3 before Monday?",
			asks.NewAsk{Kind: asks.Review, People: ids("ana", "kofi"), Window: "1d", Text: "Check the numbers in section 3"}),
		c.opens(3, 15, 40, "liam", "Platform", "staging", "Trying the switch of keys on staging", "",
			"Staging has both key pairs since yesterday. Before I switch production I would like somebody who did not build it to sign in while it happens.",
			asks.NewAsk{Kind: asks.Do, People: ids("hana"), Window: "1d", Text: "Sign in on staging while the keys are switched"}),
		c.opens(3, 17, 30, "grace", "Research", "interviews", "Whom do we ask next about invoices?", "",
			"I have seven customers who would gladly talk for half an hour, four of them in Asia. Which kind do you still miss, Sara?",
			asks.NewAsk{Kind: asks.Reply, People: ids("sara"), Window: "2d", Text: "Which customers do you still miss?"}),
		c.opens(4, 5, 0, "mei", "Platform", "export", "Audit log export reads the new key id", "",
			"The export now reads the key id; it is in this morning's build. @liam you can switch over whenever it suits you."),
		c.answers(4, 5, 10, "mei", "keys", "done", "It is in this morning's build."),
		c.opens(4, 8, 0, "kofi", "Product", "tickets", "What customers asked for this week", "",
			"Three themes from 41 tickets:\n\n1. exporting invoices (14)\n2. changing the owner of a workspace (9)\n3. “where did my draft go?” (6)\n\nNothing to do now; for your planning."),
		c.says(4, 13, 0, "priya", "replication", "Liam is right about the sequences; I added a step for them. Ana, Mei: your view is what is missing.",
			asks.NewAsk{Kind: asks.Reply, People: ids("ana"), Window: "4h", Text: "Is the downtime in step 4 acceptable to customers?"}),
		c.opens(4, 13, 45, "joao", "Platform", "sequences", "Running the script for sequences on production", "",
			"On the copy it took nine seconds and changed 412 sequences. I would run it on Tuesday, at an hour when Liam is there too.",
			asks.NewAsk{Kind: asks.Approve, People: ids("priya", "liam"), Window: "1d", Text: "Run it on production on Tuesday?"}),
		c.opens(4, 13, 30, "ana", "Product", "roadmap", "Two weeks of December: what do we leave out?",
			"A shorter list that everybody believes in.",
			"We planned six things for three weeks and December has two. Which **one** would you leave out, and what would that break?",
			asks.NewAsk{Kind: asks.Reply, People: ids("priya", "jonas", "kofi", "mei", "grace"), Window: "1d", Text: "What would you leave out?"}),
	}
}
