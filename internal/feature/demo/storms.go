package demo

import (
	"context"
	"time"
)

// mondays is a brainstorm of all twelve, without names, from its question to what came of
// it: a decision and three things to do. Its phases end by themselves: ideas and the board on
// Tuesday, votes on Wednesday afternoon (UTC) when all have voted.
func (c *company) mondays() []scene {
	const key = "mondays"
	scenes := []scene{
		c.thinks(0, 9, 40, "ana", key, "People & handbook", Storm{
			Title:  "What would make our Mondays lighter?",
			Prompt: "Everything that waited over the weekend lands on somebody's Monday, and Monday begins twelve times. One thought to a card; small ones are welcome.",
			Method: "dots", Anonymous: true, Collect: "4h", Cluster: "2h", Vote: "8h",
		}, everyone()...),
		c.idea(0, 10, 10, "kofi", key, "kofi", "One of us sorts the tickets of the weekend, in turn, instead of everybody opening all of them"),
		c.idea(0, 10, 40, "omar", key, "omar", "Run the invoices on Sunday: I work then anyway, and it is quiet"),
		c.idea(0, 11, 0, "sara", key, "sara", "No planning before eleven on a Monday, wherever you are"),
		c.idea(0, 11, 20, "jonas", key, "jonas", "Keep Monday morning free of anything with a window under a day"),
		c.idea(0, 12, 0, "priya", key, "priya", "One page with what changed since Friday, written by whoever stops last"),
		c.idea(0, 15, 10, "tomas", key, "tomas", "The stand-up may be “nothing to say” on Mondays, and that is fine"),
		c.idea(0, 15, 30, "joao", key, "joao", "Compute the numbers of the weekend at night, so that nobody does it by hand"),
		c.idea(0, 16, 10, "ana", key, "ana", "Ask on Thursday what can be asked on Thursday"),
		c.idea(0, 17, 0, "grace", key, "grace", "Tell customers on Friday what waits until Monday, before they ask"),
		c.idea(0, 19, 40, "liam", key, "liam", "Alarms that waited all weekend can wait until I have had coffee"),
		c.idea(0, 22, 0, "hana", key, "hana", "My Monday is your Sunday: leave me a list on Friday of what I may test"),
		c.idea(1, 2, 10, "mei", key, "mei", "A page of everything that was merged since Friday, made by the build"),

		c.groups(1, 7, 0, "priya", key, "Before the weekend", "ana", "hana", "grace"),
		c.groups(1, 7, 10, "priya", key, "What changed", "priya", "joao"),
		c.groups(1, 9, 20, "jonas", key, "A quiet start", "sara", "jonas", "liam", "tomas"),
		c.groups(1, 10, 30, "omar", key, "Work that can move", "omar", "kofi"),
		{c.moment(1, 8, 40), func(ctx context.Context) error {
			s := c.storms[key]
			return c.Storms.Merge(ctx, c.as("mei"), s.id, s.ideas["mei"], s.ideas["priya"])
		}},
		c.remarks(1, 9, 50, "kofi", key, "omar", "pro", "Customers would have them on Monday morning, when they look for them."),
		c.remarks(1, 10, 5, "tomas", key, "sara", "pro", "In Madrid eleven is when the day begins anyway."),
		c.remarks(1, 14, 20, "liam", key, "sara", "con", "My eleven is your five: somebody's afternoon goes by without me."),
		c.remarks(1, 16, 40, "grace", key, "priya", "comment", "And which of it customers will notice."),
	}
	for _, v := range []struct {
		day, hour, minute int
		who               string
		dots              map[string]int64
	}{
		{1, 22, 40, "hana", map[string]int64{"priya": 3, "sara": 2}},
		{1, 23, 0, "grace", map[string]int64{"priya": 2, "omar": 2, "kofi": 1}},
		{2, 2, 0, "mei", map[string]int64{"sara": 3, "hana": 2}},
		{2, 5, 0, "priya", map[string]int64{"omar": 2, "sara": 2, "hana": 1}},
		{2, 6, 0, "sara", map[string]int64{"priya": 2, "kofi": 2, "tomas": 1}},
		{2, 8, 0, "omar", map[string]int64{"sara": 3, "kofi": 2}},
		{2, 8, 20, "tomas", map[string]int64{"sara": 2, "priya": 2}},
		{2, 9, 0, "jonas", map[string]int64{"sara": 3, "omar": 1, "ana": 1}},
		{2, 9, 30, "kofi", map[string]int64{"omar": 3, "sara": 1, "priya": 1}},
		{2, 10, 0, "ana", map[string]int64{"kofi": 2, "priya": 2, "sara": 1}},
		{2, 13, 20, "joao", map[string]int64{"omar": 2, "kofi": 3}},
		{2, 14, 30, "liam", map[string]int64{"priya": 3, "tomas": 1}},
	} {
		scenes = append(scenes, c.marks(v.day, v.hour, v.minute, v.who, key, dots(v.dots)))
	}
	return append(scenes, c.whatCameOfMondays()...)
}

// whatCameOfMondays is what the facilitator makes of the best ideas.
func (c *company) whatCameOfMondays() []scene {
	const key = "mondays"
	scenes := []scene{
		{c.moment(3, 8, 20), func(ctx context.Context) error {
			s := c.storms[key]
			return c.Storms.Claim(ctx, c.as("omar"), s.id, s.ideas["omar"])
		}},
		{c.moment(3, 9, 50), func(ctx context.Context) (err error) {
			s := c.storms[key]
			c.decisions["eleven"], err = c.Storms.Decide(ctx, c.as("ana"), s.id, s.ideas["sara"], "No planning before eleven on Mondays",
				"Until eleven on your own clock nobody plans anything with you on a Monday: no window under a day ends then, and no call is set. What is urgent stays urgent.", 2*time.Hour)
			return err
		}},
		c.makesTask(3, 10, 0, "ana", key, "priya", "Make a page of what changed since Friday", "mei", "2d"),
		c.makesTask(3, 10, 5, "ana", key, "omar", "Run the invoices on Sunday", "omar", "2d"),
		c.makesTask(3, 10, 10, "ana", key, "kofi", "Write down whose turn it is to sort the weekend's tickets", "kofi", "1d"),
		{c.moment(4, 9, 20), func(ctx context.Context) error {
			s := c.storms[key]
			return c.Storms.Did(ctx, c.as("kofi"), s.id, s.tasks["kofi"])
		}},
	}
	for _, v := range []struct {
		day, hour, minute   int
		who, choice, reason string
	}{
		{3, 10, 20, "sara", "consent", ""},
		{3, 10, 40, "jonas", "consent", "Monday is when I draw best."},
		{3, 11, 0, "omar", "consent", "For me it is the second day of the week; I gladly leave you yours."},
		{3, 11, 30, "tomas", "consent", ""},
		{3, 12, 20, "priya", "consent", ""},
		{3, 14, 50, "liam", "concern", "Eleven in New York is late for those east of me. Let us look at it again after a month."},
		{3, 15, 40, "kofi", "consent", ""},
		{3, 17, 40, "grace", "consent", "My Monday is the last one. I can live with it."},
		{3, 21, 40, "hana", "consent", ""},
		{4, 1, 40, "mei", "consent", ""},
	} {
		scenes = append(scenes, c.votes(v.day, v.hour, v.minute, v.who, "eleven", Ballot{Choice: v.choice, Reason: v.reason}))
	}
	return append(
		scenes,
		scene{c.moment(4, 9, 50), func(ctx context.Context) error {
			return c.Deciding.Decide(ctx, c.as("ana"), c.decisions["eleven"], Outcome{
				Markdown: "Mondays begin **without planning until eleven**, on each person's own clock.",
				Reason:   "Nobody objected, and it had the most dots in the brainstorm.",
				Dissent:  "Liam fears for those east of him; we look at it after a month.",
				Review:   at(c.moment(35, 10, 0)),
			})
		}},
		scene{c.moment(4, 10, 10), func(ctx context.Context) error {
			return c.Storms.End(ctx, c.as("ana"), c.storms[key].id, "Mondays begin quietly, and three of us make something that takes work out of them. Thank you all for twelve thoughts.")
		}},
	)
}

// drafts is a brainstorm that is being voted on when the week ends; Ana has not yet.
func (c *company) drafts() []scene {
	const key = "drafts"
	scenes := []scene{
		c.thinks(2, 8, 30, "kofi", key, "Product", Storm{
			Title: "How might we keep drafts from getting lost?", Template: "hmw",
			Prompt: "Six tickets this week ask “where did my draft go?”, all from people with two tabs open. Begin with *How might we* in mind.",
			Method: "impact_effort", Collect: "3h", Cluster: "4h", Vote: "6h",
		}, "kofi", "ana", "mei", "priya", "jonas", "joao", "grace", "hana"),
		c.linked(2, 8, 50, "kofi", key, "two", "Say in the second tab that the first one has a draft, and offer it", "https://docs.northwind.example/two-tabs"),
		c.idea(2, 9, 10, "mei", key, "keep", "Keep every draft on the server, a day longer than anybody looks for it"),
		c.idea(2, 9, 40, "jonas", key, "drawer", "A drawer “Drafts” in the rail, with the newest on top"),
		c.idea(2, 10, 20, "ana", key, "warn", "Never close a tab with words in it without asking"),
		c.idea(2, 12, 20, "priya", key, "merge", "Put two versions side by side and let people choose"),
		c.idea(2, 13, 40, "joao", key, "count", "Count how often a draft is opened again, so that we know whether it helped"),
		c.idea(2, 17, 10, "grace", key, "mail", "Send people their lost words by mail when they come back a day later"),
		c.idea(2, 21, 30, "hana", key, "test", "A test that types in two tabs at once, every night"),
		c.groups(3, 6, 10, "mei", key, "Lose nothing", "keep", "warn"),
		c.groups(3, 8, 40, "jonas", key, "Find it again", "drawer", "two", "mail", "merge"),
		c.remarks(3, 9, 20, "kofi", key, "mail", "con", "Words that people threw away on purpose should not come back by mail."),
		c.remarks(3, 13, 10, "joao", key, "keep", "pro", "It costs next to nothing: drafts are small."),
		c.remarks(3, 17, 0, "grace", key, "drawer", "pro", "Customers ask for exactly this word."),
	}
	for _, v := range []struct {
		day, hour, minute int
		who               string
		marks             given
	}{
		{4, 2, 20, "hana", given{"keep": {5, 2}, "two": {4, 3}, "drawer": {4, 3}, "warn": {3, 1}, "mail": {1, 4}, "merge": {3, 5}, "count": {2, 2}}},
		{4, 2, 50, "mei", given{"two": {4, 4}, "drawer": {5, 3}, "warn": {2, 1}, "merge": {2, 5}, "test": {4, 2}, "mail": {2, 3}}},
		{4, 6, 20, "priya", given{"keep": {5, 3}, "two": {5, 3}, "drawer": {3, 4}, "test": {5, 2}, "count": {3, 1}}},
		{4, 9, 0, "kofi", given{"keep": {5, 2}, "drawer": {5, 3}, "warn": {4, 1}, "merge": {2, 4}, "mail": {1, 2}, "test": {3, 2}}},
		{4, 13, 30, "joao", given{"keep": {4, 1}, "two": {3, 4}, "drawer": {4, 4}, "test": {3, 1}}},
	} {
		scenes = append(scenes, c.marks(v.day, v.hour, v.minute, v.who, key, v.marks))
	}
	return scenes
}
