package attention

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
	"example.org/meantime/worktime"
)

// Jobs enters the work of this package: one pulse, whose ordered pass delivers
// all that is due in all workspaces, after all others did what was due with it.
func (s *Service) Jobs(r *job.Runner) {
	r.Beat(job.Pulse{
		Name: "attention",
		Next: func(ctx context.Context) (clock.Instant, error) { return nextDue(ctx, s.db) },
		Run:  s.Deliver,
		Last: true,
	})
}

const (
	bunch   = 500 // due digests that one step of the pass takes, in one transaction
	hands   = 2   // steps under way at once: one looks ahead while another is written
	careful = 25  // people looked at one by one in one transaction
)

// Deliver makes one ordered pass over all that is due now, and lets silence speak
// where its time has come. What fails in one workspace does not hold up another.
// What came about in the same instant is planned first, so that it leaves with the rest.
func (s *Service) Deliver(ctx context.Context) error {
	if s.hear != nil {
		if err := s.hear(ctx); err != nil {
			slog.WarnContext(ctx, "attention: what is new could not be planned before digests leave", "error", err)
		}
	}
	now := s.now()
	work, bad := make(chan group), problems{}
	var all sync.WaitGroup
	for range hands {
		all.Go(func() {
			for g := range work {
				if err := s.reach(ctx, g); err != nil {
					bad.add(fmt.Errorf("attention: deliver in %s: %w", g.workspace, err))
				}
			}
		})
	}
	err := s.pass(ctx, now, work)
	close(work)
	all.Wait()
	if err != nil {
		return errors.Join(append(bad.list, err)...)
	}
	return errors.Join(append(bad.list, s.hush(ctx, now))...)
}

// pass hands out the people for whom something is due, in the order in which it is.
func (s *Service) pass(ctx context.Context, now clock.Instant, work chan<- group) error {
	var at duePlace
	for {
		rows, err := dueAfter(ctx, s.db, now, at, bunch)
		if err != nil {
			return err
		}
		for _, g := range byWorkspace(rows) {
			work <- g
		}
		if len(rows) < bunch {
			return nil
		}
		at = rows[len(rows)-1]
	}
}

// reach takes what is due for some people: what is plain goes out together, and
// the rest is looked at one by one. Between the transactions others write.
func (s *Service) reach(ctx context.Context, g group) error {
	a, err := s.lookAhead(ctx, g.workspace, g.persons)
	if err != nil {
		return err
	}
	care, err := s.goOut(ctx, a)
	if err != nil {
		return err
	}
	for _, part := range parts(care, careful) {
		if err := s.deliverTo(ctx, g.workspace, part); err != nil {
			return err
		}
	}
	return nil
}

// problems gathers errors from several hands.
type problems struct {
	mu   sync.Mutex
	list []error
}

func (p *problems) add(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.list = append(p.list, err)
}

type group struct {
	workspace id.ID
	persons   []id.ID
}

// byWorkspace keeps the order in which things are due.
func byWorkspace(rows []duePlace) []group {
	var out []group
	seen := map[[2]id.ID]bool{}
	for _, r := range rows {
		key := [2]id.ID{r.WorkspaceID, r.PersonID}
		if seen[key] {
			continue
		}
		seen[key] = true
		i := slices.IndexFunc(out, func(g group) bool { return g.workspace == r.WorkspaceID })
		if i < 0 {
			i = len(out)
			out = append(out, group{workspace: r.WorkspaceID})
		}
		out[i].persons = append(out[i].persons, r.PersonID)
	}
	return out
}

// deliverTo takes all that is due for some people of one workspace, and looks at
// each delivery by itself. Everything is read inside the transaction in which it
// changes and is told of, so that each is delivered once whatever else happens.
func (s *Service) deliverTo(ctx context.Context, workspace id.ID, persons []id.ID) error {
	return s.db.Write(ctx, workspace, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("what was due may turn out to be wanted later, or not at all")
		due, err := bundlesDue(ctx, tx, workspace, tx.Now, persons)
		if err != nil || len(due) == 0 {
			return err
		}
		rows, err := deliveriesIn(ctx, tx, workspace, idsOf(due))
		if err != nil {
			return err
		}
		f, err := s.gather(ctx, tx, rows)
		if err != nil {
			return err
		}
		now, later, gone := f.sort(rows)
		now, held, err := s.hold(ctx, tx, f, now)
		if err != nil {
			return err
		}
		later = append(later, held...)
		now, empty, size, err := s.weighAbsences(ctx, tx, f, now)
		if err != nil {
			return err
		}
		gone = append(gone, empty...)
		if err := drop(ctx, tx, gone); err != nil {
			return err
		}
		if err := move(ctx, tx, later); err != nil {
			return err
		}
		return s.bundleUp(ctx, tx, due, now, size)
	})
}

// sort divides deliveries into those that go out now, those that wait for another
// instant, and those let go.
func (f facts) sort(rows []delivery) (now, later []delivery, gone []id.ID) {
	for _, r := range rows {
		switch v, at := f.judge(r); v {
		case deliverNow:
			now = append(now, r)
		case letGo:
			gone = append(gone, r.ID)
		case wait:
			r.DeliverAt = at
			later = append(later, r)
		}
	}
	less := repeated(now)
	now = slices.DeleteFunc(now, func(r delivery) bool { return less[r.ID] })
	for x := range less {
		gone = append(gone, x)
	}
	return now, later, gone
}

// together is the urgency of what leaves in one digest: all but what is urgent.
func together(u worktime.Urgency) worktime.Urgency {
	if u == worktime.Urgent {
		return u
	}
	return worktime.Routine
}

// bundleUp sends one digest to each person, and another with what is urgent: the
// earliest of those that are due takes in what is in the others, which go. size says
// of how many lines that of somebody is who is back from an absence.
func (s *Service) bundleUp(ctx context.Context, tx *db.Tx, due []bundle, rows []delivery, size map[id.ID]int64) error {
	type key struct {
		person  id.ID
		urgency worktime.Urgency
	}
	back := inOne(rows)
	keyOf := func(person id.ID, u worktime.Urgency) key { return key{person, together(u)} }
	in, order := map[key][]delivery{}, []key{}
	for _, r := range rows {
		k := keyOf(r.PersonID, r.Urgency)
		if in[k] == nil {
			order = append(order, k)
		}
		in[k] = append(in[k], r)
	}
	first, empty := map[key]bundle{}, []id.ID{}
	for _, b := range due {
		k := keyOf(b.PersonID, b.Urgency)
		if _, taken := first[k]; taken || in[k] == nil {
			empty = append(empty, b.ID)
			continue
		}
		first[k] = b
	}
	out := make([]leaving, 0, len(order))
	for _, k := range order {
		b := first[k]
		var others []id.ID
		for _, r := range in[k] {
			if r.DigestID != b.ID {
				others = append(others, r.ID)
			}
		}
		if err := rebundle(ctx, tx, b.ID, b.DeliverAt, others); err != nil {
			return err
		}
		items := int64(len(lines(in[k])))
		if back[k.person] && k.urgency == worktime.Routine {
			items = size[k.person]
		}
		out = append(out, leaving{bundle: b, items: items})
	}
	if err := discard(ctx, tx, empty); err != nil {
		return err
	}
	return sendOut(ctx, tx, out)
}

// leaving is a bundle that goes out now with so many lines.
type leaving struct {
	bundle
	items int64
	with  []bundle // that are due with it, and become one with it
}

// all are the bundles that become one.
func (l leaving) all() []bundle { return append([]bundle{l.bundle}, l.with...) }

// sendOut lets bundles go out, and tells the log once for each urgency.
func sendOut(ctx context.Context, tx *db.Tx, list []leaving) error {
	told := map[worktime.Urgency]*event.New{}
	var order []*event.New
	rows := make([]sent, 0, len(list))
	for _, b := range list {
		rows = append(rows, sent{b.ID, b.items})
		e := told[b.Urgency]
		if e == nil {
			e = &event.New{Kind: Digested, Subject: event.Ref{Kind: "digests", ID: id.New(tx.Now)}, Data: &DigestedData{Urgency: string(b.Urgency)}}
			told[b.Urgency] = e
			order = append(order, e)
		}
		data := e.Data.(*DigestedData)
		e.Concerns = append(e.Concerns, b.PersonID)
		data.Digests, data.Items = append(data.Digests, b.ID), append(data.Items, b.items)
	}
	for _, e := range order {
		event.Append(tx, *e)
	}
	return send(ctx, tx, rows)
}

func idsOf(list []bundle) []id.ID {
	out := make([]id.ID, 0, len(list))
	for _, b := range list {
		out = append(out, b.ID)
	}
	return out
}

// DigestedData is the data of attention.digested: one digest for each person that
// the event concerns, in the same order.
type DigestedData struct {
	Urgency string  `json:"urgency"`
	Digests []id.ID `json:"digests"`
	Items   []int64 `json:"items"` // how many lines each has
}

// lines puts the posts of one thread into one line; everything else has its own.
func lines(rows []delivery) [][]delivery {
	var out [][]delivery
	at := map[id.ID]int{}
	for _, r := range rows {
		if !r.Kind.read() {
			out = append(out, []delivery{r})
			continue
		}
		i, ok := at[r.ThreadID]
		if !ok {
			i = len(out)
			at[r.ThreadID] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], r)
	}
	return out
}

// DeliveredBetween counts the deliveries that reached people after from, up to and with to.
func (s *Service) DeliveredBetween(ctx context.Context, workspace id.ID, from, to clock.Instant) (int, error) {
	return deliveredBetween(ctx, s.db, workspace, from, to)
}
