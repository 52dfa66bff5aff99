package journeys_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"example.org/meantime/internal/app"
	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/feature/duty"
	"example.org/meantime/internal/feature/pages"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
	"example.org/meantime/worktime"
)

// alarms is a simulated year of a company in which something urgent happens at any
// hour: rotas that follow the sun, paths with steps of every kind, holidays,
// absences, covers, and people who acknowledge, decline, or sleep.
type alarms struct {
	*world
	r      *rand.Rand
	ws     id.ID
	staff  []actor.Actor
	agreed map[id.ID]bool
	rooms  []id.ID
	teams  []id.ID
	open   []id.ID // asks
	calls  map[id.ID]int
	seen   map[id.ID]bool // digests
	paged  int
	night  int        // of them outside hours
	rung   int        // urgent digests
	doors  *yearDoors // nil where nobody is told
}

func TestNobodyIsPagedOutsideTheirHoursWithoutConsentForAYear(t *testing.T) {
	testkit.NotRaced(t)
	acts, days := 250, 365
	if testing.Short() {
		acts, days = 50, 40
	}
	y := newAlarms(t, nil)
	y.live(acts, days)
}

// The same for what then comes by mail, push and calendar; the whole year with
// MEANTIME_FULL=1, and otherwise two months of it.
func TestNobodyIsReachedOutsideTheirHoursByAnyDoor(t *testing.T) {
	testkit.NotRaced(t)
	acts, days := sizeOr(250, 60), sizeOr(365, 60)
	if testing.Short() {
		acts, days = 30, 24
	}
	var post *postOffice
	y := newAlarms(t, &post)
	y.live(acts, days)
	y.doors.enough(acts)
}

// newAlarms furnishes the company; with an office, its mail and phones are real.
func newAlarms(t *testing.T, post **postOffice) *alarms {
	t.Helper()
	w := newWorld(t, testkit.Monday, "", func(o *app.Options) {
		if post != nil {
			*post = byMail(t, o)
		}
	})
	ana := w.owner()
	y := &alarms{world: w, r: rand.New(rand.NewPCG(4, 11)), agreed: map[id.ID]bool{}, calls: map[id.ID]int{}, seen: map[id.ID]bool{}} //nolint:gosec // a year that can be told again
	x, err := id.Decode("ws", str(ana.get("/workspace"), "id"))
	y.must(err)
	y.ws = x
	if post != nil {
		(*post).open(w)
		y.doors = newYearDoors(y, *post)
	}
	y.hire(ana)
	return y
}

// live lets so much happen in so many days, and holds that it was enough.
func (y *alarms) live(acts, days int) {
	y.t.Helper()
	for range acts {
		y.pass(time.Duration(y.r.Int64N(int64(2*24*time.Hour) * int64(days) / int64(acts))))
		y.act()
	}
	y.pass(7 * 24 * time.Hour)
	if y.paged < acts/3 || y.night < acts/10 || y.rung < acts/4 {
		y.t.Errorf("%d were paged, %d of them at night, %d digests rang: the year shows too little", y.paged, y.night, y.rung)
	}
	y.t.Logf("%d acts, %d asks, %d calls, %d of them outside hours by consent, %d urgent digests", acts, len(y.open), y.paged, y.night, y.rung)
}

func (y *alarms) must(err error) {
	y.t.Helper()
	if err != nil {
		y.t.Fatal(err)
	}
}

var around = []string{"Pacific/Auckland", "Asia/Taipei", "Asia/Kolkata", "Europe/Berlin", "America/Sao_Paulo", "America/Los_Angeles"}

func (y *alarms) hire(ana *visitor) {
	for i := range 12 {
		name := fmt.Sprintf("p%d Person", i)
		v, person := y.join(ana, name, around[i%len(around)])
		x, err := id.Decode("per", person)
		y.must(err)
		me := actor.Actor{Workspace: y.ws, Person: x, Role: actor.Member}
		y.staff = append(y.staff, me)
		if y.doors != nil {
			y.doors.open(v, fmt.Sprintf("p%d", i), me)
		}
		y.agreed[me.Person] = i%3 == 0
		set, err := y.app.Attention.Settings(y.t.Context(), me)
		y.must(err)
		set.PageOutsideHours = y.agreed[me.Person]
		y.must(y.app.Attention.SetSettings(y.t.Context(), me, set))
	}
	for n := range 3 {
		y.team(n)
	}
	for n := range 3 {
		sp, err := y.app.Spaces.OpenSpace(y.t.Context(), y.staff[0], spaces.NewSpace{Name: fmt.Sprintf("Room %d", n)})
		y.must(err)
		y.rooms = append(y.rooms, sp.ID)
		steps := []pages.Step{{Duty: y.teams[n], Minutes: 5 + n}, {People: []id.ID{y.any().Person, y.any().Person}, Minutes: 15}, {Teams: []id.ID{y.teams[(n+1)%3]}, Minutes: 30}}
		y.must(y.app.Pages.SetPath(y.t.Context(), y.staff[0], sp.ID, steps[:3-n%2], 2, 0))
	}
}

// team makes a team whose duty follows the sun in three layers, with one behind them.
func (y *alarms) team(n int) {
	var members []id.ID
	for i := n; i < len(y.staff); i += 2 {
		members = append(members, y.staff[i].Person)
	}
	t, err := y.app.People.MakeTeam(y.t.Context(), y.staff[0], fmt.Sprintf("Team %d", n), "", members)
	y.must(err)
	y.teams = append(y.teams, t.ID)
	week := map[string][]string{"mon": {"08:00-17:00"}, "tue": {"08:00-17:00"}, "wed": {"08:00-17:00"}, "thu": {"08:00-17:00"}, "fri": {"08:00-17:00"}}
	var layers []duty.Layer
	for i, zone := range []string{"Asia/Taipei", "Europe/Berlin", "America/Sao_Paulo"} {
		layers = append(layers, duty.Layer{Name: zone, Zone: zone, Start: "2026-10-05", Handover: 480, Days: 7, Hours: db.JSON[map[string][]string]{V: week}, People: db.JSON[[]id.ID]{V: []id.ID{members[i], members[i+2]}}})
	}
	if n > 0 {
		layers = append(layers, duty.Layer{Name: "Nights", Zone: "UTC", Start: "2026-10-05", Days: 1, People: db.JSON[[]id.ID]{V: members[:4]}})
	}
	y.must(y.app.Duty.Set(y.t.Context(), y.staff[0], t.ID, duty.NewRota{Layers: layers}))
}

func (y *alarms) any() actor.Actor { return y.staff[y.r.IntN(len(y.staff))] }

// act is something that happens, at whatever hour it is.
func (y *alarms) act() {
	var err error
	switch n := y.r.IntN(20); {
	case n < 9:
		y.alarm()
	case n < 15:
		err = y.deal()
	case n < 18:
		from := y.clock.Now().Time().AddDate(0, 0, y.r.IntN(10))
		_, err = y.app.People.AddAbsence(y.t.Context(), y.any(), people.NewAbsence{From: from.Format(time.DateOnly), To: from.AddDate(0, 0, y.r.IntN(12)).Format(time.DateOnly)})
	default:
		me := y.any()
		spec := worktime.Templates()[y.r.IntN(len(worktime.Templates()))].Spec
		spec.Zone = around[y.r.IntN(len(around))]
		err = y.app.DB.Write(y.t.Context(), y.ws, func(ctx context.Context, tx *db.Tx) error {
			return y.app.People.SetHoursTx(ctx, tx, me.Person, me.Person, spec)
		})
	}
	if err != nil && fault.As(err) == nil {
		y.t.Fatal(err)
	}
	y.settle()
	y.look()
}

func (y *alarms) alarm() {
	asker, room := y.any(), y.rooms[y.r.IntN(len(y.rooms))]
	n := asks.NewAsk{Kind: asks.Do, Window: "1h", Urgency: worktime.Urgent, Reason: "Why.", Otherwise: "Else.", SecondReason: "Still."}
	if y.r.IntN(2) == 0 {
		n.Duty = []id.ID{{}}
	} else {
		n.People = []id.ID{y.any().Person}
	}
	_, p, err := y.app.Asks.OpenThread(y.t.Context(), asker, spaces.NewThread{Space: room, Title: "Down"}, asks.NewReply{Markdown: "@duty please.", Asks: []asks.NewAsk{n}})
	if fault.As(err) != nil { // asked themselves
		return
	}
	y.must(err)
	views, err := y.app.Asks.OfPosts(y.t.Context(), y.app.DB, asker, []id.ID{p.ID})
	y.must(err)
	x, err := id.Decode("ask", views[p.ID][0].ID)
	y.must(err)
	y.open = append(y.open, x)
	y.settle()
	y.look()
	y.pass(time.Duration(y.r.IntN(40)) * time.Minute) // some are dealt with soon
}

// deal lets somebody who was paged do something about it.
func (y *alarms) deal() error {
	if len(y.open) == 0 {
		return nil
	}
	p, err := y.app.Pages.OfAsk(y.t.Context(), y.staff[0], y.open[len(y.open)-1])
	if err != nil || len(p.Calls) == 0 {
		return err
	}
	me := actor.Actor{Workspace: y.ws, Person: p.Calls[y.r.IntN(len(p.Calls))].Person, Role: actor.Member}
	switch y.r.IntN(4) {
	case 0:
		_, err = y.app.Asks.Decline(y.t.Context(), me, p.Ask, "Cannot.")
	case 1:
		_, err = y.app.Pages.Resolve(y.t.Context(), me, p.ID, "Done.")
	case 2:
		_, err = y.app.Asks.Pass(y.t.Context(), me, p.Ask, y.any().Person, "")
	default:
		_, err = y.app.Pages.Acknowledge(y.t.Context(), me, p.ID)
	}
	return err
}

// pass lets time go by, stopping wherever something is due.
func (y *alarms) pass(d time.Duration) {
	end := y.clock.Now().Add(d)
	for {
		next, err := y.app.Next(y.t.Context())
		y.must(err)
		if next == 0 || next > end {
			break
		}
		y.clock.Set(next)
		y.settle()
		y.look()
	}
	y.clock.Set(end)
}

// look checks what was called and what rang just now against the hours that hold now.
func (y *alarms) look() {
	for _, ask := range y.open[max(0, len(y.open)-3):] {
		p, err := y.app.Pages.OfAsk(y.t.Context(), y.staff[0], ask)
		y.must(err)
		y.order(p)
		for _, c := range p.Calls[y.calls[p.ID]:] {
			y.calls[p.ID]++
			if c.Outcome == "paged" {
				y.call(p, c)
			}
		}
	}
	y.rings()
	if y.doors != nil {
		y.doors.look()
	}
}

// call holds that somebody who was called may be.
func (y *alarms) call(p pages.Page, c pages.Call) {
	y.paged++
	h, err := y.app.People.Hours(y.t.Context(), y.app.DB, y.ws, c.Person)
	y.must(err)
	working := h.Working(c.At.Time())
	if !working {
		y.night++
	}
	if !working && !y.agreed[c.Person] || working == c.Woken && c.Why == "" {
		y.t.Fatalf("%s was paged at %s; in their hours: %v, agreed: %v, said to be woken: %v", c.Person, c.At, working, y.agreed[c.Person], c.Woken)
	}
	if c.Person == p.Asker {
		y.t.Fatalf("a page reached whoever asked it")
	}
}

// order holds that steps follow each other, each not before the time of the one
// before has run out, and that nobody is called twice.
func (y *alarms) order(p pages.Page) {
	var called []id.ID
	step, at := int64(0), p.CreatedAt
	for _, c := range p.Calls {
		if c.Step < step || c.At < at {
			y.t.Fatalf("a call of step %d at %s comes after step %d at %s", c.Step, c.At, step, at)
		}
		step, at = c.Step, c.At
		if c.Outcome == "paged" && slices.Contains(called, c.Person) && c.Why == "" {
			y.t.Fatalf("%s was called twice", c.Person)
		}
		if c.Outcome == "paged" {
			called = append(called, c.Person)
		}
	}
}

type ring struct {
	ID       id.ID
	PersonID id.ID
}

// rings holds that no urgent digest goes out to somebody who sleeps and never agreed.
func (y *alarms) rings() {
	now := y.clock.Now()
	list, err := db.All[ring](y.t.Context(), y.app.DB, `
		SELECT id, person_id FROM attention_digests
		WHERE workspace_id = $1 AND at = $2 AND urgency = 'urgent'`, y.ws, int64(now))
	y.must(err)
	for _, d := range list {
		if y.seen[d.ID] {
			continue
		}
		y.seen[d.ID] = true
		y.rung++
		h, err := y.app.People.Hours(y.t.Context(), y.app.DB, y.ws, d.PersonID)
		y.must(err)
		if !h.Working(now.Time()) && !y.agreed[d.PersonID] {
			y.t.Fatalf("an urgent digest rang %s at %s, outside their hours and without consent", d.PersonID, now)
		}
	}
}
