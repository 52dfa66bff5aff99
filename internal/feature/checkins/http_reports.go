package checkins

import (
	"context"

	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

func (s *Service) getLatest(ctx context.Context, in *checkinIn) (*web.Out[CheckinReport], error) {
	a, x, err := on(ctx, "chk", in.Checkin)
	if err != nil {
		return nil, err
	}
	c, r, err := s.Latest(ctx, s.db, a, x)
	if err != nil {
		return nil, err
	}
	v, err := s.reportView(ctx, a, c, r)
	return &web.Out[CheckinReport]{Body: v}, err
}

func (s *Service) getReport(ctx context.Context, in *struct {
	Report string `path:"report"`
},
) (*web.Out[CheckinReport], error) {
	a, x, err := on(ctx, "crep", in.Report)
	if err != nil {
		return nil, err
	}
	c, r, err := s.Report(ctx, s.db, a, x)
	if err != nil {
		return nil, err
	}
	v, err := s.reportView(ctx, a, c, r)
	return &web.Out[CheckinReport]{Body: v}, err
}

func (r Report) ref() CheckinReportRef {
	return CheckinReportRef{ID: id.Encode("crep", r.ID), Date: r.Date, MadeAt: r.MadeAt.Time(), Answered: r.Answered, Asked: some(r.Asked)}
}

type checkinPageIn struct {
	Checkin string `path:"checkin"`
	After   string `query:"after" maxLength:"64"`
	Limit   int    `query:"limit" minimum:"1" maximum:"100" default:"50"`
}

// from reads where a page goes on.
func (in checkinPageIn) from(prefix string) (x id.ID, err error) {
	if in.After != "" {
		x, err = id.Decode(prefix, in.After)
	}
	return x, err
}

func (s *Service) getReports(ctx context.Context, in *checkinPageIn) (*web.Out[web.Page[CheckinReportRef]], error) {
	a, x, err := on(ctx, "chk", in.Checkin)
	if err != nil {
		return nil, err
	}
	before, err := in.from("crep")
	if err != nil {
		return nil, err
	}
	list, err := s.Reports(ctx, s.db, a, x, before, in.Limit+1)
	if err != nil {
		return nil, err
	}
	page := web.Page[CheckinReportRef]{Items: []CheckinReportRef{}}
	for i, r := range list {
		if i == in.Limit {
			page.Next = page.Items[i-1].ID
			break
		}
		page.Items = append(page.Items, r.ref())
	}
	return &web.Out[web.Page[CheckinReportRef]]{Body: page}, nil
}

func (s *Service) getBlockers(ctx context.Context, in *checkinPageIn) (*web.Out[web.Page[CheckinBlocker]], error) {
	a, x, err := on(ctx, "chk", in.Checkin)
	if err != nil {
		return nil, err
	}
	after, err := in.from("block")
	if err != nil {
		return nil, err
	}
	list, err := s.Blockers(ctx, s.db, a, x, after, in.Limit+1)
	if err != nil {
		return nil, err
	}
	page := web.Page[CheckinBlocker]{}
	if len(list) > in.Limit {
		list = list[:in.Limit]
		page.Next = id.Encode("block", list[in.Limit-1].ID)
	}
	c, err := s.find(ctx, s.db, a, x)
	if err != nil {
		return nil, err
	}
	if list, err = s.seenBlocks(ctx, s.db, a, c, list); err != nil {
		return nil, err
	}
	v, err := s.lookUp(ctx, s.db, a, c, nil, list)
	page.Items = v.blocks(list)
	return &web.Out[web.Page[CheckinBlocker]]{Body: page}, err
}

func (s *Service) postSettlement(ctx context.Context, in *struct {
	Blocker string `path:"blocker"`
	Body    *struct{}
},
) (*web.Out[CheckinBlocker], error) {
	a, x, err := on(ctx, "block", in.Blocker)
	if err != nil {
		return nil, err
	}
	b, err := s.Settle(ctx, a, x)
	if err != nil {
		return nil, err
	}
	c, err := s.find(ctx, s.db, a, b.Checkin)
	if err != nil {
		return nil, err
	}
	v, err := s.lookUp(ctx, s.db, a, c, nil, []Block{b})
	return &web.Out[CheckinBlocker]{Body: v.block(b)}, err
}

func (s *Service) getFigures(ctx context.Context, in *checkinIn) (*web.Out[CheckinFigures], error) {
	a, x, err := on(ctx, "chk", in.Checkin)
	if err != nil {
		return nil, err
	}
	c, list, err := s.Figures(ctx, s.db, a, x)
	if err != nil {
		return nil, err
	}
	out := CheckinFigures{Questions: questionViews(c.Questions.V), Weeks: []CheckinWeek{}}
	for _, f := range list {
		if n := len(out.Weeks); n == 0 || out.Weeks[n-1].Monday != f.Week {
			out.Weeks = append(out.Weeks, CheckinWeek{Monday: f.Week, Means: map[string]float64{}})
		}
		w := &out.Weeks[len(out.Weeks)-1]
		if f.Question == "" {
			w.Answered = &f.Value
			continue
		}
		w.Means[f.Question] = f.Value
	}
	return &web.Out[CheckinFigures]{Body: out}, nil
}

// gone turns "not found" into true.
func gone(err error) (bool, error) {
	if fault.IsKind(err, fault.NotFound) {
		return true, nil
	}
	return false, err
}
