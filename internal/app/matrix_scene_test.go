package app_test

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"example.org/meantime/internal/feature/mail"
)

// scene is one space with things in it. What a request may use up is made anew
// when it is asked for after renew.
type scene struct {
	h               *house
	closed          bool
	canary          string // stands in everything that only readers of the space may see
	author, insider *person
	space           string
	ids             map[string]string
	standing        string // a check-in that stays, of which there are reports
	version         int    // of the space's urgent path
}

// finch stands beside every canary, so that one can search for what must not be shown.
const finch = "zebrafinch"

func (h *house) scene(closed bool, canary string, author, insider *person) *scene {
	h.t.Helper()
	s := &scene{h: h, closed: closed, canary: canary, author: author, insider: insider, ids: map[string]string{}}
	body := map[string]any{"name": canary, "purpose": canary + " " + finch, "private": closed}
	if insider != author {
		body["members"] = []string{insider.id}
	}
	s.space = text(h.want(author, 201, "POST", "/spaces", body), "id")
	return s
}

func (s *scene) renew() { clear(s.ids) }

// id gives the thing that a path's parameter names, and makes it when there is none.
func (s *scene) id(name string) string {
	s.h.t.Helper()
	if name == "space" {
		return s.space
	}
	if x, ok := s.ids[name]; ok {
		return x
	}
	makers := map[string]func(){
		"thread": s.makeThread, "post": s.makeThread, "ask": s.makeThread, "file": s.makeFile, "person": s.makePerson,
		"team": s.makeTeam, "key": s.findKey, "digest": s.findDigest, "mail": s.findMail, "import": s.makeImport,
		"calendar": s.makeCalendar, "absence": s.makeAbsence, "invitation": s.makeInvitation, "door": s.makeInvitation,
		"cover": s.makeCover, "swap": s.makeSwap, "handover": s.makeHandover, "page": s.makePage,
		"version": s.makeVersion, "session": s.makeSession, "token": s.makeToken, "upload": s.makeUpload,
		"brainstorm": s.makeBrainstorm, "idea": s.makeBrainstorm, "group": s.makeBrainstorm, "note": s.makeBrainstorm, "outcome": s.makeOutcome,
		"name":         func() { s.ids["name"] = "mine" },
		"subscription": s.makeSubscription, "feed": s.makeFeed, "baton": s.makeBaton, "chain": s.makeChain,
		"device": s.makeDevice, "checkin": s.makeCheckin, "turn": s.makeCheckin, "report": s.makeReport, "blocker": s.makeBlocker,
		"decision": s.makeDecision,
		"held":     s.makeHeld, "mailed": s.makeMailed, "address": func() { s.ids["address"] = "nobody@one.example" },
	}
	if name == "emoji" {
		return "👍"
	}
	f, ok := makers[name]
	if !ok {
		s.h.t.Fatalf("the matrix does not know how to make a {%s}: add a maker to scene.id in matrix_scene_test.go", name)
	}
	f()
	if s.ids[name] == "" {
		s.h.t.Fatalf("there is no %s to try things on", name)
	}
	return s.ids[name]
}

// path fills the parameters of an operation's path.
func (s *scene) path(template string) string {
	s.h.t.Helper()
	template = strings.TrimPrefix(template, "/api/v1")
	parts := strings.Split(template, "/")
	for i, p := range parts {
		if name, ok := strings.CutPrefix(p, "{"); ok {
			name = strings.TrimSuffix(name, "}")
			if parts[i-1] == "by-token" {
				name = "door"
			}
			parts[i] = url.PathEscape(s.id(name))
		}
	}
	return strings.Join(parts, "/")
}

func (s *scene) words(what string) string { return fmt.Sprintf("%s %s %s", what, s.canary, finch) }

func (s *scene) asking(to ...string) map[string]any {
	return map[string]any{"kind": "reply", "to": map[string]any{"people": to}, "window": "4h", "urgency": "soon", "text": s.words("Could you look?")}
}

func (s *scene) makeThread() {
	s.h.t.Helper()
	body := map[string]any{"space": s.space, "title": s.words("Title"), "purpose": s.words("Purpose"), "markdown": s.words("Post")}
	if s.insider != s.author {
		body["asks"] = []any{s.asking(s.insider.id)}
	}
	made := s.h.want(s.author, 201, "POST", "/threads", body)
	s.ids["thread"], s.ids["post"], s.ids["ask"] = text(made, "thread", "id"), text(made, "post", "id"), text(made, "post", "asks", 0, "id")
}

func (s *scene) makeFile() {
	s.ids["file"] = s.uploaded(s.author, s.canary+".txt", "text/plain")
	s.h.want(s.author, 201, "POST", "/threads/"+s.id("thread")+"/posts", map[string]any{"markdown": s.words("A file"), "files": []string{s.ids["file"]}})
}

// uploaded sends a small file and gives its id.
func (s *scene) uploaded(p *person, name, kind string) string {
	s.h.t.Helper()
	body := []byte(s.canary)
	a := s.h.call(p, "POST", "/uploads", body, map[string]string{"Upload-Length": fmt.Sprint(len(body)), "Upload-Metadata": "filename " + base64Of(name) + ",filetype " + base64Of(kind), "Content-Type": "application/offset+octet-stream"})
	if a.status != 201 || a.header.Get("Upload-File") == "" {
		s.h.t.Fatalf("upload as %s: %d %s", p.role, a.status, a.body)
	}
	return a.header.Get("Upload-File")
}

func (s *scene) makeUpload() {
	a := s.h.call(s.insider, "POST", "/uploads", nil, map[string]string{"Upload-Length": "5"})
	s.ids["upload"] = last(a.header.Get("Location"))
}

// makePerson lets somebody in who is in the space and nowhere else.
func (s *scene) makePerson() {
	s.h.guests++
	p := s.h.letIn(role(fmt.Sprintf("spare%d", s.h.guests)), map[string]any{"role": "member"})
	s.h.want(s.author, 204, "PUT", "/spaces/"+s.space+"/members/"+p.id, nil)
	s.ids["person"] = p.id
}

func (s *scene) makeTeam() {
	s.h.guests++
	made := s.h.want(s.author, 201, "POST", "/teams", map[string]any{"name": fmt.Sprintf("Team %d", s.h.guests), "members": []string{s.insider.id}})
	s.ids["team"] = text(made, "id")
}

// makeVersion lets the team agree on something.
func (s *scene) makeVersion() {
	made := s.h.want(s.author, 200, "PUT", "/teams/"+s.id("team")+"/agreement", obj{"version": 0, "fields": obj{}, "prose": "We write.", "reason": "To begin with"})
	s.ids["version"] = fmt.Sprint(made.(obj)["version"])
}

// findKey finds a row of the insider's inbox that is for their information.
func (s *scene) findKey() {
	thread := s.id("thread")
	s.h.want(s.insider, 204, "PUT", "/threads/"+thread+"/follow", nil)
	s.h.want(s.author, 201, "POST", "/threads/"+thread+"/posts", map[string]any{"markdown": s.words("For your information"), "info": true})
	s.h.settle()
	s.ids["key"] = text(s.h.want(s.insider, 200, "GET", "/inbox?tab=info", nil), "items", 0, "key")
}

func (s *scene) findDigest() {
	s.ids["digest"] = text(s.h.want(s.insider, 200, "GET", "/digests", nil), "items", 0, "id")
}

func (s *scene) findMail() {
	s.ids["mail"] = text(s.h.want(s.h.who[owner], 200, "GET", "/outbox", nil), "items", 0, "id")
}

// byMail sends a mail to somebody's own address of the space.
func (s *scene) byMail(p *person, from string) {
	s.h.t.Helper()
	s.h.guests++
	own := text(s.h.want(p, 200, "GET", "/spaces/"+s.space+"/mail", nil), "own")
	raw := fmt.Sprintf("From: %s\r\nTo: %s\r\nSubject: %s %d\r\nMessage-ID: <%d@one.example>\r\n\r\n%s\r\n", from, own, s.words("By mail"), s.h.guests, s.h.guests, s.words("By mail"))
	if err := s.h.app.Mail.Accept(s.h.t.Context(), mail.Envelope{Recipient: own}, []byte(raw)); err != nil {
		s.h.t.Fatal(err)
	}
}

// makeHeld sends a mail in the insider's name from elsewhere, which waits for their word.
func (s *scene) makeHeld() {
	s.byMail(s.insider, "somebody@else.example")
	s.h.settle()
	s.ids["held"] = text(s.h.want(s.insider, 200, "GET", "/me/mail", nil), "held", 0, "id")
}

// makeMailed has the author start a thread by mail.
func (s *scene) makeMailed() {
	s.byMail(s.author, s.author.email)
	s.h.settle()
	newest := s.h.want(s.author, 200, "GET", "/threads?space="+s.space, nil)
	if title := text(newest, "items", 0, "title"); !strings.HasSuffix(title, fmt.Sprintf(" %d", s.h.guests)) {
		s.h.t.Fatalf("the newest thread is %q, not the one that came by mail", title)
	}
	thread := text(newest, "items", 0, "id")
	s.ids["mailed"] = text(s.h.want(s.author, 200, "GET", "/threads/"+thread+"/posts", nil), "items", 0, "id")
}

// makeImport begins one; a workspace has one at a time, so what went before is over.
func (s *scene) makeImport() {
	for _, i := range s.h.want(s.h.who[owner], 200, "GET", "/imports", nil).(obj)["items"].([]any) {
		s.h.call(s.h.who[owner], "DELETE", "/imports/"+text(i, "id"), nil, nil)
	}
	file := s.uploaded(s.h.who[owner], "export.zip", "application/zip")
	made := s.h.want(s.h.who[owner], 201, "POST", "/imports/slack", map[string]any{"upload": file, "dry_run": true})
	s.ids["import"] = text(made, "id")
}

const holidays = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20261225\r\nSUMMARY:Christmas\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

func (s *scene) makeCalendar() {
	s.ids["calendar"] = text(s.h.want(s.author, 201, "POST", "/calendars", map[string]any{"name": "Holidays", "ics": holidays}), "id")
}

func (s *scene) makeAbsence() {
	s.h.guests++
	day := fmt.Sprintf("2027-%02d-%02d", 1+s.h.guests/28%12, 1+s.h.guests%28)
	s.ids["absence"] = text(s.h.want(s.insider, 201, "POST", "/me/absences", map[string]any{"from": day, "to": day, "reason": "Away"}), "id")
}

func (s *scene) makeInvitation() {
	made := s.h.want(s.insider, 201, "POST", "/invitations", map[string]any{"role": "member"})
	s.ids["invitation"], s.ids["door"] = text(made, "id"), last(text(made, "link"))
}

func (s *scene) makeSession() {
	other := *s.insider
	s.h.signIn(&other)
	list := s.h.want(&other, 200, "GET", "/sessions", nil).(map[string]any)["items"].([]any)
	for _, x := range list {
		if m := x.(map[string]any); m["current"] == true {
			s.ids["session"] = text(m, "id")
		}
	}
}

func (s *scene) makeSubscription() {
	have := s.h.want(s.insider, 200, "GET", "/me/subscriptions", nil)
	for i := 0; text(have, "items", i, "id") != ""; i++ { // there is a most of them
		s.h.want(s.insider, 204, "DELETE", "/me/subscriptions/"+text(have, "items", i, "id"), nil)
	}
	s.ids["subscription"] = text(s.h.want(s.insider, 201, "POST", "/me/subscriptions", s.h.subscribing()), "id")
}

func (s *scene) makeFeed() {
	s.ids["feed"] = text(s.h.want(s.insider, 201, "POST", "/me/feeds", map[string]any{"kind": "mine"}), "id")
}

func (s *scene) makeToken() {
	s.ids["token"] = text(s.h.want(s.insider, 201, "POST", "/tokens", map[string]any{"name": "A program"}), "id")
}

// subscription is what a browser says that lets itself be told; the same person in
// the same scene has the same browser. The keys are those of the standard's example.
func (s *scene) subscription(p *person) obj {
	return obj{
		"name": "A browser", "endpoint": s.h.sink + "/" + string(p.role) + "/" + s.canary, "auth": "BTBZMqHH6r4Tts7J_aSIgg",
		"p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
	}
}

func (s *scene) makeDevice() {
	s.ids["device"] = text(s.h.want(s.insider, 201, "POST", "/me/devices", s.subscription(s.insider)), "id")
}

// rota gives the scene's team a rota: the insider and the author take turns by the day.
func (s *scene) rota() {
	if s.ids["rota"] != "" {
		return
	}
	made := s.h.want(s.author, 200, "PUT", "/teams/"+s.id("team")+"/duty", s.turns())
	s.ids["rota"], s.ids["layer"] = text(made, "team", "id"), text(made, "layers", 0, "id")
}

// turns is a rota whose first turn, the insider's, began on the day before.
func (s *scene) turns() obj {
	day := s.h.clock.Now().Time().AddDate(0, 0, -1).Format("2006-01-02")
	return obj{"layers": []any{obj{"zone": "UTC", "start": day, "handover": "00:00", "days": 28, "people": []string{s.insider.id, s.author.id}}}}
}

func (s *scene) span(from, to int) (string, string) {
	at := func(hours int) string {
		return s.h.clock.Now().Time().Add(time.Duration(hours) * time.Hour).Format(time.RFC3339)
	}
	return at(from), at(to)
}

func (s *scene) makeCover() {
	s.rota()
	from, to := s.span(50, 60)
	made := s.h.want(s.author, 201, "POST", "/teams/"+s.id("team")+"/duty/covers", obj{"layer": s.ids["layer"], "person": s.author.id, "from": from, "to": to})
	s.ids["cover"] = text(made, "covers", 0, "id")
}

// makeSwap: the author offers what a cover gave them to the insider.
func (s *scene) makeSwap() {
	s.id("cover")
	from, to := s.span(51, 59)
	made := s.h.want(s.author, 201, "POST", "/teams/"+s.id("team")+"/duty/swaps", obj{"layer": s.ids["layer"], "with": s.insider.id, "from": from, "to": to})
	s.ids["swap"] = text(made, "id")
}

// makeHandover: the insider's turn ends within the hour, because the author covers.
func (s *scene) makeHandover() {
	s.rota()
	from, to := s.span(1, 20)
	s.h.want(s.author, 201, "POST", "/teams/"+s.id("team")+"/duty/covers", obj{"layer": s.ids["layer"], "person": s.author.id, "from": from, "to": to})
	s.h.settle()
	s.ids["handover"] = text(s.h.want(s.insider, 200, "GET", "/teams/"+s.id("team")+"/duty", nil), "handovers", 0, "id")
}

func (s *scene) urgent(to ...string) obj {
	ask := s.asking(to...)
	ask["urgency"], ask["reason"], ask["otherwise"], ask["second_reason"] = "urgent", s.words("Why"), s.words("Else"), s.words("Still")
	return ask
}

// makePage asks the insider something urgent, in their hours.
func (s *scene) makePage() {
	thread := s.id("thread")
	made := s.h.want(s.author, 201, "POST", "/threads/"+thread+"/asks", s.urgent(s.insider.id))
	s.ids["ask"] = text(made, "id")
	s.ids["page"] = text(s.h.want(s.insider, 200, "GET", "/asks/"+s.ids["ask"]+"/page", nil), "id")
}

func (s *scene) pathVersion() {
	v, _ := s.h.want(s.author, 200, "GET", "/spaces/"+s.space+"/urgent", nil).(obj)["version"].(float64)
	s.version = int(v)
}
