package journeys_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"example.org/meantime/internal/app"
	"example.org/meantime/internal/core/auth"
	"example.org/meantime/internal/platform/clock"
)

// lodging is what a house in a process of its own needs to know.
type lodging struct {
	Data, Database, SMTP string
	At                   time.Time // what its clock says
	Clock                string    // the file in which it notes what its clock says
	Dies                 int       // the write before which it kills itself; 0 for never
}

func (l lodging) options(c *clock.Machine) app.Options {
	return app.Options{
		Data: l.Data, Database: l.Database, Origin: "http://meantime.test", Version: "test", Demo: true, Clock: c,
		SMTP: app.SMTP{SMTP: l.SMTP, TLS: "none", Domain: "in.northwind.example"}, Cost: auth.Cost{Memory: 64, Passes: 1},
	}
}

var writing = regexp.MustCompile(`^\s*(INSERT|UPDATE|DELETE|COMMIT)`)

// TestTheHouseThatDies is a house in a process of its own. It does nothing by itself:
// its clock stands still until it is moved. It notes each moment at which it writes.
func TestTheHouseThatDies(t *testing.T) {
	given := os.Getenv("MEANTIME_TEST_LODGING")
	if given == "" {
		t.Skip("run by TestKilledInATeamsWeek")
	}
	var l lodging
	if err := json.Unmarshal([]byte(given), &l); err != nil {
		t.Fatal(err)
	}
	c := clock.Still(l.At)
	a, err := app.Open(t.Context(), l.options(c))
	if err != nil {
		t.Fatal(err)
	}
	c.Begin(clock.At(l.At)) // not by how far a demo was ahead of the real time
	if err := a.Ballots.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	n, noted, mu := 0, l.At, sync.Mutex{}
	a.DB.Listen(func(text string, _ []any) {
		if !writing.MatchString(text) {
			return
		}
		mu.Lock()
		defer mu.Unlock()
		if now := c.Now().Time(); !now.Equal(noted) {
			noted = now
			_ = os.WriteFile(l.Clock, []byte(now.Format(time.RFC3339Nano)), 0o600)
		}
		if n++; n == l.Dies {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
	})
	door, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = a.Mail.ServeSMTP(t.Context(), door, false) }()
	mux := http.NewServeMux()
	mux.Handle("/", a.Handler())
	mux.HandleFunc("POST /settle", func(w http.ResponseWriter, r *http.Request) {
		if err := a.Settle(r.Context()); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		mu.Lock()
		defer mu.Unlock()
		_, _ = fmt.Fprint(w, n)
	})
	server := httptest.NewServer(mux)
	fmt.Printf("house=%s door=%s\n", server.URL, door.Addr())
	_, _ = io.Copy(io.Discard, os.Stdin) // until whoever began it is gone
}

// mortal is the door of a house that dies now and then. What was under way is sent
// again once the house stands anew, as browsers and mail servers do.
type mortal struct {
	t      *testing.T
	l      lodging
	dice   *rand.Rand
	kills  int // still to come
	span   int // writes until a death, at most
	died   int
	before int // the write before which it died last

	mu    sync.Mutex
	cmd   *exec.Cmd
	stdin io.WriteCloser
	url   string
	door  string
}

// stand begins the house; its clock says what it said when it died.
func (h *mortal) stand() {
	if b, err := os.ReadFile(h.l.Clock); err == nil {
		if at, err := time.Parse(time.RFC3339Nano, string(b)); err == nil {
			h.l.At = at
		}
	}
	h.before = h.l.Dies
	if h.l.Dies = 0; h.kills > 0 {
		h.kills--
		h.l.Dies = 1 + h.dice.IntN(h.span)
	}
	given, err := json.Marshal(h.l)
	if err != nil {
		h.t.Error(err)
		return
	}
	h.cmd = exec.Command(os.Args[0], "-test.run=^TestTheHouseThatDies$")
	h.cmd.Env = append(os.Environ(), "MEANTIME_TEST_LODGING="+string(given))
	h.cmd.Stderr = os.Stderr
	out, err := h.cmd.StdoutPipe()
	if err == nil {
		h.stdin, err = h.cmd.StdinPipe()
	}
	if err == nil {
		err = h.cmd.Start()
	}
	if err != nil {
		h.t.Error(err)
		return
	}
	lines := bufio.NewScanner(out)
	h.url = ""
	for h.url == "" && lines.Scan() {
		_, _ = fmt.Sscanf(lines.Text(), "house=%s door=%s", &h.url, &h.door)
	}
	if h.url == "" {
		h.t.Errorf("the house does not stand: it said %q", lines.Text())
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
}

// again stands the house anew if it is the one that was at the address.
func (h *mortal) again(url string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.url != url {
		return
	}
	_ = h.cmd.Wait()
	h.died++
	h.stand()
	h.t.Logf("it died before write %d, and stands again on %s", h.before, h.l.At.Format("Mon 15:04:05"))
}

func (h *mortal) where() (url, door string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.url, h.door
}

func (h *mortal) end() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.cmd != nil {
		_ = h.cmd.Process.Kill()
		_ = h.stdin.Close()
		_ = h.cmd.Wait()
	}
}

const mostTries = 5

// deliver brings a mail to the house's door until it is taken.
func (h *mortal) deliver(p *postOffice, d draft) {
	for range mostTries {
		url, door := h.where()
		p.door = door
		if p.send(d) == nil {
			return
		}
		h.again(url)
	}
	h.t.Error("a mail was never taken")
}

// ServeHTTP passes a request on until it is answered.
func (h *mortal) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		h.t.Error(err)
		return
	}
	for try := range mostTries {
		url, _ := h.where()
		resp, answer, err := h.pass(url, r, body, try)
		if err != nil {
			h.again(url)
			continue
		}
		if try > 0 {
			resp, answer = h.after(resp, answer, url, r)
		}
		for k, list := range resp.Header {
			w.Header()[k] = list
		}
		w.Header().Set("Content-Length", strconv.Itoa(len(answer)))
		w.WriteHeader(resp.StatusCode)
		_, _ = w.Write(answer)
		return
	}
	http.Error(w, "the house dies each time", http.StatusBadGateway)
}

func (h *mortal) pass(url string, r *http.Request, body []byte, try int) (*http.Response, []byte, error) {
	req, err := http.NewRequestWithContext(r.Context(), r.Method, url+r.URL.RequestURI(), bytes.NewReader(body))
	if err != nil {
		return nil, nil, err
	}
	req.Header = r.Header.Clone()
	if strings.HasSuffix(r.URL.Path, "/clock/advance") && try > 0 {
		req.Header.Del("Idempotency-Key") // to where the clock is to stand, from where it stands
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(resp.Body)
	return resp, answer, err
}

// after is the answer to a repeat. Of what was done and whose answer was lost, what a
// browser reads when it looks again.
func (h *mortal) after(resp *http.Response, answer []byte, url string, r *http.Request) (*http.Response, []byte) {
	path := strings.TrimPrefix(r.URL.Path, "/api/v1")
	switch {
	case path == "/clock/advance" && bytes.Contains(answer, []byte("only_forward")):
		if _, _, err := h.pass(url, httptest.NewRequestWithContext(r.Context(), "POST", "/settle", nil), nil, 0); err != nil {
			h.t.Error("the house died again:", err)
		}
		resp.StatusCode = http.StatusOK
		return resp, []byte("{}")
	case !bytes.Contains(answer, []byte("done_already")):
		return resp, answer
	}
	look, list := path, false
	switch parts := strings.Split(path, "/"); {
	case len(parts) == 2:
		list = true
	case parts[len(parts)-1] == "outcomes":
		look = strings.Join(parts[:3], "/") + "/board"
	default:
		look = strings.Join(parts[:3], "/")
	}
	req := httptest.NewRequestWithContext(r.Context(), "GET", "/api/v1"+look, nil)
	req.Header = r.Header.Clone()
	seen, b, err := h.pass(url, req, nil, 0)
	if err != nil || seen.StatusCode != http.StatusOK {
		h.t.Errorf("%s was done, and cannot be seen: %v", path, err)
		return resp, answer
	}
	if list {
		var page struct{ Items []json.RawMessage }
		if err := json.Unmarshal(b, &page); err != nil || len(page.Items) == 0 {
			h.t.Errorf("%s was done, and is not in the list: %v", path, err)
			return resp, answer
		}
		b = page.Items[0]
	}
	seen.StatusCode = http.StatusCreated
	return seen, b
}
