package duty

import (
	"context"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

type swapIn struct {
	Team string `path:"team"`
	Body struct {
		Layer    string     `json:"layer"`
		With     string     `json:"with" doc:"Who is to take your time."`
		From     time.Time  `json:"from"`
		To       time.Time  `json:"to"`
		BackFrom *time.Time `json:"back_from,omitempty" doc:"Time of theirs that you take in return."`
		BackTo   *time.Time `json:"back_to,omitempty"`
		Note     string     `json:"note,omitempty" maxLength:"8000"`
	}
}

func (s *Service) postSwap(ctx context.Context, in *swapIn) (*web.Out[SwapView], error) {
	a, team, err := on(ctx, "team", in.Team)
	if err != nil {
		return nil, err
	}
	w := Swap{WorkspaceID: a.Workspace, Team: team, From: clock.At(in.Body.From), To: clock.At(in.Body.To), Note: in.Body.Note}
	if w.Layer, err = id.Decode("lay", in.Body.Layer); err != nil {
		return nil, err
	}
	if w.Other, err = id.Decode("per", in.Body.With); err != nil {
		return nil, err
	}
	if in.Body.BackFrom != nil && in.Body.BackTo != nil {
		w.BackFrom, w.BackTo = clock.At(*in.Body.BackFrom), clock.At(*in.Body.BackTo)
	}
	if w, err = s.Offer(ctx, a, w); err != nil {
		return nil, err
	}
	return s.swapOut(ctx, a, w)
}

func (s *Service) swapOut(ctx context.Context, a actor.Actor, w Swap) (*web.Out[SwapView], error) {
	who, err := s.people.Refs(ctx, s.db, a.Workspace, []id.ID{w.Asker, w.Other})
	return &web.Out[SwapView]{Body: w.view(a, who)}, err
}

type swapDecision struct {
	Swap string `path:"swap"`
	Body *struct{}
}

func (s *Service) decided(do func(context.Context, actor.Actor, id.ID) (Swap, error)) func(context.Context, *swapDecision) (*web.Out[SwapView], error) {
	return func(ctx context.Context, in *swapDecision) (*web.Out[SwapView], error) {
		a, x, err := on(ctx, "swap", in.Swap)
		if err != nil {
			return nil, err
		}
		w, err := do(ctx, a, x)
		if err != nil {
			return nil, err
		}
		return s.swapOut(ctx, a, w)
	}
}

type handoverIn struct {
	Handover string `path:"handover"`
	Body     struct {
		GoingOn string `json:"going_on" maxLength:"8000" doc:"What is going on."`
		Watch   string `json:"watch,omitempty" maxLength:"8000" doc:"What is to be watched."`
	}
}

func (s *Service) putHandover(ctx context.Context, in *handoverIn) (*web.Out[HandoverView], error) {
	a, x, err := on(ctx, "hand", in.Handover)
	if err != nil {
		return nil, err
	}
	h, err := s.Write(ctx, a, x, in.Body.GoingOn, in.Body.Watch)
	if err != nil {
		return nil, err
	}
	who, err := s.people.Refs(ctx, s.db, a.Workspace, []id.ID{h.From, h.To})
	return &web.Out[HandoverView]{Body: h.view(a, who)}, err
}

// MineView is what duty asks of the reader.
type MineView struct {
	On       []NowView      `json:"on" nullable:"false" doc:"Teams that you are on duty for now."`
	Owed     []HandoverView `json:"owed" nullable:"false" doc:"Handover notes asked of you."`
	Received []HandoverView `json:"received" nullable:"false" doc:"The notes with which your present duty began."`
	Swaps    []SwapView     `json:"swaps" nullable:"false" doc:"Offered to you."`
}

func (s *Service) getMine(ctx context.Context, _ *struct{}) (*web.Out[MineView], error) {
	a, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	m, err := s.Mine(ctx, a)
	if err != nil {
		return nil, err
	}
	var named []id.ID
	for _, n := range m.On {
		named = append(named, n.Shift.Person, n.Next.Person)
	}
	for _, h := range append(append([]Handover{}, m.Owed...), m.Received...) {
		named = append(named, h.From, h.To)
	}
	for _, w := range m.Swaps {
		named = append(named, w.Asker, w.Other)
	}
	who, err := s.people.Refs(ctx, s.db, a.Workspace, named)
	if err != nil {
		return nil, err
	}
	out := MineView{On: []NowView{}, Owed: []HandoverView{}, Received: []HandoverView{}, Swaps: []SwapView{}}
	for _, n := range m.On {
		out.On = append(out.On, n.view(who))
	}
	for _, h := range m.Owed {
		out.Owed = append(out.Owed, h.viewIn(a, who, m.TeamsByID[h.Team]))
	}
	for _, h := range m.Received {
		out.Received = append(out.Received, h.viewIn(a, who, m.TeamsByID[h.Team]))
	}
	for _, w := range m.Swaps {
		v := w.view(a, who)
		v.Team = refOf(m.TeamsByID[w.Team])
		out.Swaps = append(out.Swaps, v)
	}
	return &web.Out[MineView]{Body: out}, nil
}

func (s *Service) getAll(ctx context.Context, _ *struct{}) (*web.Out[web.Page[NowView]], error) {
	a, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	list, err := s.Everywhere(ctx, a)
	if err != nil {
		return nil, err
	}
	var named []id.ID
	for _, n := range list {
		named = append(named, n.Shift.Person, n.Next.Person)
	}
	who, err := s.people.Refs(ctx, s.db, a.Workspace, named)
	if err != nil {
		return nil, err
	}
	page := web.Page[NowView]{Items: []NowView{}}
	for _, n := range list {
		page.Items = append(page.Items, n.view(who))
	}
	return &web.Out[web.Page[NowView]]{Body: page}, nil
}

func refOf(t people.Team) TeamView {
	return TeamView{ID: id.Encode("team", t.ID), Name: t.Name, Handle: t.Handle}
}
