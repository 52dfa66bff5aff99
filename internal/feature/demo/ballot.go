package demo

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"time"
)

// receipt stands for what a voter's own program makes up.
func receipt(key, who string) string {
	sum := sha256.Sum256([]byte("the demo's receipt " + key + " " + who))
	return base64.RawURLEncoding.EncodeToString(sum[:16])
}

// givesUpMeeting is a ranking without names of all twelve, from Monday to its outcome.
// João says nothing.
func (c *company) givesUpMeeting() []scene {
	const key = "meeting"
	scenes := []scene{
		c.decides(0, 8, 10, "tomas", key, "People & handbook", Decision{
			Title: "Which meeting do we give up first?", Kind: "ranked", Method: "schulze", Anonymous: true, Blind: "until_closed", Fair: 6 * time.Hour,
			Context: "Four meetings are left, and each has somebody outside their hours. Rank them: the one that you would give up **first** at the top. Without names, because each has somebody who began it.",
			Options: []string{
				"Monday planning: An hour; Grace and Hana read the notes.", "Demo day: Every second Thursday; half of us are asleep.",
				"Design review: Jonas, Mei and whoever is awake.", "Retro call: Once a month, at a time that suits Europe.",
			},
		}, everyone()...),
	}
	for _, v := range []struct {
		day, hour, minute    int
		who, ranking, reason string
	}{
		{0, 8, 50, "jonas", "A>D>B>C", "It decides nothing that a thread would not."},
		{0, 9, 0, "kofi", "A>B>D>C", ""},
		{0, 9, 20, "tomas", "D>A>B>C", "The brainstorms do this better, and everybody is in them."},
		{0, 10, 0, "sara", "B>A>D>C", "Hardly anybody watches the recording to its end."},
		{0, 11, 0, "ana", "A>D>C>B", "Most of it is read out from a page that all have read."},
		{0, 12, 30, "priya", "A>C>D>B", "Stand-ups tell me more."},
		{0, 13, 0, "omar", "D>A>B", ""},
		{0, 15, 30, "liam", "B>A>D>C", ""},
		{0, 17, 30, "grace", "A>D>B>C", "Whoever reads the notes misses nothing."},
		{0, 21, 20, "hana", "A>B>D", "For some of us it is at four in the night."},
		{1, 2, 50, "mei", "C>A>D>B", "Comments on a picture are clearer than words late at night."},
	} {
		scenes = append(scenes, c.votes(v.day, v.hour, v.minute, v.who, key, Ballot{Ranking: v.ranking, Reason: v.reason, Receipt: receipt(key, v.who)}))
	}
	return append(scenes, scene{c.moment(1, 9, 30), func(ctx context.Context) error {
		return c.Deciding.Decide(ctx, c.as("tomas"), c.decisions[key], Outcome{
			Markdown: "We give up **Monday planning**. What was said there is asked in threads, with a window.", Chosen: []string{"A"},
			Reason:  "It beats each of the others, whoever is left out of the count.",
			Dissent: "Somebody would have begun with the design review; it is next if this goes well.",
			Review:  at(c.moment(42, 9, 0)),
		})
	}})
}
