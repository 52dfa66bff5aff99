package journeys_test

import (
	"testing"
	"time"

	"example.org/meantime/internal/platform/testkit"
)

// A team of twelve in five zones holds a week of stand-ups, decides something without
// names and brainstorms, without being online at once.
func TestATeamsWeekWithoutMeetings(t *testing.T) {
	testkit.NotRaced(t)
	both(t, func(t *testing.T, database string) {
		m := newTeamWeek(t, database)
		m.checkIn()
		m.decide()
		m.brainstorm()
		m.journeys()
		m.live(october(14, 0, 0))
		m.everybodyHeard()
		m.decided()
		m.whatBecameOfIdeas()
		m.allInHours()
		m.guard.lookAtMail(m.post, m.phones)
		if m.guard.met < 100 {
			t.Errorf("what is hidden was met %d times by who may read it: this showed little", m.guard.met)
		}
		t.Logf("%d answers were read, and what had been hidden was met %d times when it was open", m.guard.read, m.guard.met)
	})
}

// journeys are what moves people about: one is away, one goes to another zone.
func (m *teamWeek) journeys() {
	m.plan(october(5, 15, 0), func() {
		m.v["tomas"].do("POST", "/me/absences", map[string]any{"from": "2026-10-06", "to": "2026-10-07", "reason": "Moving house"}, 201)
	})
	m.plan(october(5, 20, 0), func() {
		m.hours(called("joy"), []any{map[string]any{"from": "2026-10-07", "zone": "Asia/Taipei"}})
	})
}

// allInHours holds that everything that was sent came in its receiver's hours.
func (m *teamWeek) allInHours() {
	m.t.Helper()
	m.sentIn(func(who string, at time.Time) bool { return called(who).working(at) }, 60, 15)
}

// sentIn holds that everything that was sent came while its receiver was working, and
// that there were so many mails and notes at least.
func (m *teamWeek) sentIn(working func(who string, at time.Time) bool, mails, notes int) {
	m.t.Helper()
	nobody := staff{}
	phones := m.phones
	if phones == nil {
		phones = &pushService{}
	}
	list := nobody.everythingSent(m.post, phones, &pager{})
	count := map[string]int{}
	for _, x := range list {
		count[x.by]++
		if !working(x.who, x.at) {
			m.t.Errorf("outside the hours of %s: %s %q at %s", x.who, x.by, x.what, x.at.Format(time.RFC1123))
		}
	}
	m.t.Logf("%d mails and %d notes were sent", count["mail"], count["push"])
	if count["mail"] < mails || m.phones != nil && count["push"] < notes {
		m.t.Error("too little was sent to show anything")
	}
}
