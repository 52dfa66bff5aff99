package app

import (
	"context"
	"fmt"
	netmail "net/mail"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/feature/agreements"
	"example.org/meantime/internal/feature/attention"
	"example.org/meantime/internal/feature/checkins"
	"example.org/meantime/internal/feature/importers"
	"example.org/meantime/internal/feature/live"
	"example.org/meantime/internal/feature/mail"
	"example.org/meantime/internal/feature/push"
	"example.org/meantime/internal/feature/search"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
	"example.org/meantime/worktime"
)

// introduce fills the small interfaces by which lower packages ask for what
// higher ones know.
func (a *App) introduce() {
	a.People.Introduce(people.Neighbours{Shares: a.Spaces.Shares, Workspaces: a.Auth.Workspaces, Bounds: a.Agreed.Bounds, Closes: a.Bounds.Closes})
	a.Auth.Introduce(joiner{a.Spaces})
	a.Spaces.Introduce(spaces.Neighbours{OpenAsks: a.Asks.OpenAsks, PostAsks: a.Asks.PostAsks, ByMail: a.Mail.ByMail, Duty: a.dutyWord})
	a.Asks.PageOutsideHours(a.Attention.Consents)
	a.Asks.AskDuty(a.onDuty)
	a.Asks.PageWith(a.Pages)
	a.Pages.AgreedOn(a.agreedUrgent)
	a.Bounds.Introduce(a.mirrors())
	a.tell()
	a.tellDecisions()
	a.introduceDecisions()
	a.Calendars.AlsoFrom(a.shifts)
	a.Asks.AgreedOn(a.Agreed)
	a.Attention.Tell(agreements.EventChanged, worktime.Routine)
	a.Attention.Tell(checkins.EventReported, worktime.Routine)
	a.Attention.Tell(checkins.EventLeft, worktime.Routine)
	repliers := describe.Repliers{}
	repliers.Add(a.Asks.Repliers())
	repliers.Add(a.Checkins.Repliers())
	a.introduceBrainstorms()
	repliers.Add(a.Storms.Repliers())
	repliers.Add(a.Decisions.Repliers())
	repliers.Add(a.Batons.Repliers())
	repliers.Add(a.Duty.Repliers())
	a.tellBatons()
	a.Asks.AnswerThere(repliers)
	a.Mail.Introduce(mail.Neighbours{Spaces: a.Spaces, Asks: a.Asks, Files: a.Files, Repliers: repliers, Members: a.Auth.MembersOf, Undelivered: a.Decisions.UndeliveredTx})
	a.Push.Introduce(a.Mail)
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
	checks *checkins.Service
}

// gone turns "not found" into ok = false.
func gone(err error) (bool, error) {
	if fault.IsKind(err, fault.NotFound) {
		return true, nil
	}
	return false, err
}

// Texts reads threads, posts and people for search, each kind at once.
func (s sources) Texts(ctx context.Context, q db.Queryer, workspace id.ID, list []search.Ref) (map[id.ID]search.Text, error) {
	of := map[string][]id.ID{}
	for _, r := range list {
		of[r.Kind] = append(of[r.Kind], r.ID)
	}
	out := make(map[id.ID]search.Text, len(list))
	posts, err := s.spaces.Posts(ctx, q, actor.System(workspace), of["post"])
	if err != nil {
		return nil, err
	}
	titles := make([]id.ID, 0, len(posts))
	for _, p := range posts {
		titles = append(titles, p.Thread)
	}
	threads, err := s.spaces.Threads(ctx, q, actor.System(workspace), append(titles, of["thread"]...))
	if err != nil {
		return nil, err
	}
	persons, err := s.people.ByIDs(ctx, q, workspace, of["person"])
	if err != nil {
		return nil, err
	}
	for _, x := range of["thread"] {
		if t, ok := threads[x]; ok {
			out[x] = threadText(t)
		}
	}
	for _, p := range posts {
		if !p.Deleted() && p.Kind == spaces.KindPost {
			out[p.ID] = search.Text{Space: p.Space, Thread: p.Thread, Author: p.Author, At: p.CreatedAt, Title: threads[p.Thread].Title, Body: s.spaces.Plain(p)}
		}
	}
	if err := s.answers(ctx, q, workspace, of["checkin_answer"], out); err != nil {
		return nil, err
	}
	for _, p := range persons {
		if p.State != people.Removed {
			out[p.ID] = search.Text{Author: p.ID, At: p.CreatedAt, Title: p.Name, Body: p.Handle + " " + p.Title}
		}
	}
	return out, nil
}

func threadText(t spaces.Thread) search.Text {
	body := t.Purpose
	if t.ConclusionMarkdown != "" {
		body = text.Read(t.ConclusionMarkdown).Plain + "\n" + body
	}
	return search.Text{Space: t.Space, Thread: t.ID, Author: t.OpenedBy, At: t.OpenedAt, Title: t.Title, Body: body, Concluded: t.Concluded()}
}

func (s sources) Imported(e event.Event) (fresh, changed []search.Ref, err error) {
	var data spaces.Imported
	if err := e.Decode(&data); err != nil {
		return nil, nil, err
	}
	if data.Opened {
		fresh = append(fresh, search.Ref{Kind: "thread", ID: e.Subject.ID})
	}
	fresh = refs(refs(fresh, "thread", data.Threads), "post", data.Posts)
	return fresh, refs(nil, "post", data.Changed), nil
}

func refs(out []search.Ref, kind string, list []id.ID) []search.Ref {
	for _, x := range list {
		out = append(out, search.Ref{Kind: kind, ID: x})
	}
	return out
}

// index lets an import enter what it brings into the index of search.
type index struct{ search *search.Service }

func (x index) Words(workspace id.ID, text string) any { return x.search.Cook(workspace, text) }

func (x index) AddTx(ctx context.Context, tx *db.Tx, list []importers.Found) error {
	out := make([]search.Entry, len(list))
	for i, f := range list {
		out[i] = search.Entry{Ref: threadOrPost(f.ID, f.Thread), Space: f.Space, Thread: f.Thread, Author: f.Author, At: f.At}
		if err := worded(&out[i], f.Words); err != nil {
			return err
		}
	}
	return x.search.AddTx(ctx, tx, out)
}

func threadOrPost(x, thread id.ID) search.Ref {
	if x == thread {
		return search.Ref{Kind: "thread", ID: x}
	}
	return search.Ref{Kind: "post", ID: x}
}

// worded puts in the words that index.Words made, which others carry without knowing them.
func worded(e *search.Entry, words any) (err error) {
	var ok bool
	if e.Words, ok = words.(search.Words); !ok {
		err = fmt.Errorf("app: %T are no words", words)
	}
	return err
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
	found, err := n.spaces.SpacesByID(ctx, q, actor.System(workspace), ids)
	out := make(map[id.ID]search.SpaceRef, len(found))
	for x, sp := range found {
		out[x] = search.SpaceRef{ID: id.Encode("sp", x), Name: sp.Name, Color: sp.Color}
	}
	return out, err
}

// digests carries attention's digests to mail.
type digests struct{ attention *attention.Service }

func (d digests) Digest(ctx context.Context, workspace, digest id.ID) (mail.Digest, error) {
	g, lines, err := d.attention.Read(ctx, workspace, digest)
	out := mail.Digest{ID: g.ID, Person: g.PersonID, At: g.At, Urgency: g.Urgency}
	if g.AwayFrom != 0 {
		out.Heading = "While you were away"
	}
	for _, l := range lines {
		out.Items = append(out.Items, mail.Item{Title: l.Title, Excerpt: l.Excerpt, Path: l.Path, Due: l.Due, Thread: l.Thread, Subject: l.Subject, Sort: sortOf(l), Ref: l.Ref, Section: attention.SectionWords[l.Section], Said: saidOf(l)})
	}
	return out, err
}

func saidOf(l attention.Line) (out []mail.Said) {
	for _, x := range l.Said {
		out = append(out, mail.Said(x))
	}
	return out
}

// pushed carries attention's digests to push: titles, and nothing else that was written.
type pushed struct{ attention *attention.Service }

func (d pushed) Digest(ctx context.Context, workspace, digest id.ID) (push.Digest, error) {
	g, lines, err := d.attention.Read(ctx, workspace, digest)
	out := push.Digest{ID: g.ID, Person: g.PersonID, Urgency: g.Urgency}
	for _, l := range lines {
		out.Items = append(out.Items, push.Item{Title: l.Title, Path: l.Path, Subject: l.Subject, Ref: l.Ref})
	}
	return out, err
}

// contact is the bare address of a sender, "" when it is none.
func contact(from string) string {
	a, err := netmail.ParseAddress(from)
	if err != nil {
		return ""
	}
	return a.Address
}

func sortOf(l attention.Line) mail.Sort {
	switch {
	case l.Owed():
		return mail.Asks
	case l.Read():
		return mail.Info
	}
	return mail.News
}

// wishes carries how people want their mail to mail.
type wishes struct{ *attention.Service }

func (w wishes) MailWish(ctx context.Context, workspace, person id.ID) (mail.Wish, error) {
	s, err := w.SettingsOf(ctx, workspace, person)
	return mail.Wish{
		Mail: s.Mail, Each: s.MailAsks == attention.Each, Plain: s.MailPlain, Nights: s.PageOutsideHours, Leave: map[mail.Sort]bool{
			mail.Asks: s.MailAsks == attention.NoMail, mail.News: s.MailNews == attention.NoMail, mail.Info: s.MailInfo == attention.NoMail,
		},
	}, err
}
