package journeys_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/platform/testkit"
)

// library is a workspace with things to find.
type library struct {
	*world
	ana, kofi, guest *visitor
	ids              map[string]string
	product, board   string
	names            map[string]string // thread id → the key it was made with
}

func newLibrary(w *world) *library {
	w.t.Helper()
	l := &library{world: w, ana: w.owner(), ids: map[string]string{}, names: map[string]string{}}
	l.kofi, l.ids["kofi"] = w.join(l.ana, "Kofi Mensah", "Africa/Accra")
	l.product = str(l.ana.do("POST", "/spaces", map[string]any{"name": "Product"}, 201), "id")
	l.board = str(l.ana.do("POST", "/spaces", map[string]any{"name": "Board", "private": true}, 201), "id")
	l.guest = l.letIn(map[string]any{"role": "guest", "spaces": []string{l.product}, "guest_until": testkit.Monday.AddDate(0, 1, 0).Format(time.RFC3339)}, "Gus Guest")
	return l
}

func (l *library) letIn(invitation map[string]any, name string) *visitor {
	l.t.Helper()
	link := str(l.ana.do("POST", "/invitations", invitation, 201), "link")
	v := l.visitor()
	v.do("POST", "/invitations/by-token/"+link[strings.LastIndex(link, "/")+1:]+"/acceptance",
		map[string]any{"name": name, "email": "gus@elsewhere.example", "password": "correct horse battery", "zone": "UTC"}, 201)
	return v
}

// open opens a thread, and moves the clock a minute on.
func (l *library) open(v *visitor, space, title, text string) (thread, post string) {
	l.t.Helper()
	made := v.do("POST", "/threads", map[string]any{"space": space, "title": title, "markdown": text}, 201)
	l.clock.Advance(time.Minute)
	l.names[str(made, "thread", "id")] = title
	return str(made, "thread", "id"), str(made, "post", "id")
}

func (l *library) find(v *visitor, query string) map[string]any {
	l.t.Helper()
	return v.get("/search?q=" + url.QueryEscape(query))
}

// hits are "kind title" of what is found, in order.
func (l *library) hits(v *visitor, query string) []string {
	l.t.Helper()
	out := []string{}
	for _, x := range l.find(v, query)["items"].([]any) {
		out = append(out, str(x, "kind")+" "+str(x, "title"))
	}
	return out
}

func libraries(t *testing.T, story func(t *testing.T, l *library)) {
	t.Helper()
	worlds(t, testkit.Monday, func(t *testing.T, w *world) { story(t, newLibrary(w)) })
}

func TestSearchFindsTheSameOnBothEngines(t *testing.T) {
	libraries(t, func(t *testing.T, l *library) {
		l.open(l.ana, l.product, "Café opening", "We open the **Straße** branch on Tuesday. हिन्दी too.")
		l.open(l.kofi, l.product, "Release train", "The four-day release train keeps Fridays calm.\n\nO'Brien \\ said “yes”.")
		l.clock.Advance(24 * time.Hour)
		l.open(l.ana, l.product, "Trains of thought", "Day four: thinking. ไทย ภาษาไทย и Ёлка.")
		l.open(l.ana, l.board, "Salaries", "canary in the board room")
		train := l.open2(l.ana, "Train strike", "Kofi, what do we do?")
		cases := []struct {
			query string
			want  []string
		}{
			{"train ", []string{"thread Train strike", "post Release train", "thread Release train"}},
			{"train", []string{"thread Train strike", "thread Trains of thought", "post Release train", "thread Release train"}},
			{"TRAI*", []string{"thread Train strike", "thread Trains of thought", "post Release train", "thread Release train"}},
			{"cafe ", []string{"thread Café opening"}},
			{"CAFÉ ", []string{"thread Café opening"}},
			{"strasse ", []string{"post Café opening"}},
			{"हिन्दी ", []string{"post Café opening"}},
			{"ह ", []string{}},
			{"ภาษาไทย ", []string{"post Trains of thought"}},
			{"елка ", []string{"post Trains of thought"}},
			{`"four day" `, []string{"post Release train"}},
			{`"day four" `, []string{"post Trains of thought"}},
			{`"four day rel" `, []string{}},
			{"four day ", []string{"post Trains of thought", "post Release train"}},
			{"o'brien ", []string{"post Release train"}},
			{"train from:kofi", []string{"post Release train", "thread Release train"}},
			{"from:Kofi", []string{"post Release train", "thread Release train"}},
			{"from:nobody train", []string{}},
			{"in:board canary", []string{"post Salaries"}},
			{"in:product canary", []string{}},
			{"owed:kofi", []string{"post Train strike", "thread Train strike"}},
			{"owed:kofi train ", []string{"thread Train strike"}},
			{"owed:ana", []string{}},
			{"before:2026-10-06", []string{"post Release train", "thread Release train", "post Café opening", "thread Café opening"}},
			{"train before:2026-10-06", []string{"post Release train", "thread Release train"}},
			{"train before:1969-12-31", []string{}},
			{"mensah ", []string{"person Kofi Mensah"}},
			{"kofi@northwind.example ", []string{}},
			{`"northwind" `, []string{}},
			{"", []string{}},
		}
		for _, c := range cases {
			if got := l.hits(l.ana, c.query); !slices.Equal(got, c.want) {
				t.Errorf("%s\n got %q\nwant %q", c.query, got, c.want)
			}
		}
		first := at(l.find(l.ana, "strasse"), "items", 0)
		if got := str(first, "excerpt_html"); !strings.Contains(got, "<mark>Straße</mark>") {
			t.Errorf("the excerpt is %s", got)
		}
		if got := str(at(l.find(l.ana, "owed:kofi"), "items", 1), "path"); got != "/threads/"+train {
			t.Errorf("the thread is at %s", got)
		}
	})
}

// open2 opens a thread that asks Kofi something.
func (l *library) open2(v *visitor, title, text string) string {
	l.t.Helper()
	made := v.do("POST", "/threads", map[string]any{
		"space": l.product, "title": title, "markdown": text,
		"asks": []any{map[string]any{"kind": "reply", "window": "1d", "to": map[string]any{"people": []string{l.ids["kofi"]}, "teams": []string{}}}},
	}, 201)
	l.clock.Advance(time.Minute)
	return str(made, "thread", "id")
}

func TestSearchShowsOnlyWhatOneMayRead(t *testing.T) {
	libraries(t, func(t *testing.T, l *library) {
		_, post := l.open(l.ana, l.board, "Secret canary", "The canary sings.")
		l.open(l.ana, l.product, "Public finch", "The finch sings. @kofi")
		for _, c := range []struct {
			who   string
			v     *visitor
			query string
			want  []string
		}{
			{"the member", l.ana, "sings", []string{"post Public finch", "post Secret canary"}},
			{"another member", l.kofi, "canary", []string{}},
			{"another member by words in common", l.kofi, "sings", []string{"post Public finch"}},
			{"another member by space", l.kofi, "in:board", []string{}},
			{"another member by author", l.kofi, "from:ana canary", []string{}},
			{"the guest", l.guest, "sings", []string{"post Public finch"}},
			{"the guest looks for people", l.guest, "ana", []string{}},
			{"a member looks for people", l.kofi, "lima ", []string{"person Ana Lima"}},
		} {
			if got := l.hits(c.v, c.query); !slices.Equal(got, c.want) {
				t.Errorf("%s: %q finds %q, want %q", c.who, c.query, got, c.want)
			}
		}
		l.visitor().do("GET", "/search?q=finch", nil, 401)
		l.ana.do("PUT", "/spaces/"+l.board+"/members/"+l.ids["kofi"], map[string]any{}, 204)
		if got := l.hits(l.kofi, "canary "); len(got) != 2 {
			t.Errorf("a new member finds %q", got)
		}
		l.ana.do("DELETE", "/spaces/"+l.board+"/members/"+l.ids["kofi"], nil, 204)
		if got := l.hits(l.kofi, "canary "); len(got) != 0 {
			t.Errorf("who left still finds %q", got)
		}
		_ = post
	})
}

func TestSearchFollowsWhatChanges(t *testing.T) {
	libraries(t, func(t *testing.T, l *library) {
		thread, post := l.open(l.ana, l.product, "Heron watch", "A heron stands.")
		l.open(l.ana, l.product, "Later heron", "Another one.")
		steps := []struct {
			name  string
			do    func()
			query string
			want  []string
		}{
			{"found at once", func() {
				l.kofi.do("POST", "/threads/"+thread+"/posts", map[string]any{"markdown": "I saw an ibis."}, 201)
			}, "ibis ", []string{"post Heron watch"}},
			{"an edit is found", func() { l.ana.do("PATCH", "/posts/"+post, map[string]any{"markdown": "A stork stands."}, 200) }, "stork ", []string{"post Heron watch"}},
			{"what it said before is not", func() {}, "stands heron ", []string{}},
			{"a thread is renamed, its posts with it", func() { l.ana.do("PATCH", "/threads/"+thread, map[string]any{"title": "Stork watch"}, 200) }, "stork ", []string{"post Stork watch", "thread Stork watch"}},
			{"a conclusion comes first", func() {
				l.ana.do("POST", "/threads/"+thread+"/conclusion", map[string]any{"markdown": "It was a *heron* after all."}, 201)
			}, "heron ", []string{"thread Stork watch", "thread Later heron"}},
			{"reopened, it does not", func() {
				l.ana.do("POST", "/threads/"+thread+"/reopening", map[string]any{"reason": "Was it?"}, 201)
			}, "watch ", []string{"thread Stork watch"}},
			{"a deleted post is gone", func() { l.ana.do("DELETE", "/posts/"+post, nil, 204) }, "stands ", []string{}},
			{"a moved thread is found there", func() { l.ana.do("PATCH", "/threads/"+thread, map[string]any{"space": l.board}, 200) }, "in:board ibis", []string{"post Stork watch"}},
		}
		for _, s := range steps {
			s.do()
			got := l.hits(l.ana, s.query)
			if slices.Sort(got); !slices.Equal(got, slices.Sorted(slices.Values(s.want))) {
				t.Errorf("%s: %q finds %q, want %q", s.name, s.query, got, s.want)
			}
			if s.name == "a conclusion comes first" && l.hits(l.ana, s.query)[0] != s.want[0] {
				t.Errorf("%s: %q", s.name, l.hits(l.ana, s.query))
			}
		}
		if got := l.hits(l.kofi, "ibis"); len(got) != 0 {
			t.Errorf("moved out of sight, it is still found: %q", got)
		}
		l.ana.do("DELETE", "/people/"+l.ids["kofi"], nil, 204)
		if got := l.hits(l.ana, "mensah "); len(got) != 0 {
			t.Errorf("who was removed is found: %q", got)
		}
	})
}

func TestSearchPagesWithoutLossOrRepeat(t *testing.T) {
	libraries(t, func(t *testing.T, l *library) {
		want := 0
		for i := range 23 {
			thread, _ := l.open(l.ana, l.product, fmt.Sprintf("Swift %d", i), "Nothing.")
			if want++; i%4 == 0 {
				l.ana.do("POST", "/threads/"+thread+"/conclusion", map[string]any{"markdown": "Done."}, 201)
			}
		}
		for _, limit := range []int{1, 5, 6, 23, 50} {
			var titles []string
			after, concluded := "", true
			for {
				page := l.ana.get(fmt.Sprintf("/search?q=swift+&limit=%d&after=%s", limit, after))
				for _, x := range page["items"].([]any) {
					titles = append(titles, str(x, "title"))
					c, _ := at(x, "concluded").(bool)
					if c && !concluded {
						t.Errorf("limit %d: %s is concluded and comes after others", limit, str(x, "title"))
					}
					concluded = c
				}
				if after = str(page, "next"); after == "" {
					break
				}
				l.open(l.kofi, l.product, "Swift news", "Comes in between, and is not told twice.")
			}
			titles = slices.DeleteFunc(titles, func(s string) bool { return s == "Swift news" })
			if slices.Sort(titles); len(titles) != want || len(slices.Compact(titles)) != want {
				t.Errorf("limit %d: %d hits, want %d once each: %q", limit, len(titles), want, titles)
			}
		}
		for _, after := range []string{"x", "2.5", "1.", "0.-1", "1.zzzzzzzzzzzzzzzzzz", "'"} {
			l.ana.do("GET", "/search?q=swift&after="+url.QueryEscape(after), nil, 422)
		}
	})
}

func TestSearchTakesAnything(t *testing.T) {
	libraries(t, func(t *testing.T, l *library) {
		l.open(l.ana, l.product, "Plain", "<img src=x onerror=alert(1)> & <mark>plain</mark> 'quoted' "+strings.Repeat("verylongword", 3000))
		for _, q := range []string{
			`"`, `""`, `'`, `''`, `'); DROP TABLE search_docs; --`, `plain' OR '1'='1`, `plain"`, `"plain" OR "x`, `words:plain`, `owner:w`, `{words owner}:plain`,
			`plain NEAR/2 x`, `plain AND`, `NOT plain`, `plain & !x`, `a <-> b`, `a:*`, `:*`, `*`, `-`, `^plain`, `\`, `%`, `_`, `plain\`, "plain\x01", "from:a\x7fb", "in:\u0085",
			"in:'", `from:"`, `before:"`, "before:9999-12-31", "before:0000-01-01", "before:2026-13-01", "before:2026-02-30", "from:me owed:me in:product",
			"\u202eplain", "ﷺﷺﷺ", "🦜🦜", "\u0301\u0301", strings.Repeat("a", 500), strings.Repeat("a b ", 120), strings.Repeat(`"a `, 160), strings.Repeat("é", 250),
		} {
			page := l.find(l.ana, q)
			for _, x := range page["items"].([]any) {
				bare := strings.NewReplacer("<mark>", "", "</mark>", "").Replace(str(x, "excerpt_html"))
				if strings.ContainsAny(bare, "<>") {
					t.Errorf("%q: markup in %s", q, bare)
				}
				if len(bare) > 1000 {
					t.Errorf("%q: an excerpt of %d bytes", q, len(bare))
				}
			}
		}
		for _, q := range []string{"plain\x00", "from:a\x00b", "in:\x00", "owed:\x00", "from:\xff\xfe"} {
			l.ana.do("GET", "/search?q="+url.QueryEscape(q), nil, 422)
		}
		l.ana.do("GET", "/search?q="+strings.Repeat("a", 501), nil, 422)
		l.ana.do("GET", "/search?q="+url.QueryEscape(strings.Repeat("é", 400)), nil, 422)
		if got := l.hits(l.ana, "plain "); len(got) != 2 {
			t.Errorf("after all that, plain finds %q", got)
		}
		if got := at(l.find(l.ana, "plain before:soon"), "understood", "strange"); fmt.Sprint(got) != "[before:soon]" {
			t.Errorf("what was not understood: %v", got)
		}
	})
}
