package asks

import (
	"context"
	"time"

	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

func (s *Service) routesAddressee(api *web.API) {
	type ackIn struct {
		AskIn
		Body struct {
			PromisedAt *time.Time `json:"promised_at,omitempty" doc:"By when you will have answered."`
		}
	}
	web.Handle(api, web.Op{Method: "POST", Path: "/asks/{ask}/acknowledgement", ID: "acknowledgeAsk", Summary: "Say that you will see to it, perhaps by when.", Tag: tag},
		func(ctx context.Context, in *ackIn) (*web.Out[AskView], error) {
			a, x, err := in.acting(ctx)
			if err != nil {
				return nil, err
			}
			ask, err := s.Acknowledge(ctx, a, x, instant(in.Body.PromisedAt))
			return s.show(ctx, a, ask, err)
		})

	type answerIn struct {
		AskIn
		Body struct {
			Value string `json:"value,omitempty" maxLength:"1200" doc:"approve: yes or no; decide: a choice; do: done; acknowledge: ok."`
			Note  string `json:"note,omitempty" maxLength:"8000"`
		}
	}
	web.Handle(api, web.Op{Method: "POST", Path: "/asks/{ask}/answers", ID: "answerAsk", Summary: "Answer an ask.", Tag: tag},
		func(ctx context.Context, in *answerIn) (*web.Out[AskView], error) {
			a, x, err := in.acting(ctx)
			if err != nil {
				return nil, err
			}
			ask, err := s.Answer(ctx, a, x, Given{Value: in.Body.Value, Note: in.Body.Note})
			return s.show(ctx, a, ask, err)
		})

	web.Handle(api, web.Op{Method: "DELETE", Path: "/asks/{ask}/answers/mine", ID: "undoAnswer", Summary: "Take your own answer back, within ten minutes.", Tag: tag, Status: 200},
		func(ctx context.Context, in *AskIn) (*web.Out[AskView], error) {
			a, x, err := in.acting(ctx)
			if err != nil {
				return nil, err
			}
			ask, err := s.Undo(ctx, a, x)
			return s.show(ctx, a, ask, err)
		})

	s.routesRefusal(api)
}

// routesRefusal are the ways of not answering.
func (s *Service) routesRefusal(api *web.API) {
	type declineIn struct {
		AskIn
		Body struct {
			Reason string `json:"reason" maxLength:"8000"`
		}
	}
	web.Handle(api, web.Op{Method: "POST", Path: "/asks/{ask}/decline", ID: "declineAsk", Summary: "Decline, with a reason.", Tag: tag},
		func(ctx context.Context, in *declineIn) (*web.Out[AskView], error) {
			a, x, err := in.acting(ctx)
			if err != nil {
				return nil, err
			}
			ask, err := s.Decline(ctx, a, x, in.Body.Reason)
			return s.show(ctx, a, ask, err)
		})

	type passIn struct {
		AskIn
		Body struct {
			To   string `json:"to" doc:"The person who gets it."`
			Note string `json:"note,omitempty" maxLength:"8000"`
		}
	}
	web.Handle(api, web.Op{Method: "POST", Path: "/asks/{ask}/passing", ID: "passAsk", Summary: "Pass what you owe on to somebody else.", Tag: tag},
		func(ctx context.Context, in *passIn) (*web.Out[AskView], error) {
			a, x, err := in.acting(ctx)
			if err != nil {
				return nil, err
			}
			to, err := id.Decode("per", in.Body.To)
			if err != nil {
				return nil, err
			}
			ask, err := s.Pass(ctx, a, x, to, in.Body.Note)
			return s.show(ctx, a, ask, err)
		})
}

func (s *Service) routesAsker(api *web.API) {
	type releaseIn struct {
		AskIn
		Body struct {
			People []string `json:"people,omitempty" maxItems:"500" doc:"Everybody who has not answered, when empty."`
		}
	}
	web.Handle(api, web.Op{Method: "POST", Path: "/asks/{ask}/release", ID: "releaseAsk", Summary: "Let people off: some, or the rest.", Tag: tag},
		func(ctx context.Context, in *releaseIn) (*web.Out[AskView], error) {
			a, x, err := in.acting(ctx)
			if err != nil {
				return nil, err
			}
			who, err := id.DecodeAll("per", in.Body.People)
			if err != nil {
				return nil, err
			}
			ask, err := s.Release(ctx, a, x, who)
			return s.show(ctx, a, ask, err)
		})

	type extendIn struct {
		AskIn
		Body struct {
			Window   string     `json:"window,omitempty" maxLength:"16" doc:"Counts from now."`
			Deadline *time.Time `json:"deadline,omitempty"`
		}
	}
	web.Handle(api, web.Op{Method: "POST", Path: "/asks/{ask}/extension", ID: "extendAsk", Summary: "Give more time.", Tag: tag},
		func(ctx context.Context, in *extendIn) (*web.Out[AskView], error) {
			a, x, err := in.acting(ctx)
			if err != nil {
				return nil, err
			}
			ask, err := s.Extend(ctx, a, x, in.Body.Window, instant(in.Body.Deadline))
			return s.show(ctx, a, ask, err)
		})

	type remindIn struct {
		AskIn
		Body *struct{}
	}
	web.Handle(api, web.Op{Method: "POST", Path: "/asks/{ask}/reminder", ID: "remindAsk", Summary: "Remind whoever has not answered, once each.", Tag: tag},
		func(ctx context.Context, in *remindIn) (*web.Out[AskView], error) {
			a, x, err := in.acting(ctx)
			if err != nil {
				return nil, err
			}
			ask, err := s.Remind(ctx, a, x)
			return s.show(ctx, a, ask, err)
		})
}
