package calendars

import (
	"context"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

// SubscriptionOut is a calendar that one reads in, in the API. Its address is not
// told again: it is often a secret.
type SubscriptionOut struct {
	ID          string     `json:"id"`
	Kind        string     `json:"kind" enum:"busy,meetings"`
	Source      string     `json:"source" enum:"ics,caldav"`
	Name        string     `json:"name"`
	Host        string     `json:"host" doc:"Where it comes from; the rest of the address is not told again."`
	Username    string     `json:"username"`
	Focus       bool       `json:"counts_as_focus" doc:"Nothing interrupts while it says busy."`
	Events      int64      `json:"events" doc:"How many are known."`
	Problem     string     `json:"problem" doc:"Why it could not be read the last time; empty when it could."`
	Note        string     `json:"note" doc:"What was left out; empty when nothing was."`
	RefreshedAt *time.Time `json:"refreshed_at" doc:"When it was last read."`
	NextAt      time.Time  `json:"next_at" doc:"When it is read next."`
}

func out(c Subscription) SubscriptionOut {
	return SubscriptionOut{
		ID: id.Encode("sub", c.ID), Kind: c.Kind, Source: c.Source, Name: c.Name, Host: c.Host(), Username: c.Username, Focus: c.Focus,
		Events: c.Events, Problem: c.Problem, Note: c.Note, RefreshedAt: c.RefreshedAt.Pointer(), NextAt: c.RefreshAt.Time(),
	}
}

// EventOut is what takes place, in the API, for the owner of the calendar.
type EventOut struct {
	Start  time.Time `json:"start"`
	End    time.Time `json:"end"`
	AllDay bool      `json:"all_day"`
	Busy   bool      `json:"busy"`
	Title  string    `json:"title" doc:"Empty for calendars that are read for busy times alone."`
}

type oneIn struct {
	Subscription string `path:"subscription"`
}

// Routes registers the operations.
func (s *Service) Routes(api *web.API) {
	web.Handle(api, web.Op{Method: "GET", Path: "/me/subscriptions", ID: "listSubscriptions", Summary: "The calendars that one reads in.", Tag: "calendars"}, s.getSubscriptions)
	web.Handle(api, web.Op{Method: "POST", Path: "/me/subscriptions", ID: "subscribeCalendar", Summary: "Read in a calendar of one's own: an iCalendar address or a CalDAV collection.", Tag: "calendars"}, s.postSubscription)
	web.Handle(api, web.Op{Method: "PATCH", Path: "/me/subscriptions/{subscription}", ID: "changeSubscription", Summary: "Rename a calendar, or let it count as focus or not.", Tag: "calendars"}, s.patchSubscription)
	web.Handle(api, web.Op{Method: "DELETE", Path: "/me/subscriptions/{subscription}", ID: "unsubscribeCalendar", Summary: "Read a calendar in no more, and forget what was in it.", Tag: "calendars", Status: 204}, s.deleteSubscription)
	web.Handle(api, web.Op{Method: "POST", Path: "/me/subscriptions/{subscription}/refreshes", ID: "refreshSubscription", Summary: "Read a calendar again now.", Tag: "calendars"}, s.postRefresh)
	web.Handle(api, web.Op{Method: "GET", Path: "/me/subscriptions/{subscription}/events", ID: "listSubscriptionEvents", Summary: "What takes place in a calendar from now on.", Tag: "calendars"}, s.getEvents)
	s.routesFeeds(api)
}

func (s *Service) getSubscriptions(ctx context.Context, _ *struct{}) (*web.Out[web.Page[SubscriptionOut]], error) {
	a, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	list, err := s.Subscriptions(ctx, s.db, a)
	page := web.Page[SubscriptionOut]{Items: []SubscriptionOut{}}
	for _, c := range list {
		page.Items = append(page.Items, out(c))
	}
	return &web.Out[web.Page[SubscriptionOut]]{Body: page}, err
}

type subscribeIn struct {
	Body struct {
		Kind     string `json:"kind" enum:"busy,meetings" doc:"busy keeps no titles; meetings keeps them for you alone."`
		Source   string `json:"source" enum:"ics,caldav"`
		Name     string `json:"name,omitempty" maxLength:"120"`
		URL      string `json:"url" minLength:"1" maxLength:"2000"`
		Username string `json:"username,omitempty" maxLength:"320"`
		Password string `json:"password,omitempty" maxLength:"500" doc:"An app password, sent to that address alone and never shown again."`
		Focus    bool   `json:"counts_as_focus,omitempty"`
	}
}

func (s *Service) postSubscription(ctx context.Context, in *subscribeIn) (*web.Out[SubscriptionOut], error) {
	a, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	b := in.Body
	c, err := s.Subscribe(ctx, a, NewSubscription{b.Kind, b.Source, b.Name, b.URL, b.Username, b.Password, b.Focus})
	return &web.Out[SubscriptionOut]{Body: out(c)}, err
}

type patchIn struct {
	Subscription string `path:"subscription"`
	Body         struct {
		Name  *string `json:"name,omitempty" maxLength:"120"`
		Focus *bool   `json:"counts_as_focus,omitempty"`
	}
}

func (s *Service) patchSubscription(ctx context.Context, in *patchIn) (*web.Out[SubscriptionOut], error) {
	a, sub, err := mineOf(ctx, in.Subscription)
	if err != nil {
		return nil, err
	}
	if err := s.Change(ctx, a, sub, in.Body.Name, in.Body.Focus); err != nil {
		return nil, err
	}
	return s.oneOut(ctx, a, sub)
}

func (s *Service) deleteSubscription(ctx context.Context, in *oneIn) (*web.None, error) {
	a, sub, err := mineOf(ctx, in.Subscription)
	if err != nil {
		return nil, err
	}
	return &web.None{}, s.Unsubscribe(ctx, a, sub)
}

func (s *Service) postRefresh(ctx context.Context, in *oneIn) (*web.Out[SubscriptionOut], error) {
	a, sub, err := mineOf(ctx, in.Subscription)
	if err != nil {
		return nil, err
	}
	if err := s.TryAgain(ctx, a, sub); err != nil {
		return nil, err
	}
	return s.oneOut(ctx, a, sub)
}

func (s *Service) getEvents(ctx context.Context, in *oneIn) (*web.Out[web.Page[EventOut]], error) {
	a, sub, err := mineOf(ctx, in.Subscription)
	if err != nil {
		return nil, err
	}
	list, err := s.Events(ctx, s.db, a, sub, s.now())
	page := web.Page[EventOut]{Items: []EventOut{}}
	for _, e := range list {
		page.Items = append(page.Items, EventOut{e.StartAt.Time(), e.EndAt.Time(), e.AllDay, e.Busy, e.Title})
	}
	return &web.Out[web.Page[EventOut]]{Body: page}, err
}

func (s *Service) oneOut(ctx context.Context, a actor.Actor, sub id.ID) (*web.Out[SubscriptionOut], error) {
	c, err := s.Subscription(ctx, s.db, a, sub)
	return &web.Out[SubscriptionOut]{Body: out(c)}, err
}

func mineOf(ctx context.Context, text string) (actor.Actor, id.ID, error) {
	a, err := actor.From(ctx)
	if err != nil {
		return a, id.ID{}, err
	}
	sub, err := id.Decode("sub", text)
	return a, sub, err
}
