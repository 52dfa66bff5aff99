package coretest

import (
	"context"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// People who work from nine to five, each in a zone of their own. Ana is the owner.
var (
	Ana  = people.NewPerson{Name: "Ana Petrova", Role: actor.Owner, Zone: "Europe/London"}
	Ben  = people.NewPerson{Name: "Ben Ito", Zone: "Europe/London"}
	Kofi = people.NewPerson{Name: "Kofi Mensah", Zone: "Europe/Berlin"}
	Mei  = people.NewPerson{Name: "Mei Lin", Zone: "Asia/Taipei"}
	Liam = people.NewPerson{Name: "Liam Okafor", Zone: "America/New_York"}
)

// Furnish makes the workspace, Harbour, with nobody in it yet.
func (w *World) Furnish() {
	w.T.Helper()
	w.WS = w.workspace("Harbour")
}

// Elsewhere makes another workspace and lets somebody in there.
func (w *World) Elsewhere(n people.NewPerson) actor.Actor {
	w.T.Helper()
	return w.person(w.workspace("Elsewhere"), n)
}

// Person lets somebody in.
func (w *World) Person(n people.NewPerson) actor.Actor {
	w.T.Helper()
	return w.person(w.ws(), n)
}

func (w *World) workspace(name string) id.ID {
	w.T.Helper()
	ws := id.New(w.Clock.Now())
	w.Must(w.DB.Write(w.T.Context(), ws, func(ctx context.Context, tx *db.Tx) error {
		return w.People.CreateWorkspaceTx(ctx, tx, name)
	}))
	return ws
}

func (w *World) person(ws id.ID, n people.NewPerson) (a actor.Actor) {
	w.T.Helper()
	w.Must(w.DB.Write(w.T.Context(), ws, func(ctx context.Context, tx *db.Tx) error {
		p, err := w.People.AddTx(ctx, tx, n)
		a = p.Actor()
		return err
	}))
	return a
}

// Space has somebody open a space.
func (w *World) Space(a actor.Actor, n spaces.NewSpace) spaces.Space {
	w.T.Helper()
	sp, err := w.Spaces.OpenSpace(w.T.Context(), a, n)
	w.Must(err)
	return sp
}

// Team has somebody make a team.
func (w *World) Team(a actor.Actor, name string, members ...actor.Actor) id.ID {
	w.T.Helper()
	team, err := w.People.MakeTeam(w.T.Context(), a, name, "", IDs(members...))
	w.Must(err)
	return team.ID
}

// Thread has somebody open a thread in a space, and gives the asks of its first post.
func (w *World) Thread(a actor.Actor, space id.ID, title, markdown string, ask ...asks.NewAsk) (spaces.Thread, []asks.AskView) {
	w.T.Helper()
	t, p, err := w.Asks.OpenThread(w.T.Context(), a, spaces.NewThread{Space: space, Title: title}, asks.NewReply{Markdown: markdown, Asks: ask})
	w.Must(err)
	views, err := w.Asks.OfPosts(w.T.Context(), w.DB, a, []id.ID{p.ID})
	w.Must(err)
	return t, views[p.ID]
}

// AskID is the id of an ask that was shown.
func (w *World) AskID(v asks.AskView) id.ID {
	w.T.Helper()
	x, err := id.Decode("ask", v.ID)
	w.Must(err)
	return x
}

// IDs are the ids of people.
func IDs(list ...actor.Actor) (out []id.ID) {
	for _, a := range list {
		out = append(out, a.Person)
	}
	return out
}
