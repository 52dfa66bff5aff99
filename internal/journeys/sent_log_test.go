package journeys_test

import (
	"cmp"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"text/tabwriter"
	"time"
)

// sending is one thing that left the house for somebody.
type sending struct {
	at     time.Time
	by     string // mail, push, pager
	who    string
	what   string
	urgent bool
}

// staff is who works where; everybody works nine to five from Monday to Friday.
type staff map[string]string

func (s staff) local(who string, at time.Time) time.Time {
	loc, err := time.LoadLocation(s[who])
	if err != nil {
		panic(err)
	}
	return at.In(loc)
}

// working says whether it is within somebody's hours.
func (s staff) working(who string, at time.Time) bool {
	t := s.local(who, at)
	return t.Hour() >= 9 && t.Hour() < 17 && t.Weekday() != time.Saturday && t.Weekday() != time.Sunday
}

// everythingSent is all that left by mail, push and the pager, in order.
func (s staff) everythingSent(post *postOffice, phones *pushService, pager *pager) (out []sending) {
	post.mu.Lock()
	for i, e := range post.got {
		who, _, _ := strings.Cut(e.GetHeader("To")[strings.LastIndexByte(e.GetHeader("To"), '<')+1:], "@")
		what := e.GetHeader("Subject")
		out = append(out, sending{post.at[i], "mail", who, what, strings.HasPrefix(what, "Urgent: ")})
	}
	post.mu.Unlock()
	phones.mu.Lock()
	for _, x := range phones.got {
		out = append(out, sending{x.at, "push", x.who, x.note.Title, x.note.Urgent})
	}
	phones.mu.Unlock()
	pager.mu.Lock()
	out = append(out, pager.got...)
	pager.mu.Unlock()
	slices.SortStableFunc(out, func(a, b sending) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.who, b.who), cmp.Compare(a.by, b.by))
	})
	return out
}

// table writes the log as people read it.
func (s staff) table(list []sending) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(w, "\nUTC\tby\tto\ttheir clock\tin hours\twhat")
	for _, x := range list {
		local, in := "–", "–"
		if _, known := s[x.who]; known {
			local, in = s.local(x.who, x.at).Format("Mon 15:04"), "yes"
			if !s.working(x.who, x.at) {
				in = "NO"
			}
		}
		_, _ = fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", x.at.Format("Mon 2 15:04"), x.by, x.who, local, in, x.what)
	}
	_ = w.Flush()
	return b.String()
}

// pager is a program that a space's pages are told to.
type pager struct {
	w   *world
	url string
	mu  sync.Mutex
	got []sending
}

func newPager(w *world) *pager {
	w.t.Helper()
	p := &pager{w: w}
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		p.mu.Lock()
		defer p.mu.Unlock()
		kind := "?"
		if _, rest, ok := strings.Cut(string(body), `"type":"`); ok {
			kind, _, _ = strings.Cut(rest, `"`)
		}
		p.got = append(p.got, sending{at: w.clock.Now().Time(), by: "pager", who: "(the pager)", what: kind, urgent: true})
		rw.WriteHeader(http.StatusNoContent)
	}))
	w.t.Cleanup(server.Close)
	p.url = server.URL
	return p
}

// outside lists what reached somebody outside their hours.
func (s staff) outside(t *testing.T, list []sending) (out []sending) {
	t.Helper()
	for _, x := range list {
		if _, known := s[x.who]; !known && x.by != "pager" {
			t.Errorf("something was sent to %q, who is nobody: %+v", x.who, x)
		} else if known && !s.working(x.who, x.at) {
			out = append(out, x)
		}
	}
	return out
}
