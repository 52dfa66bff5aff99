package demo

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/id"
)

// Checkin is a check-in that the demo company holds.
type Checkin struct {
	Space    id.ID
	Template string
	Name     string
	People   []id.ID
	Weekday  string // once a week; each working day when empty
	Hidden   bool
}

// Said is what somebody answers to a question; Number where it wants one.
type Said struct {
	Question, Text string
	Number         float64
}

// Waits is what somebody waits for: a person, or a thing.
type Waits struct {
	Words, What string
	Person      id.ID
}

// Checkins lets the demo company hold check-ins; app fills it. Without it there are none.
type Checkins struct {
	Begin func(ctx context.Context, a actor.Actor, c Checkin) (id.ID, error)
	// Say answers what somebody is asked at this moment, and does nothing when they are
	// asked nothing, as on a holiday of theirs. Without words they have nothing to say.
	Say func(ctx context.Context, a actor.Actor, checkin id.ID, said []Said, waits []Waits) error
	// Settle says that what somebody waited for in a check-in has come.
	Settle func(ctx context.Context, a actor.Actor, checkin id.ID) error
	// Follow has somebody get the reports who is not asked.
	Follow func(ctx context.Context, a actor.Actor, checkin id.ID) error
}

// begins has somebody begin a check-in, known in the script by key.
func (c *company) begins(day, hour, minute int, who, space, key string, n Checkin, follow ...string) scene {
	return scene{c.moment(day, hour, minute), func(ctx context.Context) error {
		n.Space = c.spaces[space]
		x, err := c.Checkins.Begin(ctx, c.as(who), n)
		if err != nil {
			return err
		}
		c.checkins[key] = x
		for _, f := range follow {
			if err := c.Checkins.Follow(ctx, c.as(f), x); err != nil {
				return err
			}
		}
		return nil
	}}
}

func (c *company) tells(day, hour, minute int, who, key string, said []Said, waits ...Waits) scene {
	return scene{c.moment(day, hour, minute), func(ctx context.Context) error {
		return c.Checkins.Say(ctx, c.as(who), c.checkins[key], said, waits)
	}}
}

// goesOn has somebody say that they wait no more.
func (c *company) goesOn(day, hour, minute int, who, key string) scene {
	return scene{c.moment(day, hour, minute), func(ctx context.Context) error {
		return c.Checkins.Settle(ctx, c.as(who), c.checkins[key])
	}}
}

func did(done, next string) []Said {
	return []Said{{Question: "done", Text: done}, {Question: "next", Text: next}}
}

func stands(health string, hill float64, news string) []Said {
	return []Said{{Question: "health", Text: health}, {Question: "hill", Number: hill}, {Question: "news", Text: news}}
}

func week(went, next, team string, mood float64) []Said {
	return []Said{{Question: "went", Text: went}, {Question: "next", Text: next}, {Question: "mood", Number: mood}, {Question: "team", Text: team}}
}

// checkinScenes are a week of stand-ups, the projects' updates, and how the week was.
func (c *company) checkinScenes() []scene {
	if c.Checkins.Begin == nil {
		return nil
	}
	return append(c.standups(), c.updates()...)
}

func (c *company) updates() []scene {
	return []scene{
		c.begins(0, 0, 20, "jonas", "Product", "update", Checkin{Template: "project", Name: "Release 3.2, where it stands", People: c.ids("jonas", "sara", "priya"), Weekday: "mon"}, "ana"),
		c.tells(0, 6, 30, "priya", "update", stands("at risk", 38, "The second home for EU data is the long pole. Two ways are on the table.")),
		c.tells(0, 8, 0, "sara", "update", stands("on track", 72, "Eleven readings of the pricing pages are done; the write-up comes tomorrow.")),
		c.tells(0, 10, 0, "jonas", "update", stands("on track", 55, "The onboarding flow is drawn. It lacks a name.")),
		c.begins(3, 8, 0, "tomas", "People & handbook", "week", Checkin{Template: "weekly", Name: "How was the week?", People: c.ids(everyone()...), Weekday: "fri", Hidden: true}),
		c.tells(4, 4, 30, "mei", "week", week("The export, at last.", "The editor and its two tabs.", "Walking, always walking.", 4)),
		c.tells(4, 9, 0, "sara", "week", week("People were generous with their time.", "Choosing a page.", "My grandmother's kitchen.", 5)),
		c.tells(4, 10, 0, "tomas", "week", week("The release train stays.", "Section 3 of the handbook.", "Asking early.", 4)),
		c.tells(4, 11, 0, "kofi", "week", week("We know why drafts vanish.", "Fewer tickets about it.", "A park behind our house.", 3)),
	}
}
