package app_test

import (
	"bufio"
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

// The addresses that are no operations of the API's description.
func TestPlainAddresses(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		st := newStage(h)
		for path, want := range map[string]int{
			"!/healthz": 200, "!/readyz": 200, "!/api/v1/openapi.json": 200, "!/api/docs": 200,
			"!/metrics":                 200, // from this machine
			"!/api/v1/mail/off/guess":   200, // asks before it does anything
			"!/api/v1/mail/file/guess":  404,
			"!/feeds/guess.ics":         404,
			"!/dav/me/calendars/mine/":  401, // an app password opens it, a session does not
			"!/api/v1/nothing":          404,
			"!/api/v2/me":               404,
			"!/api/v1/uploads":          404,
			"!/api/v1/files/x/content/": 404,
		} {
			for _, who := range roles {
				got := h.call(h.who[who], "GET", path, nil, nil)
				if got.status != want {
					t.Errorf("GET %s as %s: got %d, want %d: %s", path, who, got.status, want, cut(got.body))
				}
				st.quiet(t, path, who, got)
				for _, p := range h.who {
					if p.id != "" && strings.Contains(string(got.body), p.id) {
						t.Errorf("GET %s names a person: %s", path, p.id)
					}
				}
			}
		}
		if got := h.call(h.who[anonymous], "POST", "/mail/off/guess", nil, nil); got.status != 404 {
			t.Errorf("a guessed link turns mail off: %d %s", got.status, cut(got.body))
		}
		rec, req := httptest.NewRecorder(), httptest.NewRequest("GET", "/metrics", nil)
		req.RemoteAddr = "203.0.113.9:4711"
		h.app.Handler().ServeHTTP(rec, req)
		if rec.Code != http.StatusNotFound {
			t.Errorf("/metrics from elsewhere without a token: got %d, want 404", rec.Code)
		}
	})
}

// What somebody may know of comes over the stream, and nothing else. A post in the
// lobby, written last, shows that all before it has been passed on or left out.
func TestTheStreamNamesOnlyWhatOneMayRead(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		st := newStage(h)
		for _, who := range []role{anonymous, removed} {
			if got := h.call(h.who[who], "GET", "/stream", nil, nil); got.status != 401 {
				t.Errorf("the stream as %s: got %d, want 401", who, got.status)
			}
		}
		streams := map[role]*bufio.Reader{}
		for _, who := range []role{owner, admin, author, insider, outsider, guest, stranger} {
			streams[who] = h.stream(h.who[who])
		}
		private, public, elsewhere := st.closed.id("thread"), st.open.id("thread"), st.elsewhere.id("thread")
		h.settle()
		lobby := text(h.want(h.who[guest], 200, "GET", "/spaces", nil), "items", 0, "id")
		seal := text(h.want(h.who[guest], 201, "POST", "/threads", obj{"space": lobby, "title": "Seal", "markdown": "Seal"}), "post", "id")
		sealElsewhere := text(h.want(h.who[stranger], 201, "POST", "/threads/"+elsewhere+"/posts", obj{"markdown": "Seal"}), "id")
		for who, r := range streams {
			until := seal
			if who == stranger {
				until = sealElsewhere
			}
			got := readUntil(t, r, until)
			for thread, may := range map[string]bool{private: reads(who, true), public: reads(who, false), elsewhere: who == stranger} {
				if strings.Contains(got, thread) != may {
					t.Errorf("the stream of %s names %s: %v, want %v", who, thread, !may, may)
				}
			}
			for _, secret := range append(secrets(who), finch) {
				if strings.Contains(got, secret) {
					t.Errorf("the stream of %s says %q", who, secret)
				}
			}
		}
	})
}

// stream opens the stream and reads its greeting.
func (h *house) stream(p *person) *bufio.Reader {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	h.t.Cleanup(cancel)
	req, err := http.NewRequestWithContext(ctx, "GET", h.url+"/api/v1/stream", nil)
	if err != nil {
		h.t.Fatal(err)
	}
	req.AddCookie(p.cookie)
	resp, err := h.client.Do(req)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { _ = resp.Body.Close() })
	r := bufio.NewReader(resp.Body)
	readUntil(h.t, r, "event: hello")
	return r
}

func readUntil(t *testing.T, r *bufio.Reader, mark string) string {
	t.Helper()
	var all strings.Builder
	for {
		line, err := r.ReadString('\n')
		all.WriteString(line)
		if strings.Contains(line, mark) {
			return all.String()
		}
		if err != nil {
			t.Fatalf("the stream ended before %q: %v\n%s", mark, err, all.String())
		}
	}
}

// The words planted in private things are really there for those who may read
// them: otherwise that nobody else sees them would show nothing.
func TestTheCanariesSing(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		st := newStage(h)
		silent := []string{}
		for _, op := range []string{"search", "listThreads", "getThread", "listPosts", "getPost", "getInbox", "getDigest", "getFile", "getFileContent", "getAsk", "listThreadAsks", "listSpaces", "getSpace"} {
			i := slices.IndexFunc(matrix, func(r row) bool { return r.op == op })
			got, _ := st.try(matrix[i], st.operations[op], st.closed, h.who[insider])
			if got.status != 200 || !strings.Contains(string(got.body), closedCanary) {
				silent = append(silent, op)
			}
		}
		if len(silent) > 0 {
			t.Errorf("the insider does not find %q by %s", closedCanary, strings.Join(silent, ", "))
		}
	})
}
