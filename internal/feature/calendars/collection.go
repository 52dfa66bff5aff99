package calendars

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"net/url"
	"strings"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/outside"
)

// The namespaces of CalDAV (RFC 4918, RFC 4791) and of Apple's getctag.
const (
	nsDAV = "DAV:"
	nsCal = "urn:ietf:params:xml:ns:caldav"
	nsCS  = "http://calendarserver.org/ns/"
)

// collection reads a CalDAV collection: first whether it changed, by its ctag or its
// sync-token, then everything in the stretch of time that counts. The objects are
// given as one text.
func (s *Service) collection(ctx context.Context, c Subscription, known outside.Version, now clock.Instant) (string, outside.Version, bool, error) {
	var none outside.Version
	a, err := s.dav(ctx, &c, "PROPFIND", "0", propfind)
	if err != nil {
		return "", none, false, err
	}
	found, err := multistatus(a.Body)
	if err != nil {
		return "", none, false, noCollection()
	}
	if !found.calendar {
		return "", none, false, noCollection()
	}
	version := outside.Version{ETag: found.tag}
	if found.tag != "" && found.tag == known.ETag {
		return "", version, true, nil
	}
	span := `start="` + stampOf(now.Add(-readBack)) + `" end="` + stampOf(now.Add(readAhead)) + `"`
	if a, err = s.dav(ctx, &c, "REPORT", "1", strings.Replace(query, "SPAN", span, 1)); err != nil {
		return "", none, false, err
	}
	if found, err = multistatus(a.Body); err != nil {
		return "", none, false, noCollection()
	}
	text := found.data.String()
	if text == "" { // nothing takes place
		text = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
	}
	return text, version, false, nil
}

func stampOf(t clock.Instant) string { return t.Time().Format("20060102T150405Z") }

const propfind = `<?xml version="1.0" encoding="utf-8"?>
<d:propfind xmlns:d="DAV:" xmlns:cs="http://calendarserver.org/ns/"><d:prop><d:resourcetype/><d:sync-token/><d:getetag/><cs:getctag/></d:prop></d:propfind>`

const query = `<?xml version="1.0" encoding="utf-8"?>
<c:calendar-query xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop><d:getetag/><c:calendar-data/></d:prop><c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"><c:time-range SPAN/></c:comp-filter></c:comp-filter></c:filter></c:calendar-query>`

// dav sends one request. A redirect on the same server is followed, since servers
// like to add a slash; the address is then the new one.
func (s *Service) dav(ctx context.Context, c *Subscription, method, depth, body string) (outside.Answer, error) {
	for try := 0; ; try++ {
		header := map[string]string{"Depth": depth, "Content-Type": "application/xml; charset=utf-8", "Accept": "application/xml, text/xml"}
		signIn(header, *c)
		a, err := s.outside.Ask(ctx, outside.Request{Method: method, URL: c.URL, Header: header, Body: []byte(body)})
		if next, ok := moved(c.URL, a); err == nil && ok && try < 3 {
			c.URL = next
			continue
		}
		if err := answered(ctx, a, err); err != nil {
			return a, err
		}
		if a.Status != 207 {
			return a, noCollection()
		}
		return a, nil
	}
}

// moved reads a redirect to another place of the same server.
func moved(from string, a outside.Answer) (string, bool) {
	if a.Status < 301 || a.Status > 308 || a.Header["Location"] == "" {
		return "", false
	}
	old, err := url.Parse(from)
	if err != nil {
		return "", false
	}
	next, err := old.Parse(a.Header["Location"])
	if err != nil || next.Host != old.Host || next.Scheme != old.Scheme {
		return "", false
	}
	return next.String(), true
}

func noCollection() error {
	return fault.New(fault.Invalid, "no_collection", "This is not the address of one CalDAV calendar. Copy it from the settings of the calendar, not of the account.").At("url")
}

// status is what a 207 answer tells.
type status struct {
	calendar bool   // a resource of type calendar
	tag      string // its ctag, sync-token or etag
	data     strings.Builder
}

// multistatus reads a 207 answer, word by word: what a stranger nests costs nothing.
func multistatus(body []byte) (*status, error) {
	d := xml.NewDecoder(bytes.NewReader(body))
	out := &status{}
	var tags [3]string
	var at xml.Name
	seen := false
	for {
		word, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		switch w := word.(type) {
		case xml.StartElement:
			at = w.Name
			seen = seen || at == xml.Name{Space: nsDAV, Local: "multistatus"}
			out.calendar = out.calendar || at == xml.Name{Space: nsCal, Local: "calendar"}
		case xml.EndElement:
			if at == (xml.Name{Space: nsCal, Local: "calendar-data"}) {
				out.data.WriteString("\r\n") // the next object begins a line of its own
			}
			at = xml.Name{}
		case xml.CharData:
			switch at {
			case xml.Name{Space: nsCal, Local: "calendar-data"}:
				out.data.Write(w)
			case xml.Name{Space: nsCS, Local: "getctag"}:
				tags[0] += string(w)
			case xml.Name{Space: nsDAV, Local: "sync-token"}:
				tags[1] += string(w)
			case xml.Name{Space: nsDAV, Local: "getetag"}:
				tags[2] += string(w)
			}
		}
	}
	if !seen {
		return nil, errors.New("calendars: no multistatus")
	}
	for _, tag := range tags {
		if out.tag == "" && len(tag) < 1000 {
			out.tag = strings.TrimSpace(tag)
		}
	}
	return out, nil
}
