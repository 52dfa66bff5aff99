package brainstorms

import (
	"context"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

// BrainstormBoard is the board in the API, as its reader sees it.
type BrainstormBoard struct {
	Version   int64         `json:"version" doc:"Give this as since to read what changed after it."`
	Whole     bool          `json:"whole" doc:"This is all there is; otherwise put it over what you have."`
	Phase     string        `json:"phase"`
	Ideas     []IdeaView    `json:"ideas" nullable:"false" doc:"Sort them by place."`
	Groups    []IdeaGroup   `json:"groups" nullable:"false"`
	Gone      []string      `json:"gone" nullable:"false" doc:"Ideas and groups that are there no more."`
	Ballot    []IdeaVote    `json:"ballot" nullable:"false" doc:"Your own votes, while it is voted."`
	Outcomes  []IdeaOutcome `json:"outcomes" nullable:"false"`
	Uncounted string        `json:"uncounted" doc:"Why there are no results though there was a vote, in a sentence; empty otherwise."`
}

// IdeaView is a card.
type IdeaView struct {
	ID      string            `json:"id"`
	N       int64             `json:"n" doc:"Its number on the board; 0 while it is hidden."`
	Text    string            `json:"text"`
	Link    string            `json:"link"`
	Picture string            `json:"picture" doc:"Where its picture is; empty when there is none."`
	Author  *people.PersonRef `json:"author" doc:"Null where ideas are anonymous and this one was not claimed."`
	Mine    bool              `json:"mine"`
	Claimed bool              `json:"claimed"`
	Hidden  bool              `json:"hidden" doc:"Only you see it yet."`
	Late    bool              `json:"late" doc:"It came after the reveal."`
	Edited  bool              `json:"edited"`
	Room    string            `json:"room"`
	Group   *string           `json:"group"`
	Merged  *string           `json:"merged" doc:"The idea that shows this one; null for a card of its own."`
	Place   int64             `json:"place"`
	Own     bool              `json:"own" doc:"You cannot vote on it: it is yours, or one of yours was merged into it."`
	Notes   []IdeaNote        `json:"notes" nullable:"false"`
	Result  *IdeaResult       `json:"result" doc:"Once the results are open."`
	May     IdeaMay           `json:"may"`
}

// IdeaMay says what the reader may do with an idea.
type IdeaMay struct {
	Edit  bool `json:"edit" doc:"And delete."`
	Claim bool `json:"claim"`
}

// IdeaNote is a comment, a pro or a con.
type IdeaNote struct {
	ID     string            `json:"id"`
	Kind   string            `json:"kind" enum:"comment,pro,con"`
	Text   string            `json:"text"`
	Author *people.PersonRef `json:"author"`
	Mine   bool              `json:"mine"`
}

// IdeaGroup is a group.
type IdeaGroup struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Place int64  `json:"place"`
}

// IdeaVote is a vote for one idea.
type IdeaVote struct {
	Idea   string `json:"idea"`
	Value  int64  `json:"value" minimum:"-3" maximum:"100"`
	Effort int64  `json:"effort,omitempty" minimum:"0" maximum:"5" doc:"With impact and effort: the effort; value is the impact."`
}

// IdeaOutcome is what became of ideas.
type IdeaOutcome struct {
	ID     string            `json:"id"`
	Kind   string            `json:"kind" enum:"task,decision,thread"`
	Title  string            `json:"title"`
	Ideas  []string          `json:"ideas" nullable:"false"`
	Path   string            `json:"path"`
	Owner  *people.PersonRef `json:"owner" doc:"Of a task."`
	By     people.PersonRef  `json:"by"`
	At     time.Time         `json:"at"`
	DoneAt *time.Time        `json:"done_at"`
	May    IdeaOutcomeMay    `json:"may"`
}

// IdeaOutcomeMay says what the reader may do with an outcome.
type IdeaOutcomeMay struct {
	Finish bool `json:"finish"`
}

// Written is the board as the API writes it for the actor; since as with Board.
func (s *Service) Written(ctx context.Context, a actor.Actor, x id.ID, since int64) (v BrainstormBoard, err error) {
	err = s.db.Snapshot(ctx, func(ctx context.Context, q db.Queryer) error {
		at, err := s.find(ctx, q, a, x)
		if err != nil {
			return err
		}
		bd, err := s.board(ctx, q, at, since)
		if err != nil {
			return err
		}
		v, err = s.viewBoard(ctx, q, bd)
		return err
	})
	return v, err
}

func (s *Service) viewBoard(ctx context.Context, q db.Queryer, bd *Board) (v BrainstormBoard, err error) {
	b := bd.at.b
	refs, err := s.people.Refs(ctx, q, b.WorkspaceID, bd.persons())
	if err != nil {
		return v, err
	}
	v = BrainstormBoard{
		Version: b.Version, Whole: bd.Whole, Phase: string(b.Phase), Ideas: make([]IdeaView, 0, len(bd.Ideas)), Groups: []IdeaGroup{}, Gone: []string{},
		Ballot: []IdeaVote{}, Outcomes: []IdeaOutcome{}, Uncounted: b.uncounted(),
	}
	for _, i := range bd.Ideas {
		v.Ideas = append(v.Ideas, bd.viewIdea(i, refs))
	}
	for _, g := range bd.Groups {
		v.Groups = append(v.Groups, IdeaGroup{ID: id.Encode("grp", g.ID), Name: g.Name, Place: g.Place})
	}
	for _, x := range bd.Gone {
		v.Gone = append(v.Gone, id.Encode("idea", x), id.Encode("grp", x))
	}
	for _, m := range bd.Ballot {
		v.Ballot = append(v.Ballot, IdeaVote{Idea: id.Encode("idea", m.Idea), Value: m.Value, Effort: m.Effort})
	}
	for _, o := range bd.Outcomes {
		v.Outcomes = append(v.Outcomes, bd.viewOutcome(o, refs))
	}
	return v, nil
}

// persons are all whose names the board shows.
func (bd *Board) persons() (out []id.ID) {
	seen := map[id.ID]bool{{}: true}
	add := func(x id.ID) {
		if !seen[x] {
			seen[x] = true
			out = append(out, x)
		}
	}
	for _, i := range bd.Ideas {
		add(i.Author)
		for _, n := range bd.Notes[i.ID] {
			add(n.Author)
		}
	}
	for _, o := range bd.Outcomes {
		add(o.Owner)
		add(o.By)
	}
	return out
}

func (bd *Board) viewIdea(i Idea, refs map[id.ID]people.PersonRef) IdeaView {
	at := bd.at
	own := bd.mine(i)
	mine := own || !i.Author.IsZero() && i.Author == at.a.Person
	v := IdeaView{
		ID: id.Encode("idea", i.ID), N: i.N, Text: i.Text, Link: i.Link, Author: person(i.Author, refs), Mine: mine, Hidden: !i.Shown, Late: i.Late,
		Claimed: at.b.Settings.V.Anonymous && !i.Author.IsZero(), Edited: i.Edited, Room: i.Room, Group: pointer("grp", i.Group), Merged: pointer("idea", i.Merged),
		Place: i.Place, Own: bd.Own[i.ID], Notes: []IdeaNote{}, Result: bd.Results[i.ID],
	}
	if i.Picture != "" {
		v.Picture = web.Prefix + Path(at.b.ID) + "/ideas/" + v.ID + "/picture?" + i.Picture[:8]
	}
	for _, n := range bd.Notes[i.ID] {
		v.Notes = append(v.Notes, IdeaNote{ID: id.Encode("note", n.ID), Kind: n.Kind, Text: n.Text, Author: person(n.Author, refs), Mine: at.b.of(at.a.Person, n.ID, n.Mark)})
	}
	if own && at.mayPost {
		v.May.Edit = at.mayWrite() == nil
		v.May.Claim = at.b.Settings.V.Anonymous && at.b.Phase == Act
	}
	return v
}

func (bd *Board) viewOutcome(o Outcome, refs map[id.ID]people.PersonRef) IdeaOutcome {
	return IdeaOutcome{
		ID: id.Encode("outc", o.ID), Kind: o.Kind, Title: o.Title, Ideas: id.EncodeAll("idea", o.Ideas.V), Path: o.Path, Owner: person(o.Owner, refs),
		By: refs[o.By], At: o.At.Time(), DoneAt: o.DoneAt.Pointer(),
		May: IdeaOutcomeMay{Finish: o.Kind == Task && bd.at.mayPost && (o.Owner == bd.at.a.Person || bd.at.facilitates)},
	}
}

func person(x id.ID, refs map[id.ID]people.PersonRef) *people.PersonRef {
	r, ok := refs[x]
	if x.IsZero() || !ok {
		return nil
	}
	return &r
}

func pointer(prefix string, x id.ID) *string {
	if x.IsZero() {
		return nil
	}
	s := id.Encode(prefix, x)
	return &s
}
