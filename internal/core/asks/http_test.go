package asks_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

// browser speaks to the operations as somebody.
type browser struct {
	h   *house
	mux *http.ServeMux
}

func newBrowser(h *house) browser {
	mux := http.NewServeMux()
	h.Asks.Routes(web.NewAPI(mux, "test"))
	return browser{h, mux}
}

// does sends one request and reads the answer's body into out, if there is one.
func (b browser) does(a actor.Actor, method, path, body string, status int, out any) {
	b.h.T.Helper()
	r := httptest.NewRequest(method, "/api/v1"+path, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if a != (actor.Actor{}) {
		r = r.WithContext(actor.With(r.Context(), a))
	}
	w := httptest.NewRecorder()
	b.mux.ServeHTTP(w, r)
	if w.Code != status {
		b.h.T.Fatalf("%s %s: %d, want %d: %s", method, path, w.Code, status, w.Body)
	}
	if out != nil {
		b.h.Must(json.Unmarshal(w.Body.Bytes(), out))
	}
}

func per(a actor.Actor) string { return id.Encode("per", a.Person) }

func TestOverHTTP(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		b := newBrowser(h)
		to := `"to":{"people":["` + per(h.ben) + `","` + per(h.mei) + `"]}`

		var f asks.ForecastView
		b.does(h.ana, "POST", "/forecasts", `{`+to+`,"window":"4h","need":1,"space":"`+id.Encode("sp", h.open.ID)+`"}`, 200, &f)
		if len(f.People) != 2 || f.People[1].ReachLocal != "Tue 09:00" || f.Without == nil || f.Without.SoonerMinutes != 18*60 {
			t.Errorf("forecast %+v", f)
		}

		var opened struct {
			Thread struct{ ID string }
			Post   struct {
				ID   string
				Asks []asks.AskView
			}
		}
		b.does(h.ana, "POST", "/threads", `{"space":"`+id.Encode("sp", h.open.ID)+`","title":"Prices","markdown":"Which one?",
			"asks":[{"kind":"decide",`+to+`,"window":"4h","need":"any","choices":["Ten","Twelve"],"text":"Pick a price","silence":{"then":"i_decide"}}]}`, 201, &opened)
		a := opened.Post.Asks[0]
		if a.Text != "Pick a price" || len(a.Owed) != 2 || a.Needed != 1 || !a.May.Release || a.May.Answer || a.Thread != opened.Thread.ID || a.Space.Name != "Product" {
			t.Errorf("asked %+v", a)
		}
		b.does(h.ben, "GET", "/asks/"+a.ID, "", 200, &a)
		if !a.May.Answer || !a.May.Acknowledge || !a.May.Decline || !a.May.Pass || a.May.Release {
			t.Errorf("Ben may %+v", a.May)
		}
		b.does(h.ben, "POST", "/asks/"+a.ID+"/acknowledgement", `{"promised_at":"2026-10-05T12:00:00Z"}`, 201, &a)
		b.does(h.ana, "POST", "/asks/"+a.ID+"/extension", `{"window":"8h"}`, 201, &a)
		b.does(h.ana, "POST", "/asks/"+a.ID+"/reminder", ``, 201, nil)
		b.does(h.ana, "POST", "/asks/"+a.ID+"/reminder", `{}`, 409, nil)
		b.does(h.mei, "POST", "/asks/"+a.ID+"/passing", `{"to":"`+per(h.kofi)+`","note":"Yours."}`, 201, &a)
		b.does(h.kofi, "POST", "/asks/"+a.ID+"/decline", `{"reason":"On a train."}`, 201, &a)
		if a.Owed[2].Reason != "On a train." || a.Owed[1].PassedTo.Name != "Kofi" || a.Owed[2].PassedBy.Name != "Mei" {
			t.Errorf("owed %+v", a.Owed)
		}
		b.does(h.ben, "POST", "/asks/"+a.ID+"/answers", `{"value":"Twelve"}`, 201, &a)
		if a.State != "settled" || *a.Owed[0].Answer.Value != "Twelve" || !a.May.Undo {
			t.Errorf("answered %+v", a)
		}
		b.does(h.ben, "DELETE", "/asks/"+a.ID+"/answers/mine", ``, 200, &a)
		var post struct{ Answers []string }
		b.does(h.ben, "POST", "/threads/"+opened.Thread.ID+"/posts", `{"markdown":"Nothing yet.","answers":[]}`, 201, &post)
		if len(post.Answers) != 0 {
			t.Errorf("answers %v", post.Answers)
		}
		b.does(h.ben, "POST", "/threads/"+opened.Thread.ID+"/posts", `{"markdown":"Eleven, in fact."}`, 201, &post)
		if len(post.Answers) != 1 || post.Answers[0] != a.ID {
			t.Errorf("answers %v", post.Answers)
		}

		b.does(h.ana, "POST", "/threads/"+opened.Thread.ID+"/asks", `{"kind":"do",`+to+`,"text":"Change the page"}`, 201, &a)
		b.does(h.ana, "POST", "/threads/"+opened.Thread.ID+"/asks", `{"kind":"acknowledge",`+to+`,"post":"`+a.Post+`"}`, 201, nil)
		b.does(h.ana, "POST", "/asks/"+a.ID+"/release", `{"people":["`+per(h.mei)+`"]}`, 201, &a)
		b.does(h.ana, "POST", "/asks/"+a.ID+"/release", `{}`, 201, &a)
		var page web.Page[asks.AskView]
		b.does(h.mei, "GET", "/threads/"+opened.Thread.ID+"/asks?limit=2", ``, 200, &page)
		if len(page.Items) != 2 || page.Next == "" {
			t.Errorf("a page of %d, next %q", len(page.Items), page.Next)
		}
		b.does(h.mei, "GET", "/threads/"+opened.Thread.ID+"/asks?after="+page.Next, ``, 200, &page)
		if len(page.Items) != 1 || page.Next != "" {
			t.Errorf("a last page of %d, next %q", len(page.Items), page.Next)
		}
	})
}

func TestRefusedOverHTTP(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		b := newBrowser(h)
		a := h.ask(h.ana, asks.NewAsk{Thread: h.secret.ID, People: ids(h.kofi)})
		ask, thread := "/asks/"+id.Encode("ask", a.ID), "/threads/"+id.Encode("thr", h.secret.ID)
		to := `"to":{"people":["` + per(h.ben) + `"]}`
		operations := []struct{ method, path, body string }{
			{"GET", ask, ""},
			{"POST", ask + "/answers", `{"note":"Yes."}`},
			{"POST", ask + "/acknowledgement", `{}`},
			{"POST", ask + "/decline", `{"reason":"No."}`},
			{"POST", ask + "/passing", `{"to":"` + per(h.ben) + `"}`},
			{"POST", ask + "/release", `{}`},
			{"POST", ask + "/extension", `{"window":"5d"}`},
			{"POST", ask + "/reminder", `{}`},
			{"DELETE", ask + "/answers/mine", ""},
			{"GET", thread + "/asks", ""},
			{"POST", thread + "/asks", `{"kind":"do",` + to + `,"text":"Go"}`},
			{"POST", thread + "/posts", `{"markdown":"Hello"}`},
			{"POST", "/threads", `{"space":"` + id.Encode("sp", h.closed.ID) + `","title":"T","markdown":"M"}`},
			{"POST", "/forecasts", `{` + to + `,"space":"` + id.Encode("sp", h.closed.ID) + `"}`},
		}
		for _, o := range operations {
			b.does(actor.Actor{}, o.method, o.path, o.body, 401, nil)
			for _, who := range []actor.Actor{h.mei, h.guest, h.other} {
				b.does(who, o.method, o.path, o.body, 404, nil)
			}
			if o.method == "POST" {
				b.does(h.ana, o.method, o.path, `{"`, 400, nil)
				b.does(h.ana, o.method, o.path, `{"surprise":1}`, 422, nil)
				b.does(h.ana, o.method, o.path, `{"note":"`+strings.Repeat("a", 2<<20)+`"}`, 413, nil)
			}
		}
		for _, path := range []string{"/asks/ask_1", "/asks/" + id.Encode("thr", a.ID), "/asks/%00"} {
			b.does(h.ana, "GET", path, "", 404, nil)
		}
		b.does(h.ana, "POST", thread+"/asks", `{"kind":"do",`+to+`,"text":"Go","need":2.5}`, 422, nil)
		b.does(h.ana, "POST", thread+"/asks", `{"kind":"do",`+to+`,"text":"Go","need":[]}`, 422, nil)
		b.does(h.ana, "POST", thread+"/asks", `{"kind":"do",`+to+`,"text":"Go","window":"1d","deadline":"2026-10-07T09:00:00Z"}`, 422, nil)
	})
}
