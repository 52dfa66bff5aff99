package outside_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/outside"
)

// world is a client whose names and wires the test holds in hand: every address
// that is dialled is written down and leads to one server.
type world struct {
	names   map[string][]string
	dialled []string
	server  *httptest.Server
}

func (w *world) client(t *testing.T, o outside.Options) *outside.Client {
	t.Helper()
	o.Lookup = func(_ context.Context, host string) ([]netip.Addr, error) {
		var out []netip.Addr
		for _, s := range w.names[host] {
			out = append(out, netip.MustParseAddr(s))
		}
		if len(out) == 0 {
			return nil, errors.New("no such name: " + host)
		}
		return out, nil
	}
	o.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
		w.dialled = append(w.dialled, address)
		if w.server == nil {
			return nil, errors.New("nothing answers at " + address)
		}
		return (&net.Dialer{}).DialContext(ctx, network, w.server.Listener.Addr().String())
	}
	c := outside.New(o)
	t.Cleanup(c.Close)
	return c
}

func serve(t *testing.T, h http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s
}

// here is a client that may ask this machine.
func here(t *testing.T, l outside.Limits) *outside.Client {
	t.Helper()
	c := outside.New(outside.Options{Allow: outside.MustAllow("127.0.0.1:*"), Version: "9"})
	t.Cleanup(c.Close)
	return c.With(l)
}

func TestEveryTrickIsRefused(t *testing.T) {
	for _, url := range []string{
		"ftp://example.com/x", "file:///etc/passwd", "http://", "http:example.com", "http://127.0.0.1/", "http://[::1]/", "http://[::ffff:10.0.0.1]/",
		"http://[::ffff:7f00:1]/", "http://[::127.0.0.1]/", "http://user@example.com/", "http://user:pass@example.com/", "http://example.com@127.0.0.1/",
		"http://169.254.169.254/latest", "http://10.1.2.3/", "http://192.168.0.1/", "http://172.31.255.255/", "http://[fe80::1%25eth0]/", "http://[2606:4700::1%25lo]/",
		"http://[64:ff9b::7f00:1]/", "http://[64:ff9b:1::a00:1]/", "http://[2002:7f00:1::]/", "http://[2001:0:53aa:64c::]/", "http://[2001:470::5efe:7f00:1]/",
		"http://0/", "http://0.0.0.0/", "http://2130706433/", "http://0x7f000001/", "http://0x7f.1/", "http://0177.0.0.1/", "http://127.1/", "http://1.2.3/", "http://127.0.0.1./",
		"http://example.com:22/", "http://example.com:0/", "http://example.com:99999/", "http://example.com:080443/", "http://100.64.0.1/", "http://198.18.0.1/", "http://224.0.0.1/", "http://255.255.255.255/",
		"http://[fd00::1]/", "http://[ff02::1]/", "http://[::]/", "//evil", "javascript:alert(1)", "http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/",
		"http://a\\@127.0.0.1/", "http://exa mple.com/", "http://example.com\x00.evil/", "http://example.com/" + strings.Repeat("x", 2100), "http://*/", "http://$(x)/",
	} {
		w := &world{names: map[string][]string{}}
		_, err := w.client(t, outside.Options{}).Ask(t.Context(), outside.Request{URL: url})
		if !errors.Is(err, outside.ErrAddress) && !errors.Is(err, outside.ErrUnreachable) {
			t.Errorf("%s: %v, want a refusal", url, err)
		}
		if len(w.dialled) > 0 {
			t.Errorf("%s led to %s", url, w.dialled)
		}
	}
}

// Whatever names lead to: a good address beside a bad one, or a bad one alone.
func TestTheListOfTargetsIsRefused(t *testing.T) {
	folder := os.Getenv("MEANTIME_CORPUS")
	if folder == "" {
		t.Skip("set MEANTIME_CORPUS to the folder of foreign tables")
	}
	b, err := os.ReadFile(filepath.Join(folder, "security", "ssrf_targets.json"))
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	if err := json.Unmarshal(b, &list); err != nil {
		t.Fatal(err)
	}
	for _, answers := range [][]string{{"127.0.0.1"}, {"203.0.114.9", "10.0.0.1"}} {
		for _, url := range list {
			var dialled []string
			c := outside.New(outside.Options{
				Lookup: func(context.Context, string) (out []netip.Addr, err error) {
					for _, s := range answers {
						out = append(out, netip.MustParseAddr(s))
					}
					return out, nil
				},
				Dial: func(_ context.Context, _, address string) (net.Conn, error) {
					dialled = append(dialled, address)
					return nil, errors.New("a test does not dial")
				},
			})
			if _, err := c.Ask(t.Context(), outside.Request{URL: url}); err == nil || len(dialled) > 0 {
				t.Errorf("%s (%s) led to %s (%v)", url, answers, dialled, err)
			}
		}
	}
	t.Logf("%d targets refused", len(list))
}

func TestTheCheckedAddressIsDialled(t *testing.T) {
	w := &world{names: map[string][]string{"example.com": {"93.184.216.34"}}}
	w.server = serve(t, func(rw http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(rw, r.Host+" "+r.UserAgent()) })
	a, err := w.client(t, outside.Options{Version: "9"}).Ask(t.Context(), outside.Request{URL: "http://example.com/x"})
	if err != nil || string(a.Body) != "example.com Meantime/9" {
		t.Errorf("got %q (%v)", a.Body, err)
	}
	if len(w.dialled) != 1 || w.dialled[0] != "93.184.216.34:80" {
		t.Errorf("dialled %s, want the address that was looked up", w.dialled)
	}
}

func TestTheNextAddressIsTried(t *testing.T) {
	var dialled []string
	s := serve(t, func(rw http.ResponseWriter, _ *http.Request) { rw.WriteHeader(http.StatusNoContent) })
	c := outside.New(outside.Options{
		Lookup: func(context.Context, string) ([]netip.Addr, error) {
			return []netip.Addr{netip.MustParseAddr("2606:4700::1"), netip.MustParseAddr("93.184.216.34")}, nil
		},
		Dial: func(ctx context.Context, network, address string) (net.Conn, error) {
			if dialled = append(dialled, address); strings.HasPrefix(address, "[") {
				return nil, errors.New("no route")
			}
			return (&net.Dialer{}).DialContext(ctx, network, s.Listener.Addr().String())
		},
	})
	defer c.Close()
	if a, err := c.Ask(t.Context(), outside.Request{URL: "http://example.com/"}); err != nil || a.Status != http.StatusNoContent || len(dialled) != 2 {
		t.Errorf("%d (%v) after %s", a.Status, err, dialled)
	}
}

// A name that is public when it is first looked up and leads home afterwards.
func TestRebindingLeadsNowhere(t *testing.T) {
	turn := 0
	var dialled []string
	s := serve(t, func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("Connection", "close")
		if r.URL.Path == "/" {
			http.Redirect(rw, r, "/again", http.StatusFound)
		}
	})
	c := outside.New(outside.Options{
		Lookup: func(context.Context, string) ([]netip.Addr, error) {
			if turn++; turn == 1 {
				return []netip.Addr{netip.MustParseAddr("93.184.216.34")}, nil
			}
			return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, nil
		},
		Dial: func(ctx context.Context, network, address string) (net.Conn, error) {
			dialled = append(dialled, address)
			return (&net.Dialer{}).DialContext(ctx, network, s.Listener.Addr().String())
		},
	}).With(outside.Limits{Redirects: 3})
	defer c.Close()
	_, err := c.Ask(t.Context(), outside.Request{URL: "http://rebind.example/"})
	if !errors.Is(err, outside.ErrUnreachable) || turn != 2 || len(dialled) != 1 || dialled[0] != "93.184.216.34:80" {
		t.Errorf("%v after %d look-ups, dialled %s", err, turn, dialled)
	}
}

func TestRedirectsAreCheckedAgain(t *testing.T) {
	to := ""
	w := &world{names: map[string][]string{"good.example": {"93.184.216.34"}, "home.example": {"10.0.0.1"}, "far.example": {"93.184.216.35"}}}
	w.server = serve(t, func(rw http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/go" {
			http.Redirect(rw, r, to, http.StatusTemporaryRedirect)
			return
		}
		_, _ = io.WriteString(rw, r.Host+r.Header.Get("Authorization")+r.Header.Get("Referer"))
	})
	c := w.client(t, outside.Options{}).With(outside.Limits{Redirects: 2})
	for _, to = range []string{"http://127.0.0.1/", "http://[::ffff:127.0.0.1]/", "http://169.254.169.254/", "http://home.example/", "http://good.example:22/", "file:///etc/passwd", "gopher://x/", "http://good.example/go"} {
		if _, err := c.Ask(t.Context(), outside.Request{URL: "http://good.example/go"}); !errors.Is(err, outside.ErrUnreachable) {
			t.Errorf("to %s: %v, want unreachable", to, err)
		}
	}
	for _, d := range w.dialled {
		if d != "93.184.216.34:80" {
			t.Errorf("a redirect led to %s", d)
		}
	}
	to = "http://far.example/"
	a, err := c.Ask(t.Context(), outside.Request{URL: "http://good.example/go", Header: map[string]string{"Authorization": "secret"}})
	if err != nil || string(a.Body) != "far.example" {
		t.Errorf("to a stranger: %q (%v), want no secret and no referrer", a.Body, err)
	}
	if a, err = c.Ask(t.Context(), outside.Request{Method: "POST", URL: "http://good.example/go", Body: []byte("x")}); err != nil || a.Status != http.StatusTemporaryRedirect {
		t.Errorf("a POST follows: %d (%v)", a.Status, err)
	}
	if a, err = c.With(outside.Limits{}).Ask(t.Context(), outside.Request{URL: "http://good.example/go"}); err != nil || a.Status != http.StatusTemporaryRedirect {
		t.Errorf("none allowed: %d (%v)", a.Status, err)
	}
}

func TestLimitsHold(t *testing.T) {
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	_, _ = z.Write(make([]byte, 20<<20))
	_ = z.Close()
	gone := make(chan struct{})
	t.Cleanup(func() { close(gone) })
	s := serve(t, func(rw http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/giant":
			for range 100 {
				if _, err := rw.Write(make([]byte, 64<<10)); err != nil {
					return
				}
			}
		case "/bomb":
			rw.Header().Set("Content-Encoding", "gzip")
			_, _ = rw.Write(bomb.Bytes())
		case "/header":
			rw.Header().Set("X-Long", strings.Repeat("x", 200<<10))
		case "/silent":
			select {
			case <-r.Context().Done():
			case <-gone:
			}
		case "/drip":
			for r.Context().Err() == nil {
				_, _ = rw.Write([]byte("x"))
				_ = http.NewResponseController(rw).Flush()
				_ = clock.System{}.Wait(r.Context(), clock.System{}.Now().Add(5*time.Millisecond))
			}
		case "/fits":
			_, _ = rw.Write(make([]byte, 1<<20))
		}
	})
	c := here(t, outside.Limits{Time: 300 * time.Millisecond, Answer: 1 << 20})
	for path, want := range map[string]error{"/giant": outside.ErrTooLarge, "/bomb": outside.ErrTooLarge, "/header": outside.ErrUnreachable, "/silent": outside.ErrTooSlow, "/drip": outside.ErrTooSlow} {
		began := clock.Stopwatch()
		_, err := c.Ask(t.Context(), outside.Request{URL: s.URL + path})
		if !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", path, err, want)
		}
		if took := clock.Since(began); took > 3*time.Second {
			t.Errorf("%s took %s", path, took)
		}
	}
	slow := here(t, outside.Limits{Answer: 1 << 20})
	if a, err := slow.Ask(t.Context(), outside.Request{URL: s.URL + "/fits"}); err != nil || len(a.Body) != 1<<20 {
		t.Errorf("an answer of exactly the limit: %d bytes (%v)", len(a.Body), err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := slow.Ask(ctx, outside.Request{URL: s.URL + "/fits"}); !errors.Is(err, context.Canceled) {
		t.Errorf("a caller that went away: %v", err)
	}
}

func TestRequestsGoAsTheyAre(t *testing.T) {
	s := serve(t, func(rw http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") == `"a"` && r.Header.Get("If-Modified-Since") == "then" {
			rw.WriteHeader(http.StatusNotModified)
			return
		}
		b, _ := io.ReadAll(r.Body)
		rw.Header().Set("ETag", `"a"`)
		rw.Header().Set("Last-Modified", "then")
		rw.WriteHeader(http.StatusTeapot)
		_, _ = io.WriteString(rw, r.Method+" "+r.Header.Get("X-Signature")+" "+string(b)+r.Header.Get("Cookie"))
	})
	c := here(t, outside.Limits{})
	a, err := c.Ask(t.Context(), outside.Request{Method: "POST", URL: s.URL, Header: map[string]string{"X-Signature": "s", "Cookie": "c=d"}, Body: []byte("hook")})
	if err != nil || a.Status != http.StatusTeapot || string(a.Body) != "POST s hook" || a.Version != (outside.Version{ETag: `"a"`, Modified: "then"}) || a.Unchanged {
		t.Errorf("%+v %q (%v)", a, a.Body, err)
	}
	if a, err = c.Ask(t.Context(), outside.Request{URL: s.URL, Known: a.Version}); err != nil || !a.Unchanged || len(a.Body) != 0 {
		t.Errorf("unchanged: %+v (%v)", a, err)
	}
	for _, m := range []string{"CONNECT", "TRACE", "GE T"} {
		if _, err := c.Ask(t.Context(), outside.Request{Method: m, URL: s.URL}); !errors.Is(err, outside.ErrAddress) {
			t.Errorf("%s: %v", m, err)
		}
	}
}

func TestTheEnvironmentNamesNoProxy(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:9")
	t.Setenv("http_proxy", "http://127.0.0.1:9")
	w := &world{names: map[string][]string{"example.com": {"93.184.216.34"}}, server: serve(t, func(http.ResponseWriter, *http.Request) {})}
	if _, err := w.client(t, outside.Options{}).Ask(t.Context(), outside.Request{URL: "http://example.com/"}); err != nil || w.dialled[0] != "93.184.216.34:80" {
		t.Errorf("%v, dialled %s", err, w.dialled)
	}
}
