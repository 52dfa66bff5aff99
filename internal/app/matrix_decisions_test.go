package app_test

import (
	"fmt"
	"strings"
)

func init() { matrix = append(matrix, decisionRows...) }

// decisionRows: decisions of the scene's author, in which author and insider are entitled.
var decisionRows = []row{
	{op: "listDecisions", who: signedIn, ok: 200},
	{op: "makeDecision", who: readers, ok: 201, body: func(s *scene, p *person) any { return s.deciding(obj{}) }},
	{op: "listDecisionKinds", who: signedIn, ok: 200},
	{op: "previewDecision", who: readers, ok: 200, body: func(s *scene, _ *person) any {
		return obj{"space": s.space, "people": []string{s.insider.id}, "rules": obj{"fair": 480}}
	}},
	{op: "getDecision", who: readers, ok: 200},
	{op: "changeDecision", who: ownOnly, ok: 200, prepare: (*scene).draft, body: func(s *scene, _ *person) any {
		return s.deciding(obj{"version": 1})
	}},
	{op: "discardDecision", who: ownOnly, ok: 204, prepare: (*scene).draft},
	{op: "openDecision", who: ownOnly, ok: 201, prepare: (*scene).draft, body: with(obj{})},
	{op: "unscheduleDecision", who: ownOnly, ok: 200, prepare: func(s *scene) {
		s.draft()
		at := s.h.clock.Now().Add(72 * 60 * 60 * 1e9).Time()
		s.h.want(s.insider, 201, "POST", "/decisions/"+s.ids["decision"]+"/opening", obj{"at": at})
	}},
	{op: "copyDecision", who: readers, ok: 201},
	{op: "vote", who: among(insider, author), ok: 200, body: with(obj{"choice": "A"})},
	{op: "unvote", who: among(insider, author), ok: 200, prepare: (*scene).voted},
	{op: "listBallots", who: readers, ok: 200, prepare: (*scene).voted},
	{op: "listVoters", who: readers, ok: 200},
	{op: "inviteVoters", who: leads, ok: 201, body: func(s *scene, _ *person) any { return obj{"people": []string{s.id("person")}} }},
	{op: "uninviteVoter", who: leads, ok: 200, prepare: func(s *scene) { s.id("decision"); s.ids["person"] = s.insider.id }},
	{op: "inviteGuest", who: leads, ok: 201, body: func(s *scene, _ *person) any {
		s.h.guests++
		return obj{"email": fmt.Sprintf("guest%d@outside.example", s.h.guests), "name": "Gus"}
	}},
	{op: "uninviteGuest", who: leads, ok: 200, prepare: (*scene).invitedGuest},
	{op: "extendDecision", who: leads, ok: 201, body: with(obj{"fair": 6000})},
	{op: "closeDecision", who: leads, ok: 201, prepare: (*scene).voted},
	{op: "withdrawDecision", who: leads, ok: 201, body: with(obj{"reason": "Another way was found."})},
	{op: "nameDecider", who: leads, ok: 200, body: func(s *scene, _ *person) any { return obj{"decider": s.insider.id} }},
	{op: "writeOutcome", who: writer, ok: 201, prepare: (*scene).closedDecision, body: with(obj{"markdown": "So it is."})},
	{op: "takeOutcomeBack", who: leads, ok: 201, prepare: (*scene).decided, body: with(obj{"reason": "Something was missing."})},
	{op: "reviewDecision", who: leads, ok: 201, prepare: (*scene).decided, body: with(obj{})},
	{op: "objectLate", who: absentee, ok: 201, prepare: (*scene).missed, body: with(obj{"words": "Not without me."})},
	{op: "settleObjection", who: among(insider, author), ok: 200, prepare: (*scene).objected, body: with(obj{"state": "resolved", "words": "It is mended."})},
	{op: "voteSealed", who: among(insider, author), ok: 200, prepare: (*scene).anonymousDecision, body: func(_ *scene, p *person) any {
		return obj{"choice": "A", "receipt": strings.Repeat(string(p.role), 5)[:22]}
	}},
	{op: "getSecrecy", who: readers, ok: 200, prepare: (*scene).anonymousDecision},
	{op: "listOpenedBallots", who: readers, ok: 200, prepare: (*scene).anonymousDecision},
	{op: "listReceipts", who: readers, ok: 200, prepare: (*scene).anonymousDecision},
	{op: "exportDecisions", who: signedIn, ok: 200, query: func(*scene) string { return "format=json" }},
	{op: "exportDecision", who: readers, ok: 200, prepare: (*scene).voted},
	{op: "getDecisionFeed", who: signedIn, ok: 200},
	{op: "makeDecisionFeed", who: signedIn, ok: 201},
	{op: "endDecisionFeed", who: signedIn, ok: 204, prepare: func(s *scene) {
		for _, r := range []role{owner, admin, author, insider, outsider, guest, stranger} {
			s.h.want(s.h.who[r], 201, "POST", "/me/decision-feed", nil)
		}
	}},
}

// absentee: the insider, who was silent; the author had their say.
func absentee(r role, closed bool) int {
	switch {
	case !reads(r, closed):
		return 404
	case r == insider:
		return 0
	case r == author:
		return 409
	}
	return 403
}

// deciding is a decision in order, with what else is wanted.
func (s *scene) deciding(more obj) obj {
	out := obj{
		"space": s.space, "title": s.words("Shall we?"), "context": s.words("Context"), "kind": "majority",
		"rules": obj{"fair": 960}, "people": []string{s.author.id, s.insider.id},
	}
	for k, v := range more {
		out[k] = v
	}
	return out
}

func (s *scene) makeDecision() {
	made := s.h.want(s.author, 201, "POST", "/decisions", s.deciding(obj{"open": true}))
	s.ids["decision"] = text(made, "id")
}

// invitedGuest is somebody from outside who is not here yet.
func (s *scene) invitedGuest() {
	s.h.guests++
	made := s.h.want(s.author, 201, "POST", "/decisions/"+s.id("decision")+"/guests", obj{"email": fmt.Sprintf("guest%d@outside.example", s.h.guests)})
	s.ids["invitation"] = text(made, "invited", "id")
}

// draft is the insider's own, new each time.
func (s *scene) draft() {
	s.ids["decision"] = text(s.h.want(s.insider, 201, "POST", "/decisions", s.deciding(obj{})), "id")
}

func (s *scene) ballot(p *person, marks obj) {
	s.h.want(p, 200, "PUT", "/decisions/"+s.id("decision")+"/ballot", marks)
}

func (s *scene) voted() {
	for _, p := range []*person{s.author, s.insider} {
		s.ballot(p, obj{"choice": "A", "reason": s.words("Because")})
	}
}

func (s *scene) closedDecision() {
	if s.ids["decided"] == "" {
		s.voted()
		s.h.want(s.author, 201, "POST", "/decisions/"+s.id("decision")+"/closing", nil)
		s.ids["decided"] = "closed"
	}
}

func (s *scene) decided() {
	if s.ids["decided"] != "decided" {
		s.closedDecision()
		s.h.want(s.author, 201, "POST", "/decisions/"+s.id("decision")+"/outcome", obj{"markdown": s.words("So it is.")})
		s.ids["decided"] = "decided"
	}
}

// missed is a decision that ended without the insider, who may object still.
func (s *scene) missed() {
	if s.ids["decided"] == "missed" {
		return
	}
	body := s.deciding(obj{"open": true, "rules": obj{"fair": 960, "early": true, "objections": 480}})
	s.ids["decision"] = text(s.h.want(s.author, 201, "POST", "/decisions", body), "id")
	thread := text(s.h.want(s.author, 200, "GET", "/decisions/"+s.ids["decision"], nil), "thread")
	ask := text(s.h.want(s.insider, 200, "GET", "/threads/"+thread+"/asks", nil), "items", 0, "id")
	s.h.want(s.insider, 201, "POST", "/asks/"+ask+"/decline", obj{"reason": "Not now."})
	s.h.settle()
	s.ballot(s.author, obj{"choice": "A"})
	s.ids["decided"] = "missed"
}

// objected is a proposal to which the insider objects.
func (s *scene) objected() {
	if s.ids["decided"] == "objected" {
		return
	}
	s.ids["decision"] = text(s.h.want(s.author, 201, "POST", "/decisions", s.deciding(obj{"open": true, "kind": "consent"})), "id")
	s.ballot(s.insider, obj{"choice": "object", "reason": s.words("It would break.")})
	s.ids["person"], s.ids["decided"] = s.insider.id, "objected"
}

// anonymousDecision asks the author, the insider and three more, so that it may be one.
func (s *scene) anonymousDecision() {
	if s.ids["decided"] == "anonymous" {
		return
	}
	people := []string{s.author.id, s.insider.id}
	for range 3 {
		s.makePerson()
		people = append(people, s.ids["person"])
	}
	body := s.deciding(obj{"open": true, "people": people, "rules": obj{"fair": 960, "anonymous": true}})
	s.ids["decision"], s.ids["decided"] = text(s.h.want(s.author, 201, "POST", "/decisions", body), "id"), "anonymous"
}
