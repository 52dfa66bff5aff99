package demo

import (
	"context"
	"fmt"
	"slices"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/auth"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Core is what the demo company is built with: nothing but what people use.
type Core struct {
	People *people.Service
	Auth   *auth.Service
	Spaces *spaces.Service
	Asks   *asks.Service
	Features

	Checkins Checkins
}

// company is Northwind while its week is played.
type company struct {
	*Service
	Core
	workspace id.ID
	week      time.Time // Monday 00:00 UTC
	who       map[string]people.Person
	spaces    map[string]id.ID
	threads   map[string]id.ID
	posts     map[string]id.ID // the first of each thread
	asks      map[string]id.ID
	decisions map[string]id.ID
	batons    map[string]id.ID
	storms    map[string]*stormed
	ops       id.ID // the team Operations
	checkins  map[string]id.ID
}

// Seed makes the demo company, once: its people, and a week of work that is
// played with the clock running from Monday to Friday afternoon, so that every
// digest went out when it would have.
func (s *Service) Seed(ctx context.Context, core Core) (err error) {
	defer fault.Wrap(&err, "demo.Seed")
	known, err := core.People.Workspaces(ctx, s.db)
	if err != nil || len(known) > 0 {
		return err
	}
	friday := nextFriday(s.machine.Now().Time())
	week := friday.AddDate(0, 0, -4)
	s.machine.Begin(clock.At(week))
	c := &company{
		Service: s, Core: core, workspace: id.New(clock.At(week)), week: week,
		who: map[string]people.Person{}, spaces: map[string]id.ID{}, threads: map[string]id.ID{}, posts: map[string]id.ID{}, asks: map[string]id.ID{},
		decisions: map[string]id.ID{},
		checkins:  map[string]id.ID{},
		batons:    map[string]id.ID{},
		storms:    map[string]*stormed{},
	}
	if err := c.found(ctx); err != nil {
		return err
	}
	scenes := slices.Concat(c.scenes(), c.notes(), c.deciding(), c.checkinScenes(), c.handoffs(), c.storming())
	slices.SortStableFunc(scenes, func(x, y scene) int { return x.at.Compare(y.at) })
	for _, scene := range scenes {
		if err := s.travel(ctx, clock.At(scene.at)); err != nil {
			return err
		}
		if err := scene.play(ctx); err != nil {
			return fmt.Errorf("%s: %w", scene.at.Format("Mon 15:04"), err)
		}
	}
	if err := s.travel(ctx, clock.At(friday.Add(14*time.Hour+30*time.Minute))); err != nil {
		return err
	}
	return s.remember(ctx)
}

// nextFriday is the midnight (UTC) that begins the first Friday after now.
func nextFriday(now time.Time) time.Time {
	day := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
	for day = day.AddDate(0, 0, 1); day.Weekday() != time.Friday; {
		day = day.AddDate(0, 0, 1)
	}
	return day
}

// found makes the workspace, its people, its teams and the spaces.
func (c *company) found(ctx context.Context) error {
	err := c.db.Write(ctx, c.workspace, func(ctx context.Context, tx *db.Tx) error {
		if err := c.People.CreateWorkspaceTx(ctx, tx, "Northwind"); err != nil {
			return err
		}
		for _, x := range Cast {
			p, err := c.People.AddTx(ctx, tx, people.NewPerson{
				Name: x.Name, Email: x.Email(), Handle: x.Handle, Role: x.Role, Zone: x.Zone, Title: x.Title, Spec: x.spec(),
			})
			if err != nil {
				return err
			}
			if err := c.Auth.AddAccountTx(ctx, tx, p.ID, x.Email(), Password); err != nil {
				return err
			}
			c.who[x.Handle] = p
		}
		_, err := c.People.MakeTeamTx(ctx, tx, c.who["ana"].ID, "Platform", "platform", c.ids("mei", "priya", "liam"))
		return err
	})
	if err != nil {
		return err
	}
	for _, sp := range []spaces.NewSpace{
		{Name: "Product", Purpose: "What we build next, and why.", Color: "teal", Members: c.ids("kofi", "mei", "priya", "jonas", "sara", "joao", "omar", "grace", "hana")},
		{Name: "Platform", Purpose: "How it runs: releases, incidents, infrastructure.", Color: "orange", WindowDefault: "4h", Members: c.ids("mei", "priya", "liam", "joao", "kofi", "hana")},
		{Name: "People & handbook", Purpose: "How we work together.", Color: "blue", Members: c.ids(everyone()...)},
		{Name: "Research", Purpose: "What we learn from customers.", Color: "grape", Members: c.ids("sara", "jonas", "kofi", "grace")},
		{Name: "Salaries 2027", Purpose: "Preparing the yearly round.", Private: true, Color: "red", Members: c.ids("tomas")},
	} {
		made, err := c.Spaces.OpenSpace(ctx, c.as("ana"), sp)
		if err != nil {
			return err
		}
		c.spaces[sp.Name] = made.ID
	}
	if err := c.holidays(ctx); err != nil {
		return err
	}
	if err := c.absences(ctx); err != nil {
		return err
	}
	return c.operations(ctx)
}

// absences are who is away in the week after.
func (c *company) absences(ctx context.Context) error {
	off := c.week.AddDate(0, 0, 9)
	_, err := c.People.AddAbsence(ctx, c.as("sara"), people.NewAbsence{
		From: off.Format(time.DateOnly), To: off.AddDate(0, 0, 2).Format(time.DateOnly), Reason: "Family visit", StandIn: c.who["jonas"].ID,
	})
	return err
}

func (c *company) ids(handles ...string) []id.ID {
	var out []id.ID
	for _, h := range handles {
		out = append(out, c.who[h].ID)
	}
	return out
}

func (c *company) as(handle string) actor.Actor {
	p := c.who[handle]
	return actor.Actor{Workspace: c.workspace, Person: p.ID, Role: p.Role}
}

func at(t time.Time) clock.Instant { return clock.At(t) }
