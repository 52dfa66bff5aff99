package journeys_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"example.org/meantime/internal/app"
	"example.org/meantime/internal/core/auth"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
	"example.org/meantime/internal/platform/web"
)

// bare reads an address as bytes, at a door.
func (v *visitor) bare(door http.Handler, path string) []byte {
	v.w.t.Helper()
	r := httptest.NewRequestWithContext(v.w.t.Context(), http.MethodGet, "/api/v1"+path, nil)
	r.AddCookie(v.cookie)
	rec := httptest.NewRecorder()
	door.ServeHTTP(rec, r)
	b, err := io.ReadAll(rec.Body)
	if err != nil {
		v.w.t.Fatal(err)
	}
	return b
}

// A house keeps what it worked out. After every change what it says is, byte for
// byte, what a house says that has just been opened over the same database.
func TestWhatIsKeptIsNeverOld(t *testing.T) {
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			database := ""
			if engine == "postgres" {
				if testing.Short() {
					t.Skip("PostgreSQL is left out of the quick loop")
				}
				database = testkit.PostgresURL(t)
			} else {
				database = "sqlite:" + testkit.SQLiteFile(t)
			}
			keptStory(t, newWorld(t, testkit.Monday, database), database)
		})
	}
}

func keptStory(t *testing.T, w *world, database string) {
	ana := w.owner()
	kofi, kofiID := w.join(ana, "Kofi Mensah", "Africa/Accra")
	mei, meiID := w.join(ana, "Mei Tanaka", "Asia/Tokyo")
	space := str(ana.do("POST", "/spaces", map[string]any{"name": "Product"}, 201), "id")
	made := ana.do("POST", "/threads", map[string]any{"space": space, "title": "A date", "markdown": "Which <b>date</b> suits, \"asks\":[] or none?"}, 201)
	thread, first := str(made, "thread", "id"), str(made, "post", "id")
	ask := func(to ...string) string {
		return str(ana.do("POST", "/threads/"+thread+"/asks", map[string]any{
			"post": first, "kind": "reply", "to": map[string]any{"people": to}, "window": "4h", "text": "Which date?",
		}, 201), "id")
	}
	var one, two, reply, second string
	steps := []struct {
		name string
		do   func()
	}{
		{"nothing yet", func() {}},
		{"an ask on an old post", func() { one = ask(kofiID, meiID) }},
		{"another", func() { two = ask(kofiID) }},
		{"a post", func() {
			second = str(mei.do("POST", "/threads/"+thread+"/posts", map[string]any{"markdown": "I wait, @kofi.", "answers": []string{}}, 201), "id")
		}},
		{"a reaction", func() { kofi.do("PUT", "/posts/"+second+"/reactions/👍", nil, 204) }},
		{"another's", func() { ana.do("PUT", "/posts/"+second+"/reactions/👍", nil, 204) }},
		{"one taken back", func() { kofi.do("DELETE", "/posts/"+second+"/reactions/👍", nil, 204) }},
		{"an edit", func() { mei.do("PATCH", "/posts/"+second, map[string]any{"markdown": "I *wait*."}, 200) }},
		{"an edit of what is asked about", func() { ana.do("PATCH", "/posts/"+first, map[string]any{"markdown": "Which week?"}, 200) }},
		{"a pin", func() { ana.do("PUT", "/posts/"+second+"/pin", nil, 204) }},
		{"a new name", func() { mei.do("PATCH", "/me", map[string]any{"name": "Mei Lin", "handle": "lin"}, 200) }},
		{"the thread's new title", func() { ana.do("PATCH", "/threads/"+thread, map[string]any{"title": "A week"}, 200) }},
		{"the space's", func() { ana.do("PATCH", "/spaces/"+space, map[string]any{"name": "Goods"}, 200) }},
		{"a promise", func() {
			kofi.do("POST", "/asks/"+one+"/acknowledgement", map[string]any{"promised_at": testkit.Monday.Add(72 * time.Hour)}, 201)
		}},
		{"an hour later", func() { w.clock.Advance(3 * time.Hour) }},
		{"a reminder", func() { ana.do("POST", "/asks/"+one+"/reminder", nil, 201) }},
		{"more time", func() { ana.do("POST", "/asks/"+one+"/extension", map[string]any{"window": "2d"}, 201) }},
		{"declined", func() { mei.do("POST", "/asks/"+one+"/decline", map[string]any{"reason": "I am away."}, 201) }},
		{"an answer by a post", func() {
			reply = str(kofi.do("POST", "/threads/"+thread+"/posts", map[string]any{"markdown": "Thursday.", "answers": []string{two}}, 201), "id")
		}},
		{"the answer taken back", func() { kofi.do("DELETE", "/asks/"+two+"/answers/mine", nil, 200) }},
		{"put off", func() { kofi.do("POST", "/inbox/"+two+"/snooze", map[string]any{"next_start": true}, 200) }},
		{"brought back", func() { kofi.do("DELETE", "/inbox/"+two+"/snooze", nil, 204) }},
		{"passed on", func() { kofi.do("POST", "/asks/"+two+"/passing", map[string]any{"to": meiID}, 201) }},
		{"let off", func() { ana.do("POST", "/asks/"+two+"/release", map[string]any{}, 201) }},
		{"a post deleted", func() { kofi.do("DELETE", "/posts/"+reply, nil, 204) }},
		{"days later", func() { w.clock.Advance(96 * time.Hour) }},
		{"private", func() { ana.do("PATCH", "/spaces/"+space, map[string]any{"private": true}, 200) }},
		{"let in", func() { ana.do("PUT", "/spaces/"+space+"/members/"+kofiID, nil, 204) }},
		{"removed", func() { ana.do("DELETE", "/people/"+meiID, nil, 204) }},
		{"concluded", func() { ana.do("POST", "/threads/"+thread+"/conclusion", map[string]any{"markdown": "Thursday."}, 201) }},
	}
	for _, s := range steps {
		s.do()
		w.settle()
		w.asFresh(s.name, database, thread, kofi, mei, ana)
	}
	w.asViewed(ana, thread)
}

// asFresh compares what this house says with what one just opened does.
func (w *world) asFresh(step, database, thread string, who ...*visitor) {
	w.t.Helper()
	fresh, err := app.Open(w.t.Context(), app.Options{
		Data: w.t.TempDir(), Database: database, Origin: "http://meantime.test", Version: "test",
		Clock: w.clock, Strict: true, Cost: auth.Cost{Memory: 64, Passes: 1},
	})
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = fresh.Close() }()
	posts := "/threads/" + thread + "/posts"
	for i, v := range who {
		for _, path := range []string{
			posts, posts + "?limit=2", posts + "?limit=1&after=1", posts + "?before=end&limit=2", posts + "?before=3&limit=1",
			"/threads", "/threads/" + thread, "/threads/" + thread + "/asks", "/inbox", "/inbox?tab=owed", "/inbox?tab=info", "/inbox?tab=snoozed",
		} {
			got, want := v.bare(w.app.Handler(), path), v.bare(fresh.Handler(), path)
			if !bytes.Equal(got, want) {
				w.t.Fatalf("%s: visitor %d is told of %s\n%s\nand by a house just opened\n%s", step, i, path, got, want)
			}
		}
	}
}

// asViewed compares a page of posts, put together from pieces, with its fields.
func (w *world) asViewed(v *visitor, thread string) {
	w.t.Helper()
	x, err := id.Decode("thr", thread)
	if err != nil {
		w.t.Fatal(err)
	}
	a, err := w.app.Auth.Resolve(w.t.Context(), v.cookie.Value, "")
	if err != nil {
		w.t.Fatal(err)
	}
	l, err := w.app.Spaces.ListPosts(w.t.Context(), w.app.DB, a, x, 0, 0, 60)
	if err != nil {
		w.t.Fatal(err)
	}
	want, err := web.Encode(l.View())
	if err != nil {
		w.t.Fatal(err)
	}
	if got := bytes.TrimSpace(v.bare(w.app.Handler(), "/threads/"+thread+"/posts")); !bytes.Equal(got, want) {
		w.t.Errorf("the page is\n%s\nwant\n%s", got, want)
	}
}

// The answer to a post names its author as they are called by then, and a person who
// was removed posts no more with the session they had.
func TestAPostIsAnsweredUnderTodaysName(t *testing.T) {
	worlds(t, testkit.Monday, func(t *testing.T, w *world) {
		ana := w.owner()
		mei, meiID := w.join(ana, "Mei Tanaka", "Asia/Tokyo")
		space := str(ana.do("POST", "/spaces", map[string]any{"name": "Product"}, 201), "id")
		thread := str(ana.do("POST", "/threads", map[string]any{"space": space, "title": "A date", "markdown": "Which?"}, 201), "thread", "id")
		post := func(want int) map[string]any {
			return mei.do("POST", "/threads/"+thread+"/posts", map[string]any{"markdown": "The **third**."}, want)
		}
		for _, name := range []string{"Mei Tanaka", "Mei Lin", "Mei Tanaka"} {
			mei.do("PATCH", "/me", map[string]any{"name": name}, 200)
			for range 2 { // the second time it is kept
				if got := str(post(201), "author", "name"); got != name {
					t.Errorf("the author is called %q, want %q", got, name)
				}
			}
		}
		ana.do("PATCH", "/people/"+meiID, map[string]any{"role": "guest"}, 200)
		post(404) // a guest sees only what they were invited to
		ana.do("DELETE", "/people/"+meiID, nil, 204)
		post(401)
	})
}
