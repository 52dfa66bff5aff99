package batons

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

// act does one thing to a baton and shows how it stands then.
func (s *Service) act(ctx context.Context, ref string, do func(actor.Actor, id.ID) (*Baton, error)) (*web.Out[BatonView], error) {
	a, x, err := on(ctx, "bat", ref)
	if err != nil {
		return nil, err
	}
	if _, err := do(a, x); err != nil {
		return nil, err
	}
	return s.out(ctx, a, x)
}

type handOnBatonIn struct {
	Baton string `path:"baton"`
	Body  struct {
		WhomIn
		Note *NoteIn `json:"note,omitempty" doc:"The note anew; it stays as it was when missing."`
	}
}

func (s *Service) postHandoff(ctx context.Context, in *handOnBatonIn) (*web.Out[BatonView], error) {
	w, err := in.Body.read()
	if err != nil {
		return nil, err
	}
	return s.act(ctx, in.Baton, func(a actor.Actor, x id.ID) (*Baton, error) {
		if in.Body.Note == nil {
			return s.HandOn(ctx, a, x, w, nil)
		}
		n := in.Body.Note.read()
		return s.HandOn(ctx, a, x, w, &n)
	})
}

type withdrawBatonIn struct {
	Baton string `path:"baton"`
	Body  *struct{}
}

func (s *Service) postWithdrawal(ctx context.Context, in *withdrawBatonIn) (*web.Out[BatonView], error) {
	return s.act(ctx, in.Baton, func(a actor.Actor, x id.ID) (*Baton, error) { return s.Withdraw(ctx, a, x) })
}

type acceptBatonIn struct {
	Baton string `path:"baton"`
	Body  *struct {
		Note string `json:"note,omitempty" maxLength:"2000" doc:"A word to whoever hands it over."`
	}
}

func (s *Service) postAcceptance(ctx context.Context, in *acceptBatonIn) (*web.Out[BatonView], error) {
	return s.act(ctx, in.Baton, func(a actor.Actor, x id.ID) (*Baton, error) {
		if in.Body == nil {
			return s.Accept(ctx, a, x, "")
		}
		return s.Accept(ctx, a, x, in.Body.Note)
	})
}

type declineBatonIn struct {
	Baton string `path:"baton"`
	Body  struct {
		Reason string `json:"reason" maxLength:"2000"`
	}
}

func (s *Service) postDecline(ctx context.Context, in *declineBatonIn) (*web.Out[BatonView], error) {
	return s.act(ctx, in.Baton, func(a actor.Actor, x id.ID) (*Baton, error) { return s.Decline(ctx, a, x, in.Body.Reason) })
}

type passBatonIn struct {
	Baton string `path:"baton"`
	Body  struct {
		To   string `json:"to"`
		Note string `json:"note,omitempty" maxLength:"2000"`
	}
}

func (s *Service) postPass(ctx context.Context, in *passBatonIn) (*web.Out[BatonView], error) {
	to, err := id.Decode("per", in.Body.To)
	if err != nil {
		return nil, err
	}
	return s.act(ctx, in.Baton, func(a actor.Actor, x id.ID) (*Baton, error) { return s.Pass(ctx, a, x, to, in.Body.Note) })
}

type endBatonIn struct {
	Baton string `path:"baton"`
	Body  struct {
		Outcome string `json:"outcome" maxLength:"8000" doc:"What came of it. Markdown."`
	}
}

func (s *Service) postEnd(ctx context.Context, in *endBatonIn) (*web.Out[BatonView], error) {
	return s.act(ctx, in.Baton, func(a actor.Actor, x id.ID) (*Baton, error) { return s.End(ctx, a, x, in.Body.Outcome) })
}

type undoBatonIn struct {
	Baton string `path:"baton"`
	Body  *struct{}
}

func (s *Service) postUndo(ctx context.Context, in *undoBatonIn) (*web.Out[BatonView], error) {
	return s.act(ctx, in.Baton, func(a actor.Actor, x id.ID) (*Baton, error) { return s.Undo(ctx, a, x) })
}
