package boundaries

import (
	"context"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

// BoundariesOut is what the reader alone is told about themselves.
type BoundariesOut struct {
	Closes  bool         `json:"closes" doc:"The pages close outside your hours."`
	Since   time.Time    `json:"since"`
	Acts    int          `json:"acts" doc:"What you did since then: posts, answers, asks and the like. Reading does not count."`
	Outside int          `json:"outside" doc:"Of those outside your hours, more than a quarter of an hour beside them."`
	Days    []OutsideOut `json:"days" nullable:"false"`
	Often   bool         `json:"often" doc:"On four days or more."`
	Met     int          `json:"met" doc:"Meetings of your own calendars since then, on days that you worked."`
	Clashes []ClashOut   `json:"clashes" nullable:"false" doc:"For each of your teams that keeps time free of meetings: which of your meetings lie in it."`
}

// OutsideOut is a day with work outside one's hours.
type OutsideOut struct {
	Date  string    `json:"date"`
	Acts  int       `json:"acts"`
	First time.Time `json:"first"`
	Last  time.Time `json:"last"`
}

// ClashOut is what of your meetings lies in time that a team keeps free of them.
type ClashOut struct {
	Team  string       `json:"team"`
	Name  string       `json:"name"`
	Past  []MeetingOut `json:"past" nullable:"false" doc:"Of the last fourteen days."`
	Ahead []MeetingOut `json:"ahead" nullable:"false" doc:"Of the fourteen to come."`
}

// MeetingOut is a meeting of your own calendars.
type MeetingOut struct {
	Title string    `json:"title"`
	Start time.Time `json:"start"`
	End   time.Time `json:"end"`
}

func meetings(list []Meeting) []MeetingOut {
	out := make([]MeetingOut, 0, len(list))
	for _, m := range list {
		out = append(out, MeetingOut{m.Title, m.Start.Time(), m.End.Time()})
	}
	return out
}

// SuggestionOut is a stretch of the week that could be kept free.
type SuggestionOut struct {
	Weekday string `json:"weekday" enum:"mon,tue,wed,thu,fri,sat,sun"`
	From    string `json:"from" doc:"On your own clock: 09:00."`
	To      string `json:"to"`
	Why     string `json:"why"`
}

// Routes registers the operations. None of them names anybody: they answer whoever
// asks about themselves, and there is no other way to these numbers.
func (s *Service) Routes(api *web.API) {
	const tag = "boundaries"
	web.Handle(api, web.Op{Method: "GET", Path: "/me/boundaries", ID: "getBoundaries", Summary: "How much you work outside your own hours. Nobody else is told.", Tag: tag}, s.get)
	web.Handle(api, web.Op{Method: "PUT", Path: "/me/boundaries", ID: "setBoundaries", Summary: "Let the pages close outside your hours, or not.", Tag: tag}, s.put)
	web.Handle(api, web.Op{Method: "GET", Path: "/me/focus-suggestions", ID: "focusSuggestions", Summary: "Hours you could keep free, by what you do when. Nobody else is told.", Tag: tag}, s.suggestions)
}

func (s *Service) get(ctx context.Context, _ *struct{}) (*web.Out[BoundariesOut], error) {
	a, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	m, err := s.Mirror(ctx, s.db, a)
	if err != nil {
		return nil, err
	}
	out := BoundariesOut{Since: m.Since.Time(), Acts: m.Acts, Outside: m.Outside, Often: m.Often, Days: []OutsideOut{}, Clashes: []ClashOut{}}
	for _, d := range m.Days {
		out.Days = append(out.Days, OutsideOut{d.Date, d.Acts, d.First.Time(), d.Last.Time()})
	}
	clashes, met, err := s.Clashes(ctx, s.db, a)
	if err != nil {
		return nil, err
	}
	out.Met = met
	for _, c := range clashes {
		out.Clashes = append(out.Clashes, ClashOut{id.Encode("team", c.Team), c.Name, meetings(c.Past), meetings(c.Ahead)})
	}
	out.Closes, err = s.Closes(ctx, s.db, a.Workspace, a.Person)
	return &web.Out[BoundariesOut]{Body: out}, err
}

type closesIn struct {
	Body struct {
		Closes bool `json:"closes"`
	}
}

func (s *Service) put(ctx context.Context, in *closesIn) (*web.Out[BoundariesOut], error) {
	a, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.SetCloses(ctx, a, in.Body.Closes); err != nil {
		return nil, err
	}
	return s.get(ctx, nil)
}

func (s *Service) suggestions(ctx context.Context, _ *struct{}) (*web.Out[web.Page[SuggestionOut]], error) {
	a, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	list, err := s.Suggestions(ctx, s.db, a)
	page := web.Page[SuggestionOut]{Items: []SuggestionOut{}}
	for _, x := range list {
		page.Items = append(page.Items, SuggestionOut{x.Weekday, x.From, x.To, x.Why()})
	}
	return &web.Out[web.Page[SuggestionOut]]{Body: page}, err
}
