package attention

import (
	"context"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// News is what somebody has not read of a thread of generated data.
type News struct {
	Person, Thread, Space, Post, Who id.ID
	Posts                            int64
	At                               clock.Instant
}

// BulkTx plans for generated data what the listener would have planned from its
// log: what lies behind is delivered, what lies ahead is planned. Of asks that are
// closed only the asking itself is kept. No digest of the past is told of.
func (s *Service) BulkTx(ctx context.Context, tx *db.Tx, list []*asks.Bulk, news []News) error {
	var persons []id.ID
	for _, a := range list {
		persons = append(persons, a.AskerID)
		for _, o := range a.Owed {
			persons = append(persons, o.PersonID)
		}
	}
	hours, err := s.people.HoursOf(ctx, tx, tx.Workspace, persons)
	if err != nil {
		return err
	}
	b := bulk{now: tx.Now, hours: hours, digest: map[Digest]int{}}
	for _, a := range list {
		b.ask(a)
	}
	items := make([]item, 0, len(news))
	for _, n := range news {
		items = append(items, item{
			ID: id.New(tx.Now), PersonID: n.Person, AboutID: n.Thread, Kind: Info, RefKind: "post", RefID: n.Post,
			ThreadID: n.Thread, SpaceID: n.Space, WhoID: n.Who, Posts: n.Posts, ChangedAt: n.At, DeliveredAt: n.At,
		})
	}
	if err := putDeliveries(ctx, tx, b.ahead); err != nil {
		return err
	}
	return insertBulk(ctx, tx, b, items)
}

// bulk is what one transaction plans.
type bulk struct {
	now      clock.Instant
	hours    map[id.ID]*worktime.Schedule
	ahead    []delivery
	past     []delivery
	digests  []Digest
	digest   map[Digest]int // its place, by person, instant and urgency
	silences []silence
}

func (b *bulk) ask(a *asks.Bulk) {
	e := event.Event{At: a.CreatedAt, Space: a.Space, Thread: a.ThreadID, Due: a.LastDue}
	about := asks.About{Ask: a.ID, Thread: a.ThreadID, Post: a.PostID, Asker: a.AskerID, Kind: a.Kind, Urgency: string(a.Urgency), Text: a.Text}
	for _, o := range a.Owed {
		slot := asks.OwedSlot{Person: o.PersonID, Asked: o.AskedAt, Reach: o.Reach, Due: o.Due}
		open := a.State == asks.Open && o.Open()
		b.add(e, aboutAsk(e, about, slot, Asked), open, max(o.AnsweredAt, a.SettledAt))
		if !open || o.Due == 0 {
			continue
		}
		for _, r := range reminders(b.hours[o.PersonID], e, about, slot, e.At) {
			b.add(e, r, true, 0)
		}
	}
	if at := after(a.LastDue); a.State == asks.Open && a.LastDue != 0 && at > b.now {
		b.silences = append(b.silences, silence{AskID: a.ID, At: at})
	}
}

// add plans one delivery; of what is no longer wanted, what came before its end is kept.
func (b *bulk) add(e event.Event, r delivery, open bool, end clock.Instant) {
	h, ok := b.hours[r.PersonID]
	if !ok {
		return
	}
	r.ID, r.AskedAt = id.New(b.now), max(r.AskedAt, e.At)
	r.DeliverAt = instant(h, r.AskedAt, r.Urgency, false)
	past := r.DeliverAt != 0 && r.DeliverAt <= b.now
	if !open && (!past || r.DeliverAt > end) {
		return
	}
	if !past {
		b.ahead = append(b.ahead, r)
		return
	}
	r.DigestID = b.wentOut(r)
	b.past = append(b.past, r)
}

// wentOut finds the digest that a delivery went out in, in its time.
func (b *bulk) wentOut(r delivery) id.ID {
	key := Digest{PersonID: r.PersonID, At: r.DeliverAt, DeliverAt: r.DeliverAt, Urgency: together(r.Urgency)}
	i, ok := b.digest[key]
	if !ok {
		i = len(b.digests)
		b.digest[key] = i
		d := key
		d.ID = id.New(b.now)
		b.digests = append(b.digests, d)
	}
	b.digests[i].Items++
	return b.digests[i].ID
}
