package spaces_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/event"
)

// TestWhoMayDoWhat is the table of every operation over things of a private space:
// for its lead, a member, somebody else in the workspace, a guest, another
// workspace, and nobody.
func TestWhoMayDoWhat(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		th := h.thread(h.ana, h.closed.ID, "Secret")
		mine := h.post(h.ana, th.ID, "By Ana")
		doors := map[string]actor.Actor{"mei": h.mei, "guest": h.guest, "other": h.other, "nobody": {}}
		T, P, S := "/threads/"+thr(th.ID), "/posts/"+pst(mine.ID), "/spaces/"+spc(h.closed.ID)
		ops := []struct {
			method, path, body string
			kofi, ana          int
		}{
			{"GET", S, "", 200, 200},
			{"PATCH", S, `{"purpose":"For the board"}`, 403, 200},
			{"GET", S + "/members", "", 200, 200},
			{"PUT", S + "/members/" + per(h.kofi), "", 204, 204},
			{"GET", T, "", 200, 200},
			{"PATCH", T, `{"title":"Still secret"}`, 403, 200},
			{"GET", T + "/posts", "", 200, 200},
			{"GET", "/threads?space=" + spc(h.closed.ID), "", 200, 200},
			{"PUT", T + "/follow", "", 204, 204},
			{"DELETE", T + "/follow", "", 204, 204},
			{"PUT", T + "/mute", "", 204, 204},
			{"DELETE", T + "/mute", "", 204, 204},
			{"PUT", T + "/saved", "", 204, 204},
			{"DELETE", T + "/saved", "", 204, 204},
			{"PUT", T + "/position", `{"post":"` + pst(mine.ID) + `"}`, 204, 204},
			{"GET", P, "", 200, 200},
			{"PATCH", P, `{"markdown":"By Ana, edited"}`, 403, 200},
			{"GET", P + "/revisions", "", 200, 200},
			{"PUT", P + "/reactions/" + url.PathEscape("👍"), "", 204, 204},
			{"DELETE", P + "/reactions/" + url.PathEscape("👍"), "", 204, 204},
			{"PUT", P + "/pin", "", 204, 204},
			{"DELETE", P + "/pin", "", 204, 204},
			{"POST", T + "/conclusion", `{"markdown":"We agreed."}`, 201, 409},
			{"POST", T + "/reopening", `{"reason":"New figures"}`, 201, 409},
			{"DELETE", P, "", 403, 204},
			{"DELETE", S + "/members/" + per(h.ana), "", 403, 409},
		}
		for who, a := range doors {
			s, missing := h.door(a), 404
			if who == "nobody" {
				missing = 401
			}
			for _, op := range ops {
				want(t, who+" "+op.method+" "+op.path, h.call(s, op.method, op.path, op.body, nil), missing)
			}
		}
		kofi, ana := h.door(h.kofi), h.door(h.ana)
		for _, op := range ops {
			want(t, "kofi "+op.method+" "+op.path, h.call(kofi, op.method, op.path, op.body, nil), op.kofi)
			want(t, "ana "+op.method+" "+op.path, h.call(ana, op.method, op.path, op.body, nil), op.ana)
		}
		want(t, "a guest opens a space", h.call(h.door(h.guest), "POST", "/spaces", `{"name":"Mine"}`, nil), 403)
		want(t, "nobody opens a space", h.call(h.door(actor.Actor{}), "POST", "/spaces", `{"name":"Mine"}`, nil), 401)
		for who, a := range map[string]actor.Actor{"mei": h.mei, "guest": h.guest, "other": h.other} {
			var page struct{ Items []spaces.SpaceView }
			want(t, who, h.call(h.door(a), "GET", "/spaces", "", &page), 200)
			for _, sp := range page.Items {
				if sp.ID == spc(h.closed.ID) {
					t.Errorf("%s sees the private space in the list", who)
				}
			}
			var threads struct{ Items []spaces.ThreadView }
			want(t, who, h.call(h.door(a), "GET", "/threads", "", &threads), 200)
			if len(threads.Items) != 0 {
				t.Errorf("%s sees %d threads", who, len(threads.Items))
			}
		}
	})
}

func TestIdsOfOneKindOpenNoOther(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		th := h.thread(h.ana, h.open.ID, "A")
		two := h.thread(h.ana, h.open.ID, "B")
		p := h.post(h.ana, two.ID, "in B")
		s := h.door(h.ana)
		want(t, "a post as a thread", h.call(s, "GET", "/threads/"+pst(p.ID), "", nil), 404)
		want(t, "a post's id with a thread's name", h.call(s, "GET", "/threads/"+thr(p.ID), "", nil), 404)
		want(t, "a post of another thread as position", h.call(s, "PUT", "/threads/"+thr(th.ID)+"/position", `{"post":"`+pst(p.ID)+`"}`, nil), 404)
		want(t, "a person as a space", h.call(s, "GET", "/spaces/"+per(h.ana), "", nil), 404)
		want(t, "somebody of another workspace as member", h.call(s, "PUT", "/spaces/"+spc(h.open.ID)+"/members/"+per(h.other), "", nil), 404)
		want(t, "to a space of nobody", h.call(s, "PATCH", "/threads/"+thr(th.ID), `{"space":"`+spc(h.WS)+`"}`, nil), 404)
	})
}

func TestOnlyWhatIsDocumentedChanges(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		th := h.thread(h.ana, h.open.ID, "A")
		p := h.post(h.ana, th.ID, "words")
		s := h.door(h.ana)
		before, _ := h.Spaces.Post(h.T.Context(), h.DB, h.ana, p.ID)
		for _, field := range []string{"id", "workspace_id", "author_id", "author", "created_at", "n", "kind", "html", "thread_id", "space_id", "revisions", "deleted_at", "ext_key", "nonsense"} {
			want(t, field, h.call(s, "PATCH", "/posts/"+pst(p.ID), `{"markdown":"other","`+field+`":"x"}`, nil), 422)
		}
		after, _ := h.Spaces.Post(h.T.Context(), h.DB, h.ana, p.ID)
		if before.Markdown != after.Markdown || before.Author != after.Author {
			t.Errorf("the post changed: %+v", after)
		}
		for _, field := range []string{"opened_by", "state", "concluded_at", "posts", "last_n", "workspace_id"} {
			want(t, field, h.call(s, "PATCH", "/threads/"+thr(th.ID), `{"title":"B","`+field+`":1}`, nil), 422)
		}
		for _, field := range []string{"created_by", "id", "handle", "workspace_id", "archived_at"} {
			want(t, field, h.call(s, "PATCH", "/spaces/"+spc(h.open.ID), `{"name":"B","`+field+`":"x"}`, nil), 422)
		}
	})
}

func TestABadRequestIsRefused(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		th := h.thread(h.ana, h.open.ID, "A")
		p := h.post(h.ana, th.ID, "words")
		s := h.door(h.ana)
		T, P := "/threads/"+thr(th.ID), "/posts/"+pst(p.ID)
		cases := []struct {
			name, method, path, body string
			code                     int
		}{
			{"not JSON", "PATCH", P, `{"markdown":`, 400},
			{"no words", "PATCH", P, `{"markdown":"  "}`, 422},
			{"too many words", "PATCH", P, `{"markdown":"` + strings.Repeat("x", spaces.MaxPost+1) + `"}`, 422},
			{"too much of anything", "PATCH", P, `{"markdown":"` + strings.Repeat("x", 1<<20) + `"}`, 413},
			{"no conclusion", "POST", T + "/conclusion", `{"markdown":" \n"}`, 422},
			{"no reason", "POST", T + "/reopening", `{"reason":""}`, 422},
			{"open already", "POST", T + "/reopening", `{"reason":"why not"}`, 409},
			{"a word as a reaction", "PUT", P + "/reactions/hello", "", 422},
			{"markup as a reaction", "PUT", P + "/reactions/" + url.PathEscape("<b>"), "", 422},
			{"a filter of nobody", "GET", "/threads?filter=secret", "", 422},
			{"a cursor of nobody", "GET", "/threads?after=abc", "", 422},
			{"a page too long", "GET", "/threads?limit=100000", "", 422},
			{"a post's cursor of nobody", "GET", T + "/posts?after=-1", "", 422},
			{"a title of spaces", "PATCH", T, `{"title":"   "}`, 422},
			{"a colour of nobody", "PATCH", "/spaces/" + spc(h.open.ID), `{"color":"url(x)"}`, 422},
			{"a window of nobody", "PATCH", "/spaces/" + spc(h.open.ID), `{"windows":{"default":"soon","shortest":"1h"}}`, 422},
		}
		for _, c := range cases {
			var problem struct{ Code, Detail string }
			want(t, c.name, h.call(s, c.method, c.path, c.body, &problem), c.code)
			if problem.Code == "" || problem.Detail == "" {
				t.Errorf("%s: no code or no sentence: %+v", c.name, problem)
			}
		}
	})
}

func TestListsPage(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		for i := range 7 {
			h.thread(h.ana, h.open.ID, fmt.Sprint("Thread ", i))
			if i%2 == 0 {
				h.Clock.Advance(time.Minute) // some share their instant
			}
		}
		s := h.door(h.mei)
		seen, after := []string{}, ""
		for {
			var page struct {
				Items []spaces.ThreadView
				Next  string
			}
			want(t, "page", h.call(s, "GET", "/threads?limit=3&after="+after, "", &page), 200)
			for _, v := range page.Items {
				seen = append(seen, v.Title)
			}
			if after = page.Next; after == "" {
				break
			}
		}
		if len(seen) != 7 || seen[0] != "Thread 6" || seen[6] != "Thread 0" {
			t.Errorf("saw %q", seen)
		}
		var page struct {
			Items []struct{ Name string }
			Next  string
		}
		h.call(h.door(h.ana), "GET", "/spaces/"+spc(h.open.ID)+"/members?limit=1", "", &page)
		first := page.Items[0].Name
		h.call(h.door(h.ana), "GET", "/spaces/"+spc(h.open.ID)+"/members?limit=1&after="+page.Next, "", &page)
		if page.Items[0].Name == first || page.Next != "" {
			t.Errorf("members page: %q then %+v", first, page)
		}
		h.call(h.door(h.ana), "GET", "/spaces?limit=1", "", &page)
		if page.Items[0].Name != "Board" || page.Next == "" {
			t.Errorf("spaces page: %+v", page)
		}
		h.call(h.door(h.ana), "GET", "/spaces?limit=1&after="+page.Next, "", &page)
		if page.Items[0].Name != "Product" || page.Next != "" {
			t.Errorf("spaces page: %+v", page)
		}
	})
}

func TestUnreadAndSinceYouLeft(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		th := h.thread(h.ana, h.open.ID, "Plan")
		first := h.post(h.ana, th.ID, "first")
		s := h.door(h.kofi)
		want(t, "read", h.call(s, "PUT", "/threads/"+thr(th.ID)+"/position", `{"post":"`+pst(first.ID)+`"}`, nil), 204)
		next := h.post(h.ana, th.ID, "second")
		h.post(h.mei, th.ID, "third")
		h.Must(h.Spaces.EditPost(h.T.Context(), h.ana, first.ID, "first, edited"))
		h.Must(h.Spaces.Conclude(h.T.Context(), h.ana, th.ID, "We do *it*."))
		var v spaces.ThreadView
		want(t, "thread", h.call(s, "GET", "/threads/"+thr(th.ID), "", &v), 200)
		if v.Unread != 3 || v.Posts != 4 || v.State != "concluded" || v.Conclusion == nil || v.Conclusion.HTML != "<p>We do <em>it</em>.</p>\n" || v.May.Post || !v.May.Reopen {
			t.Errorf("the thread is %+v", v)
		}
		var page spaces.PostPage
		want(t, "posts", h.call(s, "GET", "/threads/"+thr(th.ID)+"/posts?before=end&limit=3", "", &page), 200)
		since, _ := json.Marshal(page.Since)
		if want := `{"post":"` + pst(next.ID) + `","new":2,"changes":["Ana concluded the thread.","One post was edited."]}`; string(since) != want {
			t.Errorf("since %s, want %s", since, want)
		}
		if len(page.Items) != 3 || page.Items[2].Kind != "note" || page.Next != "" || page.Previous == "" {
			t.Errorf("the end of the thread is %+v", page)
		}
		want(t, "posts", h.call(s, "GET", "/threads/"+thr(th.ID)+"/posts?limit=3&before="+page.Previous, "", &page), 200)
		if len(page.Items) != 2 || page.Items[1].Revisions != 1 || page.Items[1].EditedAt == nil || page.Previous != "" || page.Next == "" {
			t.Errorf("the start of the thread is %+v", page)
		}
		want(t, "read", h.call(s, "PUT", "/threads/"+thr(th.ID)+"/position", `{"post":"`+pst(next.ID)+`"}`, nil), 204)
		want(t, "back", h.call(s, "PUT", "/threads/"+thr(th.ID)+"/position", `{"post":"`+pst(first.ID)+`"}`, nil), 204)
		h.call(s, "GET", "/threads/"+thr(th.ID), "", &v)
		if v.Unread != 2 {
			t.Errorf("%d unread, want 2: reading does not go back", v.Unread)
		}
		for filter, n := range map[string]int{"unread": 1, "following": 0, "saved": 0, "all": 1} {
			var threads struct{ Items []spaces.ThreadView }
			h.call(s, "GET", "/threads?filter="+filter, "", &threads)
			want(t, filter, len(threads.Items), n)
		}
		var threads struct{ Items []spaces.ThreadView }
		h.call(s, "GET", "/threads?state=open", "", &threads)
		want(t, "open", len(threads.Items), 0)
	})
}

func TestReactionsAreBounded(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		th := h.thread(h.ana, h.open.ID, "Fun")
		p := h.post(h.ana, th.ID, "Hello")
		for i := range 20 {
			h.Must(h.Spaces.React(h.T.Context(), h.kofi, p.ID, string(rune(0x1f600+i)), true))
			h.Must(h.Spaces.React(h.T.Context(), h.kofi, p.ID, string(rune(0x1f600+i)), true))
		}
		h.Refused("one more", h.Spaces.React(h.T.Context(), h.kofi, p.ID, "👍", true), "many_reactions")
		h.Must(h.Spaces.React(h.T.Context(), h.mei, p.ID, "\U0001f600", true))
		h.Must(h.Spaces.React(h.T.Context(), h.mei, p.ID, "👍🏽", false))
		if n := len(h.Heard(spaces.EventReacted)); n != 21 {
			t.Errorf("%d events, want 21: twice is once", n)
		}
		v, err := h.Spaces.ViewPost(h.T.Context(), h.DB, h.mei, p.ID)
		h.Must(err)
		if len(v.Reactions) != 20 || len(v.Reactions[0].People) != 2 || !v.Reactions[0].Mine || v.Reactions[1].Mine {
			t.Errorf("reactions %+v", v.Reactions[:2])
		}
		for _, e := range []string{"👍", "👍🏽", "❤️", "1️⃣", "🇩🇪", "👩‍👩‍👧", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "✅", "➕", "☕", "©️", ":shipit:"} {
			h.Must(h.Spaces.React(h.T.Context(), h.mei, p.ID, e, false))
		}
		for _, e := range []string{"", "a", "👍a", "1", "<b>", "::", ":A:", "\u200d", "é", strings.Repeat("👍", 20), "\xff"} {
			h.Refused(fmt.Sprintf("%q", e), h.Spaces.React(h.T.Context(), h.mei, p.ID, e, true), "not_an_emoji")
		}
	})
}

func TestATombstoneSaysNothing(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		th := h.thread(h.ana, h.open.ID, "Oops")
		p := h.post(h.kofi, th.ID, "password")
		h.Must(h.Spaces.EditPost(h.T.Context(), h.kofi, p.ID, "no password"))
		h.Must(h.Spaces.React(h.T.Context(), h.ana, p.ID, "👍", true))
		h.Refused("Mei", h.Spaces.DeletePost(h.T.Context(), h.mei, p.ID), "not_yours")
		h.Must(h.Spaces.DeletePost(h.T.Context(), h.ana, p.ID)) // leads the space
		h.Must(h.Spaces.DeletePost(h.T.Context(), h.ana, p.ID))
		v, err := h.Spaces.ViewPost(h.T.Context(), h.DB, h.kofi, p.ID)
		h.Must(err)
		if !v.Deleted || v.Markdown+v.HTML != "" || len(v.Reactions) != 0 || v.May.Edit {
			t.Errorf("the tombstone is %+v", v)
		}
		list, err := h.Spaces.Revisions(h.T.Context(), h.DB, h.kofi, p.ID, 0, 10)
		h.Must(err)
		want(t, "revisions", len(list), 0)
		h.Refused("edit", h.Spaces.EditPost(h.T.Context(), h.kofi, p.ID, "again"), "post_deleted")
		h.Refused("react", h.Spaces.React(h.T.Context(), h.kofi, p.ID, "👍", true), "post_deleted")
	})
}

func TestAnArchivedSpaceIsOnlyRead(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		th := h.thread(h.kofi, h.open.ID, "Old")
		p := h.post(h.kofi, th.ID, "words")
		s := h.door(h.ana)
		want(t, "archive", h.call(s, "PATCH", "/spaces/"+spc(h.open.ID), `{"archived":true}`, nil), 200)
		_, err := h.try(h.kofi, spaces.NewPost{Thread: th.ID, Markdown: "more"})
		h.Refused("post", err, "space_archived")
		h.Refused("edit", h.Spaces.EditPost(h.T.Context(), h.kofi, p.ID, "more"), "space_archived")
		h.Refused("delete", h.Spaces.DeletePost(h.T.Context(), h.kofi, p.ID), "space_archived")
		h.Refused("react", h.Spaces.React(h.T.Context(), h.kofi, p.ID, "👍", true), "space_archived")
		h.Refused("pin", h.Spaces.Pin(h.T.Context(), h.kofi, p.ID, true), "space_archived")
		h.Refused("conclude", h.Spaces.Conclude(h.T.Context(), h.kofi, th.ID, "done"), "space_archived")
		h.Refused("join", h.Spaces.AddMember(h.T.Context(), h.kofi, h.open.ID, h.kofi.Person), "space_archived")
		name := "New"
		h.Refused("rename the thread", h.Spaces.ChangeThread(h.T.Context(), h.kofi, th.ID, spaces.ThreadChange{Title: &name}), "space_archived")
		h.Refused("move a thread there", h.Spaces.ChangeThread(h.T.Context(), h.ana, h.thread(h.ana, h.closed.ID, "X").ID, spaces.ThreadChange{Space: &h.open.ID}), "space_archived")
		h.Refused("rename the space", h.Spaces.ChangeSpace(h.T.Context(), h.ana, h.open.ID, spaces.SpaceChange{Name: &name}), "space_archived")
		if _, err := h.Spaces.Post(h.T.Context(), h.DB, h.mei, p.ID); err != nil {
			t.Errorf("reading: %v", err)
		}
		want(t, "bring back", h.call(s, "PATCH", "/spaces/"+spc(h.open.ID), `{"archived":false}`, nil), 200)
		h.post(h.kofi, th.ID, "more")
	})
}

func TestMovingAThread(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		th := h.thread(h.kofi, h.closed.ID, "Secret plan")
		h.Refused("by a member to where more read it", h.Spaces.ChangeThread(h.T.Context(), h.kofi, th.ID, spaces.ThreadChange{Space: &h.open.ID}), "not_yours")
		h.Must(h.Spaces.ChangeThread(h.T.Context(), h.ana, th.ID, spaces.ThreadChange{Space: &h.open.ID}))
		got, err := h.Spaces.Thread(h.T.Context(), h.DB, h.mei, th.ID)
		h.Must(err)
		if got.Space != h.open.ID {
			t.Errorf("it is in %v", got.Space)
		}
		var both []event.Event
		for _, e := range h.Heard(spaces.EventThreadChanged) {
			if e.Thread == th.ID {
				both = append(both, e)
			}
		}
		want(t, "events, for the readers of both spaces", len(both), 2)
	})
}

func TestFollowingIsAChoice(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		th := h.thread(h.ana, h.open.ID, "News")
		h.Must(h.Spaces.Follow(h.T.Context(), h.kofi, th.ID, true))
		h.Must(h.Spaces.Follow(h.T.Context(), h.kofi, th.ID, false))
		h.post(h.ana, th.ID, "@kofi and @mei, look")
		h.Must(h.Spaces.Mute(h.T.Context(), h.mei, th.ID, true))
		list, err := h.Spaces.Followers(h.T.Context(), h.DB, h.WS, th.ID)
		h.Must(err)
		if len(list) != 1 || list[0] != h.ana.Person {
			t.Errorf("%d follow, want Ana alone: Kofi said no before, Mei has muted it", len(list))
		}
		for _, e := range h.Heard(spaces.EventPositionChanged) {
			if !e.Space.IsZero() || len(e.Concerns) != 1 || e.Concerns[0] != e.Actor {
				t.Errorf("others hear of %+v", e)
			}
		}
	})
}
