package slack_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/meantime/internal/feature/importers/slack"
)

// corpus is a folder of exports that other people made.
func corpus(t *testing.T, parts ...string) string {
	t.Helper()
	dir := os.Getenv("MEANTIME_CORPUS")
	if dir == "" {
		t.Skip("set MEANTIME_CORPUS to a folder with slack exports to run this test")
	}
	return filepath.Join(append([]string{dir, "slack"}, parts...)...)
}

func open(t testing.TB, path string) *slack.Archive {
	t.Helper()
	a, err := slack.Open(path)
	if err != nil {
		t.Fatalf("open %s: %v", filepath.Base(path), err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

func threads(t testing.TB, a *slack.Archive, channel string) []slack.Thread {
	t.Helper()
	var out []slack.Thread
	for th, err := range a.Threads(context.Background(), channel, "") {
		if err != nil {
			t.Fatalf("threads of %s: %v", channel, err)
		}
		out = append(out, th)
	}
	return out
}

func TestRealExportsCountRight(t *testing.T) {
	cases := []struct {
		file                                       string
		people, channels, threads, messages, files int
	}{
		{"mmetl/basic.zip", 2, 2, 0, 0, 0},
		{"mmetl/bot_posts.zip", 3, 1, 3, 3, 0},
		{"mmetl/deleted_user.zip", 2, 1, 0, 0, 0},
		{"mmetl/dup_mpims.zip", 3, 2, 4, 4, 0},
		{"mmetl/threads.zip", 2, 2, 1, 3, 0},
		{"slack-export-viewer/testarchive.zip", 7, 2, 147, 147, 3},
		{"zulip/slack_fixtures/test_unicode_slack_importer.zip", 1, 3, 2, 2, 0},
	}
	for _, c := range cases {
		t.Run(c.file, func(t *testing.T) {
			a := open(t, corpus(t, filepath.FromSlash(c.file)))
			r := a.Report()
			got := []int{r.People, len(a.Channels()), r.Threads, r.Messages, r.Files.Linked}
			want := []int{c.people, c.channels, c.threads, c.messages, c.files}
			for i, name := range []string{"people", "channels", "threads", "messages", "files"} {
				if got[i] != want[i] {
					t.Errorf("%s: got %d, want %d", name, got[i], want[i])
				}
			}
			sameAsRead(t, a)
			t.Log("\n" + r.String())
		})
	}
}

// sameAsRead compares what the report promised with what the threads hold.
func sameAsRead(t testing.TB, a *slack.Archive) {
	t.Helper()
	people := map[string]bool{}
	for _, p := range a.People() {
		people[p.Key] = true
		if p.Name == "" {
			t.Errorf("person %s has no name", p.Key)
		}
	}
	n, messages := 0, 0
	for _, c := range a.Channels() {
		for _, th := range threads(t, a, c.Key) {
			if th.Part == 0 {
				n++
				messages++
			}
			messages += len(th.Replies)
			if th.Title == "" || len([]rune(th.Title)) > 80 {
				t.Errorf("title %q", th.Title)
			}
			last := th.Root
			for _, m := range append([]slack.Message{th.Root}, th.Replies...) {
				if !people[m.Author] {
					t.Errorf("author %q is nobody", m.Author)
				}
				if m.At.Before(last.At) {
					t.Errorf("%s comes after %s", m.Key, last.Key)
				}
				if m.Markdown == "" && len(m.Files) == 0 {
					t.Errorf("message %s is empty", m.Key)
				}
				last = m
			}
		}
	}
	if r := a.Report(); n != r.Threads || messages != r.Messages {
		t.Errorf("read %d threads with %d messages, the report says %d with %d", n, messages, r.Threads, r.Messages)
	}
}

func TestReportIsJSON(t *testing.T) {
	a := open(t, corpus(t, "slack-export-viewer", "testarchive.zip"))
	out, err := json.Marshal(a.Report())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"code":"joins_and_leaves"`, `"count":8`, `"code":"no_direct_messages"`, `"code":"files_not_included"`} {
		if !strings.Contains(string(out), want) {
			t.Errorf("report %s has no %s", out, want)
		}
	}
	if strings.Contains(string(out), "xoxe") {
		t.Error("the report shows a token")
	}
}

func TestRealMessagesReadWell(t *testing.T) {
	a := open(t, corpus(t, "slack-export-viewer", "testarchive.zip"))
	var all strings.Builder
	bots := map[string]bool{}
	for _, c := range a.Channels() {
		for _, th := range threads(t, a, c.Key) {
			all.WriteString(th.Title + "\n" + th.Root.Markdown + "\n\n")
			if th.Root.Bot != nil {
				bots[th.Root.Bot.Name] = true
			}
		}
	}
	for _, want := range []string{
		"[ea65bf4](https://github.com/mesos-magellan/enrique/commit/ea65bf41d4293ba8e694cf64eb193e0d8b266e8f): Fix dependency",
		"Remove **all** from package init",
		"@[abilinski](slack:U0BMYT2FL)",
		"```\n{\"cities\": {\n    \"New York City\"",
	} {
		if !strings.Contains(all.String(), want) {
			t.Errorf("no message reads %q", want)
		}
	}
	if !bots["github"] {
		t.Errorf("bots are called %v, want github among them", bots)
	}
	if strings.Contains(all.String(), "xoxe") {
		t.Error("a message shows a token")
	}
}

func TestUnicodeChannelAndZone(t *testing.T) {
	a := open(t, corpus(t, "zulip", "slack_fixtures", "test_unicode_slack_importer.zip"))
	c := a.Channels()[2]
	if c.Name != "チャネル" || c.Messages != 2 {
		t.Errorf("channel %q has %d messages, want チャネル with 2", c.Name, c.Messages)
	}
	p := a.People()[0]
	if p.Zone != "America/New_York" || !p.Owner || p.Team != "T04LT7JD2AZ" || a.Team() != p.Team {
		t.Errorf("got %+v of team %s", p, a.Team())
	}
}

func TestFixturesAsFolders(t *testing.T) {
	a := open(t, corpus(t, "zulip", "slack_fixtures"))
	if got := len(a.Channels()); got != 4 {
		t.Errorf("got %d channels, want 4", got)
	}
	if _, err := slack.Open(corpus(t, "zulip", "mattermost_fixtures")); err == nil {
		t.Error("a Mattermost export was taken for one of Slack's")
	}
}
