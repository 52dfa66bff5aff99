package calendars

import (
	"net/http"
	"strings"

	"example.org/meantime/internal/platform/ics"
	"example.org/meantime/internal/platform/web"
)

// FeedPath is where feeds are, each a secret and ".ics" behind it.
const FeedPath = "/feeds/"

// Mount registers what is no operation of the API: the feeds, and the collections for
// calendar programs that sign in.
func (s *Service) Mount(mux *http.ServeMux) {
	mux.HandleFunc("GET "+FeedPath+"{file}", s.feed)
	mux.HandleFunc(davRoot, s.serveDAV)
	mux.Handle("/.well-known/caldav", http.RedirectHandler(davRoot, http.StatusPermanentRedirect))
}

// feed answers a calendar program that has an address and nothing else. Who may read
// what is asked anew each time.
func (s *Service) feed(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	secret, _ := strings.CutSuffix(r.PathValue("file"), ".ics")
	f, a, p, err := s.opened(ctx, secret, false)
	if err != nil {
		web.WriteProblem(w, err)
		return
	}
	c, err := s.calendar(ctx, a, p.Name, f.TeamID)
	if err != nil {
		web.WriteProblem(w, err)
		return
	}
	text := c.text()
	tag := `"` + etagOf(text) + `"`
	h := w.Header()
	h.Set("ETag", tag)
	h.Set("Cache-Control", "private, no-cache")
	h.Set("X-Robots-Tag", "noindex")
	if matches(r.Header.Get("If-None-Match"), tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", ics.ContentType)
	h.Set("Content-Disposition", `inline; filename="meantime.ics"`)
	_, _ = w.Write([]byte(text)) //nolint:gosec // a calendar, and browsers are told not to guess
}

func matches(header, tag string) bool {
	for one := range strings.SplitSeq(header, ",") {
		if one = strings.TrimPrefix(strings.TrimSpace(one), "W/"); one == tag || one == "*" {
			return true
		}
	}
	return false
}
