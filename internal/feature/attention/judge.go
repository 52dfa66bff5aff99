package attention

import (
	"context"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// facts are what is true now of everybody and everything in a bunch of deliveries.
type facts struct {
	now    clock.Instant
	people map[id.ID]people.Person
	hours  map[id.ID]*worktime.Schedule
	paged  map[id.ID]bool
	reads  map[id.ID]func(people.Person) bool // by thread
	muted  map[id.ID]map[id.ID]bool
	asks   map[id.ID]*asks.Ask
	posts  map[id.ID]spaces.Post
	things map[id.ID]describe.Thing // of notices, by delivery
	told   map[telling]clock.Instant

	absences map[id.ID]people.Absence
}

// gather looks everything up at once, whoever it is about.
func (s *Service) gather(ctx context.Context, tx *db.Tx, rows []delivery) (f facts, err error) {
	var persons, threads, owed, posts []id.ID
	for _, r := range rows {
		if r.RefKind == "post" {
			posts = append(posts, r.RefID)
		}
		persons, threads, owed = append(persons, r.PersonID), append(threads, r.ThreadID), append(owed, r.AskID)
	}
	persons, threads, owed = unique(persons), unique(threads), unique(owed)
	f = facts{now: tx.Now, reads: map[id.ID]func(people.Person) bool{}, asks: map[id.ID]*asks.Ask{}}
	if f.people, err = s.people.ByIDs(ctx, tx, tx.Workspace, persons); err != nil {
		return f, err
	}
	if f.things, err = s.describeNotices(ctx, tx, rows, f.people); err != nil {
		return f, err
	}
	if f.absences, err = s.gatherAbsences(ctx, tx, tx.Workspace, rows); err != nil {
		return f, err
	}
	if f.hours, err = s.people.HoursOf(ctx, tx, tx.Workspace, persons); err != nil {
		return f, err
	}
	if f.paged, err = pagedOf(ctx, tx, tx.Workspace, persons); err != nil {
		return f, err
	}
	if f.muted, err = s.spaces.Muted(ctx, tx, tx.Workspace, threads); err != nil {
		return f, err
	}
	if f.posts, err = s.spaces.Posts(ctx, tx, actor.System(tx.Workspace), unique(posts)); err != nil {
		return f, err
	}
	list, err := s.asks.Asks(ctx, tx, actor.System(tx.Workspace), owed)
	if err != nil {
		return f, err
	}
	for i := range list {
		f.asks[list[i].ID] = &list[i]
	}
	if f.told, err = s.gatherTold(ctx, tx, rows); err != nil {
		return f, err
	}
	return f, s.gatherReaders(ctx, tx, &f, threads)
}

// gatherTold reads when those who are to be reminded were first told.
func (s *Service) gatherTold(ctx context.Context, tx *db.Tx, rows []delivery) (map[telling]clock.Instant, error) {
	var owed []id.ID
	for _, r := range rows {
		if r.Kind == DueSoon {
			owed = append(owed, r.AskID)
		}
	}
	return toldOf(ctx, tx, unique(owed))
}

// gatherReaders asks once for each space who may read it.
func (s *Service) gatherReaders(ctx context.Context, tx *db.Tx, f *facts, threads []id.ID) error {
	found, err := s.spaces.Threads(ctx, tx, actor.System(tx.Workspace), threads)
	if err != nil {
		return err
	}
	bySpace := map[id.ID]func(people.Person) bool{}
	for x, t := range found {
		reads, ok := bySpace[t.Space]
		if !ok {
			if reads, err = s.spaces.Readers(ctx, tx, tx.Workspace, t.Space); err != nil {
				return err
			}
			bySpace[t.Space] = reads
		}
		f.reads[x] = reads
	}
	return nil
}

// verdict is what becomes of a delivery whose instant has come.
type verdict int

const (
	deliverNow verdict = iota
	letGo
	wait // until the instant beside it; zero for until hours are in sight
)

// judge decides by what is true now: whether the delivery is still wanted, and
// whether this is a moment at which its reader may be disturbed.
func (f facts) judge(r delivery) (verdict, clock.Instant) {
	p, known := f.people[r.PersonID]
	h := f.hours[r.PersonID]
	reads := f.reads[r.ThreadID]
	if r.Kind.ofAbsence() && known && h != nil && p.Active(f.now) && !p.Bot {
		return f.judgeAbsence(r, h)
	}
	if r.Kind == Notice {
		_, there := f.things[r.ID]
		reads = func(people.Person) bool { return there }
	}
	if !known || h == nil || p.Bot || reads == nil || !reads(p) {
		return letGo, 0
	}
	if r.Kind.read() && f.muted[r.ThreadID][r.PersonID] {
		return letGo, 0
	}
	if p, ok := f.posts[r.RefID]; r.RefKind == "post" && (!ok || p.Deleted()) {
		return letGo, 0
	}
	if v, due := f.judgeAsk(r); v == wait {
		return wait, instant(h, after(due), r.Urgency, false)
	} else if v == letGo {
		return letGo, 0
	}
	paged := f.paged[r.PersonID]
	if at := instant(h, r.AskedAt, r.Urgency, paged); at == 0 || at > f.now {
		return wait, at
	}
	if disturbs(h, f.now, r.Urgency, paged) {
		return wait, instant(h, f.now, r.Urgency, paged)
	}
	return deliverNow, 0
}

// judgeAsk says whether an ask still gives reason to reach somebody. A reminder
// that comes too early waits for the due beside it.
func (f facts) judgeAsk(r delivery) (verdict, clock.Instant) {
	if r.AskID.IsZero() {
		return deliverNow, 0
	}
	ask, ok := f.asks[r.AskID]
	if !ok {
		return letGo, 0
	}
	if !r.Kind.owes() && r.Kind != LateFor {
		return deliverNow, 0
	}
	owes := r.PersonID
	if r.Kind == LateFor {
		owes = r.WhoID
	}
	o := ask.Of(owes)
	if o == nil || !o.Open() || ask.State != asks.Open {
		return letGo, 0
	}
	switch by := o.By(); r.Kind {
	case DueSoon:
		if by == 0 || f.now >= by || f.justTold(r, by) {
			return letGo, 0
		}
	case Late, LateFor:
		if by == 0 {
			return letGo, 0
		}
		if !o.Late(f.now) {
			return wait, by
		}
	}
	return deliverNow, 0
}

// justTold says that the first word went out so late that a reminder would follow it
// within the same half of what was left then.
func (f facts) justTold(r delivery, due clock.Instant) bool {
	at, ok := f.told[telling{r.AskID, r.PersonID}]
	return ok && justTold(f.hours[r.PersonID], at, f.now, due)
}

// repeated says which of the deliveries to one person say less than another that
// goes with them: a reminder of what is new, or of what is late.
func repeated(rows []delivery) map[id.ID]bool {
	type about struct{ person, ask id.ID }
	best := map[about]Kind{}
	rank := map[Kind]int{Asked: 4, Late: 3, Reminded: 2, DueSoon: 1}
	for _, r := range rows {
		k := about{r.PersonID, r.AskID}
		if r.Kind.owes() && rank[r.Kind] > rank[best[k]] {
			best[k] = r.Kind
		}
	}
	out := map[id.ID]bool{}
	for _, r := range rows {
		if r.Kind.owes() && best[about{r.PersonID, r.AskID}] != r.Kind {
			out[r.ID] = true
		}
	}
	return out
}

// unique keeps the first of each, without the zero id.
func unique(list []id.ID) []id.ID {
	seen, out := make(map[id.ID]bool, len(list)), make([]id.ID, 0, len(list))
	for _, x := range list {
		if !x.IsZero() && !seen[x] {
			seen[x] = true
			out = append(out, x)
		}
	}
	return out
}
