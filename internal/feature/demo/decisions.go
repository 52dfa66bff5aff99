package demo

import (
	"context"
	"slices"
	"strings"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/id"
)

// Deciding is how the company decides; app fills it.
type Deciding struct {
	Open   func(ctx context.Context, who actor.Actor, d Decision) (id.ID, error)
	Vote   func(ctx context.Context, who actor.Actor, decision id.ID, b Ballot) error
	Decide func(ctx context.Context, who actor.Actor, decision id.ID, o Outcome) error
}

// Decision is a question to the company.
type Decision struct {
	Space                           id.ID
	Title, Context, Kind            string
	Method, Blind, Reasons, Silence string
	Anonymous, Early                bool
	Fair                            time.Duration
	Options                         []string        // “name: what it means”
	Times                           []clock.Instant // of an hour each, instead
	People                          []id.ID
}

// Ballot is what somebody says to it; the letters are those of the options.
type Ballot struct {
	Choice, Approved, Ranking string // "A", "AC", "B>A>C"
	Scores                    map[string]int
	Reason                    string
	Receipt                   string // of a ballot without a name
}

// Outcome is what was decided.
type Outcome struct {
	Markdown, Reason, Dissent string
	Chosen                    []string
	Review                    clock.Instant
}

func (c *company) decides(day, hour, minute int, who, key, space string, d Decision, people ...string) scene {
	return scene{c.moment(day, hour, minute), func(ctx context.Context) (err error) {
		d.Space, d.People = c.spaces[space], c.ids(people...)
		c.decisions[key], err = c.Deciding.Open(ctx, c.as(who), d)
		return err
	}}
}

func (c *company) votes(day, hour, minute int, who, key string, b Ballot) scene {
	return scene{c.moment(day, hour, minute), func(ctx context.Context) error {
		return c.Deciding.Vote(ctx, c.as(who), c.decisions[key], b)
	}}
}

// deciding is what the company decides in its week: one question to the end, and some
// that are open on Friday. Nothing when app does not know how.
func (c *company) deciding() []scene {
	if c.Deciding.Open == nil {
		return nil
	}
	times := []clock.Instant{at(c.moment(8, 9, 0)), at(c.moment(8, 13, 0)), at(c.moment(9, 8, 0)), at(c.moment(10, 10, 0))}
	return slices.Concat(c.namesFlow(), c.givesUpMeeting(), []scene{
		c.decides(3, 9, 30, "priya", "fridays", "Platform", Decision{
			Title: "No releases on Fridays until March", Kind: "consent", Silence: "consent", Fair: 16 * time.Hour,
			Context: "Since the four-day train nothing broke on a weekend. I propose:\n\n- the train leaves **Monday to Thursday**, nothing on Fridays\n- a fix for an incident may leave at any time, with a second pair of eyes\n- we look at it again in March\n\nObjections are welcome: they make it better.",
		}, "mei", "liam", "joao", "kofi", "ana"),
		c.votes(3, 12, 10, "kofi", "fridays", Ballot{Choice: "consent", Reason: "Support has slept well since June."}),
		c.votes(3, 14, 40, "liam", "fridays", Ballot{Choice: "concern", Reason: "Certificates expire on a Friday in January. Please let me renew them without a second pair of eyes; nobody else works at my hours."}),
		c.votes(4, 2, 20, "mei", "fridays", Ballot{Choice: "consent"}),
		c.decides(4, 8, 0, "tomas", "gathering", "People & handbook", Decision{
			Title: "Where do we meet next spring?", Kind: "approval", Anonymous: true, Blind: "until_closed", Fair: 12 * time.Hour,
			Context: "Four days in April, travel paid. Without names, because nobody should have to say that a place is too far or too dear for them at home.",
			Options: []string{"Lisbon: Ana would show us around.", "Accra: Direct flights for most, and warm.", "Taipei: The longest journey for nearly all of us.", "Nowhere: Two days online, and the money goes into equipment."},
		}, everyone()...),
		c.votes(4, 9, 10, "kofi", "gathering", Ballot{Approved: "AB", Receipt: receipt("gathering", "kofi")}),
		c.votes(4, 11, 30, "sara", "gathering", Ballot{Approved: "A", Receipt: receipt("gathering", "sara")}),
		c.decides(4, 9, 40, "sara", "interviews", "Research", Decision{
			Title: "When do we listen to the first interviews together?", Kind: "time", Fair: 8 * time.Hour, Early: true, Times: times,
			Context: "An hour, to hear three customers in their own words. Whoever cannot come gets the recording.",
		}, "jonas", "kofi", "ana"),
		c.votes(4, 10, 50, "kofi", "interviews", Ballot{Scores: map[string]int{"A": 2, "B": 2, "C": 1, "D": 0}}),
	})
}

// namesFlow is a ranking from its question to its outcome.
func (c *company) namesFlow() []scene {
	const key = "name"
	out := []scene{
		c.decides(1, 9, 50, "ana", key, "Product", Decision{
			Title: "What do we call the onboarding flow?", Kind: "ranked", Method: "instant_runoff", Blind: "until_voted", Fair: 8 * time.Hour, Early: true,
			Context: "The name stands in the product, in the help pages and in what support says on the phone. Rank what you could live with, and leave out what you could not.",
			Options: []string{"First steps: Says what it is.", "Day one: Short, and wrong from the second day on.", "Warm-up: Friendly. Translates badly.", "Hello: What new customers read first anyway."},
		}, "kofi", "mei", "priya", "jonas", "sara", "joao", "ana"),
	}
	for _, v := range []struct {
		day, hour, minute    int
		who, ranking, reason string
	}{
		{1, 10, 40, "kofi", "A>D", "People ask for “the first steps” already."},
		{1, 12, 0, "priya", "B>A>C", "Short names survive."},
		{1, 14, 20, "joao", "D>A>B", ""},
		{2, 2, 30, "mei", "C>B>A", "The only one that smiles."},
		{2, 7, 40, "sara", "A>B", "In interviews nobody misunderstood it."},
		{2, 8, 10, "jonas", "B>C>A", "It fits on the button."},
		{2, 9, 45, "ana", "A>B>D", ""},
	} {
		out = append(out, c.votes(v.day, v.hour, v.minute, v.who, key, Ballot{Ranking: v.ranking, Reason: v.reason}))
	}
	return append(out, scene{c.moment(2, 10, 20), func(ctx context.Context) error {
		return c.Deciding.Decide(ctx, c.as("ana"), c.decisions[key], Outcome{
			Markdown: "The flow is called **First steps**, everywhere and from the next release on.", Chosen: []string{"A"},
			Reason:  "It was ahead in every round, and support says it already.",
			Dissent: "Priya and Jonas would have liked something shorter on the button; there it may say “Start”.",
			Review:  at(c.moment(60, 9, 0)),
		})
	}})
}

// Letters takes "B>A>C" or "AC" apart.
func Letters(s string) []string { return strings.Split(strings.ReplaceAll(s, ">", ""), "") }
