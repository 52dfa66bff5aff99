package journeys_test

import (
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/app"
	"example.org/meantime/internal/feature/mail"
)

// outside is a decision of Ana's to which somebody from outside is invited.
type outside struct {
	*team
	path string
}

// forOutside opens a decision in which Kofi and Ana have eight hours each.
func forOutside(tm *team, rules map[string]any) outside {
	tm.t.Helper()
	made := tm.ana.do("POST", "/decisions", map[string]any{
		"space": tm.space, "title": "Which logo?", "kind": "approval", "people": []string{tm.ids["kofi"]}, "open": true,
		"options": []any{map[string]any{"name": "Anchor"}, map[string]any{"name": "Boat"}}, "rules": rules,
	}, 201)
	return outside{tm, "/decisions/" + str(made, "id")}
}

var eightHours = map[string]any{"fair": 480}

// invite invites an address, and gives the door that the link opens.
func (o outside) invite(email string) (door string, made map[string]any) {
	o.t.Helper()
	made = o.ana.do("POST", o.path+"/guests", map[string]any{"email": email, "name": "Gus"}, 201)
	link := str(made, "link")
	return "/invitations/by-token/" + link[strings.LastIndex(link, "/")+1:], made
}

func accepted(name string) map[string]any {
	return map[string]any{"name": name, "password": "correct horse battery", "zone": "Europe/Lisbon"}
}

// Somebody from outside is invited to one decision in one step: a mail says so, they
// accept, are entitled at once, and vote; the end waits for their hours, and they see
// nothing else.
func TestInvitedFromOutside(t *testing.T) {
	mailWorlds(t, workday, func(t *testing.T, w *world, post *postOffice) {
		o := forOutside(newTeam(w, post), eightHours)
		door, made := o.invite(" Gus@Outside.example ")
		if at(made, "invited", "mailed") != true || str(made, "invited", "email") != "gus@outside.example" {
			t.Errorf("the invitation is told as %v", made)
		}
		w.settle()
		mail := post.last("gus@outside.example")
		for _, want := range []string{"Hello Gus,", "Ana Lima of ", "Which logo?", str(made, "link"), "8 hours of your own working", "Nothing more is sent to you"} {
			if !strings.Contains(mail.Text, want) {
				t.Errorf("the mail does not say %q:\n%s\n%s", want, mail.GetHeader("Subject"), mail.Text)
			}
		}
		if len(post.to("gus@outside.example")) != 1 || mail.GetHeader("Auto-Submitted") != "auto-generated" {
			t.Errorf("%d mails went out, the last as %q", len(post.to("gus@outside.example")), mail.GetHeader("Auto-Submitted"))
		}
		for _, row := range o.ana.list("/outbox") {
			if str(row, "kind") == "invitation" && (str(row, "state") != "sent" || strings.Contains(o.ana.get("/outbox/" + str(row, "id"))["text"].(string), "/invite/")) {
				t.Errorf("the outbox keeps the link of a mail that is out: %v", row)
			}
		}
		o.onlyLeadersSee(t, "gus@outside.example")

		w.clock.Advance(6 * time.Hour) // 16:00 in Lisbon
		gus := w.visitor()
		if face := gus.get(door); str(face, "about") != "Which logo?" || str(face, "path") != o.path || str(face, "over") != "" {
			t.Fatalf("the door says %v", face)
		}
		w.settle()
		before := w.instant(o.ana.get(o.path), "ends_at")
		gus.do("POST", door+"/acceptance", accepted("Gus Guest"), 201)
		mine := gus.get(o.path) // at once: nothing has to be heard first
		if at(mine, "mine", "guest") != true || !w.instant(mine, "mine", "from").Equal(w.clock.Now().Time()) {
			t.Errorf("having accepted, the guest stands to it as %v", at(mine, "mine"))
		}
		share, end := w.instant(mine, "mine", "share_at"), w.instant(mine, "ends_at")
		if want := time.Date(2026, 10, 7, 15, 0, 0, 0, time.UTC); !share.Equal(want) { // an hour is left, and seven of Wednesday
			t.Errorf("their share is had by %s, want %s", share, want)
		}
		if !end.Equal(share) || !end.After(before) {
			t.Errorf("it ends %s and did %s before, want %s", end, before, share)
		}
		if left := at(o.ana.get(o.path), "awaited"); len(left.([]any)) != 0 {
			t.Errorf("still awaited: %v", left)
		}
		gus.do("PUT", o.path+"/ballot", map[string]any{"approved": []string{"B"}}, 200)
		o.seesNothingElse(t, gus)

		again := w.visitor()
		again.do("GET", door, nil, 404)
		again.do("POST", door+"/acceptance", accepted("Gus Again"), 404)
		o.ana.do("POST", o.path+"/guests", map[string]any{"email": "gus@outside.example"}, 409) // entitled already
	})
}

// onlyLeadersSee holds that addresses are told to whoever may invite, and nowhere else.
func (o outside) onlyLeadersSee(t *testing.T, email string) {
	t.Helper()
	if got := str(o.ana.get(o.path), "awaited", 0, "email"); got != email {
		t.Errorf("Ana awaits %q, want %q", got, email)
	}
	if got := at(o.kofi.get(o.path), "awaited"); len(got.([]any)) != 0 {
		t.Errorf("Kofi sees %v", got)
	}
	for _, format := range []string{"json", "csv", "markdown"} {
		if _, file := o.ana.file(o.path + "/export?format=" + format); strings.Contains(file, "outside.example") {
			t.Errorf("the export as %s has the address:\n%s", format, file)
		}
	}
	o.kofi.do("POST", o.path+"/guests", map[string]any{"email": "friend@outside.example"}, 403)
	o.kofi.do("DELETE", o.path+"/guests/"+str(o.ana.get(o.path), "awaited", 0, "id"), nil, 403)
}

func (o outside) seesNothingElse(t *testing.T, gus *visitor) {
	t.Helper()
	thread := str(o.ana.get(o.path), "thread")
	for _, p := range []string{"/threads/" + thread, "/threads/" + thread + "/posts", "/spaces/" + o.space} {
		gus.do("GET", p, nil, 404)
	}
	for _, p := range []string{"/spaces", "/threads", "/search?q=logo"} {
		if list := gus.list(p); len(list) != 0 {
			t.Errorf("the guest finds at %s: %v", p, list)
		}
	}
	for _, p := range gus.list("/people") {
		if str(p, "name") != "Gus Guest" {
			t.Errorf("the guest sees %s among the people", str(p, "name"))
		}
	}
	if list := gus.list("/invitations"); len(list) != 0 {
		t.Errorf("the guest sees invitations: %v", list)
	}
	gus.do("POST", o.path+"/guests", map[string]any{"email": "friend@outside.example"}, 403)
}

// An invitation can be taken back, from the decision or where all invitations are; its
// link is good for nothing then.
func TestGuestsTakenBack(t *testing.T) {
	mailWorlds(t, workday, func(t *testing.T, w *world, post *postOffice) {
		o := forOutside(newTeam(w, post), eightHours)
		door, made := o.invite("gus@outside.example")
		o.ana.do("POST", o.path+"/guests", map[string]any{"email": "GUS@outside.example"}, 409)
		o.ana.do("POST", o.path+"/guests", map[string]any{"email": "no address"}, 422)
		o.ana.do("POST", o.path+"/guests", map[string]any{"email": "may@outside.example", "until": w.clock.Now().Add(time.Hour).Time()}, 422)
		o.ana.do("DELETE", o.path+"/guests/"+str(made, "invited", "id"), nil, 200)
		w.visitor().do("GET", door, nil, 404)
		w.visitor().do("POST", door+"/acceptance", accepted("Gus Guest"), 404)
		w.settle()
		if n := len(post.to("gus@outside.example")); n != 0 {
			t.Errorf("%d mails left with a link that is good for nothing", n)
		}

		door, made = o.invite("gus@outside.example")
		o.ana.do("DELETE", "/invitations/"+str(made, "invited", "id"), nil, 204)
		w.settle()
		if left := at(o.ana.get(o.path), "awaited"); len(left.([]any)) != 0 {
			t.Errorf("still awaited: %v", left)
		}
		w.visitor().do("POST", door+"/acceptance", accepted("Gus Guest"), 404)

		door, _ = o.invite("gus@outside.example") // and runs out
		w.clock.Advance(8 * 24 * time.Hour)
		w.visitor().do("POST", door+"/acceptance", accepted("Gus Guest"), 404)
		if n := len(o.ana.list("/people")); n != 3 {
			t.Errorf("%d people are here, want 3", n)
		}
	})
}

// A mail that does not arrive is told to whoever invited, whether the server refuses it at
// once or sends it back later, and to nobody else. They can invite anew.
func TestGuestsWhoseMailDoesNotArrive(t *testing.T) {
	mailWorlds(t, workday, func(t *testing.T, w *world, post *postOffice) {
		o := forOutside(newTeam(w, post), map[string]any{"fair": 4800})
		returned := func() string { return str(o.ana.get(o.path), "awaited", 0, "returned") }
		post.unknown = "gus@outside.example"
		o.invite("gus@outside.example")
		if got := returned(); got != "" {
			t.Errorf("before it left it is said to have come back: %s", got)
		}
		w.settle()
		if got := returned(); !strings.Contains(got, "No such user") {
			t.Errorf("the refusal is told as %q", got)
		}
		o.onlyLeadersSee(t, "gus@outside.example")
		w.forward(o.ana, workday.Add(24*time.Hour))
		told := false
		for _, mail := range post.to("ana@northwind.example") {
			told = told || strings.Contains(mail.Text, "An invitation did not arrive") && strings.Contains(mail.Text, "gus@outside.example")
		}
		if !told {
			t.Errorf("no digest of Ana's says so; the last:\n%s", post.last("ana@northwind.example").Text)
		}

		o.ana.do("DELETE", o.path+"/guests/"+str(o.ana.get(o.path), "awaited", 0, "id"), nil, 200)
		post.unknown = ""
		door, _ := o.invite("gus@outside.example")
		w.settle()
		back := post.from[len(post.from)-1]
		for i, who := range []string{"somebody.else@outside.example", "gus@outside.example"} {
			if err := w.app.Mail.Accept(t.Context(), mail.Envelope{Door: "smtp", Recipient: back}, []byte(bounce(i, who))); err != nil {
				t.Fatal(err)
			}
			w.settle()
			if got := returned(); (got != "") != (i == 1) {
				t.Errorf("after a bounce of %s it is told as %q", who, got)
			}
		}
		gus := w.visitor() // the link is good all the same
		gus.do("POST", door+"/acceptance", accepted("Gus Guest"), 201)
		if at(gus.get(o.path), "mine", "guest") != true {
			t.Error("the guest is not entitled")
		}
	})
}

// Where there is nothing to come to any more, nobody is let in: the decision has ended, or
// whoever invited them leads it no longer.
func TestGuestsTooLate(t *testing.T) {
	mailWorlds(t, workday, func(t *testing.T, w *world, post *postOffice) {
		tm := newTeam(w, post)
		o := forOutside(tm, eightHours)
		door, _ := o.invite("gus@outside.example")
		w.forward(tm.ana, workday.Add(3*24*time.Hour))
		gus := w.visitor()
		if face := gus.get(door); !strings.Contains(str(face, "over"), "has ended") {
			t.Errorf("the door says %v", face)
		}
		no := gus.do("POST", door+"/acceptance", accepted("Gus Guest"), 409)
		if str(no, "code") != "decision_over" {
			t.Errorf("the refusal is %v", no)
		}
		gus.do("POST", "/sessions", map[string]any{"email": "gus@outside.example", "password": "correct horse battery"}, 401)
		o.ana.do("POST", o.path+"/guests", map[string]any{"email": "may@outside.example"}, 409)

		o = forOutside(tm, map[string]any{"fair": 4800})
		tm.ana.do("PUT", o.path+"/decider", map[string]any{"decider": tm.ids["kofi"]}, 200)
		late := tm.kofi.do("POST", o.path+"/guests", map[string]any{"email": "may@outside.example"}, 201)
		tm.ana.do("PUT", o.path+"/decider", map[string]any{"decider": tm.ids["mei"]}, 200)
		link := str(late, "link")
		no = w.visitor().do("POST", "/invitations/by-token/"+link[strings.LastIndex(link, "/")+1:]+"/acceptance", accepted("May"), 404)
		if str(no, "code") != "invitation_closed" {
			t.Errorf("the refusal is %v", no)
		}
		if n := len(tm.ana.list("/people")); n != 3 {
			t.Errorf("%d people are here, want 3", n)
		}
	})
}

// Who is here already is entitled at once; who is invited to two decisions comes to both
// by either link, for the longer of the two times.
func TestGuestsHereAlreadyAndTwice(t *testing.T) {
	mailWorlds(t, workday, func(t *testing.T, w *world, post *postOffice) {
		tm := newTeam(w, post)
		one, two := forOutside(tm, eightHours), forOutside(tm, map[string]any{"fair": 4800})
		mei := str(tm.mei.get("/me"), "person", "email")
		here := one.ana.do("POST", one.path+"/guests", map[string]any{"email": mei}, 201)
		if str(here, "here", "name") != "Mei Tanaka" || str(here, "link") != "" || at(here, "invited") != nil {
			t.Errorf("who is here already is told as %v", here)
		}
		if at(tm.mei.get(one.path), "mine", "guest") != false {
			t.Error("Mei reads the space, and is a guest of the decision")
		}
		door, _ := one.invite("gus@outside.example")
		other, longer := two.invite("gus@outside.example")
		gus := w.visitor()
		me := gus.do("POST", door+"/acceptance", accepted("Gus Guest"), 201)
		for _, o := range []outside{one, two} {
			if at(gus.get(o.path), "mine", "guest") != true {
				t.Errorf("the guest is not entitled in %s", o.path)
			}
		}
		if got, want := w.instant(tm.ana.get("/people/"+str(me, "person", "id")), "guest_until"), w.instant(longer, "invited", "until"); !got.Equal(want) {
			t.Errorf("the guest's time ends %s, want %s", got, want)
		}
		w.visitor().do("GET", other, nil, 404)
		w.settle()
		n := 0
		for _, mail := range post.to("gus@outside.example") {
			if mail.GetHeader("Subject") == "Ana Lima asks you in a decision: Which logo?" {
				n++
			}
		}
		if n != 2 {
			t.Errorf("%d invitations went out, want 2", n)
		}
	})
}

// Where no mail is sent the link is all there is, and it is said that no mail went out.
func TestGuestsWithoutMail(t *testing.T) {
	w := newWorld(t, workday, "", func(o *app.Options) { o.Demo = false })
	o := forOutside(newTeam(w, nil), eightHours)
	door, made := o.invite("gus@outside.example")
	if at(made, "invited", "mailed") != false {
		t.Errorf("a mail is said to be on its way: %v", made)
	}
	gus := w.visitor()
	gus.do("POST", door+"/acceptance", accepted("Gus Guest"), 201)
	if at(gus.get(o.path), "mine", "guest") != true {
		t.Error("the guest is not entitled")
	}
	if list := o.ana.list("/outbox"); len(list) != 0 {
		t.Errorf("the outbox holds %v", list)
	}
}
