package spaces

import (
	"context"
	"strings"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
)

// NewPost is a post to be written. Body is what Compose made of Markdown before
// the transaction began, so that nobody waits for the rendering; left empty it
// is made on the way.
type NewPost struct {
	Thread   id.ID
	Markdown string
	Body     text.Body
	Files    []id.ID // finished uploads of the author's own
	Info     bool    // for information: nothing is asked
}

// PostTx adds a post to an open thread; its author and those it names follow the
// thread from now on.
func (s *Service) PostTx(ctx context.Context, tx *db.Tx, a actor.Actor, n NewPost) (p Post, err error) {
	if n.Body.HTML == "" {
		if n.Body, err = Compose(n.Markdown, len(n.Files)); err != nil {
			return Post{}, err
		}
	}
	t, sp, ok, err := loadPostable(ctx, tx, a.Workspace, n.Thread, a.Person)
	if err == nil && (!ok || !sp.mayRead(a)) {
		err = fault.Missing("thread")
	}
	if err != nil {
		return Post{}, err
	}
	if !sp.mayPost(a) {
		return Post{}, archived(sp.Space)
	}
	if t.Concluded() {
		return Post{}, fault.New(fault.Conflict, "thread_concluded", "This thread is concluded. Reopen it, with a reason, to go on.")
	}
	mentions, err := s.mentioned(ctx, tx, t.Space, a.Person, n.Body.Mentions)
	if err != nil {
		return Post{}, err
	}
	p = Post{
		WorkspaceID: tx.Workspace, ID: id.New(tx.Now), Thread: t.ID, Space: t.Space, Kind: KindPost, Author: a.Person,
		Markdown: n.Markdown, HTML: n.Body.HTML, Mentions: db.JSON[[]id.ID]{V: mentions}, Info: n.Info, CreatedAt: tx.Now,
	}
	p.N = t.LastN + 1 // nobody else writes in the workspace meanwhile
	if err := countPost(ctx, tx, t.ID, p.N); err != nil {
		return Post{}, err
	}
	if err := insertPost(ctx, tx, p, ""); err != nil {
		return Post{}, err
	}
	if err := s.attach(ctx, tx, a, p.ID, n.Files); err != nil {
		return Post{}, err
	}
	if err := followAll(ctx, tx, t.ID, mentions); err != nil {
		return Post{}, err
	}
	if err := takePart(ctx, tx, t.ID, a.Person, p.N); err != nil {
		return Post{}, err
	}
	s.plains.Put(said{p.ID, 0}, n.Body.Plain, int64(100+len(n.Body.Plain))) // those who listen will want it soon
	event.Append(tx, event.New{
		Kind: EventPosted, Actor: a.Person, Subject: postRef(p.ID), Space: t.Space, Thread: t.ID, Concerns: mentions,
		Data: Posted{Post: p.ID, Excerpt: text.Cut(n.Body.Plain, 200), Mentions: mentions, Info: n.Info},
	})
	return p, nil
}

// said names what a post says, in one of its versions.
type said struct {
	post      id.ID
	revisions int64
}

// Plain is what a post says, without marks.
func (s *Service) Plain(p Post) string {
	if plain, ok := s.plains.Get(said{p.ID, p.Revisions}); ok && !p.Deleted() {
		return plain
	}
	return text.Read(p.Markdown).Plain
}

// maxMentioned is how many of a post's names are looked up; the rest is only text.
const maxMentioned = 100

// dutyWord begins what means whoever is on duty.
const dutyWord = "duty"

// mentioned finds the people that a post names, teams taken apart and whoever is on
// duty found: those who may
// read the space, without the author.
func (s *Service) mentioned(ctx context.Context, tx *db.Tx, space, author id.ID, handles []string) ([]id.ID, error) {
	if len(handles) == 0 {
		return []id.ID{}, nil
	}
	named, teams, err := s.people.ByHandles(ctx, tx, tx.Workspace, handles[:min(len(handles), maxMentioned)])
	if err != nil {
		return nil, err
	}
	var persons, groups []id.ID
	for _, h := range handles { // in the order written
		if x, ok := named[h]; ok {
			persons = append(persons, x)
		} else if x, ok := teams[h]; ok {
			groups = append(groups, x)
		} else if s.near.Duty != nil && strings.HasPrefix(h, dutyWord) {
			x, err := s.near.Duty(ctx, tx, actor.Actor{Workspace: tx.Workspace, Person: author}, space, h)
			if err != nil {
				return nil, err
			}
			if !x.IsZero() {
				persons = append(persons, x)
			}
		}
	}
	list, err := s.people.Expand(ctx, tx, tx.Workspace, persons, groups)
	if err != nil || len(list) == 0 {
		return []id.ID{}, err
	}
	who, err := s.people.ByIDs(ctx, tx, tx.Workspace, list)
	if err != nil {
		return nil, err
	}
	reads, err := s.Readers(ctx, tx, tx.Workspace, space)
	if err != nil {
		return nil, err
	}
	out := []id.ID{}
	for _, x := range list {
		if x != author && reads(who[x]) {
			out = append(out, x)
		}
	}
	return out, nil
}

// note writes a line of the house into a thread: what the actor did to it.
func (s *Service) note(ctx context.Context, tx *db.Tx, a actor.Actor, thread id.ID, markdown string) (id.ID, error) {
	p := Post{
		ID: id.New(tx.Now), Thread: thread, Kind: KindNote, Author: a.Person, Markdown: markdown,
		HTML: text.Render(markdown), Mentions: db.JSON[[]id.ID]{V: []id.ID{}}, CreatedAt: tx.Now,
	}
	var err error
	if p.N, err = nextN(ctx, tx, thread, 0, tx.Now); err != nil {
		return id.ID{}, err
	}
	if err := insertPost(ctx, tx, p, ""); err != nil {
		return id.ID{}, err
	}
	return p.ID, readUpTo(ctx, tx, thread, a.Person, p.N)
}
