package people

import (
	"context"
	"slices"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

// CalendarOut is a holiday calendar in the API.
type CalendarOut struct {
	ID        string    `json:"id"`
	Name      string    `json:"name"`
	URL       string    `json:"url" doc:"Where it is read from once a day; empty for a file."`
	Days      []Day     `json:"days" nullable:"false"`
	UpdatedAt time.Time `json:"updated_at"`
	Problem   string    `json:"problem" doc:"Why it could not be read the last time; the days are those of the time before."`
	Mine      bool      `json:"mine" doc:"Its holidays are one's own."`
}

func calendarOut(c Calendar, mine bool) CalendarOut {
	days := c.Days.V
	if days == nil {
		days = []Day{}
	}
	return CalendarOut{
		ID: id.Encode("cal", c.ID), Name: c.Name, URL: c.URL, Days: days,
		UpdatedAt: c.UpdatedAt.Time(), Problem: c.Problem, Mine: mine,
	}
}

func (s *Service) calendarsOut(ctx context.Context, a actor.Actor, mineOnly bool) (*web.Out[web.Page[CalendarOut]], error) {
	list, mine, err := s.Calendars(ctx, s.db, a)
	if err != nil {
		return nil, err
	}
	page := web.Page[CalendarOut]{Items: []CalendarOut{}}
	for _, c := range list {
		followed := slices.Contains(mine, c.ID)
		if followed || !mineOnly {
			page.Items = append(page.Items, calendarOut(c, followed))
		}
	}
	return &web.Out[web.Page[CalendarOut]]{Body: page}, nil
}

func (s *Service) routesCalendars(api *web.API) {
	web.Handle(api, web.Op{Method: "GET", Path: "/calendars", ID: "listCalendars", Summary: "The workspace's holiday calendars.", Tag: "people"},
		func(ctx context.Context, _ *struct{}) (*web.Out[web.Page[CalendarOut]], error) {
			a, err := actor.From(ctx)
			if err != nil {
				return nil, err
			}
			return s.calendarsOut(ctx, a, false)
		})

	type addCalendarIn struct {
		Body struct {
			Name string `json:"name" minLength:"1" maxLength:"200"`
			URL  string `json:"url,omitempty" maxLength:"2000" doc:"An address that begins with https:// or http://."`
			ICS  string `json:"ics,omitempty" maxLength:"2097152" doc:"The text of an iCalendar file."`
		}
	}
	web.Handle(api, web.Op{Method: "POST", Path: "/calendars", ID: "addCalendar", Summary: "Add a holiday calendar from a file or an address.", Tag: "people", Max: 4 << 20},
		func(ctx context.Context, in *addCalendarIn) (*web.Out[CalendarOut], error) {
			a, err := actor.From(ctx)
			if err != nil {
				return nil, err
			}
			c, err := s.AddCalendar(ctx, a, NewCalendar{Name: in.Body.Name, URL: in.Body.URL, ICS: in.Body.ICS})
			return &web.Out[CalendarOut]{Body: calendarOut(c, false)}, err
		})

	type oneIn struct {
		Calendar string `path:"calendar"`
	}
	web.Handle(api, web.Op{Method: "DELETE", Path: "/calendars/{calendar}", ID: "removeCalendar", Summary: "Remove a holiday calendar. For owners and admins.", Tag: "people", Status: 204},
		func(ctx context.Context, in *oneIn) (*web.None, error) {
			a, x, err := actorAnd(ctx, "cal", in.Calendar)
			if err != nil {
				return nil, err
			}
			return &web.None{}, s.RemoveCalendar(ctx, a, x)
		})
	s.routesFollowing(api)
}

func (s *Service) routesFollowing(api *web.API) {
	type followCalendarsIn struct {
		Body struct {
			Calendars []string `json:"calendars" maxItems:"100" nullable:"false"`
		}
	}
	web.Handle(api, web.Op{Method: "PUT", Path: "/me/calendars", ID: "followCalendars", Summary: "Choose whose holidays are one's own.", Tag: "people"},
		func(ctx context.Context, in *followCalendarsIn) (*web.Out[[]CalendarOut], error) {
			a, err := actor.From(ctx)
			if err != nil {
				return nil, err
			}
			list, err := id.DecodeAll("cal", in.Body.Calendars)
			if err != nil {
				return nil, err
			}
			if err := s.FollowCalendars(ctx, a, list); err != nil {
				return nil, err
			}
			all, err := s.calendarsOut(ctx, a, true)
			if err != nil {
				return nil, err
			}
			return &web.Out[[]CalendarOut]{Body: all.Body.Items}, nil
		})
}
