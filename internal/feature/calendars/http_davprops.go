package calendars

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/xml"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/ics"
)

// props are the properties of one resource: what is inside each element, as XML.
type props map[xml.Name]string

func dav(name string) xml.Name { return xml.Name{Space: nsDAV, Local: name} }

func cal(name string) xml.Name { return xml.Name{Space: nsCal, Local: name} }

// propfind answers what resources are.
func (d *davReader) propfind(w http.ResponseWriter, r *http.Request) error {
	q, err := readDAV(r)
	if err != nil {
		return err
	}
	ctx, deeper := r.Context(), r.Header.Get("Depth") != "0"
	m := newMulti(q.names())
	switch path := strings.TrimSuffix(r.URL.Path, "/") + "/"; path {
	case davRoot, davMe:
		m.add(path, d.ofPerson(path))
	case davHome:
		m.add(davHome, d.common(`<d:collection/>`, "Calendars"))
		if deeper {
			err = d.calendars(ctx, m)
		}
	default:
		err = d.below(ctx, m, r.URL.Path, deeper)
	}
	if err != nil {
		return err
	}
	m.send(w)
	return nil
}

func (d *davReader) calendars(ctx context.Context, m *multi) error {
	keys, err := d.keys(ctx)
	if err != nil {
		return err
	}
	for _, key := range keys {
		c, err := d.calendar(ctx, key)
		if err != nil {
			return err
		}
		m.add(hrefOf(key, ""), d.ofCalendar(c))
	}
	return nil
}

func (d *davReader) below(ctx context.Context, m *multi, path string, deeper bool) error {
	key, uid, ok := placed(path)
	if !ok {
		return fault.Missing("calendar")
	}
	c, err := d.calendar(ctx, key)
	if err != nil {
		return err
	}
	if uid == "" {
		m.add(hrefOf(key, ""), d.ofCalendar(c))
	}
	for _, e := range c.events {
		if (uid == "" && deeper) || e.UID == uid {
			p := d.ofEvent(e)
			delete(p, cal("calendar-data")) // for reports alone
			m.add(hrefOf(key, e.UID), p)
		}
	}
	if uid != "" && m.empty() {
		return fault.Missing("calendar")
	}
	return nil
}

// common is what every collection says of itself.
func (d *davReader) common(kinds, name string) props {
	me := `<d:href>` + davMe + `</d:href>`
	return props{
		dav("resourcetype"):               kinds,
		dav("displayname"):                text(name),
		dav("current-user-principal"):     me,
		dav("owner"):                      me,
		dav("current-user-privilege-set"): `<d:privilege><d:read/></d:privilege>`,
	}
}

func (d *davReader) ofPerson(path string) props {
	kinds := `<d:collection/>`
	if path == davMe {
		kinds = `<d:collection/><d:principal/>`
	}
	p := d.common(kinds, d.who.Name)
	p[dav("principal-URL")] = `<d:href>` + davMe + `</d:href>`
	p[cal("calendar-home-set")] = `<d:href>` + davHome + `</d:href>`
	if d.who.Email != "" {
		p[cal("calendar-user-address-set")] = `<d:href>mailto:` + text(d.who.Email) + `</d:href>`
	}
	return p
}

func (d *davReader) ofCalendar(c published) props {
	p := d.common(`<d:collection/><c:calendar/>`, c.name)
	p[cal("supported-calendar-component-set")] = `<c:comp name="VEVENT"/>`
	p[cal("supported-calendar-data")] = `<c:calendar-data content-type="text/calendar" version="2.0"/>`
	p[dav("supported-report-set")] = `<d:supported-report><d:report><c:calendar-query/></d:report></d:supported-report><d:supported-report><d:report><c:calendar-multiget/></d:report></d:supported-report>`
	p[xml.Name{Space: nsCS, Local: "getctag"}] = ctagOf(c)
	p[dav("getetag")] = `"` + ctagOf(c) + `"`
	return p
}

// ctagOf names a state of a calendar and all its events.
func ctagOf(c published) string {
	sum := sha256.New()
	for _, e := range c.events {
		_, _ = fmt.Fprintf(sum, "%q %d %d ", e.UID, e.Sequence, e.Stamp.Unix())
	}
	_, _ = sum.Write([]byte(c.name))
	return fmt.Sprintf("%x", sum.Sum(nil)[:16])
}

func (d *davReader) ofEvent(e ics.Entry) props {
	data := object(e)
	return props{
		dav("resourcetype"):    "",
		dav("getetag"):         `"` + etagOf(data) + `"`,
		dav("getcontenttype"):  ics.ContentType + "; component=VEVENT",
		dav("getlastmodified"): e.Stamp.UTC().Format(http.TimeFormat),
		cal("calendar-data"):   text(data),
	}
}

func text(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s))
	return b.String()
}

// multi is a 207 answer in the making.
type multi struct {
	wanted []xml.Name // nil: everything there is
	b      strings.Builder
}

func newMulti(wanted []xml.Name) *multi { return &multi{wanted: wanted} }

func (m *multi) empty() bool { return m.b.Len() == 0 }

// add tells of a resource: what it has of the properties asked for, and which it has not.
func (m *multi) add(href string, p props) {
	wanted := m.wanted
	if wanted == nil {
		for n := range p {
			if n != cal("calendar-data") {
				wanted = append(wanted, n)
			}
		}
		slices.SortFunc(wanted, func(a, b xml.Name) int { return strings.Compare(a.Space+a.Local, b.Space+b.Local) })
	}
	var has, none strings.Builder
	for _, n := range wanted {
		if inside, ok := p[n]; ok {
			has.WriteString(element(n, inside))
		} else {
			none.WriteString(element(n, ""))
		}
	}
	m.b.WriteString(`<d:response><d:href>` + text(href) + `</d:href>`)
	if has.Len() > 0 || none.Len() == 0 {
		m.b.WriteString(`<d:propstat><d:prop>` + has.String() + `</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat>`)
	}
	if none.Len() > 0 {
		m.b.WriteString(`<d:propstat><d:prop>` + none.String() + `</d:prop><d:status>HTTP/1.1 404 Not Found</d:status></d:propstat>`)
	}
	m.b.WriteString(`</d:response>`)
}

func (m *multi) missing(href string) {
	m.b.WriteString(`<d:response><d:href>` + text(href) + `</d:href><d:status>HTTP/1.1 404 Not Found</d:status></d:response>`)
}

var prefixes = map[string]string{nsDAV: "d", nsCal: "c", nsCS: "cs"}

// element writes an element; of a namespace that is not ours it is empty.
func element(n xml.Name, inside string) string {
	if p, ok := prefixes[n.Space]; ok {
		return `<` + p + `:` + n.Local + `>` + inside + `</` + p + `:` + n.Local + `>`
	}
	return `<x:` + n.Local + ` xmlns:x="` + text(n.Space) + `"/>`
}

func (m *multi) send(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/xml; charset=utf-8")
	w.WriteHeader(http.StatusMultiStatus)
	_, _ = w.Write([]byte(xml.Header + `<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:cs="http://calendarserver.org/ns/">` + m.b.String() + `</d:multistatus>`))
}
