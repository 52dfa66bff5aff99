package demo

import (
	"context"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// Layer is a layer of a duty rota: people who take turns of so many days, on duty in
// its hours.
type Layer struct {
	Name, Zone string
	Start      string // the date on which the first turn begins
	Handover   int64  // minutes after midnight
	Days       int64
	People     []id.ID
	Hours      map[string][]string
}

// Agreement is a version of what a team agreed on.
type Agreement struct {
	From        int64 // the version that it changes
	Windows     map[asks.Kind]string
	Checks      []string
	MeetingFree map[string][]string
	PerMonth    int // urgent pages, in each of its spaces
	Rule        string
	Spaces      []id.ID
	Prose       string
	Reason      string
}

// Features are what the demo company uses of other features; app fills them. What is
// nil it does without.
type Features struct {
	Batons Batons // work that goes from hand to hand
	Rota   func(ctx context.Context, a actor.Actor, team, keeper id.ID, layers []Layer) error
	Agree  func(ctx context.Context, a actor.Actor, team id.ID, v Agreement) error
	// HandOver writes the handover notes that somebody is asked for.
	HandOver func(ctx context.Context, a actor.Actor, goingOn, watch string) error
	Deciding Deciding
	Storms   Storms // thinking in phases
}

// operations makes the team that keeps things running, with a rota that follows the
// sun. Nobody is on duty when Liam is away next week: the gap is there to be seen.
func (c *company) operations(ctx context.Context) error {
	err := c.db.Write(ctx, c.workspace, func(ctx context.Context, tx *db.Tx) error {
		team, err := c.People.MakeTeamTx(ctx, tx, c.who["priya"].ID, "Operations", "operations", c.ids("mei", "priya", "liam"))
		c.ops = team.ID
		return err
	})
	if err != nil {
		return err
	}
	away := c.week.AddDate(0, 0, 9).Format(time.DateOnly)
	if _, err := c.People.AddAbsence(ctx, c.as("liam"), people.NewAbsence{From: away, To: away, Reason: "Moving house", StandIn: c.who["joao"].ID}); err != nil {
		return err
	}
	if c.Rota == nil {
		return nil
	}
	start := c.week.Format(time.DateOnly)
	return c.Rota(ctx, c.as("priya"), c.ops, c.who["priya"].ID, []Layer{
		{Name: "Asia", Zone: "Asia/Taipei", Start: start, Handover: 9 * 60, Days: 7, People: c.ids("mei"), Hours: weekdays("09:00-18:00")},
		{Name: "India", Zone: "Asia/Kolkata", Start: start, Handover: 10 * 60, Days: 7, People: c.ids("priya"), Hours: weekdays("10:00-18:30")},
		{Name: "Americas", Zone: "America/New_York", Start: start, Handover: 8 * 60, Days: 7, People: c.ids("liam"), Hours: weekdays("09:00-17:00")},
	})
}

// agree has somebody of Operations write a version of what it agreed on.
func (c *company) agree(day, hour, minute int, who string, v Agreement) scene {
	return scene{c.moment(day, hour, minute), func(ctx context.Context) error {
		if c.Agree == nil {
			return nil
		}
		v.Spaces = []id.ID{c.spaces["Platform"]}
		return c.Agree(ctx, c.as(who), c.ops, v)
	}}
}

// handsOver has somebody leave duty with a note.
func (c *company) handsOver(day, hour, minute int, who, goingOn, watch string) scene {
	return scene{c.moment(day, hour, minute), func(ctx context.Context) error {
		if c.HandOver == nil {
			return nil
		}
		return c.HandOver(ctx, c.as(who), goingOn, watch)
	}}
}

// notes are the handover notes of the week; Priya has not written that of Friday yet.
func (c *company) notes() []scene {
	return []scene{
		c.handsOver(0, 9, 50, "mei", "All quiet. Two deploys went out.", ""),
		c.handsOver(0, 12, 55, "priya", "All quiet.", "The nightly backup runs an hour later this week."),
		c.handsOver(0, 21, 50, "liam", "New signing keys are made, not switched on yet.", ""),
		c.handsOver(1, 9, 50, "mei", "Waiting for the audit log export before the keys are switched.", ""),
		c.handsOver(1, 12, 55, "priya", "All quiet.", ""),
		c.handsOver(1, 21, 50, "liam", "One slow query in billing, mended.", "Billing at 03:00 UTC"),
		c.handsOver(2, 9, 50, "mei", "Billing was fine this night.", ""),
		c.handsOver(2, 12, 55, "priya", "All quiet.", ""),
		c.handsOver(2, 21, 50, "liam", "All quiet.", ""),
		c.handsOver(3, 9, 50, "mei", "All quiet.", ""),
		c.handsOver(3, 12, 55, "priya", "The vote on replication is open; nothing changes before it ends.", ""),
		c.handsOver(3, 21, 50, "liam", "All quiet.", "Mei's export goes into the morning build."),
		c.handsOver(4, 9, 50, "mei", "The export is in the build, and the keys can be switched.", "Sign-in errors after the switch"),
	}
}

// first is what Operations agreed on to begin with; two days later it leaves reviews more time.
func first() Agreement {
	return Agreement{
		Windows: map[asks.Kind]string{asks.Reply: "4h", asks.Review: "1d", asks.Approve: "1d"}, Checks: []string{"09:30", "14:00"},
		MeetingFree: map[string][]string{"wed": {"09:00-12:00"}}, PerMonth: 4,
		Rule:   "Customers cannot sign in, or lose data. Anything else can wait for somebody's morning.",
		Prose:  "We are three people in three zones. Somebody is always awake, and **nobody is always on**.\n\nWrite things down in the thread before your day ends; the next of us reads it with their coffee.",
		Reason: "To begin with",
	}
}

func second() Agreement {
	v := first()
	v.From, v.Reason = 1, "Reviews done in a day were reviews done badly"
	v.Windows[asks.Review] = "2d"
	v.MeetingFree["fri"] = []string{"13:00-17:00"}
	return v
}
