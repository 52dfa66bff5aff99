package journeys_test

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jhillyerd/enmime/v2"
)

// back is a story of Kofi, who is away from Wednesday to Friday and has nothing but a mail
// program on his first morning back.
type back struct {
	*team
	asked map[string]string // asks by the title of their thread
	paths map[string]string // of what came to its end meanwhile, by title
}

// october12 is Monday, 09:00 for Kofi.
var october12 = time.Date(2026, 10, 12, 9, 0, 0, 0, time.UTC)

func awayWithMail(w *world, post *postOffice) *back {
	w.t.Helper()
	k := &back{team: newTeam(w, post), asked: map[string]string{}, paths: map[string]string{}}
	k.beforeHeLeaves()
	w.forward(k.ana, time.Date(2026, 10, 6, 23, 0, 0, 0, time.UTC))
	before := len(post.to("kofi@"))
	w.forward(k.ana, time.Date(2026, 10, 7, 9, 30, 0, 0, time.UTC))
	k.whileHeIsAway()
	w.forward(k.ana, october12.Add(-time.Minute))
	if n := len(post.to("kofi@")) - before; n != 0 {
		w.t.Fatalf("he got %d mails while he was away", n)
	}
	w.forward(k.ana, october12.Add(time.Hour))
	if n := len(post.to("kofi@")) - before; n != 1 {
		w.t.Fatalf("he got %d mails on his first morning, want one", n)
	}
	return k
}

// beforeHeLeaves is Tuesday: he opens a thread, votes, has an idea, and pages Ana.
func (k *back) beforeHeLeaves() {
	k.t.Helper()
	people := []string{k.ids["kofi"], str(k.ana.get("/me"), "person", "id")}
	plan := k.kofi.do("POST", "/threads", map[string]any{"space": k.space, "title": "The roof", "markdown": "I would do it in spring."}, 201)
	k.paths["The roof"] = "/threads/" + str(plan, "thread", "id")
	vote := k.ana.do("POST", "/decisions", map[string]any{
		"space": k.space, "title": "Which logo?", "kind": "majority", "people": people, "open": true,
		"options": []any{map[string]any{"name": "Anchor"}, map[string]any{"name": "Boat"}}, "rules": map[string]any{"fair": 960, "early": true},
	}, 201)
	k.paths["Which logo?"] = "/decisions/" + str(vote, "id")
	k.kofi.do("PUT", k.paths["Which logo?"]+"/ballot", map[string]any{"choice": "B"}, 200)
	storm := k.ana.do("POST", "/brainstorms", map[string]any{
		"space": k.space, "title": "Quieter nights", "people": people, "plan": []any{map[string]any{"phase": "collect", "window": "16h"}},
	}, 201)
	k.paths["Quieter nights"] = "/brainstorms/" + str(storm, "id")
	k.kofi.do("PUT", k.paths["Quieter nights"]+"/own-ideas/one", map[string]any{"text": "Thicker doors"}, 200)
	k.ana.do("PUT", "/spaces/"+k.space+"/urgent", map[string]any{"budget": 3, "steps": []any{map[string]any{"people": people[1:], "minutes": 30}}}, 200)
	page := k.kofi.do("POST", "/threads", map[string]any{"space": k.space, "title": "The shop is down", "markdown": "Please look.", "asks": []any{map[string]any{
		"kind": "do", "to": map[string]any{"people": people[1:]}, "window": "4h", "urgency": "urgent", "reason": "Nobody can buy.", "otherwise": "We lose orders.",
	}}}, 201)
	k.asked["The shop is down"] = str(page, "post", "asks", 0, "id")
	k.paths["The shop is down"] = "/threads/" + str(page, "thread", "id")
	k.kofi.do("POST", "/me/absences", map[string]any{"from": "2026-10-07", "to": "2026-10-10"}, 201)
	k.settle()
}

// whileHeIsAway is Wednesday: four things are asked of him, and four come to their end.
func (k *back) whileHeIsAway() {
	k.t.Helper()
	for title, kind := range map[string]string{"The pier": "reply", "The budget": "approve", "The crane": "review"} {
		made := k.ana.do("POST", "/threads", map[string]any{"space": k.space, "title": title, "markdown": "Please say.", "asks": []any{
			map[string]any{"kind": kind, "to": map[string]any{"people": []string{k.ids["kofi"]}}, "window": "1d"},
		}}, 201)
		k.asked[title] = str(made, "post", "asks", 0, "id")
		k.paths[title] = "/threads/" + str(made, "thread", "id") + "#" + str(made, "post", "id")
	}
	k.ana.do("POST", k.paths["The roof"]+"/posts", map[string]any{"markdown": "Spring it is."}, 201)
	k.ana.do("POST", k.paths["The roof"]+"/conclusion", map[string]any{"markdown": "We do it in *spring*."}, 201)
	k.ana.do("PUT", k.paths["Which logo?"]+"/ballot", map[string]any{"choice": "B"}, 200)
	k.settle()
	k.ana.do("POST", k.paths["Which logo?"]+"/outcome", map[string]any{"markdown": "The **boat**.", "chosen": []string{"B"}}, 201)
	k.ana.do("POST", k.paths["Quieter nights"]+"/steps", map[string]any{"from": "collect", "sure": true}, 200)
	k.ana.do("POST", k.paths["Quieter nights"]+"/conclusion", map[string]any{"markdown": "Doors first.", "sure": true}, 200)
	page := str(k.ana.get("/asks/"+k.asked["The shop is down"]+"/page"), "id")
	k.ana.do("POST", "/pages/"+page+"/acknowledgement", nil, 201)
	k.ana.do("POST", "/pages/"+page+"/resolution", map[string]any{"note": "Restarted it."}, 201)
	shop := strings.TrimPrefix(k.paths["The shop is down"], "/threads/")
	k.ana.do("POST", "/threads/"+shop+"/conclusion", map[string]any{"markdown": "It was the cable."}, 201)
	k.settle()
}

// sections lists the lines of a mail as text, each behind the name of its section and with
// where it leads.
func sections(e *enmime.Envelope) (out []string) {
	section := ""
	lines := strings.Split(strings.ReplaceAll(e.Text, "\r\n", "\n"), "\n")
	for i, l := range lines {
		switch {
		case l == "What still matters", l == "Decided meanwhile", l == "Answered by others", l == "Everything else":
			section = l
		case strings.HasPrefix(l, "* "):
			out = append(out, section+": "+dues.ReplaceAllString(l[2:], ""))
		case strings.HasPrefix(l, "  http://meantime.test/") && lines[i-1] != "" && !strings.HasSuffix(out[len(out)-1], ")"):
			out[len(out)-1] += " (" + strings.TrimPrefix(l, "  http://meantime.test") + ")"
		}
	}
	return out
}

var dues = regexp.MustCompile(` \(due [^)]*\)$`)

// lineOn is the block of a mail's text that is about something.
func lineOn(t *testing.T, e *enmime.Envelope, title string) string {
	t.Helper()
	for _, block := range strings.Split(strings.ReplaceAll(e.Text, "\r\n", "\n"), "\n* ")[1:] {
		if head, _, _ := strings.Cut(block, "\n"); strings.Contains(head, title) {
			return block
		}
	}
	t.Fatalf("no line is about %s:\n%s", title, e.Text)
	return ""
}

var answerAt = regexp.MustCompile(`Answer by mail: (\S+)`)

// The mail of the first morning back says once what still matters and what came to its end,
// in words and with links that lead to each.
func TestACatchUpIsReadByMail(t *testing.T) {
	mailWorlds(t, workday, func(t *testing.T, w *world, post *postOffice) {
		k := awayWithMail(w, post)
		e := post.last("kofi@")
		if got := e.GetHeader("Subject"); got != "While you were away" {
			t.Errorf("its subject is %q", got)
		}
		var want []string
		for _, x := range []struct{ words, title string }{
			{"Ana Lima asks for your approval: ", "The budget"}, {"Ana Lima asks you to reply: ", "The pier"}, {"Ana Lima asks you to review: ", "The crane"},
		} {
			want = append(want, "What still matters: "+x.words+x.title+" ("+k.paths[x.title]+")")
		}
		want = append(
			want,
			"Decided meanwhile: Ana Lima concluded “The roof” ("+k.paths["The roof"]+")",
			"Decided meanwhile: Decided: “Which logo?” ("+k.paths["Which logo?"]+")",
			"Decided meanwhile: The brainstorm “Quieter nights” has ended ("+k.paths["Quieter nights"]+")",
			"Decided meanwhile: Ana Lima concluded “The shop is down” ("+k.paths["The shop is down"]+")", // which says what it was
			"Decided meanwhile: Ana Lima has resolved: “The shop is down” ("+k.paths["The shop is down"]+")",
		)
		got := sections(e)
		slices.Sort(got)
		if slices.Sort(want); !slices.Equal(got, want) {
			t.Errorf("the mail has\n%s\nwant\n%s\n\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"), e.Text)
		}
		for _, words := range []string{"We do it in *spring*.", "The **boat**.", "Doors first.", "Restarted it."} {
			if strings.Count(e.Text, words) != 1 {
				t.Errorf("%q stands there %d times", words, strings.Count(e.Text, words))
			}
		}
		for _, section := range []string{"What still matters", "Decided meanwhile"} {
			if n := strings.Count(e.HTML, ">"+section+"</li>"); n != 1 {
				t.Errorf("the HTML says %d times %q", n, section)
			}
		}
		if answerAt.MatchString(lineOn(t, e, "has resolved")) {
			t.Error("what is resolved offers an address")
		}
	})
}

// Each of its lines is answered by mail as those of any other digest are.
func TestACatchUpIsAnsweredByMail(t *testing.T) {
	mailWorlds(t, workday, func(t *testing.T, w *world, post *postOffice) {
		k := awayWithMail(w, post)
		e := post.last("kofi@")
		reply := func(title, text string) {
			t.Helper()
			to := answerAt.FindStringSubmatch(lineOn(t, e, title))
			if to == nil {
				t.Fatalf("the line about %s has no address", title)
			}
			post.sent(draft{from: "Kofi Mensah <kofi@northwind.example>", answers: e, to: to[1], text: text})
			w.settle()
		}
		link := regexp.MustCompile(`Say by when: http://meantime\.test(\S+)`).FindStringSubmatch(lineOn(t, e, "The crane"))
		if link == nil {
			t.Fatal("the review offers no link")
		}
		if code, body := w.press("POST", link[1], url.Values{"when": {"tomorrow"}}); code != 200 || k.owed(k.asked["The crane"])["state"] != "acknowledged" {
			t.Errorf("the link answers %d: %s", code, body)
		}
		reply("The pier", "By the south gate.\n\nOn Mon, Meantime wrote:\n> The pier")
		reply("The budget", "+1")
		reply("The crane", "pass @mei: she built it")
		for title, want := range map[string]string{"The pier": "answered", "The budget": "answered", "The crane": "passed"} {
			if got := k.owed(k.asked[title]); got["state"] != want {
				t.Errorf("%s is %v, want %s", title, got["state"], want)
			}
		}
		if got := str(k.owed(k.asked["The budget"]), "answer", "value"); got != "yes" {
			t.Errorf("the budget is answered with %q", got)
		}
		if list := k.ana.list(str2path(k.paths["The pier"]) + "/posts"); str(list[len(list)-1], "markdown") != "By the south gate." {
			t.Errorf("his answer is %v", list[len(list)-1])
		}
		// What is over takes no words, and says so with what he wrote.
		reply("concluded “The roof”", "Summer would be better.")
		if said := post.last("kofi@").Text; !strings.Contains(said, "This thread is concluded.") || !strings.Contains(said, "> Summer would be better.") {
			t.Errorf("he is told:\n%s", said)
		}
		reply("Quieter nights", "And windows.")
		if said := post.last("kofi@").Text; !strings.Contains(said, "The brainstorm has ended.") || !strings.Contains(said, "> And windows.") {
			t.Errorf("he is told:\n%s", said)
		}
		// The mail as a whole is not guessed at.
		post.sent(draft{from: "kofi@northwind.example", answers: e, text: "Fine with me."})
		w.settle()
		if said := post.last("kofi@").Text; !strings.Contains(said, "it is not clear which you mean") || strings.Count(said, "reply+") < 6 {
			t.Errorf("he is told:\n%s", said)
		}
	})
}

// str2path is the path of the API of what a page shows.
func str2path(page string) string { path, _, _ := strings.Cut(page, "#"); return path }
