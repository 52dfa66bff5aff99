package web_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"example.org/meantime/internal/platform/web"
)

func TestEveryAnswerHasItsHeaders(t *testing.T) {
	v := quick(t)
	for _, path := range []string{"/api/docs", "/api/v1/faults/missing", "/api/nothing", "/elsewhere"} {
		h := v.ask("GET", path, "").Header
		csp := h.Get("Content-Security-Policy")
		for _, part := range []string{"default-src 'none'", "script-src 'self';", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"} {
			if !strings.Contains(csp, part) {
				t.Errorf("%s: the policy lacks %s: %s", path, part, csp)
			}
		}
		if strings.Contains(csp, "http:") || strings.Contains(csp, "*") || strings.Contains(csp, "unsafe-eval") {
			t.Errorf("%s: the policy lets others in: %s", path, csp)
		}
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY",
			"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin", "Strict-Transport-Security": "",
		} {
			if got := h.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", path, name, got, want)
			}
		}
		if h.Get("X-Request-Id") == "" {
			t.Errorf("%s: the request has no name", path)
		}
	}
	if got := v.ask("GET", "/api/v1/faults/missing", "").Header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("the API may be cached: %q", got)
	}
	if got := request(v.handler(web.Options{HTTPS: true}), "GET", "/", "").Header.Get("Strict-Transport-Security"); got == "" {
		t.Error("an https address is not said to stay so")
	}
}

func TestTheLogHoldsNoLinksThatOpenDoors(t *testing.T) {
	v := quick(t)
	var log bytes.Buffer
	was := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	defer slog.SetDefault(was)
	secrets := []string{
		"K5YWFYQZJ2N7M3XH6RUT4DPLSA", "k5ywfyqzj2n7m3xh6rut4dplsak5ywfyqzj2n7m3xh6rut4dplsa",
		"mti_3q2-7wAABBccDDeeFFggHHiiJJkkLLmmNNooPPqqR", "mts-3q2_7wAABBccDDeeFFggHHiiJJkkLLmmNNooPPqqR",
	}
	for _, s := range secrets {
		for _, path := range []string{"/api/v1/mail/do/", "/api/v1/invitations/by-token/", "/invite/", "/api/v1/feeds/"} {
			v.ask("GET", path+s, "")
			v.ask("GET", path+s+".ics", "")
		}
	}
	v.ask("GET", "/api/v1/threads/thr_01h455vb4pex5vsknk084sn02q", "")
	for _, s := range secrets {
		if strings.Contains(log.String(), s) {
			t.Errorf("the log holds %s", s)
		}
	}
	for _, want := range []string{"/api/v1/mail/do/…", "thr_01h455vb4pex5vsknk084sn02q"} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log lacks %s", want)
		}
	}
}

func TestProblemsNeverLeak(t *testing.T) {
	v := quick(t)
	cases := []struct {
		name, method, path, body string
		headers                  []string
		status                   int
		code                     string
	}{
		{"an error of ours", "GET", "/api/v1/faults/ours", "", nil, 500, "internal"},
		{"a panic", "GET", "/api/v1/faults/panic", "", nil, 500, "internal"},
		{"not there", "GET", "/api/v1/faults/missing", "", nil, 404, "not_found"},
		{"no such address", "GET", "/api/v1/nothing", "", nil, 404, "no_such_address"},
		{"too often", "GET", "/api/v1/faults/limited", "", nil, 429, "slow_down"},
		{"not signed in", "POST", "/api/v1/bells", `{"name":"north"}`, nil, 401, "sign_in"},
		{"no JSON", "POST", "/api/v1/bells", `{"name":hunter2`, []string{"X-Who: ana"}, 400, "malformed"},
		{"no body", "POST", "/api/v1/bells", "", []string{"X-Who: ana"}, 400, "malformed"},
		{"a wrong type", "POST", "/api/v1/bells", `{"name":["hunter2"]}`, []string{"X-Who: ana"}, 422, "invalid"},
		{"too long a name", "POST", "/api/v1/bells", `{"name":"hunter2 hunter2 hunter2"}`, []string{"X-Who: ana"}, 422, "invalid"},
		{"an unknown field", "POST", "/api/v1/bells", `{"name":"a","hunter2":1}`, []string{"X-Who: ana"}, 422, "invalid"},
		{"another kind of body", "POST", "/api/v1/bells", `name=hunter2`, []string{"X-Who: ana", "Content-Type: application/x-www-form-urlencoded"}, 415, "wrong_type"},
		{"too large", "POST", "/api/v1/bells", `{"name":"` + strings.Repeat("a", 2<<20) + `"}`, []string{"X-Who: ana"}, 413, "too_large"},
		{"from another site", "POST", "/api/v1/bells", `{"name":"a"}`, []string{"X-Who: ana", "Sec-Fetch-Site: cross-site"}, 403, "cross_origin"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := v.ask(c.method, c.path, c.body, c.headers...)
			p := problem(t, r, c.status, c.code)
			told := p.Detail + p.Title + p.Type
			for _, f := range p.Errors {
				told += f.Detail
			}
			if strings.Contains(told, "hunter2") || strings.Contains(told, "goroutine") {
				t.Errorf("it says %s", told)
			}
			if c.status == 429 && r.Header.Get("Retry-After") != "30" {
				t.Errorf("retry after %q", r.Header.Get("Retry-After"))
			}
		})
	}
	if n := v.times(); n != 0 {
		t.Errorf("refused requests rang %d times", n)
	}
}

// An answer half sent before a panic is cut off: nobody takes it for whole.
func TestAHalfSentAnswerIsCut(t *testing.T) {
	v := quick(t)
	v.mux.HandleFunc("GET /half", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "the beginning of ")
		_ = http.NewResponseController(w).Flush()
		panic("the disk is gone")
	})
	server := httptest.NewServer(v.h)
	defer server.Close()
	resp, err := http.Get(server.URL + "/half")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if b, err := io.ReadAll(resp.Body); err == nil {
		t.Errorf("%q passed for a whole answer", b)
	}
}

func TestMetricsAreForOperators(t *testing.T) {
	v := quick(t)
	m := web.NewMetrics()
	m.Gauge("meantime_test", "A figure.", func(context.Context) (float64, error) { return 7, nil })
	m.Gauge("meantime_lost", "A figure that cannot be had.", func(context.Context) (float64, error) { return 0, errors.New("no") })
	v.mux.Handle("GET /metrics", m.Handler("token"))
	v.mux.Handle("GET /metrics-without", m.Handler(""))
	v.h = v.handler(web.Options{Metrics: m})
	v.ask("POST", "/api/v1/bells", ringOnce, "X-Who: ana")
	cases := []struct {
		name, path, from string
		headers          []string
		want             int
	}{
		{"from this machine", "/metrics", "127.0.0.1:5000", nil, 200},
		{"from this machine, IPv6", "/metrics", "[::1]:5000", nil, 200},
		{"from elsewhere", "/metrics", "10.0.0.7:5000", nil, 404},
		{"from elsewhere with the token", "/metrics", "10.0.0.7:5000", []string{"Authorization: Bearer token"}, 200},
		{"from elsewhere with another token", "/metrics", "10.0.0.7:5000", []string{"Authorization: Bearer tokem"}, 404},
		{"from elsewhere where there is no token", "/metrics-without", "10.0.0.7:5000", []string{"Authorization: Bearer "}, 404},
		{"through a proxy on this machine", "/metrics", "127.0.0.1:5000", []string{"X-Forwarded-For: 203.0.113.9"}, 404},
		{"an address that is none", "/metrics", "localhost", nil, 404},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := httptest.NewRequest("GET", c.path, nil)
			r.RemoteAddr = c.from
			for _, x := range c.headers {
				k, val, _ := strings.Cut(x, ": ")
				r.Header.Set(k, val)
			}
			w := httptest.NewRecorder()
			v.h.ServeHTTP(w, r)
			if w.Code != c.want {
				t.Errorf("got %d, want %d", w.Code, c.want)
			}
			body := w.Body.String()
			if c.want == 200 && (!strings.Contains(body, "meantime_test 7") || !strings.Contains(body, "meantime_lost -1") || !strings.Contains(body, `route="POST /api/v1/bells",status="201"`)) {
				t.Errorf("it says %s", body)
			}
		})
	}
}

func TestHealth(t *testing.T) {
	v := quick(t)
	var down error
	web.Health(v.mux, func(context.Context) error { return down })
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 200} {
		if r := v.ask("GET", path, ""); r.StatusCode != want {
			t.Errorf("%s: %d", path, r.StatusCode)
		}
	}
	down = errors.New("dial " + secret)
	if p := problem(t, v.ask("GET", "/readyz", ""), 503, "not_ready"); strings.Contains(p.Detail, "hunter2") {
		t.Error(p.Detail)
	}
	if r := v.ask("GET", "/healthz", ""); r.StatusCode != 200 {
		t.Errorf("the process lives, but says %d", r.StatusCode)
	}
}

var elsewhere = regexp.MustCompile(`(?i)(https?:)?//[a-z0-9]|<script|@import|url\(`)

func TestTheDocsPageAsksNobody(t *testing.T) {
	v := quick(t)
	page := text(t, v.ask("GET", "/api/docs", ""))
	if found := elsewhere.FindString(page); found != "" {
		t.Errorf("the page holds %q", found)
	}
	for _, want := range []string{"Ring a bell", "/api/v1/bells", "(no sign-in)", "openapi.json"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if got := text(t, v.ask("GET", "/api/v1/openapi.json", "")); !strings.Contains(got, `"openapi": "3.1.0"`) || !strings.Contains(got, `"operationId": "ring"`) {
		t.Errorf("the description is %.300s", got)
	}
}
