package asks

import (
	"context"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
	"example.org/meantime/worktime"
)

// ForecastView is a forecast as the API writes it.
type ForecastView struct {
	People   []OutlookView `json:"people" nullable:"false"`
	First    *time.Time    `json:"first" doc:"The first is reached."`
	AllBy    *time.Time    `json:"all_by" doc:"All can have answered; null when somebody cannot be reached."`
	EnoughBy *time.Time    `json:"enough_by" doc:"As many as are needed can have answered."`
	Without  *WithoutView  `json:"without"`
	Warnings []string      `json:"warnings" nullable:"false"`
	Page     *PageView     `json:"page" doc:"Whom asking this would page, and what it costs; null unless it is urgent."`
	Window   string        `json:"window" doc:"The window this was computed with: the usual one when none was said; empty with a deadline."`
	AgreedBy string        `json:"agreed_by" doc:"The team whose working agreement says so; empty for the space's own window, or the one given."`
}

// OutlookView is one person of a forecast.
type OutlookView struct {
	Person       people.PersonRef `json:"person"`
	Reach        *time.Time       `json:"reach"`
	Due          *time.Time       `json:"due"`
	ReachLocal   string           `json:"reach_local" doc:"On the person's own clock: Mon 09:00."`
	DueLocal     string           `json:"due_local"`
	Unreachable  bool             `json:"unreachable"`
	Away         *AwayView        `json:"away"`
	Holiday      *HolidayView     `json:"holiday"`
	OutsideHours bool             `json:"outside_hours"`
	Short        bool             `json:"short"`
}

// AwayView is an absence before the due.
type AwayView struct {
	From    time.Time         `json:"from"`
	To      time.Time         `json:"to"`
	Reason  string            `json:"reason"`
	StandIn *people.PersonRef `json:"stand_in"`
	Back    *time.Time        `json:"back" doc:"When they work again; null when no hour of theirs is in sight."`
	Instead *InsteadView      `json:"instead" doc:"The stand-in, when they can be asked instead."`
}

// InsteadView is a stand-in as if they were asked.
type InsteadView struct {
	Person     people.PersonRef `json:"person"`
	Reach      *time.Time       `json:"reach"`
	Due        *time.Time       `json:"due"`
	ReachLocal string           `json:"reach_local"`
}

// HolidayView is a holiday before the due.
type HolidayView struct {
	Date string `json:"date"`
	Name string `json:"name"`
}

// WithoutView says whom to leave out for an earlier answer.
type WithoutView struct {
	Person        people.PersonRef `json:"person"`
	AllBy         time.Time        `json:"all_by"`
	SoonerMinutes int64            `json:"sooner_minutes" doc:"0 when the person cannot be reached at all."`
}

func (s *Service) routesForecast(api *web.API) {
	type forecastIn struct {
		Body struct {
			To       ToIn       `json:"to"`
			Space    string     `json:"space,omitempty"`
			Kind     string     `json:"kind,omitempty"`
			Window   string     `json:"window,omitempty" maxLength:"16"`
			Deadline *time.Time `json:"deadline,omitempty"`
			Urgency  string     `json:"urgency,omitempty"`
			Need     Need       `json:"need,omitempty"`
		}
	}
	web.Handle(api, web.Op{Method: "POST", Path: "/forecasts", ID: "forecast", Summary: "When people would be reached, and by when all can have answered.", Tag: tag, Status: 200},
		func(ctx context.Context, in *forecastIn) (*web.Out[ForecastView], error) {
			a, err := actor.From(ctx)
			if err != nil {
				return nil, err
			}
			ask := Question{Kind: Kind(in.Body.Kind), Window: in.Body.Window, Deadline: instant(in.Body.Deadline), Urgency: worktime.Urgency(in.Body.Urgency), Need: string(in.Body.Need)}
			if ask.People, ask.Teams, err = in.Body.To.read(); err != nil {
				return nil, err
			}
			if ask.Duty, err = in.Body.To.duty(); err != nil {
				return nil, err
			}
			if in.Body.Space != "" {
				if ask.Space, err = id.Decode("sp", in.Body.Space); err != nil {
					return nil, err
				}
			}
			return s.forecastOut(ctx, a, ask)
		})
}

func (s *Service) forecastOut(ctx context.Context, a actor.Actor, ask Question) (*web.Out[ForecastView], error) {
	f, err := s.Forecast(ctx, s.db, a, ask)
	if err != nil {
		return nil, err
	}
	var named []id.ID
	for _, o := range f.People {
		named = append(named, o.Person)
		if o.Away != nil {
			named = append(named, o.Away.StandIn)
		}
	}
	named = append(named, f.Page.everybody()...)
	who, err := s.people.Refs(ctx, s.db, a.Workspace, unique(named))
	if err != nil {
		return nil, err
	}
	return &web.Out[ForecastView]{Body: f.view(s.db.Clock().Now(), who)}, nil
}

func (f Forecast) view(now clock.Instant, who map[id.ID]people.PersonRef) ForecastView {
	v := ForecastView{
		People: []OutlookView{}, First: f.First.Pointer(), AllBy: f.AllBy.Pointer(), EnoughBy: f.EnoughBy.Pointer(), Warnings: f.Warnings,
		Window: f.Window, AgreedBy: f.AgreedBy,
	}
	for _, o := range f.People {
		v.People = append(v.People, o.view(now, who))
	}
	v.Page = f.Page.view(who)
	if w := f.Without; w != nil {
		v.Without = &WithoutView{Person: who[w.Person], AllBy: w.AllBy.Time(), SoonerMinutes: int64(w.Sooner / time.Minute)}
	}
	return v
}

func (o Outlook) view(now clock.Instant, who map[id.ID]people.PersonRef) OutlookView {
	v := OutlookView{
		Person: who[o.Person], Reach: o.Reach.Pointer(), Due: o.Due.Pointer(), Unreachable: o.Reach.IsZero(),
		ReachLocal: Local(o.Schedule, now, o.Reach), DueLocal: Local(o.Schedule, now, o.Due),
		OutsideHours: o.OutsideHours, Short: o.Short,
	}
	if o.Away != nil {
		v.Away = &AwayView{From: o.Away.From.Time(), To: o.Away.To.Time(), Reason: o.Away.Reason, StandIn: ref(who, o.Away.StandIn), Back: o.Back.Pointer()}
		if in := o.Instead; in != nil {
			v.Away.Instead = &InsteadView{Person: who[in.Person], Reach: in.Reach.Pointer(), Due: in.Due.Pointer(), ReachLocal: Local(in.Schedule, now, in.Reach)}
		}
	}
	if o.Holiday != nil {
		v.Holiday = &HolidayView{Date: o.Holiday.Date, Name: o.Holiday.Name}
	}
	return v
}
