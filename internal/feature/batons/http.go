package batons

import (
	"context"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

const tag = "batons"

// Routes registers the operations.
func (s *Service) Routes(api *web.API) {
	web.Handle(api, web.Op{Method: "GET", Path: "/batons", ID: "listBatons", Summary: "Batons that you may see, newest first.", Tag: tag}, s.getAll)
	web.Handle(api, web.Op{Method: "POST", Path: "/batons", ID: "openBaton", Summary: "Make work a baton, and offer it to somebody.", Tag: tag, Status: 201}, s.post)
	web.Handle(api, web.Op{Method: "GET", Path: "/batons/{baton}", ID: "getBaton", Summary: "A baton with its way so far.", Tag: tag}, s.getOne)
	web.Handle(api, web.Op{Method: "PATCH", Path: "/batons/{baton}", ID: "changeBaton", Summary: "Change the title or the note of a baton that you have.", Tag: tag}, s.patch)
	web.Handle(api, web.Op{Method: "POST", Path: "/batons/{baton}/handoffs", ID: "handOnBaton", Summary: "Offer a baton that you have to somebody, or to the next of a chain.", Tag: tag}, s.postHandoff)
	web.Handle(api, web.Op{Method: "POST", Path: "/batons/{baton}/withdrawal", ID: "withdrawBaton", Summary: "Take back the offer of a baton that you have.", Tag: tag}, s.postWithdrawal)
	web.Handle(api, web.Op{Method: "POST", Path: "/batons/{baton}/acceptance", ID: "acceptBaton", Summary: "Take a baton that is offered to you.", Tag: tag}, s.postAcceptance)
	web.Handle(api, web.Op{Method: "POST", Path: "/batons/{baton}/decline", ID: "declineBaton", Summary: "Say why you do not take a baton: it goes on to the next, or back.", Tag: tag}, s.postDecline)
	web.Handle(api, web.Op{Method: "POST", Path: "/batons/{baton}/pass", ID: "passBaton", Summary: "Hand what is offered to you straight on to somebody else.", Tag: tag}, s.postPass)
	web.Handle(api, web.Op{Method: "POST", Path: "/batons/{baton}/end", ID: "endBaton", Summary: "Say what came of the work.", Tag: tag}, s.postEnd)
	web.Handle(api, web.Op{Method: "POST", Path: "/batons/{baton}/undo", ID: "undoBaton", Summary: "Take back that you ended or declined a baton, within ten minutes.", Tag: tag}, s.postUndo)
	s.routesChains(api)
	s.routesEvening(api)
}

type batonIn struct {
	Baton string `path:"baton"`
}

// NoteIn is what is handed over, as it is written.
type NoteIn struct {
	Stands   string     `json:"stands,omitempty" maxLength:"8000" doc:"Where the work stands. Markdown."`
	NextStep string     `json:"next_step,omitempty" maxLength:"8000"`
	Traps    string     `json:"traps,omitempty" maxLength:"8000"`
	Links    []Link     `json:"links,omitempty" maxItems:"20"`
	By       *time.Time `json:"by,omitempty" doc:"By when it should be done."`
}

func (in NoteIn) read() Note {
	n := Note{Stands: in.Stands, NextStep: in.NextStep, Traps: in.Traps, Links: db.JSON[[]Link]{V: in.Links}}
	if in.By != nil {
		n.By = clock.At(*in.By)
	}
	return n
}

// WhomIn says to whom a baton is offered.
type WhomIn struct {
	To     string `json:"to,omitempty" doc:"A person."`
	Chain  string `json:"chain,omitempty" doc:"A chain of the space: whoever comes next, and the next after them when they do not take it. With a person too, the chain counts once they did not take it."`
	Window string `json:"window,omitempty" maxLength:"20" doc:"How much of their own working time they have to take it: 4h, 0d, 1d. The chain's, or 4h, when missing."`
}

func (in WhomIn) read() (w Whom, err error) {
	w.Window = in.Window
	if in.To != "" {
		if w.To, err = id.Decode("per", in.To); err != nil {
			return w, err
		}
	}
	if in.Chain != "" {
		w.Chain, err = id.Decode("chn", in.Chain)
	}
	return w, err
}

type openBatonIn struct {
	Body struct {
		Space  string `json:"space,omitempty" doc:"Where it is, when it is about no thread."`
		Thread string `json:"thread,omitempty" doc:"The thread that it is about; it has one of its own when missing."`
		Ask    string `json:"ask,omitempty" doc:"An ask of that thread, owed by you, that goes to whoever takes the baton."`
		Title  string `json:"title" maxLength:"640"`
		NoteIn
		WhomIn
	}
}

func (s *Service) post(ctx context.Context, in *openBatonIn) (*web.Out[BatonView], error) {
	a, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	n := NewBaton{Title: in.Body.Title, Note: in.Body.NoteIn.read()}
	for _, one := range []struct {
		prefix, ref string
		into        *id.ID
	}{{"sp", in.Body.Space, &n.Space}, {"thr", in.Body.Thread, &n.Thread}, {"ask", in.Body.Ask, &n.Ask}} {
		if one.ref != "" {
			if *one.into, err = id.Decode(one.prefix, one.ref); err != nil {
				return nil, err
			}
		}
	}
	if n.Whom, err = in.Body.WhomIn.read(); err != nil {
		return nil, err
	}
	b, err := s.Open(ctx, a, n)
	if err != nil {
		return nil, err
	}
	return s.out(ctx, a, b.ID)
}

func (s *Service) out(ctx context.Context, a actor.Actor, baton id.ID) (*web.Out[BatonView], error) {
	b, legs, err := s.Read(ctx, s.db, a, baton)
	if err != nil {
		return nil, err
	}
	list, err := s.show(ctx, s.db, a, []Baton{*b}, legs)
	if err != nil {
		return nil, err
	}
	list[0].Note.HTML = b.html()
	return &web.Out[BatonView]{Body: list[0]}, nil
}

type listBatonsIn struct {
	Box    string `query:"box" enum:"mine,carried,open,all" default:"open" doc:"mine: with you or offered to you. carried: opened by you, or once yours or offered to you. open: all under way. all: those that ended too."`
	Space  string `query:"space"`
	Thread string `query:"thread"`
	After  string `query:"after"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"50"`
}

func (s *Service) getAll(ctx context.Context, in *listBatonsIn) (*web.Out[web.Page[BatonView]], error) {
	a, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	f := Filter{Box: in.Box, Limit: in.Limit}
	for _, one := range []struct {
		prefix, ref string
		into        *id.ID
	}{{"sp", in.Space, &f.Space}, {"thr", in.Thread, &f.Thread}, {"bat", in.After, &f.After}} {
		if one.ref != "" {
			if *one.into, err = id.Decode(one.prefix, one.ref); err != nil {
				return nil, err
			}
		}
	}
	page := web.Page[BatonView]{Items: []BatonView{}}
	err = s.db.Snapshot(ctx, func(ctx context.Context, q db.Queryer) error {
		list, next, err := s.List(ctx, q, a, f)
		if err != nil {
			return err
		}
		if !next.IsZero() {
			page.Next = id.Encode("bat", next)
		}
		page.Items, err = s.show(ctx, q, a, list, nil)
		return err
	})
	return &web.Out[web.Page[BatonView]]{Body: page}, err
}

func (s *Service) getOne(ctx context.Context, in *batonIn) (*web.Out[BatonView], error) {
	a, x, err := on(ctx, "bat", in.Baton)
	if err != nil {
		return nil, err
	}
	return s.out(ctx, a, x)
}

type changeBatonIn struct {
	Baton string `path:"baton"`
	Body  struct {
		Title   *string `json:"title,omitempty" maxLength:"640"`
		Note    *NoteIn `json:"note,omitempty" doc:"All of the note; what is missing in it is taken out."`
		Version int64   `json:"version,omitempty" minimum:"0" maximum:"9007199254740991" doc:"As you read it; guards against a change by somebody else since."`
	}
}

func (s *Service) patch(ctx context.Context, in *changeBatonIn) (*web.Out[BatonView], error) {
	a, x, err := on(ctx, "bat", in.Baton)
	if err != nil {
		return nil, err
	}
	c := Change{Title: in.Body.Title, Version: in.Body.Version}
	if in.Body.Note != nil {
		n := in.Body.Note.read()
		c.Note = &n
	}
	if _, err := s.Change(ctx, a, x, c); err != nil {
		return nil, err
	}
	return s.out(ctx, a, x)
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
