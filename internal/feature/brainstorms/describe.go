package brainstorms

import (
	"context"
	"fmt"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
)

// Describe says how a brainstorm, and a task that came of one, look in a digest or a mail.
func (s *Service) Describe() map[string]describe.Describer {
	return map[string]describe.Describer{Kind: s.describe, TaskKind: s.describeTask}
}

func (s *Service) describe(ctx context.Context, q db.Queryer, a actor.Actor, x id.ID) (describe.Thing, error) {
	at, err := s.find(ctx, q, a, x)
	if err != nil {
		return describe.Thing{}, err
	}
	b := at.b
	out := describe.Thing{
		Kind: Kind, ID: x, Title: b.Title, Excerpt: b.state(), Path: Path(x), Thread: b.Thread, Space: b.Space,
		Who: b.Facilitator, At: b.PhaseAt, Due: b.EndsAt, State: string(b.Phase), Ended: b.Phase == Ended,
	}
	if out.Ended {
		out.Title, out.Excerpt, out.Body = "The brainstorm “"+b.Title+"” has ended", text.Excerpt(b.Conclusion, excerptLength), b.Conclusion
	}
	return out, nil
}

const excerptLength = 160

// state says in a sentence where a brainstorm stands.
func (b *Brainstorm) state() string {
	switch {
	case b.inRooms():
		return "People think in small groups."
	case b.Phase == Collect && b.EndsAt.IsZero() && !b.Settings.V.ByHand:
		return "Nobody has written an idea yet. Give people more time, or end the brainstorm."
	}
	return map[Phase]string{
		Collect: "Ideas are collected, each hidden from the others.", Reveal: "The ideas are revealed and can be read.",
		Cluster: "The ideas are put into groups.", Refine: "The ideas are commented on.", Vote: "The ideas are voted on.",
		Act: "The results are open.", Ended: "The brainstorm has ended.",
	}[b.Phase]
}

func (s *Service) describeTask(ctx context.Context, q db.Queryer, a actor.Actor, x id.ID) (describe.Thing, error) {
	o, ok, err := loadOutcome(ctx, q, a.Workspace, x)
	if err == nil && !ok {
		err = fault.Missing("task")
	}
	if err != nil {
		return describe.Thing{}, err
	}
	at, err := s.find(ctx, q, a, o.Board)
	if err != nil {
		return describe.Thing{}, err
	}
	return describe.Thing{
		Kind: TaskKind, ID: x, Title: o.Title, Excerpt: fmt.Sprintf("It came of the brainstorm “%s”.", at.b.Title), Path: Path(o.Board),
		Thread: at.b.Thread, Space: at.b.Space, Who: o.By, At: o.At,
	}, nil
}
