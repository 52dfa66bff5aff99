package app_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// subscribing reads in a calendar that stands on another server.
func (h *house) subscribing() obj {
	h.t.Helper()
	if h.calendar == "" {
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(holidays)) }))
		h.t.Cleanup(srv.Close)
		h.calendar = srv.URL + "/mine.ics"
	}
	return obj{"kind": "meetings", "source": "ics", "name": "Mine", "url": h.calendar}
}

// Feeds and CalDAV tell nobody more than the pages do.
func TestFeedsTellOnlyWhatTheirOwnersMayRead(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		st := newStage(h)
		st.closed.id("ask")
		st.open.id("ask")
		for _, who := range []role{owner, admin, author, insider, outsider, guest, stranger} {
			p := h.who[who]
			mine := h.want(p, 201, "POST", "/me/feeds", obj{"kind": "mine"})
			u, err := url.Parse(text(mine, "url"))
			if err != nil {
				t.Fatal(err)
			}
			got := h.call(h.who[anonymous], "GET", "!"+u.Path, nil, nil)
			if got.status != 200 || !strings.HasPrefix(string(got.body), "BEGIN:VCALENDAR") {
				t.Fatalf("the feed of %s: %d %s", who, got.status, cut(got.body))
			}
			dav := h.want(p, 201, "POST", "/me/feeds", obj{"kind": "caldav"})
			sign := "Basic " + base64Of(text(dav, "username")+":"+text(dav, "password"))
			all := h.call(h.who[anonymous], "GET", "!/dav/me/calendars/mine/", nil, map[string]string{"Authorization": sign})
			for _, body := range [][]byte{got.body, all.body} {
				for _, secret := range secrets(who) {
					if strings.Contains(string(body), secret) {
						t.Errorf("the feed of %s holds %s", who, secret)
					}
				}
				if who == insider && !strings.Contains(string(body), closedCanary) {
					t.Errorf("the insider's feed does not hold what they owe:\n%s", body)
				}
			}
			h.want(p, 204, "DELETE", "/me/feeds/"+text(mine, "id"), nil)
			if got := h.call(h.who[anonymous], "GET", "!"+u.Path, nil, nil); got.status != 404 {
				t.Errorf("switched off, the feed of %s answers %d", who, got.status)
			}
		}
	})
}
