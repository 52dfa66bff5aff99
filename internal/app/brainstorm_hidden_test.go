package app_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
)

// storm is a brainstorm that is driven at random, with what is known of its ideas.
type storm struct {
	*house
	t         *testing.T
	r         *rand.Rand
	anonymous bool
	path      string
	thread    string
	phase     string
	ideas     []*card
	takers    []role
}

type card struct {
	id, mark string
	by       role
	shown    bool
}

// Nothing hidden is in any answer, event, search result, mail or export before its time:
// brainstorms are driven at random, every idea carries a word of its own, and after each
// step everybody looks everywhere for the words they may not know.
func TestNothingHiddenIsTold(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		st := newStage(h)
		for seed := range uint64(2) {
			s := newStorm(t, st, rand.New(rand.NewPCG(seed, 7)), seed%2 == 1)
			stream := h.stream(h.who[outsider])
			for range 18 {
				s.act()
				s.look()
			}
			h.want(h.who[author], 200, "POST", s.path+"/conclusion", obj{"sure": true})
			s.end()
			lobby := text(h.want(h.who[guest], 200, "GET", "/spaces", nil), "items", 0, "id")
			seal := text(h.want(h.who[guest], 201, "POST", "/threads", obj{"space": lobby, "title": "Seal", "markdown": "Seal"}), "post", "id")
			h.settle()
			got := readUntil(t, stream, seal)
			for _, c := range s.ideas {
				if strings.Contains(got, c.mark) {
					t.Errorf("the stream says %q", c.mark)
				}
			}
		}
	})
}

func newStorm(t *testing.T, st *stage, r *rand.Rand, anonymous bool) *storm {
	t.Helper()
	h := st.house
	s := &storm{house: h, t: t, r: r, anonymous: anonymous, takers: []role{author, insider, outsider, owner, admin}}
	var who []string
	for _, x := range s.takers {
		who = append(who, h.who[x].id)
	}
	made := h.want(h.who[author], 201, "POST", "/brainstorms", obj{
		"space": st.open.space, "title": "Ideas at random", "people": who, "anonymous": anonymous, "hide_count": true,
		"plan": []obj{{"phase": "collect", "window": "4h"}, {"phase": "cluster", "window": "4h"}, {"phase": "refine"}, {"phase": "vote", "window": "4h"}},
	})
	s.path, s.thread, s.phase = "/brainstorms/"+text(made, "id"), text(made, "thread"), "collect"
	return s
}

// act does something that somebody might.
func (s *storm) act() {
	s.t.Helper()
	who := s.takers[s.r.IntN(len(s.takers))]
	switch s.r.IntN(7) {
	case 0, 1, 2:
		s.write(who)
	case 3:
		s.meddle(who)
	case 4:
		s.call(s.who[who], "PUT", s.path+"/done", nil, nil)
	case 5:
		s.call(s.who[author], "POST", s.path+"/steps", obj{"from": s.phase, "back": s.r.IntN(3) == 0, "sure": true}, nil)
	case 6:
		s.clock.Set(s.clock.Now().Add(time.Duration(s.r.IntN(5)) * time.Hour))
	}
	s.settle()
	now := text(s.want(s.who[author], 200, "GET", s.path, nil), "phase")
	if s.phase == "collect" && now != "collect" {
		for _, c := range s.ideas {
			c.shown = true
		}
	}
	s.phase = now
}

func (s *storm) write(who role) {
	s.t.Helper()
	c := &card{mark: fmt.Sprintf("mark%dx%x", len(s.ideas), s.r.Uint64()), by: who}
	got := s.call(s.who[who], "PUT", fmt.Sprintf("%s/own-ideas/%d", s.path, len(s.ideas)), obj{"text": "An idea " + c.mark, "link": "https://example.org/" + c.mark}, nil)
	if got.status == 200 {
		c.id, c.shown = idIn(s.t, got), s.phase != "collect"
		s.ideas = append(s.ideas, c)
	}
}

func idIn(t *testing.T, a answer) string {
	t.Helper()
	var made any
	if err := json.Unmarshal(a.body, &made); err != nil {
		t.Fatal(err)
	}
	return text(made, "id")
}

// meddle tries to reach some idea by its id, as whoever it may be.
func (s *storm) meddle(who role) {
	s.t.Helper()
	if len(s.ideas) == 0 {
		return
	}
	c, o := s.ideas[s.r.IntN(len(s.ideas))], s.ideas[s.r.IntN(len(s.ideas))]
	one := s.path + "/ideas/" + c.id
	for _, try := range []struct {
		method, path string
		body         any
	}{
		{"PATCH", one, obj{"link": "https://example.org/other"}},
		{"PUT", one + "/place", obj{"before": o.id}},
		{"PUT", one + "/merge", obj{"into": o.id}},
		{"DELETE", one + "/merge", nil},
		{"PUT", one + "/own-notes/x", obj{"text": "A note"}},
		{"PUT", one + "/claim", nil},
		{"GET", one + "/picture", nil},
		{"PUT", s.path + "/ballot", obj{"votes": []obj{{"idea": c.id, "value": 1}}}},
		{"POST", s.path + "/outcomes", obj{"kind": "thread", "ideas": []string{c.id}}},
	} {
		if c.by == who && try.method == "PATCH" { // keeps the mark where it is
			continue
		}
		s.check(who, try.method+" "+try.path, s.call(s.who[who], try.method, try.path, try.body, nil))
	}
}

// look has everybody look everywhere.
func (s *storm) look() {
	s.t.Helper()
	places := []string{
		"/brainstorms", s.path, s.path + "/board", s.path + "/board?since=1", s.path + "/suggestions", s.path + "/export", s.path + "/export?format=csv",
		"/threads/" + s.thread, "/threads/" + s.thread + "/posts", "/threads/" + s.thread + "/asks", "/inbox", "/inbox?tab=info", "/digests", "/outbox",
	}
	for _, who := range s.takers {
		for _, p := range places {
			s.check(who, p, s.call(s.who[who], "GET", p, nil, nil))
		}
		for _, c := range s.ideas {
			if !c.shown && c.by != who {
				if got := s.call(s.who[who], "GET", "/search?q="+c.mark, nil, nil); !strings.Contains(string(got.body), `"items":[]`) {
					s.t.Errorf("%s finds %q: %s", who, c.mark, cut(got.body))
				}
			}
		}
	}
	s.log()
}

// check holds that an answer has no word in it that somebody may not know, tells no
// author of an anonymous idea, and shows no result before the close.
func (s *storm) check(who role, what string, got answer) {
	s.t.Helper()
	all := string(got.body)
	for _, c := range s.ideas {
		if !c.shown && c.by != who && c.mark != "" && strings.Contains(all, c.mark) {
			s.t.Errorf("in %s %s told %s of %q: %s", s.phase, what, who, c.mark, cut(got.body))
		}
	}
	if strings.Contains(what, "/board") {
		if s.anonymous && strings.Contains(all, `"author":{`) {
			s.t.Errorf("%s told %s an author: %s", what, who, cut(got.body))
		}
		if s.phase != "act" && s.phase != "ended" && strings.Contains(all, `"result":{`) {
			s.t.Errorf("in %s %s told %s a result", s.phase, what, who)
		}
	}
}

// log looks into the log and the mails as they lie in the database.
func (s *storm) log() {
	s.t.Helper()
	ws, err := id.Decode("ws", s.workspace)
	if err != nil {
		s.t.Fatal(err)
	}
	list, err := event.After(s.t.Context(), s.app.DB, ws, 0, 100_000)
	if err != nil {
		s.t.Fatal(err)
	}
	mails, err := db.All[string](s.t.Context(), s.app.DB, `SELECT body_text FROM mail_outbox WHERE workspace_id = $1`, ws)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, c := range s.ideas {
		for _, e := range list {
			if strings.Contains(string(e.Data), c.mark) {
				s.t.Errorf("the log says %q: %s", c.mark, e.Kind)
			}
			if s.anonymous && strings.HasPrefix(e.Kind, "brainstorms.board") && !e.Actor.IsZero() && text(s.want(s.who[author], 200, "GET", s.path, nil), "id") == id.Encode("brain", e.Subject.ID) && s.phase != "act" {
				s.t.Errorf("the log names who changed an anonymous board")
			}
		}
		for _, m := range mails {
			if !c.shown && strings.Contains(m, c.mark) {
				s.t.Errorf("a mail says %q", c.mark)
			}
		}
	}
}

// end looks once more: what was hidden when it ended is gone for good.
func (s *storm) end() {
	s.t.Helper()
	s.settle()
	hidden := s.phase == "collect"
	s.phase = "ended"
	for _, c := range s.ideas {
		if hidden {
			c.by = anonymous // nobody's any more
		}
	}
	s.look()
}
