package calendars

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/ics"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

// The places of the CalDAV service (RFC 4791): who one is, where one's calendars are,
// each calendar, and each of its events.
const (
	davRoot = "/dav/"
	davMe   = "/dav/me/"
	davHome = "/dav/me/calendars/"

	largestDAV = 256 << 10 // bytes of a request
)

// serveDAV answers calendar programs. Everything is for reading: whatever would write
// is refused.
func (s *Service) serveDAV(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("DAV", "1, 3, calendar-access")
	h.Set("Allow", "OPTIONS, GET, HEAD, PROPFIND, REPORT")
	h.Set("Cache-Control", "private, no-cache")
	if r.Method == http.MethodOptions { // asked before anybody signs in
		w.WriteHeader(http.StatusOK)
		return
	}
	d, err := s.davReader(r)
	if err != nil {
		if fault.IsKind(err, fault.NotFound) {
			h.Set("WWW-Authenticate", `Basic realm="Meantime calendars", charset="UTF-8"`)
			err = fault.New(fault.Unauthenticated, "sign_in", "Sign in with the name and the app password from your settings, under Calendars.")
		}
		web.WriteProblem(w, err)
		return
	}
	switch r.Method {
	case "PROPFIND":
		err = d.propfind(w, r)
	case "REPORT":
		err = d.report(w, r)
	case http.MethodGet, http.MethodHead:
		err = d.get(w, r)
	default:
		http.Error(w, "These calendars are for reading.", http.StatusForbidden)
	}
	if err != nil {
		web.WriteProblem(w, err)
	}
}

// davReader is one signed-in request.
type davReader struct {
	s    *Service
	a    actor.Actor
	who  people.Person
	made map[string]published
}

// davReader signs in by the app password alone: it belongs to one person, and opens
// these calendars and nothing else.
func (s *Service) davReader(r *http.Request) (*davReader, error) {
	name, password, ok := r.BasicAuth()
	if !ok {
		return nil, fault.Missing("feed")
	}
	_, a, p, err := s.opened(r.Context(), password, true)
	if err == nil && !strings.EqualFold(strings.TrimSpace(name), signInName(p)) {
		err = fault.Missing("feed")
	}
	return &davReader{s: s, a: a, who: p, made: map[string]published{}}, err
}

// signInName is the name that goes with somebody's app password.
func signInName(p people.Person) string {
	if p.Email != "" {
		return p.Email
	}
	return p.Handle
}

// calendar finds one of the reader's calendars by the name it has in paths.
func (d *davReader) calendar(ctx context.Context, key string) (published, error) {
	if c, ok := d.made[key]; ok {
		return c, nil
	}
	var team id.ID
	if key != "mine" {
		var err error
		if team, err = id.Decode("team", key); err != nil {
			return published{}, err
		}
	}
	c, err := d.s.calendar(ctx, d.a, d.who.Name, team)
	if err == nil {
		d.made[key] = c
	}
	return c, err
}

// keys are the reader's calendars: their own, and those of the teams they are in.
func (d *davReader) keys(ctx context.Context) ([]string, error) {
	out := []string{"mine"}
	var after id.ID
	for {
		list, next, err := d.s.people.Teams(ctx, d.s.db, d.a, after, 0)
		if err != nil {
			return nil, err
		}
		for _, t := range list {
			if slices.ContainsFunc(t.Members, func(p people.Person) bool { return p.ID == d.a.Person }) {
				out = append(out, id.Encode("team", t.ID))
			}
		}
		if after = next; after.IsZero() || len(out) > 100 {
			return out, nil
		}
	}
}

func hrefOf(key, uid string) string {
	if uid == "" {
		return davHome + key + "/"
	}
	return davHome + key + "/" + url.PathEscape(uid) + ".ics"
}

// placed reads a path below the home: the calendar, and the event or "".
func placed(path string) (key, uid string, ok bool) {
	rest, ok := strings.CutPrefix(path, davHome)
	if !ok || rest == "" {
		return "", "", false
	}
	key, file, _ := strings.Cut(strings.TrimSuffix(rest, "/"), "/")
	if file == "" {
		return key, "", true
	}
	uid, ok = strings.CutSuffix(file, ".ics")
	return key, uid, ok && !strings.Contains(uid, "/")
}

// object is one event as a calendar of its own.
func object(e ics.Entry) string {
	return strings.Replace(ics.Write(ics.Feed{Entries: []ics.Entry{e}}), "METHOD:PUBLISH\r\n", "", 1) // RFC 4791, 4.1
}

func (d *davReader) get(w http.ResponseWriter, r *http.Request) error {
	key, uid, ok := placed(r.URL.Path)
	if !ok {
		return fault.Missing("calendar")
	}
	c, err := d.calendar(r.Context(), key)
	if err != nil {
		return err
	}
	text := c.text()
	if uid != "" {
		i := slices.IndexFunc(c.events, func(e ics.Entry) bool { return e.UID == uid })
		if i < 0 {
			return fault.Missing("calendar")
		}
		text = object(c.events[i])
	}
	w.Header().Set("Content-Type", ics.ContentType)
	w.Header().Set("ETag", `"`+etagOf(text)+`"`)
	_, _ = io.WriteString(w, text) //nolint:gosec // a calendar, and browsers are told not to guess
	return nil
}

// davRequest is the body of a PROPFIND or REPORT.
type davRequest struct {
	XMLName xml.Name
	AllProp *struct{} `xml:"DAV: allprop"`
	Prop    *struct {
		Names []struct{ XMLName xml.Name } `xml:",any"`
	} `xml:"DAV: prop"`
	Hrefs  []string `xml:"DAV: href"`
	Filter *struct {
		Comp compFilter `xml:"urn:ietf:params:xml:ns:caldav comp-filter"`
	} `xml:"urn:ietf:params:xml:ns:caldav filter"`
}

type compFilter struct {
	Name  string `xml:"name,attr"`
	Range *struct {
		Start string `xml:"start,attr"`
		End   string `xml:"end,attr"`
	} `xml:"urn:ietf:params:xml:ns:caldav time-range"`
	Inner []struct {
		Name  string `xml:"name,attr"`
		Range *struct {
			Start string `xml:"start,attr"`
			End   string `xml:"end,attr"`
		} `xml:"urn:ietf:params:xml:ns:caldav time-range"`
	} `xml:"urn:ietf:params:xml:ns:caldav comp-filter"`
}

// names are the properties asked for; nil for all.
func (q davRequest) names() []xml.Name {
	if q.Prop == nil {
		return nil
	}
	out := []xml.Name{}
	for _, n := range q.Prop.Names {
		if len(out) < 100 {
			out = append(out, n.XMLName)
		}
	}
	return out
}

func readDAV(r *http.Request) (q davRequest, err error) {
	body, err := io.ReadAll(io.LimitReader(r.Body, largestDAV+1))
	switch {
	case err != nil:
		return q, fault.New(fault.Invalid, "malformed", "The request did not arrive whole.")
	case len(body) > largestDAV:
		return q, fault.New(fault.TooLarge, "too_large", "The request is too large.")
	case len(bytes.TrimSpace(body)) == 0:
		return q, nil
	}
	if err := xml.Unmarshal(body, &q); err != nil && !errors.Is(err, io.EOF) {
		return q, fault.New(fault.Invalid, "malformed", "The request is no XML that can be read.")
	}
	return q, nil
}

// report answers calendar-query and calendar-multiget.
func (d *davReader) report(w http.ResponseWriter, r *http.Request) error {
	q, err := readDAV(r)
	if err != nil {
		return err
	}
	key, _, ok := placed(r.URL.Path)
	if !ok {
		return fault.Missing("calendar")
	}
	c, err := d.calendar(r.Context(), key)
	if err != nil {
		return err
	}
	m := newMulti(q.names())
	switch q.XMLName {
	case xml.Name{Space: nsCal, Local: "calendar-query"}:
		within := q.within()
		for _, e := range c.events {
			if within(e) {
				m.add(hrefOf(key, e.UID), d.ofEvent(e))
			}
		}
	case xml.Name{Space: nsCal, Local: "calendar-multiget"}:
		for _, href := range q.Hrefs[:min(len(q.Hrefs), 2_000)] {
			d.multiget(m, c, href)
		}
	default:
		w.Header().Set("Content-Type", "application/xml; charset=utf-8")
		w.WriteHeader(http.StatusForbidden)
		_, _ = io.WriteString(w, xml.Header+`<d:error xmlns:d="DAV:"><d:supported-report/></d:error>`)
		return nil
	}
	m.send(w)
	return nil
}

func (d *davReader) multiget(m *multi, c published, href string) {
	path := strings.TrimSpace(href)
	if u, err := url.Parse(path); err == nil {
		path = u.Path
	}
	key, uid, ok := placed(path)
	i := slices.IndexFunc(c.events, func(e ics.Entry) bool { return e.UID == uid })
	if !ok || key != c.key || i < 0 {
		m.missing(path)
		return
	}
	m.add(hrefOf(key, uid), d.ofEvent(c.events[i]))
}

// within reads the filter of a query: only events are kept here, and of them those
// that touch the time asked for.
func (q davRequest) within() func(ics.Entry) bool {
	if q.Filter == nil {
		return func(ics.Entry) bool { return true }
	}
	from, to := time.Time{}, time.Time{}
	for _, inner := range q.Filter.Comp.Inner {
		if inner.Name != "VEVENT" {
			return func(ics.Entry) bool { return false }
		}
		if inner.Range != nil {
			from, _ = time.Parse("20060102T150405Z", inner.Range.Start)
			to, _ = time.Parse("20060102T150405Z", inner.Range.End)
		}
	}
	return func(e ics.Entry) bool {
		end := e.End
		if end.Before(e.Start) {
			end = e.Start
		}
		return (from.IsZero() || end.After(from) || e.Start.Equal(from)) && (to.IsZero() || e.Start.Before(to))
	}
}
