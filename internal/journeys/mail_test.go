package journeys_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/app"
	"example.org/meantime/internal/platform/testkit"
)

// mailWorlds tells a story by mail on both engines.
func mailWorlds(t *testing.T, start time.Time, story func(t *testing.T, w *world, post *postOffice)) {
	t.Helper()
	mailWorldsWith(t, start, func(*app.Options) {}, story)
}

// mailWorldsWith is mailWorlds with options of its own.
func mailWorldsWith(t *testing.T, start time.Time, more func(*app.Options), story func(t *testing.T, w *world, post *postOffice)) {
	t.Helper()
	tell := func(t *testing.T, database string) {
		var post *postOffice
		w := newWorld(t, start, database, func(o *app.Options) { post = byMail(t, o) }, more)
		post.open(w)
		story(t, w, post)
	}
	t.Run("sqlite", func(t *testing.T) { tell(t, "") })
	t.Run("postgres", func(t *testing.T) {
		if testing.Short() {
			t.Skip("PostgreSQL is left out of the quick loop")
		}
		tell(t, testkit.PostgresURL(t))
	})
}

// A question asked by mail in Lisbon is answered by mail in Taipei and closed by mail.
// A page is opened only to make the people and the space, and to look at the end.
func TestAQuestionLivesByMailAlone(t *testing.T) {
	monday := time.Date(2026, 10, 5, 14, 0, 0, 0, time.UTC) // 15:00 in Lisbon, 22:00 in Taipei
	mailWorlds(t, monday, func(t *testing.T, w *world, post *postOffice) {
		ana := w.owner()
		mei, _ := w.join(ana, "Mei Tanaka", "Asia/Taipei")
		space := str(ana.do("POST", "/spaces", map[string]any{"name": "Product", "purpose": "What we build"}, 201), "id")
		own := str(ana.get("/spaces/"+space+"/mail"), "own")
		if shared := str(ana.get("/spaces/"+space+"/mail"), "shared"); shared != "product@in.northwind.example" {
			t.Errorf("the space's address is %q", shared)
		}

		post.sent(draft{from: "Ana Lima <ana@northwind.example>", to: own, cc: "Mei <mei@northwind.example>, Out <out@elsewhere.example>", subject: "Which date suits the release? 4h", text: "Tuesday or Thursday?\n\n-- \nAna"})
		w.settle()
		told := post.last("ana@northwind.example")
		for _, want := range []string{"“Which date suits the release?” is in Product", "Mei Tanaka is reached Tue 02:00 (Tue 09:00 there)", "by Tue 06:00 (Tue 13:00 there)", "out@elsewhere.example"} {
			if !strings.Contains(told.Text, want) {
				t.Errorf("the confirmation does not say %q:\n%s", want, told.Text)
			}
		}
		if n := len(post.to("mei@northwind.example")); n != 0 {
			t.Fatalf("Mei got %d mails at ten at night", n)
		}

		w.forward(ana, time.Date(2026, 10, 6, 1, 10, 0, 0, time.UTC)) // Tuesday, 09:10 in Taipei
		asked := post.last("mei@northwind.example")
		post.sent(draft{from: "mei@northwind.example", answers: asked, text: "Thursday, after the export is in.\n\nOn Mon, Ana Lima wrote:\n> Tuesday or Thursday?"})
		w.settle()
		if rows := mei.list("/inbox?tab=owe"); len(rows) != 0 {
			t.Errorf("Mei still owes %v", rows)
		}

		w.forward(ana, time.Date(2026, 10, 6, 8, 10, 0, 0, time.UTC)) // 09:10 in Lisbon
		heard := post.last("ana@northwind.example")
		if !strings.Contains(heard.Text, "Mei Tanaka answered") {
			t.Fatalf("Ana was not told of the answer:\n%s", heard.Text)
		}
		post.sent(draft{from: "ana@northwind.example", answers: heard, text: "Close: we release on **Thursday**."})
		w.settle()

		threads := ana.list("/threads?space=" + space)
		if len(threads) != 1 || threads[0]["state"] != "concluded" {
			t.Fatalf("the threads are %v, want one, concluded", threads)
		}
		posts := ana.list("/threads/" + str(threads[0], "id") + "/posts")
		if got := str(posts[0], "markdown"); got != "Tuesday or Thursday?" {
			t.Errorf("the question reads %q", got)
		}
		if got := str(posts[1], "markdown"); got != "Thursday, after the export is in." {
			t.Errorf("the answer reads %q", got)
		}
		whole := str(mei.get("/posts/"+str(posts[1], "id")+"/original"), "text")
		if !strings.Contains(whole, "Tuesday or Thursday?") {
			t.Errorf("the original has no quote: %q", whole)
		}
		w.quietNights(post)
	})
}

// quietNights holds that no mail went out while its reader was not at work.
func (w *world) quietNights(post *postOffice) {
	w.t.Helper()
	zones := map[string]string{"ana@": "Europe/Lisbon", "mei@": "Asia/Taipei", "kofi@": "Africa/Accra"}
	for i, e := range post.got {
		for who, zone := range zones {
			if !strings.Contains(e.GetHeader("To"), who) {
				continue
			}
			loc, err := time.LoadLocation(zone)
			if err != nil {
				w.t.Fatal(err)
			}
			at := post.at[i].In(loc)
			if h := at.Hour(); h < 9 || h >= 17 || at.Weekday() == time.Saturday || at.Weekday() == time.Sunday {
				w.t.Errorf("%s got a mail at %s: %s", who, at, e.GetHeader("Subject"))
			}
		}
	}
}

var doLink = regexp.MustCompile(`(?m)^  ([A-Za-z ]+): http://meantime\.test(/api/v1/mail/do/\S+)\r?$`)

// links are those of a mail that do something, by their label.
func links(text string) map[string]string {
	out := map[string]string{}
	for _, m := range doLink.FindAllStringSubmatch(text, -1) {
		out[m[1]] = m[2]
	}
	return out
}
