package app_test

import (
	"encoding/base64"
	"fmt"
)

// row says who may do an operation, and gives a request of it that is in order.
type row struct {
	op      string
	who     shape
	ok      int // the status of success
	body    func(s *scene, p *person) any
	query   func(s *scene) string
	header  map[string]string
	prepare func(s *scene)            // before each request
	after   func(s *scene, p *person) // after each success
	unnamed int                       // how a body that names what is not there may end, beside 404 and 422
	public  bool                      // anonymous and removed people are asked like everybody
}

func with(body any) func(*scene, *person) any { return func(*scene, *person) any { return body } }

type obj = map[string]any

func base64Of(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

func credentials(_ *scene, p *person) any {
	if p.email == "" {
		return obj{"email": "nobody@one.example", "password": password}
	}
	return obj{"email": p.email, "password": password}
}

// known: people who can prove who they are. A removed one no longer is anybody.
func known(r role, _ bool) int {
	switch r {
	case anonymous:
		return 401
	case removed: // the password is right, and opens nothing
		return 403
	}
	return 0
}

// undoer: the addressee, who answered; other readers have no answer to take back.
func undoer(r role, closed bool) int {
	if want := addressee(r, closed); want != 403 {
		return want
	}
	return 409
}

// freshName keeps names that must be unique apart.
func freshName(what string) func(*scene, *person) any {
	return func(s *scene, _ *person) any {
		s.h.guests++
		return obj{"name": fmt.Sprintf("%s %d", what, s.h.guests), "members": []string{}}
	}
}

func concluded(s *scene) {
	if s.ids["concluded"] == "" {
		s.h.want(s.author, 201, "POST", "/threads/"+s.id("thread")+"/conclusion", obj{"markdown": s.words("Conclusion")})
		s.ids["concluded"] = "yes"
	}
}

func answered(s *scene) {
	if s.ids["answered"] == "" {
		s.h.want(s.insider, 201, "POST", "/asks/"+s.id("ask")+"/answers", obj{"note": s.words("Answer")})
		s.ids["answered"] = "yes"
	}
}

// toAnother asks somebody of the space who is not the asker.
func toAnother(s *scene, p *person) string {
	if p == s.insider {
		return s.author.id
	}
	return s.insider.id
}

// matrix has a row for every operation. Sorted as the API's description is.
var matrix = []row{
	// asks
	{op: "acknowledgeAsk", who: addressee, ok: 201, body: with(obj{})},
	{op: "answerAsk", who: addressee, ok: 201, body: with(obj{"note": "Yes."})},
	{op: "undoAnswer", who: undoer, ok: 200, prepare: answered},
	{op: "declineAsk", who: addressee, ok: 201, body: with(obj{"reason": "Not mine."})},
	{op: "passAsk", who: addressee, ok: 201, body: func(s *scene, _ *person) any { return obj{"to": s.id("person")} }},
	{op: "extendAsk", who: writer, ok: 201, body: with(obj{"window": "2d"})},
	{op: "releaseAsk", who: writer, ok: 201, body: with(obj{})},
	{op: "remindAsk", who: writer, ok: 201, body: with(obj{})},
	{op: "getAsk", who: readers, ok: 200},
	{op: "listThreadAsks", who: readers, ok: 200},
	{op: "forecast", who: readers, ok: 200, body: func(s *scene, p *person) any {
		return obj{"to": obj{"people": []string{s.insider.id}}, "space": s.space}
	}},
	{op: "ask", who: readers, ok: 201, body: func(s *scene, p *person) any { return s.asking(toAnother(s, p)) }},
	{op: "post", who: readers, ok: 201, body: with(obj{"markdown": "A word."})},
	{op: "openThread", who: readers, ok: 201, body: func(s *scene, _ *person) any {
		return obj{"space": s.space, "title": "A thread", "markdown": "A word."}
	}},
	// attention
	{op: "getInbox", who: signedIn, ok: 200},
	{op: "putAway", who: ownOnly, ok: 204},
	{op: "bringBack", who: ownOnly, ok: 204},
	{op: "snooze", who: ownOnly, ok: 200, body: with(obj{"next_start": true})},
	{op: "unsnooze", who: ownOnly, ok: 204},
	{op: "listDigests", who: signedIn, ok: 200},
	{op: "getDigest", who: ownOnly, ok: 200},
	{op: "getAttention", who: signedIn, ok: 200},
	{op: "setAttention", who: signedIn, ok: 200, body: with(obj{"mail": true, "page_outside_hours": false})},
	// auth
	{op: "setupNeeded", who: nobody(0), ok: 200, public: true},
	{op: "setUp", who: nobody(410), public: true, body: with(obj{"token": "guess", "workspace": "Mine", "name": "Me", "email": "me@one.example", "password": password, "zone": "UTC"})},
	{op: "signIn", who: known, ok: 201, public: true, body: credentials},
	{op: "signInToken", who: known, ok: 201, public: true, body: credentials},
	{op: "signOut", who: signedIn, ok: 204, after: func(s *scene, p *person) { s.h.signIn(p) }},
	{op: "listSessions", who: signedIn, ok: 200},
	{op: "endSession", who: ownOnly, ok: 204},
	{op: "listTokens", who: signedIn, ok: 200},
	{op: "makeToken", who: signedIn, ok: 201, body: with(obj{"name": "A program"})},
	{op: "endToken", who: ownOnly, ok: 204},
	{op: "changePassword", who: signedIn, ok: 204, body: with(obj{"current": password, "new": password + "!"}), after: func(s *scene, p *person) {
		s.h.want(p, 204, "PUT", "/me/password", obj{"current": password + "!", "new": password})
	}},
	{op: "switchWorkspace", who: inWorkspace, ok: 200, body: func(s *scene, _ *person) any { return obj{"workspace": s.h.workspace} }},
	{op: "invite", who: notGuests, ok: 201, body: with(obj{"role": "member"})},
	{op: "listInvitations", who: signedIn, ok: 200},
	{op: "uninvite", who: ownOrAdmins, ok: 204},
	{op: "getInvitation", who: nobody(0), ok: 200, public: true},
	{op: "acceptInvitation", who: nobody(0), ok: 201, public: true, body: func(s *scene, _ *person) any {
		s.h.guests++
		return obj{"name": "New Person", "email": fmt.Sprintf("new%d@one.example", s.h.guests), "password": password, "zone": "UTC"}
	}, after: func(s *scene, p *person) {
		if p.role == anonymous || p.role == removed {
			p.cookie = p.kept
			return
		}
		s.h.signIn(p)
	}},
	// clock
	{op: "getClock", who: nobody(0), ok: 200, public: true},
	{op: "advanceClock", who: nobody(403), body: with(obj{"by": "1h"})},
	// files
	{op: "getFile", who: readers, ok: 200},
	{op: "getFileContent", who: readers, ok: 200},
	{op: "createUpload", who: signedIn, ok: 201, header: map[string]string{"Upload-Length": "5"}, after: func(s *scene, p *person) {
		s.h.want(p, 204, "DELETE", "/uploads/"+s.ids["location"], nil)
	}},
	{op: "getUpload", who: ownOnly, ok: 200},
	{op: "continueUpload", who: ownOnly, ok: 204, body: with([]byte("12345")), header: map[string]string{"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}},
	{op: "cancelUpload", who: ownOnly, ok: 204},
	// importers
	{op: "importSlack", who: adminsOnly, ok: 201, body: func(s *scene, p *person) any {
		if p.role == anonymous || p.role == removed {
			p = s.h.who[owner]
		}
		return obj{"upload": s.uploaded(p, "export.zip", "application/zip"), "dry_run": true}
	}, after: func(s *scene, p *person) { s.h.want(p, 204, "DELETE", "/imports/"+s.ids["made"], nil) }},
	{op: "listImports", who: adminsOnly, ok: 200},
	{op: "getImport", who: adminsHere, ok: 200},
	{op: "cancelImport", who: adminsHere, ok: 204},
	// mail
	{op: "listOutbox", who: adminsOnly, ok: 200},
	{op: "getOutboxMail", who: adminsHere, ok: 200},
	// people
	{op: "me", who: signedIn, ok: 200},
	{op: "changeMe", who: signedIn, ok: 200, body: with(obj{"title": "Person"})},
	{op: "listPeople", who: signedIn, ok: 200},
	{op: "getPerson", who: colleagues, ok: 200},
	{op: "changePerson", who: adminsOfSeen, ok: 200, body: with(obj{"role": "member"})},
	{op: "removePerson", who: adminsOfSeen, ok: 204},
	{op: "getWorkspace", who: signedIn, ok: 200},
	{op: "changeWorkspace", who: adminsOnly, ok: 200, body: with(obj{"name": "One"})},
	{op: "overlap", who: colleagues, ok: 200, query: func(s *scene) string { return "people=" + s.insider.id }},
	{op: "listTeams", who: signedIn, ok: 200},
	{op: "makeTeam", who: notGuests, ok: 201, body: freshName("Crew")},
	{op: "getTeam", who: colleagues, ok: 200},
	{op: "changeTeam", who: teamMembers, ok: 200, body: func(s *scene, p *person) any {
		return obj{"members": []string{s.insider.id, s.author.id}}
	}},
	{op: "removeTeam", who: teamMembers, ok: 204},
	{op: "mySchedule", who: signedIn, ok: 200},
	{op: "setMySchedule", who: signedIn, ok: 200, body: with(obj{"spec": obj{"zone": "Europe/Lisbon", "weekly": nineToFive}})},
	{op: "scheduleTemplates", who: signedIn, ok: 200},
	{op: "myAbsences", who: signedIn, ok: 200},
	{op: "addAbsence", who: signedIn, ok: 201, body: with(obj{"from": "2028-01-03", "to": "2028-01-04"})},
	{op: "changeAbsence", who: ownOnly, ok: 200, body: with(obj{"reason": "Hills"})},
	{op: "removeAbsence", who: ownOnly, ok: 204},
	{op: "listCalendars", who: signedIn, ok: 200},
	{op: "addCalendar", who: notGuests, ok: 201, body: with(obj{"name": "Holidays", "ics": holidays}), after: func(s *scene, p *person) {
		boss := s.h.who[owner]
		if p.role == stranger {
			boss = p
		}
		s.h.want(boss, 204, "DELETE", "/calendars/"+s.ids["made"], nil)
	}},
	{op: "removeCalendar", who: adminsOfSeen, ok: 204},
	{op: "followCalendars", who: inWorkspace, ok: 200, body: func(s *scene, _ *person) any { return obj{"calendars": []string{s.id("calendar")}} }},
	// posts
	{op: "listPosts", who: readers, ok: 200},
	{op: "getPost", who: readers, ok: 200},
	{op: "editPost", who: writer, ok: 200, body: func(s *scene, _ *person) any { return obj{"markdown": s.words("Edited")} }},
	{op: "deletePost", who: leads, ok: 204},
	{op: "listRevisions", who: readers, ok: 200},
	{op: "react", who: readers, ok: 204},
	{op: "unreact", who: readers, ok: 204},
	{op: "pinPost", who: readers, ok: 204},
	{op: "unpinPost", who: readers, ok: 204},
	// search
	{op: "search", who: signedIn, ok: 200, query: func(*scene) string { return "q=" + finch }},
	// spaces
	{op: "listSpaces", who: signedIn, ok: 200},
	{op: "openSpace", who: notGuests, ok: 201, body: freshName("Room")},
	{op: "getSpace", who: readers, ok: 200},
	{op: "changeSpace", who: leads, ok: 200, body: func(s *scene, _ *person) any {
		s.h.guests++
		return obj{"purpose": s.words(fmt.Sprint("Purpose ", s.h.guests))}
	}},
	{op: "listSpaceMembers", who: readers, ok: 200},
	{op: "addSpaceMember", who: readers, ok: 204},
	{op: "removeSpaceMember", who: leads, ok: 204},
	// threads
	{op: "listThreads", who: signedIn, ok: 200},
	{op: "listThreads", who: readers, ok: 200, query: func(s *scene) string { return "space=" + s.space }},
	{op: "getThread", who: readers, ok: 200},
	{op: "changeThread", who: leads, ok: 200, body: func(s *scene, _ *person) any { return obj{"title": s.words("Renamed")} }},
	{op: "concludeThread", who: readers, ok: 201, body: func(s *scene, _ *person) any { return obj{"markdown": s.words("Conclusion")} }},
	{op: "reopenThread", who: readers, ok: 201, body: with(obj{"reason": "More came."}), prepare: concluded},
	{op: "readThread", who: readers, ok: 204, body: func(s *scene, _ *person) any { return obj{"post": s.id("post")} }},
	{op: "followThread", who: readers, ok: 204},
	{op: "unfollowThread", who: readers, ok: 204},
	{op: "muteThread", who: readers, ok: 204},
	{op: "unmuteThread", who: readers, ok: 204},
	{op: "saveThread", who: readers, ok: 204},
	{op: "unsaveThread", who: readers, ok: 204},
}

var nineToFive = obj{"mon": []string{"09:00-17:00"}, "tue": []string{"09:00-17:00"}, "wed": []string{"09:00-17:00"}, "thu": []string{"09:00-17:00"}, "fri": []string{"09:00-17:00"}}
