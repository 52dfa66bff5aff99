package search

import (
	"context"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

// PersonRef names a person in a list.
type PersonRef struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Handle  string `json:"handle"`
	Zone    string `json:"zone"`
	Bot     bool   `json:"bot"`
	Removed bool   `json:"removed"`
}

// SpaceRef names a space in a list.
type SpaceRef struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Color string `json:"color"`
}

// Names looks up people and spaces for a page of hits in one go each.
type Names interface {
	PersonRefs(ctx context.Context, q db.Queryer, workspace id.ID, ids []id.ID) (map[id.ID]PersonRef, error)
	SpaceRefs(ctx context.Context, q db.Queryer, workspace id.ID, ids []id.ID) (map[id.ID]SpaceRef, error)
}

type hitJSON struct {
	Kind        string     `json:"kind" enum:"thread,post,person,checkin_answer"`
	ID          string     `json:"id"`
	Title       string     `json:"title"`
	ExcerptHTML string     `json:"excerpt_html" doc:"Text in which only <mark> is markup."`
	Path        string     `json:"path"`
	Space       *SpaceRef  `json:"space"`
	Who         *PersonRef `json:"who"`
	At          *time.Time `json:"at"`
	Concluded   bool       `json:"concluded"`
}

type understood struct {
	Words   []string `json:"words" nullable:"false"`
	From    *string  `json:"from"`
	In      *string  `json:"in"`
	Owed    *string  `json:"owed"`
	Before  *string  `json:"before"`
	Strange []string `json:"strange" nullable:"false" doc:"Parts that were not understood and left out."`
}

type foundJSON struct {
	Items      []hitJSON  `json:"items" nullable:"false"`
	Next       string     `json:"next"`
	Understood understood `json:"understood"`
}

// Routes adds the operation.
func (s *Service) Routes(a *web.API, names Names) {
	web.Handle(a, web.Op{Method: "GET", Path: "/search", ID: "search", Summary: "Find threads, posts and people", Tag: "search"},
		func(ctx context.Context, in *struct {
			Q     string `query:"q" maxLength:"500" doc:"Words, \"phrases\", begin*, from: in: owed: before:"`
			After string `query:"after"`
			Limit int    `query:"limit" minimum:"1" maximum:"50" default:"20"`
			Order string `query:"order" enum:"newest,relevance" default:"newest" doc:"Conclusions and then the newest first; or, of the newest 400, first what says most of the words."`
		},
		) (*web.Out[foundJSON], error) {
			who, err := actor.From(ctx)
			if err != nil {
				return nil, err
			}
			find := s.Find
			if in.Order == "relevance" {
				find = s.FindBest
			}
			found, err := find(ctx, who, in.Q, in.After, in.Limit)
			if err != nil {
				return nil, err
			}
			body, err := write(ctx, s.db, who.Workspace, found, names)
			return &web.Out[foundJSON]{Body: body}, err
		})
}

func write(ctx context.Context, q db.Queryer, workspace id.ID, found Found, names Names) (foundJSON, error) {
	var people, spaces []id.ID
	for _, h := range found.Hits {
		people, spaces = append(people, h.Author), append(spaces, h.Space)
	}
	who, err := names.PersonRefs(ctx, q, workspace, people)
	if err != nil {
		return foundJSON{}, err
	}
	where, err := names.SpaceRefs(ctx, q, workspace, spaces)
	if err != nil {
		return foundJSON{}, err
	}
	out := foundJSON{Items: []hitJSON{}, Next: found.Next, Understood: understoodAs(found.Query)}
	for _, h := range found.Hits {
		j := hitJSON{Kind: h.Kind, Title: h.Title, ExcerptHTML: h.Excerpt, At: h.At.Pointer(), Concluded: h.Concluded}
		switch thread := id.Encode("thr", h.Thread); h.Kind {
		case "person":
			j.ID = id.Encode("per", h.ID)
			j.Path = "/people/" + j.ID
		case "checkin_answer":
			j.ID = id.Encode("turn", h.ID)
			j.Path = "/checkins/turns/" + j.ID
		case "post":
			j.ID = id.Encode("post", h.ID)
			j.Path = "/threads/" + thread + "#" + j.ID
		default:
			j.ID, j.Path = thread, "/threads/"+thread
		}
		if p, ok := who[h.Author]; ok {
			j.Who = &p
		}
		if sp, ok := where[h.Space]; ok {
			j.Space = &sp
		}
		out.Items = append(out.Items, j)
	}
	return out, nil
}

func understoodAs(q Query) understood {
	u := understood{Words: []string{}, Strange: []string{}, From: some(q.From), In: some(q.In), Owed: some(q.Owed), Before: some(q.Before)}
	for _, t := range q.Words {
		word := ""
		for _, token := range t.Tokens {
			if word != "" {
				word += " "
			}
			word += token
		}
		u.Words = append(u.Words, word)
	}
	u.Strange = append(u.Strange, q.Strange...)
	return u
}

func some(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
