package journeys_test

import (
	"cmp"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/app"
	"example.org/meantime/internal/feature/demo"
)

// demoWeek is the week after the one that the demo company has played: it goes on from
// where somebody finds it who starts a demo. Clocks have just changed in Europe and Beirut,
// they change in Cairo on Friday, and in America not before Sunday.
type demoWeek struct {
	*teamWeek
	hours map[string]hours
	asked []turn // by the stand-up
}

// turn is a day on which somebody is asked by the stand-up.
type turn struct {
	who, date string
	from, to  time.Time
}

// monday is a UTC clock face in that week, 0 being Monday.
func monday(day, hour, minute int) time.Time {
	return time.Date(2026, 10, 26+day, hour, minute, 0, 0, time.UTC)
}

func newDemoWeek(t *testing.T, database string) *demoWeek {
	t.Helper()
	var post *postOffice
	w := newWorld(t, monday(-6, 12, 0), database, func(o *app.Options) { post = byMail(t, o) })
	post.open(w)
	if err := w.app.SeedDemo(t.Context(), io.Discard); err != nil {
		t.Fatal(err)
	}
	m := &demoWeek{&teamWeek{
		world: w, post: post, phones: newPushService(w), rest: w.settle, at: w.clock.Now().Time(), v: map[string]*visitor{}, ids: map[string]string{},
		said: map[string]map[string]time.Time{}, ballots: map[string]*sealedVote{},
	}, map[string]hours{}, nil}
	if want := monday(-3, 14, 30); !m.at.Equal(want) {
		t.Fatalf("the played week ends at %s, want %s", m.at, want)
	}
	m.guard = newGuard(t, w.app.Handler(), func() time.Time { return w.clock.Now().Time() })
	w.url = m.guard.url
	for _, c := range demo.Cast {
		m.v[c.Handle] = w.visitor()
		me := m.v[c.Handle].do("POST", "/sessions", map[string]any{"email": c.Email(), "password": demo.Password}, 201)
		m.ids[c.Handle] = str(me, "person", "id")
		m.guard.know(c.Handle, m.v[c.Handle].cookie.Value)
		m.said[c.Handle] = map[string]time.Time{}
		m.hours[c.Handle] = workdays(c)
	}
	for _, who := range []string{"ana", "liam", "grace", "hana"} {
		m.phones.device(m.v[who], who)
	}
	return m
}

// off are the days on which somebody does not work: Sara visits her family, Liam moves
// house, Hana has a long weekend, and João's Monday is a holiday in Brazil.
var off = map[string][]string{"sara": {"2026-10-28", "2026-10-29", "2026-10-30"}, "liam": {"2026-10-28"}, "hana": {"2026-10-30"}, "joao": {"2026-11-02"}}

// workdays are worked out here by hand from the hours that somebody of the cast keeps.
func workdays(c demo.Character) (out hours) {
	zone, err := time.LoadLocation(c.Zone)
	if err != nil {
		panic(err)
	}
	for day := monday(-9, 0, 0); day.Before(monday(10, 0, 0)); day = day.AddDate(0, 0, 1) {
		date := day.Format(time.DateOnly)
		if slices.Contains(off[c.Handle], date) {
			continue
		}
		for _, span := range c.Hours.Weekly[strings.ToLower(day.Format("Mon"))] {
			from, to, _ := strings.Cut(span, "-")
			out = append(out, shift{date, onClock(day, from, zone), onClock(day, to, zone)})
		}
	}
	return out
}

func onClock(day time.Time, face string, zone *time.Location) time.Time {
	at, err := time.Parse("15:04", face)
	if err != nil {
		panic(err)
	}
	return time.Date(day.Year(), day.Month(), day.Day(), at.Hour(), at.Minute(), 0, 0, zone).UTC()
}

// days are the working days among shifts, each from its first beginning to its last end.
func (h hours) days() (out hours) {
	for _, s := range h {
		if n := len(out); n > 0 && out[n-1].date == s.date {
			out[n-1].to = s.to
			continue
		}
		out = append(out, s)
	}
	return out
}

// fairly is when all of them have had so much of their own time.
func (m *demoWeek) fairly(who []string, since time.Time, d time.Duration) time.Time {
	var ends []time.Time
	for _, x := range who {
		ends = append(ends, m.hours[x].had(since, d))
	}
	return slices.MaxFunc(ends, time.Time.Compare)
}

func (m *demoWeek) everyone() (out []string) {
	for _, c := range demo.Cast {
		out = append(out, c.Handle)
	}
	return out
}

// ofTitle is the one thing in a list that is called so.
func (m *demoWeek) ofTitle(who, path, title string) map[string]any {
	m.t.Helper()
	for _, x := range m.v[who].list(path) {
		if cmp.Or(str(x, "title"), str(x, "name")) == title {
			return x
		}
	}
	m.t.Fatalf("%s lists no %q", path, title)
	return nil
}
