package attention

import (
	"context"
	"fmt"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
)

// Line is one line of a digest, in words, for its reader.
type Line struct {
	Kind    Kind
	Title   string // what happened, who did it, about what
	Excerpt string // a line of the thing itself; may be empty
	Path    string
	Due     clock.Instant // the reader's own; zero for none
	Who     people.PersonRef
	Thread  id.ID
	Subject string // the thread's title
}

// seen is what one reader may see of the things that deliveries and items are about.
type seen struct {
	reader  actor.Actor
	asks    map[id.ID]*asks.Ask
	threads map[id.ID]spaces.Thread
	posts   map[id.ID]spaces.Post
	spaces  map[id.ID]spaces.Space
	who     map[id.ID]people.PersonRef

	in   map[id.ID]spaces.ThreadIn // of an inbox: threads with their spaces,
	said map[id.ID]string          // and the first words of posts
}

// wanted lists the ids of things to be looked up.
type wanted struct{ asks, threads, posts, people []id.ID }

// look reads all things at once, as the reader may see them.
func (s *Service) look(ctx context.Context, q db.Queryer, reader actor.Actor, w wanted) (v seen, err error) {
	v = seen{reader: reader, asks: map[id.ID]*asks.Ask{}}
	list, err := s.asks.Asks(ctx, q, reader, unique(w.asks))
	if err != nil {
		return v, err
	}
	for i, a := range list {
		v.asks[a.ID] = &list[i]
		w.posts, w.threads, w.people = append(w.posts, a.PostID), append(w.threads, a.ThreadID), append(w.people, a.AskerID)
		for _, o := range a.Owed {
			w.people = append(w.people, o.PersonID, o.PassedTo)
		}
	}
	if v.threads, err = s.spaces.Threads(ctx, q, reader, unique(w.threads)); err != nil {
		return v, err
	}
	var of []id.ID
	for _, t := range v.threads {
		of, w.people = append(of, t.Space), append(w.people, t.ConcludedBy)
	}
	if v.spaces, err = s.spaces.SpacesByID(ctx, q, reader, unique(of)); err != nil {
		return v, err
	}
	if v.posts, err = s.spaces.Posts(ctx, q, reader, unique(w.posts)); err != nil {
		return v, err
	}
	v.who, err = s.people.Refs(ctx, q, reader.Workspace, unique(w.people))
	return v, err
}

// linesOf writes deliveries as lines; what the reader may not see any more, or
// what was deleted, is left out.
func (s *Service) linesOf(ctx context.Context, q db.Queryer, reader actor.Actor, rows []delivery) ([]Line, error) {
	var w wanted
	for _, r := range rows {
		w.people, w.threads, w.asks = append(w.people, r.WhoID), append(w.threads, r.ThreadID), append(w.asks, r.AskID)
		if r.RefKind == "post" {
			w.posts = append(w.posts, r.RefID)
		}
	}
	v, err := s.look(ctx, q, reader, w)
	if err != nil {
		return nil, err
	}
	out := []Line{}
	for _, part := range lines(rows) {
		if l, ok := v.line(part); ok {
			out = append(out, l)
		}
	}
	return out, nil
}

// line is one delivery, or the posts of one thread together.
func (v seen) line(rows []delivery) (Line, bool) {
	r := rows[0]
	t, ok := v.threads[r.ThreadID]
	if !ok {
		return Line{}, false
	}
	l := Line{Kind: r.Kind, Who: v.who[r.WhoID], Thread: t.ID, Subject: t.Title, Path: threadPath(t.ID)}
	if !r.Kind.read() {
		a, ok := v.asks[r.AskID]
		if !ok {
			return Line{}, false
		}
		l.Path = a.Path()
		l.Title, l.Excerpt = v.aboutAsk(r.Kind, a, r.WhoID, t)
		l.Due = dueFor(r, a)
		return l, true
	}
	return v.aboutThread(l, rows, t)
}

// dueFor is the due that a line shows: the reader's own, or that of whom it is about.
func dueFor(r delivery, a *asks.Ask) clock.Instant {
	person := r.PersonID
	switch {
	case r.Kind == LateFor || r.Kind == DueMoved || r.Kind == Acknowledged:
		person = r.WhoID
	case !r.Kind.owes():
		return 0
	}
	if o := a.Of(person); o != nil {
		return o.By()
	}
	return 0
}

func (v seen) aboutThread(l Line, rows []delivery, t spaces.Thread) (Line, bool) {
	n, mention := 0, false
	for _, r := range rows {
		p, ok := v.posts[r.RefID]
		switch {
		case r.Kind == Concluded:
			l.Kind, l.Who = Concluded, v.who[r.WhoID]
		case !ok || p.Deleted():
		default:
			n++
			if r.Kind == Mention && !mention || l.Excerpt == "" {
				l.Kind, l.Who = r.Kind, v.who[p.Author]
				l.Excerpt, l.Path = text.Excerpt(p.Markdown, excerptLength), postPath(t.ID, p.ID)
			}
			mention = mention || r.Kind == Mention
		}
	}
	switch {
	case l.Kind == Concluded && t.Concluded():
		l.Title, l.Excerpt, l.Path = l.Who.Name+" concluded "+quote(t.Title), text.Excerpt(t.ConclusionMarkdown, excerptLength), threadPath(t.ID)
	case n == 0:
		return l, false
	default:
		l.Title = posted(l.Who.Name, mention, n) + " in " + quote(t.Title)
	}
	return l, true
}

// excerptLength is in characters.
const excerptLength = spaces.ExcerptLength

// posted is the beginning of a sentence about posts in a thread.
func posted(name string, mention bool, n int) string {
	switch {
	case mention && n > 1:
		return fmt.Sprintf("%s mentioned you, and there are %d new posts", name, n)
	case mention:
		return name + " mentioned you"
	case n > 1:
		return fmt.Sprintf("%d new posts", n)
	}
	return name + " posted"
}

func quote(s string) string { return "“" + s + "”" }

func threadPath(thread id.ID) string { return "/threads/" + id.Encode("thr", thread) }

func postPath(thread, post id.ID) string { return threadPath(thread) + "#" + id.Encode("post", post) }
