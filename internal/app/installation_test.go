package app_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"example.org/meantime/internal/app"
	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/auth"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/testkit"
)

func silent(string, int64, int64) {}

// installation is a house with one owner, a thread and a file.
type installation struct {
	*app.App
	o      app.Options
	owner  actor.Actor
	thread spaces.Thread
}

func options(t *testing.T, database string) app.Options {
	return app.Options{
		Data: t.TempDir(), Database: database, Origin: "http://meantime.test", Version: "test",
		Clock: clock.Still(testkit.Monday), Strict: true, Cost: auth.Cost{Memory: 64, Passes: 1},
	}
}

func open(t *testing.T, o app.Options) *app.App {
	t.Helper()
	a, err := app.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	return a
}

func install(t *testing.T, database string) *installation {
	t.Helper()
	i := &installation{o: options(t, database)}
	i.App = open(t, i.o)
	var err error
	if i.owner, err = i.Auth.CreateOwner(t.Context(), auth.NewOwner{Workspace: "Northwind", Name: "Ana", Email: "ana@northwind.example", Password: password, Zone: "Europe/Lisbon"}); err != nil {
		t.Fatal(err)
	}
	sp, err := i.Spaces.OpenSpace(t.Context(), i.owner, spaces.NewSpace{Name: "Product"})
	if err != nil {
		t.Fatal(err)
	}
	if i.thread, _, err = i.Asks.OpenThread(t.Context(), i.owner, spaces.NewThread{Space: sp.ID, Title: "Café"}, asks.NewReply{Markdown: "The heron stands."}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := i.Files.Put(t.Context(), "aa/heron.png", strings.NewReader("the bytes of a heron")); err != nil {
		t.Fatal(err)
	}
	return i
}

func (i *installation) post(t *testing.T, text string) {
	t.Helper()
	if _, err := i.Asks.Reply(t.Context(), i.owner, i.thread.ID, asks.NewReply{Markdown: text}); err != nil {
		t.Error(err)
	}
}

func ask(t *testing.T, a *app.App, method, path, body string, cookie *http.Cookie, want int) (*http.Response, string) {
	t.Helper()
	r := httptest.NewRequest(method, "/api/v1"+path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	if cookie != nil {
		r.AddCookie(cookie)
	}
	w := httptest.NewRecorder()
	a.Handler().ServeHTTP(w, r)
	if w.Code != want {
		t.Fatalf("%s %s: got %d, want %d: %s", method, path, w.Code, want, w.Body)
	}
	return w.Result(), w.Body.String()
}
