package asks

import (
	"context"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

// AwayOwingView is something that would be due during an absence.
type AwayOwingView struct {
	Ask     AskView           `json:"ask"`
	Due     time.Time         `json:"due" doc:"When it would be due if you were not away."`
	Now     *time.Time        `json:"now" doc:"When it is due as things stand."`
	Moved   bool              `json:"moved" doc:"The absence moved the due; the asker was told of it."`
	Told    bool              `json:"told" doc:"You told the asker."`
	StandIn *people.PersonRef `json:"stand_in" doc:"Whoever stands in, if they can be given this."`
}

// AskAwayView is an addressee who is away before the due.
type AskAwayView struct {
	Person people.PersonRef `json:"person"`
	Away   AskAbsenceView   `json:"away"`
}

// AskAbsenceView is an absence, with whoever can be asked instead.
type AskAbsenceView struct {
	From    time.Time         `json:"from"`
	To      time.Time         `json:"to"`
	Reason  string            `json:"reason"`
	StandIn *people.PersonRef `json:"stand_in"`
	May     bool              `json:"may" doc:"The stand-in can be asked instead."`
}

func (s *Service) routesAway(api *web.API) {
	type absenceIn struct {
		Absence string `path:"absence"`
	}
	web.Handle(api, web.Op{Method: "GET", Path: "/me/absences/{absence}/asks", ID: "dueWhileAway", Summary: "What you owe that would be due during an absence of yours.", Tag: tag},
		func(ctx context.Context, in *absenceIn) (*web.Out[web.Page[AwayOwingView]], error) {
			a, err := actor.From(ctx)
			if err != nil {
				return nil, err
			}
			x, err := id.Decode("abs", in.Absence)
			if err != nil {
				return nil, err
			}
			return s.dueWhileAwayOut(ctx, a, x)
		})

	type awayNoticeIn struct {
		AskIn
		Body struct {
			Absence string `json:"absence" doc:"One of your own."`
			Note    string `json:"note,omitempty" maxLength:"8000"`
		}
	}
	web.Handle(api, web.Op{Method: "POST", Path: "/asks/{ask}/absence-notice", ID: "tellAway", Summary: "Tell the asker that you are away when it would be due.", Tag: tag},
		func(ctx context.Context, in *awayNoticeIn) (*web.Out[AskView], error) {
			a, x, err := in.acting(ctx)
			if err != nil {
				return nil, err
			}
			absence, err := id.Decode("abs", in.Body.Absence)
			if err != nil {
				return nil, err
			}
			ask, err := s.TellAway(ctx, a, x, absence, in.Body.Note)
			return s.show(ctx, a, ask, err)
		})
	s.routesInstead(api)
}

// routesInstead are for the asker of somebody who is away.
func (s *Service) routesInstead(api *web.API) {
	web.Handle(api, web.Op{Method: "GET", Path: "/asks/{ask}/absences", ID: "askAbsences", Summary: "Who of those you asked is away before the due, and who stands in.", Tag: tag},
		func(ctx context.Context, in *AskIn) (*web.Out[web.Page[AskAwayView]], error) {
			a, x, err := in.acting(ctx)
			if err != nil {
				return nil, err
			}
			_, list, err := s.AwayOf(ctx, s.db, a, x)
			if err != nil {
				return nil, err
			}
			items, err := s.awayOut(ctx, a, list)
			return &web.Out[web.Page[AskAwayView]]{Body: web.Page[AskAwayView]{Items: items}}, err
		})

	type reassignIn struct {
		AskIn
		Body struct {
			From string `json:"from" doc:"The person who is let off."`
			To   string `json:"to" doc:"The person who is asked instead."`
		}
	}
	web.Handle(api, web.Op{Method: "POST", Path: "/asks/{ask}/reassignment", ID: "reassignAsk", Summary: "Ask somebody else in the place of one who has not answered.", Tag: tag},
		func(ctx context.Context, in *reassignIn) (*web.Out[AskView], error) {
			a, x, err := in.acting(ctx)
			if err != nil {
				return nil, err
			}
			from, err := id.Decode("per", in.Body.From)
			if err != nil {
				return nil, err
			}
			to, err := id.Decode("per", in.Body.To)
			if err != nil {
				return nil, err
			}
			ask, err := s.Reassign(ctx, a, x, from, to)
			return s.show(ctx, a, ask, err)
		})
}

func (s *Service) dueWhileAwayOut(ctx context.Context, a actor.Actor, absence id.ID) (*web.Out[web.Page[AwayOwingView]], error) {
	x, list, err := s.DueWhileAway(ctx, s.db, a, absence)
	if err != nil {
		return nil, err
	}
	asked := make([]Ask, 0, len(list))
	for _, o := range list {
		asked = append(asked, o.Ask)
	}
	views, err := s.Views(ctx, s.db, a, asked)
	if err != nil {
		return nil, err
	}
	who, err := s.people.Refs(ctx, s.db, a.Workspace, []id.ID{x.StandIn})
	if err != nil {
		return nil, err
	}
	page := web.Page[AwayOwingView]{Items: []AwayOwingView{}}
	for i, v := range views {
		o := list[i]
		one := AwayOwingView{Ask: v, Due: o.Due.Time(), Now: o.Mine.By().Pointer(), Moved: o.Moved, Told: o.Told}
		if o.MayStand {
			one.StandIn = ref(who, x.StandIn)
		}
		page.Items = append(page.Items, one)
	}
	return &web.Out[web.Page[AwayOwingView]]{Body: page}, nil
}

func (s *Service) awayOut(ctx context.Context, a actor.Actor, list []Away) ([]AskAwayView, error) {
	var named []id.ID
	for _, x := range list {
		named = append(named, x.Absence.Person, x.Absence.StandIn)
	}
	who, err := s.people.Refs(ctx, s.db, a.Workspace, unique(named))
	out := []AskAwayView{}
	for _, x := range list {
		y := x.Absence
		out = append(out, AskAwayView{Person: who[y.Person], Away: AskAbsenceView{
			From: y.From.Time(), To: y.To.Time(), Reason: y.Reason, StandIn: ref(who, y.StandIn), May: x.May,
		}})
	}
	return out, err
}
