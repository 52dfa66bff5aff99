package importers_test

import (
	"path/filepath"
	"strings"
	"testing"

	"example.org/meantime/internal/feature/importers/slack"
)

func TestRealExportsComeInWhole(t *testing.T) {
	for _, name := range []string{
		"mmetl/basic.zip", "mmetl/bot_posts.zip", "mmetl/deleted_user.zip", "mmetl/dup_mpims.zip", "mmetl/threads.zip",
		"slack-export-viewer/testarchive.zip", "zulip/slack_fixtures/test_unicode_slack_importer.zip", "zulip/slack_fixtures",
	} {
		t.Run(strings.ReplaceAll(name, "/", "_"), func(t *testing.T) {
			path := corpus(t, name)
			a, err := slack.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			want := a.Report()
			spaces := int64(len(a.Channels()))
			a.Close()
			engines(t, func(t *testing.T, h *house) {
				before := h.totals()
				r := h.run(path)
				after := h.totals()
				if after.Posts != int64(want.Messages) || after.Threads != int64(want.Threads) || after.Spaces != spaces ||
					after.People-before.People+r.PeopleKnown != int64(want.People) || after.Files != int64(want.Files.Included) {
					t.Errorf("came in %+v, the export has %+v", after, want)
				}
				if r.Posts != int64(want.Messages) || r.Threads != int64(want.Threads) || r.Spaces != spaces {
					t.Errorf("the report says %+v", r.Counts)
				}
				head := h.Head()
				if h.run(path); h.totals() != after || h.Head() != head {
					t.Errorf("a second run made %+v of %+v", h.totals(), after)
				}
				h.numbered(t)
				if strings.Contains(strings.Join(h.column(`SELECT markdown FROM spaces_posts`), "\n"), "xoxe") {
					t.Error("a post shows a token")
				}
			})
		})
	}
}

// TestOtherAbuseLeavesNothing refuses what the corpus holds to be refused.
func TestOtherAbuseLeavesNothing(t *testing.T) {
	dir := filepath.Dir(corpus(t, "NOTES"))
	found, _ := filepath.Glob(filepath.Join(dir, "*", "abuse", "*.zip"))
	if len(found) == 0 {
		t.Skip("the corpus has no abuse archives")
	}
	h := sqliteHouse(t)
	before := h.totals()
	for _, path := range found {
		if _, err := h.importers.Run(h.T.Context(), h.WS, h.olga, path, false, nil); err == nil {
			t.Errorf("%s came in", filepath.Base(path))
		}
	}
	if h.totals() != before {
		t.Errorf("refused archives left %+v of %+v", h.totals(), before)
	}
}
