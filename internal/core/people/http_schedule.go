package people

import (
	"context"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
	"example.org/meantime/worktime"
)

// ScheduleOut is one's own schedule in the API.
type ScheduleOut struct {
	Spec      worktime.Spec `json:"spec"`
	Version   int64         `json:"version"`
	Calendars []CalendarOut `json:"calendars" nullable:"false" doc:"The holiday calendars one follows."`
	Absences  []AbsenceOut  `json:"absences" nullable:"false"`
	Week      []WeekDay     `json:"week" nullable:"false" doc:"The next fourteen dates."`
}

// TemplateOut is a week of hours to start from.
type TemplateOut struct {
	Key      string        `json:"key"`
	Name     string        `json:"name"`
	Schedule worktime.Spec `json:"schedule"`
}

func (s *Service) routesSchedule(api *web.API) {
	web.Handle(api, web.Op{Method: "GET", Path: "/me/schedule", ID: "mySchedule", Summary: "One's own hours, and what they come to in the next two weeks.", Tag: "people"},
		func(ctx context.Context, _ *struct{}) (*web.Out[ScheduleOut], error) { return s.scheduleOut(ctx) })

	type setScheduleIn struct {
		Body struct {
			Spec    worktime.Spec `json:"spec"`
			Version int64         `json:"version,omitempty" doc:"The version that was changed; a newer one meanwhile is a conflict."`
		}
	}
	web.Handle(api, web.Op{Method: "PUT", Path: "/me/schedule", ID: "setMySchedule", Summary: "Change one's own hours, travel, focus and check times.", Tag: "people", Max: 256 << 10},
		func(ctx context.Context, in *setScheduleIn) (*web.Out[ScheduleOut], error) {
			a, err := actor.From(ctx)
			if err != nil {
				return nil, err
			}
			if err := s.SetMySchedule(ctx, a, in.Body.Spec, in.Body.Version); err != nil {
				return nil, err
			}
			return s.scheduleOut(ctx)
		})

	web.Handle(api, web.Op{Method: "GET", Path: "/schedule-templates", ID: "scheduleTemplates", Summary: "Weeks of hours to start from, in one's own zone.", Tag: "people"},
		func(ctx context.Context, _ *struct{}) (*web.Out[web.Page[TemplateOut]], error) {
			a, err := actor.From(ctx)
			if err != nil {
				return nil, err
			}
			p, err := s.Get(ctx, s.db, a.Workspace, a.Person)
			if err != nil {
				return nil, err
			}
			out := web.Page[TemplateOut]{Items: []TemplateOut{}}
			for _, t := range worktime.Templates() {
				t.Spec.Zone = p.ZoneAt(s.now())
				out.Items = append(out.Items, TemplateOut{t.Key, t.Name, t.Spec})
			}
			return &web.Out[web.Page[TemplateOut]]{Body: out}, nil
		})
}

func (s *Service) scheduleOut(ctx context.Context) (*web.Out[ScheduleOut], error) {
	a, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	m, err := s.MySchedule(ctx, s.db, a)
	if err != nil {
		return nil, err
	}
	out := ScheduleOut{Spec: m.Spec, Version: m.Version, Calendars: []CalendarOut{}, Week: m.Week}
	for _, c := range m.Calendars {
		out.Calendars = append(out.Calendars, calendarOut(c, true))
	}
	out.Absences, err = s.absencesOut(ctx, a, m.Absences)
	return &web.Out[ScheduleOut]{Body: out}, err
}

// AbsenceOut is an absence in the API: two dates, the last one included, or two
// instants, the second one excluded.
type AbsenceOut struct {
	ID      string     `json:"id"`
	From    string     `json:"from"`
	To      string     `json:"to"`
	Reason  string     `json:"reason"`
	StandIn *PersonRef `json:"stand_in"`
}

func (s *Service) absencesOut(ctx context.Context, a actor.Actor, list []Absence) ([]AbsenceOut, error) {
	var ids []id.ID
	for _, x := range list {
		ids = append(ids, x.StandIn)
	}
	refs, err := s.Refs(ctx, s.db, a.Workspace, ids)
	out := make([]AbsenceOut, 0, len(list))
	for _, x := range list {
		o := AbsenceOut{ID: id.Encode("abs", x.ID), From: x.FromDate, To: x.ToDate, Reason: x.Reason}
		if x.FromDate == "" {
			o.From, o.To = x.From.Time().Format(time.RFC3339), x.To.Time().Format(time.RFC3339)
		}
		if r, ok := refs[x.StandIn]; ok {
			o.StandIn = &r
		}
		out = append(out, o)
	}
	return out, err
}

func (s *Service) absenceOut(ctx context.Context, a actor.Actor, x Absence, err error) (*web.Out[AbsenceOut], error) {
	if err != nil {
		return nil, err
	}
	list, err := s.absencesOut(ctx, a, []Absence{x})
	if err != nil {
		return nil, err
	}
	return &web.Out[AbsenceOut]{Body: list[0]}, nil
}

type absenceIn struct {
	Absence string `path:"absence"`
}

func (s *Service) routesAbsences(api *web.API) {
	web.Handle(api, web.Op{Method: "GET", Path: "/me/absences", ID: "myAbsences", Summary: "When one is away.", Tag: "people"},
		func(ctx context.Context, _ *struct{}) (*web.Out[web.Page[AbsenceOut]], error) {
			a, err := actor.From(ctx)
			if err != nil {
				return nil, err
			}
			list, err := s.Absences(ctx, s.db, a.Workspace, a.Person)
			if err != nil {
				return nil, err
			}
			items, err := s.absencesOut(ctx, a, list)
			return &web.Out[web.Page[AbsenceOut]]{Body: web.Page[AbsenceOut]{Items: items}}, err
		})

	type addAbsenceIn struct {
		Body struct {
			From    string `json:"from" maxLength:"40" doc:"A date, or an instant (RFC 3339)."`
			To      string `json:"to" maxLength:"40" doc:"The last date, or the instant at which it ends."`
			Reason  string `json:"reason,omitempty" maxLength:"200" doc:"Everybody in the workspace may read it."`
			StandIn string `json:"stand_in,omitempty"`
		}
	}
	web.Handle(api, web.Op{Method: "POST", Path: "/me/absences", ID: "addAbsence", Summary: "Say that one is away.", Tag: "people"},
		func(ctx context.Context, in *addAbsenceIn) (*web.Out[AbsenceOut], error) {
			a, stand, err := actorAndMaybe(ctx, "per", in.Body.StandIn)
			if err != nil {
				return nil, err
			}
			x, err := s.AddAbsence(ctx, a, NewAbsence{in.Body.From, in.Body.To, in.Body.Reason, stand})
			return s.absenceOut(ctx, a, x, err)
		})
	s.routesAbsenceChanges(api)
}

func (s *Service) routesAbsenceChanges(api *web.API) {
	type changeAbsenceIn struct {
		Absence string `path:"absence"`
		Body    struct {
			From    *string `json:"from,omitempty" maxLength:"40"`
			To      *string `json:"to,omitempty" maxLength:"40"`
			Reason  *string `json:"reason,omitempty" maxLength:"200"`
			StandIn *string `json:"stand_in,omitempty" doc:"Empty for nobody."`
		}
	}
	web.Handle(api, web.Op{Method: "PATCH", Path: "/me/absences/{absence}", ID: "changeAbsence", Summary: "Change one of one's own absences.", Tag: "people"},
		func(ctx context.Context, in *changeAbsenceIn) (*web.Out[AbsenceOut], error) {
			a, x, err := actorAnd(ctx, "abs", in.Absence)
			if err != nil {
				return nil, err
			}
			c := AbsenceChange{From: in.Body.From, To: in.Body.To, Reason: in.Body.Reason}
			if in.Body.StandIn != nil {
				stand, err := maybe("per", *in.Body.StandIn)
				if err != nil {
					return nil, err
				}
				c.StandIn = &stand
			}
			got, err := s.ChangeAbsence(ctx, a, x, c)
			return s.absenceOut(ctx, a, got, err)
		})

	web.Handle(api, web.Op{Method: "DELETE", Path: "/me/absences/{absence}", ID: "removeAbsence", Summary: "Remove one of one's own absences.", Tag: "people", Status: 204},
		func(ctx context.Context, in *absenceIn) (*web.None, error) {
			a, x, err := actorAnd(ctx, "abs", in.Absence)
			if err != nil {
				return nil, err
			}
			return &web.None{}, s.RemoveAbsence(ctx, a, x)
		})
}
