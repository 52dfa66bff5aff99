package attention

import (
	"context"
	"slices"
	"strconv"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
)

// Row is a row of the inbox as the API shows it.
type Row struct {
	Key          string           `json:"key"`
	Group        string           `json:"group" enum:"late,today,week,later,info"`
	Kind         string           `json:"kind" doc:"The kind of the ask, or what the news is: info, mention, concluded, settled, answered, declined, lapsed …"`
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
		in, err := s.inboxOf(ctx, q, a)
		if err != nil {
			return err
		}
		list := in.tabs[tab]
		start, err := startOf(list, after)
		if err != nil {
			return err
		}
		page := list[start:min(start+limit, len(list))]
		out = Inbox{Counts: in.counts(), Line: in.line()}
		if start+limit < len(list) {
			out.Next = strconv.Itoa(start+limit) + "." + page[len(page)-1].key()
		}
		out.Items, err = s.rowsOf(ctx, q, a, in, page)
		return err
	})
	return out, err
}

// startOf finds where a page goes on: behind the row that ended the last one, or
// at its number when that row is no longer there.
func startOf(list []entry, after string) (int, error) {
	if after == "" {
		return 0, nil
	}
	number, key, ok := cut(after)
	if !ok {
		return 0, fault.New(fault.Invalid, "bad_cursor", "This list cannot go on from there; read it from the beginning.").At("after")
	}
	if i := slices.IndexFunc(list, func(e entry) bool { return e.key() == key }); i >= 0 {
		return i + 1, nil
	}
	return min(number, len(list)), nil
}

func cut(after string) (number int, key string, ok bool) {
	for i := range after {
		if after[i] == '.' {
			n, err := strconv.Atoi(after[:i])
			return n, after[i+1:], err == nil && n >= 0
		}
	}
	return 0, "", false
}

func (s *Service) rowsOf(ctx context.Context, q db.Queryer, a actor.Actor, in inbox, page []entry) ([]Row, error) {
	var w wanted
	var shown []asks.Ask
	for _, e := range page {
		if e.ask != nil {
			shown = append(shown, *e.ask)
			w.asks = append(w.asks, e.ask.ID)
		}
		if e.item != nil {
			w.threads, w.people = append(w.threads, e.item.ThreadID), append(w.people, e.item.WhoID)
			if e.item.RefKind == "post" {
				w.posts = append(w.posts, e.item.RefID)
			}
		}
	}
	v, err := s.look(ctx, q, a, w)
	if err != nil {
		return nil, err
	}
	views, err := s.asks.Views(ctx, q, a, shown)
	if err != nil {
		return nil, err
	}
	byID := map[string]*asks.AskView{}
	for i := range views {
		byID[views[i].ID] = &views[i]
	}
	out := make([]Row, 0, len(page))
	for _, e := range page {
		out = append(out, v.row(e, in, byID))
	}
	return out, nil
}

func (v seen) row(e entry, in inbox, views map[string]*asks.AskView) Row {
	r := Row{
		Key: e.key(), Group: e.group, Due: e.due.Pointer(), ChangedAt: e.changed.Time(), SnoozedUntil: e.snooze.Until.Pointer(),
		May: RowMay{Done: e.item != nil, Snooze: true},
	}
	if e.ask != nil {
		r.Ask = views[id.Encode("ask", e.ask.ID)]
	}
	if e.item != nil {
		v.fillItem(&r, e)
		return r
	}
	v.fillAsk(&r, e, in)
	return r
}

func (v seen) fillAsk(r *Row, e entry, in inbox) {
	a := e.ask
	t := v.threads[a.ThreadID]
	r.Kind, r.Title, r.Path, r.Excerpt = string(a.Kind), subject(a, t), a.Path(), v.excerptOf(a)
	r.Space = v.space(t.Space)
	if e.mine.PersonID.IsZero() {
		r.Context, r.Who = tally(a), v.who[firstOpen(a)]
		r.Delivered = true
	} else {
		r.Context, r.Who = v.toAddressee(Asked, a), v.who[a.AskerID]
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
	t := v.threads[it.ThreadID]
	r.Kind, r.Who, r.Space, r.Delivered = string(it.Kind), v.who[it.WhoID], v.space(t.Space), it.DeliveredAt != 0
	if e.ask != nil {
		r.Title, r.Path = subject(e.ask, t), e.ask.Path()
		r.Context, r.Excerpt = v.happened(it.Kind, e.ask, it.WhoID)
		return
	}
	r.Title, r.Path = t.Title, threadPath(t.ID)
	if it.Kind == Concluded && t.Concluded() {
		r.Context, r.Excerpt = r.Who.Name+" concluded this", text.Excerpt(t.ConclusionMarkdown, excerptLength)
		return
	}
	r.Context = posted(r.Who.Name, it.Kind == Mention, int(it.Posts))
	if p, ok := v.posts[it.RefID]; ok && !p.Deleted() {
		r.Excerpt, r.Path = text.Excerpt(p.Markdown, excerptLength), postPath(t.ID, p.ID)
	}
}

func (v seen) space(space id.ID) asks.SpaceView {
	sp := v.spaces[space]
	return asks.SpaceView{ID: id.Encode("sp", sp.ID), Name: sp.Name, Color: sp.Color}
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
