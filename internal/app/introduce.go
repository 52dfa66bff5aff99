package app

import (
	"context"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/feature/attention"
	"example.org/meantime/internal/feature/live"
	"example.org/meantime/internal/feature/mail"
	"example.org/meantime/internal/feature/search"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
)

// introduce fills the small interfaces by which lower packages ask for what
// higher ones know.
func (a *App) introduce() {
	a.People.Introduce(people.Neighbours{Shares: a.Spaces.Shares, Workspaces: a.Auth.Workspaces})
	a.Auth.Introduce(joiner{a.Spaces})
	a.Spaces.Introduce(spaces.Neighbours{OpenAsks: a.Asks.OpenAsks, PostAsks: a.Asks.PostAsks})
	a.Asks.PageOutsideHours(a.Attention.Consents)
}

// joiner lets invitations lead into spaces.
type joiner struct{ spaces *spaces.Service }

func (j joiner) MayInvite(ctx context.Context, q db.Queryer, a actor.Actor, space id.ID) error {
	return j.spaces.MayInvite(ctx, q, a, []id.ID{space})
}

func (j joiner) JoinTx(ctx context.Context, tx *db.Tx, a actor.Actor, space, person id.ID) error {
	return j.spaces.JoinTx(ctx, tx, a, person, []id.ID{space})
}

// sources reads the core's things as text for search.
type sources struct {
	people *people.Service
	spaces *spaces.Service
	asks   *asks.Service
}

// gone turns "not found" into ok = false.
func gone(err error) (bool, error) {
	if fault.IsKind(err, fault.NotFound) {
		return true, nil
	}
	return false, err
}

func (s sources) ThreadText(ctx context.Context, q db.Queryer, workspace, thread id.ID) (search.Text, bool, error) {
	t, err := s.spaces.Thread(ctx, q, actor.System(workspace), thread)
	if none, err := gone(err); none || err != nil {
		return search.Text{}, false, err
	}
	body := t.Purpose
	if t.ConclusionMarkdown != "" {
		body = text.Read(t.ConclusionMarkdown).Plain + "\n" + body
	}
	return search.Text{Space: t.Space, Thread: t.ID, Author: t.OpenedBy, At: t.OpenedAt, Title: t.Title, Body: body, Concluded: t.Concluded()}, true, nil
}

func (s sources) PostText(ctx context.Context, q db.Queryer, workspace, post id.ID) (search.Text, bool, error) {
	house := actor.System(workspace)
	p, err := s.spaces.Post(ctx, q, house, post)
	if none, err := gone(err); none || err != nil {
		return search.Text{}, false, err
	}
	if p.Deleted() || p.Kind != spaces.KindPost {
		return search.Text{}, false, nil
	}
	t, err := s.spaces.Thread(ctx, q, house, p.Thread)
	if err != nil {
		return search.Text{}, false, err
	}
	return search.Text{Space: p.Space, Thread: p.Thread, Author: p.Author, At: p.CreatedAt, Title: t.Title, Body: text.Read(p.Markdown).Plain}, true, nil
}

func (s sources) PersonText(ctx context.Context, q db.Queryer, workspace, person id.ID) (search.Text, bool, error) {
	p, err := s.people.Get(ctx, q, workspace, person)
	if none, err := gone(err); none || err != nil {
		return search.Text{}, false, err
	}
	if p.State == people.Removed {
		return search.Text{}, false, nil
	}
	return search.Text{Author: p.ID, At: p.CreatedAt, Title: p.Name, Body: p.Handle + " " + p.Title}, true, nil
}

func (s sources) Imported(e event.Event) (threads, posts []id.ID, err error) {
	var data spaces.Imported
	if err := e.Decode(&data); err != nil {
		return nil, nil, err
	}
	if data.Opened {
		threads = []id.ID{e.Subject.ID}
	}
	return threads, data.Posts, nil
}

func (s sources) Person(ctx context.Context, q db.Queryer, a actor.Actor, handle string) (id.ID, bool, error) {
	if handle == "me" {
		return a.Person, true, nil
	}
	found, _, err := s.people.ByHandles(ctx, q, a.Workspace, []string{handle})
	who, ok := found[handle]
	return who, ok, err
}

func (s sources) Space(ctx context.Context, q db.Queryer, a actor.Actor, handle string) (id.ID, bool, error) {
	return s.spaces.ByHandle(ctx, q, a, handle)
}

func (s sources) Owing(ctx context.Context, q db.Queryer, a actor.Actor, person id.ID) ([]id.ID, error) {
	var out []id.ID
	var at asks.Cursor
	for range 20 { // a thousand open asks are more than a search needs
		list, err := s.asks.Owe(ctx, q, a, person, at, 50)
		if err != nil || len(list) == 0 {
			return out, err
		}
		for _, o := range list {
			if !o.Gone {
				out = append(out, o.Ask.ThreadID)
			}
		}
		at = list[len(list)-1].Next
	}
	return out, nil
}

func (s sources) Readable(ctx context.Context, q db.Queryer, a actor.Actor) ([]id.ID, error) {
	return s.spaces.Readable(ctx, q, a)
}

// readers says to live pages who may read a space.
type readers struct{ spaces *spaces.Service }

func (r readers) Open(ctx context.Context, q db.Queryer, workspace id.ID) ([]id.ID, error) {
	// Nobody has the workspace's own name, so this member belongs to no space.
	return r.spaces.Readable(ctx, q, actor.Actor{Workspace: workspace, Person: workspace, Role: actor.Member})
}

func (r readers) Readers(ctx context.Context, q db.Queryer, workspace, space id.ID) (live.Readers, error) {
	sp, err := r.spaces.Space(ctx, q, actor.System(workspace), space)
	if none, err := gone(err); none || err != nil {
		return live.Readers{Members: map[id.ID]bool{}}, err
	}
	list, err := r.spaces.Members(ctx, q, workspace, space)
	out := live.Readers{Open: !sp.Private, Members: make(map[id.ID]bool, len(list))}
	for _, person := range list {
		out.Members[person] = true
	}
	return out, err
}

func (r readers) Member(ctx context.Context, q db.Queryer, workspace, space, person id.ID) (bool, error) {
	// A guest reads what they are a member of, and nothing else.
	err := r.spaces.MayRead(ctx, q, actor.Actor{Workspace: workspace, Person: person, Role: actor.Guest}, space)
	none, err := gone(err)
	return !none && err == nil, err
}

// names looks up how people and spaces are shown.
type names struct {
	people *people.Service
	spaces *spaces.Service
}

func (n names) PersonRefs(ctx context.Context, q db.Queryer, workspace id.ID, ids []id.ID) (map[id.ID]search.PersonRef, error) {
	refs, err := n.people.Refs(ctx, q, workspace, ids)
	out := make(map[id.ID]search.PersonRef, len(refs))
	for k, v := range refs {
		out[k] = search.PersonRef(v)
	}
	return out, err
}

func (n names) SpaceRefs(ctx context.Context, q db.Queryer, workspace id.ID, ids []id.ID) (map[id.ID]search.SpaceRef, error) {
	out := map[id.ID]search.SpaceRef{}
	for _, x := range ids {
		if _, done := out[x]; done || x.IsZero() {
			continue
		}
		sp, err := n.spaces.Space(ctx, q, actor.System(workspace), x)
		if none, err := gone(err); none || err != nil {
			if err != nil {
				return nil, err
			}
			continue
		}
		out[x] = search.SpaceRef{ID: id.Encode("sp", sp.ID), Name: sp.Name, Color: sp.Color}
	}
	return out, nil
}

// digests carries attention's digests to mail.
type digests struct{ attention *attention.Service }

func (d digests) Digest(ctx context.Context, workspace, digest id.ID) (mail.Digest, error) {
	g, lines, err := d.attention.Read(ctx, workspace, digest)
	out := mail.Digest{ID: g.ID, Person: g.PersonID, At: g.At, Urgency: g.Urgency}
	for _, l := range lines {
		out.Items = append(out.Items, mail.Item{Title: l.Title, Excerpt: l.Excerpt, Path: l.Path, Due: l.Due, Thread: l.Thread, Subject: l.Subject})
	}
	return out, err
}
