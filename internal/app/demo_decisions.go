package app

import (
	"context"
	"strings"
	"time"

	"example.org/meantime/internal/feature/decisions"
	"example.org/meantime/internal/feature/demo"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/id"
)

// deciding lets the demo company decide.
func (a *App) deciding() demo.Deciding {
	return demo.Deciding{
		Open: func(ctx context.Context, who actor.Actor, d demo.Decision) (id.ID, error) {
			return a.Decisions.MakeOpen(ctx, who, demoDecision(d), 0)
		},
		Vote: func(ctx context.Context, who actor.Actor, x id.ID, b demo.Ballot) error {
			m := demoMarks(b)
			if b.Receipt != "" {
				_, err := a.Decisions.VoteSealed(ctx, who, x, m, b.Receipt)
				return err
			}
			_, err := a.Decisions.Vote(ctx, who, x, m, decisions.Moved{})
			return err
		},
		Decide: func(ctx context.Context, who actor.Actor, x id.ID, o demo.Outcome) error {
			return a.Decisions.Decide(ctx, who, x, decisions.NewOutcome{Markdown: o.Markdown, Chosen: o.Chosen, Reason: o.Reason, Dissent: o.Dissent, Review: o.Review})
		},
	}
}

func demoDecision(d demo.Decision) decisions.NewDecision {
	n := decisions.NewDecision{
		Space: d.Space, Title: d.Title, Context: d.Context, Kind: decisions.Kind(d.Kind), Invited: decisions.Invited{People: d.People},
		Rules: decisions.Rules{Method: d.Method, Blind: d.Blind, Reasons: d.Reasons, Silence: d.Silence, Anonymous: d.Anonymous, Early: d.Early, Fair: d.Fair},
	}
	for _, o := range d.Options {
		name, meaning, _ := strings.Cut(o, ": ")
		n.Options = append(n.Options, decisions.Option{Name: name, Meaning: meaning})
	}
	for _, start := range d.Times {
		n.Options = append(n.Options, decisions.Option{Start: start, End: start.Add(time.Hour)})
	}
	return n
}

func demoMarks(b demo.Ballot) decisions.Marks {
	m := decisions.Marks{Choice: b.Choice, Scores: b.Scores, Reason: b.Reason}
	if b.Approved != "" {
		m.Approved = demo.Letters(b.Approved)
	}
	if b.Ranking != "" {
		for _, k := range demo.Letters(b.Ranking) {
			m.Ranking = append(m.Ranking, []string{k})
		}
	}
	return m
}
