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
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
	"example.org/meantime/worktime"
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
	Section string // of a catch-up; empty elsewhere
	Ask     id.ID  // the ask that it is about, if any
	Instead *Instead
	Ref     event.Ref // what a reply to the line is about
	Ended   bool      // of a notice: its thing has come to its end
	Series  string    // of a notice: what many like it are called,
	Whole   string    // and where they are all read
	Said    []Said    // all that was written, for those who have nothing but the mail
}

// Said is what somebody wrote, whole.
type Said struct {
	Who      string // their name; empty where the line says it
	Markdown string
	HTML     string // of the Markdown; empty where nobody rendered it yet
	Post     id.ID  // that the words stand in; zero where they stand in none
}

// Owed says that somebody waits for its reader.
func (l Line) Owed() bool { return l.Kind.owes() }

// Read says that the line is for information.
func (l Line) Read() bool { return l.Kind.read() }

// seen is what one reader may see of the things that deliveries and items are about.
type seen struct {
	reader  actor.Actor
	now     clock.Instant
	hours   *worktime.Schedule // of the reader
	asks    map[id.ID]*asks.Ask
	threads map[id.ID]spaces.Thread
	posts   map[id.ID]spaces.Post
	spaces  map[id.ID]spaces.Space
	who     map[id.ID]people.PersonRef
	things  map[id.ID]describe.Thing // of notices, by delivery
	away    map[id.ID][]asks.Away    // who of those asked is away, for the asker
	leaving map[id.ID]int            // how much is due during an absence, by delivery

	in   map[id.ID]spaces.ThreadIn // of an inbox: threads with their spaces,
	said map[id.ID]string          // and the first words of posts
}

// wanted lists the ids of things to be looked up.
type wanted struct{ asks, threads, posts, people []id.ID }

func (w *wanted) add(rows []delivery) {
	for _, r := range rows {
		w.people, w.threads, w.asks = append(w.people, r.WhoID), append(w.threads, r.ThreadID), append(w.asks, r.AskID)
		if r.RefKind == "post" {
			w.posts = append(w.posts, r.RefID)
		}
	}
}

// look reads all things at once, as the reader may see them.
func (s *Service) look(ctx context.Context, q db.Queryer, reader actor.Actor, w wanted) (v seen, err error) {
	v = seen{reader: reader, now: s.now(), asks: map[id.ID]*asks.Ask{}}
	hours, err := s.people.HoursOf(ctx, q, reader.Workspace, []id.ID{reader.Person})
	if err != nil {
		return v, err
	}
	v.hours = hours[reader.Person]
	list, err := s.asks.Asks(ctx, q, reader, unique(w.asks))
	if err != nil {
		return v, err
	}
	for i, a := range list {
		v.asks[a.ID] = &list[i]
		w.posts, w.threads, w.people = append(w.posts, a.PostID), append(w.threads, a.ThreadID), append(w.people, a.AskerID)
		for _, o := range a.Owed {
			w.people, w.posts = append(w.people, o.PersonID, o.PassedTo), append(w.posts, o.AnswerPost)
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
	v, err := s.lookFor(ctx, q, reader, rows, wanted{})
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

// lookFor reads what some deliveries are about, and what else is wanted with it.
func (s *Service) lookFor(ctx context.Context, q db.Queryer, reader actor.Actor, rows []delivery, w wanted) (v seen, err error) {
	w.add(rows)
	things, err := s.noticed(ctx, q, reader, rows)
	if err != nil {
		return v, err
	}
	for _, t := range things {
		w.people = append(w.people, t.Who)
	}
	away, err := s.whoIsAway(ctx, q, reader, rows)
	if err != nil {
		return v, err
	}
	for _, list := range away {
		for _, x := range list {
			w.people = append(w.people, x.Absence.StandIn)
		}
	}
	leaving, err := s.leavings(ctx, q, reader, rows)
	if err != nil {
		return v, err
	}
	v, err = s.look(ctx, q, reader, w)
	v.things, v.away, v.leaving = things, away, leaving
	return v, err
}

// line is one delivery, or the posts of one thread together.
func (v seen) line(rows []delivery) (Line, bool) {
	r := rows[0]
	switch r.Kind {
	case Notice:
		return v.notice(r)
	case CatchUp, Leaving:
		return v.aboutAbsence(r)
	}
	t, ok := v.threads[r.ThreadID]
	if !ok {
		return Line{}, false
	}
	l := Line{Kind: r.Kind, Who: v.who[r.WhoID], Thread: t.ID, Subject: t.Title, Path: threadPath(t.ID), Ref: event.Ref{Kind: "thread", ID: t.ID}}
	if !r.Kind.read() {
		a, ok := v.asks[r.AskID]
		if !ok {
			return Line{}, false
		}
		l.Path, l.Ask = a.Path(), a.ID
		if r.Kind.owes() {
			l.Ref = event.Ref{Kind: "ask", ID: a.ID}
		}
		l.Title, l.Excerpt = v.aboutAsk(r.Kind, a, r.WhoID, t)
		l.Said = v.saidOfAsk(r.Kind, a, r.WhoID)
		l.Due = v.dueFor(r, a)
		if l.Instead = v.instead(r); l.Instead != nil {
			l.Path = l.Instead.Path()
		}
		return l, true
	}
	return v.aboutThread(l, rows, t)
}

// dueFor is the due that a line shows: the reader's own, or that of whom it is about.
func (v seen) dueFor(r delivery, a *asks.Ask) clock.Instant {
	person := r.PersonID
	switch {
	case r.Kind.owes():
		if o := a.Of(person); o != nil {
			return o.OwnBy(v.hours, v.now)
		}
		return 0
	case r.Kind == LateFor || r.Kind == DueMoved || r.Kind == Acknowledged || r.Kind == Away:
		person = r.WhoID
	default:
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
			l.Said = append(l.Said, v.saidIn(p.ID, v.who[p.Author].Name)...)
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
		l.Said = append([]Said{{Markdown: t.ConclusionMarkdown}}, l.Said...)
	case n == 0:
		return l, false
	default:
		l.Title = posted(l.Who.Name, mention, n) + " in " + quote(t.Title)
		if n == 1 {
			l.Said[0].Who = "" // the title says it
		}
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
