package attention

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
	"example.org/meantime/internal/platform/web"
)

// Row is a row of the inbox as the API shows it.
type Row struct {
	Key          string           `json:"key"`
	Group        string           `json:"group" enum:"late,today,week,later,info"`
	Kind         string           `json:"kind" doc:"The kind of the ask, or what the news is: info, mention, concluded, settled, answered, declined, lapsed, or notice for what another part of the house has to tell …"`
	Title        string           `json:"title"`
	Context      string           `json:"context"`
	Excerpt      string           `json:"excerpt"`
	Who          people.PersonRef `json:"who"`
	Space        asks.SpaceView   `json:"space"`
	Path         string           `json:"path"`
	Due          *time.Time       `json:"due" nullable:"true"`
	Ask          *asks.AskView    `json:"ask" doc:"Null for what is for information."`
	ChangedAt    time.Time        `json:"changed_at"`
	Delivered    bool             `json:"delivered" doc:"It has reached you at a check time of yours; false while it waits for one."`
	SnoozedUntil *time.Time       `json:"snoozed_until" nullable:"true"`
	May          RowMay           `json:"may"`
}

// RowMay says what the reader may do with a row.
type RowMay struct {
	Done   bool `json:"done"`
	Snooze bool `json:"snooze"`
	Answer bool `json:"answer"`
}

// Inbox is a page of one tab, with what the whole inbox holds.
type Inbox struct {
	Items  []Row  `json:"items" nullable:"false"`
	Next   string `json:"next" doc:"Give this as after to read on; empty at the end."`
	Counts Counts `json:"counts"`
	Line   string `json:"line"`
}

// Inbox reads a page of the actor's own inbox.
func (s *Service) Inbox(ctx context.Context, a actor.Actor, tab, after string, limit int) (out Inbox, err error) {
	err = s.db.Snapshot(ctx, func(ctx context.Context, q db.Queryer) error {
		in := s.newInbox(a)
		q, err := s.foresee(ctx, q, in, tab, after, limit)
		if err != nil {
			return err
		}
		off, err := s.putOff(ctx, q, in)
		if err != nil {
			return err
		}
		heads := map[string]head{}
		var list []entry
		if tab == tabSnoozed {
			list, out.Next, err = pageOf(off, after, limit)
		} else {
			list, out.Next, err = s.page(ctx, q, in, tab, after, limit)
			if after == "" {
				heads[tab] = head{list, out.Next == ""}
			}
		}
		if err != nil {
			return err
		}
		if out.Counts, out.Line, err = s.summary(ctx, q, in, heads, off); err != nil {
			return err
		}
		out.Items, err = s.rowsOf(ctx, q, in, list)
		return err
	})
	return out, err
}

// pageOf cuts a page out of a list that is there whole. It goes on behind the row
// that ended the last page, or at its number when that row is no longer there.
func pageOf(list []entry, after string, limit int) (page []entry, next string, err error) {
	start := 0
	if after != "" {
		number, key, ok := cut(after)
		if !ok {
			return nil, "", web.BadCursor("after")
		}
		start = min(number, len(list))
		if i := slices.IndexFunc(list, func(e entry) bool { return e.key() == key }); i >= 0 {
			start = i + 1
		}
	}
	page = list[start:min(start+limit, len(list))]
	if start+limit < len(list) {
		next = strconv.Itoa(start+limit) + "." + page[len(page)-1].key()
	}
	return page, next, nil
}

func cut(after string) (number int, key string, ok bool) {
	number, key, ok = 0, "", false
	if n, rest, found := strings.Cut(after, "."); found {
		i, err := strconv.Atoi(n)
		number, key, ok = i, rest, err == nil && i >= 0
	}
	return number, key, ok
}

// whole fills in what a row shows of its ask.
func (s *Service) whole(ctx context.Context, q db.Queryer, in *inbox, page []entry) error {
	var slim []asks.Slim
	for _, e := range page {
		if e.isAsk {
			slim = append(slim, e.slim)
		}
	}
	found, err := s.asks.Whole(ctx, q, in.actor.Workspace, slim)
	for i := range page {
		if e := &page[i]; e.isAsk {
			e.about(in, found[e.id])
		}
	}
	return err
}

// about is how an open ask stands to the reader: as an addressee, or its asker.
func (e *entry) about(in *inbox, a *asks.Ask) {
	e.ask = a
	if a == nil {
		return
	}
	if o := a.Of(in.actor.Person); o != nil && a.AskerID != in.actor.Person {
		e.mine, e.due, e.changed = *o, o.By(), o.ChangedAt
		e.group = in.cal.group(e.due, in.now, o.Late(in.now))
		return
	}
	late := false
	e.due, e.changed = a.LastDue, a.CreatedAt
	for _, row := range a.Owed {
		late, e.changed = late || row.Late(in.now), max(e.changed, row.ChangedAt)
	}
	e.group = in.cal.group(e.due, in.now, late)
}

func (s *Service) rowsOf(ctx context.Context, q db.Queryer, in *inbox, page []entry) ([]Row, error) {
	if err := s.whole(ctx, q, in, page); err != nil {
		return nil, err
	}
	var shown []*asks.Ask
	var who []id.ID
	var said []spaces.PostIn
	v := seen{reader: in.actor, in: in.threads}
	for _, e := range page {
		version := in.threads[e.thread].Version
		if e.ask != nil {
			shown, who = append(shown, e.ask), append(who, e.ask.Everybody()...)
			said = append(said, spaces.PostIn{Post: e.ask.PostID, Version: version})
		}
		if e.item != nil {
			who = append(who, e.item.WhoID, in.things[e.id].Who)
			if e.item.RefKind == "post" {
				said = append(said, spaces.PostIn{Post: e.item.RefID, Version: version})
			}
		}
	}
	var err error
	if v.who, err = s.people.Refs(ctx, q, in.actor.Workspace, who); err != nil {
		return nil, err
	}
	if v.said, err = s.spaces.Excerpts(ctx, q, in.actor.Workspace, said); err != nil {
		return nil, err
	}
	views := s.asks.Show(in.actor, shown, in.threads, v.who)
	out := make([]Row, 0, len(page))
	for _, e := range page {
		var view *asks.AskView
		if e.ask != nil {
			view, views = &views[0], views[1:]
		}
		out = append(out, v.row(e, in, view))
	}
	return out, nil
}

func (v seen) row(e entry, in *inbox, view *asks.AskView) Row {
	r := Row{
		Key: e.key(), Group: e.group, Due: e.due.Pointer(), ChangedAt: e.changed.Time(), SnoozedUntil: e.snooze.Until.Pointer(),
		May: RowMay{Done: e.item != nil, Snooze: true}, Ask: view,
	}
	if e.item != nil {
		v.fillItem(&r, e)
		if e.notice() {
			v.fillNotice(&r, in.things[e.id])
		}
		return r
	}
	v.fillAsk(&r, e, in)
	return r
}

func (v seen) fillAsk(r *Row, e entry, in *inbox) {
	a := e.ask
	t := v.in[a.ThreadID]
	r.Kind, r.Title, r.Path, r.Excerpt = string(a.Kind), subject(a, t.Thread), a.Path(), v.excerptOf(a)
	r.Space = spaceOf(t)
	if e.mine.PersonID.IsZero() {
		r.Context, r.Who = tally(a), v.who[firstOpen(a)]
		r.Delivered = true
	} else {
		r.Context, r.Who = v.toAddressee(Asked, a), v.who[a.AskerID]
		r.Due = e.mine.OwnBy(in.cal.hours, in.now).Pointer()
		r.Delivered = e.mine.Reach != 0 && e.mine.Reach <= in.now
	}
	if a.Text != "" {
		r.Context += " · " + t.Title
	}
	if r.Ask != nil {
		r.May.Answer = r.Ask.May.Answer
	}
}

func (v seen) fillItem(r *Row, e entry) {
	it := e.item
	t := v.in[it.ThreadID]
	r.Kind, r.Who, r.Space, r.Delivered = string(it.Kind), v.who[it.WhoID], spaceOf(t), it.DeliveredAt != 0
	if e.ask != nil {
		r.Title, r.Path = subject(e.ask, t.Thread), e.ask.Path()
		r.Context, r.Excerpt = v.happened(it.Kind, e.ask, it.WhoID)
		return
	}
	r.Title, r.Path = t.Title, threadPath(t.ID)
	if it.Kind == Concluded && t.Concluded() {
		r.Context, r.Excerpt = r.Who.Name+" concluded this", text.Excerpt(t.ConclusionMarkdown, excerptLength)
		return
	}
	r.Context = posted(r.Who.Name, it.Kind == Mention, int(it.Posts))
	if said, ok := v.said[it.RefID]; ok {
		r.Excerpt, r.Path = said, postPath(t.ID, it.RefID)
	}
}

func spaceOf(t spaces.ThreadIn) asks.SpaceView {
	return asks.SpaceView{ID: id.Encode("sp", t.Space), Name: t.SpaceName, Color: t.SpaceColor}
}

// firstOpen is the first of those who are still waited for, else the first asked.
func firstOpen(a *asks.Ask) id.ID {
	for _, o := range a.Owed {
		if o.Open() {
			return o.PersonID
		}
	}
	if len(a.Owed) > 0 {
		return a.Owed[0].PersonID
	}
	return a.AskerID
}
