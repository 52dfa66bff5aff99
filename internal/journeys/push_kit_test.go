package journeys_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/meantime/internal/platform/testkit"
)

// note is what a device shows.
type note struct {
	Title, Body, URL, Tag string
	Urgent                bool
	Acts                  []struct {
		Label, Says, URL string
		Words            bool
	}
}

// rung is a note that reached somebody's device.
type rung struct {
	who  string
	at   time.Time
	note note
}

// pushService is the push service of everybody's browsers: it reads what comes with
// the keys that the browser made.
type pushService struct {
	w   *world
	url string

	mu       sync.Mutex
	browsers map[string]testkit.Browser // by who has it
	got      []rung
	later    func() bool // says whether the service puts a note off
}

func newPushService(w *world) *pushService {
	w.t.Helper()
	s := &pushService{w: w, browsers: map[string]testkit.Browser{}}
	server := httptest.NewServer(s)
	w.t.Cleanup(server.Close)
	s.url = server.URL
	return s
}

// device turns push on for somebody.
func (s *pushService) device(v *visitor, who string) {
	s.w.t.Helper()
	b := testkit.NewBrowser(s.w.t)
	s.mu.Lock()
	s.browsers[who] = b
	s.mu.Unlock()
	v.do("POST", "/me/devices", map[string]any{"name": "Phone", "endpoint": s.url + "/" + who, "p256dh": b.P256dh(), "auth": b.Auth()}, 201)
}

func (s *pushService) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.later != nil && s.later() {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	who := strings.TrimPrefix(r.URL.Path, "/")
	x := rung{who: who, at: s.w.clock.Now().Time()}
	if err == nil {
		body, err = s.browsers[who].Read(body)
	}
	if err == nil {
		err = json.Unmarshal(body, &x.note)
	}
	if err != nil {
		s.w.t.Errorf("a note to %s cannot be read: %v", who, err)
	}
	s.got = append(s.got, x)
	w.WriteHeader(http.StatusCreated)
}

// to lists what reached somebody's device, oldest first.
func (s *pushService) to(who string) (out []rung) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, x := range s.got {
		if x.who == who {
			out = append(out, x)
		}
	}
	return out
}

// act presses a button of the newest note on somebody's device, and the one that it
// asks with, as the worker of the browser does; it gives what is said then.
func (s *pushService) act(who, label string) string {
	t := s.w.t
	t.Helper()
	list := s.to(who)
	if len(list) == 0 {
		t.Fatalf("nothing rang for %s", who)
	}
	n := list[len(list)-1].note
	for _, a := range n.Acts {
		if a.Label != label {
			continue
		}
		if a.Words {
			t.Fatalf("%q opens a page", label)
		}
		status, said := s.w.pressFromNote(t, a.URL)
		if status != http.StatusOK {
			t.Fatalf("%q answers %d: %s", label, status, said)
		}
		return said
	}
	t.Fatalf("there is no button %q on %+v", label, n)
	return ""
}

// pressFromNote posts a link as the worker does, and gives the sentence it shows.
func (w *world) pressFromNote(t *testing.T, path string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), "POST", w.url+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	var said struct{ Said, Detail string }
	if err := json.NewDecoder(resp.Body).Decode(&said); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return resp.StatusCode, said.Said + said.Detail
}
