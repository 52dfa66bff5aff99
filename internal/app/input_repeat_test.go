package app_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"example.org/meantime/internal/platform/web"
)

// A POST that is sent again with its Idempotency-Key gets the same answer and has
// one effect; the key with another request is refused; another person's is theirs.
func TestRepeatedRequests(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		st := newStage(h)
		n := 0
		st.each(func(r row, op web.Operation, p *person) {
			if op.Method != "POST" || op.Public {
				return
			}
			n++
			st.repeat(t, r, op, p, fmt.Sprintf("intent-%d", n))
		})
	})
}

// changesNothing lists the POSTs that only look, and remember no key.
var changesNothing = map[string]bool{"forecast": true, "previewCheckin": true, "forecastBrainstorm": true, "forecastBrainstormChange": true, "previewDecision": true}

func (st *stage) repeat(t *testing.T, r row, op web.Operation, p *person, key string) {
	t.Helper()
	if r.prepare != nil {
		r.prepare(st.open)
	}
	path := st.open.path(op.Path)
	body := []byte("{}")
	if r.body != nil {
		body, _ = json.Marshal(r.body(st.open, p))
	} else if op.Body == "" {
		body = nil
	}
	header := map[string]string{"Idempotency-Key": key}
	for k, v := range r.header {
		header[k] = v
	}
	first := st.call(p, "POST", path, body, header)
	after := st.heads()
	if first.status != r.ok {
		t.Errorf("%s with a key: got %d, want %d: %s", r.op, first.status, r.ok, cut(first.body))
		return
	}
	second := st.call(p, "POST", path, body, header)
	if st.heads() != after {
		t.Errorf("%s had a second effect", r.op)
	}
	if told := told(first.body); told != "" {
		st.secretKept(t, r, second, told)
	} else if second.status != first.status || !bytes.Equal(second.body, first.body) || second.header.Get("Location") != first.header.Get("Location") {
		t.Errorf("%s repeated: got %d %s, want %d %s", r.op, second.status, cut(second.body), first.status, cut(first.body))
	}
	if second.status != 409 && second.header.Get("Idempotent-Replay") != "true" {
		if !changesNothing[r.op] {
			t.Errorf("%s was done again under the same key", r.op)
		}
		return
	}
	third := st.call(p, "POST", path, append(append([]byte{}, body...), ' '), header)
	if third.status != 422 || !strings.Contains(string(third.body), "idempotency_key_reused") {
		t.Errorf("%s with another body under the same key: got %d, want 422: %s", r.op, third.status, cut(third.body))
	}
	other := st.call(st.who[stranger], "POST", "/tokens", obj{"name": "Mine"}, map[string]string{"Idempotency-Key": key})
	if other.status != 201 {
		t.Errorf("somebody else's key of the same name: got %d, want 201: %s", other.status, cut(other.body))
	} else {
		var made any
		_ = json.Unmarshal(other.body, &made)
		st.open.h.want(st.who[stranger], 204, "DELETE", "/tokens/"+text(made, "id"), nil) // one has so many at most
	}
	if r.after != nil {
		var made any
		_ = json.Unmarshal(first.body, &made)
		st.open.ids["made"], st.open.ids["location"] = text(made, "id"), last("/"+first.header.Get("Location"))
		r.after(st.open, p)
	}
}

// told is the secret that an answer tells once, if it does.
func told(body []byte) string {
	var v any
	_ = json.Unmarshal(body, &v)
	if link := text(v, "link"); link != "" {
		return last(link)
	}
	if feed := text(v, "url"); strings.Contains(feed, "/feeds/") {
		return last(feed)
	}
	return text(v, "token")
}

// secretKept holds that a secret is told once, and kept nowhere in readable form.
func (st *stage) secretKept(t *testing.T, r row, again answer, secret string) {
	t.Helper()
	if again.status != 409 || strings.Contains(string(again.body), secret) {
		t.Errorf("%s repeated: got %d, want 409 and not the secret again: %s", r.op, again.status, cut(again.body))
	}
}
