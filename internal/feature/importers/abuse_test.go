package importers_test

import (
	"errors"
	"strings"
	"testing"

	"example.org/meantime/internal/feature/importers/slack"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/testkit"
)

func sqliteHouse(t testing.TB) *house {
	t.Helper()
	c := clock.Still(testkit.Monday)
	return newHouse(t, testkit.SQLite(t, c), c)
}

// TestBadArchivesLeaveNothing: one clear error that names file and place, and
// nothing half imported.
func TestBadArchivesLeaveNothing(t *testing.T) {
	with := func(name, content string) []byte {
		files := company()
		files[name] = content
		return pack(t, files)
	}
	whole := pack(t, company())
	cases := []struct {
		name    string
		content []byte
		says    string
	}{
		{"cut in the middle", whole[:len(whole)/2], "export.zip"},
		{"empty", nil, "export.zip"},
		{"no zip at all", []byte("hello"), "export.zip"},
		{"a path that climbs out", with("../../evil.json", "[]"), "evil.json"},
		{"a path of another system", with(`general\..\..\evil.json`, "[]"), "evil.json"},
		{"an absolute path", with("/etc/evil.json", "[]"), "evil.json"},
		{"a bomb", with("general/2023-11-20.json", strings.Repeat(" ", 64<<20)), "general/2023-11-20.json"},
		{"broken JSON in the last channel", with("board/2023-11-15.json", "[\n{\"type\":\"message\",\n\"user\":}]"), "board/2023-11-15.json, line 3"},
		{"no list of messages", with("general/2023-11-16.json", `{"ok":true}`), "general/2023-11-16.json"},
		{"not Slack's", pack(t, map[string]string{"notes.txt": "hello"}), "not a Slack export"},
	}
	engines(t, func(t *testing.T, h *house) {
		before, head := h.totals(), h.Head()
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				for _, dry := range []bool{true, false} {
					_, err := h.importers.Run(h.T.Context(), h.WS, h.olga, save(t, c.content), dry, nil)
					var bad *slack.BadArchive
					if !errors.As(err, &bad) || !strings.Contains(err.Error(), c.says) {
						t.Errorf("got %v, want a refusal that says %q", err, c.says)
					}
				}
			})
		}
		if after := h.totals(); after != before || h.Head() != head {
			t.Errorf("refused archives made %+v of %+v", after, before)
		}
	})
}
