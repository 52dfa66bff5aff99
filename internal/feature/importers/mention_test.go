package importers_test

import (
	"strings"
	"testing"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// posts brings in one channel with the given messages, and gives what they say here.
func (h *house) posts(messages ...string) []string {
	h.T.Helper()
	files := company()
	files["general/2023-11-14.json"] = list(messages...)
	delete(files, "attic/2023-11-14.json")
	delete(files, "board/2023-11-14.json")
	delete(files, "D1/2023-11-14.json")
	h.run(save(h.T, pack(h.T, files)))
	return h.column(`SELECT markdown FROM spaces_posts WHERE workspace_id = $1 ORDER BY created_at, n`, h.WS)
}

func TestMentionsBecomeHandles(t *testing.T) {
	cases := []struct{ slack, want string }{
		{"<@U2>", "@kofi"},
		{"Hi <@U2>, and <@U1>!", "Hi @kofi, and @ana!"},
		{"<@U2>'s plan", "@kofi's plan"},
		{"<@U2>s", "@kofi s"},
		{"<@U2>-led", "@kofi -led"},
		{"(<@U2>)", "(@kofi)"},
		{"mail<@U2>", "mail @kofi"},
		{"<@U2><@U1>", "@kofi @ana"},
		{"<@U404>", "@U404"},
		{"@[x](slack:U2)", `@\[x](slack:U2)`},
		{"`<@U2>`", "`@Kofi M.`"},
	}
	var messages []string
	for i, c := range cases {
		messages = append(messages, said("U1", i, c.slack, ""))
	}
	h := sqliteHouse(t)
	got := h.posts(messages...)
	for i, c := range cases {
		if got[i] != c.want {
			t.Errorf("%q became %q, want %q", c.slack, got[i], c.want)
		}
	}
	if n := len(h.column(`SELECT html FROM spaces_posts WHERE html LIKE '%mention%'`)); n < 7 {
		t.Errorf("%d posts show a mention, want at least 7", n)
	}
}

func TestFilesElsewhereBecomeLinks(t *testing.T) {
	file := func(fields string) string { return `,"files":[{"id":"F7",` + fields + `}]` }
	h := sqliteHouse(t)
	got := h.posts(
		said("U1", 1, "one", file(`"name":"a.png","permalink":"https://acme.slack.example/a b"`)),
		said("U1", 2, "two", file(`"name":"x](javascript:alert(1))","url_private":"https://files.slack.example/F7?t=xoxe-3&pub=1"`)),
		said("U1", 3, "three", file(`"name":"gone.txt","mode":"tombstone"`)),
		said("U1", 4, "four", file(`"name":"no.txt","url_private":"javascript:alert(1)"`)),
		said("U1", 5, "", file(`"name":"../../plan <b>.txt","permalink":"https://acme.slack.example/p","mode":"snippet","preview":"a`+"```"+`b"`)))
	all := strings.Join(got, "\n")
	for _, want := range []string{"gone.txt (no longer in Slack)", "no.txt (not in the export)", "[a.png](<https://acme.slack.example/"} {
		if !strings.Contains(all, want) {
			t.Errorf("no post says %q in\n%s", want, all)
		}
	}
	shown := strings.Join(h.column(`SELECT html FROM spaces_posts`), "\n")
	for _, never := range []string{"xoxe", `href="javascript`, "<b>"} {
		if strings.Contains(shown, never) {
			t.Errorf("a post shows %q in\n%s", never, shown)
		}
	}
	if strings.Contains(all, "xoxe") {
		t.Error("a token is kept")
	}
}

// TestIncludedFilesAreReadByWhoMayRead: the bytes come along, and are seen by
// whoever sees the post.
func TestIncludedFilesAreReadByWhoMayRead(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		files := company()
		files["board/2023-11-14.json"] = list(said("U1", 5, "Numbers", `,"files":[{"id":"F3","name":"numbers.csv","mimetype":"text/csv","size":3}]`))
		files["__uploads/F3/numbers.csv"] = "1,2"
		h.run(save(t, pack(t, files)))
		x := h.fileNamed("numbers.csv")
		f, err := h.Spaces.File(h.T.Context(), h.DB, h.kofi, x)
		if err != nil || f.Size != 3 || f.Type != "text/csv" {
			t.Errorf("a member of the board gets %+v, %v", f, err)
		}
		for _, a := range []actor.Actor{h.olga, h.gus, h.other} {
			_, err := h.Spaces.File(h.T.Context(), h.DB, a, x)
			h.refused(string(a.Role), err, fault.NotFound)
		}
	})
}

func (h *house) fileNamed(name string) id.ID {
	h.T.Helper()
	for _, x := range h.ids(`SELECT id FROM spaces_files WHERE workspace_id = $1 AND name = $2`, h.WS, name) {
		return x
	}
	h.T.Fatalf("there is no file %s", name)
	return id.ID{}
}
