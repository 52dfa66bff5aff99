package calendars_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-webdav"
	"github.com/emersion/go-webdav/caldav"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/feature/calendars"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	reader "example.org/meantime/internal/platform/ics"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

func (h *house) get(path string, header ...string) *httptest.ResponseRecorder {
	h.T.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.mux.ServeHTTP(w, r)
	return w
}

// lines lists the events of a feed as "SUMMARY SEQUENCE".
func (h *house) lines(w *httptest.ResponseRecorder) []string {
	h.T.Helper()
	if w.Code != http.StatusOK {
		h.T.Fatalf("the feed answers %d: %s", w.Code, w.Body)
	}
	c, err := reader.Parse(w.Body.String())
	h.Must(err)
	out := []string{}
	for _, e := range c.Events {
		out = append(out, fmt.Sprintf("%s %d", e.Summary, e.Sequence))
	}
	return out
}

// owes lets Ana ask Kofi something in a space.
func (h *house) owes(space id.ID, title string) asks.AskView {
	h.T.Helper()
	_, views := h.Thread(h.ana, space, title, "Please.", asks.NewAsk{Kind: asks.Reply, People: []id.ID{h.kofi.Person}, Window: "4h", Urgency: worktime.Soon})
	return views[0]
}

func TestAFeedTellsWhatIsOwedAndStopsWhenItShould(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.owes(h.space, "Logo; really, \r\nEND:VCALENDAR")
		private, err := h.Spaces.OpenSpace(t.Context(), h.ana, spaces.NewSpace{Name: "Quiet", Private: true, Members: []id.ID{h.kofi.Person}})
		h.Must(err)
		h.owes(private.ID, "Pay")
		_, err = h.People.AddAbsence(t.Context(), h.kofi, people.NewAbsence{From: "2026-10-12", To: "2026-10-16", Reason: "Hills"})
		h.Must(err)
		f, secret, err := h.c.MakeFeed(t.Context(), h.kofi, calendars.Mine, id.ID{})
		h.Must(err)
		path := "/feeds/" + secret + ".ics"
		first := h.get(path)
		got := h.lines(first)
		if len(got) != 3 || !strings.HasPrefix(got[0], "Due: Logo; really") || got[1] != "Due: Pay 0" || got[2] != "Away 0" {
			t.Fatalf("the feed holds %q", got)
		}
		if !strings.Contains(first.Body.String(), "DTSTART;VALUE=DATE:20261012\r\nDTEND;VALUE=DATE:20261017") {
			t.Errorf("the absence is not whole days:\n%s", first.Body)
		}
		t.Run("the same again is not sent again", func(t *testing.T) {
			h.Clock.Advance(time.Minute)
			if w := h.get(path, "If-None-Match", first.Header().Get("ETag")); w.Code != http.StatusNotModified || w.Body.Len() != 0 {
				t.Errorf("%d, %d bytes", w.Code, w.Body.Len())
			}
		})
		t.Run("what changes keeps its name and gets the next number", func(t *testing.T) {
			list, err := h.People.Absences(t.Context(), h.DB, h.WS, h.kofi.Person)
			h.Must(err)
			reason := "Mountains"
			_, err = h.People.ChangeAbsence(t.Context(), h.kofi, list[0].ID, people.AbsenceChange{Reason: &reason})
			h.Must(err)
			w := h.get(path, "If-None-Match", first.Header().Get("ETag"))
			if got := h.lines(w); len(got) != 3 || got[2] != "Away 1" || got[1] != "Due: Pay 0" {
				t.Errorf("the feed holds %q", got)
			}
		})
		t.Run("what one may not read any more is gone at once", func(t *testing.T) {
			h.Must(h.Spaces.RemoveMember(t.Context(), h.ana, private.ID, h.kofi.Person))
			if got := h.get(path).Body.String(); strings.Contains(got, "Pay") || !strings.Contains(got, "Logo") {
				t.Errorf("the feed holds\n%s", got)
			}
		})
		t.Run("a new secret shuts the old one", func(t *testing.T) {
			_, fresh, err := h.c.MakeFeed(t.Context(), h.kofi, calendars.Mine, id.ID{})
			h.Must(err)
			if w := h.get(path); w.Code != http.StatusNotFound {
				t.Errorf("the old address answers %d", w.Code)
			}
			secret, path = fresh, "/feeds/"+fresh+".ics"
			h.lines(h.get(path))
		})
		for _, wrong := range []string{"/feeds/x.ics", "/feeds/" + strings.Repeat("A", 26) + ".ics", "/feeds/" + secret + "A.ics", "/feeds/" + f.ID.String() + ".ics"} {
			if w := h.get(wrong); w.Code != http.StatusNotFound {
				t.Errorf("%s answers %d", wrong, w.Code)
			}
		}
		refused(t, h.c.EndFeed(t.Context(), h.ana, f.ID), "not_found")
		t.Run("whoever was removed reads nothing", func(t *testing.T) {
			h.Must(h.People.Remove(t.Context(), h.ana, h.kofi.Person))
			if w := h.get(path); w.Code != http.StatusNotFound {
				t.Errorf("answers %d", w.Code)
			}
		})
	})
}

func TestATeamsFeedIsReadAsItsOwnerSeesIt(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		team, err := h.People.MakeTeam(t.Context(), h.ana, "Crew", "", []id.ID{h.ana.Person, h.kofi.Person})
		h.Must(err)
		_, err = h.People.AddAbsence(t.Context(), h.ana, people.NewAbsence{From: "2026-10-12", To: "2026-10-12", StandIn: h.kofi.Person})
		h.Must(err)
		h.c.AlsoFrom(func(_ context.Context, _ db.Queryer, a actor.Actor, person, of id.ID, _, _ clock.Instant) ([]calendars.Entry, error) {
			if of.IsZero() {
				return nil, nil
			}
			return []calendars.Entry{{Key: "duty-1", Start: h.Clock.Now(), End: h.Clock.Now().Add(time.Hour), Title: "Kofi is on duty"}}, nil
		})
		_, secret, err := h.c.MakeFeed(t.Context(), h.kofi, calendars.OfTeam, team.ID)
		h.Must(err)
		w := h.get("/feeds/" + secret + ".ics")
		if got := strings.Join(h.lines(w), ", "); got != "Kofi is on duty 0, Ana Petrova is away 0" {
			t.Errorf("the feed holds %s", got)
		}
		if !strings.Contains(w.Body.String(), "Kofi Mensah stands in.") {
			t.Errorf("nobody stands in:\n%s", w.Body)
		}
		_, _, err = h.c.MakeFeed(t.Context(), h.gus, calendars.OfTeam, team.ID)
		refused(t, err, "not_found")
		h.Must(h.People.RemoveTeam(t.Context(), h.ana, team.ID))
		if w := h.get("/feeds/" + secret + ".ics"); w.Code != http.StatusNotFound {
			t.Errorf("a team that is gone answers %d", w.Code)
		}
	})
}

// Another's CalDAV client finds its way from the address alone.
func TestCalendarProgramsReadOverCalDAV(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.owes(h.space, "Logo <b> & more")
		_, err := h.People.AddAbsence(t.Context(), h.kofi, people.NewAbsence{From: "2026-10-12", To: "2026-10-16"})
		h.Must(err)
		_, err = h.People.MakeTeam(t.Context(), h.ana, "Crew", "", []id.ID{h.ana.Person, h.kofi.Person})
		h.Must(err)
		_, err = h.People.MakeTeam(t.Context(), h.ana, "Others", "", []id.ID{h.ana.Person})
		h.Must(err)
		_, secret, err := h.c.MakeFeed(t.Context(), h.kofi, calendars.FeedDAV, id.ID{})
		h.Must(err)
		srv := httptest.NewServer(h.mux)
		defer srv.Close()
		client := func(user, password string) *caldav.Client {
			c, err := caldav.NewClient(webdav.HTTPClientWithBasicAuth(srv.Client(), user, password), srv.URL+"/dav/")
			h.Must(err)
			return c
		}
		c := client("Kofi@harbour.example", secret)
		principal, err := c.FindCurrentUserPrincipal(t.Context())
		h.Must(err)
		home, err := c.FindCalendarHomeSet(t.Context(), principal)
		h.Must(err)
		list, err := c.FindCalendars(t.Context(), home)
		h.Must(err)
		if len(list) != 2 || list[0].Name != "Meantime: Kofi Mensah" || list[1].Name != "Meantime: Crew" {
			t.Fatalf("the calendars are %+v", list)
		}
		request := caldav.CalendarCompRequest{Name: "VCALENDAR", AllProps: true, AllComps: true}
		query := func(from, to time.Time) []caldav.CalendarObject {
			t.Helper()
			got, err := c.QueryCalendar(t.Context(), list[0].Path, &caldav.CalendarQuery{CompRequest: request, CompFilter: caldav.CompFilter{Name: "VCALENDAR", Comps: []caldav.CompFilter{{Name: "VEVENT", Start: from, End: to}}}})
			h.Must(err)
			return got
		}
		all := query(time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC))
		if len(all) != 2 {
			t.Fatalf("%d events, want the due and the absence", len(all))
		}
		if summary, _ := all[0].Data.Children[0].Props.Text("SUMMARY"); summary != "Due: Logo <b> & more" {
			t.Errorf("the first is %q", summary)
		}
		if got := query(time.Date(2026, 10, 12, 12, 0, 0, 0, time.UTC), time.Date(2026, 10, 12, 13, 0, 0, 0, time.UTC)); len(got) != 1 {
			t.Errorf("%d events on the day away", len(got))
		}
		several, err := c.MultiGetCalendar(t.Context(), list[0].Path, &caldav.CalendarMultiGet{CompRequest: request, Paths: []string{all[0].Path, all[1].Path}})
		h.Must(err)
		one, err := c.GetCalendarObject(t.Context(), all[0].Path)
		h.Must(err)
		if len(several) != 2 || several[0].ETag != one.ETag || one.ETag == "" {
			t.Errorf("%d objects, tags %q and %q", len(several), several[0].ETag, one.ETag)
		}
		if _, err := c.PutCalendarObject(t.Context(), all[0].Path, one.Data); err == nil {
			t.Error("a calendar for reading was written")
		}
		for _, x := range [][2]string{{"kofi@harbour.example", "guess"}, {"ana@harbour.example", secret}} {
			if _, err := client(x[0], x[1]).FindCurrentUserPrincipal(t.Context()); err == nil || !strings.Contains(err.Error(), "401") {
				t.Errorf("%s gets %v", x[0], err)
			}
		}
		if w := h.get("/feeds/" + secret + ".ics"); w.Code != http.StatusNotFound {
			t.Errorf("an app password opens a feed: %d", w.Code)
		}
		ctag := h.ctag(secret, list[0].Path)
		if again := h.ctag(secret, list[0].Path); again != ctag || ctag == "" {
			t.Errorf("unchanged, the ctag goes from %q to %q", ctag, again)
		}
		h.owes(h.space, "Another")
		if after := h.ctag(secret, list[0].Path); after == ctag {
			t.Error("changed, the ctag stays")
		}
		h.Must(h.People.Remove(t.Context(), h.ana, h.kofi.Person))
		if _, err := c.FindCurrentUserPrincipal(t.Context()); err == nil {
			t.Error("whoever was removed still signs in")
		}
	})
}

func (h *house) ctag(secret, path string) string {
	h.T.Helper()
	r := httptest.NewRequest("PROPFIND", path, strings.NewReader(`<d:propfind xmlns:d="DAV:" xmlns:cs="http://calendarserver.org/ns/"><d:prop><cs:getctag/><d:nothing/></d:prop></d:propfind>`))
	r.SetBasicAuth("kofi@harbour.example", secret)
	r.Header.Set("Depth", "0")
	w := httptest.NewRecorder()
	h.mux.ServeHTTP(w, r)
	_, rest, _ := strings.Cut(w.Body.String(), "<cs:getctag>")
	tag, _, _ := strings.Cut(rest, "</cs:getctag>")
	return tag
}

// Whatever a calendar program asks, the answer is XML or a refusal.
func FuzzDAV(f *testing.F) {
	f.Add(`<d:propfind xmlns:d="DAV:"><d:prop><d:a/><x:y xmlns:x="&lt;&quot;"/></d:prop></d:propfind>`)
	f.Add(`<c:calendar-multiget xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:d="DAV:"><d:href>/dav/me/calendars/mine/x.ics</d:href></c:calendar-multiget>`)
	f.Add(`<c:calendar-query xmlns:c="urn:ietf:params:xml:ns:caldav"><c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"><c:time-range start="20260101T000000Z"/></c:comp-filter></c:comp-filter></c:filter></c:calendar-query>`)
	f.Fuzz(func(t *testing.T, body string) {
		r := httptest.NewRequest("REPORT", "/dav/me/calendars/mine/", strings.NewReader(body))
		if !calendars.ReadDAV(r) {
			t.Errorf("%q is answered with no XML", body)
		}
	})
}
