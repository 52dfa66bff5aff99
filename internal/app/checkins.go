package app

import (
	"context"
	"maps"
	"slices"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/feature/checkins"
	"example.org/meantime/internal/feature/demo"
	"example.org/meantime/internal/feature/search"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
)

// done says in lines what somebody did here, as their own drafts begin with it.
type done struct{ things describe.Registry }

// didWords begin a line, by the kind of event. What it is about is described as that
// person sees it; features add the kinds that somebody would tell others of.
var didWords = map[string]string{
	asks.EventAnswered:          "Answered: ",
	spaces.EventThreadConcluded: "Concluded: ",
	spaces.EventThreadOpened:    "Began: ",
}

// mostDone is how many lines a draft begins with.
const mostDone = 20

func (d done) did(ctx context.Context, q db.Queryer, a actor.Actor, from, to clock.Instant) ([]checkins.Doing, error) {
	list, err := event.DoneBy(ctx, q, a.Workspace, a.Person, from, to, slices.Sorted(maps.Keys(didWords)), mostDone)
	if err != nil {
		return nil, err
	}
	out := []checkins.Doing{}
	seen := map[id.ID]bool{}
	for _, e := range list {
		var about asks.About
		if err := e.Decode(&about); err != nil || seen[e.Subject.ID] || about.Held == checkins.ThingKind {
			continue // an answer to a check-in is what this is for
		}
		t, err := d.things.Describe(ctx, q, a, e.Subject.Kind, e.Subject.ID)
		if none, err := gone(err); none || err != nil {
			if err != nil {
				return nil, err
			}
			continue
		}
		seen[e.Subject.ID] = true
		words := t.Title
		if about.Text != "" {
			words = about.Text
		}
		out = append(out, checkins.Doing{Words: didWords[e.Kind] + words, Path: t.Path, Space: t.Space, At: e.At})
	}
	return out, nil
}

// answers reads answers to check-ins for search.
func (s sources) answers(ctx context.Context, q db.Queryer, workspace id.ID, list []id.ID, out map[id.ID]search.Text) error {
	found, err := s.checks.Texts(ctx, q, workspace, list)
	for x, f := range found {
		out[x] = search.Text{Space: f.Space, Thread: f.Thread, Author: f.Author, At: f.At, Title: f.Title, Body: f.Body}
	}
	return err
}

// demoCheckins lets the demo company hold check-ins.
func (a *App) demoCheckins() demo.Checkins {
	return demo.Checkins{
		Begin: func(ctx context.Context, who actor.Actor, c demo.Checkin) (id.ID, error) {
			n := checkins.NewCheckin{Space: c.Space, Template: c.Template, Name: c.Name, People: c.People, Hidden: c.Hidden}
			if n.Rhythm = (checkins.Rhythm{Every: checkins.EveryDay}); c.Weekday != "" {
				n.Rhythm = checkins.Rhythm{Every: checkins.EveryWeek, Weekdays: []string{c.Weekday}}
			}
			made, err := a.Checkins.Make(ctx, who, n)
			return made.ID, err
		},
		Follow: func(ctx context.Context, who actor.Actor, checkin id.ID) error {
			return a.Checkins.Follow(ctx, who, checkin, true)
		},
		Settle: func(ctx context.Context, who actor.Actor, checkin id.ID) error {
			list, err := a.Checkins.Blockers(ctx, a.DB, who, checkin, id.ID{}, 50)
			for _, b := range list {
				if b.Person == who.Person && err == nil {
					_, err = a.Checkins.Settle(ctx, who, b.ID)
				}
			}
			return err
		},
		Say: func(ctx context.Context, who actor.Actor, checkin id.ID, said []demo.Said, waits []demo.Waits) error {
			turns, _, err := a.Checkins.Mine(ctx, a.DB, who)
			i := slices.IndexFunc(turns, func(t checkins.Turn) bool { return t.Checkin == checkin })
			if err != nil || i < 0 {
				return err
			}
			_, err = a.Checkins.Answer(ctx, who, turns[i].ID, given(said, waits))
			return err
		},
	}
}

func given(said []demo.Said, waits []demo.Waits) checkins.Given {
	g := checkins.Given{Nothing: len(said)+len(waits) == 0}
	for _, s := range said {
		x := checkins.Answer{Question: s.Question, Text: s.Text}
		if s.Number != 0 {
			x.Number = &s.Number
		}
		g.Answers = append(g.Answers, x)
	}
	for _, w := range waits {
		g.Blockers = append(g.Blockers, checkins.NewBlocker{Words: w.Words, What: w.What, Person: w.Person})
	}
	return g
}
