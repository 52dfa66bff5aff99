package spaces_test

import (
	"reflect"
	"strings"
	"testing"

	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/id"
)

func TestAPostTellsThoseItNames(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		th := h.thread(h.ana, h.closed.ID, "Budget")
		p := h.post(h.ana, th.ID, "@kofi, @mei and @nobody: see `@ana` for **details**")
		if want := []id.ID{h.kofi.Person}; !reflect.DeepEqual(p.Mentions.V, want) {
			t.Errorf("mentions %v, want %v: Mei may not read it", p.Mentions.V, want)
		}
		told := h.Heard(spaces.EventPosted)
		e := told[len(told)-1]
		var d spaces.Posted
		h.Must(e.Decode(&d))
		if d.Excerpt != "@kofi, @mei and @nobody: see @ana for details" || e.Space != h.closed.ID || e.Thread != th.ID || len(e.Concerns) != 1 {
			t.Errorf("the log says %+v of %+v", d, e)
		}
		list, err := h.Spaces.Followers(h.T.Context(), h.DB, h.WS, th.ID)
		h.Must(err)
		if len(list) != 2 {
			t.Errorf("%d follow, want Ana and Kofi", len(list))
		}
	})
}

func TestWhoMayPost(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		inOpen, inClosed := h.thread(h.ana, h.open.ID, "Open"), h.thread(h.ana, h.closed.ID, "Closed")
		cases := []struct {
			name   string
			who    actor.Actor
			thread id.ID
			code   string
		}{
			{"a member", h.kofi, inClosed.ID, ""},
			{"anybody in a public space", h.mei, inOpen.ID, ""},
			{"a guest where they were invited", h.guest, inOpen.ID, ""},
			{"not a member of a private space", h.mei, inClosed.ID, "not_found"},
			{"a guest elsewhere", h.guest, inClosed.ID, "not_found"},
			{"another workspace", h.other, inOpen.ID, "not_found"},
			{"nowhere", h.ana, h.WS, "not_found"},
		}
		for _, c := range cases {
			_, err := h.try(c.who, spaces.NewPost{Thread: c.thread, Markdown: "Hello"})
			if c.code == "" {
				h.Must(err)
			} else {
				h.Refused(c.name, err, c.code)
			}
		}
	})
}

func TestAPostNeedsWords(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		th := h.thread(h.ana, h.open.ID, "Words")
		_, err := h.try(h.ana, spaces.NewPost{Thread: th.ID, Markdown: " \n"})
		h.Refused("nothing", err, "post_empty")
		_, err = h.try(h.ana, spaces.NewPost{Thread: th.ID, Markdown: strings.Repeat("ä", spaces.MaxPost+1)})
		h.Refused("a book", err, "post_too_long")
	})
}
