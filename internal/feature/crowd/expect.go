package crowd

import (
	"strings"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/worktime"
)

var (
	kinds   = []asks.Kind{asks.Reply, asks.Review, asks.Approve, asks.Do, asks.Decide, asks.Acknowledge, asks.CheckIn}
	windows = strings.Fields("1d 2d 4h 5d 8h 10d 2h 20d")
)

// upTo is how many of total there are by the post of a number, when they begin
// with a first one and are spread evenly.
func upTo(post, first, posts, total int) int {
	if post <= first {
		return 0
	}
	return int(int64(total) * int64(post-first) / int64(posts-first))
}

// hang puts the asks that fall to a post on it: closed ones anywhere, those that
// are open on the newest posts, but one to a post where there are enough.
func (g *generator) hang(t *talk, p *place, index, number, who int) {
	open := g.Size.Asks * g.Open / 100
	first := max(0, min(int(float64(g.Posts)*quiet), g.Posts-open))
	for k := upTo(number, first, g.Posts, open); k < upTo(number+1, first, g.Posts, open); k++ {
		a := g.ask(p, who, t.Written[index].CreatedAt)
		g.leaveOpen(&a)
		if k%100 == 0 && k/100 < mostBusy && who != Busy && a.Of(g.people[Busy]) == nil {
			a.Owed = append(a.Owed, asks.Owed{PersonID: g.people[Busy], State: asks.Waiting})
		}
		t.asks = append(t.asks, hung{index, a})
	}
	closed := g.Size.Asks - open
	for k := upTo(number, 0, g.Posts, closed); k < upTo(number+1, 0, g.Posts, closed); k++ {
		a := g.ask(p, who, t.Written[index].CreatedAt)
		g.end(&a)
		t.asks = append(t.asks, hung{index, a})
	}
}

// mostBusy bounds what Busy owes.
const mostBusy = 10_000

// ask invents what somebody expects of a few others in the space.
func (g *generator) ask(p *place, who int, at clock.Instant) asks.Bulk {
	a := asks.Bulk{Space: p.id, Ask: asks.Ask{
		AskerID: g.people[who], Kind: kinds[g.rank(len(kinds))], Urgency: worktime.Routine, Need: asks.NeedAll,
		Choices: db.JSON[[]string]{V: []string{}}, Silence: asks.Nothing, State: asks.Open, CreatedAt: at,
	}}
	if g.r.IntN(2) == 0 {
		a.Text = g.say.phrase(3+g.r.IntN(8)) + "?"
	}
	switch g.r.IntN(20) {
	case 0:
		a.Urgency, a.Reason, a.Otherwise = worktime.Urgent, g.say.phrase(5), g.say.phrase(5)
	case 1, 2, 3:
		a.Urgency = worktime.Soon
	}
	if a.TimeWindow = windows[g.rank(len(windows))]; g.r.IntN(10) == 0 {
		a.TimeWindow, a.Deadline = "", at.Add(time.Duration(1+g.r.IntN(60*24))*time.Hour)
	}
	if a.Kind == asks.Decide {
		a.Choices.V = []string{g.say.phrase(1) + " 1", g.say.phrase(2) + " 2", g.say.phrase(1) + " 3"}
	}
	if g.r.IntN(4) == 0 {
		a.Need = asks.NeedAny
	}
	if g.r.IntN(6) == 0 {
		a.Silence = []string{asks.Consent, asks.IDecide}[g.r.IntN(2)]
	}
	for range 1 + g.rank(5) {
		to := g.some(p)
		for to == who {
			to = g.member(p, g.r.IntN(p.size))
		}
		if a.Of(g.people[to]) == nil {
			a.Owed = append(a.Owed, asks.Owed{PersonID: g.people[to], State: asks.Waiting})
		}
	}
	return a
}

// leaveOpen lets some of several addressees have acted, and somebody not.
func (g *generator) leaveOpen(a *asks.Bulk) {
	if a.SilentAt = 0; a.Silence != asks.Nothing { // silence must have its time before it still
		a.Deadline, a.TimeWindow = 0, "20d"
	}
	for i := range a.Owed {
		o := &a.Owed[i]
		switch n := g.r.IntN(10); {
		case n == 0:
			o.State, o.PromisedAt = asks.Acknowledged, g.now.Add(time.Duration(1+g.r.IntN(72))*time.Hour)
		case i > 0 && n < 4 && a.Need == asks.NeedAll:
			g.answer(a, o)
		case i > 0 && n == 4:
			o.State, o.StateBefore, o.Reason, o.AnsweredAt = asks.Declined, asks.Waiting, g.say.phrase(4), g.later(a.CreatedAt)
		}
	}
}

// end closes an ask: mostly it is answered, sometimes released, seldom silent.
func (g *generator) end(a *asks.Bulk) {
	switch n := g.r.IntN(20); {
	case n == 0 && a.Silence == asks.Consent:
		g.release(a, asks.Lapsed, g.later(a.CreatedAt))
		a.SilentAt, a.Note = a.SettledAt, "Nobody objected."
	case n < 3:
		g.release(a, asks.ReleasedAsk, g.later(a.CreatedAt))
		a.SettledBy = a.AskerID
	default:
		g.settle(a)
	}
}

func (g *generator) settle(a *asks.Bulk) {
	a.State = asks.Settled
	for i := range a.Owed {
		o := &a.Owed[i]
		if i > 0 && a.Need == asks.NeedAny {
			continue
		}
		g.answer(a, o)
		if o.AnsweredAt >= a.SettledAt {
			a.SettledAt, a.SettledBy = o.AnsweredAt, o.PersonID
		}
	}
	g.release(a, asks.Settled, a.SettledAt)
}

// release ends an ask, and lets go whoever is still waited for.
func (g *generator) release(a *asks.Bulk, s asks.State, at clock.Instant) {
	a.State, a.SettledAt = s, at
	for i := range a.Owed {
		if o := &a.Owed[i]; o.Open() {
			o.State, o.StateBefore = asks.Released, o.State
		}
	}
}

func (g *generator) answer(a *asks.Bulk, o *asks.Owed) {
	o.State, o.StateBefore, o.AnsweredAt = asks.Answered, asks.Waiting, g.later(a.CreatedAt)
	if values := a.OneClick(); len(values) > 0 {
		o.AnswerValue = values[g.r.IntN(len(values))]
		return
	}
	o.AnswerNote = g.say.phrase(4+g.r.IntN(8)) + "."
}

// later is some hours after a moment, and not after the present one.
func (g *generator) later(at clock.Instant) clock.Instant {
	return min(g.now, at.Add(time.Duration(g.r.ExpFloat64()*float64(20*time.Hour)))+1)
}
