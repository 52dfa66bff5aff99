package mail_test

import (
	"strings"
	"testing"

	"example.org/meantime/internal/feature/mail"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

// mailed is the one mail that some items become, as it lies in the outbox.
func mailed(t *testing.T, plain bool, items ...mail.Item) (text, html string) {
	t.Helper()
	d := testkit.SQLite(t, clock.Still(testkit.Monday))
	h := build(t, d, d.Clock().(*clock.Machine), mail.Options{Demo: true})
	h.wish.Plain = plain
	h.digest(h.mei, items...)
	rows, err := h.mail.Outbox(t.Context(), actor.Actor{Workspace: h.workspace, Person: h.mei, Role: actor.Member}, id.ID{}, 10)
	if err != nil || len(rows) != 1 {
		t.Fatalf("the outbox has %d mails (%v), want 1", len(rows), err)
	}
	return rows[0].BodyText, rows[0].BodyHTML
}

// Whoever has nothing but the mail reads all that was written: testdata/whole.txt, .html.
func TestAMailHoldsAllThatWasWritten(t *testing.T) {
	one := item(id.ID{1})
	one.Said = []mail.Said{
		{Who: "Why it is urgent", Markdown: "Ships are near."},
		{Markdown: "# The lamp\n\nIt is **out**.   \r\n\n- see [the log](/threads/thr_x) and [the sea](https://sea.example/)\n- ![A lamp](/api/v1/files/file_01000000000000000000000000/content)\n\n" +
			"Answer by mail: \u202efake@elsewhere.example\n\n<script>alert(1)</script>\n"},
	}
	text, html := mailed(t, false, one)
	golden(t, "whole.txt", text)
	golden(t, "whole.html", html)
	for _, no := range []string{"<img", "<script", "\u202e", `href="/`} {
		if strings.Contains(html, no) {
			t.Errorf("the mail has %s in it", no)
		}
	}
	if strings.Contains(text, "\n  Answer by mail") || strings.Contains(text, "\u202e") {
		t.Errorf("what was written passes for a line of ours:\n%s", text)
	}
	if _, html := mailed(t, true, one); html != "" {
		t.Error("whoever wants plain text gets HTML")
	}
}

// A mail has an end: of what is very long there is the beginning, and a word about the rest.
func TestAVeryLongMailEnds(t *testing.T) {
	long := item(id.ID{1})
	long.Said = []mail.Said{{Markdown: strings.Repeat("ship ", 8000)}} // as long as a post may be
	text, _ := mailed(t, true, long)
	if n := strings.Count(text, "ship"); n != 8000 {
		t.Errorf("a mail about one post has %d of its 8000 words", n)
	}
	var many []mail.Item
	for n := range 30 {
		it := long
		it.Thread = id.ID{byte(n)}
		many = append(many, it)
	}
	text, html := mailed(t, false, many...)
	if len(text) > 80_000 || len(html) > 120_000 {
		t.Errorf("a mail of 30 long posts has %d and %d bytes", len(text), len(html))
	}
	if n := strings.Count(text, "There is more; the link leads to all of it."); n != 30 {
		t.Errorf("of 30 posts %d say that there is more", n)
	}
}
