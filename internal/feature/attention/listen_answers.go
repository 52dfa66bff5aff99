package attention

import (
	"context"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

func (s *Service) heardAcknowledged(ctx context.Context, tx *db.Tx, e event.Event) error {
	var data asks.AcknowledgedData
	if err := e.Decode(&data); err != nil {
		return err
	}
	if data.Promised != 0 {
		// From now on the promise is what counts.
		slot := asks.OwedSlot{Person: data.Person, Reach: tx.Now, Due: data.Promised}
		e.Due = max(e.Due, data.Promised)
		if err := s.watch(ctx, tx, e, data.About, []asks.OwedSlot{slot}); err != nil {
			return err
		}
	}
	return s.tellAsker(ctx, tx, e, data.About, Acknowledged, data.Person)
}

func (s *Service) heardAnswered(ctx context.Context, tx *db.Tx, e event.Event) error {
	var data asks.AnsweredData
	if err := e.Decode(&data); err != nil {
		return err
	}
	if err := dropAsked(ctx, tx, data.Ask, []id.ID{data.Person}); err != nil {
		return err
	}
	if err := heardOtherwise(ctx, tx, data.AnswerPost, []id.ID{data.Asker}); err != nil {
		return err
	}
	return s.tellAsker(ctx, tx, e, data.About, Answered, data.Person)
}

func (s *Service) heardDeclined(ctx context.Context, tx *db.Tx, e event.Event) error {
	var data asks.DeclinedData
	if err := e.Decode(&data); err != nil {
		return err
	}
	if err := dropAsked(ctx, tx, data.Ask, []id.ID{data.Person}); err != nil {
		return err
	}
	return s.tellAsker(ctx, tx, e, data.About, Declined, data.Person)
}

func (s *Service) heardPassed(ctx context.Context, tx *db.Tx, e event.Event) error {
	var data asks.PassedData
	if err := e.Decode(&data); err != nil {
		return err
	}
	if err := dropAsked(ctx, tx, data.Ask, []id.ID{data.Person}); err != nil {
		return err
	}
	return s.tellAsker(ctx, tx, e, data.About, Passed, data.Person)
}

func (s *Service) heardSettled(ctx context.Context, tx *db.Tx, e event.Event) error {
	var data asks.SettledData
	if err := e.Decode(&data); err != nil {
		return err
	}
	if err := endSilence(ctx, tx, data.Ask); err != nil {
		return err
	}
	return s.tellAsker(ctx, tx, e, data.About, Settled, e.Actor)
}

func (s *Service) heardLapsed(ctx context.Context, tx *db.Tx, e event.Event) error {
	var data asks.LapsedData
	if err := e.Decode(&data); err != nil {
		return err
	}
	if data.Then == asks.IDecide {
		// The asker is asked now; that reaches them by itself.
		return nil
	}
	return s.tellAsker(ctx, tx, e, data.About, Lapsed, data.To)
}

// tellAsker plans the news about an ask for whoever asked it, and puts it into
// their inbox; what they did themselves is no news to them.
func (s *Service) tellAsker(ctx context.Context, tx *db.Tx, e event.Event, about asks.About, kind Kind, who id.ID) error {
	if about.Asker == e.Actor || about.Quiet {
		return nil
	}
	if err := putItems(ctx, tx, []item{{
		PersonID: about.Asker, AboutID: about.Ask, Kind: kind, RefKind: "ask", RefID: about.Ask, AskID: about.Ask,
		ThreadID: about.Thread, SpaceID: e.Space, WhoID: who, ChangedAt: e.At,
	}}); err != nil {
		return err
	}
	return s.plan(ctx, tx, e, []delivery{{
		PersonID: about.Asker, AskedAt: e.At, Urgency: worktime.Routine, Kind: kind, RefKind: "ask", RefID: about.Ask,
		AskID: about.Ask, ThreadID: about.Thread, SpaceID: e.Space, WhoID: who, AboutID: about.Ask, Dedup: once(kind, e, about.Asker),
	}})
}
