package demo

import (
	"context"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/web"
)

type clockJSON struct {
	Now           time.Time `json:"now"`
	Demo          bool      `json:"demo" doc:"Whether the clock can be moved."`
	OffsetSeconds int64     `json:"offset_seconds" doc:"How far the clock is ahead of the machine's."`
}

type movedJSON struct {
	Now       time.Time `json:"now"`
	Delivered int       `json:"delivered" doc:"Deliveries that reached people on the way."`
}

// Routes adds the clock's operations.
func (s *Service) Routes(a *web.API) {
	web.Handle(a, web.Op{Method: "GET", Path: "/clock", ID: "getClock", Summary: "What time it is here, and whether this is a demo", Tag: "clock", Public: true},
		func(context.Context, *struct{}) (*web.Out[clockJSON], error) {
			out := clockJSON{Now: s.db.Clock().Now().Time(), Demo: s.IsDemo()}
			if s.machine != nil {
				out.OffsetSeconds = int64(s.machine.Offset() / time.Second)
			}
			return &web.Out[clockJSON]{Body: out}, nil
		})
	web.Handle(a, web.Op{Method: "POST", Path: "/clock/advance", ID: "advanceClock", Summary: "Move a demo's clock forward", Tag: "clock", Status: 200},
		func(ctx context.Context, in *struct {
			Body struct {
				By string     `json:"by,omitempty" doc:"How far: 15m, 1h, 8h, 3d." maxLength:"20"`
				To *time.Time `json:"to,omitempty" doc:"Or to which moment."`
			}
		},
		) (*web.Out[movedJSON], error) {
			who, err := actor.From(ctx)
			if err != nil {
				return nil, err
			}
			to, err := target(s.db.Clock().Now(), in.Body.By, in.Body.To)
			if err != nil {
				return nil, err
			}
			n, err := s.Advance(ctx, who.Workspace, to)
			if err != nil {
				return nil, err
			}
			return &web.Out[movedJSON]{Body: movedJSON{Now: s.db.Clock().Now().Time(), Delivered: n}}, nil
		})
}

func target(now clock.Instant, by string, to *time.Time) (clock.Instant, error) {
	if to != nil {
		return clock.At(*to), nil
	}
	days := 0
	if n := len(by); n > 1 && by[n-1] == 'd' {
		for _, c := range by[:n-1] {
			if c < '0' || c > '9' || days > 1000 {
				return 0, badMove()
			}
			days = days*10 + int(c-'0')
		}
		return now.Add(time.Duration(days) * 24 * time.Hour), nil
	}
	d, err := time.ParseDuration(by)
	if err != nil || d <= 0 {
		return 0, badMove()
	}
	return now.Add(d), nil
}

func badMove() error {
	return fault.New(fault.Invalid, "bad_move", "Say how far to move the clock, like 15m, 1h or 3d.").At("by")
}
