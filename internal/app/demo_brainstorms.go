package app

import (
	"context"
	"fmt"
	"strings"
	"time"

	"example.org/meantime/internal/feature/brainstorms"
	"example.org/meantime/internal/feature/decisions"
	"example.org/meantime/internal/feature/demo"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/id"
)

// demoStorms lets the demo company think together.
type demoStorms struct {
	s         *brainstorms.Service
	decisions *decisions.Service
}

func (d demoStorms) Begin(ctx context.Context, a actor.Actor, n demo.Storm) (id.ID, error) {
	return d.s.Begin(ctx, a, brainstorms.NewBrainstorm{
		Space: n.Space, Title: n.Title, Prompt: n.Prompt, Template: n.Template, People: n.People,
		Settings: brainstorms.Settings{
			Anonymous: n.Anonymous, HideCount: n.Anonymous, Vote: brainstorms.VoteRule{Method: n.Method},
			Plan: []brainstorms.Step{
				{Phase: brainstorms.Collect, Window: n.Collect}, {Phase: brainstorms.Cluster, Window: n.Cluster}, {Phase: brainstorms.Vote, Window: n.Vote},
			},
		},
	})
}

func (d demoStorms) Idea(ctx context.Context, a actor.Actor, storm id.ID, text, link string) (id.ID, error) {
	i, err := d.s.Write(ctx, a, storm, brainstorms.NewIdea{Key: "demo", Text: text, Link: link})
	if err != nil {
		return i.ID, err
	}
	return i.ID, d.s.Done(ctx, a, storm, brainstorms.Collect, true)
}

func (d demoStorms) Group(ctx context.Context, a actor.Actor, storm id.ID, name string, ideas []id.ID) error {
	_, err := d.s.MakeGroup(ctx, a, storm, brainstorms.NewGroup{Name: name, Ideas: ideas})
	return err
}

func (d demoStorms) Merge(ctx context.Context, a actor.Actor, storm, idea, into id.ID) error {
	return d.s.Merge(ctx, a, storm, idea, into)
}

func (d demoStorms) Remark(ctx context.Context, a actor.Actor, storm, idea id.ID, kind, text string) error {
	return d.s.Remark(ctx, a, storm, idea, brainstorms.NewNote{Key: "demo", Kind: kind, Text: text})
}

func (d demoStorms) Vote(ctx context.Context, a actor.Actor, storm id.ID, list []demo.Rated) error {
	var votes []brainstorms.Mark
	for _, m := range list {
		votes = append(votes, brainstorms.Mark(m))
	}
	if err := d.s.Vote(ctx, a, storm, votes); err != nil {
		return err
	}
	return d.s.Done(ctx, a, storm, brainstorms.Vote, true)
}

func (d demoStorms) Claim(ctx context.Context, a actor.Actor, storm, idea id.ID) error {
	return d.s.Claim(ctx, a, storm, idea, true)
}

func (d demoStorms) Task(ctx context.Context, a actor.Actor, storm id.ID, t demo.Task) (id.ID, error) {
	o, err := d.s.Become(ctx, a, storm, brainstorms.NewOutcome{Kind: brainstorms.Task, Ideas: []id.ID{t.Idea}, Title: t.Title, Owner: t.Owner, Window: t.Window})
	return o.ID, err
}

func (d demoStorms) Did(ctx context.Context, a actor.Actor, storm, task id.ID) error {
	return d.s.DidTask(ctx, a, storm, task, true)
}

func (d demoStorms) Decide(ctx context.Context, a actor.Actor, storm, idea id.ID, title, about string, fair time.Duration) (id.ID, error) {
	o, err := d.s.Become(ctx, a, storm, brainstorms.NewOutcome{Kind: brainstorms.Decision, Ideas: []id.ID{idea}, Title: title})
	if err != nil {
		return id.ID{}, err
	}
	x, err := id.Decode("dec", strings.TrimPrefix(o.Path, "/decisions/"))
	if err != nil {
		return id.ID{}, fmt.Errorf("the decision at %s: %w", o.Path, err)
	}
	draft, err := d.decisions.See(ctx, a, x)
	if err != nil {
		return id.ID{}, err
	}
	n := decisions.NewDecision{
		Space: draft.Space, Title: draft.Title, Context: about + "\n\n" + draft.Context, Kind: draft.Kind, Invited: draft.Invited.V,
		Rules: decisions.Rules{Silence: "consent", Fair: fair, Early: true},
	}
	if err := d.decisions.Change(ctx, a, x, n, draft.Version); err != nil {
		return id.ID{}, err
	}
	return x, d.decisions.Open(ctx, a, x, 0)
}

func (d demoStorms) End(ctx context.Context, a actor.Actor, storm id.ID, conclusion string) error {
	return d.s.End(ctx, a, storm, conclusion, true)
}
