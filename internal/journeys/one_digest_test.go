package journeys_test

import (
	"slices"
	"testing"
	"time"

	"example.org/meantime/internal/app"
)

// A check-in asks at the start of a day, which is when somebody has agreed to look, and
// when what was asked in the night and a reminder reach them: it is one digest, and one mail.
func TestTheStartOfADayBringsOneDigest(t *testing.T) {
	both(t, func(t *testing.T, database string) {
		var post *postOffice
		w := newWorld(t, time.Date(2026, 10, 12, 8, 0, 0, 0, time.UTC), database, func(o *app.Options) { post = byMail(t, o) })
		post.open(w)
		ana := w.owner()
		kofi, who := w.join(ana, "Kofi Mensah", "Africa/Accra") // from nine to five, UTC
		space := str(ana.do("POST", "/spaces", map[string]any{"name": "Product"}, 201), "id")
		asks := func(title, urgency string) string {
			made := ana.do("POST", "/threads", map[string]any{
				"space": space, "title": title, "markdown": "Please.",
				"asks": []any{map[string]any{"kind": "reply", "to": map[string]any{"people": []string{who}, "teams": []string{}}, "window": "2d", "urgency": urgency}},
			}, 201)
			w.settle()
			return str(made, "post", "asks", 0, "id")
		}
		first := asks("The roof", "routine")
		ana.do("POST", "/checkins", map[string]any{
			"space": space, "template": "standup", "people": []string{who}, "rhythm": map[string]any{"every": "day", "at": "start", "from": "2026-10-13"},
		}, 201)
		w.forward(ana, time.Date(2026, 10, 12, 18, 0, 0, 0, time.UTC))
		asks("The door", "routine")
		asks("The garden", "soon")
		ana.do("POST", "/asks/"+first+"/reminder", map[string]any{}, 201)
		w.settle()
		before, mails := len(kofi.list("/digests")), len(post.to("kofi@"))
		w.forward(ana, time.Date(2026, 10, 13, 10, 0, 0, 0, time.UTC))

		list := kofi.list("/digests")
		if n := len(list) - before; n != 1 {
			t.Fatalf("in the morning Kofi got %d digests, want one: %v", n, list)
		}
		if n := len(post.to("kofi@")) - mails; n != 1 {
			t.Errorf("he got %d mails, want one", n)
		}
		var got []string
		for _, x := range kofi.get("/digests/" + str(list[0], "id"))["items"].([]any) {
			got = append(got, str(x, "title"))
		}
		want := []string{
			"Ana Lima asks you to check in: Stand-up, Tue 13 Oct: 3 questions", "Ana Lima asks you to reply: The door",
			"Ana Lima asks you to reply: The garden", "Ana Lima reminds you: The roof",
		}
		if slices.Sort(got); !slices.Equal(got, want) {
			t.Errorf("the digest says %q, want %q", got, want)
		}
		if at := w.instant(list[0], "at"); !at.Equal(time.Date(2026, 10, 13, 9, 0, 0, 0, time.UTC)) {
			t.Errorf("it came at %s", at)
		}
	})
}
