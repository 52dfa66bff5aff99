package slack_test

import (
	"archive/zip"
	"bytes"
	"context"
	"testing"

	"example.org/meantime/internal/feature/importers/slack"
)

func TestFolderWrappedAndZipAreTheSame(t *testing.T) {
	pairs := export(list(said(1, "hello", "")))
	plain := open(t, pack(t, pairs...)).Fingerprint()
	var wrapped []string
	for i := 0; i < len(pairs); i += 2 {
		wrapped = append(wrapped, "My Export/"+pairs[i], pairs[i+1])
	}
	wrapped = append(wrapped, "__MACOSX/._users.json", "x")
	for name, path := range map[string]string{
		"folder": folder(t, pairs...), "wrapped zip": pack(t, wrapped...), "wrapped folder": folder(t, wrapped...),
	} {
		a := open(t, path)
		if a.Fingerprint() != plain || a.Report().Messages != 1 {
			t.Errorf("%s: fingerprint %s with %d messages, want %s with 1", name, a.Fingerprint(), a.Report().Messages, plain)
		}
	}
	if other := open(t, pack(t, export(list(said(1, "hullo", "")))...)).Fingerprint(); other == plain {
		t.Error("another export has the same fingerprint")
	}
}

func TestPeopleAndChannelsOfEveryKind(t *testing.T) {
	a := open(t, pack(t,
		"users.json", `[{"id":"U1","name":"ana","profile":{"real_name":"Ana Lima"}},
			{"id":"U2","name":"bo","tz":"Mars/Base","is_restricted":true,"deleted":true,"profile":{"email":"BO@example.org"}},
			{"id":"U3","name":"cy","is_ultra_restricted":true,"is_restricted":true,"profile":{"email":"bo@example.org"}},
			{"id":"USLACKBOT","name":"slackbot"},{"id":"U1","name":"again"}]`,
		"channels.json", `[{"id":"C1","name":"open","is_archived":true,"topic":{"value":"*Ship* it"},"created":"1433558319"},{"id":"C2","name":"tight"}]`,
		"groups.json", `[{"id":"C2","name":"tight"},{"id":"G1","name":"closed","members":["U1"]}]`,
		"mpims.json", `[{"id":"G2","name":"mpdm-ana--bo-1","members":["U1","U2"]}]`,
		"dms.json", `[{"id":"D1","created":1433558319,"members":["U1","U2"]}]`,
		"D1/2023-11-14.json", list(said(1, "psst", "")),
		"mpdm-ana--bo-1/2023-11-14.json", list(said(1, "hey", "")),
	))
	want := []struct {
		name     string
		kind     slack.Kind
		messages int
	}{{"open", slack.Public, 0}, {"tight", slack.Private, 0}, {"closed", slack.Private, 0}, {"Ana Lima, bo", slack.GroupDM, 1}, {"Ana Lima, bo", slack.DM, 1}}
	for i, c := range a.Channels() {
		if c.Name != want[i].name || c.Kind != want[i].kind || c.Messages != want[i].messages {
			t.Errorf("got %s %s with %d messages, want %v", c.Name, c.Kind, c.Messages, want[i])
		}
	}
	if c := a.Channels()[0]; c.Topic != "**Ship** it" || !c.Archived || c.Created.Year() != 2015 {
		t.Errorf("got %+v", c)
	}
	p := a.People()
	if len(p) != 4 || p[1].Guest != slack.SeveralGuest || p[2].Guest != slack.SingleGuest || !p[1].Deleted || !p[3].Bot || p[1].Zone != "" {
		t.Errorf("got %+v", p)
	}
	if r := a.Report(); r.Channels != (slack.ChannelCount{Public: 1, Private: 2, GroupDM: 1, DM: 1, Archived: 1}) || r.Guests != 2 {
		t.Errorf("got %+v", r)
	}
}

func TestProgressEndsAtTheEnd(t *testing.T) {
	var done, total int64
	a, err := slack.OpenWith(context.Background(), pack(t, export(list(said(1, "a", "")), list(said(2, "b", "")))...),
		slack.Options{Progress: func(d, all int64) { done, total = d, all }})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if done == 0 || done != total {
		t.Errorf("told %d of %d", done, total)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := slack.OpenWith(ctx, pack(t, export(list(said(1, "a", "")))...), slack.Options{}); err != context.Canceled {
		t.Errorf("got %v, want the context's error", err)
	}
}

func TestExternalKey(t *testing.T) {
	if got, want := slack.ExternalKey("", "C1", "17.000001"), "-/C1/17.000001"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// FuzzMessages puts any bytes where a day of messages should be: they are refused with a
// place, or read with counts that agree.
func FuzzMessages(f *testing.F) {
	f.Add([]byte(list(said(1, "a", inThread(1)), said(2, "b", inThread(1)))))
	f.Add([]byte(`[{"type":"message","ts":"1.5","blocks":[{"type":"rich_text","elements":[{"type":"rich_text_list","style":"ordered","indent":3}]}],"attachments":[{"is_share":true}]}]`))
	f.Add([]byte(`[{"subtype":"message_changed","message":{"ts":"1700000001.1","text":"<@U1> *x* <!date^1^{d}>","files":[{"id":"F"}]}},null,7]`))
	f.Fuzz(func(t *testing.T, day []byte) {
		a, err := slack.Open(pack(t, export(string(day))...))
		if err != nil {
			if _, ok := err.(*slack.BadArchive); !ok {
				t.Fatalf("got %T %v", err, err)
			}
			return
		}
		defer a.Close()
		sameAsRead(t, a)
	})
}

// FuzzArchive puts any bytes where a zip file should be.
func FuzzArchive(f *testing.F) {
	whole := packed(f, export(list(said(1, "a", "")))...)
	f.Add(whole)
	f.Add(whole[:len(whole)-10])
	var empty bytes.Buffer
	_ = zip.NewWriter(&empty).Close()
	f.Add(empty.Bytes())
	f.Fuzz(func(t *testing.T, content []byte) {
		if a, err := slack.Open(save(t, content)); err == nil {
			defer a.Close()
			sameAsRead(t, a)
		}
	})
}
