package decisions

import (
	"context"
	"fmt"
	"strings"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/feature/decisions/sealed"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// Preview is what would come of opening a decision, before anybody is asked.
type Preview struct {
	From     clock.Instant // when it would open
	EndsAt   clock.Instant // zero when nobody has any hours in sight
	People   []Outlook     // in the order of their shares
	Without  *Without
	Warnings []string
	mine     *worktime.Schedule // of whoever asks
}

// Outlook is one of those who would be entitled.
type Outlook struct {
	Person  people.Person
	Guest   bool
	Share   clock.Instant // when they have had their hours; of a fixed end none
	Hours   time.Duration // of their working time before the end
	Outside bool          // the end falls outside their hours
	Week    time.Duration // that they work in the first seven days, were nothing in between
	Off     []people.Off  // holidays and absences before the end
}

// Short says that somebody works so little in a week that it makes their share long.
func (o *Outlook) Short() bool { return o.Week <= shortWeek }

// Without says that leaving one person out brings the end forward.
type Without struct {
	Person id.ID
	EndsAt clock.Instant
}

// What is worth a warning.
const (
	muchSooner = 24 * time.Hour
	longRun    = 15 * 24 * time.Hour
	shortWeek  = 30 * time.Hour
)

// Foresee says what would come of opening a decision. Nothing is written.
func (s *Service) Foresee(ctx context.Context, a actor.Actor, n NewDecision, opens clock.Instant) (p Preview, err error) {
	err = s.db.Snapshot(ctx, func(ctx context.Context, q db.Queryer) error {
		if p.From = max(s.now(), opens); p.From > s.now().Add(maxAhead) {
			return wrong("too_far", "opens_at", "Let it open within a year.")
		}
		if err := s.spaces.MayPost(ctx, q, a, n.Space); err != nil {
			return err
		}
		r := n.Rules.usual(n.Kind)
		if err := r.checkEnd(p.From); err != nil {
			return err
		}
		who, err := s.entitled(ctx, q, a, n.Space, n.Invited)
		if err != nil {
			return err
		}
		return s.foresee(ctx, q, a, r, who, &p)
	})
	return p, err
}

func (s *Service) foresee(ctx context.Context, q db.Queryer, a actor.Actor, r Rules, who []asked, p *Preview) error {
	from, ids := map[id.ID]clock.Instant{}, []id.ID{a.Person}
	for _, x := range who {
		from[x.ID] = p.From
		ids = append(ids, x.ID)
	}
	_, shares, err := s.people.Fair(ctx, q, a.Workspace, from, r.Fair)
	if err != nil {
		return err
	}
	hours, err := s.people.HoursOf(ctx, q, a.Workspace, ids)
	if err != nil {
		return err
	}
	known := map[id.ID]asked{}
	for _, x := range who {
		known[x.ID] = x
	}
	p.EndsAt = r.End
	for _, one := range shares {
		o := Outlook{Person: known[one.Person].Person, Guest: known[one.Person].Guest}
		if r.Fair != 0 {
			o.Share = one.End
			p.EndsAt = max(p.EndsAt, one.End)
		}
		p.People = append(p.People, o)
	}
	usual, err := s.people.UsualBetween(ctx, q, a.Workspace, ids, p.From, max(p.EndsAt, p.From+1))
	if err != nil {
		return err
	}
	for i := range p.People {
		o := &p.People[i]
		o.Week, o.Off = usual[o.Person.ID].Week, usual[o.Person.ID].Off
		if h := hours[o.Person.ID]; h != nil {
			o.look(h, p.From, p.EndsAt)
		}
	}
	p.mine = hours[a.Person]
	p.warn(r)
	return nil
}

// look fills in what somebody's hours say about the time before the end.
func (o *Outlook) look(h *worktime.Schedule, from, end clock.Instant) {
	if end <= from {
		return
	}
	o.Hours = h.Between(from.Time(), end.Time())
	o.Outside = !h.Working(end.Time()) && !h.Working(end.Time().Add(-time.Second))
}

// warn says in sentences what whoever opens it should know, in their own clock.
func (p *Preview) warn(r Rules) {
	say := func(format string, args ...any) { p.Warnings = append(p.Warnings, fmt.Sprintf(format, args...)) }
	local := localTo(p.mine)
	for _, o := range p.People {
		if o.Guest {
			say("%s may not read this space, and will see this decision alone.", o.Person.Name)
		}
		if r.Fair != 0 && o.Share.IsZero() {
			say("%s has not %s of working time within five years, and is not waited for.", o.Person.Name, spoken(r.Fair))
		}
	}
	p.warnAnonymous(r, say)
	if r.Fair == 0 {
		p.warnFixed(say)
		return
	}
	p.leaveOut()
	if p.Without != nil {
		last := p.last()
		say("It waits for %s%s. Without them it would end %s.", last.Person.Name, because(last.Why(local)), local(p.Without.EndsAt))
	}
	if p.EndsAt.Sub(p.From) > longRun {
		why := ""
		if last := p.last(); last != nil && p.Without == nil {
			why = " For " + last.Person.Name + because(last.Why(local)) + "."
		}
		say("It takes until %s, more than two weeks.%s", local(p.EndsAt), why)
	}
}

// last is whoever has had their share last.
func (p *Preview) last() (last *Outlook) {
	for i := range p.People {
		if o := &p.People[i]; !o.Share.IsZero() && (last == nil || o.Share > last.Share) {
			last = o
		}
	}
	return last
}

// warnAnonymous says that a vote without names hangs on everybody.
func (p *Preview) warnAnonymous(r Rules, say func(string, ...any)) {
	switch n := len(p.People); {
	case !r.Anonymous:
	case n < sealed.Fewest:
		say("A vote without names takes at least %d people, and these are %d. Entitle more, or vote with names.", sealed.Fewest, n)
	case n == sealed.Fewest:
		say("With exactly %d people one silence is enough that nothing is counted: all have to vote. Entitle more, to be on the safe side.", n)
	}
}

// leaveOut finds the one person without whom it would end much sooner.
func (p *Preview) leaveOut() {
	last := p.last()
	if last == nil {
		return
	}
	var next clock.Instant
	for i := range p.People {
		if o := &p.People[i]; o != last {
			next = max(next, o.Share)
		}
	}
	if !next.IsZero() && last.Share.Sub(next) >= muchSooner {
		p.Without = &Without{Person: last.Person.ID, EndsAt: next}
	}
}

// warnFixed names those for whom a fixed end is unfair: who has less than half of the
// working time before it that another has.
func (p *Preview) warnFixed(say func(string, ...any)) {
	most := time.Duration(0)
	for _, o := range p.People {
		most = max(most, o.Hours)
	}
	var unfair []string
	for _, o := range p.People {
		if o.Unfair(most) {
			unfair = append(unfair, fmt.Sprintf("%s (%s)", o.Person.Name, spoken(o.Hours)))
		}
	}
	if len(unfair) > 0 && most > 0 {
		say("This end is unfair to %s, while somebody else has %s of working time before it.", strings.Join(unfair, ", "), spoken(most))
	}
	if most == 0 && len(p.People) > 0 {
		say("Nobody has any working time before this end.")
	}
}

// Unfair says that somebody has no working time before a fixed end, or less than half
// of what another has.
func (o *Outlook) Unfair(most time.Duration) bool {
	return o.Share.IsZero() && (o.Hours == 0 || o.Hours*2 < most)
}

// spoken is a length of working time in words: "2 h 30 min".
func spoken(d time.Duration) string {
	h, m := int(d.Hours()), int(d.Minutes())%60
	switch {
	case h == 0 && m == 0:
		return "none"
	case h == 0:
		return fmt.Sprintf("%d min", m)
	case m == 0:
		return fmt.Sprintf("%d h", h)
	}
	return fmt.Sprintf("%d h %d min", h, m)
}
