package calendars_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	goical "github.com/emersion/go-ical"
	"github.com/emersion/go-webdav"
	"github.com/emersion/go-webdav/caldav"

	"example.org/meantime/internal/feature/calendars"
)

// foreign is a CalDAV server of others, with one calendar.
type foreign struct {
	texts   []string
	reports int
}

var errReadOnly = errors.New("read only")

func (f *foreign) CurrentUserPrincipal(context.Context) (string, error) { return "/dav/kofi/", nil }

func (f *foreign) CalendarHomeSetPath(context.Context) (string, error) {
	return "/dav/kofi/cals/", nil
}

func (f *foreign) CreateCalendar(context.Context, *caldav.Calendar) error {
	return errReadOnly
}

func (f *foreign) ListCalendars(context.Context) ([]caldav.Calendar, error) {
	return []caldav.Calendar{{Path: "/dav/kofi/cals/work/", Name: "Work"}}, nil
}

func (f *foreign) GetCalendar(_ context.Context, path string) (*caldav.Calendar, error) {
	return &caldav.Calendar{Path: path, Name: "Work"}, nil
}

func (f *foreign) objects() (out []caldav.CalendarObject) {
	for i, text := range f.texts {
		c, err := goical.NewDecoder(strings.NewReader(text)).Decode()
		if err == nil {
			out = append(out, caldav.CalendarObject{Path: "/dav/kofi/cals/work/" + string(rune('a'+i)) + ".ics", ETag: "1", Data: c})
		}
	}
	return out
}

func (f *foreign) GetCalendarObject(context.Context, string, *caldav.CalendarCompRequest) (*caldav.CalendarObject, error) {
	return nil, webdav.NewHTTPError(http.StatusNotFound, errReadOnly)
}

func (f *foreign) ListCalendarObjects(context.Context, string, *caldav.CalendarCompRequest) ([]caldav.CalendarObject, error) {
	return f.objects(), nil
}

func (f *foreign) QueryCalendarObjects(_ context.Context, _ string, q *caldav.CalendarQuery) ([]caldav.CalendarObject, error) {
	f.reports++
	return caldav.Filter(q, f.objects())
}

func (f *foreign) PutCalendarObject(context.Context, string, *goical.Calendar, *caldav.PutCalendarObjectOptions) (*caldav.CalendarObject, error) {
	return nil, errReadOnly
}

func (f *foreign) DeleteCalendarObject(context.Context, string) error { return errReadOnly }

func TestACollectionOfAnotherServerIsReadIn(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		f := &foreign{}
		for _, e := range []string{standup, "UID:w\nDTSTART;TZID=Europe/Berlin:20260907T140000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY\nSUMMARY:Weekly"} {
			f.texts = append(f.texts, strings.Replace(ics(e+"\nDTSTAMP:20261001T000000Z"), "VERSION:2.0", "VERSION:2.0\r\nPRODID:-//Other//EN", 1))
		}
		handler := &caldav.Handler{Backend: f, Prefix: "/dav"}
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if user, pass, ok := r.BasicAuth(); !ok || user != "kofi" || pass != "app" {
				w.WriteHeader(http.StatusUnauthorized)
				return
			}
			if r.URL.Path == "/dav/kofi/cals/work" {
				http.Redirect(w, r, "/dav/kofi/cals/work/", http.StatusMovedPermanently)
				return
			}
			handler.ServeHTTP(w, r)
		}))
		defer srv.Close()
		n := calendars.NewSubscription{Kind: calendars.Meetings, Source: calendars.CalDAV, Name: "Work", URL: srv.URL + "/dav/kofi/cals/work", Username: "kofi", Password: "app", Focus: true}
		sub, err := h.c.Subscribe(t.Context(), h.kofi, n)
		h.Must(err)
		list, err := h.c.Events(t.Context(), h.DB, h.kofi, sub.ID, h.Clock.Now())
		h.Must(err)
		if len(list) < 10 || list[0].Title != "Secret talks" || list[1].Title != "Weekly" {
			t.Errorf("%d events: %+v", len(list), list[:min(2, len(list))])
		}
		if got := h.reach(h.kofi, time.Date(2026, 10, 5, 7, 40, 0, 0, time.UTC)); got != "05T09:00" {
			t.Errorf("Kofi is reached at %s", got)
		}
		n.Password = "wrong"
		_, err = h.c.Subscribe(t.Context(), h.kofi, n)
		refused(t, err, "calendar_refused")
		n.Password, n.URL = "app", srv.URL+"/dav/kofi/"
		_, err = h.c.Subscribe(t.Context(), h.kofi, n)
		refused(t, err, "no_collection")
	})
}

// What a hostile server answers never does more than be refused.
func FuzzMultistatus(f *testing.F) {
	f.Add(`<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:response><c:calendar-data>BEGIN:VCALENDAR</c:calendar-data></d:response></d:multistatus>`)
	f.Add(`<a><b><c>`)
	f.Fuzz(func(_ *testing.T, text string) { calendars.ReadMultistatus([]byte(text)) })
}
