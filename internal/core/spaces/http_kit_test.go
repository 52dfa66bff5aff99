package spaces_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

// door serves the package's operations to one person.
func (h *house) door(a actor.Actor) *httptest.Server {
	mux := http.NewServeMux()
	h.Spaces.Routes(web.NewAPI(mux, "test"))
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if a != (actor.Actor{}) {
			r = r.WithContext(actor.With(r.Context(), a))
		}
		mux.ServeHTTP(w, r)
	}))
	h.T.Cleanup(s.Close)
	return s
}

// call makes a request with a JSON body and reads the answer into out when it is not nil.
func (h *house) call(s *httptest.Server, method, path, body string, out any) int {
	h.T.Helper()
	code, b, _ := h.raw(s, method, path, map[string]string{"Content-Type": "application/json"}, strings.NewReader(body))
	if out != nil {
		if err := json.Unmarshal(b, out); err != nil {
			h.T.Fatalf("%s %s: %d %s: %v", method, path, code, b, err)
		}
	}
	return code
}

func (h *house) raw(s *httptest.Server, method, path string, header map[string]string, body io.Reader) (int, []byte, http.Header) {
	h.T.Helper()
	r, err := http.NewRequest(method, s.URL+web.Prefix+path, body)
	h.Must(err)
	for k, v := range header {
		r.Header.Set(k, v)
	}
	resp, err := http.DefaultClient.Do(r)
	h.Must(err)
	defer resp.Body.Close()
	var b bytes.Buffer
	_, err = b.ReadFrom(resp.Body)
	h.Must(err)
	return resp.StatusCode, b.Bytes(), resp.Header
}

func want(t testing.TB, what string, got, want int) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %d, want %d", what, got, want)
	}
}

func thr(x id.ID) string       { return id.Encode("thr", x) }
func pst(x id.ID) string       { return id.Encode("post", x) }
func spc(x id.ID) string       { return id.Encode("sp", x) }
func per(a actor.Actor) string { return id.Encode("per", a.Person) }
