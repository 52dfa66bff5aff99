package attention

import (
	"context"
	"maps"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// ahead is what is due for a bunch of people, judged in a snapshot while others
// write. Digests in which every delivery is wanted and timely go out as they are;
// people about whom there is anything to think are looked at one by one.
type ahead struct {
	workspace id.ID
	seq       int64 // of the log, up to which this is true
	ready     []leaving
	rows      []slim
	holder    map[id.ID]id.ID // whose each bundle is
	people    map[id.ID]people.Recipient
	paged     map[id.ID]bool
	care      map[id.ID]bool
}

// lookAhead reads and judges what is due for some people of one workspace.
func (s *Service) lookAhead(ctx context.Context, workspace id.ID, persons []id.ID) (a *ahead, err error) {
	now := s.now()
	err = s.db.Snapshot(ctx, func(ctx context.Context, q db.Queryer) error {
		a = &ahead{workspace: workspace, holder: map[id.ID]id.ID{}, care: map[id.ID]bool{}}
		if a.seq, err = event.Head(ctx, q, workspace); err != nil {
			return err
		}
		due, err := bundlesDue(ctx, q, workspace, now, persons)
		if err != nil {
			return err
		}
		if a.rows, err = slimIn(ctx, q, workspace, idsOf(due)); err != nil {
			return err
		}
		if a.people, err = s.people.Recipients(ctx, q, workspace, persons); err != nil {
			return err
		}
		if a.paged, err = pagedOf(ctx, q, workspace, persons); err != nil {
			return err
		}
		if err := s.lastOf(ctx, q, a, due, now); err != nil {
			return err
		}
		w, err := s.weigh(ctx, q, a, due)
		if err != nil {
			return err
		}
		a.judge(w, due, now)
		return nil
	})
	return a, err
}

// scales are what is true of the things that slim deliveries are about.
type scales struct {
	space   map[id.ID]id.ID // by thread
	reads   map[id.ID]func(people.Person) bool
	muted   map[id.ID]map[id.ID]bool
	posts   map[id.ID]bool
	pending map[asks.Pair]bool
}

// weigh looks things up, each once for all whom it concerns.
func (s *Service) weigh(ctx context.Context, q db.Queryer, a *ahead, due []bundle) (w scales, err error) {
	for _, b := range due {
		a.holder[b.ID] = b.PersonID
	}
	var threads, posts set
	for _, r := range a.rows {
		threads.add(r.ThreadID)
		if Kind(r.Kind).post() {
			posts.add(r.RefID)
		}
	}
	if w.space, err = s.spaces.Places(ctx, q, a.workspace, threads.list); err != nil {
		return w, err
	}
	w.reads = map[id.ID]func(people.Person) bool{}
	for _, space := range w.space {
		if w.reads[space] == nil {
			if w.reads[space], err = s.spaces.Readers(ctx, q, a.workspace, space); err != nil {
				return w, err
			}
		}
	}
	if w.muted, err = s.spaces.Muted(ctx, q, a.workspace, threads.list); err != nil {
		return w, err
	}
	if w.posts, err = s.spaces.Present(ctx, q, a.workspace, posts.list); err != nil {
		return w, err
	}
	w.pending, err = s.pending(ctx, q, a)
	return w, err
}

// probes bounds how many asks times people are looked up at once: each ask is looked
// for with each person, which is slow where everybody is asked something else.
const probes = 1000

func (s *Service) pending(ctx context.Context, q db.Queryer, a *ahead) (map[asks.Pair]bool, error) {
	out := map[asks.Pair]bool{}
	var which, whom set
	for i, r := range a.rows {
		if Kind(r.Kind).owes() {
			which.add(r.RefID)
			whom.add(a.holder[r.DigestID])
		}
		if last := i == len(a.rows)-1; last || len(which.list)*len(whom.list) > probes {
			found, err := s.asks.Pending(ctx, q, a.workspace, which.list, whom.list)
			if err != nil {
				return nil, err
			}
			maps.Copy(out, found)
			which, whom = set{}, set{}
		}
	}
	return out, nil
}

// judge finds the digests that go out as they are.
func (a *ahead) judge(w scales, due []bundle, now clock.Instant) {
	rows := make(map[id.ID][]slim, len(due))
	for i := 0; i < len(a.rows); {
		j := i + 1
		for j < len(a.rows) && a.rows[j].DigestID == a.rows[i].DigestID {
			j++
		}
		rows[a.rows[i].DigestID] = a.rows[i:j]
		i = j
	}
	var owed, threads set // what one person is asked, and told of, in all their bundles
	for i, b := range due {
		one := false // with the one before it
		if i == 0 || due[i-1].PersonID != b.PersonID {
			owed, threads = set{}, set{}
		} else if one = together(due[i-1].Urgency) == together(b.Urgency); !one {
			threads = set{}
		}
		items, ok := w.weighs(b, rows[b.ID], a.people[b.PersonID], a.paged[b.PersonID], now, &owed, &threads)
		if !ok {
			a.care[b.PersonID] = true
		}
		if !one {
			a.ready = append(a.ready, leaving{bundle: b})
		}
		l := &a.ready[len(a.ready)-1]
		if l.items += items; one {
			l.with = append(l.with, b)
		}
	}
}

// weighs says whether all that is in a bundle is wanted and may reach its person
// now, and how many lines that makes.
func (w scales) weighs(b bundle, rows []slim, st people.Recipient, paged bool, now clock.Instant, owed, threads *set) (items int64, ok bool) {
	h := st.Hours
	if len(rows) == 0 || h == nil || st.Person.Bot || disturbs(h, now, b.Urgency, paged) {
		return 0, false
	}
	var asked clock.Instant
	known := len(threads.list)
	for _, r := range rows {
		k := Kind(r.Kind)
		if !w.wants(r, k, st.Person) {
			return 0, false
		}
		switch {
		case k.read():
			threads.add(r.ThreadID)
		case k.owes() && owed.has(r.RefID): // one may say less than the other
			return 0, false
		case k.owes():
			owed.add(r.RefID)
			items++
		default:
			items++
		}
		if b.Urgency == worktime.Urgent && instant(h, r.AskedAt, b.Urgency, paged) > now {
			return 0, false
		}
		asked = max(asked, r.AskedAt)
	}
	// What was asked earlier reaches nobody later, so the latest speaks for all.
	at := instant(h, asked, b.Urgency, paged)
	return items + int64(len(threads.list)-known), at != 0 && at <= now
}

// wants says whether one delivery is plainly wanted. Those about dues depend on
// more than is known here.
func (w scales) wants(r slim, k Kind, p people.Person) bool {
	reads := w.reads[w.space[r.ThreadID]]
	switch {
	case reads == nil || !reads(p), k == DueSoon, k == Late, k == LateFor:
		return false
	case k.owes():
		return w.pending[asks.Pair{AskID: r.RefID, PersonID: p.ID}]
	case k.read() && w.muted[r.ThreadID][p.ID]:
		return false
	}
	return !k.post() || w.posts[r.RefID]
}

// set keeps the order in which things were added. The few that most sets hold are
// compared one by one.
type set struct {
	list []id.ID
	in   map[id.ID]bool
}

func (s *set) has(x id.ID) bool {
	if s.in != nil {
		return s.in[x]
	}
	for _, y := range s.list {
		if x == y {
			return true
		}
	}
	return false
}

func (s *set) add(x id.ID) {
	if x.IsZero() || s.has(x) {
		return
	}
	s.list = append(s.list, x)
	switch {
	case s.in != nil:
		s.in[x] = true
	case len(s.list) > 32:
		s.in = make(map[id.ID]bool, 4*len(s.list))
		for _, y := range s.list {
			s.in[y] = true
		}
	}
}
