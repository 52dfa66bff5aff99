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

// notBegun: the insider's own absence is to come; to others it is not there.
func notBegun(r role, closed bool) int {
	if want := ownOnly(r, closed); want != 0 {
		return want
	}
	return 409
}

func agreed(s *scene) { s.id("version") }

// toAnother asks somebody of the space who is not the asker.
func toAnother(s *scene, p *person) string {
	if p == s.insider {
		return s.author.id
	}
	return s.insider.id
}

// matrix has a row for every operation. Sorted as the API's description is.
var matrix = []row{
	// agreements
	{op: "getAgreement", who: colleagues, ok: 200},
	{op: "setAgreement", who: teamMembers, ok: 200, body: with(obj{"version": 0, "fields": obj{"windows": obj{"reply": "4h"}}, "reason": "To begin with"})},
	{op: "listAgreementVersions", who: colleagues, ok: 200, prepare: agreed},
	{op: "getAgreementVersion", who: colleagues, ok: 200},
	{op: "restoreAgreement", who: teamMembers, ok: 201, body: with(obj{"from": 1, "reason": "It was better"})},
	{op: "myAgreements", who: signedIn, ok: 200},
	// asks
	{op: "acknowledgeAsk", who: addressee, ok: 201, body: with(obj{})},
	{op: "answerAsk", who: addressee, ok: 201, body: with(obj{"note": "Yes."})},
	{op: "undoAnswer", who: undoer, ok: 200, prepare: answered},
	{op: "declineAsk", who: addressee, ok: 201, body: with(obj{"reason": "Not mine."})},
	{op: "passAsk", who: addressee, ok: 201, body: func(s *scene, _ *person) any { return obj{"to": s.id("person")} }},
	{op: "extendAsk", who: writer, ok: 201, body: with(obj{"window": "2d"})},
	{op: "releaseAsk", who: writer, ok: 201, body: with(obj{})},
	{op: "remindAsk", who: writer, ok: 201, body: with(obj{})},
	{op: "dueWhileAway", who: ownOnly, ok: 200},
	{op: "tellAway", who: addressee, ok: 201, body: func(s *scene, _ *person) any { return obj{"absence": s.id("absence")} }},
	{op: "askAbsences", who: writer, ok: 200},
	{op: "reassignAsk", who: writer, ok: 201, unnamed: 409, body: func(s *scene, _ *person) any { return obj{"from": s.insider.id, "to": s.id("person")} }},
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
	{op: "getCatchUp", who: signedIn, ok: 200},
	{op: "getCatchUp", who: notBegun, query: func(s *scene) string { return "absence=" + s.id("absence") }},
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
	// boundaries
	{op: "getBoundaries", who: signedIn, ok: 200},
	{op: "setBoundaries", who: signedIn, ok: 200, body: with(obj{"closes": false})},
	{op: "focusSuggestions", who: signedIn, ok: 200},
	// brainstorms
	{op: "listBrainstorms", who: signedIn, ok: 200},
	{op: "listBrainstormTemplates", who: signedIn, ok: 200},
	{op: "beginBrainstorm", who: readers, ok: 201, body: (*scene).storming},
	{op: "forecastBrainstorm", who: readers, ok: 200, body: (*scene).storming},
	{op: "getBrainstorm", who: readers, ok: 200},
	{op: "changeBrainstorm", who: facilitators, ok: 200, body: with(obj{"by_hand": true})},
	{op: "forecastBrainstormChange", who: facilitators, ok: 200, body: with(obj{"by_hand": true})},
	{op: "stepBrainstorm", who: facilitators, ok: 200, body: with(obj{"from": "cluster"})},
	{op: "doneWithPhase", who: takers, ok: 200},
	{op: "notDoneWithPhase", who: takers, ok: 200},
	{op: "inviteToBrainstorm", who: readers, ok: 200, body: func(_ *scene, p *person) any { return obj{"people": []string{p.id}} }},
	{op: "leaveBrainstorm", who: facilitators, ok: 200, prepare: func(s *scene) {
		s.h.want(s.author, 200, "POST", "/brainstorms/"+s.id("brainstorm")+"/participants", obj{"people": []string{s.id("person")}})
	}},
	{op: "divideBrainstorm", who: refused(facilitators, 409), body: with(obj{"by": "mixture"})},
	{op: "undivideBrainstorm", who: refused(facilitators, 409)},
	{op: "gatherBrainstorm", who: refused(facilitators, 409)},
	{op: "endBrainstorm", who: facilitators, ok: 200, body: with(obj{"sure": true})},
	{op: "getBrainstormBoard", who: readers, ok: 200},
	{op: "writeIdea", who: takers, ok: 200, body: with(obj{"text": "One more."})},
	{op: "changeIdea", who: among(insider), ok: 200, body: with(obj{"text": "Otherwise."})},
	{op: "deleteIdea", who: among(insider), ok: 200},
	{op: "restoreIdea", who: among(insider), ok: 200},
	{op: "claimIdea", who: refused(among(insider), 409)},
	{op: "unclaimIdea", who: refused(among(insider), 409)},
	{op: "moveIdea", who: arrangers, ok: 200, body: func(s *scene, _ *person) any { return obj{"group": s.id("group")} }},
	{op: "mergeIdea", who: arrangers, ok: 200, body: func(s *scene, _ *person) any { return obj{"into": s.ids["other idea"]} }},
	{op: "partIdea", who: arrangers, ok: 200, prepare: (*scene).mergeIdeas},
	{op: "writeIdeaNote", who: takers, ok: 200, body: with(obj{"text": "A note."})},
	{op: "deleteIdeaNote", who: among(insider), ok: 200},
	{op: "makeIdeaGroup", who: arrangers, ok: 201, body: with(obj{"name": "A group"})},
	{op: "changeIdeaGroup", who: arrangers, ok: 200, body: with(obj{"name": "Another name"})},
	{op: "dropIdeaGroup", who: arrangers, ok: 200},
	{op: "restoreIdeaGroup", who: arrangers, ok: 200, prepare: (*scene).dropGroup, body: func(s *scene, _ *person) any { return obj{"ideas": []string{s.id("idea")}} }},
	{op: "suggestIdeaGroups", who: readers, ok: 200},
	{op: "voteOnIdeas", who: takers, ok: 200, prepare: func(s *scene) { s.stepTo("vote") }, body: with(obj{"votes": []obj{}})},
	{op: "makeOutcome", who: facilitators, ok: 201, prepare: func(s *scene) { s.stepTo("act") }, body: func(s *scene, _ *person) any {
		return obj{"kind": "thread", "ideas": []string{s.id("idea")}}
	}},
	{op: "finishBrainstormTask", who: arrangers, ok: 200},
	{op: "reopenBrainstormTask", who: arrangers, ok: 200},
	{op: "getIdeaPicture", who: nobody(404)},
	{op: "exportBrainstorm", who: readers, ok: 200},
	// batons
	{op: "listBatons", who: signedIn, ok: 200},
	{op: "openBaton", who: readers, ok: 201, body: func(s *scene, p *person) any { return s.handing(toAnother(s, p)) }},
	{op: "getBaton", who: readers, ok: 200},
	{op: "changeBaton", who: among(author), ok: 200, body: func(s *scene, _ *person) any { return obj{"title": s.words("Anew")} }},
	{op: "handOnBaton", who: among(author), ok: 201, body: func(s *scene, _ *person) any { return obj{"to": s.insider.id} }},
	{op: "withdrawBaton", who: among(author), ok: 201, prepare: (*scene).offered},
	{op: "acceptBaton", who: among(insider), ok: 201, prepare: (*scene).offered},
	{op: "declineBaton", who: among(insider), ok: 201, prepare: (*scene).offered, body: func(s *scene, _ *person) any { return obj{"reason": s.words("Full")} }},
	{op: "passBaton", who: passer, ok: 201, prepare: (*scene).offered, body: func(s *scene, _ *person) any { return obj{"to": s.h.who[outsider].id} }},
	{op: "endBaton", who: among(author), ok: 201, body: func(s *scene, _ *person) any { return obj{"outcome": s.words("Done")} }},
	{op: "undoBaton", who: among(author), ok: 201, prepare: (*scene).endedBaton},
	{op: "listChains", who: signedIn, ok: 200},
	{op: "makeChain", who: readers, ok: 201, body: func(s *scene, _ *person) any { return s.chaining() }},
	{op: "getChain", who: readers, ok: 200},
	{op: "changeChain", who: leads, ok: 200, body: func(s *scene, _ *person) any { return s.chaining() }},
	{op: "endChain", who: leads, ok: 204},
	{op: "batonWays", who: readers, ok: 200},
	{op: "myEvening", who: signedIn, ok: 200},
	{op: "setMyEvening", who: signedIn, ok: 200, body: with(obj{"wanted": true})},
	// calendars
	{op: "listSubscriptions", who: signedIn, ok: 200},
	{op: "subscribeCalendar", who: signedIn, ok: 201, body: func(s *scene, _ *person) any { return s.h.subscribing() }, after: func(s *scene, p *person) {
		s.h.want(p, 204, "DELETE", "/me/subscriptions/"+s.ids["made"], nil)
	}},
	{op: "changeSubscription", who: ownOnly, ok: 200, body: with(obj{"counts_as_focus": true})},
	{op: "unsubscribeCalendar", who: ownOnly, ok: 204},
	{op: "refreshSubscription", who: ownOnly, ok: 201},
	{op: "listSubscriptionEvents", who: ownOnly, ok: 200},
	{op: "listFeeds", who: signedIn, ok: 200},
	{op: "makeFeed", who: signedIn, ok: 201, body: with(obj{"kind": "mine"})},
	{op: "endFeed", who: ownOnly, ok: 204},
	// clock
	{op: "getClock", who: nobody(0), ok: 200, public: true},
	{op: "advanceClock", who: nobody(403), body: with(obj{"by": "1h"})},
	// duty
	{op: "listDuty", who: signedIn, ok: 200},
	{op: "myDuty", who: signedIn, ok: 200},
	{op: "getDuty", who: colleagues, ok: 200, prepare: (*scene).rota},
	{op: "setDuty", who: teamMembers, ok: 200, body: func(s *scene, _ *person) any { return s.turns() }},
	{op: "endDuty", who: teamMembers, ok: 204, prepare: (*scene).rota},
	{op: "coverDuty", who: teamMembers, ok: 201, prepare: (*scene).rota, body: func(s *scene, _ *person) any {
		from, to := s.span(50, 60)
		return obj{"layer": s.ids["layer"], "person": s.author.id, "from": from, "to": to}
	}},
	{op: "uncoverDuty", who: teamMembers, ok: 204},
	{op: "offerSwap", who: offerer, ok: 201, prepare: (*scene).rota, body: func(s *scene, _ *person) any {
		from, to := s.span(50, 60)
		return obj{"layer": s.ids["layer"], "with": s.author.id, "from": from, "to": to}
	}},
	{op: "acceptSwap", who: ofTwo(insider, author), ok: 201},
	{op: "declineSwap", who: ofTwo(insider, author), ok: 201},
	{op: "withdrawSwap", who: ofTwo(author, insider), ok: 201},
	{op: "writeHandover", who: leaver, ok: 200, body: func(s *scene, _ *person) any { return obj{"going_on": s.words("All quiet")} }},
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
	{op: "getMyMail", who: signedIn, ok: 200},
	{op: "resumeMail", who: nobody(409)},
	{op: "rotateMail", who: signedIn, ok: 204},
	{op: "dropMailAlias", who: nobody(404)},
	{op: "confirmMail", who: ownOnly, ok: 204, body: with(obj{})},
	{op: "discardMail", who: ownOnly, ok: 204},
	{op: "getPostOriginal", who: readers, ok: 200},
	{op: "getPostOriginalFile", who: writerOnly, ok: 200},
	{op: "getSpaceMail", who: readers, ok: 200},
	{op: "mailIn", who: nobody(404), public: true, body: with([]byte("Subject: x\r\n\r\nx")), header: map[string]string{"Content-Type": "message/rfc822"}},
	// pages
	{op: "getUrgentPath", who: readers, ok: 200},
	{op: "setUrgentPath", who: leads, ok: 200, prepare: (*scene).pathVersion, body: func(s *scene, _ *person) any {
		return obj{"budget": 1000, "version": s.version, "steps": []any{obj{"people": []string{s.insider.id}, "minutes": 10}}}
	}},
	{op: "setPager", who: leads, ok: 200, body: with(obj{"url": "https://pager.example/1"})},
	{op: "endPager", who: leads, ok: 204},
	{op: "listPages", who: readers, ok: 200},
	{op: "getPage", who: readers, ok: 200},
	{op: "getPageOfAsk", who: readers, ok: 200, prepare: func(s *scene) { s.id("page") }},
	{op: "acknowledgePage", who: addressee, ok: 201},
	{op: "resolvePage", who: among(insider, author), ok: 201, body: with(obj{"note": "Restarted."})},
	{op: "judgePage", who: addressee, ok: 201, body: with(obj{"rightly": true})},
	{op: "myPages", who: signedIn, ok: 200},
	// push
	{op: "getPushKey", who: signedIn, ok: 200},
	{op: "listDevices", who: signedIn, ok: 200},
	{op: "addDevice", who: signedIn, ok: 201, body: func(s *scene, p *person) any { return s.subscription(p) }},
	{op: "renameDevice", who: ownOnly, ok: 200, body: with(obj{"name": "Desk"})},
	{op: "removeDevice", who: ownOnly, ok: 204},
	{op: "testDevice", who: ownOnly, ok: 204},
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
