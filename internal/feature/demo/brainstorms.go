package demo

import (
	"context"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/id"
)

// Storm is a brainstorm that the company holds. Each of its phases ends when everybody
// has had so many hours, or is done.
type Storm struct {
	Space                           id.ID
	Title, Prompt, Template, Method string
	Anonymous                       bool // and the number of ideas hidden
	Collect, Cluster, Vote          string
	People                          []id.ID
}

// Rated is what somebody gives an idea; Effort where it is asked.
type Rated struct {
	Idea          id.ID
	Value, Effort int64
}

// Task is something to do that comes of an idea.
type Task struct {
	Idea   id.ID
	Title  string
	Owner  id.ID
	Window string
}

// Storms lets the demo company think together; app fills it.
type Storms interface {
	Begin(ctx context.Context, a actor.Actor, n Storm) (id.ID, error)
	// Idea writes somebody's idea, and says that they are done with that; so does Vote.
	Idea(ctx context.Context, a actor.Actor, storm id.ID, text, link string) (id.ID, error)
	Group(ctx context.Context, a actor.Actor, storm id.ID, name string, ideas []id.ID) error
	Merge(ctx context.Context, a actor.Actor, storm, idea, into id.ID) error
	Remark(ctx context.Context, a actor.Actor, storm, idea id.ID, kind, text string) error
	Vote(ctx context.Context, a actor.Actor, storm id.ID, list []Rated) error
	Claim(ctx context.Context, a actor.Actor, storm, idea id.ID) error
	Task(ctx context.Context, a actor.Actor, storm id.ID, t Task) (id.ID, error)
	Did(ctx context.Context, a actor.Actor, storm, task id.ID) error
	// Decide makes a decision of an idea and opens it for everybody who took part.
	Decide(ctx context.Context, a actor.Actor, storm, idea id.ID, title, about string, fair time.Duration) (id.ID, error)
	End(ctx context.Context, a actor.Actor, storm id.ID, conclusion string) error
}

// stormed is a brainstorm in the script: its ideas and tasks by key.
type stormed struct {
	id           id.ID
	ideas, tasks map[string]id.ID
}

func (c *company) thinks(day, hour, minute int, who, key, space string, n Storm, people ...string) scene {
	return scene{c.moment(day, hour, minute), func(ctx context.Context) (err error) {
		n.Space, n.People = c.spaces[space], c.ids(people...)
		s := &stormed{ideas: map[string]id.ID{}, tasks: map[string]id.ID{}}
		c.storms[key] = s
		s.id, err = c.Storms.Begin(ctx, c.as(who), n)
		return err
	}}
}

// idea is known by who had it, and a number when they have had more.
func (c *company) idea(day, hour, minute int, who, key, as, text string) scene {
	return c.linked(day, hour, minute, who, key, as, text, "")
}

func (c *company) linked(day, hour, minute int, who, key, as, text, link string) scene {
	return scene{c.moment(day, hour, minute), func(ctx context.Context) (err error) {
		s := c.storms[key]
		s.ideas[as], err = c.Storms.Idea(ctx, c.as(who), s.id, text, link)
		return err
	}}
}

func (c *company) groups(day, hour, minute int, who, key, name string, ideas ...string) scene {
	return scene{c.moment(day, hour, minute), func(ctx context.Context) error {
		s := c.storms[key]
		var list []id.ID
		for _, x := range ideas {
			list = append(list, s.ideas[x])
		}
		return c.Storms.Group(ctx, c.as(who), s.id, name, list)
	}}
}

func (c *company) remarks(day, hour, minute int, who, key, idea, kind, text string) scene {
	return scene{c.moment(day, hour, minute), func(ctx context.Context) error {
		s := c.storms[key]
		return c.Storms.Remark(ctx, c.as(who), s.id, s.ideas[idea], kind, text)
	}}
}

// given are marks by idea; two numbers are impact and effort.
type given map[string][2]int64

func (c *company) marks(day, hour, minute int, who, key string, g given) scene {
	return scene{c.moment(day, hour, minute), func(ctx context.Context) error {
		s := c.storms[key]
		var list []Rated
		for idea, n := range g {
			list = append(list, Rated{s.ideas[idea], n[0], n[1]})
		}
		return c.Storms.Vote(ctx, c.as(who), s.id, list)
	}}
}

// dots are given to ideas, so many each.
func dots(list map[string]int64) given {
	out := given{}
	for idea, n := range list {
		out[idea] = [2]int64{n, 0}
	}
	return out
}

func (c *company) makesTask(day, hour, minute int, who, key, idea, title, owner, window string) scene {
	return scene{c.moment(day, hour, minute), func(ctx context.Context) (err error) {
		s := c.storms[key]
		s.tasks[idea], err = c.Storms.Task(ctx, c.as(who), s.id, Task{s.ideas[idea], title, c.who[owner].ID, window})
		return err
	}}
}

// storming is what the company thinks about together. Nothing when app does not know how.
func (c *company) storming() []scene {
	if c.Storms == nil {
		return nil
	}
	return append(c.mondays(), c.drafts()...)
}
