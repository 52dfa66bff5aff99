package app_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"example.org/meantime/internal/platform/testkit"
	"example.org/meantime/internal/platform/web"
)

// send sends a body of unknown length. A server that hangs up in the middle of it
// may do so before its answer is read.
func (h *house) send(p *person, method, path string, body *endless) (int, error) {
	req, err := http.NewRequestWithContext(h.t.Context(), method, h.url+"/api/v1"+path, body)
	if err != nil {
		h.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.AddCookie(p.cookie)
	resp, err := h.client.Do(req)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, resp.Body.Close()
}

// odd is what may stand in the place of any value of a body, as JSON.
var odd = []string{
	`null`, `true`, `-1`, `0`, `1e400`, `99999999999999999999`, `1.5`, `{}`, `[]`, `[[]]`, `[null]`, `[1]`, `{"people": null}`,
	`""`, `" "`, `"\u0000"`, `"a\u0000b"`, `"\ud800"`, `"\u202e\u200f\u200b"`, `"%s %d {{.}} <script>"`, `"'; DROP TABLE people; --"`,
	`"9999-12-31T23:59:59Z"`, `"0001-01-01T00:00:00Z"`, `"2026-13-45"`, `"-5h"`, `"999999999h"`, `"99999999999999999999d"`, `"../../etc"`,
	`"` + strings.Repeat("é", 50_000) + `"`, `["` + strings.Repeat("a", 100) + `"]`,
	`[` + strings.TrimSuffix(strings.Repeat(`"x",`, 2000), ",") + `]`,
}

// Whatever stands in a field, the house answers in order: never with an error of
// its own, and a refusal changes nothing.
func TestFieldsThatAreNotInOrder(t *testing.T) {
	testkit.NotRaced(t)
	houses(t, func(t *testing.T, h *house) {
		st := newStage(h)
		st.each(func(r row, op web.Operation, p *person) {
			if r.body == nil || r.op == "changePassword" { // its own story below
				return
			}
			raw, err := json.Marshal(r.body(st.open, p))
			if err != nil || raw[0] != '{' {
				return
			}
			for _, path := range places(raw, op.Body) {
				for _, value := range odd {
					st.field(t, r, op, p, path, value, raw)
				}
			}
		})
	})
}

func (st *stage) field(t *testing.T, r row, op web.Operation, p *person, path []any, value string, raw []byte) {
	t.Helper()
	var body any
	_ = json.Unmarshal(raw, &body)
	const hole = "a hole for another value"
	out, _ := json.Marshal(put(body, path, hole))
	filled := strings.Replace(string(out), `"`+hole+`"`, value, 1)
	at := st.open.path(op.Path)
	before := st.heads()
	got := st.call(p, op.Method, at, []byte(filled), r.header)
	if got.status >= 400 {
		inOrder(t, r.op+" with "+filled[:min(len(filled), 200)], got)
		if st.heads() != before {
			t.Errorf("%s with %.200s was refused with %d and wrote into the log", r.op, filled, got.status)
		}
		return
	}
	if op.Method == "DELETE" || r.after != nil {
		st.open.renew()
	}
	if p.cookie == nil || st.call(p, "GET", "/me", nil, nil).status != 200 {
		st.signIn(p)
	}
}

// put gives back v with another value at a path.
func put(v any, path []any, value any) any {
	if len(path) == 0 {
		return value
	}
	switch v := v.(type) {
	case map[string]any:
		key, _ := path[0].(string)
		v[key] = put(v[key], path[1:], value)
	case []any:
		i, _ := path[0].(int)
		v[i] = put(v[i], path[1:], value)
	}
	return v
}

// places lists where values stand in a body, and where its schema lets more stand.
func places(raw []byte, schema string) (out [][]any) {
	var body any
	_ = json.Unmarshal(raw, &body)
	var walk func(v any, path []any)
	walk = func(v any, path []any) {
		if len(path) > 0 {
			out = append(out, append([]any{}, path...))
		}
		switch v := v.(type) {
		case map[string]any:
			for k, x := range v {
				walk(x, append(path, k))
			}
		case []any:
			for i, x := range v {
				walk(x, append(path, i))
			}
		}
	}
	walk(body, nil)
	var s struct{ Properties map[string]any }
	_ = json.Unmarshal([]byte(schema), &s)
	top, _ := body.(map[string]any)
	for name := range s.Properties {
		if _, there := top[name]; !there {
			out = append(out, []any{name})
		}
	}
	return out
}

// What stands in a query or in a path is refused in order, too.
func TestQueriesAndPathsThatAreNotInOrder(t *testing.T) {
	testkit.NotRaced(t)
	strange := []string{"", "x", "-1", "0", "1e9", "99999999999999999999", "\x00", "a\x00b", "\xff\xfe", "'; --", "%", "null", "2026-13-45T00:00:00Z", "0001-01-01T00:00:00Z", strings.Repeat("é", 3000), `"`, `"a`, "a*", "*", "(", "before:x", "from:", `in:"`, "NEAR(a b)", "a OR", "bm90aGluZw", "LTkgdGhyXw"}
	houses(t, func(t *testing.T, h *house) {
		st := newStage(h)
		st.each(func(r row, op web.Operation, p *person) {
			if op.Method != "GET" {
				return
			}
			path := st.open.path(op.Path)
			for _, param := range st.app.API.Huma.OpenAPI().Paths[op.Path].Get.Parameters {
				if param.In != "query" {
					continue
				}
				for _, value := range strange {
					q := url.Values{param.Name: {value}}
					if r.query != nil && param.Name != "q" {
						if was, err := url.ParseQuery(r.query(st.open)); err == nil && was.Get(param.Name) == "" {
							for k, v := range was {
								q[k] = v
							}
						}
					}
					got := st.call(p, "GET", path+"?"+q.Encode(), nil, r.header)
					if got.status >= 400 {
						inOrder(t, r.op+"?"+q.Encode()[:min(len(q.Encode()), 100)], got)
					}
					st.quiet(t, r.op, p.role, got)
				}
			}
		})
		post := st.open.id("post")
		for _, value := range strange[1:] {
			for _, method := range []string{"PUT", "DELETE"} {
				if got := st.call(h.who[author], method, "/posts/"+post+"/reactions/"+url.PathEscape(value), nil, nil); got.status >= 400 {
					inOrder(t, method+" a reaction "+url.PathEscape(value)[:min(20, len(url.PathEscape(value)))], got)
				}
			}
			for _, path := range []string{"/invitations/by-token/", "/inbox/", "/files/"} {
				if got := st.call(h.who[author], "GET", path+url.PathEscape(value), nil, nil); got.status >= 400 {
					inOrder(t, "GET "+path, got)
				}
			}
		}
	})
}

// Headers out of order harm nothing.
func TestHeadersThatAreNotInOrder(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		st := newStage(h)
		file := st.open.id("file")
		a := h.who[author]
		for _, c := range []struct {
			method, path string
			header       map[string]string
			want         int
		}{
			{"GET", "/me", map[string]string{"Authorization": "Bearer \x80\xff", "Cookie": "meantime_session=%00"}, 0},
			{"GET", "/me", map[string]string{"Authorization": "Bearer " + strings.Repeat("x", 10_000)}, 0},
			{"GET", "/files/" + file + "/content", map[string]string{"Range": "bytes=99999999999999999999-"}, 416},
			{"GET", "/files/" + file + "/content", map[string]string{"Range": "bytes=5-1"}, 0},
			{"POST", "/uploads", map[string]string{"Upload-Length": "-1"}, 422},
			{"POST", "/uploads", map[string]string{"Upload-Length": "99999999999999999999"}, 422},
			{"POST", "/uploads", map[string]string{"Upload-Length": "9223372036854775807"}, 413},
			{"POST", "/uploads", map[string]string{"Upload-Length": "1", "Upload-Metadata": "filename %%%"}, 422},
			{"POST", "/uploads", map[string]string{"Upload-Length": "0", "Upload-Metadata": "filename " + base64Of("../../a\x00b\xff")}, 201},
			{"POST", "/uploads", map[string]string{"Upload-Length": "0", "Upload-Metadata": "filename " + base64Of(strings.Repeat("é", 1000)) + ",filetype " + base64Of("text/html\r\nX: y")}, 201},
			{"POST", "/tokens", map[string]string{"Idempotency-Key": strings.Repeat("k", 201)}, 422},
		} {
			got := h.call(a, c.method, c.path, nil, c.header)
			if c.want != 0 && got.status != c.want || got.status >= 500 {
				t.Errorf("%s %s with %.80v: got %d, want %d: %s", c.method, c.path, c.header, got.status, c.want, cut(got.body))
			}
		}
	})
}
