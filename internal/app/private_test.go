package app_test

import (
	"encoding/json"
	"strings"
	"testing"
)

// When somebody works is told to them alone: only operations about oneself, that name
// nobody, answer with it, and what they answer is the asker's own.
func TestWhenSomebodyWorksIsTheirsAlone(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		st := newStage(h)
		private := []string{"BoundariesOut", "OutsideOut", "SuggestionOut"}
		all, err := json.Marshal(h.app.API.Huma.OpenAPI().Paths)
		if err != nil {
			t.Fatal(err)
		}
		var raw map[string]json.RawMessage
		if err := json.Unmarshal(all, &raw); err != nil {
			t.Fatal(err)
		}
		found := 0
		for path, item := range raw {
			told := false
			for _, name := range private {
				told = told || strings.Contains(string(item), name)
			}
			if !told {
				continue
			}
			found++
			one := map[string]struct {
				Parameters []struct{ In string } `json:"parameters"`
			}{}
			if err := json.Unmarshal(item, &one); err != nil {
				t.Fatal(err)
			}
			for method, op := range one {
				for _, p := range op.Parameters {
					if p.In == "query" || p.In == "path" {
						t.Errorf("%s %s takes a parameter: it could name somebody else", method, path)
					}
				}
			}
			if !strings.Contains(path, "/me/") || strings.Contains(path, "{") {
				t.Errorf("%s tells when somebody works, and is not about oneself", path)
			}
		}
		if found != 2 {
			t.Errorf("%d paths tell it, want the two about oneself", found)
		}

		worker, boss := st.who[insider], st.who[owner]
		night := h.clock.Now().Add(14 * 3600e9) // midnight in Lisbon
		h.clock.Set(night)
		before := h.want(boss, 200, "GET", "/me/boundaries", nil).(obj)["outside"]
		for range 5 {
			h.want(worker, 201, "POST", "/threads/"+st.open.id("thread")+"/posts", obj{"markdown": "A word at night."})
			h.clock.Set(h.clock.Now().Add(1e9))
		}
		mine := h.want(worker, 200, "GET", "/me/boundaries", nil).(obj)
		if mine["outside"].(float64) < 5 || len(mine["days"].([]any)) == 0 {
			t.Errorf("whoever worked at night is told %v", mine)
		}
		if after := h.want(boss, 200, "GET", "/me/boundaries", nil).(obj)["outside"]; after != before {
			t.Errorf("the owner's own count went from %v to %v when somebody else worked", before, after)
		}
	})
}
