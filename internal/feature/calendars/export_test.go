package calendars

import (
	"encoding/xml"
	"net/http"
	"net/http/httptest"

	"example.org/meantime/internal/platform/ics"
)

// ReadMultistatus reads what a CalDAV server answered.
func ReadMultistatus(b []byte) { _, _ = multistatus(b) }

// ReadDAV reads what a calendar program asks, and says which of some events it means.
func ReadDAV(r *http.Request) (ok bool) {
	q, err := readDAV(r)
	if err != nil {
		return true // refused
	}
	m := newMulti(q.names())
	within := q.within()
	d := &davReader{}
	for _, h := range q.Hrefs {
		d.multiget(m, published{key: "mine", events: []ics.Entry{{UID: "x"}}}, h)
	}
	if within(ics.Entry{UID: "x"}) {
		m.add("/dav/", d.ofEvent(ics.Entry{UID: "x"}))
	}
	w := httptest.NewRecorder()
	m.send(w)
	return xml.Unmarshal(w.Body.Bytes(), new(struct{ XMLName xml.Name })) == nil
}
