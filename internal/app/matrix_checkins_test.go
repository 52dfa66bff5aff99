package app_test

import (
	"time"
)

// begun is a check-in of the scene that is asked at this very minute.
func (s *scene) begun() obj {
	lisbon, err := time.LoadLocation("Europe/Lisbon")
	if err != nil {
		s.h.t.Fatal(err)
	}
	return obj{
		"space": s.space, "template": "standup", "name": s.words("Stand-up"), "people": []string{s.insider.id, s.author.id},
		"rhythm": obj{"every": "day", "at": "clock", "clock": s.h.clock.Now().Time().In(lisbon).Format("15:04")},
	}
}

func (s *scene) makeCheckin() {
	s.h.t.Helper()
	s.ids["checkin"] = text(s.h.want(s.author, 201, "POST", "/checkins", s.begun()), "id")
	s.h.settle()
	s.ids["turn"] = s.turnOf(s.insider)
}

// turnOf is what the scene's check-in expects of somebody.
func (s *scene) turnOf(p *person) string {
	mine := s.h.want(p, 200, "GET", "/me/checkins", nil)
	for i := 0; text(mine, "items", i, "turn") != ""; i++ {
		if text(mine, "items", i, "checkin") == s.ids["checkin"] {
			return text(mine, "items", i, "turn")
		}
	}
	return ""
}

func (s *scene) saying() obj {
	return obj{"answers": []obj{{"question": "done", "text": s.words("Done")}}, "blockers": []obj{{"words": s.words("Waiting"), "what": s.words("Paint")}}}
}

// checkedIn has the insider answer.
func checkedIn(s *scene) {
	turn := s.id("turn")
	if s.ids["blocker"] == "" {
		s.ids["blocker"] = text(s.h.want(s.insider, 200, "PUT", "/checkin-turns/"+turn+"/answer", s.saying()), "answer", "blockers", 0, "id")
	}
}

func (s *scene) makeBlocker() { checkedIn(s) }

// reported begins the check-in of whose answers the insider will be told in the morning.
func (s *scene) reported() {
	s.makeCheckin()
	s.standing = s.ids["checkin"]
	s.h.want(s.author, 200, "PUT", "/checkin-turns/"+s.turnOf(s.author)+"/answer", s.saying())
}

func (s *scene) makeReport() {
	s.ids["report"] = text(s.h.want(s.insider, 200, "GET", "/checkins/"+s.standing+"/reports", nil), "items", 0, "id")
}

func checkinPaused(s *scene) {
	if x := s.id("checkin"); s.ids["paused"] == "" {
		s.h.want(s.author, 200, "PUT", "/checkins/"+x+"/pause", obj{})
		s.ids["paused"] = "yes"
	}
}

// matrixCheckins has the rows of check-ins.
var matrixCheckins = []row{
	{op: "listCheckins", who: signedIn, ok: 200},
	{op: "listCheckins", who: readers, ok: 200, query: func(s *scene) string { return "space=" + s.space }},
	{op: "makeCheckin", who: readers, ok: 201, body: func(s *scene, _ *person) any { return s.begun() }},
	{op: "makeCheckin", who: readers, ok: 201, body: func(s *scene, _ *person) any {
		return obj{"space": s.space, "template": "weekly", "team": s.id("team"), "hidden": true}
	}},
	{op: "checkinTemplates", who: signedIn, ok: 200},
	{op: "getCheckin", who: readers, ok: 200},
	{op: "changeCheckin", who: leads, ok: 200, body: func(s *scene, _ *person) any {
		return obj{
			"version": 1, "name": s.words("Weekly"), "people": []string{s.insider.id}, "questions": []obj{{"kind": "mood", "text": s.words("How")}},
			"rhythm": obj{"every": "week", "weekdays": []string{"fri"}},
		}
	}},
	{op: "pauseCheckin", who: leads, ok: 200, body: with(obj{})},
	{op: "resumeCheckin", who: leads, ok: 200, prepare: checkinPaused},
	{op: "endCheckin", who: leads, ok: 201, body: func(s *scene, _ *person) any { return obj{"outcome": s.words("Outcome")} }},
	{op: "followCheckin", who: readers, ok: 204},
	{op: "unfollowCheckin", who: readers, ok: 204},
	{op: "listCheckinAnswers", who: readers, ok: 200, prepare: checkedIn},
	{op: "listCheckinAnswers", who: readers, ok: 200, query: func(s *scene) string { return "person=" + s.insider.id }},
	{op: "exportCheckin", who: readers, ok: 200, prepare: checkedIn},
	{op: "latestCheckinReport", who: readers, ok: 200, prepare: checkedIn},
	{op: "listCheckinReports", who: readers, ok: 200},
	{op: "listCheckinBlockers", who: readers, ok: 200, prepare: checkedIn},
	{op: "getCheckinFigures", who: readers, ok: 200},
	{op: "getCheckinReport", who: ownOnly, ok: 200},
	{op: "settleCheckinBlocker", who: addressee, ok: 201, body: with(obj{})},
	{op: "getCheckinTurn", who: ownOnly, ok: 200},
	{op: "getCheckinTurn", who: readers, ok: 200, prepare: checkedIn},
	{op: "draftCheckinAnswer", who: ownOnly, ok: 200, body: func(s *scene, _ *person) any {
		return obj{"answers": []obj{{"question": "next", "text": s.words("Next")}}}
	}},
	{op: "answerCheckin", who: ownOnly, ok: 200, body: func(s *scene, _ *person) any { return s.saying() }},
	{op: "answerCheckin", who: ownOnly, ok: 200, body: func(s *scene, _ *person) any {
		return obj{"blockers": []obj{{"words": s.words("Waiting"), "person": s.author.id, "window": "4h"}}}
	}},
	{op: "answerCheckin", who: addressee, ok: 200, prepare: checkedIn, body: with(obj{"nothing": true})},
	{op: "withdrawCheckinAnswer", who: addressee, ok: 200, prepare: checkedIn},
	{op: "skipCheckin", who: ownOnly, ok: 201, body: with(obj{})},
	{op: "previewCheckin", who: readers, ok: 200, body: func(s *scene, _ *person) any {
		return obj{"space": s.space, "people": []string{s.insider.id}, "rhythm": obj{"every": "day"}}
	}},
	{op: "checkinBank", who: signedIn, ok: 200},
	{op: "takeOverCheckin", who: leads, ok: 200},
	{op: "myCheckinReports", who: signedIn, ok: 200},
	{op: "myCheckins", who: signedIn, ok: 200},
}

func init() { matrix = append(matrix, matrixCheckins...) }
