package duty

import (
	"context"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/id"
)

// TeamView names the team of a rota.
type TeamView struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Handle string `json:"handle" doc:"Whoever is on duty is mentioned as @duty-handle."`
}

// RotaView is a rota, and what comes of it in a span of time.
type RotaView struct {
	Team      TeamView           `json:"team"`
	Keeper    people.PersonRef   `json:"keeper"`
	Always    bool               `json:"always"`
	Version   int64              `json:"version"`
	Layers    []LayerView        `json:"layers" nullable:"false"`
	Now       *ShiftView         `json:"now" doc:"Who is on duty now; null for nobody."`
	Next      *ShiftView         `json:"next"`
	From      time.Time          `json:"from"`
	To        time.Time          `json:"to"`
	Shifts    []ShiftView        `json:"shifts" nullable:"false" doc:"Who is on duty: of each instant the first layer that has somebody."`
	Gaps      []SpanView         `json:"gaps" nullable:"false" doc:"Nobody is on duty."`
	Missing   []SpanView         `json:"missing" nullable:"false" doc:"The gaps that the rota did not mean to have."`
	Covers    []CoverView        `json:"covers" nullable:"false"`
	Swaps     []SwapView         `json:"swaps" nullable:"false" doc:"Offered and not decided."`
	Handovers []HandoverView     `json:"handovers" nullable:"false" doc:"Of the last two weeks, and those asked for already."`
	Silent    []people.PersonRef `json:"silent" nullable:"false" doc:"On duty outside their hours without having agreed to be paged then."`
	May       RotaMay            `json:"may"`
}

// RotaMay says what the reader may do.
type RotaMay struct {
	Change bool `json:"change"`
}

// LayerView is a layer with its shifts.
type LayerView struct {
	ID       string              `json:"id"`
	Name     string              `json:"name"`
	Zone     string              `json:"zone"`
	Start    string              `json:"start"`
	Handover string              `json:"handover"`
	Days     int64               `json:"days"`
	People   []people.PersonRef  `json:"people" nullable:"false"`
	Hours    map[string][]string `json:"hours"`
	Shifts   []ShiftView         `json:"shifts" nullable:"false"`
}

// ShiftView is somebody on duty for a while.
type ShiftView struct {
	Person people.PersonRef `json:"person"`
	Layer  string           `json:"layer"`
	From   time.Time        `json:"from"`
	To     time.Time        `json:"to"`
	Cover  string           `json:"cover" doc:"The cover that it comes from; empty for a turn."`
}

// SpanView is a piece of time.
type SpanView struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
}

// CoverView is a cover for once.
type CoverView struct {
	ID     string           `json:"id"`
	Layer  string           `json:"layer"`
	Person people.PersonRef `json:"person"`
	From   time.Time        `json:"from"`
	To     time.Time        `json:"to"`
	Reason string           `json:"reason"`
	By     people.PersonRef `json:"by"`
	May    CoverMay         `json:"may"`
}

// CoverMay says what the reader may do.
type CoverMay struct {
	Remove bool `json:"remove"`
}

// SwapView is an offer to swap.
type SwapView struct {
	ID       string           `json:"id"`
	Team     TeamView         `json:"team"`
	Layer    string           `json:"layer"`
	Asker    people.PersonRef `json:"asker"`
	Other    people.PersonRef `json:"other"`
	From     time.Time        `json:"from"`
	To       time.Time        `json:"to"`
	BackFrom *time.Time       `json:"back_from"`
	BackTo   *time.Time       `json:"back_to"`
	Note     string           `json:"note"`
	State    string           `json:"state" enum:"offered,accepted,declined,withdrawn"`
	May      SwapMay          `json:"may"`
}

// SwapMay says what the reader may do.
type SwapMay struct {
	Accept   bool `json:"accept"`
	Withdraw bool `json:"withdraw"`
}

// HandoverView is a change of duty and its note.
type HandoverView struct {
	ID        string           `json:"id"`
	Team      TeamView         `json:"team"`
	At        time.Time        `json:"at"`
	From      people.PersonRef `json:"from"`
	To        people.PersonRef `json:"to"`
	WrittenAt *time.Time       `json:"written_at" doc:"Null while there is no note."`
	GoingOn   string           `json:"going_on"`
	Watch     string           `json:"watch"`
	May       HandoverMay      `json:"may"`
}

// HandoverMay says what the reader may do.
type HandoverMay struct {
	Write bool `json:"write"`
}

// NowView is who is on duty for a team.
type NowView struct {
	Team TeamView   `json:"team"`
	Now  *ShiftView `json:"now" doc:"Null for nobody."`
	Next *ShiftView `json:"next"`
}

func (s *Service) view(ctx context.Context, a actor.Actor, v Seen) (RotaView, error) {
	named := append([]id.ID{v.Rota.Keeper, v.Now.Person, v.Next.Person}, v.Silent...)
	for _, l := range v.Rota.Layers {
		named = append(named, l.People.V...)
	}
	for _, c := range v.Rota.Covers {
		named = append(named, c.Person, c.MadeBy)
	}
	for _, w := range v.Swaps {
		named = append(named, w.Asker, w.Other)
	}
	for _, h := range v.Handovers {
		named = append(named, h.From, h.To)
	}
	who, err := s.people.Refs(ctx, s.db, a.Workspace, named)
	if err != nil {
		return RotaView{}, err
	}
	out := RotaView{
		Team: refOf(v.Team), Keeper: who[v.Rota.Keeper], Always: v.Rota.Always, Version: v.Rota.Version, Layers: []LayerView{},
		Now: v.Now.maybe(who), Next: v.Next.maybe(who), From: v.In.From.Time(), To: v.In.To.Time(), Shifts: shiftViews(v.Roster.Duty, who),
		Gaps: spanViews(v.Roster.Gaps), Missing: spanViews(v.Missing), Covers: []CoverView{}, Swaps: []SwapView{}, Handovers: []HandoverView{},
		Silent: []people.PersonRef{}, May: RotaMay{v.Team.MayChange(a)},
	}
	for i, l := range v.Rota.Layers {
		out.Layers = append(out.Layers, l.view(who, v.Roster.Layers[i]))
	}
	for _, c := range v.Rota.Covers {
		if c.To > s.now() {
			out.Covers = append(out.Covers, CoverView{
				ID: id.Encode("cov", c.ID), Layer: id.Encode("lay", c.Layer), Person: who[c.Person], From: c.From.Time(), To: c.To.Time(),
				Reason: c.Reason, By: who[c.MadeBy], May: CoverMay{v.Team.MayChange(a) || c.Person == a.Person},
			})
		}
	}
	for _, w := range v.Swaps {
		one := w.view(a, who)
		one.Team = refOf(v.Team)
		out.Swaps = append(out.Swaps, one)
	}
	for _, h := range v.Handovers {
		out.Handovers = append(out.Handovers, h.viewIn(a, who, v.Team))
	}
	for _, x := range v.Silent {
		out.Silent = append(out.Silent, who[x])
	}
	return out, nil
}

func (l Layer) view(who map[id.ID]people.PersonRef, shifts []Shift) LayerView {
	v := LayerView{
		ID: id.Encode("lay", l.ID), Name: l.Name, Zone: l.Zone, Start: l.Start, Handover: writeWall(l.Handover), Days: l.Days,
		People: []people.PersonRef{}, Hours: l.Hours.V, Shifts: shiftViews(shifts, who),
	}
	if v.Hours == nil {
		v.Hours = map[string][]string{}
	}
	for _, x := range l.People.V {
		v.People = append(v.People, who[x])
	}
	return v
}

func (s Shift) maybe(who map[id.ID]people.PersonRef) *ShiftView {
	if s.Person.IsZero() {
		return nil
	}
	return &ShiftView{Person: who[s.Person], Layer: id.Encode("lay", s.Layer), From: s.From.Time(), To: s.To.Time(), Cover: id.Encode("cov", s.Cover)}
}

func shiftViews(list []Shift, who map[id.ID]people.PersonRef) []ShiftView {
	out := make([]ShiftView, 0, len(list))
	for _, s := range list {
		if v := s.maybe(who); v != nil {
			out = append(out, *v)
		}
	}
	return out
}

func spanViews(list []Span) []SpanView {
	out := make([]SpanView, 0, len(list))
	for _, s := range list {
		out = append(out, SpanView{s.From.Time(), s.To.Time()})
	}
	return out
}

func (w Swap) view(a actor.Actor, who map[id.ID]people.PersonRef) SwapView {
	return SwapView{
		ID: id.Encode("swap", w.ID), Team: TeamView{ID: id.Encode("team", w.Team)}, Layer: id.Encode("lay", w.Layer), Asker: who[w.Asker], Other: who[w.Other],
		From: w.From.Time(), To: w.To.Time(), BackFrom: w.BackFrom.Pointer(), BackTo: w.BackTo.Pointer(), Note: w.Note, State: w.State,
		May: SwapMay{Accept: w.State == offered && w.Other == a.Person, Withdraw: w.State == offered && w.Asker == a.Person},
	}
}

func (h Handover) view(a actor.Actor, who map[id.ID]people.PersonRef) HandoverView {
	return h.viewIn(a, who, people.Team{ID: h.Team})
}

func (h Handover) viewIn(a actor.Actor, who map[id.ID]people.PersonRef, t people.Team) HandoverView {
	return HandoverView{
		ID: id.Encode("hand", h.ID), Team: refOf(t), At: h.At.Time(), From: who[h.From], To: who[h.To], WrittenAt: h.WrittenAt.Pointer(),
		GoingOn: h.GoingOn, Watch: h.Watch, May: HandoverMay{h.From == a.Person},
	}
}

func (n Now) view(who map[id.ID]people.PersonRef) NowView {
	return NowView{Team: refOf(n.Team), Now: n.Shift.maybe(who), Next: n.Next.maybe(who)}
}
