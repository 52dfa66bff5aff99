package journeys_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

// A question asked by mail in Lisbon is answered by mail in Taipei and from a
// notification in São Paulo, and closed by mail in Lisbon. A page is opened to make the
// people and the space, and to look at the end.
func TestAQuestionCrossesThreeDoors(t *testing.T) {
	monday := time.Date(2026, 10, 5, 8, 30, 0, 0, time.UTC) // 09:30 in Lisbon, 16:30 in Taipei, 05:30 in São Paulo
	mailWorlds(t, monday, func(t *testing.T, w *world, post *postOffice) {
		ana := w.owner()
		mei, _ := w.join(ana, "Mei Tanaka", "Asia/Taipei")
		rui, _ := w.join(ana, "Rui Costa", "America/Sao_Paulo")
		space := str(ana.do("POST", "/spaces", map[string]any{"name": "Product"}, 201), "id")
		own := str(ana.get("/spaces/"+space+"/mail"), "own")
		rui.do("PUT", "/me/attention", map[string]any{"mail": false, "page_outside_hours": false}, 200)
		phones := newPushService(w)
		phones.device(rui, "rui")

		post.sent(draft{from: "ana@northwind.example", to: own, cc: "mei@northwind.example, rui@northwind.example", subject: "Approve: releasing on Thursday 1d", text: "The export is in by then.\nDo we?"})
		w.settle()
		for _, want := range []string{"Mei Tanaka", "Rui Costa"} {
			if told := post.last("ana@"); !strings.Contains(told.Text, want+" is reached") {
				t.Errorf("the confirmation does not say when %s is reached:\n%s", want, told.Text)
			}
		}
		if len(phones.to("rui")) != 0 {
			t.Fatal("Rui's phone rang at half past five in the morning")
		}
		w.forward(ana, time.Date(2026, 10, 5, 12, 1, 0, 0, time.UTC)) // nine in São Paulo
		rang := phones.to("rui")
		if len(rang) != 1 || rang[0].note.Title != "releasing on Thursday" || !strings.Contains(rang[0].note.Body, "Ana Lima asks for your approval") {
			t.Fatalf("Rui's phone shows %+v", rang)
		}
		var labels []string
		for _, a := range rang[0].note.Acts {
			labels = append(labels, a.Label)
		}
		if want := []string{"Approve", "Do not approve"}; !slices.Equal(labels, want) {
			t.Fatalf("its buttons are %q, want %q", labels, want)
		}
		yes := rang[0].note.Acts[0].URL
		if status, page := w.press("GET", yes, nil); status != 200 || !strings.Contains(page, "Nothing is done until") || len(rui.list("/inbox?tab=owe")) != 1 {
			t.Errorf("looking at the link answers %d and leaves %v open", status, rui.list("/inbox?tab=owe"))
		}
		if said := phones.act("rui", "Approve"); said != "Your answer is: yes." {
			t.Errorf("the notification says %q", said)
		}
		if status, said := w.pressFromNote(t, yes); status != 409 || !strings.Contains(said, "You have answered this: yes") {
			t.Errorf("pressed again it answers %d: %s", status, said)
		}
		if status, _ := w.pressFromNote(t, yes[:len(yes)-1]+"0"); status != 404 {
			t.Errorf("an altered link answers %d, want 404", status)
		}

		w.forward(ana, time.Date(2026, 10, 6, 1, 5, 0, 0, time.UTC)) // nine in Taipei
		post.sent(draft{from: "mei@northwind.example", answers: post.last("mei@"), text: "+1\n\nThe notes are ready too."})
		w.settle()
		w.forward(ana, time.Date(2026, 10, 6, 8, 10, 0, 0, time.UTC)) // nine in Lisbon
		heard := post.last("ana@")
		if !strings.Contains(heard.Text, "Mei Tanaka") {
			t.Fatalf("Ana was not told of Mei's answer:\n%s", heard.Text)
		}
		post.sent(draft{from: "ana@northwind.example", to: lineAddress(heard.Text, heard.GetHeader("Reply-To")), answers: heard, text: "Close: **Thursday** it is."})
		w.settle()

		threads := mei.list("/threads?space=" + space)
		if len(threads) != 1 || threads[0]["state"] != "concluded" {
			t.Fatalf("the threads are %v, want one, concluded", threads)
		}
		ask := ana.list("/threads/" + str(threads[0], "id") + "/asks")[0]
		if ask["state"] != "settled" || ask["answered"] != 2.0 {
			t.Errorf("the ask is %v with %v answers", ask["state"], ask["answered"])
		}
		if n := len(post.to("rui@")); n != 0 {
			t.Errorf("Rui got %d mails", n)
		}
		w.quietNights(post)
	})
}

// lineAddress is where the first line of a digest is answered, or the mail itself when
// it has but one.
func lineAddress(text, whole string) string {
	if _, rest, ok := strings.Cut(text, "Answer by mail: "); ok {
		return strings.Fields(rest)[0]
	}
	return whole
}

// A question is answered in words on the page that its notification opens; the link
// is good for a week, and not once its owner made all links void.
func TestAnAnswerInWordsFromANotification(t *testing.T) {
	worlds(t, workday, func(t *testing.T, w *world) {
		ana := w.owner()
		kofi, id := w.join(ana, "Kofi Mensah", "Africa/Accra")
		space := str(ana.do("POST", "/spaces", map[string]any{"name": "Product"}, 201), "id")
		phones := newPushService(w)
		phones.device(kofi, "kofi")
		ask := func() (thread, link string) {
			w.forward(ana, w.clock.Now().Time().Add(6*time.Minute)) // one digest does not follow another at once
			made := ana.do("POST", "/threads", map[string]any{"space": space, "title": "Where to?", "markdown": "Lisbon or Accra?", "asks": []any{
				map[string]any{"kind": "reply", "to": map[string]any{"people": []string{id}}, "window": "9d", "urgency": "soon"},
			}}, 201)
			w.settle()
			list := phones.to("kofi")
			acts := list[len(list)-1].note.Acts
			if len(acts) != 2 || acts[0].Label != "Answer" || !acts[0].Words {
				t.Fatalf("its buttons are %+v", acts)
			}
			return str(made, "thread", "id"), acts[0].URL
		}
		thread, link := ask()
		if _, page := w.press("GET", link, nil); !strings.Contains(page, "<textarea") || !strings.Contains(page, "Kofi Mensah") {
			t.Errorf("the page has no room for words:\n%s", page)
		}
		if status, page := w.press("POST", link, nil); status != 422 {
			t.Errorf("nothing written answers %d:\n%s", status, page)
		}
		if status, page := w.press("POST", link, url.Values{"text": {"Accra.\n\nThe sea is **warm**."}}); status != 200 || !strings.Contains(page, "Your words are the answer") {
			t.Fatalf("%d:\n%s", status, page)
		}
		posts := ana.list("/threads/" + thread + "/posts")
		if len(posts) != 2 || str(posts[1], "markdown") != "Accra.\n\nThe sea is **warm**." || len(kofi.list("/inbox?tab=owe")) != 0 {
			t.Errorf("the thread has %v", posts)
		}
		_, link = ask()
		w.clock.Advance(8 * 24 * time.Hour)
		if status, _ := w.press("POST", link, url.Values{"text": {"Late."}}); status != 410 {
			t.Errorf("after eight days the link answers %d, want 410", status)
		}
		_, link = ask()
		kofi.do("POST", "/me/mail/rotation", nil, 204)
		if status, _ := w.press("POST", link, url.Values{"text": {"Void."}}); status != 410 {
			t.Errorf("a void link answers %d, want 410", status)
		}
	})
}
