package checkins

import (
	"context"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

func (s *Service) previewRoutes(api *web.API) {
	web.Handle(api, web.Op{Method: "POST", Path: "/checkin-previews", ID: "previewCheckin", Summary: "When each person would be asked next.", Tag: tag, Status: 200}, s.postPreview)
	web.Handle(api, web.Op{Method: "GET", Path: "/checkin-bank", ID: "checkinBank", Summary: "The team questions of the week.", Tag: tag}, s.getBank)
	web.Handle(api, web.Op{Method: "PUT", Path: "/checkins/{checkin}/owner", ID: "takeOverCheckin", Summary: "Have it asked in your name from now on.", Tag: tag}, s.putOwner)
	web.Handle(api, web.Op{Method: "GET", Path: "/me/checkin-reports", ID: "myCheckinReports", Summary: "Your reports of the last days, newest first.", Tag: tag}, s.getMyReports)
}

type checkinPreviewIn struct {
	Body struct {
		Space  string        `json:"space"`
		Team   string        `json:"team,omitempty"`
		People []string      `json:"people,omitempty" maxItems:"500"`
		Rhythm CheckinRhythm `json:"rhythm"`
	}
}

// CheckinPreview is when people would be asked.
type CheckinPreview struct {
	People []CheckinForeseen `json:"people" nullable:"false" doc:"The first forty by name."`
	Asked  int               `json:"asked" doc:"How many would be asked in all."`
}

// CheckinForeseen is when one person would be asked next.
type CheckinForeseen struct {
	Person people.PersonRef `json:"person"`
	Times  []CheckinSlot    `json:"times" nullable:"false" doc:"The next five; fewer when no more are in sight."`
}

// CheckinSlot is one time at which somebody would be asked.
type CheckinSlot struct {
	Date string    `json:"date" doc:"Their own local date."`
	At   time.Time `json:"at"`
	Due  time.Time `json:"due" doc:"The end of that day of theirs."`
}

func (s *Service) postPreview(ctx context.Context, in *checkinPreviewIn) (*web.Out[CheckinPreview], error) {
	a, space, err := on(ctx, "sp", in.Body.Space)
	if err != nil {
		return nil, err
	}
	n, err := CheckinFields{Team: in.Body.Team, People: in.Body.People, Rhythm: &in.Body.Rhythm}.read()
	if err != nil {
		return nil, err
	}
	n.Space = space
	list, all, err := s.Foresee(ctx, s.db, a, n)
	if err != nil {
		return nil, err
	}
	out := CheckinPreview{People: []CheckinForeseen{}, Asked: all}
	for _, f := range list {
		one := CheckinForeseen{Person: f.Person, Times: []CheckinSlot{}}
		for _, slot := range f.Slots {
			one.Times = append(one.Times, CheckinSlot{Date: slot.Date.String(), At: slot.At.Time(), Due: slot.Due.Time()})
		}
		out.People = append(out.People, one)
	}
	return &web.Out[CheckinPreview]{Body: out}, nil
}

func (s *Service) getBank(ctx context.Context, _ *struct{}) (*web.Out[web.Page[string]], error) {
	if _, err := actor.From(ctx); err != nil {
		return nil, err
	}
	return &web.Out[web.Page[string]]{Body: web.Page[string]{Items: append([]string{}, bank...)}}, nil
}

func (s *Service) putOwner(ctx context.Context, in *checkinIn) (*web.Out[CheckinView], error) {
	a, x, err := on(ctx, "chk", in.Checkin)
	if err != nil {
		return nil, err
	}
	c, err := s.TakeOver(ctx, a, x)
	return s.out(ctx, a, c, err)
}

// CheckinMyReport is a report of the reader's own, with the name of its check-in.
type CheckinMyReport struct {
	CheckinReportRef
	Checkin string `json:"checkin"`
	Name    string `json:"name"`
}

type myCheckinReportsIn struct {
	After string `query:"after" maxLength:"64"`
	Limit int    `query:"limit" minimum:"1" maximum:"100" default:"20"`
}

func (s *Service) getMyReports(ctx context.Context, in *myCheckinReportsIn) (*web.Out[web.Page[CheckinMyReport]], error) {
	a, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	var before id.ID
	if in.After != "" {
		if before, err = id.Decode("crep", in.After); err != nil {
			return nil, err
		}
	}
	list, known, err := s.MyReports(ctx, s.db, a, before, in.Limit+1)
	if err != nil {
		return nil, err
	}
	page := web.Page[CheckinMyReport]{Items: []CheckinMyReport{}}
	for i, r := range list {
		if i == in.Limit {
			page.Next = id.Encode("crep", list[i-1].ID)
			break
		}
		if c, ok := known[r.Checkin]; ok {
			page.Items = append(page.Items, CheckinMyReport{r.ref(), id.Encode("chk", c.ID), c.Name})
		}
	}
	return &web.Out[web.Page[CheckinMyReport]]{Body: page}, nil
}
