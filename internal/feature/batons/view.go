package batons

import (
	"context"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
)

// NoteView is what is handed over.
type NoteView struct {
	Stands   string     `json:"stands" doc:"Where the work stands. Markdown."`
	NextStep string     `json:"next_step" doc:"Markdown."`
	Traps    string     `json:"traps" doc:"What to watch out for. Markdown."`
	Links    []Link     `json:"links" nullable:"false"`
	By       *time.Time `json:"by" doc:"By when it should be done."`
	HTML     *NoteHTML  `json:"html,omitempty" doc:"The note rendered; left out of lists."`
}

// NoteHTML is a note rendered, and what came of the work.
type NoteHTML struct {
	Stands   string `json:"stands"`
	NextStep string `json:"next_step"`
	Traps    string `json:"traps"`
	Outcome  string `json:"outcome"`
}

func (b *Baton) html() *NoteHTML {
	return &NoteHTML{Stands: text.Render(b.Stands), NextStep: text.Render(b.NextStep), Traps: text.Render(b.Traps), Outcome: text.Render(b.Outcome)}
}

// BatonView is a baton as one reader sees it.
type BatonView struct {
	ID          string            `json:"id"`
	Title       string            `json:"title"`
	Space       asks.SpaceView    `json:"space"`
	Thread      string            `json:"thread" doc:"Where it is talked about."`
	ThreadTitle string            `json:"thread_title"`
	OwnThread   bool              `json:"own_thread" doc:"The thread was opened with the baton and ends with it."`
	Ask         string            `json:"ask,omitempty" doc:"An ask that is passed on to whoever takes the baton."`
	Note        NoteView          `json:"note"`
	Late        bool              `json:"late"`
	State       string            `json:"state" enum:"held,offered,ended"`
	Holder      people.PersonRef  `json:"holder" doc:"Who has it: always one person."`
	HeldSince   time.Time         `json:"held_since"`
	Offer       *OfferView        `json:"offer" doc:"To whom it is offered now; the holder has it until they take it."`
	Chain       *ChainRef         `json:"chain"`
	Window      string            `json:"window" doc:"How much of their own working time people have to take it."`
	OpenedBy    people.PersonRef  `json:"opened_by"`
	OpenedAt    time.Time         `json:"opened_at"`
	EndedBy     *people.PersonRef `json:"ended_by"`
	EndedAt     *time.Time        `json:"ended_at"`
	Outcome     string            `json:"outcome" doc:"Markdown."`
	Version     int64             `json:"version"`
	Legs        []LegView         `json:"legs" nullable:"false" doc:"Its way so far, in order. Left out of lists."`
	May         BatonMay          `json:"may"`
}

// OfferView is an offer that waits for an answer.
type OfferView struct {
	To    people.PersonRef `json:"to"`
	At    time.Time        `json:"at"`
	Reach time.Time        `json:"reach" doc:"When it reaches them, in their hours."`
	Due   time.Time        `json:"due" doc:"When it goes on, or back, unless they take it."`
}

// ChainRef names a chain.
type ChainRef struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// LegView is one offer, and what came of it.
type LegView struct {
	From      people.PersonRef `json:"from"`
	To        people.PersonRef `json:"to"`
	Why       string           `json:"why" enum:"named,chain,stand_in" doc:"How they were chosen."`
	State     string           `json:"state" enum:"waiting,accepted,declined,passed,missed,withdrawn,away"`
	OfferedAt time.Time        `json:"offered_at"`
	Due       *time.Time       `json:"due"`
	DecidedAt *time.Time       `json:"decided_at"`
	Stands    string           `json:"stands" doc:"The note as it was then."`
	NextStep  string           `json:"next_step"`
	Traps     string           `json:"traps"`
	Note      string           `json:"note" doc:"What they said to it."`
}

// BatonMay says what the reader may do now.
type BatonMay struct {
	Accept   bool `json:"accept" doc:"Take it, decline it, or pass it on."`
	HandOn   bool `json:"hand_on"`
	Withdraw bool `json:"withdraw" doc:"Take the offer back."`
	Change   bool `json:"change"`
	End      bool `json:"end"`
	Undo     bool `json:"undo" doc:"Take back that you ended or declined it, for ten minutes. Left out of lists for what you declined."`
}

func (b *Baton) may(me id.ID, now clock.Instant, legs []Leg) BatonMay {
	if b.State == Ended {
		return BatonMay{Undo: b.mayReopen(me, now) == nil}
	}
	mine := b.Holder == me
	return BatonMay{
		Accept: b.State == Offered && b.OfferedTo == me, HandOn: mine && b.State == Held, Withdraw: mine && b.State == Offered,
		Change: mine, End: mine || b.OpenedBy == me, Undo: b.mayUndecline(me, now, legs) == nil,
	}
}

// show writes batons for a reader who may see them all. The number of queries does not
// grow with the list.
func (s *Service) show(ctx context.Context, q db.Queryer, a actor.Actor, list []Baton, legs []Leg) ([]BatonView, error) {
	var folk, threads, in []id.ID
	for _, b := range list {
		folk, threads, in = append(folk, b.Holder, b.OfferedTo, b.OpenedBy, b.EndedBy), append(threads, b.Thread), append(in, b.Chain)
	}
	found, err := chainsByID(ctx, q, a.Workspace, unique(in, id.ID{}))
	if err != nil {
		return nil, err
	}
	chains := map[id.ID]*ChainRef{}
	for _, c := range found {
		chains[c.ID] = c.ref()
	}
	for _, l := range legs {
		folk = append(folk, l.From, l.To)
	}
	who, err := s.people.Refs(ctx, q, a.Workspace, folk)
	if err != nil {
		return nil, err
	}
	places, err := s.spaces.ThreadsIn(ctx, q, a, threads)
	if err != nil {
		return nil, err
	}
	out := make([]BatonView, 0, len(list))
	now := s.now()
	for _, b := range list {
		v := b.view(a, now, places[b.Thread], who, legs)
		v.Chain = chains[b.Chain]
		for _, l := range legs {
			v.Legs = append(v.Legs, l.view(who))
		}
		out = append(out, v)
	}
	return out, nil
}

func (b *Baton) view(a actor.Actor, now clock.Instant, t spaces.ThreadIn, who map[id.ID]people.PersonRef, legs []Leg) BatonView {
	v := BatonView{
		ID: id.Encode("bat", b.ID), Title: b.Title, Thread: id.Encode("thr", b.Thread), ThreadTitle: t.Title, OwnThread: b.OwnThread,
		Space: asks.SpaceView{ID: id.Encode("sp", b.Space), Name: t.SpaceName, Color: t.SpaceColor},
		Note:  b.Note.view(), Late: b.Late(now), State: b.State, Holder: who[b.Holder], HeldSince: b.HeldSince.Time(),
		Window: b.Window, OpenedBy: who[b.OpenedBy], OpenedAt: b.OpenedAt.Time(), EndedBy: ref(who, b.EndedBy), EndedAt: b.EndedAt.Pointer(),
		Outcome: b.Outcome, Version: b.Version, Legs: []LegView{}, May: b.may(a.Person, now, legs),
	}
	if !b.Ask.IsZero() {
		v.Ask = id.Encode("ask", b.Ask)
	}
	if b.State == Offered {
		v.Offer = &OfferView{To: who[b.OfferedTo], At: b.OfferedAt.Time(), Reach: b.Reach.Time(), Due: b.Due.Time()}
	}
	return v
}

func (n Note) view() NoteView {
	v := NoteView{Stands: n.Stands, NextStep: n.NextStep, Traps: n.Traps, Links: n.Links.V, By: n.By.Pointer()}
	if v.Links == nil {
		v.Links = []Link{}
	}
	return v
}

func (l Leg) view(who map[id.ID]people.PersonRef) LegView {
	return LegView{
		From: who[l.From], To: who[l.To], Why: l.Why, State: l.State, OfferedAt: l.OfferedAt.Time(), Due: l.Due.Pointer(),
		DecidedAt: l.DecidedAt.Pointer(), Stands: l.Stands, NextStep: l.NextStep, Traps: l.Traps, Note: l.Note,
	}
}

func ref(who map[id.ID]people.PersonRef, x id.ID) *people.PersonRef {
	if r, ok := who[x]; ok {
		return &r
	}
	return nil
}

// WakeView is when an offer made now would reach somebody.
type WakeView struct {
	Person people.PersonRef `json:"person"`
	Chain  *ChainRef        `json:"chain" doc:"The chain in which they come next, if it is by one."`
	Reach  time.Time        `json:"reach" doc:"When it would reach them, in their hours."`
	Ready  time.Time        `json:"ready" doc:"When they will have had two hours of work from then."`
	Due    time.Time        `json:"due" doc:"By when they should take it."`
}

func (w Wake) view(who map[id.ID]people.PersonRef, c *ChainRef) WakeView {
	return WakeView{Person: who[w.Person], Chain: c, Reach: w.Reach.Time(), Ready: w.Ready.Time(), Due: w.Due.Time()}
}
