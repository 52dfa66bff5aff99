package attention_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
	"example.org/meantime/worktime"
)

// twelve zones: both hemispheres' summer times, half hours, and one that is a day ahead.
var twelve = []string{
	"Pacific/Auckland", "Australia/Lord_Howe", "Asia/Tokyo", "Asia/Taipei", "Asia/Kolkata", "Africa/Nairobi",
	"Europe/Berlin", "Europe/London", "America/Sao_Paulo", "America/New_York", "America/Los_Angeles", "Pacific/Kiritimati",
}

// year is a simulated year of a company: people in twelve zones with holidays,
// absences and hours that change, who ask, answer and post at any time of day.
type year struct {
	*house
	r       *rand.Rand
	staff   []actor.Actor
	threads []id.ID
	open    []id.ID
	seen    map[id.ID]bool // digests that were looked at
	digests int
}

func TestNobodyIsDisturbedForAYear(t *testing.T) {
	staff, acts := 200, 1300
	if testing.Short() || testkit.Raced {
		staff, acts = 60, 250
	}
	for _, seed := range []uint64{1} {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			c := clock.Still(testkit.Monday)
			y := &year{
				house: build(t, testkit.SQLite(t, c), c), r: rand.New(rand.NewPCG(seed, 7)), seen: map[id.ID]bool{},
			}
			y.hire(staff)
			for range acts {
				y.pass(time.Duration(y.r.Int64N(int64(2*365*24*time.Hour) / int64(acts))))
				y.act()
			}
			y.pass(30 * 24 * time.Hour) // what was asked last comes to its end
			y.checkOnce()
			if y.digests < acts/2 {
				t.Errorf("only %d digests in a year; the simulation shows nothing", y.digests)
			}
			t.Logf("%d people, %d acts, %d digests", staff, acts, y.digests)
		})
	}
}

func (y *year) hire(n int) {
	for i := range n {
		a := y.Person(people.NewPerson{Name: fmt.Sprintf("P%d", i), Zone: twelve[i%len(twelve)]})
		y.staff = append(y.staff, a)
		y.rehour(a)
	}
	for i := range 20 {
		th, _ := y.thread(y.anybody(), fmt.Sprintf("Thread %d", i), "To begin with.")
		y.threads = append(y.threads, th.ID)
	}
}

func (y *year) anybody() actor.Actor { return y.staff[y.r.IntN(len(y.staff))] }

// rehour gives somebody other hours: a template, holidays, sometimes check times,
// focus blocks and travel.
func (y *year) rehour(a actor.Actor) {
	all := worktime.Templates()
	spec := all[y.r.IntN(len(all))].Spec
	spec.Zone = twelve[y.r.IntN(len(twelve))]
	for range 8 {
		spec.Holidays = append(spec.Holidays, y.date())
	}
	if y.r.IntN(3) == 0 {
		spec.Checks = map[string][]string{"mon": {"09:30", "14:00"}, "tue": {"09:30"}, "wed": {"10:00", "15:30"}, "thu": {"23:00", "14:00"}, "fri": {"11:00"}}
	}
	if y.r.IntN(3) == 0 {
		spec.Focus = map[string][]string{"tue": {"08:00-11:00"}, "thu": {"09:00-12:00"}}
	}
	if y.r.IntN(5) == 0 {
		spec.Zones = []worktime.ZonePeriod{{From: y.date(), Zone: twelve[y.r.IntN(len(twelve))]}}
	}
	y.Must(y.DB.Write(y.T.Context(), y.WS, func(ctx context.Context, tx *db.Tx) error {
		return y.People.SetHoursTx(ctx, tx, a.Person, a.Person, spec)
	}))
}

func (y *year) date() string {
	return y.Clock.Now().Time().AddDate(0, 0, y.r.IntN(365)).Format(time.DateOnly)
}

// act is something that happens, at whatever hour it is.
func (y *year) act() {
	var err error
	switch n := y.r.IntN(20); {
	case n < 7:
		y.ask()
	case n < 11:
		_, err = y.Asks.Reply(y.T.Context(), y.anybody(), y.threads[y.r.IntN(len(y.threads))], asks.NewReply{
			Markdown: fmt.Sprintf("News for @p%d and @p%d", y.r.IntN(len(y.staff)), y.r.IntN(len(y.staff))),
		})
	case n < 17:
		err = y.answer()
	case n < 18:
		from := y.Clock.Now().Time().AddDate(0, 0, y.r.IntN(10))
		_, err = y.People.AddAbsence(y.T.Context(), y.anybody(), people.NewAbsence{
			From: from.Format(time.DateOnly), To: from.AddDate(0, 0, 1+y.r.IntN(20)).Format(time.DateOnly),
		})
	default:
		y.rehour(y.anybody())
	}
	if err != nil && fault.As(err) == nil {
		y.T.Fatal(err)
	}
	y.Must(y.Followers.Settle(y.T.Context()))
}

func (y *year) ask() {
	urgency := []worktime.Urgency{worktime.Routine, worktime.Routine, worktime.Soon, worktime.Urgent}[y.r.IntN(4)]
	asker := y.anybody()
	n := asks.NewAsk{
		Kind: asks.Reply, Window: []string{"1h", "4h", "1d", "3d", "90m"}[y.r.IntN(5)], Urgency: urgency, Reason: "Why.", Otherwise: "Else.",
		Need: []string{"all", "any"}[y.r.IntN(2)], Silence: []string{asks.Nothing, asks.Consent, asks.IDecide}[y.r.IntN(3)],
	}
	for range 1 + y.r.IntN(4) {
		if p := y.anybody(); p.Person != asker.Person {
			n.People = append(n.People, p.Person)
		}
	}
	if len(n.People) == 0 {
		return
	}
	sp := y.newThread()
	_, views := y.Thread(asker, sp.Space, sp.Title, "Please.", n)
	y.open = append(y.open, y.AskID(views[0]))
}

// answer lets somebody deal with what they were asked, or the asker with the ask.
func (y *year) answer() error {
	if len(y.open) == 0 {
		return nil
	}
	ask, err := y.Asks.Ask(y.T.Context(), y.DB, actor.System(y.WS), y.open[y.r.IntN(len(y.open))])
	if err != nil {
		return err
	}
	o := ask.Owed[y.r.IntN(len(ask.Owed))]
	if !o.Open() { // who declined may still answer, and was not told again in between
		return nil
	}
	me, asker := actor.Actor{Workspace: y.WS, Person: o.PersonID, Role: actor.Member}, actor.Actor{Workspace: y.WS, Person: ask.AskerID, Role: actor.Member}
	switch y.r.IntN(8) {
	case 0:
		_, err = y.Asks.Decline(y.T.Context(), me, ask.ID, "No.")
	case 1:
		_, err = y.Asks.Acknowledge(y.T.Context(), me, ask.ID, y.Clock.Now().Add(time.Duration(1+y.r.IntN(90))*time.Hour))
	case 2:
		_, err = y.Asks.Release(y.T.Context(), asker, ask.ID, []id.ID{o.PersonID})
	case 3:
		_, err = y.Asks.Extend(y.T.Context(), asker, ask.ID, "5d", 0)
	case 4:
		_, err = y.Asks.Remind(y.T.Context(), asker, ask.ID)
	case 5:
		_, err = y.Asks.Pass(y.T.Context(), me, ask.ID, y.anybody().Person, "")
	default:
		_, err = y.Asks.Answer(y.T.Context(), me, ask.ID, asks.Given{Note: "Yes."})
	}
	return err
}

// pass lets time go by, stopping wherever something is due.
func (y *year) pass(d time.Duration) {
	end := y.Clock.Now().Add(d)
	for {
		next, err := y.Jobs.Next(y.T.Context())
		y.Must(err)
		if next == 0 || next > end {
			break
		}
		y.Clock.Set(next)
		y.Must(errors.Join(y.attention.Deliver(y.T.Context()), y.Followers.Settle(y.T.Context())))
		y.look()
	}
	y.Clock.Set(end)
}

type wentOut struct {
	ID       id.ID
	PersonID id.ID
	Urgency  worktime.Urgency
}

// look checks what went out just now against the hours that hold now.
func (y *year) look() {
	now := y.Clock.Now()
	list, err := db.All[wentOut](y.T.Context(), y.DB, `
		SELECT id, person_id, urgency FROM attention_digests
		WHERE workspace_id = $1 AND at = $2`, y.WS, int64(now))
	y.Must(err)
	var persons []id.ID
	for _, d := range list {
		persons = append(persons, d.PersonID)
	}
	hours, err := y.People.HoursOf(y.T.Context(), y.DB, y.WS, persons)
	y.Must(err)
	for _, d := range list {
		if y.seen[d.ID] {
			continue
		}
		y.seen[d.ID] = true
		y.digests++
		h := hours[d.PersonID]
		check, err := h.Reach(now.Time(), worktime.Routine)
		switch {
		case d.Urgency == worktime.Routine && (err != nil || clock.At(check) != now):
			y.T.Fatalf("a routine digest reached %s at %s, which is no check time of theirs", d.PersonID, now)
		case d.Urgency == worktime.Soon && !h.Interruptible(now.Time()), d.Urgency == worktime.Urgent && !h.Working(now.Time()):
			y.T.Fatalf("a %s digest reached %s at %s, outside their hours", d.Urgency, d.PersonID, now)
		}
	}
}
