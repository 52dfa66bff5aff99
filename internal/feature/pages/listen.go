package pages

import (
	"context"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
)

// Followers listen for what becomes of urgent asks, by whatever door.
func (s *Service) Followers() []event.Follower {
	return []event.Follower{{
		Name: "pages", Handle: s.hear, Kinds: []string{
			asks.EventAcknowledged, asks.EventAnswered, asks.EventUndone, asks.EventDeclined, asks.EventReleased,
			asks.EventSettled, asks.EventLapsed, asks.EventPassed,
		},
	}}
}

func (s *Service) hear(ctx context.Context, tx *db.Tx, e event.Event) error {
	var about asks.About
	if err := e.Decode(&about); err != nil || about.Urgency != urgent {
		return err
	}
	p, ok, err := loadPageOf(ctx, tx, tx.Workspace, about.Ask)
	if err != nil || !ok {
		return err
	}
	switch e.Kind {
	case asks.EventUndone:
		return s.heardUndone(ctx, tx, p)
	case asks.EventPassed:
		return s.heardPassed(ctx, tx, p, e)
	}
	stands, err := s.syncTx(ctx, tx, p)
	if err != nil || !stands || e.Kind != asks.EventDeclined {
		return err
	}
	return s.heardDeclined(ctx, tx, p)
}

const urgent = "urgent"

// heardDeclined goes on at once when nobody of those reached is left to act.
func (s *Service) heardDeclined(ctx context.Context, tx *db.Tx, p *Page) error {
	ask, err := s.asks.Ask(ctx, tx, house(tx.Workspace), p.Ask)
	if err != nil {
		return err
	}
	for _, x := range p.people() {
		if o := ask.Of(x); o != nil && o.Open() {
			return nil
		}
	}
	return s.advance(ctx, tx, p, false)
}

// heardPassed writes down who has it now; they were asked by the ask itself.
func (s *Service) heardPassed(ctx context.Context, tx *db.Tx, p *Page, e event.Event) error {
	var data asks.PassedData
	if err := e.Decode(&data); err != nil || p.over() {
		return err
	}
	tx.Quiet("who was passed a page is written down")
	ask, err := s.asks.Ask(ctx, tx, house(tx.Workspace), p.Ask)
	if err != nil {
		return err
	}
	c := Call{Step: p.Step, Person: data.To, At: tx.Now, Outcome: skipped, Why: "was passed it, and is reached in their own hours"}
	if o := ask.Of(data.To); o != nil && o.Reach != 0 && o.Reach <= tx.Now {
		c.Outcome, c.Why = paged, "was passed it"
	}
	return s.call(ctx, tx, p, c)
}

// heardUndone brings back a page that an answer had ended.
func (s *Service) heardUndone(ctx context.Context, tx *db.Tx, p *Page) error {
	ask, err := s.asks.Ask(ctx, tx, house(tx.Workspace), p.Ask)
	if err != nil || ask.State != asks.Open || p.State != resolved || p.Resolution != "" {
		return err
	}
	by := p.ResolvedBy
	p.ResolvedAt, p.ResolvedBy = 0, id.ID{}
	return s.become(ctx, tx, p, acknowledged, by, "")
}

// Jobs enters the work of this package.
func (s *Service) Jobs(r *job.Runner) {
	r.Handle(kindStep, func(ctx context.Context, j job.Job) error {
		var args stepJob
		if err := j.Decode(&args); err != nil {
			return err
		}
		again, err := s.Escalate(ctx, j.Workspace, args.Page, args.Step)
		if err == nil && again != 0 {
			return job.Again(again)
		}
		return err
	})
	r.Handle(kindHook, func(ctx context.Context, j job.Job) error {
		var args hookJob
		if err := j.Decode(&args); err != nil {
			return err
		}
		return s.Send(ctx, j.Workspace, args.Hook)
	})
	r.Handle(kindWeek, func(ctx context.Context, j job.Job) error {
		var args weekJob
		if err := j.Decode(&args); err != nil {
			return err
		}
		return s.TellWeek(ctx, j.Workspace, args.Space, args.Monday)
	})
}
