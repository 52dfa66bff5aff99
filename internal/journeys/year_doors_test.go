package journeys_test

import (
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
)

// yearDoors are the ways by which a year of alarms reaches people: a mail server that
// puts every third mail off, a push service that is busy as often, and calendars.
type yearDoors struct {
	*alarms
	post   *postOffice
	phones *pushService
	who    map[string]actor.Actor // by the name before the @, which is that of the phone too
	guests map[string]*visitor
	feeds  []string
	next   clock.Instant // when the calendars are read again
	mails  int
	notes  int
	late   int // of the mails, those that were urgent
	events int
}

func newYearDoors(y *alarms, post *postOffice) *yearDoors {
	y.t.Helper()
	d := &yearDoors{alarms: y, post: post, phones: newPushService(y.world), who: map[string]actor.Actor{}, guests: map[string]*visitor{}}
	dice := rand.New(rand.NewPCG(4, 12)) //nolint:gosec // a year that can be told again
	post.later = func() bool { return dice.IntN(3) == 0 }
	pushed := rand.New(rand.NewPCG(4, 13)) //nolint:gosec // as above
	d.phones.later = func() bool { return pushed.IntN(3) == 0 }
	return d
}

// open gives somebody a phone that rings and a calendar.
func (d *yearDoors) open(v *visitor, name string, a actor.Actor) {
	d.t.Helper()
	d.who[name], d.guests[name] = a, v
	d.phones.device(v, name)
	at, err := url.Parse(str(v.do("POST", "/me/feeds", map[string]any{"kind": "mine"}, 201), "url"))
	d.must(err)
	d.feeds = append(d.feeds, at.Path)
}

// look checks what came by mail and push just now against the hours that hold now, and
// once in a while the calendars.
func (d *yearDoors) look() {
	d.t.Helper()
	d.post.mu.Lock()
	for ; d.mails < len(d.post.got); d.mails++ {
		e := d.post.got[d.mails]
		name, _, _ := strings.Cut(e.GetHeader("To")[strings.LastIndexByte(e.GetHeader("To"), '<')+1:], "@")
		urgent := strings.HasPrefix(e.GetHeader("Subject"), "Urgent: ")
		if urgent {
			d.late++
		}
		d.may("a mail", name, e.GetHeader("Subject"), d.post.at[d.mails], urgent)
	}
	d.post.mu.Unlock()
	d.phones.mu.Lock()
	for ; d.notes < len(d.phones.got); d.notes++ {
		x := d.phones.got[d.notes]
		d.may("a note", x.who, x.note.Title, x.at, x.note.Urgent)
	}
	d.phones.mu.Unlock()
	if now := d.clock.Now(); now >= d.next {
		d.next = now.Add(9 * 24 * time.Hour)
		d.readCalendars()
	}
}

// may holds that something may reach somebody now.
func (d *yearDoors) may(by, name, what string, at time.Time, urgent bool) {
	d.t.Helper()
	me, ok := d.who[name]
	if !ok {
		return // the owner, who asks for nothing
	}
	h, err := d.app.People.Hours(d.t.Context(), d.app.DB, d.ws, me.Person)
	d.must(err)
	if h.Working(at) || urgent && d.agreed[me.Person] {
		return
	}
	d.t.Fatalf("%s reached %s at %s outside their hours (urgent: %v, agreed: %v): %s", by, name, at, urgent, d.agreed[me.Person], what)
}

// readCalendars holds that nothing in anybody's calendar rings: programs show what is
// there, and are told of no alarm and invited to nothing. Whoever reads stays signed in.
func (d *yearDoors) readCalendars() {
	d.t.Helper()
	for _, path := range d.feeds {
		resp, err := http.Get(d.url + path) //nolint:noctx // the test's own server
		d.must(err)
		text, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		d.must(err)
		if resp.StatusCode != http.StatusOK {
			d.t.Fatalf("a calendar answers %d: %s", resp.StatusCode, text)
		}
		d.events += strings.Count(string(text), "BEGIN:VEVENT")
		for _, rings := range []string{"VALARM", "TRIGGER", "METHOD:REQUEST", "ATTENDEE"} {
			if strings.Contains(string(text), rings) {
				d.t.Fatalf("a calendar has %s, which rings:\n%s", rings, text)
			}
		}
	}
	for _, v := range d.guests {
		v.get("/me")
	}
}

// enough holds that the year went by every door.
func (d *yearDoors) enough(acts int) {
	d.t.Helper()
	if d.mails < 2*acts || d.notes < 2*acts || d.late < acts/4 || d.events < acts {
		d.t.Errorf("%d mails (%d of them urgent), %d notes, %d events in calendars: the year shows too little", d.mails, d.late, d.notes, d.events)
	}
	d.t.Logf("%d mails (%d of them urgent), %d notes and %d events in calendars, none outside hours without consent", d.mails, d.late, d.notes, d.events)
}
