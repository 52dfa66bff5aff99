package duty

import (
	"context"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

const tag = "duty"

// Routes registers the operations.
func (s *Service) Routes(api *web.API) {
	web.Handle(api, web.Op{Method: "GET", Path: "/duty", ID: "listDuty", Summary: "Who is on duty now, and who comes next, for each team.", Tag: tag}, s.getAll)
	web.Handle(api, web.Op{Method: "GET", Path: "/me/duty", ID: "myDuty", Summary: "What duty asks of you: notes to hand over, swaps offered, where you are on duty.", Tag: tag}, s.getMine)
	web.Handle(api, web.Op{Method: "GET", Path: "/teams/{team}/duty", ID: "getDuty", Summary: "The duty rota of a team, with the shifts and gaps that come of it.", Tag: tag}, s.getRota)
	web.Handle(api, web.Op{Method: "PUT", Path: "/teams/{team}/duty", ID: "setDuty", Summary: "Make or change the duty rota of a team.", Tag: tag}, s.putRota)
	web.Handle(api, web.Op{Method: "DELETE", Path: "/teams/{team}/duty", ID: "endDuty", Summary: "Take the duty rota of a team away.", Tag: tag, Status: 204}, s.deleteRota)
	web.Handle(api, web.Op{Method: "POST", Path: "/teams/{team}/duty/covers", ID: "coverDuty", Summary: "Put somebody on duty for once.", Tag: tag}, s.postCover)
	web.Handle(api, web.Op{Method: "DELETE", Path: "/duty/covers/{cover}", ID: "uncoverDuty", Summary: "Take a cover back.", Tag: tag, Status: 204}, s.deleteCover)
	web.Handle(api, web.Op{Method: "POST", Path: "/teams/{team}/duty/swaps", ID: "offerSwap", Summary: "Offer somebody your time on duty; nothing changes until they accept.", Tag: tag}, s.postSwap)
	web.Handle(api, web.Op{Method: "POST", Path: "/duty/swaps/{swap}/acceptance", ID: "acceptSwap", Summary: "Take the time on duty that somebody offered you.", Tag: tag}, s.decided(s.Accept))
	web.Handle(api, web.Op{Method: "POST", Path: "/duty/swaps/{swap}/decline", ID: "declineSwap", Summary: "Decline a swap.", Tag: tag}, s.decided(s.Decline))
	web.Handle(api, web.Op{Method: "POST", Path: "/duty/swaps/{swap}/withdrawal", ID: "withdrawSwap", Summary: "Take back a swap that you offered.", Tag: tag}, s.decided(s.Withdraw))
	web.Handle(api, web.Op{Method: "PUT", Path: "/duty/handovers/{handover}", ID: "writeHandover", Summary: "Write the handover note of your duty.", Tag: tag}, s.putHandover)
}

type teamIn struct {
	Team string `path:"team"`
}

type rotaIn struct {
	Team string    `path:"team"`
	From time.Time `query:"from" doc:"The beginning of your own day when missing."`
	Days int       `query:"days" minimum:"1" maximum:"62" default:"14"`
}

type putRotaIn struct {
	Team string `path:"team"`
	Body struct {
		Keeper  string    `json:"keeper,omitempty" doc:"Is told of gaps; you when missing."`
		Always  bool      `json:"always,omitempty" doc:"Somebody should be on duty at every hour."`
		Layers  []LayerIn `json:"layers" minItems:"1" maxItems:"20" nullable:"false"`
		Version int64     `json:"version,omitempty" minimum:"0" maximum:"9007199254740991" doc:"As you read it; guards against a change by somebody else since."`
	}
}

// LayerIn is a layer as it is written.
type LayerIn struct {
	ID       string              `json:"id,omitempty" doc:"Of a layer that is there already."`
	Name     string              `json:"name,omitempty" maxLength:"240"`
	Zone     string              `json:"zone" maxLength:"64"`
	Start    string              `json:"start" maxLength:"10" doc:"The local date on which the first of the people begins."`
	Handover string              `json:"handover" maxLength:"5" doc:"The time at which duty changes, such as 09:00, in the zone."`
	Days     int64               `json:"days,omitempty" minimum:"0" maximum:"1000" doc:"Of one turn; 7 when missing."`
	People   []string            `json:"people" maxItems:"200" nullable:"false" doc:"In the order of their turns."`
	Hours    map[string][]string `json:"hours,omitempty" doc:"Weekday to ranges, such as mon: [08:00-16:00]; all hours when missing."`
}

func (in LayerIn) read() (l Layer, err error) {
	l = Layer{Name: in.Name, Zone: in.Zone, Start: in.Start, Days: in.Days, Hours: db.JSON[map[string][]string]{V: in.Hours}}
	if l.Days == 0 {
		l.Days = 7
	}
	if in.ID != "" {
		if l.ID, err = id.Decode("lay", in.ID); err != nil {
			return l, err
		}
	}
	var ok bool
	if l.Handover, ok = readWall(in.Handover); !ok {
		l.Handover = -1 // refused with a sentence
	}
	l.People.V, err = id.DecodeAll("per", in.People)
	return l, err
}

func (s *Service) getRota(ctx context.Context, in *rotaIn) (*web.Out[RotaView], error) {
	a, team, err := on(ctx, "team", in.Team)
	if err != nil {
		return nil, err
	}
	return s.rotaOut(ctx, a, team, clock.At(in.From), in.Days)
}

func (s *Service) rotaOut(ctx context.Context, a actor.Actor, team id.ID, from clock.Instant, days int) (*web.Out[RotaView], error) {
	if from.IsZero() {
		h, err := s.people.Hours(ctx, s.db, a.Workspace, a.Person)
		if err != nil {
			return nil, err
		}
		from = today(h, s.now())
	}
	if from < s.now().Add(-2*farthest) || from > s.now().Add(2*farthest) {
		return nil, wrong("too_far", "from", "Pick a day within two years.")
	}
	v, err := s.See(ctx, a, team, from, days)
	if err != nil {
		return nil, err
	}
	out, err := s.view(ctx, a, v)
	return &web.Out[RotaView]{Body: out}, err
}

func (s *Service) putRota(ctx context.Context, in *putRotaIn) (*web.Out[RotaView], error) {
	a, team, err := on(ctx, "team", in.Team)
	if err != nil {
		return nil, err
	}
	n := NewRota{Always: in.Body.Always, Version: in.Body.Version}
	if in.Body.Keeper != "" {
		if n.Keeper, err = id.Decode("per", in.Body.Keeper); err != nil {
			return nil, err
		}
	}
	for _, l := range in.Body.Layers {
		one, err := l.read()
		if err != nil {
			return nil, err
		}
		n.Layers = append(n.Layers, one)
	}
	if err := s.Set(ctx, a, team, n); err != nil {
		return nil, err
	}
	return s.rotaOut(ctx, a, team, 0, 14)
}

func (s *Service) deleteRota(ctx context.Context, in *teamIn) (*web.None, error) {
	a, team, err := on(ctx, "team", in.Team)
	if err != nil {
		return nil, err
	}
	return &web.None{}, s.End(ctx, a, team)
}

type coverIn struct {
	Team string `path:"team"`
	Body struct {
		Layer  string    `json:"layer"`
		Person string    `json:"person"`
		From   time.Time `json:"from"`
		To     time.Time `json:"to"`
		Reason string    `json:"reason,omitempty" maxLength:"8000"`
	}
}

func (s *Service) postCover(ctx context.Context, in *coverIn) (*web.Out[RotaView], error) {
	a, team, err := on(ctx, "team", in.Team)
	if err != nil {
		return nil, err
	}
	n := NewCover{From: clock.At(in.Body.From), To: clock.At(in.Body.To), Reason: in.Body.Reason}
	if n.Layer, err = id.Decode("lay", in.Body.Layer); err != nil {
		return nil, err
	}
	if n.Person, err = id.Decode("per", in.Body.Person); err != nil {
		return nil, err
	}
	if _, err := s.CoverFor(ctx, a, team, n); err != nil {
		return nil, err
	}
	return s.rotaOut(ctx, a, team, 0, 14)
}

func (s *Service) deleteCover(ctx context.Context, in *struct {
	Cover string `path:"cover"`
},
) (*web.None, error) {
	a, x, err := on(ctx, "cov", in.Cover)
	if err != nil {
		return nil, err
	}
	return &web.None{}, s.Uncover(ctx, a, x)
}

// on reads who asks and the thing it is about.
func on(ctx context.Context, prefix, ref string) (actor.Actor, id.ID, error) {
	a, err := actor.From(ctx)
	if err != nil {
		return a, id.ID{}, err
	}
	x, err := id.Decode(prefix, ref)
	return a, x, err
}
