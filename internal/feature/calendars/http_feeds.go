package calendars

import (
	"context"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

// FeedOut is one of one's own feeds in the API, without its secret.
type FeedOut struct {
	ID     string     `json:"id"`
	Kind   string     `json:"kind" enum:"mine,team,caldav"`
	Team   string     `json:"team" doc:"Empty unless it is a team's."`
	MadeAt time.Time  `json:"made_at"`
	ReadAt *time.Time `json:"read_at" doc:"When a program last read it, to the hour."`
}

// FreshFeed is a feed that was made just now, with what opens it.
type FreshFeed struct {
	FeedOut
	URL      string `json:"url" doc:"Whoever has this address can read the calendar. Told this once."`
	Username string `json:"username" doc:"For caldav: what to sign in as."`
	Password string `json:"password" doc:"For caldav: opens the calendars and nothing else. Told this once."`
}

func feedOut(f Feed) FeedOut {
	return FeedOut{ID: id.Encode("feed", f.ID), Kind: f.Kind, Team: id.Encode("team", f.TeamID), MadeAt: f.MadeAt.Time(), ReadAt: f.ReadAt.Pointer()}
}

func (s *Service) routesFeeds(api *web.API) {
	web.Handle(api, web.Op{Method: "GET", Path: "/me/feeds", ID: "listFeeds", Summary: "The feeds by which calendar programs read for one.", Tag: "calendars"}, s.getFeeds)
	web.Handle(api, web.Op{Method: "POST", Path: "/me/feeds", ID: "makeFeed", Summary: "Make a feed, or give it a new secret; the one before opens nothing.", Tag: "calendars", Secret: true}, s.postFeed)
	web.Handle(api, web.Op{Method: "DELETE", Path: "/me/feeds/{feed}", ID: "endFeed", Summary: "Switch a feed off.", Tag: "calendars", Status: 204}, s.deleteFeedOp)
}

func (s *Service) getFeeds(ctx context.Context, _ *struct{}) (*web.Out[web.Page[FeedOut]], error) {
	a, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	list, err := s.Feeds(ctx, s.db, a)
	page := web.Page[FeedOut]{Items: []FeedOut{}}
	for _, f := range list {
		page.Items = append(page.Items, feedOut(f))
	}
	return &web.Out[web.Page[FeedOut]]{Body: page}, err
}

type makeFeedIn struct {
	Body struct {
		Kind string `json:"kind" enum:"mine,team,caldav"`
		Team string `json:"team,omitempty" doc:"For a team's."`
	}
}

func (s *Service) postFeed(ctx context.Context, in *makeFeedIn) (*web.Out[FreshFeed], error) {
	a, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	var team id.ID
	if (in.Body.Kind == OfTeam) != (in.Body.Team != "") {
		return nil, fault.New(fault.Invalid, "team_or_not", "Name a team for a team's feed, and for no other.").At("team")
	}
	if in.Body.Team != "" {
		if team, err = id.Decode("team", in.Body.Team); err != nil {
			return nil, err
		}
	}
	f, secret, err := s.MakeFeed(ctx, a, in.Body.Kind, team)
	if err != nil {
		return nil, err
	}
	fresh := FreshFeed{FeedOut: feedOut(f), URL: s.origin + FeedPath + secret + ".ics"}
	if f.Kind == FeedDAV {
		p, err := s.people.Get(ctx, s.db, a.Workspace, a.Person)
		if err != nil {
			return nil, err
		}
		fresh.URL, fresh.Username, fresh.Password = s.origin+davRoot, signInName(p), secret
	}
	return &web.Out[FreshFeed]{Body: fresh}, nil
}

type feedIn struct {
	Feed string `path:"feed"`
}

func (s *Service) deleteFeedOp(ctx context.Context, in *feedIn) (*web.None, error) {
	a, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	feed, err := id.Decode("feed", in.Feed)
	if err != nil {
		return nil, err
	}
	return &web.None{}, s.EndFeed(ctx, a, feed)
}
