package slack_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"example.org/meantime/internal/feature/importers/slack"
)

// read opens an export of these days and gives the threads of its channel.
func read(t *testing.T, days ...string) (*slack.Archive, []slack.Thread) {
	t.Helper()
	a := open(t, pack(t, export(days...)...))
	sameAsRead(t, a)
	return a, threads(t, a, "C1")
}

func keys(list []slack.Thread) (out []string) {
	for _, th := range list {
		s := strings.TrimSuffix(strings.TrimPrefix(th.Root.Key, "17000000"), ".000000")
		for _, r := range th.Replies {
			s += " " + strings.TrimSuffix(strings.TrimPrefix(r.Key, "17000000"), ".000000")
		}
		out = append(out, s)
	}
	return out
}

func TestThreadsAreGatheredFromLaterDays(t *testing.T) {
	_, got := read(t,
		list(said(20, "second", ""), said(10, "first", inThread(10)), said(11, "a", inThread(10))),
		list(said(30, "third", ""), said(31, "b", inThread(10))),
		list(said(41, "d", inThread(20)), said(40, "c", inThread(10)), said(40, "c", inThread(10))),
	)
	want := []string{"10 11 31 40", "20 41", "30"}
	if !slices.Equal(keys(got), want) {
		t.Errorf("got %q, want %q", keys(got), want)
	}
	if got[0].Title != "first" || got[0].Channel != "C1" || got[0].Key != "1700000010.000000" {
		t.Errorf("got %+v", got[0])
	}
}

func TestReadingGoesOnWhereItStopped(t *testing.T) {
	a, all := read(t, list(said(10, "a", ""), said(20, "b", "")), list(said(30, "c", ""), said(31, "d", inThread(10))))
	var rest []slack.Thread
	for th, err := range a.Threads(context.Background(), "C1", all[0].Key) {
		if err != nil {
			t.Fatal(err)
		}
		rest = append(rest, th)
	}
	if got, want := keys(rest), []string{"20", "30"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for range a.Threads(context.Background(), "C1", "") {
		break
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, err := range a.Threads(ctx, "C1", "") {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want the context's error", err)
		}
	}
}

func TestVeryLongThreadComesInParts(t *testing.T) {
	messages := []string{said(1, "root", inThread(1))}
	n := 2*slack.PartReplies + 5000
	for i := range n {
		messages = append(messages, said(2+i, fmt.Sprint("reply ", i), inThread(1)))
	}
	messages = append(messages, messages[n])
	messages = append(messages, said(n+10, "after", ""))
	_, got := read(t, list(messages...))
	replies := 0
	for i, th := range got[:len(got)-1] {
		replies += len(th.Replies)
		if th.Part != i || th.Root.Markdown != "root" || len(th.Replies) > slack.PartReplies {
			t.Errorf("part %d: part %d of %q with %d replies", i, th.Part, th.Root.Markdown, len(th.Replies))
		}
	}
	if replies != n || len(got) < 3 || got[len(got)-1].Title != "after" {
		t.Errorf("got %d replies in %d threads, want %d replies", replies, len(got), n)
	}
}

func TestFirstMessageMissing(t *testing.T) {
	a, got := read(t, list(said(11, "one", inThread(5)), said(12, "two", inThread(5))))
	if len(got) != 1 || !got[0].RootMissing || got[0].Key != "1700000005.000000" || got[0].Root.Markdown != "one" {
		t.Errorf("got %+v", got)
	}
	if a.Report().Replies != 1 {
		t.Errorf("got %d replies, want 1", a.Report().Replies)
	}
}

func TestAwkwardMessages(t *testing.T) {
	a, got := read(t, list(
		`{"type":"message","subtype":"channel_join","user":"U1","ts":"1700000001.000000","text":"<@U1> has joined the channel"}`,
		`{"type":"message","subtype":"channel_join","user":"U1","ts":"1700000002.000000","thread_ts":"1700000002.000000","reply_count":1,"text":"<@U1> has joined the channel"}`,
		said(3, "welcome", inThread(2)),
		`{"type":"message","subtype":"tombstone","user":"USLACKBOT","ts":"1700000004.000000","thread_ts":"1700000004.000000","reply_count":1,"text":"This message was deleted."}`,
		`{"type":"message","subtype":"thread_broadcast","user":"U1","ts":"1700000005.000000","thread_ts":"1700000004.000000","text":"also here"}`,
		`{"type":"message","subtype":"me_message","user":"U9","user_profile":{"real_name":"Zoe","name":"zoe"},"ts":"1700000006.000000","text":"waves"}`,
		`{"type":"message","subtype":"bot_message","bot_id":"B7","username":"CI","ts":"1700000007.000000","text":"","attachments":[{"title":"Build","title_link":"https://ci.example/1","fields":[{"title":"State","value":"*ok*"}]}]}`,
		said(8, "old words", `,"edited":{"user":"U1","ts":"1700000009.000000"},"reactions":[{"name":"+1::skin-tone-2","users":["U1","U1"],"count":1},{"name":"own","users":["U9"]}],"pinned_to":["C1"]`),
		`{"type":"message","subtype":"message_changed","ts":"1700000020.000000","message":`+said(8, "new words", `,"edited":{"user":"U1","ts":"1700000020.000000"}`)+`}`,
		`{"type":"message","subtype":"message_deleted","ts":"1700000021.000000","deleted_ts":"1700000001.000000"}`,
		`{"type":"message","subtype":"pinned_item","user":"U1","ts":"1700000022.000000","text":"pinned"}`,
		`{"type":"message","subtype":"huddle_thread","user":"USLACKBOT","ts":"1700000023.000000","text":"A huddle started"}`,
		`{"type":"message","user":"U1","ts":"1700000024.000000","text":"","attachments":[{"is_share":true,"author_name":"Ana","text":"said *so*","from_url":"https://x.slack.com/p1"}]}`,
		`{"type":"message","user":"U1","ts":"1700000025.000000","text":"see <https://a.example>","attachments":[{"from_url":"https://a.example","title":"A","text":"preview"}]}`,
	))
	want := []string{"02 03", "04 05", "06", "07", "08", "24", "25"}
	if !slices.Equal(keys(got), want) {
		t.Fatalf("got %q, want %q", keys(got), want)
	}
	texts := []string{
		"@[ana](slack:U1) has joined the channel", "This message was deleted.", "waves",
		"[Build](https://ci.example/1)\n\n**State:** **ok**", "new words",
		"> **Ana:**\n>\n> said **so**\n>\n> [in Slack](https://x.slack.com/p1)", "see <https://a.example>",
	}
	for i, th := range got {
		if th.Root.Markdown != texts[i] {
			t.Errorf("%s reads %q, want %q", th.Key, th.Root.Markdown, texts[i])
		}
	}
	if got[0].Root.Kind != slack.Notice || got[1].Replies[0].Kind != slack.Broadcast || got[2].Root.Kind != slack.Action {
		t.Errorf("kinds %s, %s, %s", got[0].Root.Kind, got[1].Replies[0].Kind, got[2].Root.Kind)
	}
	if b := got[3].Root.Bot; b == nil || b.Name != "CI" || got[3].Root.Author != "B7" {
		t.Errorf("the bot is %+v, author %s", b, got[3].Root.Author)
	}
	r := a.Report()
	if r.People != 4 || r.Bots != 2 || r.Replies != 2 {
		t.Errorf("%d people, %d bots, %d replies; want 4, 2, 2", r.People, r.Bots, r.Replies)
	}
}

func TestEditsReactionsAndPins(t *testing.T) {
	_, got := read(t, list(said(1, "pinned by the channel's list", ""),
		said(8, "words", `,"edited":{"user":"U1","ts":"1700000009.000000"},"reactions":[{"name":"+1::skin-tone-2","users":["U1","U1"]},{"name":"own","users":["U1"]}]`)))
	m := got[1].Root
	if !got[0].Root.Pinned || m.Pinned {
		t.Error("the wrong message is pinned")
	}
	if m.Edited.Unix() != 1700000009 || m.At.Unix() != 1700000008 {
		t.Errorf("written %s, edited %s", m.At, m.Edited)
	}
	if len(m.Reactions) != 2 || m.Reactions[0].Emoji != "👍" || m.Reactions[0].Name != "+1" || len(m.Reactions[0].People) != 1 || m.Reactions[1].Emoji != ":own:" {
		t.Errorf("reactions %+v", m.Reactions)
	}
}

func TestFilesIncludedLinkedAndGone(t *testing.T) {
	day := list(said(1, "", `,"files":[
		{"id":"F1","name":"../../a b.txt","title":"Plan","mimetype":"text/plain","size":3,"mode":"hosted","url_private":"https://files.slack.com/a?t=xoxe-1"},
		{"id":"F2","name":"b.png","mode":"hosted","url_private":"https://files.slack.com/b?t=xoxe-1"},
		{"id":"F3","mode":"tombstone"},{"id":"F4","name":"x","mode":"external","is_external":true,"permalink":"javascript:alert(1)","url_private":"https://docs.example/x"},
		{"id":"F5","name":"c","mode":"hosted"}]`))
	pairs := append(export(day), "__uploads/F1/a b.txt", "hello", "general/attachments/F5-c", "bytes")
	a := open(t, pack(t, pairs...))
	th := threads(t, a, "C1")[0]
	f := th.Root.Files
	if th.Title != "Plan" || f[0].Name != "a b.txt" || f[0].Mode != slack.Included || f[0].Size != 5 || f[2].Mode != slack.Gone || !f[3].External || f[4].Mode != slack.Included {
		t.Errorf("title %q, files %+v", th.Title, f)
	}
	if strings.Contains(f[1].Link, "xox") || f[3].Link != "" {
		t.Errorf("links %q and %q", f[1].Link, f[3].Link)
	}
	r, err := a.OpenFile(f[0])
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if b, err := io.ReadAll(r); err != nil || string(b) != "hello" {
		t.Errorf("got %q, %v", b, err)
	}
	if _, err := a.OpenFile(f[1]); err == nil {
		t.Error("a linked file was opened")
	}
	if got, want := a.Report().Files, (slack.FileCount{Included: 2, IncludedBytes: 10, Linked: 1, External: 1, Gone: 1}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
